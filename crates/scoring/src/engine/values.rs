//! The values of a field, those of an entry together: a changed mark looks at one row. A value is a whole number over the denominator of its slot
//! and takes four bytes where all numbers of the rulebook are short, otherwise eight; what is no such number is set apart.

use super::eval::{Missing, Value};
use super::near;
use super::plan::Plan;
use crate::exact::Exact;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::{BitOr, BitXor, Shl};

/// Cells at or below this are no numbers.
const NO_VALUE: i64 = i64::MIN + 3;
const NOT_YET: i64 = i64::MIN;
const ABSENT: i64 = i64::MIN + 1;
const VOID: i64 = i64::MIN + 2;
/// No short number reaches this, so that its two highest bits are equal and those of a gap differ, as with long ones.
const SHORT: i64 = 1 << 30;

/// A cell: a number, or at the very end of what it can hold one of the four gaps.
pub(super) trait Number:
    Copy + Default + PartialOrd + BitXor<Output = Self> + BitOr<Output = Self> + Shl<u32, Output = Self>
{
    /// What it holds.
    fn long(self) -> i64;
    /// The cell that holds it.
    fn of(value: i64) -> Self;

    /// Negative for a gap, for no number negative; several are looked at together with [`Number::or`].
    fn torn(self) -> Self {
        self ^ (self << 1)
    }

    fn or(self, other: Self) -> Self {
        self | other
    }

    fn is_torn(self) -> bool {
        self < Self::default()
    }
}

impl Number for i64 {
    fn long(self) -> i64 {
        self
    }

    fn of(value: i64) -> Self {
        value
    }
}

/// How far a gap of a short cell is from the same gap of a long one.
const FURTHER: i64 = i64::MIN - i32::MIN as i64;

impl Number for i32 {
    fn long(self) -> i64 {
        let long = i64::from(self);
        if long < -SHORT { long + FURTHER } else { long }
    }

    fn of(value: i64) -> Self {
        let near = if value <= NO_VALUE { value - FURTHER } else { value };
        // What a lane gives beside a gap can be anything, and is computed anew before it is looked at.
        Self::try_from(near).unwrap_or(Self::MIN)
    }
}

/// Cells by entry, then slot.
#[derive(Clone, Debug)]
pub(super) enum Rows {
    Short(Vec<i32>),
    Long(Vec<i64>),
}

#[derive(Clone, Debug)]
pub(super) struct Values {
    forms: Vec<Form>,
    cells: Rows,
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
        let short = plan.slots.iter().all(|slot| slot.den.is_none() || slot.most < SHORT);
        let count = entries * forms.len();
        let cells = if short { Rows::Short(vec![i32::of(NOT_YET); count]) } else { Rows::Long(vec![NOT_YET; count]) };
        Self { cells, forms, others: HashMap::new(), free }
    }

    /// How many cells an entry has.
    pub const fn width(&self) -> usize {
        self.forms.len()
    }

    /// All cells: of each entry [`Values::width`], one entry after the other.
    pub const fn rows(&self) -> &Rows {
        &self.cells
    }

    /// Puts in what a lane gave for the entries from `start` on, whatever stood there before.
    pub fn put(&mut self, slot: usize, start: usize, values: &[i64]) {
        let width = self.forms.len();
        if !self.others.is_empty() {
            for entry in start..start + values.len() {
                self.others.remove(&key(slot, entry));
            }
        }
        match &mut self.cells {
            Rows::Short(cells) => put(cells, width, slot, start, values),
            Rows::Long(cells) => put(cells, width, slot, start, values),
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
        let at = entry * self.forms.len() + slot;
        match &mut self.cells {
            Rows::Short(cells) => cells.get_mut(at).into_iter().for_each(|place| *place = i32::of(cell)),
            Rows::Long(cells) => cells.get_mut(at).into_iter().for_each(|place| *place = cell),
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
        let at = entry * self.forms.len() + slot;
        match &self.cells {
            Rows::Short(cells) => cells.get(at).map_or(NOT_YET, |cell| cell.long()),
            Rows::Long(cells) => cells.get(at).copied().unwrap_or(NOT_YET),
        }
    }

    /// Looks at all values of an entry, whose memory brings them together.
    pub fn bring(&self, entry: usize) {
        let width = self.forms.len();
        let row = entry * width..(entry + 1) * width;
        match &self.cells {
            Rows::Short(cells) => near::bring(cells.get(row)),
            Rows::Long(cells) => near::bring(cells.get(row)),
        }
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
        let cells = match &self.cells {
            Rows::Short(cells) => size_of_val(cells.as_slice()),
            Rows::Long(cells) => size_of_val(cells.as_slice()),
        };
        cells + free + self.others.len() * size_of::<((u32, u32), Exact)>() * 2
    }
}

fn put<C: Number>(cells: &mut [C], width: usize, slot: usize, start: usize, values: &[i64]) {
    let Some(rows) = cells.get_mut(start * width..(start + values.len()) * width) else { return };
    for (row, value) in rows.chunks_exact_mut(width).zip(values) {
        if let Some(cell) = row.get_mut(slot) {
            *cell = C::of(*value);
        }
    }
}

fn key(slot: usize, entry: usize) -> (u32, u32) {
    (u32::try_from(entry).unwrap_or(u32::MAX), u32::try_from(slot).unwrap_or(u32::MAX))
}
