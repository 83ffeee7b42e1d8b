//! Sum, difference, product, quotient.

use super::{DivisionByZero, Exact, Lane};
use num_rational::BigRational;
use std::iter::Sum;
use std::ops::{Add, Mul, Neg, Sub};

impl Exact {
    /// The quotient.
    ///
    /// # Errors
    /// When `by` is zero.
    pub fn divide(&self, by: &Self) -> Result<Self, DivisionByZero> {
        if by.is_zero() {
            return Err(DivisionByZero);
        }
        if let (Some((n, d)), Some((bn, bd))) = (self.wide(), by.wide())
            && let (Some(top), Some(bottom)) = (n.checked_mul(bd), d.checked_mul(bn))
            && let (Some(top), Some(bottom)) = (top.checked_mul(bottom.signum()), bottom.checked_abs())
        {
            return Ok(Self::from_wide(top, bottom));
        }
        Ok(Self::from_big(self.big() / by.big()))
    }

    /// The value without its sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// Does the value lie on the step (0, ±step, ±2·step …)?
    ///
    /// # Errors
    /// When `step` is zero.
    pub fn is_multiple_of(&self, step: &Self) -> Result<bool, DivisionByZero> {
        if let (Lane::Narrow(n, d), Lane::Narrow(step_n, step_d)) = (&self.0, &step.0)
            && *step_n != 0
        {
            // Products of two 64-bit numbers fit 128 bits.
            return Ok((i128::from(*n) * i128::from(*step_d)) % (i128::from(*d) * i128::from(*step_n)) == 0);
        }
        Ok(self.divide(step)?.is_whole())
    }
}

fn add(left: &Exact, right: &Exact) -> Exact {
    if let (Lane::Narrow(n, 1), Lane::Narrow(on, 1)) = (&left.0, &right.0)
        && let Some(sum) = n.checked_add(*on)
    {
        return Exact(Lane::Narrow(sum, 1));
    }
    if let (Some((n, d)), Some((on, od))) = (left.wide(), right.wide()) {
        let sum = if d == od { n.checked_add(on).map(|top| (top, d)) } else { cross_sum((n, d), (on, od)) };
        if let Some((top, bottom)) = sum {
            return Exact::from_wide(top, bottom);
        }
    }
    Exact::from_big(left.big() + right.big())
}

fn cross_sum((n, d): (i128, i128), (on, od): (i128, i128)) -> Option<(i128, i128)> {
    let top = n.checked_mul(od)?.checked_add(on.checked_mul(d)?)?;
    Some((top, d.checked_mul(od)?))
}

fn mul(left: &Exact, right: &Exact) -> Exact {
    if let (Some((n, d)), Some((on, od))) = (left.wide(), right.wide())
        && let (Some(top), Some(bottom)) = (n.checked_mul(on), d.checked_mul(od))
    {
        return Exact::from_wide(top, bottom);
    }
    Exact::from_big(left.big() * right.big())
}

fn neg(value: &Exact) -> Exact {
    match &value.0 {
        Lane::Narrow(n, d) => Exact::lowest(-i128::from(*n), i128::from(*d)),
        Lane::Wide(pair) => match pair.0.checked_neg() {
            Some(n) => Exact::lowest(n, pair.1),
            None => Exact::from_big(-value.big()),
        },
        Lane::Big(ratio) => Exact::from_big(-BigRational::clone(ratio)),
    }
}

impl Neg for &Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        neg(self)
    }
}

impl Neg for Exact {
    type Output = Self;
    fn neg(self) -> Self {
        neg(&self)
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident, $body:expr) => {
        impl $trait<&Exact> for &Exact {
            type Output = Exact;
            fn $method(self, other: &Exact) -> Exact {
                $body(self, other)
            }
        }
        impl $trait<Exact> for Exact {
            type Output = Exact;
            fn $method(self, other: Exact) -> Exact {
                $body(&self, &other)
            }
        }
        impl $trait<&Exact> for Exact {
            type Output = Exact;
            fn $method(self, other: &Exact) -> Exact {
                $body(&self, other)
            }
        }
    };
}

operator!(Add, add, add);
operator!(Sub, sub, |left: &Exact, right: &Exact| add(left, &neg(right)));
operator!(Mul, mul, mul);

impl Sum for Exact {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, |total, value| total + value)
    }
}

impl<'a> Sum<&'a Self> for Exact {
    fn sum<I: Iterator<Item = &'a Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, |total, value| total + value)
    }
}
