//! The cells of a column of marks: numbers of one, two or four bytes, the lowest of which stand for what is no number.

use crate::engine::near;
use std::ops::Range;

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum Raw {
    Number(i64),
    NotYet,
    Absent,
    Void,
    /// Something that stands elsewhere.
    Other,
}

/// A number that a mark is kept in.
pub(in crate::engine) trait Cell: Copy + Ord + Into<i32> + Into<i64> + TryFrom<i64> {
    const NOT_YET: Self;
    const ABSENT: Self;
    const VOID: Self;
    /// Cells at or below this are no numbers.
    const OTHER: Self;

    fn is_gap(&self) -> bool {
        *self <= Self::OTHER
    }
}

macro_rules! cell {
    ($cell:ty) => {
        impl Cell for $cell {
            const NOT_YET: Self = Self::MIN;
            const ABSENT: Self = Self::MIN + 1;
            const VOID: Self = Self::MIN + 2;
            const OTHER: Self = Self::MIN + 3;
        }
    };
}

cell!(i8);
cell!(i16);
cell!(i32);

/// Numbers of a magnitude below this take one byte.
const BYTE: i128 = 1 << 6;
/// Below this two, otherwise four.
const SHORT: i128 = 1 << 14;

#[derive(Clone, Debug)]
pub(in crate::engine) enum Cells {
    Byte(Vec<i8>),
    Short(Vec<i16>),
    Long(Vec<i32>),
}

impl Cells {
    /// So many cells with nothing in them, for numbers of a magnitude up to `most`.
    pub fn new(most: i128, count: usize) -> Self {
        if most < BYTE {
            Self::Byte(vec![Cell::NOT_YET; count])
        } else if most < SHORT {
            Self::Short(vec![Cell::NOT_YET; count])
        } else {
            Self::Long(vec![Cell::NOT_YET; count])
        }
    }

    pub fn get(&self, index: usize) -> Raw {
        match self {
            Self::Byte(cells) => get(cells, index),
            Self::Short(cells) => get(cells, index),
            Self::Long(cells) => get(cells, index),
        }
    }

    /// Looks at a range of cells, whose memory brings them together.
    pub fn bring(&self, range: Range<usize>) {
        match self {
            Self::Byte(cells) => near::bring(cells.get(range)),
            Self::Short(cells) => near::bring(cells.get(range)),
            Self::Long(cells) => near::bring(cells.get(range)),
        }
    }

    /// Puts something in, and says what the cell holds now: a number too large for it stands elsewhere.
    pub fn set(&mut self, index: usize, raw: Raw) -> Raw {
        match self {
            Self::Byte(cells) => set(cells, index, raw),
            Self::Short(cells) => set(cells, index, raw),
            Self::Long(cells) => set(cells, index, raw),
        }
    }

    /// Bytes it takes.
    pub const fn bytes(&self) -> usize {
        match self {
            Self::Byte(cells) => size_of_val(cells.as_slice()),
            Self::Short(cells) => size_of_val(cells.as_slice()),
            Self::Long(cells) => size_of_val(cells.as_slice()),
        }
    }
}

fn get<T: Cell>(cells: &[T], index: usize) -> Raw {
    match cells.get(index).copied() {
        Some(cell) if cell > T::OTHER => Raw::Number(cell.into()),
        Some(cell) if cell == T::OTHER => Raw::Other,
        Some(cell) if cell == T::VOID => Raw::Void,
        Some(cell) if cell == T::ABSENT => Raw::Absent,
        _ => Raw::NotYet,
    }
}

fn set<T: Cell>(cells: &mut [T], index: usize, raw: Raw) -> Raw {
    let (cell, kept) = match raw {
        Raw::Number(number) => match T::try_from(number).ok().filter(|cell| *cell > T::OTHER) {
            Some(cell) => (cell, raw),
            None => (T::OTHER, Raw::Other),
        },
        Raw::Other => (T::OTHER, raw),
        Raw::Void => (T::VOID, raw),
        Raw::Absent => (T::ABSENT, raw),
        Raw::NotYet => (T::NOT_YET, raw),
    };
    if let Some(place) = cells.get_mut(index) {
        *place = cell;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{BYTE, Cells, Raw, SHORT};

    #[test]
    fn what_goes_in_comes_out_or_stands_elsewhere() {
        let borders = [(BYTE - 1, i64::from(i8::MIN)), (BYTE, i64::from(i16::MIN)), (SHORT, i64::from(i32::MIN))];
        for (most, border) in borders {
            let mut cells = Cells::new(most, 1);
            assert_eq!(cells.get(0), Raw::NotYet, "nothing was marked");
            for raw in [Raw::Absent, Raw::Void, Raw::Other, Raw::NotYet, Raw::Number(0), Raw::Number(border + 4)] {
                assert_eq!(cells.set(0, raw), raw);
                assert_eq!(cells.get(0), raw);
            }
            for number in [border + 3, border, border - 1, -border, i64::MAX] {
                assert_eq!(cells.set(0, Raw::Number(number)), Raw::Other, "{number} has no room");
                assert_eq!(cells.get(0), Raw::Other);
            }
        }
    }
}
