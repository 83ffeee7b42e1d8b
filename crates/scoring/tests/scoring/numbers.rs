//! Exact numbers against an independent rational arithmetic, at the borders of every lane.

use crate::build::exact;
use jiangsai_scoring::{Exact, RoundMode};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use proptest::prelude::*;
use std::str::FromStr;

/// The same number in the reference arithmetic, by way of its text.
pub fn reference(value: &Exact) -> BigRational {
    let text = value.to_string();
    if let Some((n, d)) = text.split_once('/') {
        return BigRational::new(BigInt::from_str(n).unwrap(), BigInt::from_str(d).unwrap());
    }
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let power = BigInt::from(10).pow(u32::try_from(decimals.len()).unwrap());
    BigRational::new(BigInt::from_str(&format!("{whole}{decimals}")).unwrap(), power)
}

fn of(n: &BigInt, d: &BigInt) -> Exact {
    exact(&format!("{n}/{d}"))
}

/// Numbers near zero and near the borders of 64 and 128 bits.
fn integer() -> impl Strategy<Value = BigInt> {
    (any::<i64>(), prop::sample::select(vec![0u32, 0, 1, 31, 62, 63, 64, 126, 127, 128, 200]), -3i64..4).prop_map(
        |(seed, shift, near)| {
            if shift == 0 { BigInt::from(seed % 1000) } else { (BigInt::from(seed.signum()) << shift) + near }
        },
    )
}

fn number() -> impl Strategy<Value = (BigInt, BigInt)> {
    (integer(), integer()).prop_map(|(n, d)| {
        let d = if d.is_zero() { BigInt::from(1) } else { d };
        if d < BigInt::zero() { (-n, -d) } else { (n, d) }
    })
}

fn rounded(value: &BigRational, digits: u32, mode: RoundMode) -> BigRational {
    let power = BigRational::from_integer(BigInt::from(10).pow(digits));
    let scaled = value * &power;
    let floor = scaled.floor();
    let rest = &scaled - &floor;
    let half = BigRational::new(BigInt::from(1), BigInt::from(2));
    let one = BigRational::from_integer(BigInt::from(1));
    let negative = scaled < BigRational::zero();
    let even = (floor.to_integer() % 2u8).is_zero();
    let up = match mode {
        _ if rest.is_zero() => false,
        RoundMode::Floor => false,
        RoundMode::Ceiling => true,
        RoundMode::Down => negative,
        RoundMode::Up => !negative,
        RoundMode::HalfUp => rest > half || (rest == half && !negative),
        RoundMode::HalfEven => rest > half || (rest == half && !even),
    };
    (if up { floor + one } else { floor }) / power
}

const MODES: [RoundMode; 6] =
    [RoundMode::HalfUp, RoundMode::HalfEven, RoundMode::Down, RoundMode::Up, RoundMode::Floor, RoundMode::Ceiling];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn operations_agree_with_the_reference((n, d) in number(), (on, od) in number(), digits in 0u8..20) {
        let (left, right) = (of(&n, &d), of(&on, &od));
        let (ref_left, ref_right) = (BigRational::new(n, d), BigRational::new(on, od));
        prop_assert_eq!(&reference(&left), &ref_left);
        prop_assert_eq!(reference(&(&left + &right)), &ref_left + &ref_right);
        prop_assert_eq!(reference(&(&left - &right)), &ref_left - &ref_right);
        prop_assert_eq!(reference(&(&left * &right)), &ref_left * &ref_right);
        prop_assert_eq!(left.cmp(&right), ref_left.cmp(&ref_right));
        prop_assert_eq!(left == right, ref_left == ref_right);
        match left.divide(&right) {
            Ok(quotient) => prop_assert_eq!(reference(&quotient), &ref_left / &ref_right),
            Err(_) => prop_assert!(ref_right.is_zero()),
        }
        for mode in MODES {
            let found = left.round(digits, mode);
            prop_assert_eq!(reference(&found), rounded(&ref_left, u32::from(digits), mode), "{:?}", mode);
            let printed = found.fixed(digits);
            prop_assert_eq!(printed.split_once('.').map_or(0, |(_, decimals)| decimals.len()), usize::from(digits));
            prop_assert_eq!(exact(&printed), found);
        }
    }

    #[test]
    fn equal_values_are_equal_structures((n, d) in number(), (on, od) in number()) {
        use std::hash::{BuildHasher, RandomState};
        let (left, right) = (of(&n, &d), of(&on, &od));
        let there_and_back = (&left + &right) - &right;
        prop_assert_eq!(&there_and_back, &left);
        let hasher = RandomState::new();
        prop_assert_eq!(hasher.hash_one(&there_and_back), hasher.hash_one(&left));
        let text = serde_json::to_string(&left).unwrap();
        prop_assert_eq!(serde_json::from_str::<Exact>(&text).unwrap(), left);
    }

    #[test]
    fn no_text_panics(text in ".{0,80}") {
        if let Ok(value) = Exact::parse_decimal(&text) {
            prop_assert_eq!(exact(&value.to_string()), value);
        }
        let _ = text.parse::<Exact>();
    }
}

#[test]
fn texts() {
    for (text, shown) in [
        ("0", "0"),
        ("-0", "0"),
        ("0.50", "0.5"),
        (".5", "0.5"),
        ("-12.340", "-12.34"),
        ("1/3", "1/3"),
        ("2/4", "0.5"),
        ("-7/2", "-3.5"),
        ("123456789012345678901234567890.5", "123456789012345678901234567890.5"),
        ("1/1024", "0.0009765625"),
    ] {
        assert_eq!(exact(text).to_string(), shown);
    }
    for text in ["", "-", ".", "1.", "1e5", "+1", " 1", "1/0", "1/-2", "1/2/3", "１", "--1", "1_000", "0x1"] {
        assert!(text.parse::<Exact>().is_err(), "{text}");
    }
}

#[test]
fn the_ends_of_the_lanes() {
    let least = Exact::from_int(i64::MIN);
    assert_eq!(least.abs().to_string(), "9223372036854775808");
    assert_eq!((-least.abs()), least);
    assert_eq!(Exact::ONE.divide(&least).unwrap().to_string(), exact("-1/9223372036854775808").to_string());
    assert!(Exact::ONE.divide(&Exact::ZERO).is_err());
    let wide = exact(&format!("{}/{}", i128::MIN, 3));
    assert_eq!(-(-wide.clone()), wide);
    assert_eq!((&wide * &wide).divide(&wide).unwrap(), wide);
    assert_eq!(exact("2.675").round(2, RoundMode::HalfUp), exact("2.68"));
    assert_eq!(exact("-2.675").round(2, RoundMode::HalfUp), exact("-2.68"));
    assert_eq!(exact("26.5").fixed(2), "26.50");
    assert_eq!(exact("-0.004").fixed(2), "0.00");
}
