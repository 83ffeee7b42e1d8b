//! Records of which a node gets the headers alone: chain and checkpoints verify as before, and nothing passes for one that is not.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use jiangsai_ledger::replication::{Batch, Carried, Push, Reads, Refused};
use jiangsai_ledger::{
    Checkpoint, Class, Draft, Hash, LogWriter, Opening, Record, Signature, SigningKey, Start, Verifier, What,
};

const AUDIENCES: [&str; 6] = ["public", "registrars", "desks", "sealed", "desk:j1", "scoring"];

/// A log with a record for each audience.
fn log() -> (Push, SigningKey) {
    let key = SigningKey::from_bytes(&[7; 32]);
    let opening =
        Opening { key: Hash::from_bytes(key.verifying_key().as_bytes()).unwrap(), node: "node-1".into(), before: None };
    let start = Start { opening, at: 1, actor: "operator".into() };
    let (mut writer, first) = LogWriter::open(None, start, 0, [1; 32]).unwrap();
    let mut records = vec![first];
    for (at, audience) in AUDIENCES.into_iter().enumerate() {
        let draft = Draft {
            class: Class::Roster,
            audience: audience.into(),
            actor: "operator".into(),
            at: 1,
            kind: "person.form".into(),
            version: 1,
            replaces: Vec::new(),
            reason: String::new(),
            fact: serde_json::json!({"name": format!("模拟{at}")}),
        };
        records.push(writer.seal(draft, [u8::try_from(at).unwrap(); 32]).unwrap());
    }
    let signed = Checkpoint::sign(&key, writer.log(), writer.last(), writer.head()).signature;
    let last = records.len() - 1;
    let carried = |(at, record): (usize, Record)| Carried {
        header: String::from_utf8(record.header).unwrap(),
        salt: Hash::from_bytes(&record.salt).ok(),
        body: String::from_utf8(record.body).ok(),
        signature: (at == last).then_some(Signature(signed)),
        erased: false,
    };
    let records = records.into_iter().enumerate().map(carried).collect();
    (Push { scope: writer.scope(), log: writer.log(), from: 0, records }, key)
}

fn refused(push: &Push) -> What {
    match Batch::verify(push, None).unwrap_err() {
        Refused::Fault(fault) => fault.what,
        other => panic!("{other}"),
    }
}

#[test]
fn a_desk_gets_the_bodies_that_are_for_it_and_of_the_others_the_headers() {
    let (whole, _) = log();
    assert_eq!(Reads::Everything.of_run(whole.clone()), whole);
    let part = Reads::JudgesDesk.of_run(whole.clone());
    let bodies: Vec<bool> = part.records.iter().map(|one| one.body.is_some() && one.salt.is_some()).collect();
    assert_eq!(bodies, [true, true, false, true, false, true, false], "the opening, then one of each audience");
    assert!(!serde_json::to_string(&part).unwrap().contains("模拟1"), "nothing of a body goes along");
    let same = |one: &Carried, other: &Carried| (one.header == other.header, one.signature == other.signature);
    assert!(part.records.iter().zip(&whole.records).all(|(one, other)| same(one, other) == (true, true)));

    let batch = Batch::verify(&part, None).unwrap();
    assert_eq!(batch.named(), Batch::verify(&whole, None).unwrap().named(), "the same chain");
    assert!(Batch::verify(&whole, None).unwrap().is_whole().is_ok());
    assert!(matches!(batch.is_whole(), Err(Refused::Fault(fault)) if fault.what == What::Withheld && fault.seq == 2));
    let again: Push = serde_json::from_str(&serde_json::to_string(&part).unwrap()).unwrap();
    assert_eq!(again, part, "as it travels");

    let mut verifier = Verifier::new(part.scope);
    for (seq, one) in part.records.iter().enumerate() {
        verifier.record(part.log, seq as u64, &one.record()).unwrap();
    }
    let (record, header, signature) = batch.records.last().unwrap();
    let signature = signature.unwrap();
    verifier.checkpoint(&Checkpoint { log: part.log, seq: header.seq, head: record.hash, signature }).unwrap();
    let verified = verifier.finish().unwrap();
    assert_eq!((verified.records, verified.withheld), (7, 3));
}

#[test]
fn what_was_erased_is_a_header_alone_that_says_so_unless_it_is_for_everybody() {
    let (whole, _) = log();
    let erase = |at: usize| {
        let mut run = whole.clone();
        (run.records[at].salt, run.records[at].body, run.records[at].erased) = (None, None, true);
        run
    };
    for at in [2, 3, 4, 5, 6] {
        let run = erase(at);
        let batch = Batch::verify(&run, None).unwrap();
        assert!(batch.is_whole().is_ok(), "nobody has the body of record {at}");
        let mut verifier = Verifier::new(run.scope);
        for (seq, one) in run.records.iter().enumerate() {
            if one.erased {
                verifier.erased(run.log, seq as u64, &one.record()).unwrap();
            } else {
                verifier.record(run.log, seq as u64, &one.record()).unwrap();
            }
        }
        let again: Push = serde_json::from_str(&serde_json::to_string(&run).unwrap()).unwrap();
        assert_eq!(again, run, "as it travels");
    }
    for at in [0, 1] {
        assert_eq!(refused(&erase(at)), What::Withheld, "record {at} names nobody");
    }
    let mut both = whole.clone();
    both.records[2].erased = true;
    assert_eq!(refused(&both), What::Body, "erased, and sent all the same");
    let told = Reads::JudgesDesk.of_run(erase(2));
    assert!(!told.records[2].erased, "a desk is not told of what it may not read");
}

#[test]
fn nothing_is_withheld_that_a_desk_may_read_and_a_header_is_still_the_one_that_was_signed() {
    let (whole, _) = log();
    for at in [0, 1, 3, 5] {
        let mut run = whole.clone();
        (run.records[at].salt, run.records[at].body) = (None, None);
        assert_eq!(refused(&run), What::Withheld, "record {at}");
    }
    let part = Reads::JudgesDesk.of_run(whole);
    let mut salted = part.clone();
    salted.records[2].salt = Some(Hash::ZERO);
    assert_eq!(refused(&salted), What::Body, "half of a body");
    let mut other = part.clone();
    other.records[2].body = Some("{}".into());
    assert_eq!(refused(&other), What::Body, "a body without its salt");
    let mut renamed = part.clone();
    renamed.records[2].header = renamed.records[2].header.replace("registrars", "registrarz");
    assert_eq!(refused(&renamed), What::Prev, "who may read it is signed");
    let mut unsigned = part;
    unsigned.records[6].signature = None;
    assert_eq!(refused(&unsigned), What::Unsigned);
}
