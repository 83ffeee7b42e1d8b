//! Revoking a computer (吊销), trusting it again, and adopting honest records of it.

use super::effect::{changes, team_changes};
use super::{draft, needs_reason, outdated};
use crate::command::foresee::{Foreseen, Outdated};
use crate::command::nodes::EventEffect;
use crate::competition::Competition;
use crate::envelope::{Draft, Refusal};
use crate::fact::Fact;
use crate::ids::{EventId, FactId, NodeId};
use crate::results::results;
use crate::trust::{Cut, Revocation, Says, Why};
use crate::view::quarantine::event_of;
use std::collections::BTreeSet;

/// Names in one fact: a body has a limit.
const NAMED: usize = 2_000;

/// A computer is revoked; `logs` says what is still trusted of it. Nothing where exactly that is said already.
///
/// # Errors
/// `reason-needed`; `missing-node` without a computer.
pub fn revoke(state: &Competition, node: &NodeId, mut logs: Vec<Cut>, reason: &str) -> Result<Vec<Draft>, Refusal> {
    needs_reason(reason)?;
    if node.as_str().trim().is_empty() {
        return Err(Refusal::new("missing-node"));
    }
    logs.sort();
    let revocation = Some(Revocation { logs });
    say(state, node, revocation, reason)
}

/// A computer is trusted again. Nothing where it is.
///
/// # Errors
/// `reason-needed`.
pub fn restore(state: &Competition, node: &NodeId, reason: &str) -> Result<Vec<Draft>, Refusal> {
    needs_reason(reason)?;
    if state.trust.is_revoked(node) { say(state, node, None, reason) } else { Ok(Vec::new()) }
}

fn say(
    state: &Competition,
    node: &NodeId,
    revocation: Option<Revocation>,
    reason: &str,
) -> Result<Vec<Draft>, Refusal> {
    let says = Says::Revoked(node.clone(), revocation.clone());
    let standing = state.trust.of(node);
    if !standing.is_empty() && standing.iter().all(|(_, said)| said.says == says) {
        return Ok(Vec::new());
    }
    let replaces = standing.into_iter().map(|(id, _)| id.clone()).collect();
    Ok(vec![draft(Fact::Revoked { node: node.clone(), revocation }, replaces, reason)])
}

/// Records that are in quarantine count.
///
/// # Errors
/// `reason-needed`; `not-quarantined` where one of them is not in quarantine, or cannot be read here; `finalised` where results of its event
/// are final.
pub fn adopt(state: &Competition, records: &[FactId], reason: &str) -> Result<Vec<Draft>, Refusal> {
    needs_reason(reason)?;
    let records: BTreeSet<&FactId> = records.iter().collect();
    if records.is_empty() {
        return Err(Refusal::new("not-quarantined"));
    }
    for record in &records {
        let own = state.quarantine.get(*record).ok_or(Refusal::new("not-quarantined"))?;
        let Ok(fact) = &own.envelope.fact else { return Err(Refusal::new("not-quarantined")) };
        let is_final = |event: EventId| state.events.get(&event).is_some_and(|setup| setup.is_final());
        if event_of(state, fact).is_some_and(is_final) {
            return Err(Refusal::new("finalised"));
        }
    }
    let all: Vec<FactId> = records.into_iter().cloned().collect();
    let said = all.chunks(NAMED).map(|some| draft(Fact::Adopted { records: some.to_vec() }, Vec::new(), reason));
    Ok(said.collect())
}

/// Names stay sealed (加密) where they are: two people open them, and no revocation and no adoption does.
///
/// # Errors
/// `revoke-opens` with the name of the event.
pub fn keeps_seals(state: &Competition, then: &Competition) -> Result<(), Refusal> {
    let opens = |event: &&EventId| state.is_event_sealed(event) && !then.is_event_sealed(event);
    match state.events.keys().find(opens) {
        Some(event) => {
            let name = state.events.get(event).and_then(|setup| setup.name.value().cloned()).unwrap_or_default();
            Err(Refusal::new("revoke-opens").with("event", name))
        }
        None => Ok(()),
    }
}

/// Whoever says something about trust is heard.
///
/// # Errors
/// `sign-in-needed` where nobody is signed in who says it, `no-effect` where the person has no right to.
pub fn is_heard(then: &Competition, said: &FactId) -> Result<(), Refusal> {
    match then.trust.unheard().find(|(id, ..)| *id == said) {
        Some((.., Why::Nobody)) => Err(Refusal::new("sign-in-needed")),
        Some((.., Why::Role | Why::Elsewhere | Why::Judge)) => Err(Refusal::new("no-effect")),
        Some((.., Why::Revoked)) | None => Ok(()),
    }
}

/// What differs between two states, event by event; events in which nothing does are left out.
#[must_use]
pub fn effects(state: &Competition, then: &Competition) -> Vec<EventEffect> {
    let events: BTreeSet<&EventId> = state.events.keys().chain(then.events.keys()).collect();
    let effect = |event: &EventId| {
        let foreseen = between(state, then, event);
        let name = |state: &Competition| state.events.get(event).and_then(|setup| setup.name.value().cloned());
        let name = name(state).or_else(|| name(then)).unwrap_or_default();
        (foreseen != Foreseen::default()).then(|| EventEffect { event: event.clone(), name, foreseen })
    };
    events.into_iter().filter_map(effect).collect()
}

fn between(state: &Competition, then: &Competition, event: &EventId) -> Foreseen {
    let in_sight = (state.in_sight(), then.in_sight());
    let (seen, seen_then) = (in_sight.0.as_ref().unwrap_or(state), in_sight.1.as_ref().unwrap_or(then));
    let before = results(seen, event).ok();
    let Ok(after) = results(seen_then, event) else {
        return Foreseen { hidden: before.is_some(), ..Foreseen::default() };
    };
    let hidden = state.waits_for_names(event) || then.waits_for_names(event);
    let changes = changes(state, hidden, before.as_ref(), &after);
    let teams = team_changes(state, event, before.as_ref(), &after);
    let outdated = match before {
        Some(_) => outdated::between(seen, seen_then, event).unwrap_or_default(),
        None => Outdated::default(),
    };
    let hidden = hidden && !(changes.is_empty() && teams.is_empty() && outdated == Outdated::default());
    Foreseen { changes, teams, outdated, hidden, ..Foreseen::default() }
}
