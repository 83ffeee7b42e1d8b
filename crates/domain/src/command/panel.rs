//! How far apart the judges of a panel are on one item, whether the rules limit it or not.

use super::{Needs, Role};
use crate::command;
use crate::ids::{EntryId, EventId, ItemId, JudgeId};
use serde::{Deserialize, Serialize};

command! {
    /// The marks of a panel on one item, the widest apart first.
    ShowPanelMarks in competition = "hall.panel", Query, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge, Role::Supervisor]), {
        /// Which event.
        event: EventId,
        /// Which item.
        item: ItemId
    } => PanelMarks
}

/// Reply of [`ShowPanelMarks`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PanelMarks {
    /// The largest difference that the rules allow, as printed; empty where they set none.
    pub limit: String,
    /// Entries of which somebody has a mark, one for each attempt.
    pub rows: Vec<PanelRow>,
}

/// What a panel gave an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PanelRow {
    /// Which entry.
    pub entry: EntryId,
    /// 场次, or empty.
    pub session: String,
    /// Blind code.
    pub station: String,
    /// Which attempt, from 1.
    pub attempt: u16,
    /// Largest minus smallest mark; empty below two marks.
    pub spread: String,
    /// How many judges gave a number. Below three nobody is farther from the middle than somebody else.
    pub marked: u16,
    /// Marks by judge, in seat order.
    pub marks: Vec<PanelMark>,
}

/// What one judge gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PanelMark {
    /// The judge.
    pub judge: JudgeId,
    /// The judge's code.
    pub code: String,
    /// The mark as shown; empty for none yet.
    pub text: String,
    /// Nobody's is farther from the median of at least three marks, and somebody's is nearer.
    pub farthest: bool,
}
