//! The format, pinned: a small log written with fixed keys and salts, and what becomes of it when a single bit changes.
#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "format/changed.rs"]
mod changed;

use jiangsai_ledger::replication::Receipt;
use jiangsai_ledger::{
    Checkpoint, Class, Draft, Fault, Hash, LogWriter, Opening, Record, ScopeId, SealError, Signature, SigningKey,
    Start, Verified, Verifier, approve,
};

struct Ledger {
    scope: ScopeId,
    records: Vec<Record>,
    checkpoint: Checkpoint,
}

fn draft(fact: serde_json::Value) -> Draft {
    Draft {
        class: Class::Mark,
        audience: "scoring".into(),
        actor: "operator".into(),
        at: 1_760_000_000_000,
        kind: "mark.set".into(),
        version: 1,
        replaces: vec![Hash::of(b"before")],
        reason: "复核".into(),
        fact,
    }
}

fn ledger() -> Ledger {
    let key = SigningKey::from_bytes(&[7; 32]);
    let opening =
        Opening { key: Hash::from_bytes(key.verifying_key().as_bytes()).unwrap(), node: "node-1".into(), before: None };
    let start = Start { opening, at: 1_760_000_000_000, actor: "operator".into() };
    let (mut writer, first) = LogWriter::open(None, start, 0, [1; 32]).unwrap();
    let second = writer.seal(draft(serde_json::json!({"item": "P1", "mark": {"value": "17.5"}})), [2; 32]).unwrap();
    let checkpoint = Checkpoint::sign(&key, writer.log(), writer.last(), writer.head());
    Ledger { scope: writer.scope(), records: vec![first, second], checkpoint }
}

fn verify(ledger: &Ledger) -> Result<Verified, Fault> {
    let mut verifier = Verifier::new(ledger.scope);
    for (seq, record) in ledger.records.iter().enumerate() {
        verifier.record(ledger.checkpoint.log, seq as u64, record)?;
    }
    verifier.checkpoint(&ledger.checkpoint)?;
    verifier.finish()
}

#[test]
fn a_log_verifies() {
    let verified = verify(&ledger()).unwrap();
    assert_eq!((verified.records, verified.checkpoints), (2, 1));
}

/// What these were when v1 was frozen: never made anew.
#[test]
fn the_format_is_what_it_was() {
    let ledger = ledger();
    let hashes: Vec<String> = ledger.records.iter().map(|record| record.hash.to_string()).collect();
    assert_eq!(hashes, GOLDEN_HASHES);
    assert_eq!(String::from_utf8(ledger.records[1].header.clone()).unwrap(), GOLDEN_HEADER);
    assert_eq!(hex::encode(ledger.checkpoint.signature), GOLDEN_SIGNATURE);
}

const GOLDEN_HASHES: [&str; 2] = [
    "9713a428c15c1ec12e264bc75e330f5e7079e76419230299938c1dcff89e853d",
    "7151dfbd09b674c760283b403bda518e7b2f2f560c17519535bfa102ef8aeebe",
];
const GOLDEN_HEADER: &str = r#"{"type":"jiangsai.record.v1","scope":"9713a428c15c1ec12e264bc75e330f5e7079e76419230299938c1dcff89e853d","log":"9713a428c15c1ec12e264bc75e330f5e7079e76419230299938c1dcff89e853d","seq":1,"prev":"9713a428c15c1ec12e264bc75e330f5e7079e76419230299938c1dcff89e853d","class":"mark","audience":"scoring","actor":"operator","at":1760000000000,"order":1,"body":"e689c3c5c40c77f21d65e3708e359acbc2761eb8100096935e6f9a1860508282"}"#;
const GOLDEN_SIGNATURE: &str = "42c1290f536c3b97533cd3ba84d37003e07a9398d33ce5fee28f1e309fd126d839e7c8338b9752410236295a00df7afb2797e773502e64d5e13722534795620d";

#[test]
fn receipts_and_approvals_are_what_they_were() {
    let ledger = ledger();
    let (node, person) = (SigningKey::from_bytes(&[8; 32]), SigningKey::from_bytes(&[9; 32]));
    let head = ledger.records[1].hash;
    let receipt = Receipt {
        issuer: Hash::ZERO,
        incarnation: Hash::of(b"incarnation"),
        scope: ledger.scope,
        log: ledger.checkpoint.log,
        seq: 1,
        head,
        at: 1_760_000_000_001,
        signature: Signature([0; 64]),
    }
    .sign(&node);
    assert!(receipt.verifies());
    assert_eq!(receipt.signature.to_string(), GOLDEN_RECEIPT);
    assert_eq!(approve(&person, head).to_string(), GOLDEN_APPROVAL);
}

const GOLDEN_RECEIPT: &str = "305d050825b0a5aec6b85fc57398d97c90f30902bc40dedbd19f23623aa55513051f8efff05a18fbf0145453ae5101b638297e07ae562f8a86e488f866824a02";
const GOLDEN_APPROVAL: &str = "8a40d560d2034dc574bde94be373b2781d002ee6f5f75fc00e553f03c171590e7611750c942eba9e299d2f466af2c2cdfe9ffe529dfb2b6b01603900e3acfd0e";

#[test]
fn every_single_bit_matters() {
    let whole = ledger();
    for at in 0..whole.records.len() {
        for part in 0..3 {
            let length = match part {
                0 => whole.records[at].header.len(),
                1 => 32,
                _ => whole.records[at].body.len(),
            };
            for bit in 0..length * 8 {
                let mut changed = ledger();
                let record = &mut changed.records[at];
                let byte = match part {
                    0 => &mut record.header[bit / 8],
                    1 => &mut record.salt[bit / 8],
                    _ => &mut record.body[bit / 8],
                };
                *byte ^= 1 << (bit % 8);
                let fault = verify(&changed).expect_err("a changed bit is found");
                assert_eq!(fault.seq, at as u64, "and the record is named: part {part}, bit {bit}");
            }
        }
    }
    for bit in 0..64 * 8 {
        let mut changed = ledger();
        changed.checkpoint.signature[bit / 8] ^= 1 << (bit % 8);
        assert!(verify(&changed).is_err(), "bit {bit} of the signature");
    }
}

#[test]
fn what_is_missing_or_moved_is_found() {
    let mut cut = ledger();
    cut.records.pop();
    assert!(verify(&cut).is_err(), "the end is missing");
    let mut swapped = ledger();
    swapped.records.swap(0, 1);
    assert!(verify(&swapped).is_err(), "another order");
    let mut doubled = ledger();
    let last = doubled.records[1].clone();
    doubled.records.push(last);
    assert!(verify(&doubled).is_err(), "a record twice");
}

#[test]
fn what_is_too_long_or_not_strict_is_refused_before_it_is_written() {
    let mut writer = LogWriter::resume(ledger().scope, ledger().checkpoint.log, 1, Hash::ZERO, 2);
    let long = draft(serde_json::json!("x".repeat(jiangsai_ledger::LONGEST_BODY)));
    assert_eq!(writer.seal(long, [0; 32]), Err(SealError::BodyTooLong));
    assert_eq!(writer.seal(draft(serde_json::json!(1.5)), [0; 32]), Err(SealError::NotStrict), "a binary fraction");
    let audience = Draft { audience: "x".repeat(jiangsai_ledger::LONGEST_HEADER), ..draft(serde_json::json!(1)) };
    assert_eq!(writer.seal(audience, [0; 32]), Err(SealError::HeaderTooLong));
    assert_eq!(writer.last(), 1, "the log stays as it was");
}
