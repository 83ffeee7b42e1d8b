//! Verifying the chain of records with one click.

use crate::backend::call;
use crate::i18n::{t, tx, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::competition::{LedgerReport, VerifyLedger};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The button and the report.
#[component]
pub fn Ledger() -> impl IntoView {
    let session = use_session();
    let report = RwSignal::new(None::<Result<LedgerReport, WireError>>);
    let busy = RwSignal::new(false);
    let verify = move |_| {
        let Some(competition) = session.competition.get_untracked() else {
            return;
        };
        busy.set(true);
        spawn_local(async move {
            let answer = call(VerifyLedger { competition }).await;
            report.try_set(Some(answer));
            busy.try_set(false);
        });
    };
    view! {
        <div class="history-tools">
            <button class="btn" data-testid="ledger-verify" prop:disabled=move || busy.get() on:click=verify>
                {move || t(if busy.get() { "history-verifying" } else { "history-verify" })}
            </button>
        </div>
        <div aria-live="polite">
            {move || report.get().map(|answer| match answer {
                Ok(report) => told(report).into_any(),
                Err(error) => view! { <p class="marks-banner bad" data-testid="ledger-report">{wire_error(&error)}</p> }.into_any(),
            })}
        </div>
    }
}

fn told(report: LedgerReport) -> impl IntoView {
    let good = report.fault.is_none() && report.state_agrees;
    let class = if good { "card ledger good" } else { "card ledger broken" };
    // Every log begins with a record that opens it and says nothing of the competition; the foot does not count it.
    let (own, openings) = (report.records.saturating_sub(u64::from(report.logs)), report.logs);
    let records = tx("ledger-records-count", &[("count", &own.to_string()), ("openings", &openings.to_string())]);
    let fault = report.fault.map(|fault| view! { <dt>{t("ledger-fault")}</dt><dd>{fault}</dd> });
    view! {
        <section class=class data-testid="ledger-report" data-state=if good { "good" } else { "broken" }>
            <h2>{if good { "✓" } else { "✗" }} " " {t(if good { "ledger-good" } else { "ledger-broken" })}</h2>
            <dl>
            {fault}
            <dt>{t("ledger-records")}</dt><dd data-testid="ledger-records">{records}</dd>
            <dt>{t("ledger-logs")}</dt><dd>{report.logs}</dd>
            <dt>{t("ledger-checkpoints")}</dt><dd>{report.checkpoints}</dd>
            <dt>{t("ledger-state")}</dt><dd>{t(if report.state_agrees { "ledger-state-agrees" } else { "ledger-state-differs" })}</dd>
            <dt>{t("ledger-head")}</dt><dd>{report.head}</dd>
            </dl>
        </section>
    }
}
