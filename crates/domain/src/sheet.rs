//! Mark sheets (评分表) and what is decided about them: where they stand, whether they are signed, who sits in a seat for one entry, a
//! request to mark again, extra time, the contestant's signature.
//!
//! Left out: the marks on them ([`crate::fact::MarkPlace`]), and who may do what ([`crate::decide`]).

mod contents;

pub use contents::Modules;

use crate::ids::{EntryId, EventId, FactId, JudgeId};
use serde::{Deserialize, Serialize};

/// A mark sheet: one judge's items of a module for one entry. The order is the one sheets are looked up by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SheetPlace {
    /// Event.
    pub event: EventId,
    /// Entry.
    pub entry: EntryId,
    /// Module of the rulebook; empty for items that stand in none.
    pub module: String,
    /// The judge; `None` for the values of the module that are marked once, which its group leader (裁判组长) writes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judge: Option<JudgeId>,
}

/// A module of one entry. The order is the one such things are looked up by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ModulePlace {
    /// Event.
    pub event: EventId,
    /// Entry.
    pub entry: EntryId,
    /// Module of the rulebook; empty for items that stand in none.
    pub module: String,
}

/// Whether a sheet can be written on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetState {
    /// Signed: read-only until the chief judge opens it again.
    Signed {
        /// Who signed: the judge, or the group leader for values marked once.
        by: JudgeId,
        /// The records of the marks that were signed for, by id.
        marks: Vec<FactId>,
    },
    /// Opened again by the chief judge.
    Reopened,
}

/// Who sits in a judge's seat for one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sitting {
    /// Who sits there; `None` leaves the seat empty for this entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judge: Option<JudgeId>,
    /// Why it is not the judge of the panel.
    pub why: SeatChange,
}

/// Why somebody else sits in a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeatChange {
    /// 回避: the judge must not mark this entry.
    Recusal,
    /// The judge of the seat was replaced: entries that were finished before keep who marked them.
    Replaced,
}

/// A request to mark a place again. The first marks stay on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rescore {
    /// The records of the marks that stood when it was asked for.
    pub first: Vec<FactId>,
}

/// What the contestant says to results on site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confirmation {
    /// Signed.
    Signed,
    /// Refused to sign; why stands as the reason.
    Refused,
    /// Taken back: neither.
    Withdrawn,
}
