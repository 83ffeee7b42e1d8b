//! What the forms of an expression are made of besides other expressions: answer keys, folds, policies for gaps, trims, weights, tables.

use super::{Expr, Operands, Relation};
use crate::exact::Exact;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
