//! Commands about records in quarantine (隔离): the list of them, and adopting honest ones.

use super::competition::HistoryLine;
use super::nodes::EventEffect;
use super::{Needs, Role};
use crate::command;
use crate::ids::{FactId, NodeId};
use crate::trust::Why;
use serde::{Deserialize, Serialize};

command! {
    /// Records without effect because of whose they are, newest first.
    ListQuarantine in competition = "quarantine.list", Query, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge, Role::Supervisor]), {} => Quarantine
}

command! {
    /// Adopts records that are in quarantine: they count as if they had never been there.
    AdoptRecords in competition = "quarantine.adopt", Mutation, Needs::AnyOf(&[Role::ChiefJudge]), {
        /// Which.
        records: Vec<FactId>,
        /// Why.
        reason: String,
        /// Only say what it would change.
        #[serde(default)]
        preview: bool
    } => AdoptedEffect
}

/// Reply of [`ListQuarantine`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quarantine {
    /// The records.
    pub records: Vec<QuarantinedRow>,
    /// Computers that are revoked, as their logs name them.
    pub nodes: Vec<RevokedNode>,
}

/// A computer that is revoked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokedNode {
    /// Which.
    pub node: NodeId,
    /// Milliseconds since 1970, by the clock of whoever revoked it.
    pub at: i64,
    /// Why.
    pub reason: String,
    /// Different things were said of it side by side: the earlier cut holds.
    pub crosses: bool,
    /// It and others revoke each other.
    pub open: bool,
}

/// A record without effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarantinedRow {
    /// What it says, who and when.
    pub line: HistoryLine,
    /// The computer that wrote it.
    pub node: NodeId,
    /// Its number in its log.
    pub seq: u64,
    /// Why it is here.
    pub why: Why,
    /// The sheet it stands on: whose and which judge's, as called; empty for what stands on none.
    pub sheet: String,
    /// It can be adopted. What was said about trust is said again instead, and what this computer cannot read is adopted where it can be read.
    pub adoptable: bool,
}

/// Reply of [`AdoptRecords`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdoptedEffect {
    /// What changes in the events; those in which nothing does are left out.
    pub events: Vec<EventEffect>,
    /// It was done.
    pub applied: bool,
}
