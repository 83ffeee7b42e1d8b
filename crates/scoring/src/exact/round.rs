//! Rounding to a number of decimals, the one operation that changes a value.

use super::{Exact, Lane};
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// What happens to a value that lies between two neighbours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoundMode {
    /// To the nearer one; exactly half goes away from zero (四舍五入).
    #[default]
    HalfUp,
    /// To the nearer one; exactly half goes to the even last digit.
    HalfEven,
    /// Towards zero.
    Down,
    /// Away from zero.
    Up,
    /// Towards minus infinity.
    Floor,
    /// Towards plus infinity.
    Ceiling,
}

impl RoundMode {
    /// The name used in a rulebook.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HalfUp => "half_up",
            Self::HalfEven => "half_even",
            Self::Down => "down",
            Self::Up => "up",
            Self::Floor => "floor",
            Self::Ceiling => "ceiling",
        }
    }

    /// Whether the magnitude, cut to `even`-or-odd digits with `half` saying where the rest lies, goes up by one.
    const fn raises(self, negative: bool, even: bool, half: Ordering) -> bool {
        match self {
            Self::HalfUp => !matches!(half, Ordering::Less),
            Self::HalfEven => matches!(half, Ordering::Greater) || (matches!(half, Ordering::Equal) && !even),
            Self::Down => false,
            Self::Up => true,
            Self::Floor => negative,
            Self::Ceiling => !negative,
        }
    }
}

impl Exact {
    /// The value rounded to `digits` decimals.
    #[must_use]
    pub fn round(&self, digits: u8, mode: RoundMode) -> Self {
        if self.is_whole() {
            return self.clone();
        }
        if let (Lane::Narrow(n, d), Some(power)) = (&self.0, narrow_power(digits)) {
            // |n| < 2^63 and 10^18 < 2^60, so the product fits.
            let scaled = i128::from(n.unsigned_abs()) * power;
            let d = i128::from(*d);
            let (quotient, rest) = (scaled / d, scaled % d);
            let up = rest != 0 && mode.raises(*n < 0, quotient % 2 == 0, (rest * 2).cmp(&d));
            let magnitude = quotient + i128::from(up);
            return Self::from_wide(if *n < 0 { -magnitude } else { magnitude }, power);
        }
        let value = self.big();
        let power = BigInt::from(10u8).pow(u32::from(digits));
        let negative = value.is_negative();
        let (quotient, rest) = (value.numer().abs() * &power).div_rem(value.denom());
        let half = (&rest * 2u8).cmp(value.denom());
        let up = !rest.is_zero() && mode.raises(negative, quotient.is_even(), half);
        let magnitude = if up { quotient + 1u8 } else { quotient };
        Self::from_big(BigRational::new(if negative { -magnitude } else { magnitude }, power))
    }
}

/// 10^digits where it fits the narrow path.
pub(super) fn narrow_power(digits: u8) -> Option<i128> {
    (digits <= 18).then(|| 10i128.pow(u32::from(digits)))
}
