//! Roots against exact comparisons of their squares.

use crate::exact::{Exact, RoundMode};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;
use std::cmp::Ordering;

const MODES: [RoundMode; 6] =
    [RoundMode::HalfUp, RoundMode::HalfEven, RoundMode::Down, RoundMode::Up, RoundMode::Floor, RoundMode::Ceiling];

fn exact(text: &str) -> Exact {
    text.parse().expect("a number")
}

fn root(text: &str, digits: u8, mode: RoundMode) -> String {
    exact(text).root(digits, mode).expect("not below zero").to_string()
}

/// How `value` compares with `top / √square`, by signs and squares alone.
fn compare(value: &BigRational, top: &BigRational, square: &BigRational) -> Ordering {
    let zero = BigRational::from(BigInt::from(0));
    let by_square = (value * value * square).cmp(&(top * top));
    match (value.cmp(&zero), top.cmp(&zero)) {
        (Ordering::Less, Ordering::Less) => by_square.reverse(),
        (Ordering::Less, _) => Ordering::Less,
        (_, Ordering::Less) => Ordering::Greater,
        _ => by_square,
    }
}

/// Is `rounded` what `mode` makes of `top / √square`?
fn assert_rounds(rounded: &Exact, top: &Exact, square: &Exact, digits: u8, mode: RoundMode) {
    let step = BigRational::new(BigInt::from(1), BigInt::from(10).pow(u32::from(digits)));
    let half = &step / BigInt::from(2);
    let (value, top, square) = (rounded.big(), top.big(), square.big());
    let ticks = &value / &step;
    assert!(ticks.is_integer(), "{rounded} has more than {digits} decimals");
    let at = |value: BigRational| compare(&value, &top, &square);
    let negative = top < BigRational::from(BigInt::from(0));
    let floor = || at(value.clone()).is_le() && at(&value + &step).is_gt();
    let ceiling = || at(value.clone()).is_ge() && at(&value - &step).is_lt();
    let right = match mode {
        RoundMode::Floor => floor(),
        RoundMode::Ceiling => ceiling(),
        RoundMode::Down if negative => ceiling(),
        RoundMode::Down => floor(),
        RoundMode::Up if negative => floor(),
        RoundMode::Up => ceiling(),
        RoundMode::HalfUp | RoundMode::HalfEven => {
            let (below, above) = (at(&value - &half), at(&value + &half));
            let tie_here = match mode {
                // Away from zero: the middle towards zero belongs here, the one away from zero does not.
                RoundMode::HalfUp if negative => [Ordering::Less, Ordering::Equal],
                RoundMode::HalfUp => [Ordering::Equal, Ordering::Less],
                _ if (ticks.to_integer() % BigInt::from(2)) == BigInt::from(0) => [Ordering::Equal; 2],
                _ => [Ordering::Less; 2],
            };
            (below.is_lt() || (below.is_eq() && tie_here[0].is_eq()))
                && (above.is_gt() || (above.is_eq() && tie_here[1].is_eq()))
        }
    };
    assert!(right, "{rounded} is not {top} / root of {square} rounded {} to {digits}", mode.name());
}

#[test]
fn roots_by_hand() {
    assert_eq!(root("2", 3, RoundMode::HalfUp), "1.414");
    assert_eq!(root("2", 3, RoundMode::Up), "1.415");
    assert_eq!(root("0", 2, RoundMode::Up), "0");
    assert_eq!(root("1/9", 2, RoundMode::Ceiling), "0.34");
    assert_eq!(root("0.0001", 0, RoundMode::Up), "1");
    // √0.0225 = 0.15 and √0.0625 = 0.25 lie exactly in the middle.
    assert_eq!(
        (root("0.0225", 1, RoundMode::HalfUp), root("0.0225", 1, RoundMode::HalfEven)),
        ("0.2".into(), "0.2".into())
    );
    assert_eq!(
        (root("0.0625", 1, RoundMode::HalfUp), root("0.0625", 1, RoundMode::HalfEven)),
        ("0.3".into(), "0.2".into())
    );
    assert_eq!(exact("-0.01").root(2, RoundMode::HalfUp), None);
}

#[test]
fn a_standard_score_keeps_its_sign() {
    let score = |mode| exact("-1").over_root(&exact("16"), 1, mode).expect("a variance").to_string();
    // -1/4 between -0.3 and -0.2.
    let all: Vec<String> = MODES.iter().map(|mode| score(*mode)).collect();
    assert_eq!(all, ["-0.3", "-0.2", "-0.2", "-0.3", "-0.3", "-0.2"]);
    assert_eq!(exact("0").over_root(&exact("3"), 4, RoundMode::Up), Some(Exact::ZERO));
    assert_eq!(exact("1").over_root(&exact("0"), 4, RoundMode::Up), None);
    assert_eq!(exact("1").over_root(&exact("-4"), 4, RoundMode::Up), None);
    // 7 / √2 = 4.9497…
    assert_eq!(exact("7").over_root(&exact("2"), 3, RoundMode::HalfUp), Some(exact("4.95")));
}

/// Fractions of all sizes: small, 64 bits, and beyond 128.
fn value() -> impl Strategy<Value = Exact> {
    prop_oneof![
        (-200i64..200, 1i64..40).prop_map(|(n, d)| Exact::ratio(n, d).expect("not zero")),
        (any::<i64>(), 1i64..).prop_map(|(n, d)| Exact::ratio(n, d).expect("not zero")),
        ("-?[1-9][0-9]{40,90}", "[1-9][0-9]{0,60}").prop_map(|(n, d)| exact(&format!("{n}/{d}"))),
        "-?[0-9]{1,4}\\.[0-9]{1,6}".prop_map(|text| exact(&text)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_root_rounds_as_its_square_says(value in value(), digits in 0u8..=24) {
        let value = value.abs();
        for mode in MODES {
            let rounded = value.root(digits, mode).expect("not below zero");
            // √x is x / √x, and 0 is its own root.
            let (top, square) = if value.is_zero() { (&value, &Exact::ONE) } else { (&value, &value) };
            assert_rounds(&rounded, top, square, digits, mode);
        }
    }

    #[test]
    fn a_quotient_by_a_root_rounds_as_its_square_says(top in value(), square in value(), digits in 0u8..=12) {
        for mode in MODES {
            match top.over_root(&square, digits, mode) {
                Some(rounded) => assert_rounds(&rounded, &top, &square, digits, mode),
                None => prop_assert!(square.is_negative() || square.is_zero()),
            }
        }
    }

    #[test]
    fn the_root_of_a_square_is_the_value_rounded(value in value(), digits in 0u8..=12) {
        let square = &value * &value;
        for mode in MODES {
            prop_assert_eq!(square.root(digits, mode), Some(value.abs().round(digits, mode)));
            // v / √(v²) is the sign; v² / √(v²) = |v|.
            if !value.is_zero() {
                prop_assert_eq!(square.over_root(&square, digits, mode), Some(value.abs().round(digits, mode)));
                let sign = if value.is_negative() { -Exact::ONE } else { Exact::ONE };
                prop_assert_eq!(value.over_root(&square, digits, mode), Some(sign));
            }
        }
    }
}
