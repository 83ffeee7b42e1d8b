//! What comes out of the engine: standings, the value of every node, and the derivation of any number as data.

use crate::exact::Exact;
use crate::field::EntryStatus;
use crate::rulebook::Last;
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// The result of a node for one entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Score {
    /// Something it needs is not marked yet.
    NotYet,
    /// It has no value because nobody was there to give or get it.
    Absent,
    /// Declared void.
    Void,
    /// A value.
    Value(Exact),
}

/// One node's value as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeValue {
    /// Item or node id.
    pub node: String,
    /// The value.
    pub score: Score,
    /// As printed: exactly the digits of a rounded node, otherwise the shortest exact decimal or `n/d`; empty when there is
    /// no value.
    pub shown: String,
}

/// One line of the standings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Entry id.
    pub entry: String,
    /// Rank, from 1; `None` when unranked.
    pub rank: Option<u32>,
    /// Another entry has the same rank.
    pub shared: bool,
    /// Its status.
    pub status: EntryStatus,
    /// The total.
    pub total: Score,
    /// The total as printed.
    pub shown: String,
    /// Every module, computed node and item in the rulebook's reading order (see `Rulebook::columns`).
    pub values: Vec<NodeValue>,
    /// How it was set apart from the entry ranked just before it, when both had the same total.
    pub tie: Option<TieStep>,
    /// Why it has no rank.
    pub unranked: Option<Why>,
    /// The last stage it took part in, by id, where the rulebook has stages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// Its awards, by id, the highest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub awards: Vec<String>,
    /// What it is proposed for, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub honours: Vec<String>,
    /// It shares its rank only until somebody has decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undecided: Option<Last>,
}

/// One line of the team standings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamStanding {
    /// The team, as the entries name it.
    pub team: String,
    /// Rank, from 1; `None` when it has no result.
    pub rank: Option<u32>,
    /// Another team has the same rank.
    pub shared: bool,
    /// The result.
    pub score: Score,
    /// The result as printed.
    pub shown: String,
    /// Ids of its members, in order.
    pub members: Vec<String>,
}

/// What an award came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwardResult {
    /// The award, by id.
    pub award: String,
    /// How many places it has under the rulebook, before ties.
    pub places: u32,
    /// Who gets it, in order of rank.
    pub entries: Vec<String>,
    /// Places nobody takes.
    pub vacant: u32,
    /// Entries on its border that are equal and must be decided between.
    pub unsettled: Vec<String>,
}

/// The key that decided between two entries with equal totals, or that none did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TieStep {
    /// The entry ranked just before.
    pub against: String,
    /// Keys that were equal, in order, by label.
    pub equal: Vec<Text>,
    /// The key that decided, with its label; `None` when all were equal and the rank is shared.
    pub decided: Option<Text>,
    /// This entry's value of the deciding key, as printed.
    pub own: String,
    /// The other's.
    pub other: String,
    /// Difference as printed, without sign.
    pub difference: String,
    /// Keys that were compared and are not marked yet for one of the two, by label: until they are, the order is provisional.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pending: Vec<Text>,
}

/// Why an entry is not ranked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Its status does not rank under this rulebook.
    Status,
    /// Marks are missing: the ids of the items that have none or not all yet.
    Unfinished(Vec<String>),
    /// The total has no value (absent or void, and the rulebook names nothing else).
    NoValue,
}

/// How one number came about: a tree of steps, each with what it did in data, never in prose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Derivation {
    /// The item or node this step defines, when it has a name of its own.
    pub node: Option<String>,
    /// Its name in the rulebook.
    pub label: Option<Text>,
    /// What was done: `mark`, `panel`, `trim`, `mean`, `median`, `sum`, `weigh`, `scale`, `minus`, `round`, … as in the
    /// rulebook, so the locale files can name it (`derive-<op>`).
    pub op: String,
    /// Parameters of the step, name and printed value (`digits`, `mode`, `by`, `from`, `to`, `low`, `high`, `judge` …).
    pub with: Vec<(String, String)>,
    /// The result.
    pub score: Score,
    /// The result as printed.
    pub shown: String,
    /// 配分, when it has one.
    pub max: Option<Exact>,
    /// This value was left out by its parent (the highest or lowest of a trim, an absent judge).
    pub left_out: bool,
    /// What it was made from, in order.
    pub parts: Vec<Derivation>,
}

/// The standings of a field under a rulebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Ranked entries by rank then entry id, then the unranked by entry id.
    pub standings: Vec<Standing>,
    /// Panel checks that did not pass or could not run, in reading order.
    pub checks: Vec<PanelCheck>,
    /// Teams by rank, then those without a result.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<TeamStanding>,
    /// The awards, the highest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub awards: Vec<AwardResult>,
}

/// A spread check on one panel item of one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PanelCheck {
    /// Entry id.
    pub entry: String,
    /// Item id.
    pub item: String,
    /// The attempt, from 1.
    pub attempt: u16,
    /// Largest minus smallest mark, as printed; `None` when the check was not possible.
    pub spread: Option<String>,
    /// The limit in the rulebook, as printed.
    pub limit: String,
    /// How many judges have marked.
    pub judges: u16,
}
