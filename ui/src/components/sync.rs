//! How far the records of this computer got: at the hub, at headquarters, with count and age of what is pending. In the foot of every page.

use crate::backend::call;
use crate::i18n::{t, tx, wire_error};
use jiangsai_domain::command::sync::{SyncState, SyncStatus};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// How often the foot asks. The answer is of this computer, so it costs no network.
const EVERY: Duration = Duration::from_secs(5);

/// The line in the foot; nothing while this computer stands alone.
#[component]
pub fn SyncLine() -> impl IntoView {
    let state = RwSignal::new(None::<SyncState>);
    let ask = move || {
        spawn_local(async move {
            if let Ok(found) = call(SyncStatus {}).await {
                state.try_set(Some(found));
            }
        });
    };
    ask();
    if let Ok(timer) = set_interval_with_handle(ask, EVERY) {
        on_cleanup(move || timer.clear());
    }
    let shown = move || state.get().filter(|state| state.upstream.is_some());
    let forks = move || {
        let count: u32 = state.with(|state| state.iter().flat_map(|one| &one.competitions).map(|row| row.forks).sum());
        (count > 0).then_some(count)
    };
    // By itself, so that it stays open while the numbers beside it go on.
    let trouble = Memo::new(move |_| state.with(|state| state.as_ref().and_then(why)));
    let backup = Memo::new(move |_| state.with(|state| state.as_ref().and_then(|state| state.backup_trouble.clone())));
    view! {
        {move || backup.get().map(|error| view! {
            <a href="#/backups" class="wrong-text" role="status" title=wire_error(&error) data-testid="foot-backup">{t("backups-foot")}</a>
        })}
        {move || shown().map(|state| view! {
            {(state.has_standby || state.at_standby).then(|| view! { <span class:wrong-text={state.at_standby} role="status" data-testid="foot-with">{t(with(&state))}</span> })}
            {(!state.is_headquarters).then(|| view! { <span data-testid="foot-hub">{at_hub(&state)}</span> })}
            <span data-testid="foot-headquarters">{at_headquarters(&state)}</span>
        })}
        {move || trouble.get().map(|code| view! {
            <span role="status" data-testid="foot-trouble">
                <details class="foot-why">
                    <summary class="wrong-text">{t("sync-stopped")}</summary>
                    <p>{t(&format!("error-{code}"))}</p>
                </details>
            </span>
        })}
        {move || forks().map(|count| view! { <span class="wrong-text" data-testid="foot-forks">{tx("sync-forks", &[("count", &count.to_string())])}</span> })}
    }
}

/// Why nothing goes through, or something of one competition does not.
fn why(state: &SyncState) -> Option<String> {
    let stuck = || state.competitions.iter().find_map(|row| row.trouble.clone());
    state.trouble.clone().or_else(stuck)
}

/// Which of the two computers it is with.
const fn with(state: &SyncState) -> &'static str {
    if state.at_standby { "standby-with-standby" } else { "standby-with-hub" }
}

fn at_hub(state: &SyncState) -> String {
    match state.competitions.iter().map(|row| row.not_at_upstream).sum::<u64>() {
        0 => t("sync-hub-all"),
        pending => tx("sync-hub-pending", &[("count", &pending.to_string())]),
    }
}

fn at_headquarters(state: &SyncState) -> String {
    let pending: u64 = state.competitions.iter().map(|row| row.not_at_headquarters).sum();
    let oldest = state.competitions.iter().filter_map(|row| row.oldest_pending).min();
    match (pending, oldest) {
        (0, _) => t("sync-headquarters-all"),
        (pending, oldest) => {
            let minutes = oldest.map_or(0, |oldest| (state.now - oldest).max(0) / 60_000);
            let args = [("count", pending.to_string()), ("minutes", minutes.to_string())];
            let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
            tx("sync-headquarters-pending", &args)
        }
    }
}
