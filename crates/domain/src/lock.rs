//! Locking (密封): who stands behind a blind code, kept so that any two of three opening codes (开启码) bring it back, and nothing else does.
//!
//! While an event is locked its entries go by other ids. These follow from the ids of registration and a random [`Key`], which lies in the
//! seal, encrypted for each two of the three codes, under one inside the other. Nothing else that is kept anywhere leads from the one
//! id to the other. Codes are for the draw officer, for the supervisor, and for an envelope that is put away.
//!
//! Left out: which entries are locked and by which codes they go ([`crate::decide::lock`]), and what facts become of it
//! ([`crate::competition`]).

mod code;

pub use code::OpeningCode;

use crate::draw::Office;
use crate::ids::{EntryId, SealId};
use crate::pairing::letter;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;

/// The codes that open together, the first around the second.
const PAIRS: [(Office, Office); 3] = [
    (Office::DrawOfficer, Office::Supervisor),
    (Office::DrawOfficer, Office::Envelope),
    (Office::Supervisor, Office::Envelope),
];

/// The three opening codes, by whose they are.
pub type Codes = BTreeMap<Office, OpeningCode>;

/// What the ids of a locked event follow from.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Key([u8; 32]);

impl Key {
    /// A key from random bytes.
    #[must_use]
    pub const fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// The id of an entry while its event is locked: 32 hex digits.
    #[must_use]
    pub fn coded(&self, entry: &EntryId) -> EntryId {
        EntryId::new(hex::encode(&digest(&["jiangsai.locked-entry.v1", &hex::encode(self.0), entry.as_str()])[..16]))
    }

    /// The id of the seal that is locked with it: 32 hex digits. So the papers that are printed before can say to which seal they belong.
    #[must_use]
    pub fn seal(&self) -> SealId {
        SealId::new(hex::encode(&digest(&["jiangsai.lock-seal.v1", &hex::encode(self.0)])[..16]))
    }

    fn check(&self, seal: &SealId) -> String {
        hex::encode(digest(&["jiangsai.lock-key.v1", seal.as_str(), &hex::encode(self.0)]))
    }
}

impl TryFrom<String> for Key {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(&text, &mut bytes).map_err(|_| "a key is 64 hex digits")?;
        Ok(Self(bytes))
    }
}

impl From<Key> for String {
    fn from(key: Key) -> Self {
        hex::encode(key.0)
    }
}

/// Without what it says: whoever reads a log does not know who is who.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// The lock of a seal. It says nothing to whoever has fewer than two of its codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    /// The key for each pair of codes, encrypted: hex.
    pairs: [String; 3],
    /// SHA-256 over each code, so that a wrong one is known at once.
    codes: BTreeMap<Office, String>,
    /// SHA-256 over the key, so that every pair opens the same.
    key: String,
}

impl Lock {
    /// Locks a key under three codes; `None` where one of them is missing.
    #[must_use]
    pub fn new(seal: &SealId, key: &Key, codes: &Codes) -> Option<Self> {
        let mut pairs = [const { String::new() }; 3];
        for (place, pair) in pairs.iter_mut().zip(PAIRS) {
            let inner = cipher(seal, pair, pair.1, codes.get(&pair.1)?).encrypt(&Nonce::default(), &key.0[..]).ok()?;
            let outer = cipher(seal, pair, pair.0, codes.get(&pair.0)?).encrypt(&Nonce::default(), &inner[..]).ok()?;
            *place = hex::encode(outer);
        }
        let codes = codes.iter().map(|(office, code)| (*office, check(seal, *office, code))).collect();
        Some(Self { pairs, codes, key: key.check(seal) })
    }

    /// Is it the code of an office?
    #[must_use]
    pub fn knows(&self, seal: &SealId, office: Office, code: &OpeningCode) -> bool {
        self.codes.get(&office).is_some_and(|known| *known == check(seal, office, code))
    }

    /// The key, where two of these codes open it.
    #[must_use]
    pub fn open(&self, seal: &SealId, codes: &Codes) -> Option<Key> {
        let opened = |(outer, pair): (&String, (Office, Office))| {
            let (first, second) = (codes.get(&pair.0)?, codes.get(&pair.1)?);
            let inner =
                cipher(seal, pair, pair.0, first).decrypt(&Nonce::default(), &hex::decode(outer).ok()?[..]).ok()?;
            let key = cipher(seal, pair, pair.1, second).decrypt(&Nonce::default(), &inner[..]).ok()?;
            Some(Key(key.try_into().ok()?)).filter(|key| key.check(seal) == self.key)
        };
        self.pairs.iter().zip(PAIRS).find_map(opened)
    }
}

/// Four letters that tell the papers of one lock from those of another: on slips and list, and where codes are typed.
#[must_use]
pub fn mark(seal: &SealId) -> String {
    digest(&["jiangsai.lock-mark.v1", seal.as_str()]).iter().take(4).map(|byte| letter(*byte)).collect()
}

/// Each code encrypts once in each pair, under a key of its own: so the nonce may be the same.
fn cipher(seal: &SealId, pair: (Office, Office), own: Office, code: &OpeningCode) -> ChaCha20Poly1305 {
    let words = ["jiangsai.lock-pair.v1", seal.as_str(), pair.0.name(), pair.1.name(), own.name(), &code.letters()];
    ChaCha20Poly1305::new(&digest(&words).into())
}

fn check(seal: &SealId, office: Office, code: &OpeningCode) -> String {
    hex::encode(digest(&["jiangsai.opening-code.v1", seal.as_str(), office.name(), &code.letters()]))
}

/// SHA-256 over lines. Of what is hashed only one line is somebody's choice, and all others have their length: no two lists are one text.
fn digest(lines: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(line);
        hash.update("\n");
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests;
