//! What a rule cannot mean although it is well-formed: keys that never decide, limits that never apply, parts nobody looks at.
//!
//! A lint is advice about a rulebook without faults; it computes as it is written.

mod keys;
mod rest;
mod span;
mod spans;
mod unused;
mod values;
mod walk;

use crate::rulebook::Rulebook;
use serde::{Deserialize, Serialize};
use spans::Spans;
use std::fmt;

/// One thing in a rulebook that is without effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lint {
    /// JSON pointer to the place, as in a fault.
    pub path: String,
    /// What is without effect.
    pub code: LintCode,
    /// Particulars by name.
    pub args: Vec<(String, String)>,
}

/// What is without effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LintCode {
    /// A tie key that is the same for everybody: `key`.
    ConstantKey,
    /// A tie key with the value of the result or of an earlier key, or one that follows from them: `key`.
    DecidedKey,
    /// An item that neither ranking nor awards, honours, stages or teams look at: `id`.
    UnusedItem,
    /// A weight of zero.
    ZeroWeight,
    /// A rounding of a value that has no more decimals anyway: `digits`, `has`.
    IdleRounding,
    /// A band that no value can be in: `edge`, and what values there are: `low`, `high` (`-∞`, `∞` where open).
    BandOutOfRange,
    /// A band behind one that holds for every value: `edge`, and what values there are: `low`, `high` (`-∞`, `∞` where open).
    BandNeverReached,
    /// A limit or floor that no value can reach: `limit`, and what values there are: `low`, `high` (`-∞`, `∞` where open).
    IdleLimit,
    /// A maximum of a node that no value can reach: `max`, and what values there are: `low`, `high` (`-∞` where open).
    MaxOutOfReach,
    /// Times are put in places with the longest as the best.
    LongestFirst,
    /// Somebody decides between equals, but no ranks are shared.
    DecisionWithoutTies,
    /// An award without places: `id`.
    EmptyAward,
    /// An award whose condition can hold for nobody: `id`.
    NobodysAward,
    /// An honour whose condition can hold for nobody: `id`.
    NobodysHonour,
    /// What equals at the border of awards get, where a tolerance decides it.
    TiesWithTolerance,
    /// Equals at the border of an award wait for a decision, but nobody decides between equals.
    UndecidedTies,
    /// A stage to which no item belongs: `id`.
    EmptyStage,
    /// Missing marks are left out, but none may be missing: `minimum`, `most`.
    IdleLeaveOut,
    /// A panel that marks nothing: `id`.
    UnusedPanel,
    /// A parameter nothing is compared with: `id`.
    UnusedParameter,
    /// A scale nothing is compared on: `id`.
    UnusedScale,
}

impl LintCode {
    /// Every code.
    pub const ALL: [Self; 21] = [
        Self::ConstantKey,
        Self::DecidedKey,
        Self::UnusedItem,
        Self::ZeroWeight,
        Self::IdleRounding,
        Self::BandOutOfRange,
        Self::BandNeverReached,
        Self::IdleLimit,
        Self::MaxOutOfReach,
        Self::LongestFirst,
        Self::DecisionWithoutTies,
        Self::EmptyAward,
        Self::NobodysAward,
        Self::NobodysHonour,
        Self::TiesWithTolerance,
        Self::UndecidedTies,
        Self::EmptyStage,
        Self::IdleLeaveOut,
        Self::UnusedPanel,
        Self::UnusedParameter,
        Self::UnusedScale,
    ];

    /// The code as it appears in data and as a locale key (`lint-<code>`, with `_` as `-`).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ConstantKey => "constant_key",
            Self::DecidedKey => "decided_key",
            Self::UnusedItem => "unused_item",
            Self::ZeroWeight => "zero_weight",
            Self::IdleRounding => "idle_rounding",
            Self::BandOutOfRange => "band_out_of_range",
            Self::BandNeverReached => "band_never_reached",
            Self::IdleLimit => "idle_limit",
            Self::MaxOutOfReach => "max_out_of_reach",
            Self::LongestFirst => "longest_first",
            Self::DecisionWithoutTies => "decision_without_ties",
            Self::EmptyAward => "empty_award",
            Self::NobodysAward => "nobodys_award",
            Self::NobodysHonour => "nobodys_honour",
            Self::TiesWithTolerance => "ties_with_tolerance",
            Self::UndecidedTies => "undecided_ties",
            Self::EmptyStage => "empty_stage",
            Self::IdleLeaveOut => "idle_leave_out",
            Self::UnusedPanel => "unused_panel",
            Self::UnusedParameter => "unused_parameter",
            Self::UnusedScale => "unused_scale",
        }
    }
}

impl Lint {
    fn new(path: impl Into<String>, code: LintCode) -> Self {
        Self { path: path.into(), code, args: Vec::new() }
    }

    fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }
}

/// One line in English, for logs and the command line.
impl fmt::Display for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.code.name().replace('_', " "))?;
        for (index, (name, value)) in self.args.iter().enumerate() {
            write!(f, "{} {name} {value}", if index == 0 { ":" } else { "," })?;
        }
        Ok(())
    }
}

/// Everything in a rulebook without faults that is without effect.
#[must_use]
pub fn lint(rulebook: &Rulebook) -> Vec<Lint> {
    let spans = Spans::new(rulebook);
    let mut lints = Vec::new();
    unused::find(rulebook, &mut lints);
    values::find(&spans, &mut lints);
    keys::find(&spans, &mut lints);
    rest::find(&spans, &mut lints);
    lints
}
