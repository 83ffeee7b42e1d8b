//! Making results final and opening them again.

use super::{draft, event, needs_reason, open_event};
use crate::competition::Competition;
use crate::envelope::{Draft, Refusal};
use crate::fact::Fact;
use crate::ids::EventId;
use crate::view;

/// Results become final.
///
/// # Errors
/// `finalised`, `no-rulebook`, `needs-newer`, `reason-needed` while marks are missing, wanted sheets are not verified or findings are open, `nothing-to-finalise` without
/// entries.
pub fn finalise(state: &Competition, id: &EventId, reason: &str) -> Result<Vec<Draft>, Refusal> {
    let setup = open_event(state, id)?;
    let standings = view::standings::standings(state, id)?;
    if standings.rows.is_empty() {
        return Err(Refusal::new("nothing-to-finalise"));
    }
    let unverified = view::paper::unverified(state, id)?.len();
    if standings.unfinished > 0 || unverified > 0 || view::home::findings(state, id) > 0 {
        needs_reason(reason)?;
    }
    Ok(vec![draft(Fact::Final { event: id.clone(), done: true }, setup.done.current(), reason)])
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
