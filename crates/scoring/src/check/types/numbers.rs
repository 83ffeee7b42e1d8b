//! How long a number can get: an upper bound on the bits of numerator and denominator, known before anything is computed.

use crate::exact::Exact;
use crate::rulebook::{Input, Item};

/// Most bits a value may need.
pub(super) const LONGEST: u64 = 32_768;

/// Bits of numerator and denominator, at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Length {
    top: u64,
    bottom: u64,
}

impl Length {
    /// A number somebody typed without a step.
    pub const TYPED: Self = Self { top: 256, bottom: 256 };

    pub fn of(value: &Exact) -> Self {
        let bits = value.bits() + 1;
        Self { top: bits, bottom: if value.is_whole() { 1 } else { bits } }
    }

    pub fn of_count(count: usize) -> Self {
        Self::of(&Exact::from_int(i64::try_from(count).unwrap_or(i64::MAX)))
    }

    /// A mark of an item: a multiple of its step between its bounds, or anything a person can type.
    pub fn of_mark(item: &Item) -> Self {
        let (low, high, step) = match &item.input {
            Input::Number { min, max, step } => (min.as_ref(), max.as_ref().or(item.max.as_ref()), step.as_ref()),
            Input::Deduction { each: None, most, step } => (None, most.as_ref().or(item.max.as_ref()), step.as_ref()),
            Input::Time { max_seconds, step } => (None, max_seconds.as_ref(), step.as_ref()),
            Input::Level { .. }
            | Input::Tick {}
            | Input::Vote {}
            | Input::Count { .. }
            | Input::Placing { .. }
            | Input::Answer { .. }
            | Input::Deduction { .. } => return Self { top: 64, bottom: 1 },
            Input::Choice { options } => {
                let lengths = options.iter().map(|option| Self::of(&option.value));
                return lengths.fold(Self { top: 1, bottom: 1 }, Self::or);
            }
        };
        match (high, step) {
            (Some(high), Some(step)) => {
                let low = low.map_or(Self { top: 1, bottom: 1 }, Self::of);
                let (high, step) = (Self::of(high), Self::of(step));
                let bottom = low.bottom + step.bottom;
                Self { top: low.top.max(high.top) + high.bottom + bottom, bottom }
            }
            _ => Self::TYPED,
        }
    }

    /// One or the other.
    pub fn or(self, other: Self) -> Self {
        Self { top: self.top.max(other.top), bottom: self.bottom.max(other.bottom) }
    }

    /// The product.
    pub const fn times(self, other: Self) -> Self {
        Self { top: self.top.saturating_add(other.top), bottom: self.bottom.saturating_add(other.bottom) }
    }

    /// One divided by it.
    pub const fn swapped(self) -> Self {
        Self { top: self.bottom, bottom: self.top }
    }

    /// The sum of values, each so many times.
    pub fn sum(of: &[(Self, usize)]) -> Self {
        let bottom =
            of.iter().fold(0u64, |bits, (one, times)| bits.saturating_add(one.bottom.saturating_mul(count(*times))));
        let top = of.iter().map(|(one, _)| one.top).max().unwrap_or(1);
        let terms: u64 = of.iter().map(|(_, times)| count(*times)).fold(0, u64::saturating_add);
        Self {
            top: top.saturating_add(bottom).saturating_add(u64::from(64 - terms.leading_zeros())),
            bottom: bottom.max(1),
        }
    }

    /// The product of values, each so many times.
    pub fn product(of: &[(Self, usize)]) -> Self {
        let bits = |pick: fn(&Self) -> u64| {
            of.iter().fold(0u64, |bits, (one, times)| bits.saturating_add(pick(one).saturating_mul(count(*times))))
        };
        Self { top: bits(|one| one.top), bottom: bits(|one| one.bottom) }
    }

    /// A value made of the whole field, whose values share a denominator of so many bits.
    pub fn of_field(self, shared: u64) -> Self {
        // A field has fewer than 2^32 entries; a variance takes a square, and a mean of it another factor.
        let (top, bottom) = (self.top.saturating_add(shared), shared);
        Self { top: top.saturating_mul(2).saturating_add(96), bottom: bottom.saturating_mul(2).saturating_add(64) }
    }

    /// Rounded to so many decimals.
    pub fn rounded(self, digits: u8) -> Self {
        let bottom = u64::from(digits) * 4 + 1;
        Self { top: self.top.saturating_add(bottom + 1), bottom }
    }

    pub const fn is_too_long(self) -> bool {
        self.top > LONGEST || self.bottom > LONGEST
    }
}

fn count(times: usize) -> u64 {
    u64::try_from(times).unwrap_or(u64::MAX)
}
