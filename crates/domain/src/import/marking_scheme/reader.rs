//! One sheet, row by row: header rows, sub-criteria, aspects, and what belongs to the aspect above.

mod aspect;

use self::aspect::Open;
use super::layout::{self, Columns};
use super::notes;
use super::scheme::{Scheme, SubCriterion, criterion_of, is_criterion};
use crate::document::half_width;
use crate::import::{Faults, number, one_line, why};
use crate::table::Table;

/// Longest text that could be meant as an id; what is longer and stands alone is a remark.
const LONGEST_ID: usize = 8;

/// What aspects that follow belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Below {
    /// Nothing yet: the block has just begun.
    Nothing,
    /// A row whose id is at fault, which has been said.
    Fault,
    /// The last sub-criterion of this criterion.
    Criterion(String),
}

/// Reads rows and collects the scheme and its faults.
pub(super) struct Reader<'t> {
    table: &'t Table,
    faults: Faults<'t>,
    scheme: Scheme,
    /// Columns of the block; `None` while its header cannot be understood.
    columns: Option<Columns>,
    /// The criterion its header names.
    block: Option<String>,
    below: Below,
    /// The aspect that rows may still be added to.
    open: Option<Open>,
    first: usize,
}

impl<'t> Reader<'t> {
    /// `first` is the first header row.
    pub(super) fn new(table: &'t Table, first: usize) -> Self {
        Self {
            table,
            faults: Faults::new(table, first),
            scheme: Scheme::default(),
            columns: None,
            block: None,
            below: Below::Nothing,
            open: None,
            first,
        }
    }

    /// The scheme as far as it could be read, and what is wrong.
    pub(super) fn read(mut self) -> (Scheme, Faults<'t>) {
        let first = Columns::of(self.table, self.first).ok();
        notes::read(self.table, first.map_or(0, |columns| columns.id), self.first, &mut self.scheme);
        let mut header = Some(self.first);
        while let Some(row) = header {
            self.header(row);
            header = layout::next_header(self.table, row + 1);
            for row in row + 1..header.unwrap_or(self.table.rows.len()) {
                if let Some(columns) = self.columns {
                    self.row(row, columns);
                }
            }
        }
        self.close();
        self.empty_subs();
        (self.scheme, self.faults)
    }

    fn header(&mut self, row: usize) {
        self.close();
        self.below = Below::Nothing;
        self.faults.header = row;
        self.block = None;
        match Columns::of(self.table, row) {
            Ok(columns) => {
                self.columns = Some(columns);
                let named = layout::criterion(self.table, row, columns.max);
                let beside = named.as_ref().map(|(_, _, column)| *column);
                let declared = layout::total(self.table, row, columns.max, beside, &mut self.faults);
                if let Some((id, name, _)) = named {
                    let criterion = self.scheme.criterion(&id);
                    criterion.declared = declared.or(criterion.declared.take());
                    if criterion.name.is_empty() {
                        criterion.name = name;
                    }
                    self.block = Some(id);
                }
            }
            Err(missing) => {
                self.columns = None;
                self.scheme.unsummed = true;
                for name in missing {
                    self.faults.row(row, why("fault-missing-column", &[("column", name), ("column-en", name)]));
                }
            }
        }
    }

    fn row(&mut self, row: usize, columns: Columns) {
        let filled = |column: usize| !self.table.cell(row, column).is_empty();
        let (kind, score) = (filled(columns.kind), filled(columns.score));
        let of_aspect = [Some(columns.description), Some(columns.max), columns.section];
        // Whatever stands in a column of aspects is one, so that none is passed over because its type was forgotten.
        let aspect = kind || (!score && of_aspect.into_iter().flatten().any(filled));
        let text = filled(columns.text);
        if filled(columns.id) {
            self.close();
            self.named(row, columns);
        }
        if aspect {
            self.close();
            self.aspect(row, columns);
        } else if score || text {
            self.line(row, columns);
        } else if let Some(declared) = layout::total(self.table, row, columns.max, None, &mut self.faults) {
            self.scheme.declared = Some(declared);
        }
    }

    /// A row with an id: a sub-criterion, the criterion itself (in the older layout), or a remark.
    fn named(&mut self, row: usize, columns: Columns) {
        let id: String = self.table.cell(row, columns.id).chars().map(half_width).collect();
        let name = one_line(self.table.cell(row, columns.name));
        if let Some(letters) = criterion_of(&id) {
            self.below = if self.fits(row, columns, &id, letters) {
                let sub = SubCriterion { id: id.clone(), name, row, aspects: Vec::new(), used: false };
                self.scheme.criterion(letters).subs.push(sub);
                Below::Criterion(letters.to_owned())
            } else {
                Below::Fault
            };
        } else if is_criterion(&id) && !name.is_empty() {
            self.scheme.criterion(&id).name = name;
            self.block.get_or_insert(id);
            self.below = Below::Nothing;
        } else if !name.is_empty() || id.chars().count() <= LONGEST_ID {
            self.faults.cell(row, columns.id, why("fault-scheme-sub-id", &[("value", &id)]));
            self.below = Below::Fault;
        }
    }

    /// Is it the only sub-criterion of its id, in the block of its criterion?
    fn fits(&mut self, row: usize, columns: Columns, id: &str, letters: &str) -> bool {
        if let Some(before) = self.scheme.sub(id) {
            let args = [("id", id), ("row", &number(before.row).to_string())];
            self.faults.cell(row, columns.id, why("fault-scheme-sub-twice", &args));
            return false;
        }
        if let Some(block) = self.block.as_ref().filter(|block| *block != letters) {
            let args = [("id", id), ("criterion", block.as_str())];
            self.faults.cell(row, columns.id, why("fault-scheme-sub-elsewhere", &args));
            return false;
        }
        true
    }

    /// Sub-criteria that nothing stands below.
    fn empty_subs(&mut self) {
        let column = Columns::of(self.table, self.first).map_or(0, |columns| columns.id);
        self.faults.header = self.first;
        for sub in self.scheme.criteria.iter().flat_map(|criterion| &criterion.subs).filter(|sub| !sub.used) {
            self.faults.cell(sub.row, column, why("fault-scheme-sub-empty", &[("id", &sub.id)]));
        }
    }
}
