//! A public copy of a competition, handed out only after the records here were verified.

use crate::backend::{call, ours};
use crate::files::download;
use crate::i18n::{t, tx, wire_error};
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::bundle::{BundleWhat, ExportBundle};
use jiangsai_domain::command::competition::VerifyLedger;
use jiangsai_domain::command::files::FetchFile;
use jiangsai_domain::ids::CompetitionId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The button, and what came of it.
#[component]
pub fn Copy(
    /// Of which competition.
    competition: CompetitionId,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    let came = RwSignal::new(None::<Result<u64, WireError>>);
    let make = move |_| {
        let competition = competition.clone();
        busy.set(true);
        came.set(None);
        spawn_local(async move {
            let answer = copied(competition).await;
            busy.try_set(false);
            came.try_set(Some(answer));
        });
    };
    view! {
        <button type="button" class="btn" data-testid="hq-copy" prop:disabled=move || busy.get() on:click=make>
            {move || t(if busy.get() { "bundle-busy" } else { "hq-copy" })}
        </button>
        <span role="status" aria-live="polite">
            {move || came.get().map(|came| match came {
                Ok(records) => view! { <small data-testid="hq-copied">{tx("hq-copied", &[("count", &records.to_string())])}</small> }.into_any(),
                Err(error) => view! { <small class="wrong-text" data-testid="hq-copy-fault">{wire_error(&error)}</small> }.into_any(),
            })}
        </span>
    }
}

/// Verifies, exports, downloads; how many records were verified.
async fn copied(competition: CompetitionId) -> Result<u64, WireError> {
    let report = call(VerifyLedger { competition: competition.clone() }).await?;
    if let Some(fault) = report.fault {
        return Err(ours("hq-unverified", &fault));
    }
    let made = call(ExportBundle { competition, what: BundleWhat::Published }).await?;
    download(&call(FetchFile { path: made.path }).await?);
    Ok(report.records)
}
