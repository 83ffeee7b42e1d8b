//! Erasing cannot be taken back: a judge's desk, which is the easiest to get at, is refused whatever it says is erased.

use super::stranger::Node;
use super::{Hq, call};
use jiangsai_hq::Limits;
use jiangsai_ledger::replication::{Carried, Push};
use jiangsai_ledger::{Checkpoint, Class, Draft, Hash, LogWriter, Opening, ScopeId, Signature, SigningKey, Start};
use serde_json::{Value, json};

/// A log of its own that says, in a record of this class, that these are erased.
fn erases(scope: ScopeId, seed: u8, class: Class, records: &[String]) -> Push {
    let key = SigningKey::from_bytes(&[seed; 32]);
    let public = Hash::from_bytes(key.verifying_key().as_bytes()).unwrap();
    let opening = Opening { key: public, node: format!("{seed:032x}"), before: None };
    let start = Start { opening, at: 0, actor: "operator".to_owned() };
    let (mut writer, first) = LogWriter::open(Some(scope), start, 100_000, [seed; 32]).unwrap();
    let draft = Draft {
        class,
        audience: "scoring".to_owned(),
        actor: "operator".to_owned(),
        at: 0,
        kind: "person.erased".to_owned(),
        version: 1,
        replaces: Vec::new(),
        reason: String::new(),
        fact: json!({"person": "x", "basis": "none", "records": records}),
    };
    let second = writer.seal(draft, [seed; 32]).unwrap();
    let vouched = Checkpoint::sign(&key, writer.log(), writer.last(), writer.head());
    let carried = |(at, record): (usize, jiangsai_ledger::Record)| Carried {
        header: String::from_utf8(record.header).unwrap(),
        salt: Hash::from_bytes(&record.salt).ok(),
        body: String::from_utf8(record.body).ok(),
        signature: (at == 1).then_some(Signature(vouched.signature)),
        erased: false,
        sealed: None,
    };
    let records = [first, second].into_iter().enumerate().map(carried).collect();
    Push { scope, log: writer.log(), from: 0, records }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_judges_desk_erases_nobody() {
    let hq = Hq::open(Limits::default()).await;
    let id = call(&hq.app, "competitions.create", json!({"title": "模拟", "event": "", "from": "sample"})).await;
    let scope: ScopeId = id.as_str().unwrap().parse().unwrap();
    let (office, desk) = (Node::paired(&hq).await, Node::paired_to_read(&hq, "judges-desk", 9).await);
    let pull = json!({"scope": id, "after": 0, "limit": 4_096}).to_string();
    let held: Value = serde_json::from_slice(&office.ask(&hq, "pull", pull.as_bytes()).await.body).unwrap();
    let all = held["runs"].as_array().unwrap().iter().flat_map(|run| run["records"].as_array().unwrap());
    let is_form = |record: &&Value| record["body"].as_str().is_some_and(|body| body.contains("person.form"));
    let names: Vec<String> =
        all.filter(is_form).map(|one| Hash::of(one["header"].as_str().unwrap().as_bytes()).to_string()).collect();
    assert!(names.len() >= 60, "every form is named");
    let home = call(&hq.app, "competition.home", json!({"competition": id})).await;
    let listing = json!({"competition": id, "event": home["events"][0][0], "search": ""});
    let before = call(&hq.app, "entries.list", listing.clone()).await;
    for (seed, class) in [(20, Class::Roster), (21, Class::Mark), (22, Class::Trust)] {
        let push = serde_json::to_vec(&erases(scope, seed, class, &names)).unwrap();
        let refused = desk.ask(&hq, "push", &push).await;
        assert_eq!((refused.status, refused.code().as_str()), (422, "records-refused"), "as {class:?}: {refused:?}");
    }
    assert_eq!(call(&hq.app, "entries.list", listing.clone()).await, before, "everybody is there by name");
    // The same is taken from who holds everything: it is not for its form that a desk is refused.
    let push = serde_json::to_vec(&erases(scope, 23, Class::Roster, &names)).unwrap();
    assert_eq!(office.ask(&hq, "push", &push).await.status, 200);
    assert_ne!(call(&hq.app, "entries.list", listing).await, before);
}
