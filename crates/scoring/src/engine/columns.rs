//! Marks in columns, one for each item: whole numbers over one denominator, with what does not fit set apart. A mark takes one, two
//! or four bytes, as large as the numbers of its item are.

mod cell;

pub(super) use cell::{Cell, Cells};

use super::eval::{Missing, Value};
use super::lane::most_of;
use crate::exact::Exact;
use crate::field::Mark;
use crate::rulebook::{Input, Item};
use cell::Raw;
use std::collections::HashMap;

/// Largest denominator of a column of marks.
const FINEST: i64 = 1_000_000;

/// Entries whose marks lie together, judge by judge: a processor does the same to all of them at once.
pub(super) const BLOCK: usize = 8;

/// The marks of one item: by block of entries, then attempt, then seat, then entry.
#[derive(Clone, Debug)]
pub(super) struct MarkColumn {
    pub seats: usize,
    pub attempts: usize,
    /// Every number is a multiple of one over this.
    pub den: i64,
    pub cells: Cells,
    /// Answers, and numbers that do not fit their cell.
    others: HashMap<u64, Mark>,
}

impl MarkColumn {
    pub fn new(item: &Item, seats: usize, entries: usize) -> Self {
        let attempts = usize::from(item.attempt_count());
        let den = finest(item);
        let cells = Cells::new(most_of(item, den), entries.next_multiple_of(BLOCK) * attempts * seats);
        Self { seats, attempts, den, cells, others: HashMap::new() }
    }

    pub const fn index(&self, entry: usize, attempt: usize, seat: usize) -> usize {
        let first = entry / BLOCK * BLOCK * self.attempts * self.seats;
        first + (attempt * self.seats + seat) * BLOCK + entry % BLOCK
    }

    pub fn set(&mut self, index: usize, mark: &Mark) {
        let raw = match mark {
            Mark::NotYet => Raw::NotYet,
            Mark::Absent => Raw::Absent,
            Mark::Void => Raw::Void,
            Mark::Value(value) => value.over(self.den).map_or(Raw::Other, Raw::Number),
            Mark::Answer(_) => Raw::Other,
        };
        let kept = self.cells.set(index, raw);
        let key = u64::try_from(index).unwrap_or(u64::MAX);
        if kept == Raw::Other {
            self.others.insert(key, mark.clone());
        } else if !self.others.is_empty() {
            self.others.remove(&key);
        }
    }

    pub fn mark(&self, index: usize) -> Mark {
        match self.cells.get(index) {
            Raw::NotYet => Mark::NotYet,
            Raw::Absent => Mark::Absent,
            Raw::Void => Mark::Void,
            Raw::Number(cell) => Mark::Value(Exact::over_one(cell, self.den)),
            Raw::Other => {
                let key = u64::try_from(index).unwrap_or(u64::MAX);
                self.others.get(&key).cloned().unwrap_or(Mark::NotYet)
            }
        }
    }

    pub fn value(&self, index: usize) -> Value {
        match self.mark(index) {
            Mark::Value(value) => Ok(value),
            Mark::NotYet => Err(Missing::NotYet),
            Mark::Absent => Err(Missing::Absent),
            // An answer becomes a number by being compared, never by itself; the checker sees to that.
            Mark::Void | Mark::Answer(_) => Err(Missing::Void),
        }
    }

    /// Has nobody marked the item for this entry?
    pub fn untouched(&self, entry: usize) -> bool {
        (0..self.attempts * self.seats).all(|place| self.cells.get(self.index(entry, 0, place)) == Raw::NotYet)
    }

    /// Has nobody marked this attempt, while another one is marked?
    pub fn skipped(&self, entry: usize, attempt: usize) -> bool {
        (0..self.seats).all(|seat| self.cells.get(self.index(entry, attempt, seat)) == Raw::NotYet)
            && !self.untouched(entry)
    }
}

/// One over this is fine enough for every mark on the item's steps; three decimals where it has none.
pub(super) fn finest(item: &Item) -> i64 {
    let lcm = |values: &[Option<&Exact>]| {
        values.iter().flatten().try_fold(1i64, |lcm, value| {
            let den = value.denominator()?;
            (lcm / num_integer::gcd(lcm, den)).checked_mul(den).filter(|den| *den <= FINEST)
        })
    };
    let den = match &item.input {
        Input::Number { min, step: Some(step), .. } => lcm(&[min.as_ref(), Some(step)]),
        Input::Deduction { each: None, step: Some(step), .. } | Input::Time { step: Some(step), .. } => {
            lcm(&[Some(step)])
        }
        Input::Choice { options } => lcm(&options.iter().map(|option| Some(&option.value)).collect::<Vec<_>>()),
        Input::Number { .. } | Input::Time { .. } | Input::Deduction { each: None, .. } => Some(1000),
        Input::Level { .. }
        | Input::Tick {}
        | Input::Vote {}
        | Input::Count { .. }
        | Input::Placing { .. }
        | Input::Answer { .. }
        | Input::Deduction { each: Some(_), .. } => Some(1),
    };
    den.unwrap_or(1000)
}

impl MarkColumn {
    /// Bytes it takes.
    pub fn bytes(&self) -> usize {
        self.cells.bytes() + self.others.len() * size_of::<(u64, Mark)>() * 2
    }
}
