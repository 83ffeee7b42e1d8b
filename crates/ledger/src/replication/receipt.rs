//! Receipts: an upstream's signature that a log is durable there up to a record.

use crate::hash::{Hash, LogId, ScopeId};
use crate::signature::{Signature, sign};
use ed25519_dalek::{SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

/// A signed statement: *I hold this log up to this record, on disk.* Made after the commit, never before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Public key of who says so.
    pub issuer: Hash,
    /// Incarnation of its store: a restored store is another one, and this says nothing about it.
    pub incarnation: Hash,
    /// Scope.
    pub scope: ScopeId,
    /// Log.
    pub log: LogId,
    /// Number of the last record it holds.
    pub seq: u64,
    /// Hash of that record's header.
    pub head: Hash,
    /// Milliseconds since 1970 by the issuer's clock: information only.
    pub at: i64,
    /// Ed25519 over the receipt's message.
    pub signature: Signature,
}

impl Receipt {
    /// Signs what is filled in; issuer and signature are set from the key.
    #[must_use]
    pub fn sign(mut self, key: &SigningKey) -> Self {
        self.issuer = Hash::from_bytes(key.verifying_key().as_bytes()).unwrap_or(Hash::ZERO);
        self.signature = sign(key, &self.message());
        self
    }

    /// The bytes that are signed: their own type first, then each field, a line each.
    #[must_use]
    pub fn message(&self) -> Vec<u8> {
        let Self { issuer, incarnation, scope, log, seq, head, at, .. } = self;
        format!("jiangsai.receipt.v1\n{issuer}\n{incarnation}\n{scope}\n{log}\n{seq}\n{head}\n{at}\n").into_bytes()
    }

    /// Did the issuer it names sign it?
    #[must_use]
    pub fn verifies(&self) -> bool {
        VerifyingKey::from_bytes(self.issuer.bytes()).is_ok_and(|key| self.signature.is_by(&key, &self.message()))
    }
}
