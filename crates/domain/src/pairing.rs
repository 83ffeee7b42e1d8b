//! How two computers are brought together: the code that one shows and the other is given, and the address beside it.
//!
//! A code says a secret, which lets in once, and the [`Fingerprint`] of the computer that made it, so that nobody between the two can answer
//! in its place. It is made to be read aloud and typed: no letters that are taken for one another, groups of five, and check letters that
//! find any two wrong ones.
//!
//! Left out: how a fingerprint is made of a key, and who keeps the secret (`app`).

mod address;
mod fingerprint;
pub(crate) mod letters;
mod screen;

pub use address::{Address, Invitation, PORT};
pub use fingerprint::Fingerprint;
pub use letters::{letter, symbols};
pub use screen::{SCREEN_PORT, ScreenCode};

use crate::envelope::Refusal;
use letters::GROUP;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a computer that is let in reads of every competition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reads {
    /// Everything.
    #[default]
    Everything,
    /// What judges' desks need: nothing of it says who stands behind a blind code.
    JudgesDesk,
    /// Everything, and which computers are let in: it stands by for this one (备用主机).
    Standby,
    /// What judges' desks need, and everything else encrypted (只转送): it passes that on between computers that may read it.
    Carrier,
    /// Nothing of what is here: it is a headquarters below, of which this one receives public facts and statistics alone.
    Public,
}

impl Reads {
    /// All of them, as one chooses between them.
    pub const ALL: [Self; 5] = [Self::Everything, Self::JudgesDesk, Self::Standby, Self::Carrier, Self::Public];

    /// Its word in requests and locale keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::JudgesDesk => "judges-desk",
            Self::Standby => "standby",
            Self::Carrier => "carrier",
            Self::Public => "public",
        }
    }
}

/// Letters of the secret: 60 bits.
const SECRET: usize = 12;

/// A one-time pairing code.
#[derive(Clone, PartialEq, Eq)]
pub struct PairingCode {
    secret: [u8; SECRET],
    fingerprint: Fingerprint,
}

impl PairingCode {
    /// A code from random bytes, of which five bits each are used, and the fingerprint of the computer that makes it.
    #[must_use]
    pub fn new(random: [u8; SECRET], fingerprint: Fingerprint) -> Self {
        Self { secret: random.map(|byte| byte & 31), fingerprint }
    }

    /// Reads what was typed: in any case, with or without spaces and dashes, also in full width.
    ///
    /// # Errors
    /// `pairing-code-form` where it is not thirty letters and digits; `pairing-code-typed` where it was mistyped, or
    /// `pairing-code-group` with the group that seems to be the one.
    pub fn read(typed: &str) -> Result<Self, Refusal> {
        let symbols = letters::read(typed, ["pairing-code-form", "pairing-code-group", "pairing-code-typed"])?;
        let (mut secret, mut print) = ([0; SECRET], [0; fingerprint::LETTERS]);
        secret.copy_from_slice(&symbols[..SECRET]);
        print.copy_from_slice(&symbols[SECRET..SECRET + fingerprint::LETTERS]);
        Ok(Self { secret, fingerprint: Fingerprint::from_symbols(&print) })
    }

    /// What lets in, as it is sent to the computer that made the code, and to nobody else.
    #[must_use]
    pub fn secret(&self) -> String {
        self.secret.iter().map(|symbol| letter(*symbol)).collect()
    }

    /// Of the computer that made the code.
    #[must_use]
    pub const fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }
}

impl fmt::Display for PairingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut symbols = self.secret.to_vec();
        symbols.extend(self.fingerprint.symbols());
        let checks = letters::checks(&symbols);
        symbols.extend(checks);
        letters::write_groups(f, &symbols, GROUP)
    }
}

/// Without the secret: whoever reads a log does not get in.
impl fmt::Debug for PairingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PairingCode(…{})", self.fingerprint)
    }
}

#[cfg(test)]
mod tests;
