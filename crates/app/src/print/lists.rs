//! Lists of people with their results: 名次表, 获奖名单. What is posted is in [`super::posted`], teams in [`super::teams`], proposals in
//! [`super::proposals`].

use super::who::{prizes, who};
use super::{sheets, words};
use jiangsai_documents::{Align, Column, Listing, Listings, Section};
use jiangsai_domain::command::files::{DocumentRequest, Whom};
use jiangsai_domain::command::results::{StandingsRow, StandingsView};
use jiangsai_domain::competition::Competition;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::EntryId;
use jiangsai_domain::view::awards::{AwardGroup, awards};
use jiangsai_domain::view::{blind, namesakes};
use jiangsai_locales::{Lang, text};
use std::collections::HashMap;

/// A column by the key of its title.
pub(super) fn column(lang: Lang, key: &str, align: Align, wide: bool) -> Column {
    Column { title: words(lang, key), note: String::new(), align, wide }
}

/// The columns of a person: name and unit.
fn person(lang: Lang) -> [Column; 2] {
    [column(lang, "print-name", Align::Center, true), column(lang, "print-unit", Align::Start, true)]
}

/// Names for a list that hangs in public.
fn names(state: &Competition, rows: &[StandingsRow]) -> HashMap<EntryId, String> {
    let entries: Vec<EntryId> = rows.iter().map(|row| row.entry.clone()).collect();
    namesakes::names(state, &entries)
}

/// The total of a line, as printed.
pub(super) fn total(view: &StandingsView, row: &StandingsRow) -> String {
    let at = view.columns.iter().position(|column| column.total);
    at.and_then(|at| row.values.get(at)).cloned().unwrap_or_default()
}

/// The key of what entries are called by: 参赛号, and while names are sealed the blind code.
pub(super) const fn number(view: &StandingsView) -> &'static str {
    if view.sealed { "print-blind-code" } else { "print-entry-number" }
}

pub(super) fn alone(title: String, list: Listing) -> Listings {
    Listings { title, lists: vec![list] }
}

/// 名次表; by blind code while names are sealed.
pub(super) fn ranks(state: &Competition, request: &DocumentRequest, lang: Lang) -> Result<Listings, Refusal> {
    let (view, rows) = who(state, &request.event, &Whom::All)?;
    let prized = rows.iter().any(|row| !row.awards.is_empty());
    let mut columns =
        vec![column(lang, "print-rank", Align::Center, false), column(lang, number(&view), Align::Center, false)];
    if !view.sealed {
        columns.extend(person(lang));
    }
    columns.push(column(lang, "print-total-score", Align::End, false));
    columns.extend(prized.then(|| column(lang, "print-prize", Align::Center, false)));
    let row = |row: &StandingsRow| {
        let mut cells = vec![sheets::rank(lang, row), row.number.clone()];
        if !view.sealed {
            cells.extend([row.name.clone(), row.unit.clone()]);
        }
        cells.push(total(&view, row));
        cells.extend(prized.then(|| prizes(lang, &row.awards)));
        cells
    };
    let section = Section { heading: String::new(), rows: rows.iter().map(row).collect() };
    Ok(alone(
        words(lang, "print-rank-list"),
        Listing {
            columns,
            sections: vec![section],
            notes: sheets::notes(state, request, lang, &view),
            signatures: ["print-signature-chief-judge", "print-signature-supervisor"]
                .map(|key| words(lang, key))
                .into(),
            ..Listing::default()
        },
    ))
}

/// What an award or a rank is called.
pub(super) fn called(lang: Lang, group: &AwardGroup) -> String {
    match group.rank {
        Some(rank) => text(lang, "print-rank-nth", &[("rank", &rank.to_string())]),
        None => group.name.get(lang.tag()).to_owned(),
    }
}

/// What is to be said about places that nobody has, or that somebody has to decide on.
pub(super) fn remarks(lang: Lang, group: &AwardGroup) -> Vec<String> {
    let award = called(lang, group);
    let mut said = Vec::new();
    if group.vacant > 0 {
        said.push(text(lang, "print-vacant", &[("award", &award), ("count", &group.vacant.to_string())]));
    }
    if !group.unsettled.is_empty() {
        let numbers = group.unsettled.join(&words(lang, "print-list-separator"));
        said.push(text(lang, "print-unsettled", &[("award", &award), ("numbers", &numbers)]));
    }
    said
}

/// 获奖名单.
///
/// # Errors
/// `names-sealed`, and those of the standings.
pub(super) fn award_list(
    state: &Competition,
    request: &DocumentRequest,
    lang: Lang,
    top: u32,
) -> Result<Listings, Refusal> {
    blind::needs_names(state, &request.event)?;
    let (_, groups) = awards(state, &request.event, top)?;
    let everybody: Vec<StandingsRow> = groups.iter().flat_map(|group| group.rows.clone()).collect();
    let names = names(state, &everybody);
    let row = |row: &StandingsRow| {
        vec![sheets::rank(lang, row), names.get(&row.entry).cloned().unwrap_or_default(), row.unit.clone()]
    };
    let tiers = groups.iter().any(|group| group.award.is_some());
    let heading = |group: &AwardGroup| {
        let count = group.rows.len().to_string();
        text(lang, "print-award-count", &[("award", &called(lang, group)), ("count", &count)])
    };
    let sections: Vec<Section> = if tiers {
        let section =
            |group: &AwardGroup| Section { heading: heading(group), rows: group.rows.iter().map(row).collect() };
        groups.iter().map(section).collect()
    } else {
        vec![Section { heading: String::new(), rows: everybody.iter().map(row).collect() }]
    };
    let mut notes: Vec<String> = groups.iter().flat_map(|group| remarks(lang, group)).collect();
    if everybody.is_empty() {
        notes.push(words(lang, "print-no-winners"));
    }
    let columns = [column(lang, "print-rank", Align::Center, false)].into_iter().chain(person(lang)).collect();
    Ok(alone(
        words(lang, "print-award-list"),
        Listing { columns, sections, notes, closing: issuer(state, lang), ..Listing::default() },
    ))
}

/// Who issues a paper, and a date to fill in.
pub(super) fn issuer(state: &Competition, lang: Lang) -> Vec<String> {
    let host = state.settings().host;
    if host.is_empty() { Vec::new() } else { vec![host, words(lang, "print-date-blank")] }
}
