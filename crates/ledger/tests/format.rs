//! The format, pinned: a small log written with fixed keys and salts, and what becomes of it when a single bit changes.
#![allow(clippy::unwrap_used, reason = "tests")]

use jiangsai_ledger::{
    Checkpoint, Class, Draft, Fault, Hash, LogWriter, Opening, Record, ScopeId, SealError, SigningKey, Start, Verified,
    Verifier,
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

/// Regenerate only when the format is changed on purpose; from v1 on, never.
#[test]
fn the_format_is_what_it_was() {
    let ledger = ledger();
    let hashes: Vec<String> = ledger.records.iter().map(|record| record.hash.to_string()).collect();
    assert_eq!(hashes, GOLDEN_HASHES);
    assert_eq!(String::from_utf8(ledger.records[1].header.clone()).unwrap(), GOLDEN_HEADER);
    assert_eq!(hex::encode(ledger.checkpoint.signature), GOLDEN_SIGNATURE);
}

const GOLDEN_HASHES: [&str; 2] = [
    "c53eea629103b1bee3371cb6309e94fa5a2533d5ce570d8a3c240e67beb03d09",
    "27ddf8dcc54445b30de2bbe67286b4f69b550d97182139a4b24d0cbbf73b4f89",
];
const GOLDEN_HEADER: &str = r#"{"type":"jiangsai.record.v0","scope":"c53eea629103b1bee3371cb6309e94fa5a2533d5ce570d8a3c240e67beb03d09","log":"c53eea629103b1bee3371cb6309e94fa5a2533d5ce570d8a3c240e67beb03d09","seq":1,"prev":"c53eea629103b1bee3371cb6309e94fa5a2533d5ce570d8a3c240e67beb03d09","class":"mark","audience":"scoring","actor":"operator","at":1760000000000,"order":1,"body":"e689c3c5c40c77f21d65e3708e359acbc2761eb8100096935e6f9a1860508282"}"#;
const GOLDEN_SIGNATURE: &str = "2d6191f77eedab01fe0a7d316ece588c8d809fba9f6421302dd47f31dd6277bc4515b7cbcabb4c2a461a1c195cabdfc270698c6d7c8f1a55c14218eb03cf1709";

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
