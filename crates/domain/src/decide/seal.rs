//! Sealing (加密) and unsealing (解密): both want two people.

use super::{draft, event, needs_reason, person};
use crate::command::draw::{OpenSeal, SealNames};
use crate::competition::{Competition, Event};
use crate::draw::{Office, Opening, Seal};
use crate::envelope::{Context, Draft, Refusal};
use crate::fact::Fact;
use crate::ids::SealId;
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
    let seal = Seal { seal: SealId::new(context.fresh(0)), officer, supervisor };
    Ok(vec![draft(Fact::Sealed { event: command.event.clone(), seal }, setup.seal.current(), "")])
}

/// One of two people opens the seal; nothing when they confirmed it already.
///
/// # Errors
/// `not-found`, `not-sealed`, `missing-name`, `too-long`, `two-people`, `reason-needed` before the results are confirmed,
/// where nothing waits for it.
pub fn open(state: &Competition, command: &OpenSeal) -> Result<Vec<Draft>, Refusal> {
    let setup = event(state, &command.event)?;
    if !setup.is_sealed() {
        return Err(Refusal::new("not-sealed"));
    }
    let opening = Opening { seals: seals(setup), name: person(&command.name)? };
    let other = Office::ALL.into_iter().filter(|office| *office != command.office);
    if other.filter_map(|office| confirmed(setup, office)).any(|other| other.name == opening.name) {
        return Err(Refusal::new("two-people"));
    }
    let early = !setup.is_final() && !finalising::is_confirmed(state, &command.event);
    // What is kept out of sight until then is a reason by itself.
    if early && !state.has_veiled(&command.event) {
        needs_reason(&command.reason)?;
    }
    if confirmed(setup, command.office) == Some(&opening) {
        return Ok(Vec::new());
    }
    let replaces = setup.openings.get(&command.office).map(Register::current).unwrap_or_default();
    let fact = Fact::Opened { event: command.event.clone(), office: command.office, opening };
    Ok(vec![draft(fact, replaces, &command.reason)])
}

fn seals(setup: &Event) -> Vec<SealId> {
    setup.seal.standing().into_iter().map(|(_, seal)| seal.value.seal.clone()).collect()
}

/// What somebody in an office confirmed for the seals that stand.
#[must_use]
pub fn confirmed(setup: &Event, office: Office) -> Option<&Opening> {
    let opening = setup.openings.get(&office).and_then(Register::agreed)?;
    seals(setup).iter().all(|seal| opening.seals.contains(seal)).then_some(opening)
}
