//! Confirming results, making them final and opening them again.

use super::{draft, event, needs_reason, open_event, person};
use crate::command::finalising::ConfirmResults;
use crate::command::results::{Decided, Equals, StandingsView};
use crate::competition::Competition;
use crate::confirmation::{Duty, ResultsConfirmation};
use crate::envelope::{Draft, Refusal};
use crate::fact::Fact;
use crate::ids::{EntryId, EventId};
use crate::register::Register;
use crate::view::{self, blind, finalising};

/// Somebody confirms the standings as they are; nothing when they did already. The supervisor signs after the chief judge.
///
/// # Errors
/// `finalised`, `no-rulebook`, `needs-newer`, `nothing-to-finalise` without entries, `undecided` while somebody has to decide between
/// equals, `reason-needed` from the chief judge while marks are missing or findings are open, `not-confirmed` before the chief judge,
/// `missing-name`, `too-long`, `two-people`, `stale` when the standings are not those that were seen.
pub fn confirm(state: &Competition, command: &ConfirmResults) -> Result<Vec<Draft>, Refusal> {
    let setup = open_event(state, &command.event)?;
    let standings = view::standings::standings(state, &command.event)?;
    if standings.rows.is_empty() {
        return Err(Refusal::new("nothing-to-finalise"));
    }
    blind::needs_unlocked(state, &command.event)?;
    if state.has_veiled(&command.event) {
        return Err(Refusal::new("imported-sealed"));
    }
    undecided(&standings)?;
    let name = person(&command.name)?;
    if finalising::seen(state, &command.event)? != command.seen {
        return Err(Refusal::new("stale"));
    }
    let digest = finalising::digest(state, &command.event)?;
    let other = |duty| finalising::standing(setup, duty, &digest);
    match command.duty {
        Duty::ChiefJudge if finalising::is_incomplete(state, &command.event, &standings)? => {
            needs_reason(&command.reason)?
        }
        Duty::ChiefJudge => {}
        Duty::Supervisor if other(Duty::ChiefJudge).is_none() => {
            return Err(Refusal::new("not-confirmed").with("duty", Duty::ChiefJudge.name()));
        }
        Duty::Supervisor => {}
    }
    let same = |duty: &Duty| *duty != command.duty && other(*duty).is_some_and(|own| own.name == name);
    if Duty::ALL.iter().any(same) {
        return Err(Refusal::new("two-people"));
    }
    let confirmation = ResultsConfirmation { name, digest };
    if finalising::standing(setup, command.duty, &confirmation.digest) == Some(&confirmation) {
        return Ok(Vec::new());
    }
    let replaces = setup.confirmations.get(&command.duty).map(Register::current).unwrap_or_default();
    let fact = Fact::ResultsConfirmed { event: command.event.clone(), duty: command.duty, confirmation };
    Ok(vec![draft(fact, replaces, &command.reason)])
}

/// Results become final, as chief judge and supervisor confirmed them.
///
/// # Errors
/// `finalised`, `no-rulebook`, `needs-newer`, `undecided` while somebody has to decide between equals, `nothing-to-finalise` without
/// entries, `not-confirmed` with whose confirmation of these very standings is missing, `reason-needed` while names are sealed or borders
/// of awards open.
pub fn finalise(state: &Competition, id: &EventId, reason: &str) -> Result<Vec<Draft>, Refusal> {
    let setup = open_event(state, id)?;
    let standings = view::standings::standings(state, id)?;
    if standings.rows.is_empty() {
        return Err(Refusal::new("nothing-to-finalise"));
    }
    undecided(&standings)?;
    let digest = finalising::digest(state, id)?;
    if let Some(missing) = Duty::ALL.into_iter().find(|duty| finalising::standing(setup, *duty, &digest).is_none()) {
        return Err(Refusal::new("not-confirmed").with("duty", missing.name()));
    }
    if setup.is_sealed() || finalising::is_unsettled(state, id)? {
        needs_reason(reason)?;
    }
    Ok(vec![draft(Fact::Final { event: id.clone(), done: true }, setup.done.current(), reason)])
}

/// Nobody's rank may wait for a decision: prizes would be given by chance.
fn undecided(standings: &StandingsView) -> Result<(), Refusal> {
    let open: Vec<&Equals> = standings.equals.iter().filter(|group| group.state != Decided::Decided).collect();
    let number = |id: &EntryId| standings.rows.iter().find(|row| row.entry == *id).map(|row| row.number.as_str());
    let numbers = |group: &&Equals| group.entries.iter().filter_map(number).collect::<Vec<_>>().join(" = ");
    if open.is_empty() {
        return Ok(());
    }
    let groups = open.iter().map(numbers).collect::<Vec<_>>().join("; ");
    Err(Refusal::new("undecided").with("count", open.len()).with("groups", groups))
}

/// Final results are opened again.
///
/// # Errors
/// `not-final`, `reason-needed`.
pub fn reopen(state: &Competition, id: &EventId, reason: &str) -> Result<Vec<Draft>, Refusal> {
    let setup = event(state, id)?;
    if !setup.is_final() {
        return Err(Refusal::new("not-final"));
    }
    needs_reason(reason)?;
    Ok(vec![draft(Fact::Final { event: id.clone(), done: false }, setup.done.current(), reason)])
}
