//! What goes into the engine: entries with their status, and marks. Names and units of people stay outside.

use crate::exact::Exact;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One cell of a mark sheet. The four values are different things and no operation treats one as another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Nobody has marked it yet.
    #[default]
    NotYet,
    /// The judge was absent and will not mark it (written `-`).
    Absent,
    /// Marked, then declared void by a ruling.
    Void,
    /// A value; zero is a value.
    Value(Exact),
    /// The letters of an answer.
    Answer(String),
}

/// What became of an entry. The rulebook says what each status does to total and rank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryStatus {
    /// 正常.
    #[default]
    Ok,
    /// 缺考: never came.
    Absent,
    /// 弃权: withdrew before or at the start.
    Withdrawn,
    /// 中途离场: left while competing; what was marked stays.
    Retired,
    /// 取消竞赛资格.
    Disqualified,
    /// 未检录: registered, but did not check in.
    NotCheckedIn,
    /// 未完赛: did not finish; what was marked stays.
    Unfinished,
    /// 成绩无效: the whole result was declared void.
    Void,
}

impl EntryStatus {
    /// Every status, in the order in which a person would look for it.
    pub const ALL: [Self; 8] = [
        Self::Ok,
        Self::Absent,
        Self::NotCheckedIn,
        Self::Withdrawn,
        Self::Retired,
        Self::Unfinished,
        Self::Void,
        Self::Disqualified,
    ];
}

/// One entry as the engine sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Opaque id, unique in the field.
    pub id: String,
    /// Its status.
    pub status: EntryStatus,
    /// The stage from which the status holds, such as the final in which it was disqualified: in the stages before it counts as `ok`. From
    /// the beginning when not given.
    pub since: Option<String>,
    /// The team it scores for, if any.
    pub team: Option<String>,
    /// Further data a rulebook may use, by name.
    pub data: BTreeMap<String, String>,
}

/// One mark with its place. `judge` is `None` for an agreed or measured item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkRow {
    /// Entry id.
    pub entry: String,
    /// Item id in the rulebook.
    pub item: String,
    /// Judge id for a panel item.
    pub judge: Option<String>,
    /// Stage id, where the rulebook has stages.
    pub stage: Option<String>,
    /// Attempt, from 1.
    pub attempt: u16,
    /// The value.
    pub mark: Mark,
}

/// Everything to score in one event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The entries, in any order.
    pub entries: Vec<Entry>,
    /// The judges that sit on each panel of the rulebook, by panel id, in seat order. A panel that is missing here is made of
    /// the judges that appear in the marks of its items.
    pub panels: BTreeMap<String, Vec<String>>,
    /// Values of parameters that do not stand in the rulebook: by parameter id, then by the text of the datum that chooses the value
    /// (empty for one value for all).
    pub parameters: BTreeMap<String, BTreeMap<String, String>>,
    /// The marks, in any order. The same place twice is an error of the caller.
    pub marks: Vec<MarkRow>,
}
