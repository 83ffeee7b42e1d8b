//! Requests of a paired node, changed at random in bytes and in form: refused with a code or answered, never broken by, and what is held
//! afterwards is what the desk wrote. From seeds, so that what was found is found again; `JIANGSAI_LONG=1` for many more.

use super::hostile::everything_of_a_desk;
use super::stranger::{Node, records};
use super::{Hq, call};
use jiangsai_app::sync::NodeLimits;
use jiangsai_hq::Limits;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::num::NonZeroU32;

/// What a node may be told about a request that is not as it should be.
const CODES: [&str; 7] = [
    "bad-request",
    "records-refused",
    "no-competition",
    "too-long",
    "unknown-question",
    "pairing-code",
    "pairing-wait",
];

/// SplitMix64 by Sebastiano Vigna: enough chance for a test, the same on every machine.
struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap_or_default()
    }

    fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }
}

/// Every place in a document.
fn places(value: &Value, path: &str, all: &mut Vec<String>) {
    all.push(path.to_owned());
    match value {
        Value::Array(many) => {
            many.iter().enumerate().for_each(|(at, one)| places(one, &format!("{path}/{at}"), all));
        }
        Value::Object(many) => many.iter().for_each(|(name, one)| places(one, &format!("{path}/{name}"), all)),
        _ => {}
    }
}

fn anything(rng: &mut Rng) -> Value {
    match rng.below(9) {
        0 => Value::Null,
        1 => json!(-1),
        2 => json!(u64::MAX),
        3 => json!(9_007_199_254_740_993_u64),
        4 => json!(0.5),
        5 => json!(""),
        6 => json!("0".repeat(64)),
        7 => json!([]),
        _ => json!({"a": {"b": ["'; DROP TABLE record; --", "../../../etc/passwd", "\u{0}"]}}),
    }
}

/// One letter of a text is another one.
fn misspelt(text: &str, rng: &mut Rng) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let at = rng.below(letters.len());
    if let Some(letter) = letters.get_mut(at) {
        *letter = rng.one(&["0", "f", "G", "\"", "\\", "}", "é", "\u{0}"]).chars().next().unwrap_or('0');
    }
    letters.into_iter().collect()
}

/// The same document with another form somewhere.
fn reshaped(document: &mut Value, rng: &mut Rng) {
    let mut all = Vec::new();
    places(document, "", &mut all);
    let place = all[rng.below(all.len())].clone();
    let Some(found) = document.pointer_mut(&place) else { return };
    match (found, rng.below(4)) {
        (Value::Array(many), 0) if !many.is_empty() => drop(many.remove(rng.below(many.len()))),
        (Value::Array(many), 1) if !many.is_empty() => many.truncate(rng.below(many.len())),
        (Value::Array(many), 2) if !many.is_empty() => {
            let (one, other) = (rng.below(many.len()), rng.below(many.len()));
            many.swap(one, other);
        }
        (Value::Object(many), 0) => {
            let name = many.keys().nth(rng.below(many.len())).cloned().unwrap_or_default();
            many.remove(&name);
        }
        (Value::Object(many), 1) => drop(many.insert("more".to_owned(), anything(rng))),
        (Value::String(text), 0..=2) => *text = misspelt(text, rng),
        (Value::Number(number), 0..=1) => *number = number.as_u64().unwrap_or(0).wrapping_add(1).into(),
        (found, _) => *found = anything(rng),
    }
}

/// The same bytes but a few.
fn damaged(mut bytes: Vec<u8>, rng: &mut Rng) -> Vec<u8> {
    let (at, length) = (rng.below(bytes.len()), rng.below(40));
    let end = (at + length).min(bytes.len());
    match rng.below(5) {
        0 => bytes[at] ^= 1 << rng.below(8),
        1 => bytes.truncate(at),
        2 => drop(bytes.drain(at..end)),
        3 => {
            let again = bytes[at..end].to_vec();
            bytes.splice(at..at, again);
        }
        _ => {
            let word: &[u8] = rng.one(&[b"{".as_slice(), b"\\u0000", b"\xff", b"\"from\":0,", b"[[[[", b"1e99"]);
            bytes.splice(at..at, word.iter().copied());
        }
    }
    bytes
}

fn changed(body: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut bytes = body.to_vec();
    for _ in 0..=rng.below(3) {
        match serde_json::from_slice::<Value>(&bytes) {
            Ok(mut document) if rng.below(3) > 0 => {
                reshaped(&mut document, rng);
                bytes = serde_json::to_vec(&document).unwrap();
            }
            _ if bytes.is_empty() => {}
            _ => bytes = damaged(bytes, rng),
        }
    }
    bytes
}

/// Header and body of every record in a push or a run.
fn contents(run: &Value) -> Vec<(String, String)> {
    let text = |record: &Value, name: &str| record[name].as_str().unwrap_or_default().to_owned();
    let all = run["records"].as_array().unwrap();
    all.iter().map(|record| (text(record, "header"), text(record, "body"))).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_a_paired_node_sends_nothing_breaks_and_nothing_false_is_held() {
    let cases: u64 = if std::env::var_os("JIANGSAI_LONG").is_some() { 40_000 } else { 600 };
    let hq = Hq::open(Limits::default()).await;
    let plenty = NonZeroU32::MAX;
    hq.app.limit_nodes(NodeLimits { requests: plenty, records: plenty });
    let node = Node::paired(&hq).await;
    let push = everything_of_a_desk(json!({"template": "theory-practice-30-70"})).await;
    let sent: Value = serde_json::from_slice(&push).unwrap();
    let (scope, log) = (sent["scope"].clone(), sent["log"].clone());
    let pull = json!({"scope": scope, "after": 0, "limit": 4_096});
    // A log is named by the hash of its first record.
    let mut goes_on = json!({"scope": scope, "after": 1, "limit": 2, "head": log, "known": {}});
    goes_on["known"][log.as_str().unwrap()] = json!({"seq": 0, "head": log});
    goes_on["receipts_after"] = json!({"order": "4".repeat(64), "at": 2});
    let report = json!({"holds": [{"scope": scope, "pending": 3, "oldest": 1_700_000_000_000_u64}]});
    let stands_by = Node::paired_to_read(&hq, "standby", 8).await;
    let ask = json!({"key": "1".repeat(64), "sealing": "2".repeat(64), "name": "模拟", "signature": "3".repeat(128)});
    let standing =
        json!({"addresses": ["10.0.0.9:7480"], "sealing": "2".repeat(64), "serving": {"since": 1, "nodes": 2}});
    let stranger = json!({"code": "ABCDEFGHJKLM", "key": "1".repeat(64), "name": "模拟", "holds": true, "node": "n"});
    let questions: [(&str, Vec<u8>); 11] = [
        ("push", push.clone()),
        ("pair", stranger.to_string().into_bytes()),
        ("readers", json!({"asks": [ask]}).to_string().into_bytes()),
        ("standby", b"null".to_vec()),
        ("paired", standing.to_string().into_bytes()),
        ("changes", b"null".to_vec()),
        ("pull", pull.to_string().into_bytes()),
        ("pull", goes_on.to_string().into_bytes()),
        ("heads", json!({"scope": scope}).to_string().into_bytes()),
        ("report", report.to_string().into_bytes()),
        ("scopes", b"null".to_vec()),
    ];
    let mut answered = std::collections::BTreeMap::<(u16, String), u64>::new();
    for seed in 0..cases {
        let mut rng = Rng(seed);
        // Half of them are pushes.
        let (question, body) = &questions[if seed % 2 == 0 { 0 } else { rng.below(questions.len()) }];
        let body = changed(body, &mut rng);
        // The stream of changes goes on for ever where it is asked for as it should be.
        if *question == "changes" && serde_json::from_slice::<()>(&body).is_ok() {
            continue;
        }
        let node = if *question == "paired" { &stands_by } else { &node };
        let answer = node.ask(&hq, question, &body).await;
        let code = answer.code();
        let known = matches!(answer.status, 200 | 409) || CODES.contains(&code.as_str());
        assert!(known && answer.status != 500, "seed {seed}, {question}: {answer:?}");
        *answered.entry((answer.status, code)).or_default() += 1;
    }
    println!("{cases} requests: {answered:?}");
    assert!(answered.len() > 3, "many kinds of answers: {answered:?}");
    let taken = node.ask(&hq, "push", &push).await;
    assert_eq!(taken.status, 200, "what the desk wrote is taken as ever: {taken:?}");
    let written = contents(&sent);
    assert_eq!(records(&hq).await, written.len() as u64, "and nothing else is held");
    let held = node.ask(&hq, "pull", pull.to_string().as_bytes()).await;
    let held: Value = serde_json::from_slice(&held.body).unwrap();
    let runs = held["runs"].as_array().unwrap();
    assert!(runs.iter().all(|run| run["log"] == log), "of this log alone");
    let here: BTreeSet<(String, String)> = runs.iter().flat_map(contents).collect();
    assert_eq!(here, written.into_iter().collect(), "byte for byte");
    let verified = call(&hq.app, "ledger.verify", json!({"competition": scope})).await;
    assert!(verified["fault"].is_null(), "{verified}");
}
