//! Identity documents: 居民身份证 by GB 11643, and the papers of those who have none.

use jiangsai_scoring::Text;

/// Kind of document, as kept in a form.
pub const KINDS: [&str; 6] =
    ["resident_id", "passport", "hk_macao_permit", "taiwan_permit", "hmt_residence", "foreigner_id"];

/// Province codes of GB/T 2260: the first two digits of a citizen's number.
const PROVINCES: [u8; 35] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64, 65, 71, 81, 82, 83,
];

/// Region of people who were made up (模拟数据). No province, and no foreigner either: behind their 9 stands a province.
pub const MADE_UP_REGION: &str = "999999";

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
/// * 居民身份证: GB 11643-1999, the region being a province of GB/T 2260 (or [`MADE_UP_REGION`]).
/// * 港澳台居民居住证: the same, with region 81, 82 or 83 (港澳台居民居住证申领发放办法, 2018).
/// * 外国人永久居留身份证: since December 2023 the same again, `9` and a province first, then the nationality; before that three
///   letters of nationality and twelve digits. Both are in use.
/// * 港澳居民来往内地通行证: H or M and eight digits, with two more for the issue on older ones.
/// * 台湾居民来往大陆通行证: eight digits, ten with the issue on older ones.
/// * 护照: states agree on no form; five to twenty letters and digits.
///
/// # Errors
/// Why it cannot be a number of that kind.
pub fn check(kind: &str, number: &str, today: &str) -> Result<(), Why> {
    let one_of = |patterns: &[&str]| {
        let fits = patterns.iter().any(|pattern| has_form(number, pattern));
        if fits { Ok(()) } else { Err("fault-document-form") }
    };
    match kind {
        "resident_id" => {
            citizen(number, today, |digits| digits.starts_with(MADE_UP_REGION) || is_province(digits.get(..2)))
        }
        "hmt_residence" => citizen(number, today, |digits| matches!(digits.get(..2), Some("81" | "82" | "83"))),
        "foreigner_id" if number.starts_with(|first: char| first.is_ascii_digit()) => {
            citizen(number, today, |digits| digits.starts_with('9') && is_province(digits.get(1..3)))
        }
        "foreigner_id" => one_of(&["AAA000000000000"]),
        "hk_macao_permit" => one_of(&["H00000000", "M00000000", "H0000000000", "M0000000000"]),
        "taiwan_permit" => one_of(&["00000000", "0000000000"]),
        _ => {
            let fits = (5..=20).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_alphanumeric());
            if fits { Ok(()) } else { Err("fault-document-form") }
        }
    }
}

fn is_province(digits: Option<&str>) -> bool {
    digits.and_then(|digits| digits.parse().ok()).is_some_and(|code| PROVINCES.contains(&code))
}

/// A pattern: `0` is any digit, `A` any letter, anything else itself.
fn has_form(number: &str, pattern: &str) -> bool {
    number.len() == pattern.len()
        && number.bytes().zip(pattern.bytes()).all(|(byte, wanted)| match wanted {
            b'0' => byte.is_ascii_digit(),
            b'A' => byte.is_ascii_uppercase(),
            other => byte == other,
        })
}

/// GB 11643-1999: six digits of region, the birth date, a sequence of three, and a check character by ISO 7064 MOD 11-2. The
/// fifteen digits of before 1999 are no longer valid.
fn citizen(number: &str, today: &str, region: impl Fn(&str) -> bool) -> Result<(), Why> {
    let bytes = number.as_bytes();
    if number.chars().count() != 18 {
        return Err("fault-id-length");
    }
    if bytes.len() != 18 || !bytes[..17].iter().all(u8::is_ascii_digit) || !matches!(bytes[17], b'0'..=b'9' | b'X') {
        return Err("fault-id-digit");
    }
    if check_character(&bytes[..17]) != bytes[17] {
        return Err("fault-id-checksum");
    }
    if !region(number) {
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
    let digits =
        number.get(6..14).filter(|part| number.len() == 18 && part.bytes().all(|byte| byte.is_ascii_digit()))?;
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
        "hk_macao_permit" => {
            Text::new("港澳居民来往内地通行证", "Mainland travel permit for Hong Kong and Macao residents")
        }
        "taiwan_permit" => Text::new("台湾居民来往大陆通行证", "Mainland travel permit for Taiwan residents"),
        "hmt_residence" => Text::new("港澳台居民居住证", "Residence permit for Hong Kong, Macao and Taiwan residents"),
        "foreigner_id" => Text::new("外国人永久居留身份证", "Foreign permanent resident identity card"),
        other => Text::same(other),
    }
}

#[cfg(test)]
mod tests;
