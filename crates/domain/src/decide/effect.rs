//! What a step does to ranks, totals, awards and teams, as far as it may be seen.

use crate::command::competition::{EntryChange, TeamChange};
use crate::command::foresee::Outdated;
use crate::command::results::Effect;
use crate::competition::Competition;
use crate::envelope::Refusal;
use crate::ids::{EntryId, EventId};
use crate::results::{NoResults, Results, Supposed, results, results_supposing};
use crate::view::blind;
use jiangsai_scoring::{Column, ColumnKind, NodeValue, Standing, Text};
use std::collections::BTreeSet;

/// What something laid over the state would do to the standings, as far as they may be seen.
///
/// # Errors
/// Why there are no standings.
pub(super) fn effect(
    state: &Competition,
    event: &EventId,
    supposed: &Supposed,
    outdated: Outdated,
) -> Result<Effect, Refusal> {
    let in_sight = state.in_sight();
    let seen = in_sight.as_ref().unwrap_or(state);
    let before = results(seen, event).ok();
    let after = match results_supposing(seen, event, supposed) {
        Err(NoResults::Locked) => return Ok(Effect { outdated, hidden: true, ..Effect::default() }),
        after => after?,
    };
    let hidden = state.waits_for_names(event);
    let changes = changes(state, hidden, before.as_ref(), &after);
    let teams = team_changes(state, event, before.as_ref(), &after);
    Ok(Effect { changes, teams, outdated, hidden, applied: false })
}

/// Entries whose rank, total or awards change, by what they are called; while nobody has a total because results are `hidden`, those of
/// which a module that can be seen changes.
pub(super) fn changes(
    state: &Competition,
    hidden: bool,
    before: Option<&Results>,
    after: &Results,
) -> Vec<EntryChange> {
    let old = |entry: &str| {
        let before = before?;
        let line = before.outcome.standings.iter().find(|line| line.entry == entry)?;
        Some((before, line, printed(line.rank, &line.shown), gets(before, line)))
    };
    let change = |own: &Standing| {
        let was = old(&own.entry);
        let (mut modules_before, mut modules_after) = match was {
            Some((results, line, ..)) if hidden => modules((results, line), (after, own)),
            _ => (Vec::new(), Vec::new()),
        };
        let (before, mut awards_before) = was.map(|(_, _, shown, gets)| (shown, gets)).unwrap_or_default();
        let (after, mut awards_after) = (printed(own.rank, &own.shown), gets(after, own));
        awards_before.append(&mut modules_before);
        awards_after.append(&mut modules_after);
        let number = blind::called(state, &EntryId::from(own.entry.as_str()));
        let same = before == after && awards_before == awards_after;
        (!same).then_some(EntryChange { number, before, after, awards_before, awards_after })
    };
    let mut changes: Vec<EntryChange> = after.outcome.standings.iter().filter_map(change).collect();
    changes.sort();
    changes
}

/// Teams whose rank or result changes. None while names are sealed: who is in one team would be known by it.
pub(super) fn team_changes(
    state: &Competition,
    event: &EventId,
    before: Option<&Results>,
    after: &Results,
) -> Vec<TeamChange> {
    if state.is_event_sealed(event) {
        return Vec::new();
    }
    let printed = |results: &Results, team: &str| {
        let found = results.outcome.teams.iter().find(|own| own.team == team);
        found.map(|own| printed(own.rank, &own.shown)).unwrap_or_default()
    };
    let teams = before.into_iter().chain([after]).flat_map(|results| &results.outcome.teams);
    let teams: BTreeSet<&str> = teams.map(|own| own.team.as_str()).collect();
    let change = |team: &str| TeamChange {
        team: team.to_owned(),
        before: before.map(|before| printed(before, team)).unwrap_or_default(),
        after: printed(after, team),
    };
    teams.into_iter().map(change).filter(|change| change.before != change.after).collect()
}

/// The modules and parts whose value changes, with their values before and after.
fn modules(before: (&Results, &Standing), after: (&Results, &Standing)) -> (Vec<Text>, Vec<Text>) {
    let columns = |(results, line): (&Results, &Standing)| -> Vec<(String, Text)> {
        let columns = results.engine.columns().iter().zip(&line.values);
        let columns = columns.filter(|(column, _)| matches!(column.kind, ColumnKind::Module | ColumnKind::Part));
        let said = |(column, value): (&Column, &NodeValue)| {
            let shown = if value.shown.is_empty() { "—" } else { &value.shown };
            let with = |name: &str| format!("{name} {shown}");
            (column.id.clone(), Text::new(with(&column.name.zh), with(&column.name.en)))
        };
        columns.map(said).collect()
    };
    let (before, after) = (columns(before), columns(after));
    let differs = |own: &(String, Text), others: &[(String, Text)]| !others.contains(own);
    let left = |own: &[(String, Text)], others: &[(String, Text)]| {
        own.iter().filter(|one| differs(one, others)).map(|(_, said)| said.clone()).collect()
    };
    (left(&before, &after), left(&after, &before))
}

/// A rank and a result.
fn printed(rank: Option<u32>, shown: &str) -> String {
    match rank {
        Some(rank) => format!("{rank} · {shown}"),
        None if shown.is_empty() => "—".to_owned(),
        None => format!("— · {shown}"),
    }
}

/// The names of what an entry gets or is proposed for.
fn gets(results: &Results, line: &Standing) -> Vec<Text> {
    let rulebook = results.engine.rulebook();
    rulebook.award_names(&line.awards).into_iter().chain(rulebook.honour_names(&line.honours)).collect()
}
