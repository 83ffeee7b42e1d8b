//! Who stands in a document: winners, the first ranks, everybody, or one entry.

use super::asked::{Asked, Chosen};
use crate::backend::call;
use crate::i18n::t;
use crate::session::use_session;
use jiangsai_domain::command::results::{ShowStandings, StandingsRow};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The choice, and how many ranks where that matters.
#[component]
pub fn WhomChoice(
    /// What is asked for.
    asked: RwSignal<Asked>,
) -> impl IntoView {
    let session = use_session();
    let rows = RwSignal::new(Vec::<StandingsRow>::new());
    Effect::new(move |_| {
        session.revision.track();
        let (Some(competition), Some(event)) = (session.competition.get(), session.event.get()) else {
            return;
        };
        spawn_local(async move {
            if let Ok(view) = call(ShowStandings { competition, event }).await {
                rows.try_set(view.rows);
            }
        });
    });
    let awarded = move || rows.with(|rows| rows.iter().any(|row| !row.awards.is_empty()));
    let by_rank = move || {
        asked.with(|asked| match asked.chosen {
            Chosen::Top if asked.which.by_whom() => true,
            Chosen::Winners if asked.which.by_whom() => !awarded(),
            _ => asked.which.by_award() && !awarded(),
        })
    };
    let selected = move |id: &str| asked.with(|asked| asked.chosen.id() == id);
    let fixed = move || {
        let one = |id: &'static str| {
            view! { <option value=id selected=selected(id)>{t(&format!("documents-whom-{id}"))}</option> }
        };
        ["winners", "top", "all"].into_iter().map(one).collect_view()
    };
    let entries = move || {
        let list =
            if asked.with(|asked| asked.which.by_entry() || asked.which.by_module()) { rows.get() } else { Vec::new() };
        let one = |row: StandingsRow| {
            let id = row.entry.to_string();
            let chosen = selected(&id);
            view! { <option value=id selected=chosen>{format!("{} {}", row.number, row.name)}</option> }
        };
        list.into_iter().map(one).collect_view()
    };
    let choose = move |event| {
        let name = event_target_value(&event);
        asked.update(|asked| asked.chosen = Chosen::named(&name));
    };
    let top = move |event| {
        let top = event_target_value(&event).trim().parse().unwrap_or(0);
        asked.update(|asked| asked.top = top);
    };
    view! {
        <Show when=move || asked.with(|asked| asked.which.by_whom())>
            <label>
                <span>{move || t("documents-whom")}</span>
                <select data-testid="doc-whom" on:change=choose>{fixed} {entries}</select>
            </label>
        </Show>
        <Show when=move || asked.with(|asked| asked.which.by_module())>
            <label>
                <span>{move || t("documents-whom")}</span>
                <select data-testid="doc-entry" on:change=choose>
                    <option value="all" selected=move || asked.with(|asked| !matches!(asked.chosen, Chosen::One(_)))>{move || t("documents-whom-all")}</option>
                    {entries}
                </select>
            </label>
        </Show>
        <Show when=by_rank>
            <label>
                <span>{move || t("documents-top")}</span>
                <input data-testid="doc-top" type="number" min="0" max="5000" prop:value=move || asked.with(|asked| asked.top.to_string()) on:change=top />
            </label>
        </Show>
    }
}
