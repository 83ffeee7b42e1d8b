//! Which documents that are out, and which confirmations, a change would leave untrue: one answer for every step that is shown before it
//! is taken.

use crate::command::foresee::Outdated;
use crate::competition::Competition;
use crate::envelope::{Draft, Envelope, Refusal};
use crate::ids::{Actor, EventId, FactId};
use crate::trust::Origin;
use crate::view::{bulletins, certificates, finalising};

/// A copy of the state with more on top of it, as if it had been recorded. `from` counts what was supposed before.
pub(super) fn suppose(then: &mut Competition, drafts: impl IntoIterator<Item = Draft>, from: u64) -> u64 {
    let mut number = from;
    for Draft { fact, replaces, reason } in drafts {
        let id = FactId::new(format!("foreseen-{number}"));
        number += 1;
        // Nothing that stands comes after it.
        let order = u64::MAX - 1_000_000 + number;
        let (origin, actor) = (Origin::default(), Actor::from(""));
        then.suppose(Envelope { id, origin, order, at: 0, actor, replaces, reason, fact: Ok(fact) });
    }
    number
}

/// What is out now and holds.
///
/// # Errors
/// As for [`finalising::digest`].
pub(super) fn standing(state: &Competition, event: &EventId) -> Result<Outdated, Refusal> {
    Ok(Outdated {
        bulletins: bulletins::holding(state, event)?,
        certificates: certificates::holding(state, event)?,
        unconfirmed: finalising::is_confirmed(state, event),
    })
}

/// What holds now and would not in another state.
///
/// # Errors
/// As for [`finalising::digest`].
pub(super) fn between(state: &Competition, then: &Competition, event: &EventId) -> Result<Outdated, Refusal> {
    let confirmed = finalising::is_confirmed(state, event);
    Ok(Outdated {
        bulletins: bulletins::undone(state, then, event)?,
        certificates: certificates::undone(state, then, event)?,
        unconfirmed: confirmed && finalising::digest(state, event)? != finalising::digest(then, event)?,
    })
}

/// What holds now and would not once these were recorded.
///
/// # Errors
/// As for [`finalising::digest`].
pub(super) fn after(state: &Competition, drafts: &[Draft], event: &EventId) -> Result<Outdated, Refusal> {
    let setup = super::event(state, event)?;
    let certified = state.certificates.keys().any(|place| place.event == *event);
    if drafts.is_empty() || setup.bulletins.is_empty() && setup.confirmations.is_empty() && !certified {
        return Ok(Outdated::default());
    }
    let mut then = state.clone();
    suppose(&mut then, drafts.iter().cloned(), 0);
    between(state, &then, event)
}
