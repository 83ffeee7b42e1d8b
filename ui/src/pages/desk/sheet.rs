//! The sheet on screen: whom, as the largest thing on the page, and its items.

use super::line::line;
use super::work::Work;
use crate::i18n::{language, t, tx};
use jiangsai_domain::command::desk::{DeskPlace, SheetStage};
use jiangsai_scoring::rulebook::Item;
use leptos::prelude::*;

/// The sheet.
pub fn sheet(work: Work) -> impl IntoView {
    // The fields stay as they are while answers come: only another sheet, or another rulebook, makes new ones.
    let made_of = Memo::new(move |_| {
        work.sheet(|sheet| {
            let items: Vec<Item> = sheet.items.iter().map(|item| item.rule.clone()).collect();
            (sheet.at.clone(), items)
        })
    });
    let module = move || work.sheet(|sheet| sheet.module.get(&language()).to_owned()).unwrap_or_default();
    let signed = move || work.sheet(|sheet| sheet.state == SheetStage::Signed).unwrap_or(false);
    let session = move || work.sheet(|sheet| sheet.session.clone()).filter(|session| !session.is_empty());
    view! {
        <section class="card desk-sheet" aria-label=module>
            <header class="desk-whom" aria-live="polite">
                <div>
                    <span class="label" data-testid="desk-whom">{move || t(if signed() { "desk-whom-signed" } else { "desk-whom" })}</span>
                    <span class="station" data-testid="desk-station">
                        {move || work.sheet(|sheet| tx("desk-station", &[("station", &sheet.station)]))}
                    </span>
                </div>
                <p class="sub">
                    <span data-testid="desk-module">{module}</span><br />
                    {move || session().map(|session| format!("{} · ", tx("desk-session", &[("session", &session)])))}
                    {move || work.sheet(|sheet| if sheet.at.common { t("desk-common") } else { t("desk-own") })}
                </p>
            </header>
            {move || banner(work)}
            {move || made_of.get().map(|(_, items): (DeskPlace, Vec<Item>)| view! {
                <ol class="desk-lines" data-testid="desk-lines">{items.into_iter().map(|item| line(work, item)).collect_view()}</ol>
            })}
        </section>
    }
}

/// Why the sheet cannot be written on, or why it can be again.
fn banner(work: Work) -> Option<AnyView> {
    let said = |testid: &'static str, bad: bool, words: String| {
        Some(view! { <p class="marks-banner" class:bad=bad role="status" data-testid=testid>{words}</p> }.into_any())
    };
    if work.view.with(|view| view.as_ref().is_some_and(|view| view.locked)) {
        return said("desk-final", false, t("marks-locked"));
    }
    if work.view.with(|view| view.as_ref().is_some_and(|view| view.looking)) {
        return said("desk-looks", false, t("desk-looking-about"));
    }
    let (stage, reason) = work.sheet(|sheet| (sheet.state, sheet.reason.clone()))?;
    match stage {
        SheetStage::Open => None,
        SheetStage::Signed => said("desk-signed", false, t("desk-signed")),
        SheetStage::Reopened => said("desk-reopened", false, tx("desk-reopened", &[("reason", &reason)])),
        SheetStage::Crossing => said("desk-crossing", true, t("desk-crossing")),
    }
}
