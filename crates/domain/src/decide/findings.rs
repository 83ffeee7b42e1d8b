//! Deciding about findings that no other decision settles.

use super::{draft, needs_reason};
use crate::competition::Competition;
use crate::envelope::{Draft, Refusal};
use crate::fact::Fact;
use crate::finding::FindingDecision;
use crate::ids::{EventId, FindingId};
use crate::register::Register;
use crate::view::findings::{Branch, list};

/// A finding stays as it is, or something is to be done about it after all.
///
/// # Errors
/// `reason-needed`; `not-found` where there is no such finding now; `finding-elsewhere` where another decision settles it.
pub fn settle(
    state: &Competition,
    event: &EventId,
    branches: &[Branch],
    (finding, decision): (&FindingId, FindingDecision),
    reason: &str,
) -> Result<Vec<Draft>, Refusal> {
    super::event(state, event)?;
    needs_reason(reason)?;
    let listed = list(state, event, branches);
    let row = listed.open.iter().chain(&listed.settled).find(|row| row.id == *finding);
    if !row.ok_or(Refusal::new("not-found"))?.by_decision {
        return Err(Refusal::new("finding-elsewhere"));
    }
    let register = state.findings.get(finding);
    if register.and_then(Register::agreed) == Some(&decision) {
        return Ok(Vec::new());
    }
    let replaces = register.map(Register::current).unwrap_or_default();
    Ok(vec![draft(Fact::Settled { finding: finding.clone(), decision }, replaces, reason)])
}
