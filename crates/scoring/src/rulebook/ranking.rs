//! How totals become ranks, and what each status does.

use super::Expr;
use crate::field::EntryStatus;
use crate::text::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How entries are ranked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ranking {
    /// Id of the node that is the total.
    pub by: String,
    /// Whether the total counts as published or before its last rounding.
    #[serde(default)]
    pub on: On,
    /// Whether the higher or the lower total is better.
    #[serde(default)]
    pub direction: Direction,
    /// What decides between equal totals, in order. A key without a value comes after every value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<Key>,
    /// What happens when no key decides.
    #[serde(default)]
    pub ties: Ties,
    /// Who decides between equals that no key has set apart. The decision is the datum `decision` of the entries: a number, 1 before 2.
    #[serde(default)]
    pub last: Last,
    /// What happens to an entry whose total is absent or void. It must be said unless that cannot be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_value: Option<NoValue>,
}

/// Which total is ranked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum On {
    /// The total as everybody can read it.
    #[default]
    Published,
    /// The total before its outermost rounding.
    Exact,
}

/// Which of two values is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The higher.
    #[default]
    Higher,
    /// The lower.
    Lower,
}

/// One tie key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// What is compared.
    pub by: Expr,
    /// Whether the higher or the lower is better.
    #[serde(default)]
    pub direction: Direction,
    /// Its name in explanations.
    pub label: Text,
}

/// Ranks of entries that no key sets apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ties {
    /// They share a rank and the next ones are skipped: 1 2 2 4.
    #[default]
    Competition,
    /// They share a rank and none is skipped: 1 2 2 3.
    Dense,
    /// They never share a rank: 1 2 3 4, in the order of their ids. Meant for a last key that always decides, such as a drawn number.
    Ordinal,
}

/// Who decides where no key does. Until it is decided, equals share a rank and are reported as undecided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Last {
    /// Nobody: they share a rank (并列).
    #[default]
    Share,
    /// A draw (抽签).
    Draw,
    /// A play-off (加试).
    PlayOff,
    /// The chief judge, with a reason.
    Manual,
}

impl Last {
    /// Does somebody have to decide?
    #[must_use]
    pub const fn is_decided(self) -> bool {
        !matches!(self, Self::Share)
    }
}

/// What happens to an entry without a total.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoValue {
    /// It is listed without a rank.
    Unranked,
}

/// What each status does. What is left out has its default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statuses {
    /// 正常. Default: total computed, ranked, counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ok: Option<StatusRule>,
    /// 缺考. Default: no total, not ranked, not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent: Option<StatusRule>,
    /// 弃权. Default: no total, not ranked, not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<StatusRule>,
    /// 中途离场. Default: total computed from what was marked with the rest as zero, ranked, counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<StatusRule>,
    /// 取消竞赛资格. Default: no total, not ranked, counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disqualified: Option<StatusRule>,
    /// 未检录. Default: no total, not ranked, not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_checked_in: Option<StatusRule>,
    /// 未完赛. Default: total computed from what was marked with the rest as zero, ranked, counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unfinished: Option<StatusRule>,
    /// 成绩无效. Default: no total, not ranked, counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void: Option<StatusRule>,
}

impl Statuses {
    /// Is everything left to the defaults?
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// What a status does.
    #[must_use]
    pub fn rule(&self, status: EntryStatus) -> StatusRule {
        let gone = StatusRule {
            total: StatusTotal::None,
            ranked: false,
            counted: false,
            unmarked: Unmarked::NotYet,
            team: None,
            honours: None,
        };
        let full = StatusRule { total: StatusTotal::Computed, ranked: true, counted: true, ..gone };
        let left = StatusRule { unmarked: Unmarked::Zero, ..full };
        let out = StatusRule { counted: true, ..gone };
        let (own, default) = match status {
            EntryStatus::Ok => (&self.ok, full),
            EntryStatus::Absent => (&self.absent, gone),
            EntryStatus::Withdrawn => (&self.withdrawn, gone),
            EntryStatus::Retired => (&self.retired, left),
            EntryStatus::Disqualified => (&self.disqualified, out),
            EntryStatus::NotCheckedIn => (&self.not_checked_in, gone),
            EntryStatus::Unfinished => (&self.unfinished, left),
            EntryStatus::Void => (&self.void, out),
        };
        own.unwrap_or(default)
    }
}

/// What one status does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusRule {
    /// What becomes of the total.
    pub total: StatusTotal,
    /// Whether the entry is ranked.
    pub ranked: bool,
    /// Whether it counts in the base of percentages.
    pub counted: bool,
    /// What a mark that is not there yet means for it.
    #[serde(default)]
    pub unmarked: Unmarked,
    /// What it is to its team; when not given absent where there is no total, and a member otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamPart>,
    /// Whether it can get awards and be proposed for honours (双合格 included); as `ranked` when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub honours: Option<bool>,
}

impl StatusRule {
    /// What an entry is to its team: as the rulebook says, otherwise absent where there is no total.
    #[must_use]
    pub fn team_part(&self) -> TeamPart {
        let without = if self.total == StatusTotal::None { TeamPart::Absent } else { TeamPart::Member };
        self.team.unwrap_or(without)
    }
}

/// What an entry is to its team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TeamPart {
    /// A member like any other.
    Member,
    /// A member whose every value is absent.
    Absent,
    /// No member.
    Nobody,
}

/// What a status does to the total.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusTotal {
    /// It is computed from the marks.
    Computed,
    /// It is zero.
    Zero,
    /// There is none.
    None,
}

/// What a mark that is not there yet means under a status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unmarked {
    /// It is awaited.
    #[default]
    NotYet,
    /// The item scores zero; a time or a placing, of which zero would be the best, is absent.
    Zero,
}
