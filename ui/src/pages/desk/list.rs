//! All sheets of the module at once, to look at and to go to.

use super::work::Work;
use crate::i18n::{language, t, tx};
use jiangsai_domain::command::desk::{DeskLine, SheetStage};
use leptos::prelude::*;

/// The table. Choosing a line closes it and goes there.
pub fn whole(work: Work, open: RwSignal<bool>) -> impl IntoView {
    let lines = move || {
        let at = work.at.get();
        let all = work.view.with(|view| view.as_ref().map(|view| view.sheets.clone()).unwrap_or_default());
        let own = |line: &DeskLine| {
            at.as_ref().is_some_and(|at| (&at.module, at.common) == (&line.at.module, line.at.common))
        };
        all.into_iter().filter(own).collect::<Vec<DeskLine>>()
    };
    let heads = move || {
        let heads = lines().first().map(|line| line.cells.iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>());
        heads.unwrap_or_default().into_iter().map(|id| view! { <th class="num">{id}</th> }).collect_view()
    };
    let row = move |line: DeskLine| {
        let cells = line.cells.iter().map(|(_, text)| {
            let shown = if text.is_empty() { "·".to_owned() } else { text.clone() };
            view! { <td class="num" class:missing=text.is_empty()>{shown}</td> }
        });
        let state = match line.state {
            SheetStage::Signed => t("desk-state-signed"),
            SheetStage::Reopened => t("desk-state-reopened"),
            SheetStage::Crossing => t("desk-state-crossing"),
            SheetStage::Open if line.missing == 0 => t("desk-state-complete"),
            SheetStage::Open => tx("desk-missing", &[("count", &line.missing.to_string())]),
        };
        let at = line.at.clone();
        let go = move |_| {
            open.set(false);
            work.go(at.clone());
        };
        view! {
            <tr>
                <td>{line.session.clone()}</td>
                <th scope="row"><button class="btn quiet" data-testid=format!("desk-row-{}", line.station) on:click=go>{line.station.clone()}</button></th>
                {cells.collect_view()}
                <td>{state}</td>
            </tr>
        }
    };
    view! {
        <section class="card">
            <div class="scroll" tabindex="0" role="region" aria-label=move || t("desk-whole")>
                <table>
                    <caption class="sr-only">{move || work.sheet(|sheet| sheet.module.get(&language()).to_owned())}</caption>
                    <thead><tr><th>{move || t("hall-session")}</th><th>{move || t("hall-station")}</th>{heads}<th>{move || t("hall-state")}</th></tr></thead>
                    <tbody>{move || lines().into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}
