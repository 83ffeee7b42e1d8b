//! Marks and values in columns: whole numbers over one denominator, with what does not fit set apart. A mark takes four bytes, a value eight.

use super::eval::{Missing, Value};
use crate::exact::Exact;
use crate::field::Mark;
use crate::rulebook::{Input, Item};
use std::collections::HashMap;

/// Cells at or below this are no numbers.
pub(super) const NO_MARK: i32 = i32::MIN + 3;
const NOT_YET_MARK: i32 = i32::MIN;
const ABSENT_MARK: i32 = i32::MIN + 1;
const VOID_MARK: i32 = i32::MIN + 2;

/// Cells at or below this are no numbers.
pub(super) const NO_VALUE: i64 = i64::MIN + 3;
const NOT_YET: i64 = i64::MIN;
const ABSENT: i64 = i64::MIN + 1;
const VOID: i64 = i64::MIN + 2;

/// Largest denominator of a column of marks.
const FINEST: i64 = 1_000_000;

/// The marks of one item: by entry, then attempt, then seat.
#[derive(Clone, Debug)]
pub(super) struct MarkColumn {
    pub seats: usize,
    pub attempts: usize,
    /// Every number is a multiple of one over this.
    pub den: i64,
    pub cells: Vec<i32>,
    /// Answers, and numbers that do not fit their cell.
    others: HashMap<u64, Mark>,
}

impl MarkColumn {
    pub fn new(item: &Item, seats: usize, entries: usize) -> Self {
        let attempts = usize::from(item.attempt_count());
        Self {
            seats,
            attempts,
            den: finest(item),
            cells: vec![NOT_YET_MARK; entries * attempts * seats],
            others: HashMap::new(),
        }
    }

    pub const fn index(&self, entry: usize, attempt: usize, seat: usize) -> usize {
        (entry * self.attempts + attempt) * self.seats + seat
    }

    /// The cells of one entry.
    pub fn of_entry(&self, entry: usize) -> std::ops::Range<usize> {
        let size = self.attempts * self.seats;
        entry * size..(entry + 1) * size
    }

    pub fn set(&mut self, index: usize, mark: &Mark) {
        let cell = match mark {
            Mark::NotYet => Some(NOT_YET_MARK),
            Mark::Absent => Some(ABSENT_MARK),
            Mark::Void => Some(VOID_MARK),
            Mark::Value(value) => {
                value.over(self.den).and_then(|cell| i32::try_from(cell).ok()).filter(|cell| *cell > NO_MARK)
            }
            Mark::Answer(_) => None,
        };
        let key = u64::try_from(index).unwrap_or(u64::MAX);
        if cell.is_none() {
            self.others.insert(key, mark.clone());
        } else if !self.others.is_empty() {
            self.others.remove(&key);
        }
        if let Some(place) = self.cells.get_mut(index) {
            *place = cell.unwrap_or(NO_MARK);
        }
    }

    pub fn mark(&self, index: usize) -> Mark {
        match self.cells.get(index).copied() {
            None | Some(NOT_YET_MARK) => Mark::NotYet,
            Some(ABSENT_MARK) => Mark::Absent,
            Some(VOID_MARK) => Mark::Void,
            Some(NO_MARK) => {
                let key = u64::try_from(index).unwrap_or(u64::MAX);
                self.others.get(&key).cloned().unwrap_or(Mark::NotYet)
            }
            Some(cell) => Mark::Value(Exact::over_one(i64::from(cell), self.den)),
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
        self.cells.get(self.of_entry(entry)).is_none_or(|cells| cells.iter().all(|cell| *cell == NOT_YET_MARK))
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

/// The values of one slot, by entry.
#[derive(Clone, Debug)]
pub(super) enum SlotColumn {
    /// Whole numbers over one denominator.
    Scaled(Scaled),
    /// Anything.
    Free(Vec<Value>),
}

#[derive(Clone, Debug)]
pub(super) struct Scaled {
    pub den: i64,
    /// Larger numbers than this, which no lane reckons with, are set apart.
    most: i64,
    pub cells: Vec<i64>,
    others: HashMap<u32, Exact>,
}

impl SlotColumn {
    pub fn new(den: Option<i64>, most: i64, entries: usize) -> Self {
        match den {
            Some(den) => Self::Scaled(Scaled { den, most, cells: vec![NOT_YET; entries], others: HashMap::new() }),
            None => Self::Free(vec![Err(Missing::NotYet); entries]),
        }
    }

    pub fn get(&self, entry: usize) -> Value {
        match self {
            Self::Free(values) => values.get(entry).cloned().unwrap_or(Err(Missing::NotYet)),
            Self::Scaled(column) => match column.cells.get(entry).copied() {
                None | Some(NOT_YET) => Err(Missing::NotYet),
                Some(ABSENT) => Err(Missing::Absent),
                Some(VOID) => Err(Missing::Void),
                Some(NO_VALUE) => column.other(entry).cloned().ok_or(Missing::NotYet),
                Some(cell) => Ok(Exact::over_one(cell, column.den)),
            },
        }
    }

    pub fn set(&mut self, entry: usize, value: Value) {
        match self {
            Self::Free(values) => {
                if let Some(place) = values.get_mut(entry) {
                    *place = value;
                }
            }
            Self::Scaled(column) => {
                let key = u32::try_from(entry).unwrap_or(u32::MAX);
                if !column.others.is_empty() {
                    column.others.remove(&key);
                }
                let cell = match value {
                    Err(Missing::NotYet) => NOT_YET,
                    Err(Missing::Absent) => ABSENT,
                    Err(Missing::Void) => VOID,
                    Ok(value) => match value
                        .over(column.den)
                        .filter(|cell| *cell > NO_VALUE && cell.unsigned_abs() <= column.most.unsigned_abs())
                    {
                        Some(cell) => cell,
                        None => {
                            column.others.insert(key, value);
                            NO_VALUE
                        }
                    },
                };
                if let Some(place) = column.cells.get_mut(entry) {
                    *place = cell;
                }
            }
        }
    }

    /// Has the entry a value?
    pub fn has(&self, entry: usize) -> bool {
        match self {
            Self::Scaled(column) => column.cells.get(entry).is_some_and(|cell| *cell >= NO_VALUE),
            Self::Free(values) => values.get(entry).is_some_and(Result::is_ok),
        }
    }

    /// The value in parts, where it is a number of them.
    pub fn cell(&self, entry: usize) -> Option<i64> {
        match self {
            Self::Scaled(column) => column.cells.get(entry).copied().filter(|cell| *cell > NO_VALUE),
            Self::Free(_) => None,
        }
    }

    /// Compares the values of two entries that both have one.
    pub fn compare(&self, one: usize, other: usize) -> Option<std::cmp::Ordering> {
        if let Self::Scaled(column) = self
            && let (Some(left), Some(right)) = (column.cells.get(one), column.cells.get(other))
            && *left > NO_VALUE
            && *right > NO_VALUE
        {
            return Some(left.cmp(right));
        }
        match (self.get(one), self.get(other)) {
            (Ok(left), Ok(right)) => Some(left.cmp(&right)),
            _ => None,
        }
    }

    /// Bytes it takes.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Scaled(column) => size_of_val(column.cells.as_slice()) + column.others.len() * size_of::<Exact>() * 2,
            Self::Free(values) => size_of_val(values.as_slice()),
        }
    }
}

impl Scaled {
    /// The place of an entry's number, whatever stood there before.
    pub fn place(&mut self, entry: usize) -> Option<&mut i64> {
        if !self.others.is_empty() {
            self.others.remove(&u32::try_from(entry).ok()?);
        }
        self.cells.get_mut(entry)
    }

    fn other(&self, entry: usize) -> Option<&Exact> {
        self.others.get(&u32::try_from(entry).ok()?)
    }
}

impl MarkColumn {
    /// Bytes it takes.
    pub fn bytes(&self) -> usize {
        size_of_val(self.cells.as_slice()) + self.others.len() * size_of::<(u64, Mark)>() * 2
    }
}
