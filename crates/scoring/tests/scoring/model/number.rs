//! Rounding by comparing whole numbers; roots by squaring.

use jiangsai_scoring::RoundMode;
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use std::cmp::Ordering;

fn power(digits: u8) -> BigInt {
    BigInt::from(10).pow(u32::from(digits))
}

/// Whether a magnitude between `below` and the next whole number goes up; `middle` says how it stands to the middle of the two.
fn up(mode: RoundMode, negative: bool, below: &BigInt, exact: bool, middle: Ordering) -> bool {
    !exact
        && match mode {
            RoundMode::HalfUp => middle != Ordering::Less,
            RoundMode::HalfEven => middle == Ordering::Greater || (middle == Ordering::Equal && below.is_odd()),
            RoundMode::Down => false,
            RoundMode::Up => true,
            RoundMode::Floor => negative,
            RoundMode::Ceiling => !negative,
        }
}

fn put_together(below: BigInt, up: bool, negative: bool, digits: u8) -> BigRational {
    let magnitude = if up { below + 1 } else { below };
    BigRational::new(if negative { -magnitude } else { magnitude }, power(digits))
}

pub fn round(value: &BigRational, digits: u8, mode: RoundMode) -> BigRational {
    let scaled = value.abs() * BigRational::from_integer(power(digits));
    let below = scaled.floor().to_integer();
    let rest = &scaled - scaled.floor();
    let middle = rest.cmp(&BigRational::new(BigInt::one(), BigInt::from(2)));
    let up = up(mode, value.is_negative(), &below, rest.is_zero(), middle);
    put_together(below, up, value.is_negative(), digits)
}

/// The root of a square, with a sign put before it, rounded. Nothing is compared but squares.
pub fn root(square: &BigRational, negative: bool, digits: u8, mode: RoundMode) -> BigRational {
    let scaled = square * BigRational::from_integer(power(digits) * power(digits));
    let whole = scaled.floor().to_integer();
    // The largest number whose square is not larger, bit by bit.
    let mut below = BigInt::zero();
    for bit in (0..=whole.bits() / 2 + 1).rev() {
        let more = &below + (BigInt::one() << bit);
        if &more * &more <= whole {
            below = more;
        }
    }
    let squared = |value: BigInt| BigRational::from_integer(&value * &value);
    let exact = squared(below.clone()) == scaled;
    // below + 1/2 against the root: four times the squares of both.
    let middle = (&scaled * BigRational::from_integer(BigInt::from(4))).cmp(&squared(&below * 2 + 1));
    let up = up(mode, negative, &below, exact, middle);
    put_together(below, up, negative, digits)
}
