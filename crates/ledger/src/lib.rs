//! The ledger: what a record looks like, how records chain, who vouches for them. Format v1, frozen.
//!
//! Pure: no clock, no randomness, no I/O; time, salts and keys are arguments. What the body of a record means is none of its business.
//!
//! A record is a header and a body, both strict JSON, kept as the bytes that were written. The header commits to the body by
//! `SHA-256(salt ‖ body)`, the next header to this one by `SHA-256(header)`, and a checkpoint signs the hash of the last header: an
//! auditor needs `sha256sum`, an Ed25519 tool and a text editor.
#![forbid(unsafe_code)]

mod approval;
mod body;
pub mod bundle;
mod checkpoint;
mod hash;
mod header;
mod log;
pub mod replication;
#[cfg(feature = "schema")]
mod schema;
mod signature;
mod strict;
mod verify;

pub use approval::{approve, approves};
pub use body::{Body, Opening};
pub use checkpoint::Checkpoint;
pub use ed25519_dalek::{SigningKey, VerifyingKey};
pub use hash::{Hash, LogId, NotAHash, ScopeId};
pub use header::{Class, Header};
pub use log::{Draft, LogWriter, Record, SealError, Start};
pub use signature::{Signature, sign};
pub use strict::NotStrict;
pub use verify::{Fault, Verified, Verifier, What};

/// Last display order: what comes after it shares it, and stands by its hash.
pub const LAST_ORDER: u64 = strict::LARGEST;
/// Longest header, in bytes.
pub const LONGEST_HEADER: usize = 2 * 1024;
/// Longest body, in bytes. A rulebook of a large contest must fit.
pub const LONGEST_BODY: usize = 256 * 1024;
