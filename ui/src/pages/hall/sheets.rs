//! 未交表清单: sheets that are not handed in, with what is missing; and those that are, the signed ones to open again.

use super::View;
use super::act::Act;
use crate::i18n::{language, t, tx};
use crate::session::{go, link, use_session};
use jiangsai_domain::command::desk::SheetStage;
use jiangsai_domain::command::files::DocumentKind;
use jiangsai_domain::command::hall::HallSheet;
use leptos::prelude::*;

/// The list.
pub(super) fn unsigned(view: View) -> impl IntoView {
    let session = use_session();
    let signed = RwSignal::new(false);
    let shown = move || {
        let signed = signed.get();
        let wanted = |sheet: &&HallSheet| match (signed, sheet.is_handed_in()) {
            (true, handed_in) => handed_in || sheet.state == SheetStage::Signed,
            (false, handed_in) => !handed_in,
        };
        view.read(|hall| hall.sheets.iter().filter(wanted).cloned().collect::<Vec<_>>())
    };
    let tab = move |own: bool| {
        view! {
            <button class="btn" data-testid=if own { "hall-show-signed" } else { "hall-show-open" } aria-pressed=move || (signed.get() == own).to_string() on:click=move |_| signed.set(own)>
                {move || t(if own { "hall-show-signed" } else { "hall-show-open" })}
            </button>
        }
    };
    // As it is chosen beside it.
    let title = move || t(if signed.get() { "hall-handed-in" } else { "hall-unsigned" });
    let print = move |_| {
        session.document.set(Some(DocumentKind::UnsignedSheets));
        go(&untrack(|| link("documents")));
    };
    view! {
        <section class="card" data-testid="hall-sheets">
            <header class="head pad">
                <h2 data-testid="hall-sheets-title">{title}</h2>
                {tab(false)}
                {tab(true)}
                <span class="push"><button class="btn" data-testid="hall-print" on:click=print>{move || t("hall-print")}</button></span>
            </header>
            <div class="scroll short" tabindex="0" role="region" aria-label=title>
                <table>
                    <thead><tr>
                        <th>{move || t("hall-judge")}</th><th>{move || t("hall-session")}</th><th>{move || t("hall-station")}</th>
                        <th>{move || t("hall-module")}</th><th>{move || t("hall-missing")}</th><th>{move || t("hall-state")}</th>
                        <th><span class="sr-only">{move || t("hall-do")}</span></th>
                    </tr></thead>
                    <tbody>{move || { let _ = language(); shown().into_iter().map(|sheet| row(view, sheet)).collect_view() }}</tbody>
                </table>
                {move || shown().is_empty().then(|| view! { <p class="sub hall-quiet" data-testid="hall-none">{t(if signed.get() { "hall-none-signed" } else { "hall-all-signed" })}</p> })}
            </div>
        </section>
    }
}

fn row(view: View, sheet: HallSheet) -> impl IntoView {
    let handed_in = sheet.is_handed_in();
    let HallSheet { entry, module, judge, session, station, name, who, missing, state, changed, verified: _ } = sheet;
    let ids = missing.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let lacking = if missing.is_empty() && (handed_in || state == SheetStage::Signed) {
        ().into_any()
    } else if missing.is_empty() {
        view! { <span class="sub">{t("hall-only-signature")}</span> }.into_any()
    } else {
        let count = tx("desk-missing", &[("count", &missing.len().to_string())]);
        view! { <span class="tag warn">{count}</span> " " {ids} }.into_any()
    };
    let shown = match state {
        SheetStage::Open | SheetStage::Reopened if handed_in => {
            view! { <span class="tag ok">{t("hall-on-paper")}</span> }.into_any()
        }
        SheetStage::Open => view! { <span class="sub">{t("desk-state-open")}</span> }.into_any(),
        SheetStage::Signed => view! { <span class="tag ok">{t("desk-state-signed")}</span> }.into_any(),
        SheetStage::Reopened => view! { <span class="tag warn">{t("desk-state-reopened")}</span> }.into_any(),
        SheetStage::Crossing => view! { <span class="tag bad">{t("desk-state-crossing")}</span> }.into_any(),
    };
    let label = if who.is_empty() { t("hall-nobody") } else { who };
    let testid = format!("hall-reopen-{station}-{label}");
    let act = Act::Reopen(entry, module, judge, [station.clone(), label.clone()]);
    let can = matches!(state, SheetStage::Signed | SheetStage::Crossing);
    view! {
        <tr>
            <th scope="row">{label}</th><td>{session}</td><td>{station}</td><td>{name.get(&language()).to_owned()}</td>
            <td>{lacking}</td>
            <td>{shown}{changed.then(|| view! { " "<span class="tag bad">{t("hall-changed")}</span> })}</td>
            <td>{can.then(|| view! { <button class="btn quiet" data-testid=testid on:click=move |_| view.act.set(Some(act.clone()))>{t("hall-reopen")}</button> })}</td>
        </tr>
    }
}
