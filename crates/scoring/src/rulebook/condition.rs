//! Conditions, and how two values stand to each other.

use super::Expr;
use crate::exact::Exact;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A condition. What hangs on a missing value does not hold in a condition of awards, honours or stages, and neither does its `not`; in
/// an expression the whole expression is then missing.
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
