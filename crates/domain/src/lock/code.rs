//! An opening code (开启码): thirty letters in groups of five, which are read from paper and typed.

use crate::envelope::Refusal;
use crate::pairing::letters::{self, GROUP, LENGTH, checks, letter, write_groups};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Letters without the two check letters: 140 bits.
const OWN: usize = LENGTH - 2;

/// An opening code.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OpeningCode([u8; OWN]);

impl OpeningCode {
    /// A code from random bytes, of which five bits each are used.
    #[must_use]
    pub fn new(random: &[u8; 32]) -> Self {
        Self(std::array::from_fn(|at| random[at] & 31))
    }

    /// Reads what was typed: in any case, with or without spaces and dashes, also in full width.
    ///
    /// # Errors
    /// `opening-code-form` where it is not thirty letters and digits; `opening-code-typed` where it was mistyped, or `opening-code-group` with
    /// the group that seems to be the one.
    pub fn read(typed: &str) -> Result<Self, Refusal> {
        let symbols = letters::read(typed, ["opening-code-form", "opening-code-group", "opening-code-typed"])?;
        Ok(Self(std::array::from_fn(|at| symbols[at])))
    }

    /// Its letters, without groups and check letters.
    #[must_use]
    pub fn letters(&self) -> String {
        self.0.iter().map(|symbol| letter(*symbol)).collect()
    }
}

impl fmt::Display for OpeningCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut all = self.0.to_vec();
        all.extend(checks(&self.0));
        write_groups(f, &all, GROUP)
    }
}

impl TryFrom<String> for OpeningCode {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::read(&text)
    }
}

impl From<OpeningCode> for String {
    fn from(code: OpeningCode) -> Self {
        code.to_string()
    }
}

/// Without what it says: whoever reads a log opens nothing.
impl fmt::Debug for OpeningCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OpeningCode(…)")
    }
}
