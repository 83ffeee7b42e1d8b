//! Checkpoints: a signature over the last header of a log, which vouches for all before it.

use crate::hash::{Hash, LogId};
use crate::signature::{Signature, sign};
use ed25519_dalek::{SigningKey, VerifyingKey};

/// A signed statement that a log reaches a certain header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log.
    pub log: LogId,
    /// Number of its last record.
    pub seq: u64,
    /// Hash of that record's header.
    pub head: Hash,
    /// Ed25519 over [`Checkpoint::message`], 64 bytes.
    pub signature: [u8; 64],
}

impl Checkpoint {
    /// Signs a head.
    #[must_use]
    pub fn sign(key: &SigningKey, log: LogId, seq: u64, head: Hash) -> Self {
        let signature = sign(key, &message(log, seq, head)).0;
        Self { log, seq, head, signature }
    }

    /// The bytes that are signed: their own type first, then log, number and hash, a line each.
    #[must_use]
    pub fn message(&self) -> Vec<u8> {
        message(self.log, self.seq, self.head)
    }

    /// Is it signed with this key? Strictly, so that a signature has one form only.
    #[must_use]
    pub fn is_signed_by(&self, key: &VerifyingKey) -> bool {
        Signature(self.signature).is_by(key, &self.message())
    }
}

fn message(log: LogId, seq: u64, head: Hash) -> Vec<u8> {
    format!("jiangsai.checkpoint.v1\n{log}\n{seq}\n{head}\n").into_bytes()
}
