//! What the history is asked about.

use crate::backend::call;
use crate::i18n::t;
use crate::session::use_session;
use jiangsai_domain::command::registration::{EntryRow, FieldId, ListEntries};
use jiangsai_domain::ids::EntryId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Part of the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Everything.
    All,
    /// One entry.
    Entry,
    /// Settings and rulebooks.
    Settings,
    /// Judges and panels.
    Judges,
    /// Draws, sealing and unsealing.
    Draws,
}

const FILTERS: [(Filter, &str, &str); 5] = [
    (Filter::All, "history-filter-all", "all"),
    (Filter::Entry, "history-filter-entry", "entry"),
    (Filter::Settings, "history-filter-settings", "settings"),
    (Filter::Judges, "history-filter-judges", "judges"),
    (Filter::Draws, "history-filter-draws", "draws"),
];

/// The row of filters, with the entries to choose from where one is wanted.
pub fn filter(chosen: RwSignal<Filter>, entry: RwSignal<Option<EntryId>>) -> impl IntoView {
    let session = use_session();
    let entries = RwSignal::new(Vec::<EntryRow>::new());
    Effect::new(move |_| {
        if chosen.get() != Filter::Entry {
            return;
        }
        let (Some(competition), Some(event)) = (session.competition.get(), session.event.get()) else {
            return;
        };
        spawn_local(async move {
            if let Ok(list) = call(ListEntries { competition, event, search: String::new() }).await {
                if entry.try_get_untracked().flatten().is_none() {
                    entry.try_set(list.rows.first().map(|row| row.id.clone()));
                }
                entries.try_set(list.rows);
            }
        });
    });
    let buttons = FILTERS.iter().map(|(filter, key, id)| {
        view! {
            <button
                data-testid=format!("history-filter-{id}")
                aria-pressed=move || if chosen.get() == *filter { "true" } else { "false" }
                on:click=move |_| chosen.set(*filter)
            >
                {move || t(key)}
            </button>
        }
    });
    let options = move || {
        let current = entry.get();
        entries
            .get()
            .into_iter()
            .map(|row| {
                let name = row.form.get(&FieldId::Name).cloned().unwrap_or_default();
                let selected = current.as_ref() == Some(&row.id);
                view! { <option value=row.id.as_str().to_owned() selected=selected>{format!("{} {name}", row.number)}</option> }
            })
            .collect_view()
    };
    view! {
        <div class="history-tools">
            <div class="history-filter" role="group" aria-label=move || t("history-filter")>{buttons.collect_view()}</div>
            <Show when=move || chosen.get() == Filter::Entry>
                <select
                    class="history-entry"
                    data-testid="history-entry"
                    aria-label=move || t("history-choose-entry")
                    on:change=move |event| entry.set(Some(EntryId::new(event_target_value(&event))))
                >
                    {options}
                </select>
            </Show>
        </div>
    }
}
