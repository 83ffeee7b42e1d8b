//! The page of findings (待办事项): what somebody has to see or settle, where that is done, what was decided to stay as it is, and what is in
//! quarantine.

mod quarantine;
mod settle;

use crate::components::follow;
use crate::i18n::{message, t, tx, wire_error};
use crate::session::{link, use_session};
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::findings::{FindingRow, Findings, ListFindings};
use leptos::prelude::*;
use quarantine::QuarantineSection;
use settle::{Asked, SettleDialog};

/// The page.
#[component]
pub fn FindingsPage() -> impl IntoView {
    let session = use_session();
    let (found, fault) = (RwSignal::new(Findings::default()), RwSignal::new(None::<WireError>));
    let asked = RwSignal::new(None::<Asked>);
    follow(|competition, event| ListFindings { competition, event }, found, fault);
    let open = move || found.with(|found| found.open.clone());
    let settled = move || found.with(|found| found.settled.clone());
    let done = Callback::new(move |()| session.revision.update(|revision| *revision += 1));
    view! {
        <div class="stack">
            <header class="head">
                <h1>{move || t("findings-title")}</h1>
                <span class="sub" data-testid="findings-count">{move || tx("findings-count", &[("count", &found.with(Findings::count).to_string())])}</span>
            </header>
            {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="findings-fault">{wire_error(&error)}</p> })}
            <section class="card pad stack" aria-label=move || t("findings-open")>
                <h2>{move || t("findings-open")}</h2>
                {move || match open() {
                    rows if rows.is_empty() => view! { <p class="empty" data-testid="findings-empty">{t("findings-empty")}</p> }.into_any(),
                    rows => view! { <ul class="stack" data-testid="findings">{rows.into_iter().map(|row| line(row, asked, false)).collect_view()}</ul> }.into_any(),
                }}
            </section>
            <QuarantineSection />
            <Show when=move || !settled().is_empty()>
                <section class="card pad stack" aria-label=move || t("findings-settled")>
                    <h2>{move || t("findings-settled")}</h2>
                    <ul class="stack">{move || settled().into_iter().map(|row| line(row, asked, true)).collect_view()}</ul>
                </section>
            </Show>
            <SettleDialog asked=asked done=done />
        </div>
    }
}

fn line(row: FindingRow, asked: RwSignal<Option<Asked>>, settled: bool) -> impl IntoView {
    let what = message(&format!("finding-{}", row.kind), &row.args);
    let how = message(&format!("finding-{}-do", row.kind), &row.args);
    let blocks = (row.blocks && !settled)
        .then(|| view! { <span class="tag warn" data-testid="finding-blocks">{t("finding-blocks")}</span>" " });
    // Of what stands on this page there is no other.
    let elsewhere = row.page != "findings";
    let address = match row.page.as_str() {
        "exchange" | "headquarters" => format!("#/{}", row.page),
        page => link(page),
    };
    let page = row.page.clone();
    let there = elsewhere.then(|| {
        view! { <a class="btn" href=address data-testid="finding-there">{tx("finding-there", &[("page", &t(&format!("nav-{page}")))])}</a>" " }
    });
    let (id, said, reason) = (row.id.clone(), what.clone(), row.reason.clone());
    let decide = row.by_decision.then(|| {
        let ask = move |_| asked.set(Some(Asked { finding: id.clone(), what: said.clone(), again: settled }));
        let words = t(if settled { "finding-reopen" } else { "finding-leave" });
        view! { <button type="button" class="btn" data-testid="finding-decide" on:click=ask>{words}</button> }
    });
    let after = if settled { tx("finding-because", &[("reason", &reason)]) } else { how };
    view! {
        <li data-testid="finding" data-kind=row.kind.clone()>
            <p>{blocks}<b>{what}</b><br /><span class="sub">{after}</span></p>
            <p class="actions">{there}{decide}</p>
        </li>
    }
}
