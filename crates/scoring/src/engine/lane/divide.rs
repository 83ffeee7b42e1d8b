//! Rounded division of many numbers by the same one.

use crate::exact::RoundMode;

/// Divides by a number that is known beforehand.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Divide {
    by: i64,
    mode: RoundMode,
    /// For magnitudes below 2^31, the quotient is `n × factor >> shift` (Granlund and Montgomery, 1994, with the factor rounded up).
    factor: Option<(u32, u32)>,
}

/// Numbers below this are divided by multiplying.
const SMALL: u64 = 1 << 31;

impl Divide {
    /// `most` bounds the magnitude of what is divided, the half that is added included.
    pub fn new(by: i64, mode: RoundMode, most: i128) -> Self {
        let small = u64::try_from(by).ok().filter(|by| *by > 0 && *by < SMALL && most < i128::from(SMALL));
        let factor = small.and_then(|by| {
            let shift = 31 + (64 - (by - 1).leading_zeros());
            // At most 2^31 · 2 · by / by: the factor has 32 bits, and the product of two such numbers 64.
            Some((u32::try_from((1u64 << shift).div_ceil(by)).ok()?, shift))
        });
        Self { by, mode, factor }
    }

    /// Each number times `times`, divided and rounded.
    pub fn all(&self, out: &mut [i64], times: i64) {
        match (self.mode, self.factor) {
            _ if self.by == 1 => {
                if times != 1 {
                    out.iter_mut().for_each(|out| *out = out.wrapping_mul(times));
                }
            }
            (RoundMode::HalfUp, Some((factor, shift))) => {
                // Half of an odd divisor is rounded down: nothing lies between it and the half, for whole numbers.
                let half = self.by / 2;
                for out in out {
                    let value = out.wrapping_mul(times);
                    // All ones for a negative number: two's complement without a branch, which a processor does to many at once.
                    let sign = value >> 63;
                    let magnitude = (value ^ sign).wrapping_sub(sign).wrapping_add(half);
                    let low = magnitude.cast_unsigned() & u64::from(u32::MAX);
                    let quotient = ((low * u64::from(factor)) >> shift).cast_signed();
                    *out = (quotient ^ sign).wrapping_sub(sign);
                }
            }
            _ => {
                for out in out {
                    *out = self.one(out.wrapping_mul(times));
                }
            }
        }
    }

    fn one(&self, value: i64) -> i64 {
        if self.by == 1 {
            return value;
        }
        let (quotient, rest) = (value / self.by, value % self.by);
        let twice = i128::from(rest.unsigned_abs()) * 2;
        let by = i128::from(self.by);
        let up = rest != 0
            && match self.mode {
                RoundMode::HalfUp => twice >= by,
                RoundMode::HalfEven => twice > by || (twice == by && quotient % 2 != 0),
                RoundMode::Down => false,
                RoundMode::Up => true,
                RoundMode::Floor => value < 0,
                RoundMode::Ceiling => value > 0,
            };
        quotient + if up { value.signum() } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::Divide;
    use crate::exact::{Exact, RoundMode};
    use proptest::prelude::*;

    const MODES: [RoundMode; 6] =
        [RoundMode::HalfUp, RoundMode::HalfEven, RoundMode::Down, RoundMode::Up, RoundMode::Floor, RoundMode::Ceiling];

    proptest! {
        #[test]
        fn it_rounds_as_exact_numbers_do(
            value in prop_oneof![-1_000_000_000i64..1_000_000_000, any::<i32>().prop_map(|value| i64::from(value) * 1_000_000)],
            by in prop_oneof![1i64..2000, 1i64..1_000_000],
            mode in prop::sample::select(MODES.to_vec()),
        ) {
            let expected = Exact::ratio(value, by).unwrap().round(0, mode);
            let mut out = [value];
            Divide::new(by, mode, i128::from(value.abs()) + i128::from(by)).all(&mut out, 1);
            prop_assert_eq!(Exact::from_int(out[0]), expected, "{} / {} {:?}", value, by, mode);
        }
    }

    #[test]
    fn the_border_of_multiplying() {
        for by in [1i64, 2, 3, 5, 7, 10, 99, 100, 1000, 65_535, 65_536, 65_537, (1 << 31) - 1] {
            let all = [0i64, 1, by / 2, by / 2 + 1, by - 1, by, by + 1, (1 << 31) - 1 - by / 2];
            for value in all.into_iter().filter(|value| value + by / 2 < 1 << 31) {
                let mut out = [value, -value];
                Divide::new(by, RoundMode::HalfUp, (1 << 31) - 1).all(&mut out, 1);
                let expected = Exact::ratio(value, by).unwrap().round(0, RoundMode::HalfUp).to_int().unwrap();
                assert_eq!(out, [expected, -expected], "{value} / {by}");
            }
        }
    }
}
