//! The expressions of a rulebook: a small, total language. Every form has one law, written at its variant.

use super::{Direction, Operands};
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
    /// The product.
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

/// What an answer is compared with: letters as they are typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum AnswerKey {
    /// These letters.
    Letters(String),
    /// The parameter of kind `answer` with this id.
    Parameter(String),
    /// The entry's own answer to another item.
    Item(String),
}

/// What is counted in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnswerCount {
    /// Places with the letter of the key.
    Matches,
    /// How far each letter of the key stands from its place in the answer, added up; a letter that is not there counts the whole length.
    Displacement,
    /// 1 where the whole answer is the key, otherwise 0.
    Same,
}

/// Which values of a list are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// The largest.
    Highest,
    /// The smallest.
    Lowest,
    /// The first.
    First,
    /// The last.
    Last,
}

/// How the values of the field are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AcrossFold {
    /// The largest.
    Max,
    /// The smallest.
    Min,
    /// The sum.
    Sum,
    /// The arithmetic mean, exact.
    Mean,
    /// The middle value; of an even number the mean of the middle two.
    Median,
    /// How many there are.
    Count,
}

/// What equal values get for a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaceTies {
    /// The first of the places they take: 1 2 2 4.
    #[default]
    First,
    /// The mean of the places they take: 1 2.5 2.5 4.
    Mean,
    /// The first, and the next value gets the next place: 1 2 2 3.
    Dense,
}

/// What a missing mark of one judge becomes in the list of the panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Gap {
    /// The whole list is missing in the same way: somebody must decide.
    #[default]
    Refuse,
    /// It is left out of the list.
    LeaveOut,
    /// It counts as zero.
    Zero,
}

impl Gap {
    /// Is it the default?
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::Refuse
    }
}

/// A list without its extremes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trim {
    /// The list.
    pub of: Operands,
    /// How many of the smallest are left out.
    pub low: u16,
    /// How many of the largest are left out.
    pub high: u16,
    /// Other numbers from a size of the list on; the row with the largest `from` that the list reaches applies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_size: Vec<TrimRow>,
}

impl Trim {
    /// How many of the smallest and of the largest of `size` values are left out.
    #[must_use]
    pub fn cut(&self, size: usize) -> (usize, usize) {
        let row = self.by_size.iter().filter(|row| usize::from(row.from) <= size).max_by_key(|row| row.from);
        let (low, high) = row.map_or((self.low, self.high), |row| (row.low, row.high));
        (usize::from(low), usize::from(high))
    }
}

/// How many to leave out from a size on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TrimRow {
    /// Smallest size of the list the row is for.
    pub from: u16,
    /// How many of the smallest are left out.
    pub low: u16,
    /// How many of the largest are left out.
    pub high: u16,
}

/// One value and its weight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Weight {
    /// The value.
    pub of: Expr,
    /// Its weight.
    pub by: Exact,
}

/// Points by bands. The bands are tried in order; the first whose condition holds gives the points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The value that is looked up.
    pub of: Box<Expr>,
    /// The bands, tried in order.
    pub bands: Vec<Band>,
    /// Points where no band holds.
    pub otherwise: Exact,
}

/// A band: the points where the value stands in this relation to the edge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Relation of the value to the edge; `at_most` and `at_least` include it, `less` and `more` do not.
    pub is: Relation,
    /// The edge, in seconds for a time.
    pub edge: Exact,
    /// The points.
    pub points: Exact,
}

/// A condition. A comparison with a missing value does not hold in a condition of awards, honours or stages; in an expression the whole
/// expression is then missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Condition {
    /// A comparison of two values.
    Compare(Compare),
    /// Anything else.
    Logic(Logic),
}

/// A condition that is no comparison of values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Logic {
    /// All of them hold.
    All(Vec<Condition>),
    /// At least one of them holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// A datum of the entry is one of these texts.
    DatumIs {
        /// The name of the datum.
        name: String,
        /// The texts.
        any_of: Vec<String>,
    },
    /// A datum of the entry stands in this relation to a text, in the order of a scale. A datum that is not on the scale, an empty one
    /// included, stands before all of it.
    OnScale {
        /// The scale.
        scale: String,
        /// The name of the datum.
        datum: String,
        /// The relation.
        is: Relation,
        /// The text it is compared with.
        than: String,
    },
    /// The entry has one of these awards; in teams and honours alone.
    Award(Vec<String>),
    /// The entry takes part in this stage.
    InStage(String),
}

/// A comparison of two values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Compare {
    /// The left value.
    pub left: Expr,
    /// The relation that must hold.
    pub is: Relation,
    /// The right value.
    pub right: Expr,
}

/// How two values stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// `<`
    Less,
    /// `≤`
    AtMost,
    /// `=`
    Equal,
    /// `≥`
    AtLeast,
    /// `>`
    More,
}

impl Relation {
    /// Does it hold?
    #[must_use]
    pub fn holds(self, left: &Exact, right: &Exact) -> bool {
        match self {
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::Equal => left == right,
            Self::AtLeast => left >= right,
            Self::More => left > right,
        }
    }

    /// Its sign.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "≤",
            Self::Equal => "=",
            Self::AtLeast => "≥",
            Self::More => ">",
        }
    }
}
