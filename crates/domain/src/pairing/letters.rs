//! The letters of codes, and the two check letters at the end of one: a Reed–Solomon code over the field of 32 elements, so that any two wrong
//! letters are found, and any two that changed places.

use crate::envelope::Refusal;
use std::fmt;

/// Letters of a code, check letters included. At most 31, or two places would look alike.
pub(crate) const LENGTH: usize = 30;
/// Letters in a group of a code.
pub(crate) const GROUP: usize = 5;
/// Digits, and letters without I, L, O (taken for digits) and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The letter of a symbol below 32; of a byte its five lowest bits.
#[must_use]
pub fn letter(symbol: u8) -> char {
    char::from(ALPHABET[usize::from(symbol & 31)])
}

/// A character of full width as the plain one, and the Chinese full stop as a point: what an input method makes of them.
pub(crate) fn plain(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => u8::try_from(u32::from(character) - 0xfee0).map_or(character, char::from),
        '\u{3000}' => ' ',
        '。' => '.',
        other => other,
    }
}

/// The symbols of what was typed; `None` where a character is none of ours. Spaces and dashes say nothing, letters that are taken for digits are
/// these.
#[must_use]
pub fn symbols(typed: &str) -> Option<Vec<u8>> {
    let told =
        typed.chars().map(plain).filter(|one| !one.is_whitespace() && !matches!(one, '-' | '–' | '—' | '_' | '.'));
    told.map(|one| {
        let upper = match one.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let at = ALPHABET.iter().position(|letter| char::from(*letter) == upper)?;
        u8::try_from(at).ok()
    })
    .collect()
}

/// Writes symbols in groups with dashes between.
pub(crate) fn write_groups(f: &mut fmt::Formatter<'_>, symbols: &[u8], group: usize) -> fmt::Result {
    let groups: Vec<String> =
        symbols.chunks(group).map(|group| group.iter().map(|symbol| letter(*symbol)).collect()).collect();
    f.write_str(&groups.join("-"))
}

/// A product in the field of 32 elements, x⁵ + x² + 1.
const fn times(mut a: u8, mut b: u8) -> u8 {
    let mut product = 0;
    while b > 0 {
        if b & 1 == 1 {
            product ^= a;
        }
        a <<= 1;
        if a & 32 != 0 {
            a ^= 0b10_0101;
        }
        b >>= 1;
    }
    product
}

/// x to a power.
fn power(exponent: usize) -> u8 {
    (0..exponent).fold(1, |power, _| times(power, 2))
}

/// What divides to one.
fn inverse(of: u8) -> u8 {
    (1..32).find(|other| times(of, *other) == 1).unwrap_or(0)
}

/// Sum of the symbols, and their sum weighted by place. Both are zero in a whole code.
fn sums(symbols: &[u8]) -> (u8, u8) {
    symbols
        .iter()
        .enumerate()
        .fold((0, 0), |(plain, weighted), (at, symbol)| (plain ^ symbol, weighted ^ times(*symbol, power(at))))
}

/// The check letters behind the others.
pub(crate) fn checks(symbols: &[u8]) -> [u8; 2] {
    let (plain, weighted) = sums(symbols);
    let (first, second) = (power(LENGTH - 2), power(LENGTH - 1));
    let last = times(weighted ^ times(plain, first), inverse(first ^ second));
    [plain ^ last, last]
}

/// The symbols of a code as it was typed, or one of these refusals: it has not as many letters and digits; it was mistyped, in the `group` that seems to
/// be the one; it was mistyped elsewhere.
pub(crate) fn read(typed: &str, [form, group, other]: [&'static str; 3]) -> Result<[u8; LENGTH], Refusal> {
    let symbols = symbols(typed).and_then(|symbols| symbols.try_into().ok()).ok_or(Refusal::new(form))?;
    match fault(&symbols) {
        None => Ok(symbols),
        Some(Some(at)) => Err(Refusal::new(group).with("group", at / GROUP + 1)),
        Some(None) => Err(Refusal::new(other)),
    }
}

/// What is wrong with a code: nothing, something, or (where one wrong letter would explain it) the place of that letter.
fn fault(symbols: &[u8; LENGTH]) -> Option<Option<usize>> {
    match sums(symbols) {
        (0, 0) => None,
        (plain, weighted) => Some((0..LENGTH).find(|at| plain != 0 && times(plain, power(*at)) == weighted)),
    }
}
