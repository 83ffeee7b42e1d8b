//! Making results final and opening them again.

use super::{draft, event, needs_reason, open_event};
use crate::command::results::{Decided, Equals, StandingsView};
use crate::competition::Competition;
use crate::envelope::{Draft, Refusal};
use crate::fact::Fact;
use crate::ids::{EntryId, EventId};
use crate::view;

/// Results become final.
///
/// # Errors
/// `finalised`, `no-rulebook`, `needs-newer`, `undecided` while somebody has to decide between equals, `reason-needed` while marks
/// are missing, wanted sheets are not verified or findings are open, `nothing-to-finalise` without
/// entries.
pub fn finalise(state: &Competition, id: &EventId, reason: &str) -> Result<Vec<Draft>, Refusal> {
    let setup = open_event(state, id)?;
    let standings = view::standings::standings(state, id)?;
    if standings.rows.is_empty() {
        return Err(Refusal::new("nothing-to-finalise"));
    }
    undecided(&standings)?;
    if standings.unfinished > 0 || standings.unverified > 0 || view::home::findings(state, id) > 0 {
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
