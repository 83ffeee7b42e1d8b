//! What steps would change, before they are taken.

use super::competition::EntryChange;
use super::hall::{ReplaceJudge, SetSeat};
use super::marks::EnterMark;
use super::registration::SetEntryStatus;
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
}

command! {
    /// Says which ranks, totals, awards and published documents steps would change that are taken one after the other. Reasons may be
    /// missing. Nothing is recorded.
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
    /// Numbers of the bulletins that would no longer be true.
    pub bulletins: Vec<u32>,
    /// Numbers of the certificates that were issued for what would be another rank or award.
    pub certificates: Vec<String>,
    /// Results that were confirmed would have to be confirmed again.
    pub unconfirmed: bool,
}
