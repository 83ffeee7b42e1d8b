//! Standings of an event, and why an entry stands where it stands.

use super::{Words, blind, entries, equals, finalising, home, judges, key, paper, parameters, teams, words};
use crate::command::results::{Explanation, Finality, StandingsColumn, StandingsRow, StandingsView};
use crate::competition::{Competition, Entry, Event, StatusSince};
use crate::envelope::Refusal;
use crate::ids::{EntryId, EventId};
use crate::results::{Results, results, scored};
use jiangsai_scoring::{ColumnKind, EntryStatus, Rulebook, Standing, Text, TieStep, Why};
use std::collections::HashMap;

/// The standings as they are now.
///
/// # Errors
/// `not-found`, `no-rulebook`, `needs-newer`, `rulebook-misfit`.
pub fn standings(state: &Competition, event: &EventId) -> Result<StandingsView, Refusal> {
    let results = results(state, event)?;
    let setup = crate::decide::event(state, event)?;
    let shown = shown(&results);
    let rulebook = results.engine.rulebook();
    let lines = &results.outcome.standings;
    let next: HashMap<&str, &Standing> =
        lines.iter().filter_map(|line| Some((line.tie.as_ref()?.against.as_str(), line))).collect();
    let rows = lines.iter().map(|line| StandingsRow {
        ahead: next.get(line.entry.as_str()).and_then(|next| ahead(state, next)),
        waits: waits(line, next.get(line.entry.as_str()).copied()),
        ..row(state, rulebook, line, &shown)
    });
    let rows = rows.collect::<Vec<_>>();
    let unfinished = lines.iter().filter(|line| is_unfinished(line)).count();
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
        finalised: finality(state, setup),
        changed: finalising::has_changed(state, event),
        sealed: setup.is_sealed(),
        veiled: state.veiled.get(event).map_or(0, |veil| veil.results),
        unfinished: u32::try_from(unfinished).unwrap_or(u32::MAX),
        unverified: u32::try_from(paper::unverified(state, event)?.len()).unwrap_or(u32::MAX),
        tie_rule: rulebook.ranking.keys.iter().map(|key| key.label.clone()).collect(),
        last: rulebook.ranking.last,
        equals: Vec::new(),
        lapsed: equals::lapsed(state, event, rulebook.ranking.last, &scored(state, event)?.board),
        teams: None,
    };
    order(&mut view.rows);
    let total = view.columns.iter().position(|column| column.total);
    view.teams = teams::teams(rulebook, &results.outcome.teams, &view.rows, total, view.sealed);
    view.equals = equals::groups(state, rulebook.ranking.last, &scored(state, event)?.board, &view.rows);
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

fn finality(state: &Competition, setup: &Event) -> Option<Finality> {
    let (_, version) = setup.done.last().filter(|(_, version)| version.value)?;
    let number = setup.done.versions().filter(|(_, version)| version.value).count();
    Some(Finality {
        at: version.at,
        actor: judges::actor_shown(state, version.actor.as_str()),
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
        undecided: line.undecided.is_some(),
        name,
        unit,
        status: line.status,
        values: shown.iter().map(value).collect(),
        awards: rulebook.award_names(&line.awards),
        honours: rulebook.honour_names(&line.honours),
        why: why(state, line),
        ahead: None,
        waits: None,
    }
}

/// What a line without a total waits for: marks, parameters, or both. An item that is marked has no value either while a parameter it is
/// computed with has none.
fn unfinished(state: &Competition, line: &Standing, items: &[String]) -> Words {
    let lacking = lacking(state, line);
    let open: Vec<&String> = items.iter().filter(|item| lacking.is_empty() || is_open(state, line, item)).collect();
    let names: Vec<&str> = open.iter().take(6).map(|name| name.as_str()).collect();
    let list = names.join(" ");
    let list = if open.len() > names.len() { format!("{list} …") } else { list };
    if lacking.is_empty() {
        return words("why-unfinished", &[("count", &open.len()), ("items", &list)]);
    }
    let (zh, en) = joined(&lacking.iter().collect::<Vec<_>>());
    if open.is_empty() {
        return words("why-parameters", &[("parameters-zh", &zh), ("parameters-en", &en)]);
    }
    let args: [(&str, &dyn ToString); 4] =
        [("count", &open.len()), ("items", &list), ("parameters-zh", &zh), ("parameters-en", &en)];
    words("why-unfinished-parameters", &args)
}

/// Is a mark of an item missing for the entry of a line?
fn is_open(state: &Competition, line: &Standing, item: &str) -> bool {
    let entry = EntryId::from(line.entry.as_str());
    let event = state.entries.get(&entry).and_then(Entry::event);
    event.is_some_and(|event| home::is_open(state, event, &entry, item))
}

fn number_of(state: &Competition, entry: &str) -> String {
    blind::called(state, &EntryId::from(entry))
}

/// What is to be said about a line: how a tie was decided, or why it has no rank.
fn why(state: &Competition, line: &Standing) -> Option<Words> {
    match &line.unranked {
        Some(Why::Status) => return Some(words("why-status", &[("status", &status_key(line.status))])),
        Some(Why::Unfinished(items)) => {
            return Some(unfinished(state, line, items));
        }
        Some(Why::NoValue) => return Some(key("why-no-score")),
        None => {}
    }
    let tie = line.tie.as_ref()?;
    let against = number_of(state, &tie.against);
    if tie.decided.is_none() {
        let (equal_zh, equal_en) = equal(tie);
        let by = equals::name(line.undecided);
        let args: [(&str, &dyn ToString); 5] = [
            ("against", &against),
            ("keys", &tie.equal.len()),
            ("equal-zh", &equal_zh),
            ("equal-en", &equal_en),
            ("by", &by),
        ];
        let key = if line.undecided.is_some() { "why-tie-undecided" } else { "why-tie-shared" };
        return Some(words(key, &args));
    }
    decided("why-tie-decided", tie, &against, (tie.own.as_str(), tie.other.as_str()))
}

/// How a line was set apart from the next one, which is ranked just after it and has the same total.
fn ahead(state: &Competition, next: &Standing) -> Option<Words> {
    let tie = next.tie.as_ref()?;
    decided("why-tie-ahead", tie, &number_of(state, &next.entry), (tie.other.as_str(), tie.own.as_str()))
}

/// What the order between a line and those beside it waits for: keys that are not marked for one of them yet, else the decision between equals
/// where nothing else says so.
fn waits(line: &Standing, next: Option<&Standing>) -> Option<Words> {
    let beside = line.tie.iter().chain(next.and_then(|next| next.tie.as_ref()));
    let mut keys: Vec<&Text> = Vec::new();
    for label in beside.flat_map(|tie| &tie.pending) {
        if !keys.contains(&label) {
            keys.push(label);
        }
    }
    if !keys.is_empty() {
        let (zh, en) = joined(&keys);
        return Some(words("why-waits-marks", &[("keys-zh", &zh), ("keys-en", &en)]));
    }
    let first = line.undecided.is_some() && line.tie.as_ref().is_none_or(|tie| tie.decided.is_some());
    first.then(|| words("why-waits-decision", &[("by", &equals::name(line.undecided))]))
}

/// The key that decided between two lines, seen from one of them; `-after` where others were equal before it.
fn decided(key: &str, tie: &TieStep, against: &str, (own, other): (&str, &str)) -> Option<Words> {
    let by = tie.decided.as_ref()?;
    // One of the two may have no value, and then there is no difference.
    let or_dash = |text: &str| if text.is_empty() { "—".to_owned() } else { text.to_owned() };
    let (own, other, difference) = (or_dash(own), or_dash(other), or_dash(&tie.difference));
    let (equal_zh, equal_en) = equal(tie);
    let mut args: Vec<(&str, &dyn ToString)> = vec![
        ("against", &against),
        ("by-zh", &by.zh),
        ("by-en", &by.en),
        ("own", &own),
        ("other", &other),
        ("difference", &difference),
    ];
    if tie.equal.is_empty() {
        return Some(words(key, &args));
    }
    args.extend([("equal-zh", &equal_zh as &dyn ToString), ("equal-en", &equal_en)]);
    Some(words(&format!("{key}-after"), &args))
}

/// The keys that were equal, in Chinese and in English.
fn equal(tie: &TieStep) -> (String, String) {
    joined(&tie.equal.iter().collect::<Vec<_>>())
}

/// Labels one after the other, in Chinese and in English.
fn joined(labels: &[&Text]) -> (String, String) {
    let join =
        |lang: &str, sign: &str| labels.iter().map(|label| label.get(lang).to_owned()).collect::<Vec<_>>().join(sign);
    (join("zh", "、"), join("en", ", "))
}

/// Parameters that have no value for the entry of a line.
fn lacking(state: &Competition, line: &Standing) -> Vec<Text> {
    let entry = state.entries.get(&EntryId::from(line.entry.as_str()));
    let event = entry.and_then(Entry::event);
    entry.zip(event).map(|(entry, event)| parameters::missing_for(state, event, entry)).unwrap_or_default()
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

/// What stands between the two names of a stage, and in no name.
const BETWEEN: char = '\u{1f}';

/// A status as it is kept in a list of changes, for [`status_of_text`]: its locale key, and after `/` the stage from which it holds, in
/// Chinese and in English.
#[must_use]
pub fn status_text(setup: Option<&Event>, own: &StatusSince) -> String {
    let key = status_key(own.status);
    let Some(id) = &own.since else { return key.to_owned() };
    let stages = setup.and_then(Event::engine).map_or(&[][..], |engine| &engine.rulebook().stages);
    match stages.iter().find(|stage| stage.id == *id) {
        Some(stage) => format!("{key}/{}{BETWEEN}{}", stage.name.get("zh"), stage.name.get("en")),
        None => format!("{key}/{id}"),
    }
}

/// Locale key of a status and the stage from which it holds, named in the language of this tag, from [`status_text`]; `None` for any
/// other text.
#[must_use]
pub fn status_of_text<'t>(text: &'t str, lang: &str) -> Option<(&'t str, Option<&'t str>)> {
    let (key, stage) = text.split_once('/').map_or((text, None), |(key, stage)| (key, Some(stage)));
    let named = |stage: &'t str| match stage.split_once(BETWEEN) {
        Some((zh, en)) => {
            if lang.starts_with("zh") {
                zh
            } else {
                en
            }
        }
        None => stage,
    };
    key.starts_with("status-").then_some((key, stage.map(named)))
}

/// Why an entry stands where it stands, down to every mark.
///
/// # Errors
/// As for [`standings`], and `unknown-entry`.
pub fn explain(state: &Competition, event: &EventId, entry: &EntryId) -> Result<Explanation, Refusal> {
    let found = explanations(state, event, |row| row.entry == *entry)?;
    found.into_iter().next().ok_or(Refusal::new("unknown-entry"))
}

/// Why the wanted entries stand where they stand, in the order of the standings.
///
/// # Errors
/// As for [`standings`].
pub fn explanations(
    state: &Competition,
    event: &EventId,
    wanted: impl Fn(&StandingsRow) -> bool,
) -> Result<Vec<Explanation>, Refusal> {
    let view = standings(state, event)?;
    let ids = blind::by_handle(state, event);
    let total = view.columns.iter().position(|column| column.total);
    let neighbour = |row: &StandingsRow| {
        let total = total.and_then(|index| row.values.get(index)).cloned().unwrap_or_default();
        Some((row.rank?.to_string(), row.number.clone(), total))
    };
    let explained = |(at, row): (usize, &StandingsRow)| {
        let entry = ids.get(&row.entry)?;
        let derivation = crate::results::derive(state, event, entry)?;
        let judges = judges::codes_for(state, event, entry);
        let before = at.checked_sub(1).and_then(|before| view.rows.get(before));
        let neighbours = before.into_iter().chain(view.rows.get(at + 1)).filter_map(neighbour).collect();
        Some(Explanation { row: row.clone(), derivation, judges, neighbours })
    };
    Ok(view.rows.iter().enumerate().filter(|(_, row)| wanted(row)).filter_map(explained).collect())
}
