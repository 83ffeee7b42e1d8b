//! Who sits where, and what can be wrong with a field.

use super::plan::Plan;
use crate::field::{Field, MarkRow};
use crate::input::MarkFault;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

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
            Self::JudgeMissing => "judge_missing",
            Self::JudgeNotExpected => "judge_not_expected",
            Self::DuplicateMark => "duplicate_mark",
            Self::UnknownStage => "unknown_stage",
            Self::UnknownAttempt => "unknown_attempt",
            Self::Parameter { .. } => "parameter",
            Self::Mark(fault) => fault.code(),
            Self::NotANumber { .. } => "datum_not_a_number",
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

    fn panel(judge: Option<&str>, reason: FieldReason) -> Self {
        Self { row: None, entry: None, item: None, judge: judge.map(str::to_owned), reason }
    }
}

/// Who sits on each panel: as the field says, otherwise everybody who marked one of the panel's items, in order of id. A seat nobody sits on
/// counts as not marked yet.
///
/// # Errors
/// Unknown panels, judges that sit twice, more judges than seats.
pub(super) fn seats(plan: &Plan, field: &Field) -> Result<Vec<Vec<String>>, Vec<FieldFault>> {
    let panels = &plan.rulebook.panels;
    let mut faults = Vec::new();
    for id in field.panels.keys().filter(|id| panels.iter().all(|panel| panel.id != **id)) {
        faults.push(FieldFault::panel(None, FieldReason::UnknownPanel { panel: id.clone() }));
    }
    let mut seen: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); panels.len()];
    for mark in &field.marks {
        let item = plan.by_id.get(&mark.item).and_then(|slot| plan.item_panels.get(*slot));
        if let (Some(Some(panel)), Some(judge)) = (item, &mark.judge)
            && !field.panels.contains_key(&panels[*panel].id)
        {
            seen[*panel].insert(judge);
        }
    }
    let mut all = Vec::with_capacity(panels.len());
    for (panel, marked) in panels.iter().zip(seen) {
        let judges: Vec<String> = match field.panels.get(&panel.id) {
            Some(listed) => listed.clone(),
            None => marked.into_iter().map(str::to_owned).collect(),
        };
        if judges.len() > usize::from(panel.seats) {
            faults.push(FieldFault::panel(
                None,
                FieldReason::TooManyJudges { panel: panel.id.clone(), seats: panel.seats, found: judges.len() },
            ));
        }
        let mut sitting = BTreeSet::new();
        for judge in judges.iter().filter(|judge| !sitting.insert(judge.as_str())) {
            faults.push(FieldFault::panel(Some(judge), FieldReason::DuplicateJudge));
        }
        all.push(judges);
    }
    if faults.is_empty() { Ok(all) } else { Err(faults) }
}
