//! Exact rational numbers, the only numbers a score is made of.
//!
//! A value lives in the narrowest of three lanes that holds it (64 bits, 128 bits, unlimited), always in lowest terms, so
//! equal values are equal structures. No operation overflows or loses anything; only [`Exact::round`] and [`Exact::root`] give up digits,
//! where a rulebook says so and how.

mod arithmetic;
mod decimal;
mod root;
mod round;

pub use decimal::NotADecimal;
pub use round::RoundMode;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;
use std::cmp::Ordering;

/// An exact rational number.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Exact(Lane);

/// Numerator and positive denominator in lowest terms, in the narrowest lane that holds both.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Lane {
    Narrow(i64, i64),
    Wide(Box<(i128, i128)>),
    Big(Box<BigRational>),
}

/// A division by zero was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("division by zero")]
pub struct DivisionByZero;

impl Exact {
    /// Zero.
    pub const ZERO: Self = Self::from_int(0);
    /// One.
    pub const ONE: Self = Self::from_int(1);

    /// A whole number.
    #[must_use]
    pub const fn from_int(value: i64) -> Self {
        Self(Lane::Narrow(value, 1))
    }

    /// The fraction `numerator / denominator`.
    ///
    /// # Errors
    /// When the denominator is zero.
    pub fn ratio(numerator: i64, denominator: i64) -> Result<Self, DivisionByZero> {
        Self::from_int(numerator).divide(&Self::from_int(denominator))
    }

    /// Is it zero?
    #[must_use]
    pub const fn is_zero(&self) -> bool {
        matches!(self.0, Lane::Narrow(0, _))
    }

    /// Is it below zero?
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Lane::Narrow(n, _) => *n < 0,
            Lane::Wide(pair) => pair.0 < 0,
            Lane::Big(ratio) => ratio.numer().sign() == num_bigint::Sign::Minus,
        }
    }

    /// Is it a whole number?
    #[must_use]
    pub fn is_whole(&self) -> bool {
        match &self.0 {
            Lane::Narrow(_, d) => *d == 1,
            Lane::Wide(pair) => pair.1 == 1,
            Lane::Big(ratio) => ratio.is_integer(),
        }
    }

    /// The value as a whole number that fits 64 bits, if it is one.
    #[must_use]
    pub const fn to_int(&self) -> Option<i64> {
        match &self.0 {
            Lane::Narrow(n, 1) => Some(*n),
            _ => None,
        }
    }

    /// The denominator in lowest terms, where it fits 64 bits.
    #[must_use]
    pub const fn denominator(&self) -> Option<i64> {
        match &self.0 {
            Lane::Narrow(_, d) => Some(*d),
            _ => None,
        }
    }

    /// The whole number of parts of one over `den` (above zero), where the value is one that fits 64 bits.
    pub(crate) fn over(&self, den: i64) -> Option<i64> {
        match &self.0 {
            Lane::Narrow(n, d) if den % d == 0 => n.checked_mul(den / d),
            _ => None,
        }
    }

    /// So many parts of one over `den`, which is above zero.
    pub(crate) fn over_one(parts: i64, den: i64) -> Self {
        if den == 1 { Self::from_int(parts) } else { Self::from_wide(i128::from(parts), i128::from(den)) }
    }

    /// Bits of the longer of numerator and denominator: what the value costs to carry.
    #[must_use]
    pub fn bits(&self) -> u64 {
        match &self.0 {
            Lane::Narrow(n, d) => u64::from(64 - n.unsigned_abs().max(d.unsigned_abs()).leading_zeros()),
            Lane::Wide(pair) => u64::from(128 - pair.0.unsigned_abs().max(pair.1.unsigned_abs()).leading_zeros()),
            Lane::Big(ratio) => ratio.numer().bits().max(ratio.denom().bits()),
        }
    }

    /// Numerator and positive denominator in lowest terms, when both fit 128 bits.
    fn wide(&self) -> Option<(i128, i128)> {
        match &self.0 {
            Lane::Narrow(n, d) => Some((i128::from(*n), i128::from(*d))),
            Lane::Wide(pair) => Some(**pair),
            Lane::Big(_) => None,
        }
    }

    fn big(&self) -> BigRational {
        match &self.0 {
            Lane::Narrow(n, d) => BigRational::new_raw(BigInt::from(*n), BigInt::from(*d)),
            Lane::Wide(pair) => BigRational::new_raw(BigInt::from(pair.0), BigInt::from(pair.1)),
            Lane::Big(ratio) => (**ratio).clone(),
        }
    }

    /// From a denominator above zero, not necessarily in lowest terms.
    fn from_wide(n: i128, d: i128) -> Self {
        if d == 1 {
            return Self::lowest(n, 1);
        }
        match (i64::try_from(n), i64::try_from(d)) {
            (Ok(small_n), Ok(small_d)) => {
                let g = num_integer::gcd(small_n.unsigned_abs(), small_d.unsigned_abs());
                let g = i128::from(g);
                Self::lowest(n / g, d / g)
            }
            _ => {
                // The divisor never exceeds the positive denominator, so it fits.
                let g = num_integer::gcd(n.unsigned_abs(), d.unsigned_abs()).cast_signed();
                Self::lowest(n / g, d / g)
            }
        }
    }

    fn lowest(n: i128, d: i128) -> Self {
        match (i64::try_from(n), i64::try_from(d)) {
            (Ok(n), Ok(d)) => Self(Lane::Narrow(n, d)),
            _ => Self(Lane::Wide(Box::new((n, d)))),
        }
    }

    /// From a ratio in lowest terms with a positive denominator.
    fn from_big(ratio: BigRational) -> Self {
        match (ratio.numer().to_i128(), ratio.denom().to_i128()) {
            (Some(n), Some(d)) => Self::lowest(n, d),
            _ => Self(Lane::Big(Box::new(ratio))),
        }
    }
}

impl Default for Exact {
    fn default() -> Self {
        Self::ZERO
    }
}

impl From<i64> for Exact {
    fn from(value: i64) -> Self {
        Self::from_int(value)
    }
}

impl From<u32> for Exact {
    fn from(value: u32) -> Self {
        Self::from_int(i64::from(value))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        if let (Lane::Narrow(n, d), Lane::Narrow(on, od)) = (&self.0, &other.0) {
            if d == od {
                return n.cmp(on);
            }
            return (i128::from(*n) * i128::from(*od)).cmp(&(i128::from(*on) * i128::from(*d)));
        }
        if let (Some((n, d)), Some((on, od))) = (self.wide(), other.wide())
            && let (Some(left), Some(right)) = (n.checked_mul(od), on.checked_mul(d))
        {
            return left.cmp(&right);
        }
        self.big().cmp(&other.big())
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
