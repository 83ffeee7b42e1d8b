//! Records in quarantine (隔离): who, what, when and why; adopted one by one, or all of a sheet, with the effect shown before.

use crate::backend::call;
use crate::components::effect::event_effects;
use crate::components::{Dialog, TextField};
use crate::i18n::{message, t, tx, value, wire_error};
use crate::session::use_session;
use crate::time::moment;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::quarantine::{
    AdoptRecords, AdoptedEffect, ListQuarantine, Quarantine, QuarantinedRow, RevokedNode,
};
use jiangsai_domain::ids::FactId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The section; nothing where no computer was revoked and nothing is in quarantine.
#[component]
pub(super) fn QuarantineSection() -> impl IntoView {
    let session = use_session();
    let found = RwSignal::new(Quarantine::default());
    let fault = RwSignal::new(None::<WireError>);
    let asked = RwSignal::new(Vec::<FactId>::new());
    Effect::new(move |_| {
        session.revision.track();
        let Some(competition) = session.competition.get() else { return };
        spawn_local(async move {
            match call(ListQuarantine { competition }).await {
                Ok(list) => {
                    fault.try_set(None);
                    if found.try_with_untracked(|old| *old != list) == Some(true) {
                        found.try_set(list);
                    }
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    });
    let none = move || found.with(|found| found.nodes.is_empty() && found.records.is_empty());
    let body = move || {
        let Quarantine { records, nodes } = found.get();
        let nodes = nodes.into_iter().map(node).collect_view();
        if records.is_empty() {
            return view! { {nodes}<p class="empty" data-testid="quarantine-empty">{t("quarantine-empty")}</p> }
                .into_any();
        }
        let all = records.clone();
        let rows = records.into_iter().map(|row| line(row, &all, asked)).collect_view();
        view! {
            {nodes}
            <div class="hq-table" tabindex="0" role="region" aria-label=t("quarantine-title")>
                <table>
                    <thead><tr>
                        <th scope="col">{t("quarantine-when")}</th>
                        <th scope="col">{t("quarantine-who")}</th>
                        <th scope="col">{t("quarantine-what")}</th>
                        <th scope="col">{t("quarantine-from")}</th>
                        <th scope="col"><span class="sr-only">{t("quarantine-adopt")}</span></th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert">{wire_error(&error)}</p> })}
        <Show when=move || !none()>
            <section class="card pad stack" aria-label=move || t("quarantine-title") data-testid="quarantine">
                <h2>{move || t("quarantine-title")}</h2>
                <p class="sub">{move || t("quarantine-about")}</p>
                {body}
            </section>
        </Show>
        <AdoptDialog asked=asked />
    }
}

fn short(node: &str) -> String {
    node.chars().take(8).collect()
}

fn node(own: RevokedNode) -> impl IntoView {
    let words =
        tx("quarantine-node", &[("node", &short(own.node.as_str())), ("at", &moment(own.at)), ("reason", &own.reason)]);
    let crosses = own.crosses.then(|| view! { " "<span class="tag warn">{t("quarantine-crosses")}</span> });
    let open = own.open.then(|| view! { " "<span class="tag bad">{t("quarantine-open")}</span> });
    view! { <p data-testid="quarantine-node">{words}{crosses}{open}</p> }
}

fn line(row: QuarantinedRow, all: &[QuarantinedRow], asked: RwSignal<Vec<FactId>>) -> impl IntoView + use<> {
    let (key, args) = &row.line.what;
    let mut what = format!("{} {}", message(key, args), value(&row.line.after));
    if !row.line.reason.is_empty() {
        what = format!("{what} · {}", row.line.reason);
    }
    let own = row.line.fact.clone();
    let of_sheet = |other: &&QuarantinedRow| other.adoptable && other.sheet == row.sheet && other.node == row.node;
    let sheet: Vec<FactId> = all.iter().filter(of_sheet).map(|other| other.line.fact.clone()).collect();
    let count = sheet.len();
    let whole = (row.adoptable && !row.sheet.is_empty() && count > 1).then(|| {
        let words = tx("quarantine-adopt-sheet", &[("sheet", &row.sheet), ("count", &count.to_string())]);
        view! { <button type="button" class="btn" data-testid="quarantine-adopt-sheet" on:click=move |_| asked.set(sheet.clone())>{words}</button> }
    });
    let of_kind = |other: &&QuarantinedRow| other.adoptable && other.why == row.why && other.node == row.node;
    let alike: Vec<FactId> = all.iter().filter(of_kind).map(|other| other.line.fact.clone()).collect();
    let like = (row.adoptable && alike.len() > count.max(1)).then(|| {
        let words = tx("quarantine-adopt-like", &[("node", &short(row.node.as_str())), ("count", &alike.len().to_string())]);
        view! { " "<button type="button" class="btn" data-testid="quarantine-adopt-like" on:click=move |_| asked.set(alike.clone())>{words}</button> }
    });
    let act = row.adoptable.then(|| {
        view! { <button type="button" class="btn" data-testid="quarantine-adopt" on:click=move |_| asked.set(vec![own.clone()])>{t("quarantine-adopt")}</button>" " }
    });
    let why = tx(
        &format!("quarantine-why-{}", row.why.name()),
        &[("node", &short(row.node.as_str())), ("seq", &row.seq.to_string())],
    );
    view! {
        <tr data-testid="quarantine-row">
            <td>{moment(row.line.at)}</td>
            <td>{row.line.actor.clone()}</td>
            <td>{what}</td>
            <td>{why}</td>
            <td>{act}{whole}{like}</td>
        </tr>
    }
}

/// What adopting would change, and why it is done.
#[component]
fn AdoptDialog(
    /// The records; none while it is closed.
    asked: RwSignal<Vec<FactId>>,
) -> impl IntoView {
    let session = use_session();
    let reason = RwSignal::new(String::new());
    let effect = RwSignal::new(None::<AdoptedEffect>);
    let fault = RwSignal::new(None::<WireError>);
    let busy = RwSignal::new(false);
    let send = move |records: Vec<FactId>, preview: bool| async move {
        let competition = session.competition.get_untracked().unwrap_or_default();
        call(AdoptRecords { competition, records, reason: reason.get_untracked(), preview }).await
    };
    Effect::new(move |_| {
        let records = asked.get();
        reason.set(String::new());
        effect.set(None);
        fault.set(None);
        if records.is_empty() {
            return;
        }
        spawn_local(async move {
            let answer = send(records.clone(), true).await;
            if asked.try_get_untracked().as_ref() != Some(&records) {
                return;
            }
            match answer {
                Ok(found) => {
                    effect.try_set(Some(found));
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    });
    let close = Callback::new(move |()| asked.set(Vec::new()));
    let go = move |_| {
        let records = asked.get_untracked();
        busy.set(true);
        spawn_local(async move {
            let answer = send(records, false).await;
            busy.try_set(false);
            match answer {
                Ok(_) => {
                    asked.try_set(Vec::new());
                    session.revision.try_update(|revision| *revision += 1);
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    let ready = move || !busy.get() && effect.with(Option::is_some) && reason.with(|reason| !reason.trim().is_empty());
    view! {
        <Dialog
            open=Signal::derive(move || asked.with(|asked| !asked.is_empty()))
            title=Signal::derive(|| t("quarantine-adopt"))
            close=close
            testid="adopt"
            wide=true
        >
            <p>{move || tx("quarantine-adopt-about", &[("count", &asked.with(Vec::len).to_string())])}</p>
            {move || match effect.get() {
                Some(found) => event_effects(found.events).into_any(),
                None if fault.with(Option::is_none) => view! { <p role="status">{t("effect-reading")}</p> }.into_any(),
                None => ().into_any(),
            }}
            <TextField label="reason" value=reason testid="adopt-reason" must=true />
            {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="adopt-fault">{wire_error(&error)}</p> })}
            <p class="dialog-actions">
                <button type="button" class="btn" data-testid="adopt-cancel" on:click=move |_| close.run(())>{move || t("cancel")}</button>
                <button type="button" class="btn primary" data-testid="adopt-apply" prop:disabled=move || !ready() on:click=go>{move || t("quarantine-adopt")}</button>
            </p>
        </Dialog>
    }
}
