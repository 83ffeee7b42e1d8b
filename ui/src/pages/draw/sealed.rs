//! While names are sealed: blind codes with their statuses, which are recorded here.

use crate::i18n::t;
use crate::pages::marks::status_key;
use crate::pages::registration::StatusDialog;
use crate::session::use_session;
use jiangsai_domain::command::draw::{DrawRow, DrawView};
use jiangsai_domain::command::registration::EntryRow;
use jiangsai_scoring::EntryStatus;
use leptos::prelude::*;

/// The list of codes.
#[component]
pub fn SealedList(
    /// The draw on screen.
    view: RwSignal<Option<DrawView>>,
) -> impl IntoView {
    let session = use_session();
    let status = RwSignal::new(None::<EntryRow>);
    let rows = move || {
        let rows = view.with(|view| view.as_ref().map(|view| view.rows.clone()).unwrap_or_default());
        rows.into_iter().map(|row| line(row, status)).collect_view()
    };
    view! {
        <p class="draw-about">{move || t("seal-sealed-about")}</p>
        <div class="card scroll draw-lots">
            <table>
                <thead><tr>
                    <th>{move || t("draw-col-session")}</th>
                    <th>{move || t("standings-col-code")}</th>
                    <th>{move || t("registration-status")}</th>
                    <th><span class="sr-only">{move || t("registration-actions")}</span></th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <StatusDialog row=status stages=Signal::derive(move || view.with(|view| view.as_ref().map(|view| view.stages.clone()).unwrap_or_default())) done=Callback::new(move |()| {
            session.revision.try_update(|revision| *revision += 1);
        }) />
    }
}

fn line(row: DrawRow, status: RwSignal<Option<EntryRow>>) -> impl IntoView {
    let label = row.entry.to_string();
    let asked = EntryRow {
        id: row.entry,
        number: label.clone(),
        status: Some(row.status),
        stage: row.stage,
        ..EntryRow::default()
    };
    view! {
        <tr class:off=row.status != EntryStatus::Ok data-testid=format!("sealed-row-{label}")>
            <td class="num">{row.session}</td>
            <td class="num"><b>{row.code}</b></td>
            <td>{t(status_key(row.status))}</td>
            <td class="actions"><button class="btn quiet" data-testid=format!("sealed-status-{label}") on:click=move |_| status.set(Some(asked.clone()))>{t("registration-status")}</button></td>
        </tr>
    }
}
