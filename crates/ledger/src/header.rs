//! The header of a record: all that may be seen by whoever carries it.

use crate::hash::Hash;
use crate::strict::{self, NotStrict};
use serde::{Deserialize, Serialize};

/// Coarse class of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Starts of scopes and logs, keys, grants.
    Trust,
    /// Settings, rulebooks, panels.
    Setup,
    /// Persons and entries.
    Roster,
    /// Numbers and places.
    Draw,
    /// Marks.
    Mark,
    /// Decisions.
    Ruling,
    /// Publications.
    Bulletin,
}

/// The header. Its bytes are made once, when the record is sealed, and kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Names its own type, `jiangsai.record.v1`, before anything else.
    #[serde(rename = "type")]
    pub kind: String,
    /// Scope; zeros in the record that founds it.
    pub scope: Hash,
    /// Log; zeros in its first record, whose hash it is.
    pub log: Hash,
    /// Number in the log, from 0.
    pub seq: u64,
    /// Hash of the header before; zeros in the first.
    pub prev: Hash,
    /// Coarse class.
    pub class: Class,
    /// Who may read the body.
    pub audience: String,
    /// Who acted: an opaque id.
    pub actor: String,
    /// Milliseconds since 1970 by the writer's clock: information only.
    pub at: i64,
    /// Display order (Lamport), at most 2^53−1.
    pub order: u64,
    /// SHA-256 of salt and body.
    pub body: Hash,
}

/// The type a header names.
pub(crate) const TYPE: &str = "jiangsai.record.v1";

impl Header {
    /// Reads header bytes.
    ///
    /// # Errors
    /// When they are not strict JSON of this shape.
    pub fn read(bytes: &[u8]) -> Result<Self, NotStrict> {
        let header: Self = strict::read(bytes)?;
        // What was written by this build is written the same way again; any other spelling of the same header is refused.
        if header.kind == TYPE && header.bytes() == bytes { Ok(header) } else { Err(NotStrict::Form) }
    }

    /// Its bytes.
    #[must_use]
    pub(crate) fn bytes(&self) -> Vec<u8> {
        // Text and numbers alone: nothing here can fail to serialise.
        serde_json::to_vec(self).unwrap_or_default()
    }
}
