//! Sums of a panel's marks, with or without its extremes.

use super::Dirty;
use crate::engine::columns::{BLOCK, Cell, Cells, MarkColumn};
use crate::exact::{Exact, RoundMode};
use std::ops::Range;

/// Most judges whose marks are sorted on the way.
const MOST_SEATS: usize = 99;

/// The sum of a panel's marks without its lowest and highest, so many times.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Panel {
    pub item: usize,
    pub low: usize,
    pub high: usize,
    pub width: Width,
    pub times: i64,
}

/// What a whole panel's sum fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum Width {
    Short,
    Long,
    Longer,
}

impl Width {
    /// For a sum of a magnitude up to `most`.
    pub fn of(most: i128) -> Self {
        if most < 0x8000 {
            Self::Short
        } else if most < 0x8000_0000 {
            Self::Long
        } else {
            Self::Longer
        }
    }
}

impl Panel {
    /// For one entry, or for a piece that begins with a block.
    pub fn run(&self, column: &MarkColumn, start: usize, out: &mut [i64], dirty: &mut Dirty) {
        let seats = column.seats;
        if self.low + self.high > seats || seats > MOST_SEATS {
            dirty.all();
            return;
        }
        match (&column.cells, self.width) {
            // As many bytes as there can be seats add up to less than 2^15.
            (Cells::Byte(cells), _) => self.piece::<i8, i16>(cells, seats, start, out, dirty),
            (Cells::Short(cells), Width::Short) => self.piece::<i16, i16>(cells, seats, start, out, dirty),
            (Cells::Short(cells), _) => self.piece::<i16, i32>(cells, seats, start, out, dirty),
            (Cells::Long(cells), _) => self.piece::<i32, i32>(cells, seats, start, out, dirty),
        }
    }

    fn piece<T: Cell, S: Sum<T>>(&self, cells: &[T], seats: usize, start: usize, out: &mut [i64], dirty: &mut Dirty) {
        match self.blocks::<T, S>(cells, seats, start, out) {
            Some(false) => {}
            Some(true) => dirty.mark(rows(cells, seats, start..start + out.len(), |row| row.iter().any(T::is_gap))),
            None => {
                let sums = rows(cells, seats, start..start + out.len(), |row| self.row(row));
                for (place, (out, sum)) in out.iter_mut().zip(sums).enumerate() {
                    match sum {
                        Some(sum) => *out = sum,
                        None => dirty.add(place),
                    }
                }
            }
        }
    }

    /// The usual sizes of panels, each with its own loop that the compiler unrolls. Says whether there was any gap; `None` for other sizes.
    fn blocks<T: Cell, S: Sum<T>>(&self, cells: &[T], seats: usize, start: usize, out: &mut [i64]) -> Option<bool> {
        if self.width == Width::Longer || out.len() == 1 {
            return None;
        }
        let cells = cells.get(start * seats..(start + out.len()).next_multiple_of(BLOCK) * seats)?;
        match (seats, self.low, self.high) {
            (3, 0, 0) => Some(self.whole::<T, S, 3>(cells, out)),
            (5, 0, 0) => Some(self.whole::<T, S, 5>(cells, out)),
            (5, 1, 1) => Some(self.without_extremes::<T, S, 5>(cells, out)),
            (7, 0, 0) => Some(self.whole::<T, S, 7>(cells, out)),
            (7, 1, 1) => Some(self.without_extremes::<T, S, 7>(cells, out)),
            (9, 1, 1) => Some(self.without_extremes::<T, S, 9>(cells, out)),
            _ => None,
        }
    }

    fn whole<T: Cell, S: Sum<T>, const SEATS: usize>(&self, cells: &[T], out: &mut [i64]) -> bool {
        abreast::<T, S, SEATS>(cells, out, |sum, _, _| sum.into().wrapping_mul(self.times))
    }

    fn without_extremes<T: Cell, S: Sum<T>, const SEATS: usize>(&self, cells: &[T], out: &mut [i64]) -> bool {
        abreast::<T, S, SEATS>(cells, out, |sum, low, high| sum.less(low).less(high).into().wrapping_mul(self.times))
    }

    /// For one entry; `None` where there is a gap.
    fn row<T: Cell>(&self, row: &mut [T]) -> Option<i64> {
        if row.iter().any(T::is_gap) {
            return None;
        }
        row.sort_unstable();
        let kept = row.get(self.low..row.len() - self.high)?.iter();
        Some(kept.map(|cell| -> i64 { (*cell).into() }).sum::<i64>().wrapping_mul(self.times))
    }
}

/// What is made of the marks of each entry.
fn rows<T: Cell, R>(
    cells: &[T],
    seats: usize,
    entries: Range<usize>,
    mut made: impl FnMut(&mut [T]) -> R,
) -> impl Iterator<Item = R> {
    let mut own = [T::NOT_YET; MOST_SEATS];
    entries.map(move |entry| {
        let own = own.get_mut(..seats).unwrap_or_default();
        let block = cells.iter().skip(entry / BLOCK * BLOCK * seats + entry % BLOCK).step_by(BLOCK);
        own.iter_mut().zip(block).for_each(|(own, cell)| *own = *cell);
        made(own)
    })
}

/// A number that marks are added up in. A gap may wrap it around: its entry is dirty then.
trait Sum<T>: Copy + Ord + Into<i64> {
    const ZERO: Self;
    const LOWEST: Self;
    const HIGHEST: Self;
    fn of(cell: T) -> Self;
    fn more(self, other: Self) -> Self;
    fn less(self, other: Self) -> Self;
}

macro_rules! sum {
    ($sum:ty, $cell:ty) => {
        impl Sum<$cell> for $sum {
            const ZERO: Self = 0;
            const LOWEST: Self = Self::MIN;
            const HIGHEST: Self = Self::MAX;
            fn of(cell: $cell) -> Self {
                cell.into()
            }
            fn more(self, other: Self) -> Self {
                self.wrapping_add(other)
            }
            fn less(self, other: Self) -> Self {
                self.wrapping_sub(other)
            }
        }
    };
}

sum!(i16, i8);
sum!(i16, i16);
sum!(i32, i16);
sum!(i32, i32);

/// Gives each entry what is made of the sum, the lowest and the highest of its marks; says whether there was any gap.
#[inline(always)]
fn abreast<T: Cell, S: Sum<T>, const SEATS: usize>(
    cells: &[T],
    out: &mut [i64],
    made: impl Fn(S, S, S) -> i64,
) -> bool {
    let (judges, _) = cells.as_chunks::<BLOCK>();
    let (blocks, _) = judges.as_chunks::<SEATS>();
    let (outs, last) = out.as_chunks_mut::<BLOCK>();
    let mut least = [S::HIGHEST; BLOCK];
    for (out, judges) in outs.iter_mut().zip(blocks) {
        block(judges, out, &mut least, &made);
    }
    // The last block may have more places than there are entries.
    if let Some(judges) = blocks.get(outs.len()) {
        let mut all = [0; BLOCK];
        block(judges, &mut all, &mut least, &made);
        last.iter_mut().zip(all).for_each(|(out, own)| *out = own);
    }
    least.iter().any(|least| *least <= S::of(T::OTHER))
}

/// The same for the entries of one block; the lowest cells of all blocks gather in `least`.
#[inline(always)]
fn block<T: Cell, S: Sum<T>, const SEATS: usize>(
    judges: &[[T; BLOCK]; SEATS],
    out: &mut [i64; BLOCK],
    least: &mut [S; BLOCK],
    made: &impl Fn(S, S, S) -> i64,
) {
    let (mut sums, mut lows, mut highs) = ([S::ZERO; BLOCK], [S::HIGHEST; BLOCK], [S::LOWEST; BLOCK]);
    for judge in judges {
        for one in 0..BLOCK {
            let cell = S::of(judge[one]);
            sums[one] = sums[one].more(cell);
            lows[one] = lows[one].min(cell);
            highs[one] = highs[one].max(cell);
        }
    }
    for one in 0..BLOCK {
        least[one] = least[one].min(lows[one]);
        out[one] = made(sums[one], lows[one], highs[one]);
    }
}

/// Marks the entries dirty whose judges are further apart than the limit: their item has no score, which the other way of computing says.
pub(in crate::engine) fn wide_spread(
    column: &MarkColumn,
    limit: &Exact,
    start: usize,
    count: usize,
    dirty: &mut Dirty,
) {
    let parts = (limit * &Exact::from_int(column.den)).round(0, RoundMode::Floor).to_int();
    let entries = start..start + count;
    match (&column.cells, parts.filter(|_| column.seats > 0 && column.seats <= MOST_SEATS)) {
        (Cells::Byte(cells), Some(parts)) => dirty.mark(rows(cells, column.seats, entries, |row| apart(row, parts))),
        (Cells::Short(cells), Some(parts)) => dirty.mark(rows(cells, column.seats, entries, |row| apart(row, parts))),
        (Cells::Long(cells), Some(parts)) => dirty.mark(rows(cells, column.seats, entries, |row| apart(row, parts))),
        (_, None) => dirty.all(),
    }
}

/// A number that does not fit its cell may lie anywhere.
fn apart<T: Cell>(row: &mut [T], parts: i64) -> bool {
    let low = row.iter().min().copied().unwrap_or(T::OTHER);
    let high: i64 = row.iter().max().copied().unwrap_or(T::OTHER).into();
    low <= T::OTHER || high - Into::<i64>::into(low) > parts
}
