//! 代表队成绩通知单: the results of a delegation's own entries, and nobody else's.

use super::lists::{column, issuer, total};
use super::who::prizes;
use super::{sheets, words};
use jiangsai_documents::{Align, Column, Listing, Listings, Section};
use jiangsai_domain::command::files::{DocumentRequest, Slice};
use jiangsai_domain::command::results::{StandingsRow, StandingsView};
use jiangsai_domain::competition::Competition;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::EventId;
use jiangsai_domain::view::{blind, standings};
use jiangsai_locales::{Lang, text};
use std::collections::BTreeMap;

/// Most columns of modules and parts; with more of them only the total is given.
const COLUMNS: usize = 6;

/// How many teams there are.
///
/// # Errors
/// `names-sealed`, and those of the standings.
pub(super) fn count(state: &Competition, event: &EventId) -> Result<usize, Refusal> {
    blind::needs_names(state, event)?;
    Ok(teams(state, &standings::standings(state, event)?).len())
}

/// The lines of the standings by team.
fn teams<'a>(state: &Competition, view: &'a StandingsView) -> BTreeMap<String, Vec<&'a StandingsRow>> {
    let mut teams: BTreeMap<String, Vec<&StandingsRow>> = BTreeMap::new();
    for row in &view.rows {
        let team = state.entries.get(&row.entry).and_then(|entry| state.team_of(entry)).cloned().unwrap_or_default();
        teams.entry(team).or_default().push(row);
    }
    teams
}

/// A notice for every team, by name; or for one of them, or some.
///
/// # Errors
/// `names-sealed`, `no-such-unit`, and those of the standings.
pub(super) fn notices(
    state: &Competition,
    request: &DocumentRequest,
    lang: Lang,
    (unit, part): (Option<&str>, Option<Slice>),
) -> Result<Listings, Refusal> {
    blind::needs_names(state, &request.event)?;
    let view = standings::standings(state, &request.event)?;
    let mut teams = teams(state, &view);
    if let Some(unit) = unit {
        teams.retain(|team, _| team == unit);
        if teams.is_empty() {
            return Err(Refusal::new("no-such-unit").with("unit", unit));
        }
    }
    let parts = if view.columns.len() > COLUMNS { &[][..] } else { &view.columns[..] };
    let prized = view.rows.iter().any(|row| !row.awards.is_empty());
    let mut columns =
        vec![column(lang, "print-entry-number", Align::Center, false), column(lang, "print-name", Align::Center, true)];
    columns.extend(parts.iter().map(|part| Column {
        title: part.name.get(lang.tag()).to_owned(),
        note: if part.max.is_empty() { String::new() } else { text(lang, "print-of-max", &[("max", &part.max)]) },
        align: Align::End,
        wide: false,
    }));
    columns.extend(parts.is_empty().then(|| column(lang, "print-total-score", Align::End, false)));
    columns.push(column(lang, "print-rank", Align::Center, false));
    columns.extend(prized.then(|| column(lang, "print-prize", Align::Center, false)));
    let row = |row: &&StandingsRow| {
        let mut cells = vec![row.number.clone(), row.name.clone()];
        match parts {
            [] => cells.push(total(&view, row)),
            _ => cells.extend(row.values.iter().cloned()),
        }
        cells.push(sheets::rank(lang, row));
        cells.extend(prized.then(|| prizes(lang, &row.awards)));
        cells
    };
    let event = state.events.get(&request.event).and_then(|event| event.name.value()).cloned().unwrap_or_default();
    let args = [("competition", state.settings().title), ("event", event)];
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let notice = |(team, rows): (String, Vec<&StandingsRow>)| Listing {
        addressee: if team.is_empty() { words(lang, "print-no-unit") } else { team },
        lead: vec![text(lang, "print-notice-lead", &args)],
        columns: columns.clone(),
        sections: vec![Section { heading: String::new(), rows: rows.iter().map(row).collect() }],
        notes: sheets::notes(state, request, lang, &view),
        closing: issuer(state, lang),
        signatures: Vec::new(),
    };
    Ok(Listings { title: words(lang, "print-notice"), lists: Slice::of(part, teams.into_iter()).map(notice).collect() })
}
