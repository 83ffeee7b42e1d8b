//! Identity documents: 居民身份证 by GB 11643, and the papers of those who have none.

use jiangsai_scoring::Text;

/// Kind of document, as kept in a form.
pub const KINDS: [&str; 6] =
    ["resident_id", "passport", "hk_macao_permit", "taiwan_permit", "hmt_residence", "foreigner_id"];

/// Province codes of GB/T 2260, and 91 for foreign permanent residents (港澳台居民居住证 use 81, 82, 83).
const REGIONS: [u8; 35] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64,
    65, 71, 81, 82, 83,
];

/// Why a number does not fit its kind: a locale key.
pub type Why = &'static str;

/// The number as it is kept: half-width, upper case, without spaces.
#[must_use]
pub fn normalise(number: &str) -> String {
    number
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '\u{feff}')
        .map(half_width)
        .flat_map(char::to_uppercase)
        .collect()
}

/// Full-width digits, letters and signs as their half-width forms.
#[must_use]
pub fn half_width(letter: char) -> char {
    match u32::from(letter) {
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(letter),
        0x3000 => ' ',
        _ => letter,
    }
}

/// Checks a normalised number against its kind. `today` is `YYYY-MM-DD`.
///
/// # Errors
/// Why it cannot be a number of that kind.
pub fn check(kind: &str, number: &str, today: &str) -> Result<(), Why> {
    match kind {
        "resident_id" | "hmt_residence" => resident(number, today),
        "foreigner_id" if number.len() == 18 => resident(number, today),
        "foreigner_id" => form(number, "AAA000000000000"),
        "hk_macao_permit" => form(number, "H00000000").or_else(|_| form(number, "M00000000")).or_else(|_| {
            form(number, "H0000000000").or_else(|_| form(number, "M0000000000"))
        }),
        "taiwan_permit" => form(number, "00000000").or_else(|_| form(number, "0000000000")),
        _ => {
            let fits = (5..=20).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_alphanumeric());
            if fits { Ok(()) } else { Err("fault-document-form") }
        }
    }
}

/// A pattern: `0` is any digit, `A` any letter, anything else itself.
fn form(number: &str, pattern: &str) -> Result<(), Why> {
    let fits = number.len() == pattern.len()
        && number.bytes().zip(pattern.bytes()).all(|(byte, wanted)| match wanted {
            b'0' => byte.is_ascii_digit(),
            b'A' => byte.is_ascii_uppercase(),
            other => byte == other,
        });
    if fits { Ok(()) } else { Err("fault-document-form") }
}

/// GB 11643-1999: six digits of region, the birth date, a sequence of three, and a check character by ISO 7064 MOD 11-2.
fn resident(number: &str, today: &str) -> Result<(), Why> {
    let bytes = number.as_bytes();
    if bytes.len() != 18 {
        return Err("fault-id-length");
    }
    if !bytes[..17].iter().all(u8::is_ascii_digit) || !(bytes[17].is_ascii_digit() || bytes[17] == b'X') {
        return Err("fault-id-digit");
    }
    if check_character(&bytes[..17]) != bytes[17] {
        return Err("fault-id-checksum");
    }
    let region = (bytes[0] - b'0') * 10 + (bytes[1] - b'0');
    // A 9 marks what no province has: foreign permanent residents, and numbers made up on purpose.
    if !REGIONS.contains(&region) && bytes[0] != b'9' {
        return Err("fault-id-region");
    }
    let date = birth_date(number).ok_or("fault-id-date")?;
    if !crate::form::is_date(&date) || date.as_str() > today || date.as_str() < "1900-01-01" {
        return Err("fault-id-date");
    }
    Ok(())
}

/// The check character of seventeen digits.
fn check_character(digits: &[u8]) -> u8 {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    b"10X98765432"[(sum % 11) as usize]
}

/// A whole number from its first seventeen digits, for synthetic people; `None` when they are not seventeen digits.
#[must_use]
pub fn with_check_character(digits: &str) -> Option<String> {
    let bytes = digits.as_bytes();
    let right = bytes.len() == 17 && bytes.iter().all(u8::is_ascii_digit);
    right.then(|| format!("{digits}{}", char::from(check_character(bytes))))
}

/// The birth date of an 18-digit number as `YYYY-MM-DD`.
#[must_use]
pub fn birth_date(number: &str) -> Option<String> {
    let digits = number.get(6..14).filter(|part| number.len() == 18 && part.bytes().all(|byte| byte.is_ascii_digit()))?;
    Some(format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]))
}

/// The sex an 18-digit number states: the 17th digit is odd for men.
#[must_use]
pub fn sex(number: &str) -> Option<&'static str> {
    let digit = number.as_bytes().get(16).filter(|byte| number.len() == 18 && byte.is_ascii_digit())?;
    Some(if digit % 2 == 1 { "male" } else { "female" })
}

/// The number with its middle hidden: the first three and the last four stay.
#[must_use]
pub fn mask(number: &str) -> String {
    let letters: Vec<char> = number.chars().collect();
    if letters.len() < 8 {
        return "*".repeat(letters.len());
    }
    let tail = letters.len() - 4;
    let hidden = |(index, letter): (usize, &char)| if (3..tail).contains(&index) { '*' } else { *letter };
    letters.iter().enumerate().map(hidden).collect()
}

/// What a kind is called.
#[must_use]
pub fn kind_name(kind: &str) -> Text {
    match kind {
        "resident_id" => Text::new("居民身份证", "Resident identity card"),
        "passport" => Text::new("护照", "Passport"),
        "hk_macao_permit" => Text::new("港澳居民来往内地通行证", "Mainland travel permit for Hong Kong and Macao residents"),
        "taiwan_permit" => Text::new("台湾居民来往大陆通行证", "Mainland travel permit for Taiwan residents"),
        "hmt_residence" => Text::new("港澳台居民居住证", "Residence permit for Hong Kong, Macao and Taiwan residents"),
        "foreigner_id" => Text::new("外国人永久居留身份证", "Foreign permanent resident identity card"),
        other => Text::same(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    const TODAY: &str = "2026-11-24";

    #[test]
    fn published_numbers_pass_and_a_wrong_check_character_does_not() {
        for number in ["110101202311012176", "440524188001010014", "11010519491231002X"] {
            let result = check("resident_id", number, TODAY);
            // The second is a textbook example of a person born in 1880.
            let wanted = if number.contains("1880") { Err("fault-id-date") } else { Ok(()) };
            assert_eq!(result, wanted, "{number}");
        }
        assert_eq!(check("resident_id", "110101202311012171", TODAY), Err("fault-id-checksum"), "wrong check digit");
    }

    #[test]
    fn every_single_digit_error_and_every_swap_of_neighbours_is_found() {
        let right = "11010519491231002X";
        for place in 0..17 {
            for digit in b'0'..=b'9' {
                let mut bytes = right.as_bytes().to_vec();
                if bytes[place] == digit {
                    continue;
                }
                bytes[place] = digit;
                let wrong = String::from_utf8_lossy(&bytes).into_owned();
                assert!(check("resident_id", &wrong, TODAY).is_err(), "{wrong} differs in one digit");
            }
            let mut bytes = right.as_bytes().to_vec();
            bytes.swap(place, place + 1);
            if bytes != right.as_bytes() {
                let wrong = String::from_utf8_lossy(&bytes).into_owned();
                assert!(check("resident_id", &wrong, TODAY).is_err(), "{wrong} has two digits swapped");
            }
        }
    }

    #[test]
    fn each_kind_has_its_form() {
        for (kind, number) in [
            ("passport", "E12345678"),
            ("hk_macao_permit", "H12345678"),
            ("taiwan_permit", "12345678"),
            ("foreigner_id", "AAA123456789012"),
        ] {
            assert_eq!(check(kind, number, TODAY), Ok(()), "{kind} {number}");
        }
        assert_eq!(check("hk_macao_permit", "X12345678", TODAY), Err("fault-document-form"), "H or M comes first");
        assert_eq!(check("resident_id", "130503670401001", TODAY), Err("fault-id-length"), "the old 15 digits");
        assert_eq!(check("resident_id", "110101202713012171", TODAY).is_err(), true, "no such month");
    }

    #[test]
    fn what_was_typed_is_normalised_and_what_is_shown_is_masked() {
        assert_eq!(normalise(" １１０１０５ 19491231002x"), "11010519491231002X");
        assert_eq!(mask("330683199001011234"), "330***********1234");
        assert_eq!(sex("11010519491231002X"), Some("female"), "the 17th digit is even");
        assert_eq!(birth_date("11010519491231002X").as_deref(), Some("1949-12-31"));
    }
}
