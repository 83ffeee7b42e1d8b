//! How far the records of this computer got: at the hub, at headquarters, with count and age of what is pending. In the foot of every page. It asks
//! when it is told that something changed; ages go on by themselves.

use crate::backend::call;
use crate::components::calmly;
use crate::i18n::{t, tx, wire_error};
use crate::session::{says, use_session};
use crate::time::{Told, minutes};
use jiangsai_domain::command::sync::{SYNC, SyncRow, SyncState, SyncStatus};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The line in the foot; nothing while this computer stands alone.
#[component]
pub fn SyncLine() -> impl IntoView {
    let session = use_session();
    let (state, told) = (RwSignal::new(None::<SyncState>), RwSignal::new(None::<Told>));
    let ask = move || {
        spawn_local(async move {
            if let Ok(found) = call(SyncStatus {}).await {
                told.try_set(Some(Told::now(found.now)));
                state.try_set(Some(found));
            }
        });
    };
    ask();
    let again = calmly(ask);
    Effect::new(move |before: Option<()>| {
        if says(&session.heard.get(), SYNC) && before.is_some() {
            again();
        }
    });
    let shown = move || state.get().filter(|state| state.upstream.is_some());
    let now = move || told.get().map_or(0, Told::ticking);
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
            {(!state.is_headquarters).then(|| view! { <span data-testid="foot-hub">{pending("hub", &state, now, |row| (row.not_at_upstream, row.oldest_not_at_upstream))}</span> })}
            <span data-testid="foot-headquarters">{pending("headquarters", &state, now, |row| (row.not_at_headquarters, row.oldest_pending))}</span>
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

/// What one of the two lacks, in all competitions, and since when the oldest of it waits; goes on as time goes by.
fn pending<N: Fn() -> i64 + Send + Sync + 'static>(
    whom: &'static str,
    state: &SyncState,
    now: N,
    of: fn(&SyncRow) -> (u64, Option<i64>),
) -> impl Fn() -> String + use<N> {
    let count: u64 = state.competitions.iter().map(|row| of(row).0).sum();
    let oldest = state.competitions.iter().filter_map(|row| of(row).1).min();
    let age = Memo::new(move |_| oldest.map_or(0, |oldest| minutes(oldest, now())));
    move || match count {
        0 => t(&format!("sync-{whom}-all")),
        count => {
            let key = format!("sync-{whom}-pending");
            tx(&key, &[("count", &count.to_string()), ("minutes", &age.get().to_string())])
        }
    }
}
