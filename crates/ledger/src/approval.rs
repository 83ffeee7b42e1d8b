//! Approvals: a signature over the hash of a record's header, with a person's own key.

use crate::hash::Hash;
use crate::signature::{Signature, sign};
use ed25519_dalek::{SigningKey, VerifyingKey};

/// Approves a record.
#[must_use]
pub fn approve(key: &SigningKey, record: Hash) -> Signature {
    sign(key, &message(record))
}

/// Does a signature approve a record? Key and signature are lower-case hex, as they stand in a fact; anything else is no approval.
#[must_use]
pub fn approves(key: &str, record: Hash, signature: &str) -> bool {
    let mut bytes = [0; 32];
    let lower = !key.bytes().any(|byte| byte.is_ascii_uppercase());
    if !lower || hex::decode_to_slice(key, &mut bytes).is_err() {
        return false;
    }
    let (key, signature) = (VerifyingKey::from_bytes(&bytes), Signature::from_hex(signature));
    key.is_ok_and(|key| signature.is_some_and(|signature| signature.is_by(&key, &message(record))))
}

/// The bytes that are signed: their own type first, then the hash, a line each.
fn message(record: Hash) -> Vec<u8> {
    format!("jiangsai.approval.v1\n{record}\n").into_bytes()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn an_approval_is_of_one_record_by_one_key_in_one_spelling() {
        let (own, other) = (SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32]));
        let hex = |key: &SigningKey| hex::encode(key.verifying_key().as_bytes());
        let (record, another) = (Hash::of(b"one"), Hash::of(b"another"));
        let signature = approve(&own, record).to_string();
        assert!(approves(&hex(&own), record, &signature));
        assert!(!approves(&hex(&own), another, &signature), "of another record");
        assert!(!approves(&hex(&other), record, &signature), "of another key");
        assert!(!approves(&hex(&own).to_uppercase(), record, &signature), "in capitals");
        assert!(!approves(&hex(&own), record, &signature.to_uppercase()), "in capitals");
        assert!(!approves("", record, ""), "nothing");
        let checkpoint = sign(&own, format!("jiangsai.checkpoint.v1\n{record}\n").as_bytes()).to_string();
        assert!(!approves(&hex(&own), record, &checkpoint), "what was signed as something else");
    }
}
