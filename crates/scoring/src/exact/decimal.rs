//! Reading and writing exact numbers as text.

use super::{Exact, Lane, RoundMode, round::narrow_power};
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Longest text that is read as a number.
const LONGEST: usize = 64;

/// A text is not a number of the form `-12.34`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal number")]
pub struct NotADecimal;

impl Exact {
    /// Reads `12`, `-0.5`, `.5`: an optional minus, ASCII digits, at most one point with digits after it. No exponent, no
    /// grouping, no spaces, at most 64 characters.
    ///
    /// # Errors
    /// When the text has any other form.
    pub fn parse_decimal(text: &str) -> Result<Self, NotADecimal> {
        if text.len() > LONGEST {
            return Err(NotADecimal);
        }
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, decimals) = match digits.split_once('.') {
            Some((_, "")) => return Err(NotADecimal),
            Some(parts) => parts,
            None if digits.is_empty() => return Err(NotADecimal),
            None => (digits, ""),
        };
        if !whole.bytes().chain(decimals.bytes()).all(|byte| byte.is_ascii_digit()) {
            return Err(NotADecimal);
        }
        let value = if whole.len() + decimals.len() <= 18 {
            let magnitude =
                whole.bytes().chain(decimals.bytes()).fold(0i64, |value, byte| value * 10 + i64::from(byte - b'0'));
            let power = narrow_power(u8::try_from(decimals.len()).unwrap_or(u8::MAX)).unwrap_or(1);
            Self::from_wide(i128::from(magnitude), power)
        } else {
            let magnitude = BigInt::from_str(&format!("{whole}{decimals}")).map_err(|_| NotADecimal)?;
            let power = BigInt::from(10u8).pow(u32::try_from(decimals.len()).unwrap_or(0));
            Self::from_big(BigRational::new(magnitude, power))
        };
        Ok(if negative { -value } else { value })
    }

    /// The value with exactly `digits` decimals. A value that needs more is first rounded half up.
    #[must_use]
    pub fn fixed(&self, digits: u8) -> String {
        let rounded = self.round(digits, RoundMode::HalfUp);
        let scaled = match (&rounded.0, narrow_power(digits)) {
            (Lane::Narrow(n, d), Some(power)) => (i128::from(*n) * power / i128::from(*d)).to_string(),
            _ => {
                let power = BigInt::from(10u8).pow(u32::from(digits));
                (rounded.big() * power).to_integer().to_string()
            }
        };
        point(&scaled, usize::from(digits))
    }

    /// Can the value be written exactly with so many decimals?
    #[must_use]
    pub fn has_decimals(&self, digits: u8) -> bool {
        self.decimals().is_some_and(|needed| needed <= u32::from(digits))
    }

    /// How many decimals the value needs to be written exactly; `None` when no number of them is enough.
    fn decimals(&self) -> Option<u32> {
        match &self.0 {
            Lane::Narrow(_, d) => {
                let mut rest = *d;
                let twos = rest.trailing_zeros();
                rest >>= twos;
                let mut fives = 0;
                while rest % 5 == 0 {
                    rest /= 5;
                    fives += 1;
                }
                (rest == 1).then_some(twos.max(fives))
            }
            _ => {
                let value = self.big();
                let mut rest = value.denom().clone();
                let twos = u32::try_from(rest.trailing_zeros().unwrap_or(0)).unwrap_or(u32::MAX);
                rest >>= twos;
                let mut fives = 0;
                let five = BigInt::from(5u8);
                loop {
                    let (quotient, remainder) = rest.div_rem(&five);
                    if !remainder.is_zero() {
                        break;
                    }
                    rest = quotient;
                    fives += 1;
                }
                rest.is_one().then_some(twos.max(fives))
            }
        }
    }
}

/// Puts the decimal point into a whole number that was scaled by 10^digits.
fn point(scaled: &str, digits: usize) -> String {
    if digits == 0 {
        return scaled.to_owned();
    }
    let (sign, magnitude) = match scaled.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", scaled),
    };
    let padded = format!("{magnitude:0>width$}", width = digits + 1);
    let (whole, decimals) = padded.split_at(padded.len() - digits);
    format!("{sign}{whole}.{decimals}")
}

/// The shortest exact decimal, otherwise `n/d`.
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self.decimals() {
            Some(0) => match &self.0 {
                Lane::Narrow(n, _) => n.to_string(),
                _ => self.big().numer().to_string(),
            },
            Some(decimals) => match u8::try_from(decimals) {
                Ok(digits) => self.fixed(digits),
                Err(_) => {
                    let scaled = (self.big() * BigInt::from(10u8).pow(decimals)).to_integer().to_string();
                    point(&scaled, decimals as usize)
                }
            },
            None => {
                let value = self.big();
                format!("{}/{}", value.numer(), value.denom())
            }
        };
        f.pad(&text)
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Exact({self})")
    }
}

/// Reads what `Display` writes: a decimal, or `n/d`.
impl FromStr for Exact {
    type Err = NotADecimal;
    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        match text.split_once('/') {
            None => Self::parse_decimal(text).or_else(|fault| long_decimal(text).ok_or(fault)),
            Some((numerator, denominator)) => {
                let numerator = whole(numerator)?;
                let denominator = whole(denominator)?;
                if !denominator.is_positive() {
                    return Err(NotADecimal);
                }
                Ok(Self::from_big(BigRational::new(numerator, denominator)))
            }
        }
    }
}

/// A computed value may be longer than anything a person types; reading it back must not lose it.
fn long_decimal(text: &str) -> Option<Exact> {
    const LONGEST_COMPUTED: usize = 100_000;
    if text.len() <= LONGEST || text.len() > LONGEST_COMPUTED {
        return None;
    }
    let (digits, decimals) = match text.split_once('.') {
        Some((whole, decimals)) => (format!("{whole}{decimals}"), decimals.len()),
        None => (text.to_owned(), 0),
    };
    let power = BigInt::from(10u8).pow(u32::try_from(decimals).ok()?);
    Some(Exact::from_big(BigRational::new(whole(&digits).ok()?, power)))
}

fn whole(text: &str) -> Result<BigInt, NotADecimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || digits.len() > 100_000 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NotADecimal);
    }
    BigInt::from_str(text).map_err(|_| NotADecimal)
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| {
            serde::de::Error::custom("a number is written as a string such as \"12.5\" or \"1/3\", without an exponent")
        })
    }
}

impl schemars::JsonSchema for Exact {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Exact".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "An exact number as a string: \"12\", \"-0.5\" or \"1/3\". No exponent.",
            "pattern": "^-?([0-9]*\\.)?[0-9]+$|^-?[0-9]+/[0-9]+$"
        })
    }
}
