//! Codes that are shown once and typed once: of set-up links, and for the day on which an authenticator app is lost.

use crate::failure::Failure;
use crate::people::random;
use jiangsai_domain::pairing::{letter, symbols};
use sha2::{Digest, Sha256};

/// Letters of a link: 130 bits, as whoever has it becomes somebody.
const LINK: usize = 26;
/// Letters of a recovery code: 50 bits, with a password in front and five tries.
const RECOVERY: usize = 10;

/// A code of a set-up link.
pub(crate) fn link() -> Result<String, Failure> {
    letters(LINK)
}

/// A recovery code, in two groups.
pub(crate) fn recovery() -> Result<String, Failure> {
    let code = letters(RECOVERY)?;
    let (one, other) = code.split_at(RECOVERY / 2);
    Ok(format!("{one}-{other}"))
}

fn letters(count: usize) -> Result<String, Failure> {
    let bytes = random()?;
    Ok(bytes.iter().take(count).map(|byte| letter(*byte)).collect())
}

/// What was typed, as it was shown but without what stands between; nothing where it holds a letter that no code has.
pub(crate) fn read(typed: &str) -> String {
    symbols(typed).into_iter().flatten().map(letter).collect()
}

/// The six digits of an authenticator, where that was typed.
pub(crate) fn six_digits(read: &str) -> Option<u32> {
    let all = read.len() == 6 && read.bytes().all(|digit| digit.is_ascii_digit());
    if all { read.parse().ok() } else { None }
}

/// What is kept of the code of a link.
pub(crate) fn link_hash(link: &str) -> Vec<u8> {
    Sha256::new().chain_update(b"jiangsai.account-link\n").chain_update(read(link)).finalize().to_vec()
}

/// What is kept of the token of a session.
pub(crate) fn token_hash(token: &str) -> Vec<u8> {
    Sha256::new().chain_update(b"jiangsai.account-session\n").chain_update(token).finalize().to_vec()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn codes_are_read_however_they_were_typed() {
        assert_eq!(read(" 7k-o1l２ "), "7K0112");
        assert_eq!(six_digits(&read("123 456")), Some(123_456));
        assert_eq!(six_digits(&read("００１２３４")), Some(1_234), "full width");
        for wrong in ["12345", "1234567", "12345A", ""] {
            assert_eq!(six_digits(&read(wrong)), None, "{wrong}");
        }
    }

    #[test]
    fn codes_are_long_enough_and_read_as_they_are_shown() {
        let (link, recovery) = (link().unwrap(), recovery().unwrap());
        assert_eq!((link.len(), read(&link)), (26, link.clone()));
        assert_eq!((recovery.len(), read(&recovery).len()), (11, 10));
        assert_eq!(link_hash(&link.to_lowercase()), link_hash(&link));
        assert_ne!(token_hash(&link), link_hash(&link));
    }
}
