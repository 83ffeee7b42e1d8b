//! Standings of an event, and why an entry stands where it stands.

use super::{Words, blind, entries, judges, key, words};
use crate::command::results::{Explanation, Finality, StandingsColumn, StandingsRow, StandingsView};
use crate::competition::{Competition, Event};
use crate::envelope::Refusal;
use crate::ids::{EntryId, EventId};
use crate::results::{Results, results};
use jiangsai_scoring::{ColumnKind, EntryStatus, Rulebook, Standing, Why};

/// The standings as they are now.
///
/// # Errors
/// `not-found`, `no-rulebook`, `needs-newer`, `rulebook-misfit`.
pub fn standings(state: &Competition, event: &EventId) -> Result<StandingsView, Refusal> {
    let results = results(state, event)?;
    let setup = crate::decide::event(state, event)?;
    let shown = shown(&results);
    let rulebook = results.engine.rulebook();
    let rows = results.outcome.standings.iter().map(|line| row(state, rulebook, line, &shown)).collect::<Vec<_>>();
    let unfinished = results.outcome.standings.iter().filter(|line| is_unfinished(line)).count();
    let columns = results.engine.columns();
    let columns = shown.iter().map(|index| &columns[*index]).map(|column| StandingsColumn {
        id: column.id.clone(),
        name: column.name.clone(),
        max: column.max.as_ref().map(ToString::to_string).unwrap_or_default(),
        total: column.kind == ColumnKind::Total,
    });
    let mut view = StandingsView {
        columns: columns.collect(),
        rows,
        finalised: finality(setup),
        sealed: setup.is_sealed(),
        unfinished: u32::try_from(unfinished).unwrap_or(u32::MAX),
        tie_rule: results.engine.rulebook().ranking.keys.iter().map(|key| key.label.clone()).collect(),
    };
    order(&mut view.rows);
    Ok(view)
}

/// Ranked lines by rank then 参赛号, then the unranked.
fn order(rows: &mut [StandingsRow]) {
    rows.sort_by(|one, other| {
        let place = |row: &StandingsRow| (row.rank.is_none(), row.rank, row.number.chars().count());
        place(one).cmp(&place(other)).then_with(|| (&one.number, &one.entry).cmp(&(&other.number, &other.entry)))
    });
}

/// Indexes of the columns to show: modules, parts and the total, never single items.
fn shown(results: &Results) -> Vec<usize> {
    let wanted = |kind| matches!(kind, ColumnKind::Module | ColumnKind::Part | ColumnKind::Total);
    let columns = results.engine.columns().iter().enumerate();
    columns.filter(|(_, column)| wanted(column.kind)).map(|(index, _)| index).collect()
}

fn is_unfinished(line: &Standing) -> bool {
    matches!(line.unranked, Some(Why::Unfinished(_) | Why::NoValue))
}

fn finality(setup: &Event) -> Option<Finality> {
    let (_, version) = setup.done.last().filter(|(_, version)| version.value)?;
    let number = setup.done.versions().filter(|(_, version)| version.value).count();
    Some(Finality {
        at: version.at,
        actor: version.actor.to_string(),
        number: u32::try_from(number).unwrap_or(u32::MAX),
    })
}

fn row(state: &Competition, rulebook: &Rulebook, line: &Standing, shown: &[usize]) -> StandingsRow {
    let id = EntryId::from(line.entry.as_str());
    let entry = state.entries.get(&id);
    let (name, unit) = entry.map(|entry| entries::name_and_unit(state, entry)).unwrap_or_default();
    let handle = entry.map(|entry| blind::handle(state, &id, entry)).unwrap_or_default();
    let value = |index: &usize| line.values.get(*index).map(|value| value.shown.clone()).unwrap_or_default();
    StandingsRow {
        number: number_of(state, &line.entry),
        entry: handle,
        rank: line.rank,
        shared: line.shared,
        name,
        unit,
        status: line.status,
        values: shown.iter().map(value).collect(),
        awards: rulebook.award_names(&line.awards),
        honours: rulebook.honour_names(&line.honours),
        why: why(state, line),
    }
}

fn number_of(state: &Competition, entry: &str) -> String {
    blind::called(state, &EntryId::from(entry))
}

/// What is to be said about a line: how a tie was decided, or why it has no rank.
fn why(state: &Competition, line: &Standing) -> Option<Words> {
    match &line.unranked {
        Some(Why::Status) => return Some(words("why-status", &[("status", &status_key(line.status))])),
        Some(Why::Unfinished(items)) => {
            let names: Vec<&String> = items.iter().take(6).collect();
            let list = names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(" ");
            let list = if items.len() > names.len() { format!("{list} …") } else { list };
            return Some(words("why-unfinished", &[("count", &items.len()), ("items", &list)]));
        }
        Some(Why::NoValue) => return Some(key("why-no-score")),
        None => {}
    }
    let tie = line.tie.as_ref()?;
    let against = number_of(state, &tie.against);
    let join = |lang: &str| tie.equal.iter().map(|label| label.get(lang).to_owned()).collect::<Vec<_>>();
    let (equal_zh, equal_en) = (join("zh").join("、"), join("en").join(", "));
    Some(match &tie.decided {
        Some(by) => words(
            "why-tie-decided",
            &[
                ("against", &against),
                ("by-zh", &by.zh),
                ("by-en", &by.en),
                ("own", &tie.own),
                ("other", &tie.other),
                ("difference", &tie.difference),
                ("equal-zh", &equal_zh),
                ("equal-en", &equal_en),
            ],
        ),
        None => words("why-tie-shared", &[("against", &against), ("equal-zh", &equal_zh), ("equal-en", &equal_en)]),
    })
}

/// Locale key of a status.
#[must_use]
pub const fn status_key(status: EntryStatus) -> &'static str {
    match status {
        EntryStatus::Ok => "status-ok",
        EntryStatus::Absent => "status-absent",
        EntryStatus::Withdrawn => "status-withdrawn",
        EntryStatus::Retired => "status-retired",
        EntryStatus::Disqualified => "status-disqualified",
        EntryStatus::NotCheckedIn => "status-not-checked-in",
        EntryStatus::Unfinished => "status-unfinished",
        EntryStatus::Void => "status-void",
    }
}

/// Why an entry stands where it stands, down to every mark.
///
/// # Errors
/// As for [`standings`], and `unknown-entry`.
pub fn explain(state: &Competition, event: &EventId, entry: &EntryId) -> Result<Explanation, Refusal> {
    let view = standings(state, event)?;
    let at = view.rows.iter().position(|row| row.entry == *entry).ok_or(Refusal::new("unknown-entry"))?;
    let derivation =
        crate::results::derive(state, event, &blind::resolve(state, entry)?).ok_or(Refusal::new("unknown-entry"))?;
    let judges = state.judges.keys().map(|id| (id.to_string(), judges::code(state, id))).collect();
    let total = view.columns.iter().position(|column| column.total);
    let neighbour = |row: &StandingsRow| {
        let total = total.and_then(|index| row.values.get(index)).cloned().unwrap_or_default();
        Some((row.rank?.to_string(), row.number.clone(), total))
    };
    let before = at.checked_sub(1).and_then(|before| view.rows.get(before));
    let neighbours = before.into_iter().chain(view.rows.get(at + 1)).filter_map(neighbour).collect();
    let row = view.rows[at].clone();
    Ok(Explanation { row, derivation, judges, neighbours })
}
