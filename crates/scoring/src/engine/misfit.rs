//! What can be wrong with a field.

use crate::field::MarkRow;
use crate::input::MarkFault;
use serde::{Deserialize, Serialize};

/// Something in a field that does not fit the rulebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{}{reason}", Where(self))]
pub struct FieldFault {
    /// Index of the mark in the caller's list, where a mark is at fault.
    pub row: Option<usize>,
    /// Entry id.
    pub entry: Option<String>,
    /// Item id.
    pub item: Option<String>,
    /// Judge id.
    pub judge: Option<String>,
    /// What is wrong.
    pub reason: FieldReason,
}

struct Where<'a>(&'a FieldFault);

impl std::fmt::Display for Where<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let places = [("entry", &self.0.entry), ("item", &self.0.item), ("judge", &self.0.judge)];
        let named: Vec<String> =
            places.iter().filter_map(|(name, id)| id.as_ref().map(|id| format!("{name} {id}"))).collect();
        if named.is_empty() { Ok(()) } else { write!(f, "{}: ", named.join(", ")) }
    }
}

/// What does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum FieldReason {
    /// The entry is there twice.
    #[error("the entry is there twice")]
    DuplicateEntry,
    /// No such entry.
    #[error("no such entry")]
    UnknownEntry,
    /// The rulebook has no such item.
    #[error("the rulebook has no such item")]
    UnknownItem,
    /// The rulebook has no such panel.
    #[error("the rulebook has no panel {panel}")]
    UnknownPanel {
        /// The panel's id.
        panel: String,
    },
    /// The judge does not sit on the panel of the item.
    #[error("the judge does not sit on the panel")]
    UnknownJudge,
    /// The judge sits on the panel twice.
    #[error("the judge sits on the panel twice")]
    DuplicateJudge,
    /// More judges than seats.
    #[error("{found} judges for the {seats} seats of panel {panel}")]
    TooManyJudges {
        /// The panel's id.
        panel: String,
        /// Seats in the rulebook.
        seats: u16,
        /// Judges found.
        found: usize,
    },
    /// More judges than seats on a panel whose judges are compared each with itself over all entries.
    #[error(
        "{found} judges for the {seats} seats of panel {panel}, each of which is compared with itself over all entries: nobody can take the seat of another"
    )]
    ComparedJudges {
        /// The panel's id.
        panel: String,
        /// Seats in the rulebook.
        seats: u16,
        /// Judges found.
        found: usize,
    },
    /// A panel item needs a judge.
    #[error("the item is marked by a panel: the judge is missing")]
    JudgeMissing,
    /// An item with one value takes no judge.
    #[error("the item has one agreed or measured value: it takes no judge")]
    JudgeNotExpected,
    /// The same place is marked twice.
    #[error("marked twice")]
    DuplicateMark,
    /// The rulebook has no stages, or none of this name.
    #[error("the rulebook has no such stage")]
    UnknownStage,
    /// The item has no such attempt.
    #[error("the item has no such attempt")]
    UnknownAttempt,
    /// A parameter the rulebook does not have, or a value it cannot have.
    #[error("parameter {id} cannot be {value:?}")]
    Parameter {
        /// The parameter.
        id: String,
        /// Its value.
        value: String,
    },
    /// The value is not one of the item's.
    #[error("{0}")]
    Mark(MarkFault),
    /// A datum the rulebook computes ages from is not a date.
    #[error("{name} is not a date such as 1990-05-08")]
    NotADate {
        /// The name of the datum.
        name: String,
    },
    /// A datum the rulebook computes with is not a number.
    #[error("{name} is not a number")]
    NotANumber {
        /// The name of the datum.
        name: String,
    },
}

impl FieldReason {
    /// The code for the locale files (`field-fault-<code>`); a mark's own fault has its own code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::DuplicateEntry => "duplicate_entry",
            Self::UnknownEntry => "unknown_entry",
            Self::UnknownItem => "unknown_item",
            Self::UnknownPanel { .. } => "unknown_panel",
            Self::UnknownJudge => "unknown_judge",
            Self::DuplicateJudge => "duplicate_judge",
            Self::TooManyJudges { .. } => "too_many_judges",
            Self::ComparedJudges { .. } => "compared_judges",
            Self::JudgeMissing => "judge_missing",
            Self::JudgeNotExpected => "judge_not_expected",
            Self::DuplicateMark => "duplicate_mark",
            Self::UnknownStage => "unknown_stage",
            Self::UnknownAttempt => "unknown_attempt",
            Self::Parameter { .. } => "parameter",
            Self::Mark(fault) => fault.code(),
            Self::NotANumber { .. } => "datum_not_a_number",
            Self::NotADate { .. } => "datum_not_a_date",
        }
    }
}

impl FieldFault {
    pub(super) fn entry(entry: &str, reason: FieldReason) -> Self {
        Self { row: None, entry: Some(entry.to_owned()), item: None, judge: None, reason }
    }

    pub(super) fn mark(row: Option<usize>, mark: &MarkRow, reason: FieldReason) -> Self {
        Self { row, entry: Some(mark.entry.clone()), item: Some(mark.item.clone()), judge: mark.judge.clone(), reason }
    }

    pub(super) fn panel(judge: Option<&str>, reason: FieldReason) -> Self {
        Self { row: None, entry: None, item: None, judge: judge.map(str::to_owned), reason }
    }
}
