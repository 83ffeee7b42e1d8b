//! The engine: a checked rulebook, compiled so that nothing is looked up by name while it computes.
//!
//! [`Engine::score`] does everything at once. An application that follows single marks keeps a [`Board`], changes one mark at a time with
//! [`Board::set`], and asks for ranks and standings when it needs them.

mod awards;
mod board;
mod code;
mod columns;
mod compile;
mod counts;
mod equals;
mod eval;
mod explain;
mod lane;
mod load;
mod misfit;
mod near;
mod order;
mod plan;
mod rank;
mod sheet;
mod sitting;
mod skating;
mod stages;
mod teams;
mod values;
mod wide;

pub use board::Board;
pub(crate) use compile::DECISION;
pub use misfit::{FieldFault, FieldReason};
pub use sitting::Substitute;

use crate::field::{EntryStatus, Field};
use crate::outcome::{Derivation, Outcome};
use crate::rulebook::{Column, ParameterKind, Rulebook, StatusRule};
use crate::{check, fault::Fault};
use plan::Plan;
use std::sync::Arc;

/// Is the text a day of the calendar?
pub(crate) fn is_date(text: &str) -> bool {
    code::Date::read(text).is_some()
}

/// Can a parameter of this kind have this value?
pub(crate) fn is_parameter(kind: ParameterKind, text: &str) -> bool {
    sheet::ParameterValue::read(kind, text).is_some()
}

/// A rulebook that was checked and compiled. It holds no marks; the same engine scores any number of fields. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Engine(Arc<Plan>);

impl Engine {
    /// Checks and compiles a rulebook.
    ///
    /// # Errors
    /// Every fault of the rulebook.
    pub fn new(rulebook: &Rulebook) -> Result<Self, Vec<Fault>> {
        let faults = check::check(rulebook);
        if !faults.is_empty() {
            return Err(faults);
        }
        compile::compile(rulebook).map(|plan| Self(Arc::new(plan))).map_err(|fault| vec![fault])
    }

    fn plan(&self) -> &Plan {
        &self.0
    }

    fn plan_arc(&self) -> Arc<Plan> {
        Arc::clone(&self.0)
    }

    /// The rulebook it computes.
    #[must_use]
    pub fn rulebook(&self) -> &Rulebook {
        &self.0.rulebook
    }

    /// The rulebook's columns: the order of [`crate::Standing::values`].
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.0.columns
    }

    /// What a status does under this rulebook.
    #[must_use]
    pub fn status_rule(&self, status: EntryStatus) -> StatusRule {
        self.0.rulebook.statuses.rule(status)
    }

    /// Names of the data of an entry that the rulebook looks at.
    #[must_use]
    pub fn data(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.0.numbers.iter().chain(&self.0.texts).map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Scores and ranks a field. The order of its entries and marks does not matter.
    ///
    /// # Errors
    /// Every entry, judge or mark that does not fit the rulebook; nothing is scored then.
    pub fn score(&self, field: &Field) -> Result<Outcome, Vec<FieldFault>> {
        self.board(field).map(|board| board.outcome())
    }

    /// How the total of an entry came about, from the marks up. `None` when there is no such entry or the field does not fit the
    /// rulebook.
    #[must_use]
    pub fn derive(&self, field: &Field, entry: &str) -> Option<Derivation> {
        self.derive_node(field, entry, &self.0.rulebook.ranking.by)
    }

    /// How the value of an item or node of an entry came about. `None` when there is no such entry, item or node, or the field
    /// does not fit the rulebook.
    #[must_use]
    pub fn derive_node(&self, field: &Field, entry: &str, node: &str) -> Option<Derivation> {
        let board = self.board(field).ok()?;
        board.explain(board.entry(entry)?, node)
    }
}
