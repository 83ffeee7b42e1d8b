//! Telephone numbers as people write them, and as they are kept.

/// A number as it is kept: a mainland mobile number (`13800000000`), a landline with its area code (`057588888888`), or `+` and
/// a number abroad (`+85221234567`). Spaces, hyphens, brackets and points between digits are dropped; `+86`, `0086` and `86`
/// before a mainland number too. `None` where the text is none of these.
///
/// Mobile numbers have eleven digits from `13` to `19` (电信网编号计划); an area code has three or four digits and the number
/// behind it seven or eight; a number abroad has at most fifteen digits (ITU-T E.164).
#[must_use]
pub fn normalise(text: &str) -> Option<String> {
    let written: String =
        text.chars().map(crate::document::half_width).filter(|letter| !is_separator(*letter)).collect();
    let (digits, abroad) = match written.strip_prefix('+').or_else(|| written.strip_prefix("00")) {
        Some(rest) => (rest, true),
        None => (written.as_str(), false),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Some(own) = digits.strip_prefix("86") {
        if is_mobile(own) {
            return Some(own.to_owned());
        }
        if abroad {
            // Behind the country code an area code is written without its zero.
            let own = if own.starts_with('0') { own.to_owned() } else { format!("0{own}") };
            return is_landline(&own).then_some(own);
        }
    }
    if abroad {
        let fits = (7..=15).contains(&digits.len()) && !digits.starts_with('0');
        return fits.then(|| format!("+{digits}"));
    }
    (is_mobile(digits) || is_landline(digits)).then(|| digits.to_owned())
}

fn is_separator(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '-' | '‐' | '‑' | '–' | '—' | '−' | '(' | ')' | '.' | '·')
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && digits.starts_with('1') && digits.as_bytes().get(1).is_some_and(|second| *second >= b'3')
}

/// An area code: `010` and `02x` have three digits, the others four.
fn is_landline(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    let area = match (bytes.first(), bytes.get(1)) {
        (Some(b'0'), Some(b'1' | b'2')) => 3,
        (Some(b'0'), Some(b'3'..=b'9')) => 4,
        _ => return false,
    };
    digits.len() == area + 7 || digits.len() == area + 8
}

#[cfg(test)]
mod tests {
    use super::normalise;

    #[test]
    fn what_people_write_is_kept_in_one_way() {
        for (written, kept) in [
            ("13800000000", "13800000000"),
            ("138 0000 0000", "13800000000"),
            ("１３８－００００－００００", "13800000000"),
            ("+86 138-0000-0000", "13800000000"),
            ("86 13800000000", "13800000000"),
            ("008613800000000", "13800000000"),
            ("(0575) 8888 8888", "057588888888"),
            ("+86 575 88888888", "057588888888"),
            ("010-88888888", "01088888888"),
            ("0571-8888888", "05718888888"),
            ("+852 2123 4567", "+85221234567"),
            ("00852 2123 4567", "+85221234567"),
        ] {
            assert_eq!(normalise(written).as_deref(), Some(kept), "{written}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for written in [
            "",
            "+",
            "1390000",
            "138000000000",
            "12800000000",
            "88888888",
            "13800000000/139",
            "无",
            "+86 138",
            "0",
            "1e10",
        ] {
            assert_eq!(normalise(written), None, "{written}");
        }
    }
}
