//! The table of the standings.

use crate::i18n::{language, t, tx};
use crate::pages::marks::status_key;
use jiangsai_domain::command::results::{StandingsColumn, StandingsRow, StandingsView};
use jiangsai_domain::ids::EntryId;
use jiangsai_domain::view::equals::name;
use jiangsai_scoring::EntryStatus;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The table; choosing a line shows why it stands there.
pub fn table(view: StandingsView, chosen: RwSignal<Option<EntryId>>) -> impl IntoView {
    let language = language();
    let StandingsView { columns, rows, sealed, last, .. } = view;
    let by = name(Some(last));
    let heads = columns.iter().map(|column| head(column, &language)).collect_view();
    let totals: Vec<bool> = columns.iter().map(|column| column.total).collect();
    let first_unranked = rows.iter().position(|row| row.rank.is_none());
    let body = rows
        .into_iter()
        .enumerate()
        .map(|(index, line)| row(index, line, by, &totals, first_unranked == Some(index) && index > 0, sealed, chosen))
        .collect_view();
    view! {
        <table aria-label=t("standings-table-label") data-testid="standings-table">
            <thead>
                <tr>
                    <th class="num rank">{t("standings-col-rank")}</th>
                    <th>{t(if sealed { "standings-col-code" } else { "standings-col-number" })}</th>
                    <th>{t(if sealed { "registration-status" } else { "standings-col-name" })}</th>
                    {(!sealed).then(|| view! { <th>{t("standings-col-unit")}</th> })}
                    {heads}
                </tr>
            </thead>
            <tbody>{body}</tbody>
        </table>
    }
}

fn head(column: &StandingsColumn, language: &str) -> impl IntoView + use<> {
    let max = (!column.max.is_empty())
        .then(|| view! { <span class="max">{tx("standings-max", &[("max", &column.max)])}</span> });
    view! { <th class="num" class:total=column.total>{column.name.get(language).to_owned()}{max}</th> }
}

fn row(
    index: usize,
    line: StandingsRow,
    by: &str,
    totals: &[bool],
    parting: bool,
    sealed: bool,
    chosen: RwSignal<Option<EntryId>>,
) -> impl IntoView + use<> {
    let StandingsRow {
        entry, rank, shared, undecided, number, name, unit, status, values, awards, honours, waits, ..
    } = line;
    let language = language();
    let gets = awards.iter().chain(&honours).map(|name| {
        view! { <small class="tag gold">{name.get(&language).to_owned()}</small> " " }
    });
    let gets = gets.collect_view();
    let values = values
        .into_iter()
        .enumerate()
        .map(|(col, value)| {
            let total = totals.get(col).copied().unwrap_or(false);
            let id = if total { format!("standings-total-{index}") } else { format!("standings-value-{index}-{col}") };
            view! { <td class="num" class:total=total data-testid=id>{value}</td> }
        })
        .collect_view();
    let place = match rank {
        Some(rank) => view! { <b>{rank}</b> }.into_any(),
        None => view! { <span aria-label=t("standings-no-rank")>"—"</span> }.into_any(),
    };
    let tag = if status != EntryStatus::Ok {
        Some(("tag plain", t(status_key(status))))
    } else if undecided {
        Some(("tag warn", tx("equals-open", &[("by", by)])))
    } else if waits.is_some() {
        Some(("tag warn", t("standings-order-waits")))
    } else {
        (shared && rank.is_some()).then(|| ("tag plain", t("standings-shared")))
    };
    let tag = tag.map(|(class, said)| view! { <small class=class>{said}</small> });
    let (pick, mine) = (entry.clone(), entry);
    view! {
        <tr
            tabindex="0"
            data-testid=format!("standings-row-{index}")
            class:unranked=rank.is_none()
            class:parting=parting
            aria-selected=move || if chosen.with(|chosen| chosen.as_ref() == Some(&mine)) { "true" } else { "false" }
            on:click={
                let pick = pick.clone();
                move |_| chosen.set(Some(pick.clone()))
            }
            on:keydown=move |event: ev::KeyboardEvent| key(&event, &pick, chosen)
        >
            <td class="num rank" data-testid=format!("standings-rank-{index}")>{place}</td>
            <td>{number}</td>
            <td class="who" title=name.clone()>{name.clone()} " " {gets} {tag}</td>
            {(!sealed).then(|| view! { <td class="unit" title=unit.clone()>{unit.clone()}</td> })}
            {values}
        </tr>
    }
}

/// Enter chooses a line, arrows go from line to line.
fn key(event: &ev::KeyboardEvent, entry: &EntryId, chosen: RwSignal<Option<EntryId>>) {
    let row = event.current_target().and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
    let next = match event.key().as_str() {
        "Enter" | " " => {
            chosen.set(Some(entry.clone()));
            event.prevent_default();
            None
        }
        "ArrowDown" => row.and_then(|row| row.next_element_sibling()),
        "ArrowUp" => row.and_then(|row| row.previous_element_sibling()),
        _ => None,
    };
    if let Some(next) = next.and_then(|next| next.dyn_into::<web_sys::HtmlElement>().ok()) {
        event.prevent_default();
        next.click();
        // A row that is gone cannot take the focus; the choice stands all the same.
        let _ = next.focus();
    }
}
