//! Commands about findings (待办事项): one list of what somebody has to see or settle.

use super::{Needs, Role};
use crate::command;
use crate::finding::FindingDecision;
use crate::ids::{EventId, FindingId};
use serde::{Deserialize, Serialize};

command! {
    /// What has to be seen or settled in an event, and in the competition as a whole.
    ListFindings in competition = "findings.list", Query, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge, Role::Supervisor]), {
        /// Which event.
        event: EventId
    } => Findings
}

command! {
    /// Decides about a finding that no other decision settles.
    SettleFinding in competition = "findings.settle", Mutation, Needs::AnyOf(&[Role::ChiefJudge]), {
        /// Of which event it was listed.
        event: EventId,
        /// Which.
        finding: FindingId,
        /// What.
        decision: FindingDecision,
        /// Why.
        reason: String
    } => ()
}

/// Reply of [`ListFindings`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// What is open: those that stand in the way of final results first.
    pub open: Vec<FindingRow>,
    /// What was decided to stay as it is.
    pub settled: Vec<FindingRow>,
}

impl Findings {
    /// How many are open.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.open.iter().map(|row| row.count).sum()
    }

    /// How many of them stand in the way of final results.
    #[must_use]
    pub fn blocking(&self) -> u32 {
        self.open.iter().filter(|row| row.blocks).map(|row| row.count).sum()
    }
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingRow {
    /// Names it in [`SettleFinding`].
    pub id: FindingId,
    /// What kind; `finding-<kind>` in the locale files says it, `finding-<kind>-do` what to do.
    pub kind: String,
    /// Arguments of these.
    pub args: Vec<(String, String)>,
    /// How many it is about: what is counted on the home page.
    pub count: u32,
    /// The page where it is settled, as it is named in addresses.
    pub page: String,
    /// Results do not become final while it is open, unless somebody gives a reason.
    pub blocks: bool,
    /// It is settled by [`SettleFinding`], for want of another decision.
    pub by_decision: bool,
    /// Why it stays as it is, where that was decided.
    pub reason: String,
}
