//! Putting another rulebook in the place of the present one, and what that would change.

use super::effect::{changes, team_changes};
use super::{draft, needs_reason, open_event, outdated};
use crate::command::competition::{ReplaceRulebook, RulebookChange};
use crate::command::foresee::Outdated;
use crate::competition::Competition;
use crate::envelope::{Draft, Refusal};
use crate::fact::Fact;
use crate::ids::EventId;
use crate::results::{NoResults, results, results_with};
use jiangsai_scoring::rulebook::MarkedBy;
use jiangsai_scoring::{Engine, Rulebook};
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
/// `finalised`, `rulebook-fault`, `reason-needed` once marks exist; `rulebook-sealed` where results that are kept out of sight until the
/// names are opened would no longer be imported ones, and be seen.
pub fn replace(state: &Competition, command: &ReplaceRulebook) -> Result<(Vec<Draft>, RulebookChange), Refusal> {
    let event = open_event(state, &command.event)?;
    let engine = Arc::new(check(&command.json)?);
    let imported = |item: &str| engine.rulebook().item(item).is_some_and(|item| matches!(item.by, MarkedBy::Imported));
    let own = state.marks.keys().filter(|place| place.event == command.event);
    if own.clone().any(|place| state.is_veiled(place) && !imported(place.item.as_str())) {
        return Err(Refusal::new("rulebook-sealed"));
    }
    let in_sight = state.in_sight();
    let seen = in_sight.as_ref().unwrap_or(state);
    let before = results(seen, &command.event).ok();
    let after = match results_with(seen, &command.event, &engine) {
        Ok(after) => Some(after),
        // What it changes is seen when names are open.
        Err(NoResults::Locked) => None,
        Err(_) => return Err(Refusal::new("rulebook-misfit")),
    };
    let same = event.rulebook.agreed() == Some(&command.json);
    let fact = Fact::Rulebook { event: command.event.clone(), json: command.json.clone() };
    let drafts = vec![draft(fact, event.rulebook.current(), &command.reason)];
    let outdated = if same { Outdated::default() } else { outdated::after(state, &drafts, &command.event)? };
    let hidden = state.waits_for_names(&command.event);
    let seen = after.as_ref();
    let changes = seen.map(|after| changes(state, hidden, before.as_ref(), after)).unwrap_or_default();
    let teams = seen.map(|after| team_changes(state, &command.event, before.as_ref(), after)).unwrap_or_default();
    let orphaned = seen.map_or(0, |after| after.orphaned);
    let mut change = RulebookChange { changes, teams, orphaned, outdated, hidden, applied: false };
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
