//! The seal: the last line of a bundle, its maker's signature over the head and over the rest.

use super::Wrong;
use super::place::Place;
use crate::hash::Hash;
use crate::signature::{Signature, sign};
use ed25519_dalek::{SigningKey, VerifyingKey};
use std::ops::Range;

/// The bytes that are signed: their own type first, then whose it is, and both hashes, a line each.
fn message(from: Hash, head: Hash, content: Hash) -> Vec<u8> {
    format!("jiangsai.seal.v1\n{from}\n{head}\n{content}\n").into_bytes()
}

/// The line.
pub(super) fn line(key: &SigningKey, from: Hash, head: Hash, content: Hash) -> String {
    format!("seal {head} {content} {}\n", sign(key, &message(from, head, content)))
}

/// A seal as it stands in a file.
pub(super) struct Seal {
    pub head: Hash,
    pub content: Hash,
    pub signature: Signature,
    pub bytes: Range<usize>,
}

/// What the seal says against what is there. `head` and `content`: hash and place of each.
pub(super) fn check(
    seal: &Seal,
    from: Hash,
    head: &(Hash, Range<usize>),
    content: &(Hash, Range<usize>),
) -> Vec<Wrong> {
    let signs = |head, content| {
        VerifyingKey::from_bytes(from.bytes())
            .is_ok_and(|key| seal.signature.is_by(&key, &message(from, head, content)))
    };
    let wrong = |field, bytes: &Range<usize>, what: &str| Wrong {
        place: Place { log: None, seq: None, field, bytes: bytes.clone() },
        what: what.to_owned(),
    };
    let (same_head, same_content) = (seal.head == head.0, seal.content == content.0);
    if signs(seal.head, seal.content) {
        let mut found = Vec::new();
        if !same_head {
            found.push(wrong("head", &head.1, "not what was sealed"));
        }
        if !same_content {
            found.push(wrong("content", &content.1, "not what was sealed"));
        }
        return found;
    }
    // The hashes in the line were changed, or the signature; else whose it is, which stands in the head.
    let in_line = signs(head.0, content.0) || same_head;
    if in_line {
        vec![wrong("seal", &seal.bytes, "the signature does not verify")]
    } else {
        vec![wrong("head", &head.1, "not what was sealed")]
    }
}
