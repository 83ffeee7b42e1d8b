//! What whoever looks on from above sees (上级平台): the competitions by level and place, each with where its events stand, and the computers
//! below. What changes is told, so nothing is asked for again and again.

mod copy;
mod nodes;
mod public;
mod revoke;
mod row;

use crate::backend::call;
use crate::components::{TextField, calmly};
use crate::i18n::{t, tx, wire_error};
use crate::session::{is_of_competitions, use_session};
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::competition::{CompetitionRow, ListCompetitions};
use leptos::prelude::*;
use leptos::task::spawn_local;
use nodes::BelowTable;
use row::CompetitionLines;
use std::collections::BTreeMap;

/// Competitions of one level and place.
type Group = ((String, String), Vec<CompetitionRow>);

/// The page.
#[component]
pub fn HeadquartersPage() -> impl IntoView {
    let session = use_session();
    let rows = RwSignal::new(None::<Vec<CompetitionRow>>);
    let fault = RwSignal::new(None::<WireError>);
    let (search, level) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let ask = move || {
        spawn_local(async move {
            match call(ListCompetitions {}).await {
                Ok(mut found) => {
                    fault.try_set(None);
                    // Its lines ask for these by themselves; what else did not change is not drawn anew.
                    for row in &mut found {
                        (row.entries, row.changed_at) = (0, 0);
                    }
                    rows.try_update(|rows| (rows.as_ref() != Some(&found)).then(|| *rows = Some(found)));
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    ask();
    let again = calmly(ask);
    Effect::new(move |before: Option<()>| {
        if is_of_competitions(&session.heard.get()) && before.is_some() {
            again();
        }
    });
    let levels = Memo::new(move |_| {
        let mut all: Vec<String> = rows.get().into_iter().flatten().map(|row| row.level).collect();
        all.sort();
        all.dedup();
        all
    });
    let groups =
        Memo::new(move |_| rows.with(|rows| grouped(rows.as_deref().unwrap_or_default(), &search.get(), &level.get())));
    let found = move || groups.with(|groups| groups.iter().map(|(_, rows)| rows.len()).sum::<usize>());
    let option = move |name: String| {
        let (value, own) = (name.clone(), name.clone());
        let words = if name.is_empty() { t("hq-level-none") } else { name };
        view! { <option value=value selected=move || level.with(|level| *level == format!("={own}"))>{words}</option> }
    };
    view! {
        <div class="stack hq">
            <header class="head">
                <h1>{move || t("hq-title")}</h1>
                <span class="sub" data-testid="hq-count">{move || tx("hq-count", &[("count", &found().to_string())])}</span>
                <span class="push"><a class="btn" href="#/" data-testid="hq-back">{move || t("start-back")}</a></span>
            </header>
            {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="hq-fault">{wire_error(&error)}</p> })}
            <section class="card pad stack">
                <div class="fields">
                    <TextField label="hq-search" value=search testid="hq-search" />
                    <label class="field">
                        <span>{move || t("hq-level")}</span>
                        <select data-testid="hq-level" on:change=move |event| {
                            let index = event_target_value(&event);
                            level.set(if index == "*" { String::new() } else { format!("={index}") });
                        }>
                            <option value="*" selected=move || level.with(String::is_empty)>{move || t("hq-level-all")}</option>
                            {move || levels.get().into_iter().map(option).collect_view()}
                        </select>
                    </label>
                </div>
                {move || match (rows.with(Option::is_none), found()) {
                    (true, _) => ().into_any(),
                    (_, 0) => view! { <p class="empty" data-testid="hq-empty">{t(if rows.with(|rows| rows.as_ref().is_some_and(Vec::is_empty)) { "hq-empty" } else { "hq-none-found" })}</p> }.into_any(),
                    _ => table(groups).into_any(),
                }}
            </section>
            <BelowTable />
        </div>
    }
}

/// By level and place; inside, the newest contest first. A level that was chosen begins with `=`, so that it can be the empty one.
fn grouped(rows: &[CompetitionRow], search: &str, level: &str) -> Vec<Group> {
    let wanted: Vec<String> = search.split_whitespace().map(str::to_lowercase).collect();
    let mut groups: BTreeMap<(String, String), Vec<CompetitionRow>> = BTreeMap::new();
    for row in rows {
        let text = [&row.title, &row.place, &row.level, &row.host].map(|part| part.to_lowercase()).join(" ");
        let chosen = level.strip_prefix('=').is_none_or(|level| level == row.level);
        if chosen && wanted.iter().all(|word| text.contains(word.as_str())) {
            groups.entry((row.level.clone(), row.place.clone())).or_default().push(row.clone());
        }
    }
    for rows in groups.values_mut() {
        rows.sort_by(|one, other| (&other.date, &one.title).cmp(&(&one.date, &other.title)));
    }
    groups.into_iter().collect()
}

fn table(groups: Memo<Vec<Group>>) -> impl IntoView {
    let heads = ["hq-col-event", "hq-col-results", "hq-col-bulletin", "hq-col-waits"]
        .into_iter()
        .map(|key| view! { <th scope="col">{t(key)}</th> })
        .collect_view();
    let body = move |((level, place), rows): Group| {
        let words: Vec<String> = [level, place].into_iter().filter(|part| !part.is_empty()).collect();
        let words = if words.is_empty() { t("hq-nowhere") } else { words.join(" · ") };
        view! {
            <tbody>
                <tr class="hq-group"><th scope="rowgroup" colspan="7" data-testid="hq-group">{words}</th></tr>
                <For each=move || rows.clone() key=|row| row.id.clone() children=|row| view! { <CompetitionLines row=row /> } />
            </tbody>
        }
    };
    view! {
        <div class="hq-table" tabindex="0" role="region" aria-label=move || t("hq-competitions")>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t("hq-col-competition")}</th>
                        {heads}
                        <th scope="col" class="num">{t("hq-col-progress")}</th>
                        <th scope="col">{t("hq-col-open")}</th>
                    </tr>
                </thead>
                {move || groups.get().into_iter().map(body).collect_view()}
            </table>
        </div>
    }
}
