//! The expressions of a rulebook: a small, total language. Every form has one law, written at its variant.

use super::{
    AcrossFold, AnswerCount, AnswerKey, Condition, Direction, Gap, Operands, PlaceTies, Table, Trim, Weight, Which,
};
use crate::exact::{Exact, RoundMode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a value is computed. Where an operand has no value, the result has none either, and is the first that applies of *not
/// yet*, *void*, *absent*; only `panel` and `settle` turn a missing value into something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Expr {
    /// The mark of the item whose score this is (not of a panel item).
    Mark,
    /// The mark of another item as it was typed, before it became a score (not of a panel item).
    Reading(String),
    /// The marks of a panel, a list.
    Panel {
        /// The panel item; the item whose score this is when not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<String>,
        /// Fewest marks left after absent and void ones were left out; fewer make the list absent. The panel's own minimum when
        /// not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        minimum: Option<u16>,
        /// What an absent judge's mark becomes.
        #[serde(default, skip_serializing_if = "Gap::is_default")]
        absent: Gap,
        /// What a mark that was declared void becomes.
        #[serde(default, skip_serializing_if = "Gap::is_default")]
        void: Gap,
    },
    /// The mark of the judge at hand for a panel item; within `each_judge` alone.
    Own(String),
    /// What `of` gives for each judge of a panel, a list: a formula of each judge's own sheet.
    EachJudge {
        /// The panel.
        panel: String,
        /// The formula.
        of: Box<Self>,
        /// Fewest values left after absent and void ones were left out; the panel's own minimum when not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        minimum: Option<u16>,
        /// What an absent value becomes.
        #[serde(default, skip_serializing_if = "Gap::is_default")]
        absent: Gap,
        /// What a void value becomes.
        #[serde(default, skip_serializing_if = "Gap::is_default")]
        void: Gap,
    },
    /// What `of` gives for each attempt of an item, a list in the order of the attempts. Within it the marks of every item with
    /// attempts are those of the attempt at hand.
    EachAttempt {
        /// The item with the attempts; the item whose score this is when not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<String>,
        /// The formula.
        of: Box<Self>,
        /// Fewest values left after others were left out; 1 when not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        minimum: Option<u16>,
        /// What an attempt that was not marked yet becomes.
        #[serde(default, skip_serializing_if = "Gap::is_default")]
        not_yet: Gap,
        /// What an absent value becomes.
        #[serde(default, skip_serializing_if = "Gap::is_default")]
        absent: Gap,
        /// What a void value becomes.
        #[serde(default, skip_serializing_if = "Gap::is_default")]
        void: Gap,
    },
    /// What is right in an answer.
    Answer {
        /// The item with the answer; the item whose score this is when not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<String>,
        /// What it is compared with.
        key: AnswerKey,
        /// What is counted.
        count: AnswerCount,
    },
    /// A parameter of the event, the session or the paper; not yet where it has no value, as one that is sealed.
    Parameter(String),
    /// The score of an item.
    Item(String),
    /// The value of a node.
    Node(String),
    /// A fixed number.
    Constant(Exact),
    /// A fixed time, in seconds.
    Seconds(Exact),
    /// A further datum of the entry, by name, as a number; absent where the entry has none.
    Datum(String),
    /// Whole years from a date of the entry (`YYYY-MM-DD` or `YYYYMMDD`) to a fixed one; absent where the entry has no such date.
    Age {
        /// The datum that holds the date.
        born: String,
        /// The day on which the years are counted, `YYYY-MM-DD`.
        on: String,
    },
    /// A time as a plain number of seconds.
    InSeconds(Box<Self>),
    /// A place as a plain number.
    InPlaces(Box<Self>),
    /// The arithmetic mean, exact.
    Mean(Operands),
    /// The middle value; of an even number the mean of the middle two.
    Median(Operands),
    /// The sum.
    Sum(Operands),
    /// The product. Only the first operand can be a time, and the result is one then.
    Times(Operands),
    /// The smallest.
    Min(Operands),
    /// The largest.
    Max(Operands),
    /// How many there are.
    Count(Operands),
    /// The list without its `high` largest and `low` smallest values.
    Trim(Trim),
    /// Some values of the list; all of them where it has fewer.
    Take {
        /// The list.
        of: Operands,
        /// Which ones.
        which: Which,
        /// How many, 1 to 999.
        count: u16,
    },
    /// The sum of each value times its weight.
    Weigh {
        /// Values and weights.
        of: Vec<Weight>,
        /// What the weights must add up to, such as `"1"`; not checked when not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        whole: Option<Exact>,
    },
    /// `of × to / from`.
    Scale {
        /// What is scaled.
        of: Box<Self>,
        /// The full value before.
        from: Exact,
        /// The full value after.
        to: Exact,
    },
    /// `from − less − less …`, not below `floor` where one is given.
    Minus {
        /// What is reduced.
        from: Box<Self>,
        /// What is taken off.
        less: Operands,
        /// Smallest result.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        floor: Option<Exact>,
    },
    /// The value, but not below `low` nor above `high`.
    Clamp {
        /// The value.
        of: Box<Self>,
        /// Smallest result.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        low: Option<Exact>,
        /// Largest result.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        high: Option<Exact>,
    },
    /// The value without its sign.
    Abs(Box<Self>),
    /// `of / by`, exact. Unless `by` is a constant, `zero` says what the result is where `by` is zero.
    Divide {
        /// What is divided.
        of: Box<Self>,
        /// The divisor.
        by: Box<Self>,
        /// The result where the divisor is zero.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        zero: Option<Box<Self>>,
    },
    /// The value rounded to `digits` decimals.
    Round {
        /// The value.
        of: Box<Self>,
        /// Decimals, 0 to 12.
        digits: u8,
        /// What happens between two neighbours; `half_up` (四舍五入) when not given.
        #[serde(default)]
        mode: RoundMode,
    },
    /// The value, or what a missing one becomes.
    Settle {
        /// The value.
        of: Box<Self>,
        /// What an absent value becomes; it stays absent when not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        absent: Option<Exact>,
        /// What a void value becomes; it stays void when not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        void: Option<Exact>,
    },
    /// The points of the band in which the value lies.
    Table(Table),
    /// The square root, correctly rounded. Absent where the value is below zero.
    Root {
        /// The value.
        of: Box<Self>,
        /// Decimals, 0 to 12.
        digits: u8,
        /// What happens between two neighbours; `half_up` when not given.
        #[serde(default)]
        mode: RoundMode,
    },
    /// One value made of the values of every entry of the field that has one and whose status is ranked, the same for all of them.
    Across {
        /// The value of each entry.
        of: Box<Self>,
        /// How they are put together.
        fold: AcrossFold,
        /// Only entries with the same datum of this name as the entry at hand, such as its group.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        within: Option<String>,
    },
    /// The distance of the value from the mean of the field in population standard deviations, correctly rounded. Within `each_judge` the
    /// field is that judge's own marks.
    Standardise {
        /// The value of each entry.
        of: Box<Self>,
        /// Decimals, 0 to 12.
        digits: u8,
        /// What happens between two neighbours; `half_up` when not given.
        #[serde(default)]
        mode: RoundMode,
        /// The result where all values are equal.
        zero: Exact,
        /// Only entries with the same datum of this name as the entry at hand.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        within: Option<String>,
    },
    /// The place of the value among those of the field: one more than how many are better.
    Place {
        /// The value of each entry.
        of: Box<Self>,
        /// Whether the higher or the lower is better.
        #[serde(default)]
        direction: Direction,
        /// What equal values get.
        #[serde(default)]
        ties: PlaceTies,
        /// Only entries with the same datum of this name as the entry at hand.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        within: Option<String>,
    },
    /// The points for the place of the value among those of the field, the first of `points` for the best; 0 beyond them.
    PlacePoints {
        /// The value of each entry.
        of: Box<Self>,
        /// Points by place, from the first on; 1 to 999 of them.
        points: Vec<Exact>,
        /// Whether the higher or the lower is better.
        #[serde(default)]
        direction: Direction,
        /// What equal values get: the points of the first of the places they take, the mean of the points of all of them, or those of the
        /// first where the next value gets the next place.
        #[serde(default)]
        ties: PlaceTies,
        /// Only entries with the same datum of this name as the entry at hand.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        within: Option<String>,
    },
    /// The place in one dance by the judges' placings (skating system, rules 5 to 8). The id of a panel item of placings.
    MajorityPlace(String),
    /// The place over several dances by the judges' placings (skating system, rules 5 to 11). Ids of panel items of placings.
    Skating(Vec<String>),
    /// The rank of the entry; in teams, awards and honours alone.
    Rank,
    /// Points for the best award of the entry; in teams and honours alone.
    AwardPoints {
        /// Points by id of the award.
        points: BTreeMap<String, Exact>,
        /// Points without any of them.
        otherwise: Exact,
    },
    /// What `of` gives for each member of the team, a list; in teams alone.
    Members {
        /// The formula.
        of: Box<Self>,
        /// Fewest values left after others were left out; 1 when not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        minimum: Option<u16>,
        /// What an absent value becomes, such as that of a member who never came.
        #[serde(default, skip_serializing_if = "Gap::is_default")]
        absent: Gap,
        /// What a void value becomes.
        #[serde(default, skip_serializing_if = "Gap::is_default")]
        void: Gap,
    },
    /// One of two values.
    When {
        /// The condition.
        is: Box<Condition>,
        /// The value where it holds.
        then: Box<Self>,
        /// The value where it does not.
        otherwise: Box<Self>,
    },
}
