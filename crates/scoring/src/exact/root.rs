//! Square roots, rounded in one step from the true value.
//!
//! A root is rarely a fraction, so it exists here only together with the decimals it is rounded to.

use super::{Exact, RoundMode};
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use std::cmp::Ordering;

#[cfg(test)]
mod tests;

impl Exact {
    /// The square root, rounded to `digits` decimals: what rounding the true root would give, in every mode. `None` below
    /// zero.
    #[must_use]
    pub fn root(&self, digits: u8, mode: RoundMode) -> Option<Self> {
        (!self.is_negative()).then(|| rounded(&self.big(), false, digits, mode))
    }

    /// The value divided by the square root of `square` (a deviation by the root of a variance: a standard score), rounded
    /// to `digits` decimals as [`Exact::round`] rounds, by its sign. `None` where `square` is not above zero.
    pub(crate) fn over_root(&self, square: &Self, digits: u8, mode: RoundMode) -> Option<Self> {
        let ratio = (self * self).divide(square).ok()?;
        (!square.is_negative()).then(|| rounded(&ratio.big(), self.is_negative(), digits, mode))
    }
}

/// The root of a value not below zero, with the sign put back, rounded.
fn rounded(square: &BigRational, negative: bool, digits: u8, mode: RoundMode) -> Exact {
    let power = BigUint::from(10u8).pow(u32::from(digits));
    let top = square.numer().magnitude() * &power * &power;
    let bottom = square.denom().magnitude();
    // The root of the whole part has the same whole part as the root.
    let below = (&top / bottom).sqrt();
    let quarters = if &below * &below * bottom == top {
        0u8
    } else {
        let twice_middle = &below * 2u8 + 1u8;
        match (&top * 4u8).cmp(&(&twice_middle * &twice_middle * bottom)) {
            Ordering::Less => 1,
            Ordering::Equal => 2,
            Ordering::Greater => 3,
        }
    };
    // Rounding asks only whether a value is on a step, before, on or after the middle between two. A quarter of the step
    // stands in for the root there, and the rule of rounding stays in one place.
    let stand_in = Exact::from_big(BigRational::new(BigInt::from(below * 4u8 + quarters), BigInt::from(power * 4u8)));
    let signed = if negative { -stand_in } else { stand_in };
    signed.round(digits, mode)
}
