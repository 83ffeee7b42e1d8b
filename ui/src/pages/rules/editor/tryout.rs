//! The tab on which the rules are tried: items down, entries across, computed as it is typed.

use super::desk::use_desk;
use super::trial::{Cell, ENTRIES, Trial, Tried, compute, entry_name, fault, plausible, sealed, seats};
use crate::i18n::{language, message, t, tx};
use crate::pages::standings::{formula, tree};
use jiangsai_domain::view::derivation::lines;
use jiangsai_scoring::rulebook::{Column, Item, Rulebook};
use jiangsai_scoring::{Engine, Standing};
use leptos::prelude::*;

/// The tab.
#[component]
pub fn Tryout(
    /// What was typed.
    trial: RwSignal<Trial>,
) -> impl IntoView {
    let desk = use_desk();
    let chosen = RwSignal::new(0_usize);
    let tried = Memo::new(move |_| desk.draft.with(|draft| trial.with(|trial| compute(draft.rulebook(), trial))));
    let structure = Memo::new(move |_| desk.draft.with(|draft| draft.rulebook().clone()));
    let fill = move |_| trial.set(desk.draft.with_untracked(|draft| plausible(draft.rulebook())));
    view! {
        <div class="rule-trial" data-testid="rule-trial">
            <p class="actions">
                <button type="button" class="btn" data-testid="trial-fill" on:click=fill>{move || t("rule-trial-fill")}</button>
                <button type="button" class="btn" data-testid="trial-clear" on:click=move |_| trial.set(Trial::default())>{move || t("rule-trial-clear")}</button>
                <span class="rule-hint">{move || t("rule-trial-about")}</span>
            </p>
            <Show when=move || tried.with(Option::is_none)>
                <p class="marks-banner" role="status">{move || t("rule-trial-faulty")}</p>
            </Show>
            <div class="card rule-trial-table" tabindex="0" role="region" aria-label=move || t("rule-trial")>
                <table>
                    <thead><tr>
                        <th scope="col">{move || t("item")}</th>
                        {(0..ENTRIES).map(|entry| head(entry, chosen)).collect_view()}
                    </tr></thead>
                    <tbody>{move || structure.with(|rulebook| body(rulebook, trial, tried))}</tbody>
                </table>
            </div>
            {move || team_standings(tried)}
            {move || derivation(tried, chosen.get())}
        </div>
    }
}

fn head(entry: usize, chosen: RwSignal<usize>) -> impl IntoView {
    view! {
        <th scope="col" class="num">
            <button type="button" class="btn quiet" data-testid=format!("trial-entry-{entry}") aria-pressed=move || (chosen.get() == entry).to_string()
                on:click=move |_| chosen.set(entry)>{entry_name(entry)}</button>
        </th>
    }
}

fn body(rulebook: &Rulebook, trial: RwSignal<Trial>, tried: Memo<Option<Tried>>) -> impl IntoView + use<> {
    let language = language();
    let data: Vec<String> =
        Engine::new(rulebook).map(|engine| engine.data().into_iter().map(str::to_owned).collect()).unwrap_or_default();
    let data = data.into_iter().map(|name| datum_row(name, trial)).collect_view();
    let parameters = sealed(rulebook).map(|own| parameter_row(own.id.clone(), own.name.get(&language), trial));
    let parameters = parameters.collect_view();
    let rows = rulebook.columns().into_iter().map(|column| match rulebook.item(&column.id) {
        Some(item) => item_row(rulebook, item, &column, &language, trial, tried).into_any(),
        None => node_row(&column, &language, tried).into_any(),
    });
    let teams = rulebook.teams.is_some().then(|| team_row(trial));
    let gets = (rulebook.awards.is_some() || !rulebook.honours.is_empty()).then(|| award_row(rulebook, tried));
    view! { {parameters} {data} {teams} {rows.collect_view()} {rank_row(tried)} {gets} }
}

fn standing<T>(tried: Memo<Option<Tried>>, entry: usize, read: impl Fn(&Standing) -> T) -> Option<T> {
    tried.with(|tried| tried.as_ref()?.outcome.standings.iter().find(|line| line.entry == entry_name(entry)).map(read))
}

fn value(tried: Memo<Option<Tried>>, entry: usize, id: &str) -> String {
    standing(tried, entry, |line| line.values.iter().find(|own| own.node == id).map(|own| own.shown.clone()))
        .flatten()
        .unwrap_or_default()
}

fn node_row(column: &Column, language: &str, tried: Memo<Option<Tried>>) -> impl IntoView + use<> {
    let id = column.id.clone();
    let cells = (0..ENTRIES).map(move |entry| {
        let (own, testid) = (id.clone(), format!("trial-value-{id}-{entry}"));
        view! { <td class="num" data-testid=testid>{move || value(tried, entry, &own)}</td> }
    });
    view! {
        <tr class="node"><th scope="row" data-depth=column.depth.to_string()>{column.name.get(language).to_owned()}</th>{cells.collect_view()}</tr>
    }
}

fn item_row(
    rulebook: &Rulebook,
    item: &Item,
    column: &Column,
    language: &str,
    trial: RwSignal<Trial>,
    tried: Memo<Option<Tried>>,
) -> impl IntoView + use<> {
    let seats = seats(rulebook, item);
    let name = format!("{} {}", item.id, item.name.get(language));
    let cells: Vec<_> = (0..ENTRIES)
        .map(|entry| {
            let fields: Vec<_> = (1..=item.attempt_count())
                .flat_map(|attempt| seats.iter().map(move |seat| (attempt, *seat)))
                .map(|(attempt, seat)| mark_field((entry, item.id.clone(), seat, attempt), item, &name, trial))
                .collect();
            let own = item.id.clone();
            view! { <td class="num"><div class="trial-cell"><span class="trial-marks">{fields}</span><output>{move || value(tried, entry, &own)}</output></div></td> }
        })
        .collect();
    view! { <tr><th scope="row" data-depth=column.depth.to_string()>{name.clone()}</th>{cells}</tr> }
}

fn mark_field(cell: Cell, item: &Item, name: &str, trial: RwSignal<Trial>) -> impl IntoView + use<> {
    let (entry, id, seat, attempt) = cell.clone();
    let args =
        [("item", name), ("entry", &entry_name(entry)), ("seat", &seat.to_string()), ("attempt", &attempt.to_string())];
    let label = tx(if seat > 0 { "rule-trial-seat" } else { "rule-trial-cell" }, &args);
    let own = cell.clone();
    let text = Memo::new(move |_| trial.with(|trial| trial.marks.get(&own).cloned().unwrap_or_default()));
    let item = item.clone();
    let wrong = Memo::new(move |_| {
        fault(&item, &text.get()).map(|fault| {
            message(
                &format!("mark-fault-{}", fault.code().replace('_', "-")),
                &[fault.args(), vec![("text".into(), text.get())]].concat(),
            )
        })
    });
    view! {
        <input class="figure" autocomplete="off" maxlength="32" aria-label=label data-testid=format!("trial-{id}-{entry}-{seat}-{attempt}")
            aria-invalid=move || wrong.get().is_some().to_string() title=move || wrong.get().unwrap_or_default()
            prop:value=move || text.get()
            on:input=move |event| trial.update(|trial| { trial.marks.insert(cell.clone(), event_target_value(&event)); }) />
    }
}

/// A value that is sealed until the session ends, typed once for everybody.
fn parameter_row(id: String, name: &str, trial: RwSignal<Trial>) -> impl IntoView + use<> {
    let label = tx("rule-trial-parameter", &[("name", name)]);
    let read = id.clone();
    view! {
        <tr>
            <th scope="row">{label.clone()}</th>
            <td class="num" colspan=ENTRIES.to_string()><input class="figure" autocomplete="off" maxlength="32" aria-label=label
                prop:value=move || trial.with(|trial| trial.parameters.get(&read).cloned().unwrap_or_default())
                on:input=move |event| trial.update(|trial| { trial.parameters.insert(id.clone(), event_target_value(&event)); }) /></td>
        </tr>
    }
}

fn datum_row(name: String, trial: RwSignal<Trial>) -> impl IntoView {
    let cells = (0..ENTRIES).map(|entry| {
        let (read, write) = ((entry, name.clone()), (entry, name.clone()));
        let label = tx("rule-trial-datum", &[("name", &name), ("entry", &entry_name(entry))]);
        view! {
            <td class="num"><input class="figure" autocomplete="off" maxlength="64" aria-label=label
                prop:value=move || trial.with(|trial| trial.data.get(&read).cloned().unwrap_or_default())
                on:input=move |event| trial.update(|trial| { trial.data.insert(write.clone(), event_target_value(&event)); }) /></td>
        }
    });
    let cells = cells.collect_view();
    view! { <tr><th scope="row">{tx("rule-trial-data", &[("name", &name)])}</th>{cells}</tr> }
}

fn rank_row(tried: Memo<Option<Tried>>) -> impl IntoView {
    let cells = (0..ENTRIES).map(|entry| {
        let said =
            move || standing(tried, entry, |line| line.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string()));
        view! { <td class="num" data-testid=format!("trial-rank-{entry}")>{said}</td> }
    });
    view! { <tr class="node"><th scope="row">{t("standing")}</th>{cells.collect_view()}</tr> }
}

/// The team of each entry.
fn team_row(trial: RwSignal<Trial>) -> impl IntoView {
    let cells = (0..ENTRIES).map(|entry| {
        let label = tx("rule-trial-datum", &[("name", &t("rule-trial-team")), ("entry", &entry_name(entry))]);
        view! {
            <td class="num"><input class="figure" autocomplete="off" maxlength="64" aria-label=label data-testid=format!("trial-team-{entry}")
                prop:value=move || trial.with(|trial| trial.teams.get(&entry).cloned().unwrap_or_default())
                on:input=move |event| trial.update(|trial| { trial.teams.insert(entry, event_target_value(&event)); }) /></td>
        }
    });
    view! { <tr><th scope="row">{t("rule-trial-team")}</th>{cells.collect_view()}</tr> }
}

/// What each entry gets and is proposed for.
fn award_row(rulebook: &Rulebook, tried: Memo<Option<Tried>>) -> impl IntoView + use<> {
    let rulebook = StoredValue::new(rulebook.clone());
    let cells = (0..ENTRIES).map(|entry| {
        let said = move || {
            let language = language();
            let gets = standing(tried, entry, |line| {
                rulebook.with_value(|rulebook| {
                    let names =
                        rulebook.award_names(&line.awards).into_iter().chain(rulebook.honour_names(&line.honours));
                    names.map(|name| name.get(&language).to_owned()).collect::<Vec<_>>().join(" · ")
                })
            });
            gets.unwrap_or_default()
        };
        view! { <td class="num" data-testid=format!("trial-award-{entry}")>{said}</td> }
    });
    view! { <tr class="node"><th scope="row">{t("rule-trial-awards")}</th>{cells.collect_view()}</tr> }
}

/// The team standings, where the rules have teams.
fn team_standings(tried: Memo<Option<Tried>>) -> impl IntoView {
    let teams = tried.with(|tried| tried.as_ref().map(|tried| tried.outcome.teams.clone()).unwrap_or_default());
    (!teams.is_empty()).then(|| {
        let rows = teams.into_iter().map(|team| {
            view! {
                <tr>
                    <td class="num">{team.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string())}</td>
                    <th scope="row">{team.team}</th>
                    <td class="num">{team.shown}</td>
                    <td>{team.members.join(" · ")}</td>
                </tr>
            }
        });
        view! {
            <section class="card pad" data-testid="trial-teams">
                <h2>{t("rule-trial-teams")}</h2>
                <table><tbody>{rows.collect_view()}</tbody></table>
            </section>
        }
    })
}

fn derivation(tried: Memo<Option<Tried>>, entry: usize) -> impl IntoView {
    let tree_of = tried.with(|tried| tried.as_ref().and_then(|tried| tried.derivations.get(entry).cloned().flatten()));
    tree_of.map(|derivation| {
        let judges = (1..=99_u16).map(|seat| (seat.to_string(), seat.to_string())).collect();
        let line = lines(&derivation, &judges);
        let total = line.value.clone().unwrap_or_else(t);
        view! {
            <section class="card pad" data-testid="trial-derivation">
                <h2>{tx("rule-trial-why", &[("entry", &entry_name(entry))])}</h2>
                {tree(&line)}
                <p class="why-total"><span>{formula(&line)}</span><span>{total}</span></p>
            </section>
        }
    })
}
