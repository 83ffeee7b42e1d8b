//! What can be wrong with a rulebook, as data: the place, a code for the locale files, and its arguments.

use serde::{Deserialize, Serialize};
use std::fmt;

/// One fault of a rulebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// JSON pointer to the place, such as `/nodes/2/value/round/digits`; empty for the whole document. A single operand has no
    /// index of its own.
    pub path: String,
    /// What is wrong.
    pub code: FaultCode,
    /// Particulars by name.
    pub args: Vec<(String, String)>,
}

/// What is wrong with a rulebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultCode {
    /// Not JSON, or not in the grammar: `line`, `column`, `message`.
    Syntax,
    /// Written for a newer version of the software: `found`, `known`.
    NeedsNewerVersion,
    /// A version number that never was: `found`.
    UnknownVersion,
    /// Too long, too deep or too costly: `what`, `limit`.
    TooLarge,
    /// An id that is empty, longer than 64 characters, or has others than letters, digits, `_`, `.`, `-`: `id`.
    BadId,
    /// An id that is used twice: `id`.
    DuplicateId,
    /// A name that nothing has: `id`, `wanted` (`item`, `node`, `panel`).
    UnknownId,
    /// Values that depend on themselves: `ids`.
    Cycle,
    /// Weights that do not add up: `sum`, `whole`.
    Weights,
    /// A trim that can leave nobody: `size`, `low`, `high`.
    TrimLeavesNobody,
    /// A division by zero.
    DivisionByZero,
    /// A division by data that does not say what the result is where the divisor is zero.
    ZeroCaseMissing,
    /// 配分 of a module or part differs from the sum of what it adds up: `max`, `sum`.
    MaxDiffers,
    /// The total can be absent or void and nothing says what happens then: `gap`, `items`.
    UnhandledGap,
    /// A value of the wrong type: `wanted`, `found`.
    TypeMismatch,
    /// No operands.
    Empty,
    /// `mark`, `reading`, `panel` or `spread` where there is no such mark: `wanted`.
    NoMarkHere,
    /// A number outside what is meaningful: `low`, `high` (empty where open), `found`.
    OutOfRange,
    /// Level texts that are neither none nor one for every level: `wanted`, `found`.
    LevelTexts,
    /// Two choices with the same value: `value`.
    DuplicateChoice,
    /// A key that cannot be an answer to the item it is compared with: `found`, `item`, `length`, `letters`.
    AnswerKey,
    /// A stage before the last must name its result and who goes on; the last one names neither: `wanted`.
    Stage,
    /// A band that can never apply because an earlier one always does first.
    DeadBand,
}

impl FaultCode {
    /// The code as it appears in data and as a locale key (`fault-<code>`, with `_` as `-`).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::NeedsNewerVersion => "needs_newer_version",
            Self::UnknownVersion => "unknown_version",
            Self::TooLarge => "too_large",
            Self::BadId => "bad_id",
            Self::DuplicateId => "duplicate_id",
            Self::UnknownId => "unknown_id",
            Self::Cycle => "cycle",
            Self::Weights => "weights",
            Self::TrimLeavesNobody => "trim_leaves_nobody",
            Self::DivisionByZero => "division_by_zero",
            Self::ZeroCaseMissing => "zero_case_missing",
            Self::MaxDiffers => "max_differs",
            Self::UnhandledGap => "unhandled_gap",
            Self::TypeMismatch => "type_mismatch",
            Self::Empty => "empty",
            Self::NoMarkHere => "no_mark_here",
            Self::OutOfRange => "out_of_range",
            Self::LevelTexts => "level_texts",
            Self::DuplicateChoice => "duplicate_choice",
            Self::AnswerKey => "answer_key",
            Self::Stage => "stage",
            Self::DeadBand => "dead_band",
        }
    }
}

impl Fault {
    /// A fault at a place.
    #[must_use]
    pub fn new(path: impl Into<String>, code: FaultCode) -> Self {
        Self { path: path.into(), code, args: Vec::new() }
    }

    /// Adds a particular.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }
}

/// One line in English, for logs and the command line.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "/" } else { &self.path };
        write!(f, "{path}: {}", self.code.name().replace('_', " "))?;
        for (index, (name, value)) in self.args.iter().enumerate() {
            write!(f, "{} {name} {value}", if index == 0 { ":" } else { "," })?;
        }
        Ok(())
    }
}
