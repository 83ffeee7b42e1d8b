//! What steps would change, before they are taken.

use super::competition::{EntryChange, TeamChange};
use super::hall::{ReplaceJudge, SetSeat};
use super::marks::EnterMark;
use super::paper::{RecordSheet, SettleSheet};
use super::registration::{EditEntry, SetEntryStatus};
use super::{Needs, Role};
use crate::command;
use crate::ids::EventId;
use serde::{Deserialize, Serialize};

/// A step, as the command that takes it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A status, from a stage on or from the beginning.
    Status(SetEntryStatus),
    /// A mark, entered or corrected.
    Mark(EnterMark),
    /// 回避, or not after all.
    Seat(SetSeat),
    /// A judge replaced.
    Replace(ReplaceJudge),
    /// A paper sheet typed, for the first time or again.
    Record(RecordSheet),
    /// What differs on a paper sheet settled.
    Settle(SettleSheet),
    /// What is known of a person changed, such as the name.
    Person(EditEntry),
    /// Final results opened again, without anything else yet.
    Reopen,
}

command! {
    /// Says which ranks, totals, awards and published documents steps would change that are taken one after the other. Reasons may be
    /// missing. Results that are final are opened again for it. Nothing is recorded.
    Foresee in competition = "results.foresee", Query, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge, Role::Recorder]), {
        /// Which event.
        event: EventId,
        /// The steps.
        steps: Vec<Step>
    } => Foreseen
}

/// What steps would change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foreseen {
    /// Entries whose rank, total or awards change.
    pub changes: Vec<EntryChange>,
    /// Teams whose rank or result changes; none are said while names are sealed.
    #[serde(default)]
    pub teams: Vec<TeamChange>,
    /// What would no longer be true.
    #[serde(flatten)]
    pub outdated: Outdated,
    /// The results are final: before the steps are taken they have to be opened again.
    #[serde(default)]
    pub locked: bool,
    /// For [`Step::Reopen`]: what is true now, and may not be once something is corrected.
    #[serde(default)]
    pub at_stake: Outdated,
    /// Results are out of sight until the names are opened: what changes cannot be seen before.
    #[serde(default)]
    pub hidden: bool,
}

/// What is out and is untrue after a change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outdated {
    /// Numbers of the bulletins.
    #[serde(default)]
    pub bulletins: Vec<u32>,
    /// Numbers of the certificates: of another award, rank or name.
    #[serde(default)]
    pub certificates: Vec<String>,
    /// Results that were confirmed have to be confirmed again.
    #[serde(default)]
    pub unconfirmed: bool,
}
