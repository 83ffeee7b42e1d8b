//! What a computer is known by: the beginning of a hash of its key, short enough to be compared by voice.

use super::letters::{symbols, write_groups};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Letters of a fingerprint: 80 bits, far beyond what anybody can search through for another key that has the same.
pub(super) const LETTERS: usize = 16;
/// Letters in a group.
const GROUP: usize = 4;

/// The first 80 bits of the SHA-256 of a public key (as X.509 writes it, SubjectPublicKeyInfo). In text sixteen letters and digits in groups of
/// four.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; LETTERS]);

/// A text that is no fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a fingerprint of 16 letters and digits")]
pub struct NotAFingerprint;

impl Fingerprint {
    /// The fingerprint of a key with this SHA-256.
    #[must_use]
    pub fn of(hash: &[u8; 32]) -> Self {
        let bit = |at: usize| (hash[at / 8] >> (7 - at % 8)) & 1;
        Self(std::array::from_fn(|at| (0..5).fold(0, |symbol, place| (symbol << 1) | bit(at * 5 + place))))
    }

    pub(super) fn from_symbols(symbols: &[u8; LETTERS]) -> Self {
        Self(*symbols)
    }

    pub(super) const fn symbols(self) -> [u8; LETTERS] {
        self.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_groups(f, &self.0, GROUP)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Fingerprint {
    type Err = NotAFingerprint;

    fn from_str(text: &str) -> Result<Self, NotAFingerprint> {
        symbols(text).and_then(|symbols| symbols.try_into().ok()).map(Self).ok_or(NotAFingerprint)
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
