//! Commands about computers that are not trusted any more: revoked (吊销), and trusted again.
//!
//! Left out: which computers there are ([`super::headquarters::ListNodes`]), what is in quarantine ([`super::quarantine`]).

use super::competition::HistoryLine;
use super::foresee::Foreseen;
use super::{Needs, Role};
use crate::command;
use crate::ids::{CompetitionId, EventId, FactId, NodeId};
use serde::{Deserialize, Serialize};

/// What is still trusted of a computer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrustedUntil {
    /// Everything that is here of it now.
    #[default]
    Now,
    /// Everything that was here of it when this record came.
    Record(FactId),
    /// Nothing.
    Nothing,
}

/// What is still trusted in one competition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustedIn {
    /// In which.
    pub competition: CompetitionId,
    /// What.
    pub until: TrustedUntil,
}

command! {
    /// Revokes a computer (吊销): what it writes from now on has no effect in any competition here, and its questions are refused.
    RevokeNode = "nodes.revoke", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// The computer, as its logs name it.
        node: NodeId,
        /// What is still trusted of it.
        #[serde(default)]
        until: TrustedUntil,
        /// Where that is something else in one competition.
        #[serde(default)]
        competitions: Vec<TrustedIn>,
        /// Why.
        reason: String,
        /// Only say what it would change.
        #[serde(default)]
        preview: bool
    } => RevokedEffect
}

command! {
    /// Trusts a computer again that was revoked: everything it wrote counts, and it is let in.
    RestoreNode = "nodes.restore", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// The computer, as its logs name it.
        node: NodeId,
        /// Why.
        reason: String,
        /// Only say what it would change.
        #[serde(default)]
        preview: bool
    } => RevokedEffect
}

/// Reply of [`RevokeNode`] and [`RestoreNode`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokedEffect {
    /// Competitions in which the computer wrote something, or in which something changes.
    pub competitions: Vec<RevokedIn>,
    /// It was done.
    pub applied: bool,
}

/// What it does to one competition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokedIn {
    /// Which.
    pub competition: CompetitionId,
    /// Its title.
    pub title: String,
    /// Records of the computer that are here and have effect afterwards.
    pub trusted: u64,
    /// Records of it that are in quarantine afterwards.
    pub quarantined: u64,
    /// What changes in the events; those in which nothing does are left out.
    pub events: Vec<EventEffect>,
    /// Its newest records here, newest first, to choose the last one that is trusted.
    pub records: Vec<HistoryLine>,
}

/// What changes in one event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventEffect {
    /// Which.
    pub event: EventId,
    /// Its name.
    pub name: String,
    /// What changes.
    pub foreseen: Foreseen,
}
