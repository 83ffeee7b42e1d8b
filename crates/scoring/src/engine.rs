//! The engine: a checked rulebook, compiled so that one entry is evaluated without looking anything up by name.
//!
//! [`Engine::score`] does everything at once. An application that follows single marks keeps the [`Evaluated`] of each entry,
//! replaces the one that changed, and calls [`Engine::rank`] again.

mod code;
mod compile;
mod eval;
mod evaluate;
mod explain;
mod rank;
mod seats;

pub use evaluate::Evaluated;
pub use seats::{FieldFault, FieldReason, Seats};

use crate::field::{Entry, EntryStatus, Field, MarkRow};
use crate::outcome::{Derivation, Outcome};
use crate::rulebook::{Column, Rulebook, Settle, StatusRule};
use crate::{check, fault::Fault};
use code::{Code, Style};
use std::collections::HashMap;

/// A rulebook that was checked and compiled. It holds no marks; the same engine scores any number of fields.
#[derive(Clone, Debug)]
pub struct Engine {
    rulebook: Rulebook,
    columns: Vec<Column>,
    /// The slot of each column.
    column_slots: Vec<usize>,
    /// Items first, then nodes, both in document order.
    slots: Vec<Slot>,
    /// Slots in an order in which each comes after all it needs.
    order: Vec<usize>,
    /// Slot by item or node id.
    by_id: HashMap<String, usize>,
    /// Panel of each item, as an index into the rulebook's panels.
    item_panels: Vec<Option<usize>>,
    /// What each item counts when it has no value.
    settles: Vec<Settle>,
    /// Names of the entry data the rulebook uses.
    data: Vec<String>,
    total: usize,
    /// The total before its outermost rounding.
    exact_total: Code,
    keys: Vec<(Code, Style)>,
    /// Items the total depends on, in reading order.
    needed: Vec<usize>,
}

/// One named value.
#[derive(Clone, Debug)]
struct Slot {
    code: Code,
    style: Style,
}

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
        compile::compile(rulebook).map_err(|fault| vec![fault])
    }

    /// The rulebook it computes.
    #[must_use]
    pub const fn rulebook(&self) -> &Rulebook {
        &self.rulebook
    }

    /// The rulebook's columns: the order of [`crate::Standing::values`].
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// What a status does under this rulebook.
    #[must_use]
    pub fn status_rule(&self, status: EntryStatus) -> StatusRule {
        self.rulebook.statuses.rule(status)
    }

    /// Scores and ranks a field. The order of its entries and marks does not matter.
    ///
    /// # Errors
    /// Every entry, judge or mark that does not fit the rulebook; nothing is scored then.
    pub fn score(&self, field: &Field) -> Result<Outcome, Vec<FieldFault>> {
        let evaluated = self.evaluate(field)?;
        Ok(self.rank(&evaluated))
    }

    /// Evaluates every entry of a field without ranking, in the field's order of entries.
    ///
    /// # Errors
    /// As for [`Engine::score`].
    pub fn evaluate(&self, field: &Field) -> Result<Vec<Evaluated>, Vec<FieldFault>> {
        let mut faults = Vec::new();
        let seats = self.seats(field)?;
        let mut rows: HashMap<&str, Vec<(usize, &MarkRow)>> = HashMap::with_capacity(field.entries.len());
        for (index, entry) in field.entries.iter().enumerate() {
            if rows.insert(&entry.id, Vec::new()).is_some() {
                faults.push(FieldFault::entry(&field.entries[index].id, FieldReason::DuplicateEntry));
            }
        }
        for (row, mark) in field.marks.iter().enumerate() {
            match rows.get_mut(mark.entry.as_str()) {
                Some(own) => own.push((row, mark)),
                None => faults.push(FieldFault::mark(Some(row), mark, FieldReason::UnknownEntry)),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut all = Vec::with_capacity(field.entries.len());
        for entry in &field.entries {
            let own = rows.get(entry.id.as_str()).map_or(&[][..], Vec::as_slice);
            match self.evaluate_rows(&seats, entry, own.iter().map(|(row, mark)| (Some(*row), *mark))) {
                Ok(one) => all.push(one),
                Err(found) => faults.extend(found),
            }
        }
        if faults.is_empty() {
            return Ok(all);
        }
        faults.sort_by_key(|fault| (fault.row, fault.entry.clone()));
        Err(faults)
    }

    /// Evaluates one entry from its own marks, independently of every other entry.
    ///
    /// # Errors
    /// Every mark or datum that does not fit the rulebook. [`FieldFault::row`] counts in `marks`.
    pub fn evaluate_entry(
        &self,
        seats: &Seats,
        entry: &Entry,
        marks: &[MarkRow],
    ) -> Result<Evaluated, Vec<FieldFault>> {
        self.evaluate_rows(seats, entry, marks.iter().enumerate().map(|(row, mark)| (Some(row), mark)))
    }

    /// How the total of an entry came about, from the marks up. `None` when there is no such entry or the field does not fit the
    /// rulebook.
    #[must_use]
    pub fn derive(&self, field: &Field, entry: &str) -> Option<Derivation> {
        self.derive_node(field, entry, &self.rulebook.ranking.by)
    }

    /// How the value of an item or node of an entry came about. `None` when there is no such entry, item or node, or the field
    /// does not fit the rulebook.
    #[must_use]
    pub fn derive_node(&self, field: &Field, entry: &str, node: &str) -> Option<Derivation> {
        let seats = self.seats(field).ok()?;
        let found = field.entries.iter().find(|one| one.id == entry)?;
        let rows = field.marks.iter().enumerate().filter(|(_, mark)| mark.entry == entry);
        let evaluated = self.evaluate_rows(&seats, found, rows.map(|(row, mark)| (Some(row), mark))).ok()?;
        self.explain(&seats, &evaluated, node)
    }
}
