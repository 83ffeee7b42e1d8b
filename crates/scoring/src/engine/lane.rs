//! Computing whole columns at once: the same laws over 64-bit whole numbers, for rulebooks whose numbers are known to fit.
//!
//! A lane is compiled only where every value is a whole number of parts of one denominator known beforehand, and no step can leave 63 bits.
//! It looks at values alone: an entry with any gap, or with a number that does not fit its cell, is left to [`super::eval`]. Both give the same
//! results, which the tests hold against each other.

mod divide;
mod shape;

pub(super) use shape::{Shape, compile, denominator};

use super::columns::{MarkColumn, NO_MARK, NO_VALUE, SlotColumn};
use super::sheet::Sheet;
use crate::exact::Exact;
use crate::rulebook::Relation;
use divide::Divide;

/// Entries computed at a time.
pub(super) const CHUNK: usize = 512;
/// Most judges whose marks are sorted on the way.
const MOST_SEATS: usize = 99;

/// One step over a piece of a column.
#[derive(Clone, Debug)]
pub(super) enum Lane {
    /// The one mark of an item.
    Mark(usize),
    /// The sum of a panel's marks without its lowest and highest.
    /// `narrow` where a whole panel's sum fits 32 bits.
    Panel {
        item: usize,
        low: usize,
        high: usize,
        narrow: bool,
    },
    Slot(usize),
    Constant(i64),
    /// A constant and each lane so many times.
    Linear {
        constant: i64,
        terms: Vec<(Self, i64)>,
    },
    Product(Box<Self>, Box<Self>),
    /// The smallest or the largest.
    Extreme {
        of: Vec<Self>,
        largest: bool,
    },
    Abs(Box<Self>),
    Round {
        of: Box<Self>,
        times: i64,
        divide: Divide,
    },
    /// Points of the first band whose relation to its edge holds; value and edge are in the same parts.
    Table {
        of: Box<Self>,
        times: i64,
        bands: Vec<(Relation, i64, i64)>,
        otherwise: i64,
    },
    Choose {
        left: Box<Self>,
        is: Relation,
        right: Box<Self>,
        then: Box<Self>,
        otherwise: Box<Self>,
    },
}

const fn holds(is: Relation, left: i64, right: i64) -> bool {
    match is {
        Relation::Less => left < right,
        Relation::AtMost => left <= right,
        Relation::Equal => left == right,
        Relation::AtLeast => left >= right,
        Relation::More => left > right,
    }
}

impl Lane {
    /// Computes the entries from `start` on. What it gives for an entry it calls dirty means nothing.
    pub fn run(&self, sheet: &Sheet, start: usize, out: &mut [i64], dirty: &mut [bool]) {
        match self {
            Self::Mark(item) => mark(&sheet.marks[*item], start, out, dirty),
            Self::Panel { item, low, high, narrow } => {
                panel(&sheet.marks[*item], start, (*low, *high, *narrow), out, dirty);
            }
            Self::Slot(slot) => match cells(sheet, *slot, start, out.len()) {
                None => dirty.fill(true),
                Some(cells) => {
                    out.copy_from_slice(cells);
                    gaps(cells, dirty);
                }
            },
            Self::Constant(value) => out.fill(*value),
            Self::Linear { constant, terms } => {
                out.fill(*constant);
                let mut own = [0i64; CHUNK];
                let own = &mut own[..out.len()];
                for (term, times) in terms {
                    if let Self::Slot(slot) = term
                        && let Some(cells) = cells(sheet, *slot, start, out.len())
                    {
                        gaps(cells, dirty);
                        let all = out.iter_mut().zip(cells);
                        // Whole numbers of 64 bits are added many at once, but multiplied one by one.
                        if *times == 1 {
                            all.for_each(|(out, cell)| *out = out.wrapping_add(*cell));
                        } else {
                            all.for_each(|(out, cell)| *out = out.wrapping_add(cell.wrapping_mul(*times)));
                        }
                        continue;
                    }
                    term.run(sheet, start, own, dirty);
                    if *times == 1 {
                        out.iter_mut().zip(&*own).for_each(|(out, own)| *out = out.wrapping_add(*own));
                    } else {
                        out.iter_mut()
                            .zip(&*own)
                            .for_each(|(out, own)| *out = out.wrapping_add(own.wrapping_mul(*times)));
                    }
                }
            }
            Self::Product(left, right) => {
                left.run(sheet, start, out, dirty);
                with(right, sheet, start, out, dirty, i64::wrapping_mul);
            }
            Self::Extreme { of, largest } => {
                let Some((first, rest)) = of.split_first() else { return };
                first.run(sheet, start, out, dirty);
                for one in rest {
                    with(one, sheet, start, out, dirty, if *largest { i64::max } else { i64::min });
                }
            }
            Self::Abs(of) => {
                of.run(sheet, start, out, dirty);
                out.iter_mut().for_each(|out| *out = out.wrapping_abs());
            }
            Self::Round { of, times, divide } => {
                of.run(sheet, start, out, dirty);
                divide.all(out, *times);
            }
            Self::Table { of, times, bands, otherwise } => {
                of.run(sheet, start, out, dirty);
                for out in out {
                    let value = out.wrapping_mul(*times);
                    let band = bands.iter().find(|(is, edge, _)| holds(*is, value, *edge));
                    *out = band.map_or(*otherwise, |(_, _, points)| *points);
                }
            }
            Self::Choose { left, is, right, then, otherwise } => {
                let mut sides = [[0i64; CHUNK]; 3];
                let [one, other, no] = &mut sides;
                let size = out.len();
                left.run(sheet, start, &mut one[..size], dirty);
                right.run(sheet, start, &mut other[..size], dirty);
                // The value that is not taken must not make an entry dirty for nothing, but it may: the result is the same.
                then.run(sheet, start, out, dirty);
                otherwise.run(sheet, start, &mut no[..size], dirty);
                for (place, out) in out.iter_mut().enumerate() {
                    if !holds(*is, one[place], other[place]) {
                        *out = no[place];
                    }
                }
            }
        }
    }
}

/// A piece of a column, where it is one of numbers over a denominator.
fn cells(sheet: &Sheet, slot: usize, start: usize, count: usize) -> Option<&[i64]> {
    match sheet.slots.get(slot)? {
        SlotColumn::Scaled(column) => column.cells.get(start..start + count),
        SlotColumn::Free(_) => None,
    }
}

/// Marks the entries without a number dirty.
fn gaps(cells: &[i64], dirty: &mut [bool]) {
    // No number of a lane reaches 2^62, so its two highest bits are equal; those of a gap differ. This looks at many at once.
    if cells.iter().fold(0, |all, cell| all | (cell ^ (cell << 1))) < 0 {
        dirty.iter_mut().zip(cells).for_each(|(dirty, cell)| *dirty |= *cell <= NO_VALUE);
    }
}

/// Joins what another lane gives to what is there.
fn with(lane: &Lane, sheet: &Sheet, start: usize, out: &mut [i64], dirty: &mut [bool], join: impl Fn(i64, i64) -> i64) {
    let mut own = [0i64; CHUNK];
    let own = &mut own[..out.len()];
    lane.run(sheet, start, own, dirty);
    out.iter_mut().zip(&*own).for_each(|(out, own)| *out = join(*out, *own));
}

fn mark(column: &MarkColumn, start: usize, out: &mut [i64], dirty: &mut [bool]) {
    let Some(cells) = column.cells.get(start..start + out.len()) else {
        dirty.fill(true);
        return;
    };
    for ((out, dirty), cell) in out.iter_mut().zip(dirty).zip(cells) {
        *out = i64::from(*cell);
        *dirty |= *cell <= NO_MARK;
    }
}

fn panel(
    column: &MarkColumn,
    start: usize,
    (low, high, narrow): (usize, usize, bool),
    out: &mut [i64],
    dirty: &mut [bool],
) {
    let seats = column.seats;
    let Some(cells) = column.cells.get(start * seats..(start + out.len()) * seats) else {
        dirty.fill(true);
        return;
    };
    // The usual sizes of panels, each with its own loop that the compiler unrolls.
    match (seats, low, high) {
        (3, 0, 0) if narrow => whole::<3>(cells, out, dirty),
        (5, 0, 0) if narrow => whole::<5>(cells, out, dirty),
        (5, 1, 1) if narrow => without_extremes::<5>(cells, out, dirty),
        (7, 0, 0) if narrow => whole::<7>(cells, out, dirty),
        (7, 1, 1) if narrow => without_extremes::<7>(cells, out, dirty),
        (9, 1, 1) if narrow => without_extremes::<9>(cells, out, dirty),
        _ => sorted(cells, seats, (low, high), out, dirty),
    }
}

fn whole<const SEATS: usize>(cells: &[i32], out: &mut [i64], dirty: &mut [bool]) {
    let (rows, _) = cells.as_chunks::<SEATS>();
    for ((out, dirty), row) in out.iter_mut().zip(dirty).zip(rows) {
        let (mut sum, mut low) = (0i32, i32::MAX);
        for cell in row {
            // A gap may wrap it around: the entry is dirty then.
            sum = sum.wrapping_add(*cell);
            low = low.min(*cell);
        }
        *out = i64::from(sum);
        *dirty |= low <= NO_MARK;
    }
}

fn without_extremes<const SEATS: usize>(cells: &[i32], out: &mut [i64], dirty: &mut [bool]) {
    let (rows, _) = cells.as_chunks::<SEATS>();
    for ((out, dirty), row) in out.iter_mut().zip(dirty).zip(rows) {
        let (mut sum, mut low, mut high) = (0i32, i32::MAX, i32::MIN);
        for cell in row {
            sum = sum.wrapping_add(*cell);
            low = low.min(*cell);
            high = high.max(*cell);
        }
        *out = i64::from(sum.wrapping_sub(low).wrapping_sub(high));
        *dirty |= low <= NO_MARK;
    }
}

fn sorted(cells: &[i32], seats: usize, (low, high): (usize, usize), out: &mut [i64], dirty: &mut [bool]) {
    if seats == 0 || seats > MOST_SEATS || low + high > seats {
        dirty.fill(true);
        return;
    }
    let mut own = [0i32; MOST_SEATS];
    let own = &mut own[..seats];
    for ((out, dirty), row) in out.iter_mut().zip(dirty).zip(cells.chunks_exact(seats)) {
        own.copy_from_slice(row);
        own.sort_unstable();
        *dirty |= own[0] <= NO_MARK;
        *out = own[low..seats - high].iter().map(|cell| i64::from(*cell)).sum();
    }
}

/// Marks the entries dirty whose judges are further apart than the limit: their item has no score, which the other way of computing says.
pub(super) fn wide_spread(column: &MarkColumn, limit: &Exact, start: usize, dirty: &mut [bool]) {
    let seats = column.seats;
    let parts = (limit * &Exact::from_int(column.den)).round(0, crate::RoundMode::Floor).to_int();
    let cells = column.cells.get(start * seats..(start + dirty.len()) * seats);
    let (Some(parts), Some(cells), true) = (parts, cells, seats > 0) else {
        dirty.fill(true);
        return;
    };
    for (dirty, row) in dirty.iter_mut().zip(cells.chunks_exact(seats)) {
        let (low, high) = row.iter().fold((i32::MAX, i32::MIN), |(low, high), cell| (low.min(*cell), high.max(*cell)));
        // A number that does not fit its cell may lie anywhere.
        *dirty |= low <= NO_MARK || i64::from(high) - i64::from(low) > parts;
    }
}
