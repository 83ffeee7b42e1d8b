//! Bundles: what is written is read again, every single bit matters and is found where it is, and no bytes whatever break the reader.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
#![allow(missing_docs, unused_crate_dependencies, reason = "tests")]

use jiangsai_ledger::bundle::{Bundle, Content, Head, Kind, Packed, Run, check, write};
use jiangsai_ledger::replication::{Carried, Receipt};
use jiangsai_ledger::{
    Checkpoint, Class, Draft, Hash, Header, LogId, LogWriter, Opening, Record, ScopeId, Signature, SigningKey, Start,
};
use proptest::prelude::*;

fn public(key: &SigningKey) -> Hash {
    Hash::from_bytes(key.verifying_key().as_bytes()).unwrap()
}

fn carried(record: Record, signature: Option<[u8; 64]>) -> Packed {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Packed::from(Carried {
        header: text(record.header),
        salt: Hash::from_bytes(&record.salt).ok(),
        body: Some(text(record.body)),
        signature: signature.map(Signature),
        erased: false,
        sealed: None,
    })
}

/// A log of so many records, with a checkpoint at every third and at the last.
fn log(scope: Option<ScopeId>, seed: u8, length: u8) -> (ScopeId, Run) {
    let key = SigningKey::from_bytes(&[seed; 32]);
    let opening = Opening { key: public(&key), node: format!("node-{seed}"), before: None };
    let start = Start { opening, at: 1_760_000_000_000, actor: "operator".into() };
    let (mut writer, first) = LogWriter::open(scope, start, 0, [seed; 32]).unwrap();
    let id = writer.log();
    let mut records = vec![carried(first, (length == 1).then(|| sign(&key, &writer)))];
    for at in 1..length {
        let draft = Draft {
            class: Class::Mark,
            audience: if at % 2 == 0 { "public" } else { "scoring" }.into(),
            actor: "operator".into(),
            at: 1_760_000_000_000 + i64::from(at),
            kind: if at % 4 == 1 { "person.form" } else { "mark.set" }.into(),
            version: 1,
            replaces: Vec::new(),
            reason: "复核\n“引号”".into(),
            fact: serde_json::json!({"item": "P1", "mark": {"value": format!("{at}.5")}}),
        };
        let record = writer.seal(draft, [seed ^ at; 32]).unwrap();
        let signature = (at % 3 == 0 || at + 1 == length).then(|| sign(&key, &writer));
        records.push(carried(record, signature));
    }
    (writer.scope(), Run { log: id, from: 0, records })
}

fn sign(key: &SigningKey, writer: &LogWriter) -> [u8; 64] {
    Checkpoint::sign(key, writer.log(), writer.last(), writer.head()).signature
}

fn head(kind: Kind, scope: ScopeId, maker: &SigningKey) -> Head {
    let to = if kind == Kind::Records { Some(Hash::of(b"upstream")) } else { None };
    Head { kind, scope, from: public(maker), to, incarnation: Hash::of(b"store"), at: 1_760_000_000_000 }
}

fn receipt(scope: ScopeId, run: &Run, maker: &SigningKey) -> Receipt {
    let seq = run.records.len() as u64 - 1;
    let (issuer, incarnation, signature) = (Hash::ZERO, Hash::of(b"store"), Signature([0; 64]));
    let head = run.records.last().unwrap().hash;
    let one = Receipt { issuer, incarnation, scope, log: run.log, seq, head, at: 1_760_000_000_000, signature };
    one.sign(maker)
}

/// Two logs, one of them in two runs, some bodies withheld where that may be, and receipts for both.
fn bundle(kind: Kind) -> (ScopeId, Vec<u8>) {
    let maker = SigningKey::from_bytes(&[9; 32]);
    let (scope, mut first) = log(None, 1, 8);
    let (_, second) = log(Some(scope), 2, 3);
    let receipts = vec![receipt(scope, &first, &maker), receipt(scope, &second, &maker)];
    if kind == Kind::Published {
        first.records[1].body = None;
        first.records[5].body = None;
    }
    let rest = Run { log: first.log, from: 4, records: first.records.split_off(4) };
    let runs = if kind == Kind::Receipts { Vec::new() } else { vec![first, second, rest] };
    (scope, write(&head(kind, scope, &maker), &Content { runs, receipts }, &maker))
}

const KINDS: [Kind; 3] = [Kind::Records, Kind::Published, Kind::Receipts];

/// What was written when v1 was frozen: never made anew.
const GOLDEN: [(Kind, &[u8]); 3] = [
    (Kind::Records, include_bytes!("golden/v1-records.jsbundle")),
    (Kind::Published, include_bytes!("golden/v1-published.jsbundle")),
    (Kind::Receipts, include_bytes!("golden/v1-receipts.jsbundle")),
];

#[test]
fn bundles_are_written_as_when_the_format_was_frozen_and_read_for_ever() {
    for (kind, golden) in GOLDEN {
        let (scope, bytes) = bundle(kind);
        assert!(bytes == golden, "{kind:?} is written in another way");
        assert_eq!(check(golden, Some(scope)).wrong, [], "{kind:?}");
    }
}

#[test]
fn what_is_written_is_read_again() {
    for kind in KINDS {
        let (scope, bytes) = bundle(kind);
        for named in [None, Some(scope)] {
            let Bundle { head, records, withheld, checkpoints, unchecked, wrong, content, begins } =
                check(&bytes, named);
            assert_eq!(wrong, [], "{kind:?}");
            let expected = match kind {
                Kind::Records => (11, 0, 4),
                Kind::Published => (11, 2, 4),
                Kind::Receipts => (0, 0, 0),
            };
            assert_eq!((records, withheld, checkpoints), expected, "{kind:?}");
            assert_eq!((unchecked, begins.len(), content.receipts.len()), (0, 0, 2));
            let maker = SigningKey::from_bytes(&[9; 32]);
            assert_eq!(write(&head.unwrap(), &content, &maker), bytes, "and written again it is the same");
        }
    }
}

#[test]
fn what_belongs_to_another_scope_or_is_not_whole_is_said() {
    let (scope, bytes) = bundle(Kind::Receipts);
    let other = ScopeId::new(Hash::of(b"another"));
    assert_eq!(check(&bytes, Some(scope)).wrong, []);
    assert!(!check(&bytes, Some(other)).wrong.is_empty());
    let maker = SigningKey::from_bytes(&[9; 32]);
    let (scope, mut run) = log(None, 1, 8);
    run.records = run.records.split_off(5);
    run.from = 5;
    let id = run.log;
    let bytes = write(&head(Kind::Records, scope, &maker), &Content { runs: vec![run], receipts: Vec::new() }, &maker);
    let found = check(&bytes, None);
    assert_eq!(found.wrong, [], "a part of a log is a bundle");
    assert_eq!(found.begins.into_iter().collect::<Vec<(LogId, u64)>>(), [(id, 5)]);
    assert_eq!((found.checkpoints, found.unchecked), (0, 2), "whose key is not in it");
}

#[test]
fn what_is_left_out_or_moved_is_found_though_its_maker_sealed_it() {
    let maker = SigningKey::from_bytes(&[9; 32]);
    let (scope, whole) = log(None, 1, 8);
    let faults = |change: &dyn Fn(&mut Run)| {
        let mut run = whole.clone();
        change(&mut run);
        let content = Content { runs: vec![run], receipts: Vec::new() };
        let found = check(&write(&head(Kind::Published, scope, &maker), &content, &maker), Some(scope));
        found.wrong.into_iter().map(|wrong| (wrong.place.seq, wrong.place.field)).collect::<Vec<_>>()
    };
    assert_eq!(faults(&|_| {}), []);
    assert_eq!(faults(&|run| drop(run.records.remove(2))), [(Some(2), "header")], "a record is missing");
    assert_eq!(faults(&|run| run.records.swap(4, 5)), [(Some(4), "header")], "another order");
    assert_eq!(faults(&|run| run.records.truncate(6)), [(Some(5), "run")], "the end is missing: nobody vouches");
    assert_eq!(faults(&|run| run.records[0].body = None), [(Some(0), "body")], "the key of the log is withheld");
    assert_eq!(faults(&|run| run.records[3].body = None), [], "what scoring alone reads may be about persons");
    assert_eq!(faults(&|run| run.records[4].body = None), [(Some(4), "body")], "what everybody reads is withheld");
    let other = log(Some(scope), 2, 8).1;
    assert_eq!(faults(&|run| run.records[3] = other.records[3].clone()), [(Some(3), "header")], "of another log");
    let forged = SigningKey::from_bytes(&[8; 32]);
    let sign = |run: &mut Run| {
        let head = run.records[7].hash;
        run.records[7].signature = Some(Signature(Checkpoint::sign(&forged, run.log, 7, head).signature));
    };
    assert_eq!(faults(&sign), [(Some(7), "record")], "a signature of somebody else");
}

#[test]
fn a_published_bundle_leaves_out_what_is_about_persons_and_nothing_else() {
    let header = |class, audience: &str, seq| {
        let (scope, log, prev, body) = (Hash::ZERO, Hash::ZERO, Hash::ZERO, Hash::ZERO);
        let (kind, audience, actor) = ("jiangsai.record.v1".into(), audience.into(), "operator".into());
        Header { kind, scope, log, seq, prev, class, audience, actor, at: 0, order: 0, body }
    };
    let readers = ["public", "desks", "desk:j", "scoring", "registrars", "sealed"];
    let classes = [
        (Class::Trust, [].as_slice()),
        (Class::Setup, &[]),
        (Class::Roster, &["registrars"]),
        (Class::Draw, &[]),
        (Class::Mark, &["desk:j", "scoring"]),
        (Class::Ruling, &["scoring"]),
        (Class::Bulletin, &["scoring"]),
    ];
    for (class, allowed) in classes {
        for audience in readers {
            let may = Kind::Published.may_lack(&header(class, audience, 1));
            assert_eq!(may, allowed.contains(&audience), "{class:?}, {audience}");
            assert!(
                !Kind::Published.may_lack(&header(class, audience, 0)),
                "{class:?}, {audience}, the first of a log"
            );
            let may = Kind::Records.may_lack(&header(class, audience, 1));
            assert_eq!(may, class != Class::Trust && audience != "public", "{class:?}, {audience}: it may be erased");
        }
    }
}

#[test]
fn a_receipt_for_what_is_not_in_the_bundle_is_a_fault_of_it() {
    let maker = SigningKey::from_bytes(&[9; 32]);
    let (scope, whole) = log(None, 1, 8);
    let (_, second) = log(Some(scope), 2, 3);
    let mut first = whole.clone();
    first.records.truncate(4);
    let faults = |runs: &[&Run], receipts: &[&Run]| {
        let receipts = receipts.iter().map(|run| receipt(scope, run, &maker)).collect();
        let content = Content { runs: runs.iter().map(|run| (*run).clone()).collect(), receipts };
        let found = check(&write(&head(Kind::Published, scope, &maker), &content, &maker), Some(scope));
        found.wrong.into_iter().map(|wrong| (wrong.place.log, wrong.place.seq, wrong.place.field)).collect::<Vec<_>>()
    };
    assert_eq!(faults(&[&whole, &second], &[&first, &whole, &second]), []);
    assert_eq!(faults(&[&first], &[&first, &whole]), [(Some(whole.log), Some(7), "receipt")], "beyond its end");
    assert_eq!(faults(&[&whole], &[&second]), [(Some(second.log), Some(2), "receipt")], "of a log that is not in it");
    let mut damaged = whole.clone();
    damaged.records[2].body = None;
    assert_eq!(
        faults(&[&damaged], &[&whole]),
        [(Some(whole.log), Some(2), "body")],
        "what follows a fault is not blamed"
    );
}

/// A changed bit is found, and its byte lies in a place that is named.
fn is_found(whole: &[u8], scope: ScopeId, bit: usize) {
    let mut changed = whole.to_vec();
    changed[bit / 8] ^= 1 << (bit % 8);
    for named in [None, Some(scope)] {
        let wrong = check(&changed, named).wrong;
        assert!(!wrong.is_empty(), "bit {bit} is not found");
        let first = &wrong[0];
        let around = first.place.bytes.contains(&(bit / 8));
        assert!(around, "bit {bit} of byte {} was looked for at {first}", bit / 8);
    }
}

#[test]
fn every_bit_of_a_small_bundle_is_found_where_it_is() {
    let (scope, bytes) = bundle(Kind::Receipts);
    let step = if std::env::var_os("JIANGSAI_LONG").is_some() { 1 } else { 7 };
    (0..bytes.len() * 8).step_by(step).for_each(|bit| is_found(&bytes, scope, bit));
}

#[test]
fn every_bit_of_every_line_is_found_where_it_is() {
    let (scope, bytes) = bundle(Kind::Published);
    // The lines of the bundle's own, whole in the long run, else a bit of every third byte.
    let step = if std::env::var_os("JIANGSAI_LONG").is_some() { 1 } else { 3 };
    let mut at = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if !line.starts_with(b"{") {
            (at..at + line.len()).step_by(step).for_each(|byte| is_found(&bytes, scope, byte * 8 + byte % 8));
        }
        at += line.len();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("JIANGSAI_LONG").is_some() { 20_000 } else { 400 }))]

    #[test]
    fn any_bit_of_any_bundle_is_found_where_it_is(seed in any::<usize>(), kind in 0..2_usize) {
        let (scope, bytes) = bundle(KINDS[kind]);
        is_found(&bytes, scope, seed % (bytes.len() * 8));
    }

    #[test]
    fn any_cut_is_found(seed in any::<usize>(), kind in 0..3_usize) {
        let (scope, bytes) = bundle(KINDS[kind]);
        prop_assert!(!check(&bytes[..seed % bytes.len()], Some(scope)).wrong.is_empty());
    }

    #[test]
    fn no_bytes_break_the_reader(bytes in any::<Vec<u8>>(), lines in "(run|record|receipt|seal|[0-9a-f]{64}|-|[0-9]{1,20}| |\n){0,40}") {
        prop_assert!(!check(&bytes, None).wrong.is_empty());
        let (_, mut whole) = bundle(Kind::Receipts);
        let behind_head = whole.windows(8).position(|part| part == b"receipt ").unwrap();
        whole.truncate(behind_head);
        whole.extend(lines.as_bytes());
        whole.extend(&bytes);
        prop_assert!(!check(&whole, None).wrong.is_empty());
    }
}

#[test]
fn lengths_that_are_too_large_ask_for_no_memory() {
    let (_, whole) = bundle(Kind::Receipts);
    let behind_head = whole.windows(8).position(|part| part == b"receipt ").unwrap();
    let hash = "ab".repeat(32);
    for huge in ["2049", "262145", "1073741824", "18446744073709551615", "99999999999999999999"] {
        for line in [
            format!("run {hash} 0 1\nrecord {hash} {huge} 1 {hash} -\n{{}}\n"),
            format!("run {hash} 0 1\nrecord {hash} 2 {huge} {hash} -\n{{}}\n"),
            format!("run {hash} 0 {huge}\nrecord {hash} 2 2 {hash} -\n{{}}\n{{}}\n"),
            format!("run {hash} {huge} {huge}\n"),
        ] {
            let bytes = [&whole[..behind_head], line.as_bytes()].concat();
            assert!(!check(&bytes, None).wrong.is_empty(), "{line}");
        }
    }
}
