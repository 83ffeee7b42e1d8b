//! Sealing (加密) and unsealing (解密): both want two people.

use super::{draft, event, lock, needs_reason, person};
use crate::command::draw::{OpenEnvelope, OpenSeal, SealNames};
use crate::competition::{Competition, Event};
use crate::draw::{Office, Opening, Seal};
use crate::envelope::{Context, Draft, Refusal};
use crate::fact::Fact;
use crate::ids::{EventId, SealId};
use crate::register::Register;
use crate::view::draw::without_code;
use crate::view::finalising;

/// Seals the names of an event.
///
/// # Errors
/// `not-found`, `sealed` already, `missing-name`, `too-long`, `two-people`, `nothing-to-draw` without entries, `seal-missing` with how many
/// entries have no number of their own.
pub fn seal(state: &Competition, command: &SealNames, context: &Context) -> Result<Vec<Draft>, Refusal> {
    let setup = event(state, &command.event)?;
    super::not_sealed(state, &command.event)?;
    let [officer, supervisor] = [person(&command.officer)?, person(&command.supervisor)?];
    if officer == supervisor {
        return Err(Refusal::new("two-people"));
    }
    if state.entries_of(&command.event).next().is_none() {
        return Err(Refusal::new("nothing-to-draw"));
    }
    let missing = without_code(state, &command.event);
    if missing > 0 {
        return Err(Refusal::new("seal-missing").with("count", missing));
    }
    let seal = Seal { seal: SealId::new(context.fresh(0)), officer, supervisor, lock: None };
    Ok(vec![draft(Fact::Sealed { event: command.event.clone(), seal }, setup.seal.current(), "")])
}

/// One of two people opens the seal; nothing when they confirmed it already.
///
/// # Errors
/// `envelope-chief-judge` for the envelope, `not-found`, `not-sealed`, `missing-name`, `too-long`, `two-people`, `reason-needed` before the results are confirmed where nothing waits for it,
/// and of a lock before everything is marked and signed; of a lock those of its code.
pub fn open(state: &Competition, command: &OpenSeal) -> Result<Vec<Draft>, Refusal> {
    if command.office == Office::Envelope {
        return Err(Refusal::new("envelope-chief-judge"));
    }
    opened(state, command)
}

/// The envelope that was put away is opened.
///
/// # Errors
/// As for [`open`].
pub fn open_envelope(state: &Competition, command: &OpenEnvelope) -> Result<Vec<Draft>, Refusal> {
    let OpenEnvelope { competition, event, name, code, reason } = command.clone();
    opened(state, &OpenSeal { competition, event, office: Office::Envelope, name, code, reason })
}

fn opened(state: &Competition, command: &OpenSeal) -> Result<Vec<Draft>, Refusal> {
    let setup = event(state, &command.event)?;
    if !setup.is_sealed() {
        return Err(Refusal::new("not-sealed"));
    }
    let codes = lock::codes(setup, command.office, &command.code)?;
    let opening = Opening { seals: seals(setup), name: person(&command.name)?, codes };
    let others = setup.openings.iter().filter(|(office, _)| **office != command.office);
    let mut others = others.filter_map(|(_, register)| register.agreed());
    if others.any(|other| other.name == opening.name && opens_together(setup, &opening, other)) {
        return Err(Refusal::new("two-people"));
    }
    if !opens_freely(state, &command.event, setup) {
        needs_reason(&command.reason)?;
    }
    let register = setup.openings.get(&command.office);
    if register.and_then(Register::agreed) == Some(&opening) {
        return Ok(Vec::new());
    }
    let replaces = register.map(Register::current).unwrap_or_default();
    let fact = Fact::Opened { event: command.event.clone(), office: command.office, opening };
    Ok(vec![draft(fact, replaces, &command.reason)])
}

/// May names be opened without saying why? What is kept out of sight until then is a reason by itself; a lock waits for every mark and signature.
#[must_use]
pub fn opens_freely(state: &Competition, event: &EventId, setup: &Event) -> bool {
    if setup.is_locked() {
        return !lock::is_early(state, event, setup);
    }
    setup.is_final() || finalising::is_confirmed(state, event) || state.has_veiled(event)
}

fn seals(setup: &Event) -> Vec<SealId> {
    setup.seal.standing().into_iter().map(|(_, seal)| seal.value.seal.clone()).collect()
}

/// Are these two of which each does a part for one seal?
fn opens_together(setup: &Event, one: &Opening, other: &Opening) -> bool {
    let does = |opening: &Opening, own: &Seal| match own.lock {
        Some(_) => opening.codes.contains_key(&own.seal),
        None => opening.seals.contains(&own.seal),
    };
    setup.unopened().any(|own| does(one, own) && does(other, own))
}

/// What somebody in an office confirmed for the seals that stand: for each lock that is not open yet with a code.
#[must_use]
pub fn confirmed(setup: &Event, office: Office) -> Option<&Opening> {
    let opening = setup.openings.get(&office).and_then(Register::agreed)?;
    let whole = seals(setup).iter().all(|seal| opening.seals.contains(seal))
        && setup.locks().all(|own| opening.codes.contains_key(&own.seal));
    whole.then_some(opening)
}
