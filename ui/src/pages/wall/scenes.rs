//! What stands on the big screen: stations, standings, awards. So much on a page as can be read from the back of a hall.

use crate::i18n::{language, t};
use crate::pages::screen::scenes::called;
use jiangsai_domain::command::screen::{ScreenAward, ScreenRow, ScreenStation, ScreenView};
use jiangsai_domain::screen::{Scene, Shown};
use leptos::prelude::*;

/// Stations on a page: three rows of eight.
const STATIONS: usize = 24;
/// Lines of the standings on a page.
const LINES: usize = 8;
/// Winners on a page.
const WINNERS: usize = 5;

/// A page of what is on the screen.
pub fn scene(view: &ScreenView, page: usize) -> AnyView {
    match view.scene {
        Scene::Hall => hall(view, page),
        Scene::Standings => standings(view, page),
        Scene::Ceremony => ceremony(view, page),
    }
}

/// The part of a list that is on a page, and which page that is of how many.
fn part<T>(all: &[T], size: usize, page: usize) -> (&[T], AnyView) {
    let pages = all.len().div_ceil(size).max(1);
    let at = page % pages;
    let shown = all.chunks(size).nth(at).unwrap_or_default();
    let told = (pages > 1)
        .then(|| view! { <p class="wall-sub wall-page" data-testid="wall-page">{format!("{} / {pages}", at + 1)}</p> });
    (shown, told.into_any())
}

/// One sentence where there is nothing to show.
fn said(key: &str) -> AnyView {
    view! { <p class="wall-said" data-testid="wall-said">{t(key)}</p> }.into_any()
}

fn hall(view: &ScreenView, page: usize) -> AnyView {
    if view.stations.is_empty() {
        return said("wall-no-stations");
    }
    let (shown, told) = part(&view.stations, STATIONS, page);
    // A code of one session needs no session before it.
    let alone = !view.session.is_empty() || view.sessions.len() < 2;
    let one = |station: &ScreenStation| {
        let state = station.state.name();
        let apart = !alone && !station.session.is_empty() && !station.code.starts_with(&station.session);
        let code = if apart { format!("{}-{}", station.session, station.code) } else { station.code.clone() };
        view! {
            <li class="wall-station" data-state=state>
                <span>{code}</span>
                <small>{t(&format!("wall-station-{state}"))}</small>
            </li>
        }
    };
    view! { <ul class="wall-stations" data-testid="wall-stations">{shown.iter().map(one).collect_view()}</ul> {told} }
        .into_any()
}

fn standings(view: &ScreenView, page: usize) -> AnyView {
    if !view.shows {
        return said("wall-not-released");
    }
    let (shown, told) = part(&view.rows, LINES, page);
    let named = shown.iter().any(|row| !row.name.is_empty());
    let one = |row: &ScreenRow| {
        let awards: Vec<&str> = row.awards.iter().map(|name| name.get(&language())).collect();
        view! {
            <tr>
                <td class="num">{row.rank.to_string()}</td>
                <td class="num">{row.number.clone()}</td>
                {named.then(|| view! { <td>{row.name.clone()}</td> <td class="wall-unit">{row.unit.clone()}</td> })}
                <td>{awards.join(&t("print-list-separator"))}</td>
                <td class="num">{row.total.clone()}</td>
            </tr>
        }
    };
    let mut heads = vec!["print-rank", if view.sealed { "print-blind-code" } else { "print-entry-number" }];
    if named {
        heads.extend(["print-name", "print-unit"]);
    }
    heads.extend(["print-prize", "print-total-score"]);
    let head = |key: &str| {
        let number = matches!(key, "print-rank" | "print-entry-number" | "print-blind-code" | "print-total-score");
        view! { <th scope="col" class:num=number>{t(key)}</th> }
    };
    let state = if view.released == Shown::Final { "standings-final" } else { "standings-provisional" };
    view! {
        <p class="wall-tag" data-testid="wall-state">{t(state)}</p>
        <table class="wall-table" data-testid="wall-standings">
            <thead><tr>{heads.into_iter().map(head).collect_view()}</tr></thead>
            <tbody>{shown.iter().map(one).collect_view()}</tbody>
        </table>
        {told}
    }
    .into_any()
}

fn ceremony(view: &ScreenView, page: usize) -> AnyView {
    let Some(award) = (view.revealed as usize).checked_sub(1).and_then(|at| view.awards.get(at)) else {
        return said("wall-ceremony");
    };
    let ScreenAward { winners, .. } = award;
    let (shown, told) = part(winners, WINNERS, page);
    let one = |(number, name, unit): &(String, String, String)| {
        let called = if name.is_empty() { number.clone() } else { name.clone() };
        view! { <li><b>{called}</b> <span>{unit.clone()}</span></li> }
    };
    view! {
        <h2 class="wall-award" data-testid="wall-award">{called(award)}</h2>
        <ul class="wall-winners" data-testid="wall-winners" aria-live="polite">{shown.iter().map(one).collect_view()}</ul>
        {told}
    }
    .into_any()
}
