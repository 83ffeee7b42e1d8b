//! Deciding between entries that no rule sets apart, and taking a decision back.

use super::effect::effect;
use super::{draft, needs_reason, open_event, outdated};
use crate::command::results::{DecideEquals, Effect, WithdrawDecision};
use crate::competition::{Competition, Event};
use crate::envelope::{Draft, Refusal};
use crate::fact::{Decision, Fact};
use crate::ids::{EntryId, EventId, FactId};
use crate::results::{Supposed, scored};
use crate::view::blind;
use jiangsai_scoring::rulebook::Last;
use std::collections::BTreeSet;

/// The order of a group of equals, and what changes with it. With `preview` nothing is recorded.
///
/// # Errors
/// `finalised`, `no-rulebook`, `nothing-to-decide` where equals share their rank, `not-equals` when the entries are not exactly such a
/// group, `unknown-entry`, `stale`, `reason-needed`.
pub fn decide(state: &Competition, command: &DecideEquals) -> Result<(Vec<Draft>, Effect), Refusal> {
    let setup = open_event(state, &command.event)?;
    let by = rule(setup)?;
    let order = resolved(state, &command.order)?;
    let wanted: BTreeSet<&str> = order.iter().map(EntryId::as_str).collect();
    let groups = scored(state, &command.event)?.board.equals();
    let same = |group: &Vec<String>| group.iter().map(String::as_str).collect::<BTreeSet<_>>() == wanted;
    if wanted.len() != order.len() || !groups.iter().any(same) {
        return Err(Refusal::new("not-equals"));
    }
    if current(state, &order) != command.replaces.iter().cloned().collect() {
        return Err(Refusal::new("stale"));
    }
    let decision = Decision { by, order: order.clone() };
    let (drafts, effect) = record(state, &command.event, &order, &decision, &command.reason)?;
    if command.preview {
        return Ok((Vec::new(), effect));
    }
    if !drafts.is_empty() && (by == Last::Manual || !command.replaces.is_empty() || setup.was_final()) {
        needs_reason(&command.reason)?;
    }
    Ok((drafts, Effect { applied: true, ..effect }))
}

/// Takes back what was decided between entries, and what changes with it. With `preview` nothing is recorded.
///
/// # Errors
/// `finalised`, `no-rulebook`, `unknown-entry`, `nothing-to-withdraw`, `reason-needed`.
pub fn withdraw(state: &Competition, command: &WithdrawDecision) -> Result<(Vec<Draft>, Effect), Refusal> {
    let setup = open_event(state, &command.event)?;
    let by = setup.engine().ok_or(Refusal::new("no-rulebook"))?.rulebook().ranking.last;
    let decision = Decision { by, order: Vec::new() };
    let has_one = |id: &EntryId| {
        let register = state.entries.get(id).map(|entry| &entry.decision);
        register.is_some_and(|own| own.crosses() || own.value().is_some_and(|decision| !decision.order.is_empty()))
    };
    let entries: Vec<EntryId> = resolved(state, &command.entries)?.into_iter().filter(has_one).collect();
    if entries.is_empty() {
        return Err(Refusal::new("nothing-to-withdraw"));
    }
    let (drafts, effect) = record(state, &command.event, &entries, &decision, &command.reason)?;
    if command.preview {
        return Ok((Vec::new(), effect));
    }
    needs_reason(&command.reason)?;
    Ok((drafts, Effect { applied: true, ..effect }))
}

/// The entries that are meant.
fn resolved(state: &Competition, entries: &[EntryId]) -> Result<Vec<EntryId>, Refusal> {
    entries.iter().map(|handle| blind::resolve(state, handle)).collect()
}

/// Who decides under the rulebook of the event.
fn rule(setup: &Event) -> Result<Last, Refusal> {
    let last = setup.engine().ok_or(Refusal::new("no-rulebook"))?.rulebook().ranking.last;
    if last.is_decided() { Ok(last) } else { Err(Refusal::new("nothing-to-decide")) }
}

/// The decisions that stand between entries.
#[must_use]
pub fn current(state: &Competition, entries: &[EntryId]) -> BTreeSet<FactId> {
    entries.iter().filter_map(|id| state.entries.get(id)).flat_map(|entry| entry.decision.current()).collect()
}

/// The same decision for every entry that does not have it yet, and what it changes.
fn record(
    state: &Competition,
    event: &EventId,
    entries: &[EntryId],
    decision: &Decision,
    reason: &str,
) -> Result<(Vec<Draft>, Effect), Refusal> {
    let mut supposed = Supposed::default();
    let mut drafts = Vec::new();
    for id in entries {
        let known =
            state.entries.get(id).filter(|entry| entry.registered.value().is_some_and(|own| own.event == *event));
        let register = &known.ok_or(Refusal::new("unknown-entry"))?.decision;
        supposed.decisions.insert(id.clone(), decision.clone());
        if register.agreed() != Some(decision) {
            let fact = Fact::Decision { entry: id.clone(), decision: decision.clone() };
            drafts.push(draft(fact, register.current(), reason));
        }
    }
    let outdated = outdated::after(state, &drafts, event)?;
    Ok((drafts, effect(state, event, &supposed, outdated)?))
}
