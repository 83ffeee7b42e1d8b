//! The number of a sheet: ten digits from what the sheet is about and two check digits (ISO 7064, MOD 97-10), so that it can be
//! typed on a numeric keypad and a slip of the finger is no other sheet's number.

use crate::document::half_width;
use sha2::{Digest, Sha256};

/// The number of the sheet of a blind code, a module and a judge's code (empty for agreed items). After a redraw or another judge it
/// is another number, so that an old print cannot be taken for a new one.
#[must_use]
pub fn sheet_number(event: &str, code: &str, module: &str, judge: &str) -> String {
    let mut hash = Sha256::new();
    for part in ["sheet", event, code, module, judge] {
        hash.update(part);
        hash.update("\n");
    }
    let head = hash.finalize().iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    let digits = head % 10_000_000_000;
    format!("{digits:010}{:02}", 98 - digits * 100 % 97)
}

/// A number in groups of four, as it is printed.
#[must_use]
pub fn spaced(number: &str) -> String {
    let digits: Vec<char> = number.chars().collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// A number as typed or scanned: full-width digits, spaces and hyphens are read. `None` when it is none, or its check digits are
/// not those of its other digits.
#[must_use]
pub fn read_number(text: &str) -> Option<String> {
    let digits: String =
        text.chars().map(half_width).filter(|letter| !letter.is_whitespace() && *letter != '-').collect();
    let right = digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let value: u64 = digits.parse().ok().filter(|_| right)?;
    (value % 97 == 1).then_some(digits)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_is_read_as_printed_and_as_scanned() {
        let number = sheet_number("event", "A-07", "B", "P02");
        assert_eq!(number.len(), 12);
        assert_eq!(read_number(&spaced(&number)), Some(number.clone()));
        let wide: String = number.chars().map(|digit| char::from_u32(u32::from(digit) + 0xfee0).unwrap()).collect();
        assert_eq!(read_number(&format!(" {wide}\n")), Some(number.clone()));
        assert_ne!(sheet_number("event", "A-08", "B", "P02"), number, "another entry, another sheet");
        assert_ne!(sheet_number("event", "A-0", "7B", "P02"), sheet_number("event", "A-07", "B", "P02"));
    }

    proptest! {
        /// ISO 7064 finds every single error and every transposition of neighbours.
        #[test]
        fn one_wrong_digit_or_two_exchanged_are_no_number(code in ".{0,12}", module in ".{0,6}", judge in ".{0,6}") {
            let number = sheet_number("event", &code, &module, &judge);
            prop_assert_eq!(read_number(&number), Some(number.clone()));
            let digits: Vec<u8> = number.bytes().collect();
            for at in 0..12 {
                for digit in b'0'..=b'9' {
                    let mut wrong = digits.clone();
                    wrong[at] = digit;
                    let read = read_number(std::str::from_utf8(&wrong).unwrap());
                    prop_assert_eq!(read.is_some(), digit == digits[at], "{} with {} at {}", number, digit, at);
                }
                if at > 0 && digits[at] != digits[at - 1] {
                    let mut wrong = digits.clone();
                    wrong.swap(at, at - 1);
                    prop_assert_eq!(read_number(std::str::from_utf8(&wrong).unwrap()), None, "{} exchanged at {}", number, at);
                }
            }
        }
    }
}
