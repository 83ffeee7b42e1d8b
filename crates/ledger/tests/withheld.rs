//! Records of which a node gets the headers alone: chain and checkpoints verify as before, and nothing passes for one that is not.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use jiangsai_ledger::replication::{Batch, Carried, Heads, Push, Reads, Refused, Sealed};
use jiangsai_ledger::{
    Checkpoint, Class, Draft, Fault, Hash, LogWriter, Opening, Record, Signature, SigningKey, Start, Verified,
    Verifier, What,
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
        sealed: None,
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

/// Why a run is not taken by a node below that serves judges' desks, nor by one above.
fn lacking(push: &Push) -> What {
    let Ok(batch) = Batch::verify(push, None) else { return refused(push) };
    let what = |refused: Result<(), Refused>| match refused.unwrap_err() {
        Refused::Fault(fault) => fault.what,
        other => panic!("{other}"),
    };
    assert_eq!(what(batch.is_whole()), what(batch.serves_desks()));
    what(batch.serves_desks())
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

    let verified = verified(&part).unwrap();
    assert_eq!((verified.records, verified.withheld), (7, 3));
}

/// As it is stored.
fn verified(run: &Push) -> Result<Verified, Fault> {
    let mut verifier = Verifier::new(run.scope);
    for (seq, one) in (0..).zip(&run.records) {
        verifier.record(run.log, seq, &one.record())?;
        if let Some(signature) = one.signature {
            let head = Hash::of(one.header.as_bytes());
            verifier.checkpoint(&Checkpoint { log: run.log, seq, head, signature: signature.0 })?;
        }
    }
    verifier.finish()
}

#[test]
fn what_desks_read_is_missing_only_where_nothing_but_what_is_public_is_held() {
    let (whole, _) = log();
    assert_eq!(verified(&Reads::Public.of_run(whole.clone())).unwrap().withheld, 5);
    for (run, of) in [(whole.clone(), "everything"), (Reads::JudgesDesk.of_run(whole), "a desk")] {
        for seq in [3, 5] {
            let mut lacks = run.clone();
            (lacks.records[seq].salt, lacks.records[seq].body) = (None, None);
            let fault = verified(&lacks).unwrap_err();
            assert_eq!((fault.seq, fault.what), (seq as u64, What::Withheld), "{of}");
        }
    }
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
        assert_eq!(lacking(&run), What::Withheld, "record {at}");
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

/// Not a box that anything opens: what is in it is no matter of the ledger's.
fn boxed(one: &Carried) -> Sealed {
    let plain = [&one.salt.unwrap().bytes()[..], one.body.as_ref().unwrap().as_bytes()].concat();
    let mut bytes = vec![0; 48];
    bytes.extend(plain.iter().map(|byte| byte ^ 0x55));
    Sealed { key: Hash::of(b"readers"), bytes }
}

#[test]
fn a_carrier_gets_what_a_desk_reads_and_everything_else_encrypted() {
    let (whole, _) = log();
    let carried = Reads::Carrier.of_run_with(whole.clone(), |one| Some(boxed(one)));
    let legible: Vec<bool> = carried.records.iter().map(|one| one.body.is_some()).collect();
    assert_eq!(legible, [true, true, false, true, false, true, false], "the opening, then one of each audience");
    let encrypted: Vec<bool> = carried.records.iter().map(|one| one.sealed.is_some()).collect();
    assert_eq!(encrypted, [false, false, true, false, true, false, true]);
    assert!(carried.records.iter().all(|one| one.salt.is_some() == one.body.is_some()), "nor a salt to try with");
    assert!(!serde_json::to_string(&carried).unwrap().contains("模拟1"), "nothing of a body goes along");
    let again: Push = serde_json::from_str(&serde_json::to_string(&carried).unwrap()).unwrap();
    assert_eq!(again, carried, "as it travels");

    let batch = Batch::verify(&carried, None).unwrap();
    assert!(batch.is_whole().is_ok(), "others open it");
    assert!(Reads::Carrier.takes(&carried).is_ok());
    assert_eq!(batch.sealed.len(), 3);
    assert!(Reads::Everything.takes(&whole).is_ok());
    assert!(
        matches!(Reads::Carrier.takes(&whole), Err(Refused::Fault(fault)) if (fault.what, fault.seq) == (What::Plain, 2))
    );

    // Whoever has no key has nothing to encrypt to, and hands out the headers.
    assert_eq!(Reads::Carrier.of_run(whole.clone()), Reads::JudgesDesk.of_run(whole));
    assert_eq!(Reads::Everything.of_run(carried.clone()), carried, "who may read gets it as it came");
    assert_eq!(
        Reads::Carrier.of_run_with(carried.clone(), |_| panic!("it has no body")),
        carried,
        "handed on as it is"
    );
    let desk = Reads::JudgesDesk.of_run(carried);
    assert!(desk.records.iter().all(|one| one.sealed.is_none()), "a desk never needs it");
}

#[test]
fn the_level_above_gets_what_is_public_and_the_headers_of_everything_else() {
    let (whole, _) = log();
    let part = Reads::Public.of_run(whole.clone());
    let legible: Vec<bool> = part.records.iter().map(|one| one.body.is_some() && one.salt.is_some()).collect();
    assert_eq!(legible, [true, true, false, false, false, false, false], "the opening, and what is public");
    let batch = Batch::verify(&part, None).unwrap();
    assert_eq!(batch.named(), Batch::verify(&whole, None).unwrap().named(), "the same chain");
    assert!(Reads::Public.takes(&part).is_ok());
    assert!(batch.is_whole().is_err() && batch.serves_desks().is_err(), "who serves desks does not take it");

    let plain = |refused| matches!(refused, Err(Refused::Fault(fault)) if (fault.what, fault.seq) == (What::Plain, 2));
    assert!(plain(Reads::Public.takes(&whole)), "a body that is not for it");
    let carried = Reads::Carrier.of_run_with(whole.clone(), |one| Some(boxed(one)));
    assert!(carried.records[2].sealed.is_some());
    let Err(Refused::Fault(fault)) = Reads::Public.takes(&carried) else { panic!("a box, or what a desk reads") };
    assert_eq!((fault.what, fault.seq), (What::Plain, 2));
    assert_eq!(Reads::Public.of_run(carried), part, "a box goes no further than where it can be read");
    let mut erased = whole;
    (erased.records[2].salt, erased.records[2].body, erased.records[2].erased) = (None, None, true);
    assert_eq!(Reads::Public.of_run(erased), part, "nor is it told what was erased");
}

#[test]
fn of_what_is_held_above_only_what_was_receipted_counts() {
    let log = |name: &str| jiangsai_ledger::LogId::new(Hash::of(name.as_bytes()));
    let next = [(log("known"), 9), (log("answer lost"), 9), (log("copied back"), 3)].into_iter().collect();
    let last = [(log("answer lost"), Hash::ZERO)].into_iter().collect();
    let heads = Heads { incarnation: Hash::ZERO, next, last, carrier: false };
    let reached = [(log("known"), 5), (log("copied back"), 5), (log("elsewhere"), 1)].into_iter().collect();
    let counts = heads.as_receipted(&reached);
    assert_eq!(counts.next, [(log("known"), 6), (log("copied back"), 3)].into_iter().collect());
    assert!(counts.last.is_empty(), "what does not count is not compared");
}

#[test]
fn a_carrier_is_told_that_a_body_was_erased() {
    let (whole, _) = log();
    let mut run = whole;
    (run.records[2].salt, run.records[2].body, run.records[2].erased) = (None, None, true);
    let carried = Reads::Carrier.of_run_with(run, |one| Some(boxed(one)));
    assert!(carried.records[2].erased && carried.records[2].sealed.is_none());
    assert!(Batch::verify(&carried, None).unwrap().is_whole().is_ok());
}

#[test]
fn what_is_encrypted_stands_alone_and_never_in_the_place_of_what_a_carrier_reads() {
    let (whole, _) = log();
    let carried = Reads::Carrier.of_run_with(whole.clone(), |one| Some(boxed(one)));
    let mut both = whole.clone();
    both.records[2].sealed = carried.records[2].sealed.clone();
    assert_eq!(refused(&both), What::Sealed, "a body beside it");
    let mut erased = carried.clone();
    erased.records[2].erased = true;
    assert_eq!(refused(&erased), What::Sealed, "erased, and sent all the same");
    let mut short = carried.clone();
    short.records[2].sealed.as_mut().unwrap().bytes.truncate(81);
    assert_eq!(refused(&short), What::Sealed, "shorter than any body");
    let mut salted = carried.clone();
    salted.records[2].salt = Some(Hash::ZERO);
    assert_eq!(refused(&salted), What::Body, "half of a body");
    for at in [0, 1, 3, 5] {
        let mut run = carried.clone();
        run.records[at].sealed = Some(boxed(&whole.records[at]));
        (run.records[at].salt, run.records[at].body) = (None, None);
        assert_eq!(lacking(&run), What::Withheld, "record {at} is read wherever it comes");
    }
    let mut opened = carried;
    let (salt, body) = (whole.records[2].salt.unwrap(), whole.records[2].body.clone().unwrap());
    opened.records[2].open(salt, body.clone());
    assert!(Batch::verify(&opened, None).is_ok(), "what came out is verified as any body");
    opened.records[4].open(salt, body);
    assert_eq!(refused(&opened), What::Body, "of another record");
}
