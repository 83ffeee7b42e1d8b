//! Putting another rulebook in the place of the present one, and what that would change.

use super::{draft, needs_reason, open_event, outdated};
use crate::command::competition::{EntryChange, ReplaceRulebook, RulebookChange, TeamChange};
use crate::command::foresee::Outdated;
use crate::command::results::Effect;
use crate::competition::Competition;
use crate::envelope::{Draft, Refusal};
use crate::fact::Fact;
use crate::ids::{EntryId, EventId};
use crate::results::{Results, Supposed, results, results_supposing, results_with};
use crate::view::blind;
use jiangsai_scoring::{Engine, Rulebook, Standing, Text};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Checks a rulebook document.
///
/// # Errors
/// `rulebook-fault`: the first fault with its place, how many there are, and the fault's own particulars.
pub fn check(json: &str) -> Result<Engine, Refusal> {
    let faults = match Rulebook::from_json(json) {
        Ok(rulebook) => match Engine::new(&rulebook) {
            Ok(engine) => return Ok(engine),
            Err(faults) => faults,
        },
        Err(faults) => faults,
    };
    let mut refusal = Refusal::new("rulebook-fault").with("count", faults.len());
    if let Some(first) = faults.first() {
        refusal = refusal.with("place", &first.path).with("fault", first.code.name()).with("text", first);
    }
    Err(refusal)
}

/// The new rulebook, and what changes with it. With `preview` nothing is recorded.
///
/// # Errors
/// `finalised`, `rulebook-fault`, `reason-needed` once marks exist.
pub fn replace(state: &Competition, command: &ReplaceRulebook) -> Result<(Vec<Draft>, RulebookChange), Refusal> {
    let event = open_event(state, &command.event)?;
    let engine = Arc::new(check(&command.json)?);
    let in_sight = state.in_sight();
    let seen = in_sight.as_ref().unwrap_or(state);
    let before = results(seen, &command.event).ok();
    let after = results_with(seen, &command.event, &engine).map_err(|_| Refusal::new("rulebook-misfit"))?;
    let same = event.rulebook.agreed() == Some(&command.json);
    let fact = Fact::Rulebook { event: command.event.clone(), json: command.json.clone() };
    let drafts = vec![draft(fact, event.rulebook.current(), &command.reason)];
    let outdated = if same { Outdated::default() } else { outdated::after(state, &drafts, &command.event)? };
    let changes = changes(state, before.as_ref(), &after);
    let teams = team_changes(state, &command.event, before.as_ref(), &after);
    let hidden = state.has_veiled(&command.event);
    let mut change = RulebookChange { changes, teams, orphaned: after.orphaned, outdated, hidden, applied: false };
    if command.preview || same {
        return Ok((Vec::new(), change));
    }
    if in_use(state, &command.event) {
        needs_reason(&command.reason)?;
    }
    change.applied = true;
    Ok((drafts, change))
}

/// Has anything been marked in the event? Results that are kept out of sight count.
#[must_use]
pub fn in_use(state: &Competition, event: &EventId) -> bool {
    state.veiled.contains_key(event) || state.marks.keys().any(|place| place.event == *event)
}

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
    let after = results_supposing(seen, event, supposed)?;
    let changes = changes(state, before.as_ref(), &after);
    let teams = team_changes(state, event, before.as_ref(), &after);
    Ok(Effect { changes, teams, outdated, hidden: state.has_veiled(event), applied: false })
}

/// Entries whose rank, total or awards change, by what they are called.
pub(super) fn changes(state: &Competition, before: Option<&Results>, after: &Results) -> Vec<EntryChange> {
    let old = |entry: &str| {
        let before = before?;
        let line = before.outcome.standings.iter().find(|line| line.entry == entry)?;
        Some((printed(line.rank, &line.shown), gets(before, line)))
    };
    let change = |own: &Standing| {
        let (before, awards_before) = old(&own.entry).unwrap_or_default();
        let (after, awards_after) = (printed(own.rank, &own.shown), gets(after, own));
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
