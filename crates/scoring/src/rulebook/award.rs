//! Awards by rank, share or threshold; honours and levels as conditions.

use super::Condition;
use crate::exact::{Exact, RoundMode};
use crate::text::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The awards (奖项) of an event, the highest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Awards {
    /// Of whom a percentage is taken.
    #[serde(default)]
    pub base: AwardBase,
    /// Whether each tier's share is rounded, or the shares added up to it.
    #[serde(default)]
    pub rounding: ShareRounding,
    /// How a share is rounded.
    #[serde(default)]
    pub mode: RoundMode,
    /// The tiers, the highest first.
    pub tiers: Vec<Tier>,
    /// What happens to equal ranks on the border of a tier.
    #[serde(default)]
    pub ties: AwardTies,
    /// Totals within a tolerance count as equal for awards, in place of equal ranks. Equals take as many places as they are; the last tier,
    /// where its places were used up, still goes to the next ones if they are within the tolerance of the last who got an award.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<Tolerance>,
    /// Fields too small for all tiers; the row with the smallest `below` that is above the size of the field applies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub small_fields: Vec<SmallField>,
    /// What becomes of places of a tier that nobody fills because its condition does not hold.
    #[serde(default)]
    pub unfilled: Unfilled,
    /// What becomes of the place of an entry that was disqualified but has a total.
    #[serde(default)]
    pub succession: Succession,
}

/// Of whom a percentage is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AwardBase {
    /// Everybody registered (报名人数).
    Registered,
    /// Everybody whose status counts (实际参赛人数).
    #[default]
    Started,
    /// Everybody with a rank (完赛人数).
    Finished,
}

/// How shares become whole numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShareRounding {
    /// Each tier's share by itself.
    #[default]
    Each,
    /// The shares of the tiers up to this one together, less those of the tiers before.
    Cumulative,
}

/// One award.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Id, unique among the awards.
    pub id: String,
    /// Its name, such as 一等奖.
    pub name: Text,
    /// How many get it.
    pub take: TierTake,
    /// Nobody gets it for whom this does not hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Condition>,
}

/// How many get an award.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum TierTake {
    /// A fixed number.
    Count(u16),
    /// So many in a hundred of the base.
    Percent(Exact),
    /// Everybody without a higher award for whom `only` holds.
    Everybody {},
}

/// What happens to equal ranks on the border of a tier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AwardTies {
    /// All of them get the higher award; the next tier has so many places fewer.
    #[default]
    Higher,
    /// All of them get the higher award; the next tier keeps its places.
    Extra,
    /// All of them get the lower award.
    Lower,
    /// Nobody on the border gets an award until somebody has decided between them.
    Settle,
}

/// Totals that count as equal for awards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tolerance {
    /// Largest difference.
    pub points: Exact,
    /// Whether each is compared with the one before (`chained`) or with the first of its group (`anchored`).
    pub grouping: Grouping,
}

/// How totals within a tolerance are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    /// Each with the one before: A–B and B–C within the tolerance make one group of three.
    Chained,
    /// Each with the first of the group.
    Anchored,
}

/// What a small field gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SmallField {
    /// Fewer entries in the base than this.
    pub below: u32,
    /// Ids of the tiers that are awarded.
    pub tiers: Vec<String>,
}

/// What becomes of places that nobody fills.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unfilled {
    /// They stay vacant (空缺).
    #[default]
    Vacant,
    /// The next tier has so many more.
    Next,
    /// The next ones for whom the condition holds take them.
    MoveUp,
}

/// What becomes of the place of a disqualified entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Succession {
    /// The next ones move up (递补).
    #[default]
    MoveUp,
    /// Its place stays vacant (不递补).
    Vacant,
}

/// An honour (荣誉称号) or level (职业技能等级) that is proposed, never granted, where a condition holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Honour {
    /// Id, unique among the honours.
    pub id: String,
    /// Its name, such as 技术能手.
    pub name: Text,
    /// Who is proposed for it.
    pub to: Condition,
}
