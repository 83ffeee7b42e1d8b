//! 统一社会信用代码 by GB 32100.

/// Digits and letters without I, O, S, V, Z.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Checks a normalised code: 18 characters, the last by GB 32100-2015 (weights 3^i mod 31).
///
/// # Errors
/// Why it is no such code, as a locale key.
pub fn check(code: &str) -> Result<(), &'static str> {
    if code.chars().count() != 18 {
        return Err("fault-unit-code-length");
    }
    let values: Option<Vec<usize>> =
        code.bytes().map(|byte| ALPHABET.iter().position(|letter| *letter == byte)).collect();
    let values = values.ok_or("fault-unit-code-char")?;
    if values[17] == check_value(&values[..17]) { Ok(()) } else { Err("fault-unit-code-checksum") }
}

/// The value of the check character. A remainder of zero gives zero: the formula is `(31 − r) mod 31`.
fn check_value(values: &[usize]) -> usize {
    let mut weight = 1;
    let mut sum = 0;
    for value in values {
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    (31 - sum % 31) % 31
}

/// A whole code from its first seventeen characters, for synthetic units; `None` when they are not of the alphabet.
#[must_use]
pub fn with_check_character(code: &str) -> Option<String> {
    let values: Option<Vec<usize>> =
        code.bytes().map(|byte| ALPHABET.iter().position(|letter| *letter == byte)).collect();
    let values = values.filter(|values| values.len() == 17)?;
    Some(format!("{code}{}", char::from(ALPHABET[check_value(&values)])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_codes_pass_remainder_zero_included() {
        for code in ["12100000400009880K", "91110000600037341L", "91330603MA00000240"] {
            assert_eq!(check(code), Ok(()), "{code}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_apart() {
        assert_eq!(check("91330603MA0000024"), Err("fault-unit-code-length"));
        assert_eq!(check("91330603MA0000024I"), Err("fault-unit-code-char"), "no I in the alphabet");
        assert_eq!(check("91330603MA00000241"), Err("fault-unit-code-checksum"));
    }

    #[test]
    fn every_single_character_error_is_found() {
        let right = "91110000600037341L";
        for place in 0..18 {
            for letter in ALPHABET {
                let mut bytes = right.as_bytes().to_vec();
                if bytes[place] != *letter {
                    bytes[place] = *letter;
                    let wrong = String::from_utf8_lossy(&bytes).into_owned();
                    assert!(check(&wrong).is_err(), "{wrong} differs in one character");
                }
            }
        }
    }
}
