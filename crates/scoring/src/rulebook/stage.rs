//! Stages: who goes on, and how those who do not are ranked.

use super::{Condition, Direction, Key};
use crate::exact::{Exact, RoundMode};
use crate::text::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A stage (阶段) before the last one. Everybody takes part in the first; whoever goes on takes part in the next. The last stage is ranked
/// by the rulebook's own ranking; whoever went no further than a stage is ranked by that stage, after everybody who went on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Id, unique among the stages.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// Id of the node that is the stage's result. Not given for the last stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Whether the higher or the lower result is better.
    #[serde(default)]
    pub direction: Direction,
    /// What decides between equal results, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<Key>,
    /// The datum of the entry that names its heat, group or pair in this stage; one group when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<String>,
    /// Who goes on. Not given for the last stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advance: Option<Advance>,
}

/// Who goes on to the next stage. The rules are applied in order, each to those whom no earlier one took. Nobody goes on while anybody in
/// the same group, or for `best` in any group, is unfinished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Advance {
    /// Whom to take.
    pub take: Vec<AdvanceRule>,
    /// What happens to equals at the cut.
    #[serde(default)]
    pub ties: CutTies,
    /// Nobody goes on for whom this does not hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Condition>,
}

/// One rule of going on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum AdvanceRule {
    /// The first so many of each group.
    PerGroup(u16),
    /// The best so many of all that are left (幸运落选者 where the groups came first).
    Best(u16),
    /// So many in a hundred of all who have a result, rounded.
    Percent {
        /// How many in a hundred.
        of_finished: Exact,
        /// How the number is rounded.
        mode: RoundMode,
    },
    /// Everybody for whom it holds.
    All(Condition),
}

/// What happens to equals at a cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CutTies {
    /// All of them go on.
    #[default]
    All,
    /// None of them does.
    None,
}
