//! Computing whole columns at once: the same laws over 64-bit whole numbers, for rulebooks whose numbers are known to fit.
//!
//! A lane is compiled only where every value is a whole number of parts of one denominator known beforehand, and no step can leave 63 bits.
//! It looks at values alone: an entry with any gap, or with a number that does not fit its cell, is left to [`super::eval`]. Both give the same
//! results, which the tests hold against each other.

mod divide;
mod panel;
mod shape;

pub(super) use panel::wide_spread;
pub(super) use shape::{Shape, compile, denominator, most_of};

use super::columns::{Cell, Cells, MarkColumn};
use super::sheet::Sheet;
use super::values::{Number, Rows};
use crate::rulebook::Relation;
use divide::Divide;
use panel::Panel;

/// Entries computed at a time: their rows and one item's marks stay in the nearest memory.
pub(super) const CHUNK: usize = 128;

/// One step over a piece of a column.
#[derive(Clone, Debug)]
pub(super) enum Lane {
    /// The one mark of an item.
    Mark(usize),
    /// The sum of a panel's marks without its lowest and highest, so many times.
    Panel(Panel),
    Slot(usize),
    Constant(i64),
    /// A constant and each lane so many times.
    Linear {
        constant: i64,
        spans: Vec<Span>,
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

/// Slots in a row, each so many times.
#[derive(Clone, Debug)]
pub(super) struct Span {
    pub from: usize,
    pub to: usize,
    pub times: i64,
}

/// Entries of a piece whose values a lane cannot give.
pub(super) struct Dirty {
    any: bool,
    places: [bool; CHUNK],
}

impl Dirty {
    pub const fn new() -> Self {
        Self { any: false, places: [false; CHUNK] }
    }

    pub const fn any(&self) -> bool {
        self.any
    }

    pub fn is(&self, place: usize) -> bool {
        self.any && self.places.get(place).copied().unwrap_or(true)
    }

    fn all(&mut self) {
        *self = Self { any: true, places: [true; CHUNK] };
    }

    /// Marks places for which it is so.
    fn mark(&mut self, so: impl Iterator<Item = bool>) {
        so.enumerate().filter(|(_, so)| *so).for_each(|(place, _)| self.add(place));
    }

    fn add(&mut self, place: usize) {
        self.any = true;
        if let Some(known) = self.places.get_mut(place) {
            *known = true;
        }
    }
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
    /// Computes the entries from `start` on, at most [`CHUNK`]. What it gives for an entry it calls dirty means nothing.
    pub fn run(&self, sheet: &Sheet, start: usize, out: &mut [i64], dirty: &mut Dirty) {
        match self {
            Self::Mark(item) => mark(&sheet.marks[*item], start, out, dirty),
            Self::Panel(panel) => panel.run(&sheet.marks[panel.item], start, out, dirty),
            Self::Slot(slot) => {
                let span = Span { from: *slot, to: *slot + 1, times: 1 };
                linear(sheet, start, 0, std::slice::from_ref(&span), out, dirty);
            }
            Self::Constant(value) => out.fill(*value),
            Self::Linear { constant, spans, terms } => {
                linear(sheet, start, *constant, spans, out, dirty);
                for (term, times) in terms {
                    with(term, sheet, start, out, dirty, |out, own| out.wrapping_add(own.wrapping_mul(*times)));
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

/// A constant and slots so many times each, row by row.
fn linear(sheet: &Sheet, start: usize, constant: i64, spans: &[Span], out: &mut [i64], dirty: &mut Dirty) {
    if spans.is_empty() {
        out.fill(constant);
        return;
    }
    let width = sheet.values.width();
    match sheet.values.rows() {
        Rows::Short(cells) => add_rows(cells, width, constant, spans, start, out, dirty),
        Rows::Long(cells) => add_rows(cells, width, constant, spans, start, out, dirty),
    }
}

fn add_rows<C: Number>(
    cells: &[C],
    width: usize,
    constant: i64,
    spans: &[Span],
    start: usize,
    out: &mut [i64],
    dirty: &mut Dirty,
) {
    let Some(rows) = cells.get(start * width..(start + out.len()) * width) else {
        dirty.all();
        return;
    };
    // This looks at many cells at once.
    let mut gaps = C::default();
    for (out, row) in out.iter_mut().zip(rows.chunks_exact(width)) {
        let mut all = constant;
        for span in spans {
            let cells = row.get(span.from..span.to).unwrap_or_default();
            let mut sum = 0i64;
            for cell in cells {
                sum = sum.wrapping_add(cell.long());
                gaps = gaps.or(cell.torn());
            }
            all = all.wrapping_add(sum.wrapping_mul(span.times));
        }
        *out = all;
    }
    if gaps.is_torn() {
        let gap = |row: &[C]| {
            spans
                .iter()
                .any(|span| row.get(span.from..span.to).is_none_or(|own| own.iter().any(|one| one.torn().is_torn())))
        };
        dirty.mark(rows.chunks_exact(width).map(gap));
    }
}

/// Joins what another lane gives to what is there.
fn with(lane: &Lane, sheet: &Sheet, start: usize, out: &mut [i64], dirty: &mut Dirty, join: impl Fn(i64, i64) -> i64) {
    if let [out] = out {
        let mut own = [0i64];
        lane.run(sheet, start, &mut own, dirty);
        *out = join(*out, own[0]);
        return;
    }
    let mut own = [0i64; CHUNK];
    let own = &mut own[..out.len()];
    lane.run(sheet, start, own, dirty);
    out.iter_mut().zip(&*own).for_each(|(out, own)| *out = join(*out, *own));
}

fn mark(column: &MarkColumn, start: usize, out: &mut [i64], dirty: &mut Dirty) {
    let range = start..start + out.len();
    match &column.cells {
        Cells::Byte(cells) => numbers(cells.get(range), out, dirty),
        Cells::Short(cells) => numbers(cells.get(range), out, dirty),
        Cells::Long(cells) => numbers(cells.get(range), out, dirty),
    }
}

fn numbers<T: Cell>(cells: Option<&[T]>, out: &mut [i64], dirty: &mut Dirty) {
    let Some(cells) = cells else { return dirty.all() };
    out.iter_mut().zip(cells).for_each(|(out, cell)| *out = (*cell).into());
    dirty.mark(cells.iter().map(T::is_gap));
}
