//! The values of a field, those of an entry together: a changed mark looks at one row. A value is a whole number over the denominator of its slot
//! and takes eight bytes; what is no such number is set apart.

use super::eval::{Missing, Value};
use super::plan::Plan;
use crate::exact::Exact;
use std::cmp::Ordering;
use std::collections::HashMap;

/// Cells at or below this are no numbers.
pub(super) const NO_VALUE: i64 = i64::MIN + 3;
const NOT_YET: i64 = i64::MIN;
const ABSENT: i64 = i64::MIN + 1;
const VOID: i64 = i64::MIN + 2;

#[derive(Clone, Debug)]
pub(super) struct Values {
    forms: Vec<Form>,
    /// By entry, then slot.
    cells: Vec<i64>,
    /// Numbers that do not fit their cell, by entry and slot.
    others: HashMap<(u32, u32), Exact>,
    /// For slots without a denominator, the numbers of all entries.
    free: Vec<Vec<Exact>>,
}

/// What the cells of a slot are.
#[derive(Clone, Copy, Debug)]
struct Form {
    /// Every number is a multiple of one over this, or stands in a column of its own.
    numbers: Numbers,
    /// Larger numbers than this, which no lane reckons with, are set apart.
    most: i64,
}

#[derive(Clone, Copy, Debug)]
enum Numbers {
    Over(i64),
    Free(usize),
}

impl Values {
    pub fn new(plan: &Plan, entries: usize) -> Self {
        let mut free = Vec::new();
        let forms: Vec<Form> = plan
            .slots
            .iter()
            .map(|slot| {
                let numbers = slot.den.map_or_else(
                    || {
                        free.push(vec![Exact::ZERO; entries]);
                        Numbers::Free(free.len() - 1)
                    },
                    Numbers::Over,
                );
                Form { numbers, most: slot.most }
            })
            .collect();
        Self { cells: vec![NOT_YET; entries * forms.len()], forms, others: HashMap::new(), free }
    }

    /// How many cells an entry has.
    pub const fn width(&self) -> usize {
        self.forms.len()
    }

    /// The cells of so many entries, one after the other.
    pub fn rows(&self, start: usize, count: usize) -> Option<&[i64]> {
        let width = self.forms.len();
        self.cells.get(start * width..(start + count) * width)
    }

    /// Puts in what a lane gave for the entries from `start` on, whatever stood there before.
    pub fn put(&mut self, slot: usize, start: usize, values: &[i64]) {
        let width = self.forms.len();
        if !self.others.is_empty() {
            for entry in start..start + values.len() {
                self.others.remove(&key(slot, entry));
            }
        }
        let Some(rows) = self.cells.get_mut(start * width..(start + values.len()) * width) else { return };
        for (row, value) in rows.chunks_exact_mut(width).zip(values) {
            if let Some(cell) = row.get_mut(slot) {
                *cell = *value;
            }
        }
    }

    pub fn get(&self, slot: usize, entry: usize) -> Value {
        match self.any(slot, entry) {
            NOT_YET => Err(Missing::NotYet),
            ABSENT => Err(Missing::Absent),
            VOID => Err(Missing::Void),
            NO_VALUE => self.other(slot, entry).cloned().ok_or(Missing::NotYet),
            cell => match self.forms.get(slot).ok_or(Missing::NotYet)?.numbers {
                Numbers::Over(den) => Ok(Exact::over_one(cell, den)),
                Numbers::Free(_) => Err(Missing::NotYet),
            },
        }
    }

    fn other(&self, slot: usize, entry: usize) -> Option<&Exact> {
        match self.forms.get(slot)?.numbers {
            Numbers::Over(_) => self.others.get(&key(slot, entry)),
            Numbers::Free(column) => self.free.get(column)?.get(entry),
        }
    }

    pub fn set(&mut self, slot: usize, entry: usize, value: Value) {
        let Some(form) = self.forms.get(slot).copied() else { return };
        if !self.others.is_empty() {
            self.others.remove(&key(slot, entry));
        }
        let cell = match value {
            Err(Missing::NotYet) => NOT_YET,
            Err(Missing::Absent) => ABSENT,
            Err(Missing::Void) => VOID,
            Ok(value) => {
                let fits = |cell: &i64| *cell > NO_VALUE && cell.unsigned_abs() <= form.most.unsigned_abs();
                match form.numbers {
                    Numbers::Over(den) => value.over(den).filter(fits).unwrap_or_else(|| {
                        self.others.insert(key(slot, entry), value);
                        NO_VALUE
                    }),
                    Numbers::Free(column) => {
                        if let Some(place) = self.free.get_mut(column).and_then(|column| column.get_mut(entry)) {
                            *place = value;
                        }
                        NO_VALUE
                    }
                }
            }
        };
        let width = self.forms.len();
        if let Some(place) = self.cells.get_mut(entry * width + slot) {
            *place = cell;
        }
    }

    /// Has the entry a value?
    pub fn has(&self, slot: usize, entry: usize) -> bool {
        self.any(slot, entry) >= NO_VALUE
    }

    /// The value in parts, where it is a number of them.
    pub fn cell(&self, slot: usize, entry: usize) -> Option<i64> {
        Some(self.any(slot, entry)).filter(|cell| *cell > NO_VALUE)
    }

    fn any(&self, slot: usize, entry: usize) -> i64 {
        self.cells.get(entry * self.forms.len() + slot).copied().unwrap_or(NOT_YET)
    }

    /// Compares the values of two entries that both have one.
    pub fn compare(&self, slot: usize, one: usize, other: usize) -> Option<Ordering> {
        match (self.cell(slot, one), self.cell(slot, other)) {
            (Some(left), Some(right)) => Some(left.cmp(&right)),
            _ => self.get(slot, one).ok().zip(self.get(slot, other).ok()).map(|(left, right)| left.cmp(&right)),
        }
    }

    /// Bytes it takes.
    pub fn bytes(&self) -> usize {
        let free: usize = self.free.iter().map(|column| size_of_val(column.as_slice())).sum();
        size_of_val(self.cells.as_slice()) + free + self.others.len() * size_of::<((u32, u32), Exact)>() * 2
    }
}

fn key(slot: usize, entry: usize) -> (u32, u32) {
    (u32::try_from(entry).unwrap_or(u32::MAX), u32::try_from(slot).unwrap_or(u32::MAX))
}
