//! A desk is lost: headquarters revokes it. What it writes afterwards comes on a stick, into quarantine on every computer; what is honest of it is
//! adopted, and the standings are the same everywhere.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use jiangsai_app::App;
use jiangsai_app::host::SystemHost;
use jiangsai_domain::command::bundle::BundleWhat;
use jiangsai_hq::{Limits, nodes, open_door};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

async fn open(folder: &Path) -> App {
    App::open(folder, Arc::new(SystemHost::new(None))).await.unwrap()
}

async fn call(app: &App, name: &str, payload: Value) -> Value {
    match app.dispatch(name, payload, None).await {
        Ok(reply) => reply,
        Err(error) => panic!("{name}: {error:?}"),
    }
}

/// Waits until an answer is as wanted; the runner asks every other second at the latest.
async fn until(app: &App, what: &str, name: &str, payload: Value, wanted: impl Fn(&Value) -> bool) -> Value {
    let begun = Instant::now();
    loop {
        let answer = app.dispatch(name, payload.clone(), None).await;
        match answer {
            Ok(answer) if wanted(&answer) => return answer,
            answer => assert!(begun.elapsed() < Duration::from_secs(90), "{what}: {answer:?}"),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn connect(desk: &App, hq: &App, address: &str) {
    let code = call(hq, "sync.pairing_code", json!({})).await;
    call(desk, "sync.connect", json!({"url": address, "code": code})).await;
}

/// Gives the first of the standings another result in theory.
async fn lowers(app: &App, competition: &str, event: &str, text: &str) {
    let first = standings(app, competition, event).await["rows"][0]["entry"].clone();
    let line = json!({"competition": competition, "about": {"mark": {"entry": first, "item": "T", "judge": null}}, "skip": 0, "limit": 9});
    let replaces = call(app, "history.list", line).await["lines"][0]["fact"].clone();
    let mark = json!({"competition": competition, "event": event, "entry": first, "item": "T", "judge": null, "text": text, "replaces": [replaces], "reason": "更正"});
    call(app, "marks.enter", mark).await;
}

async fn standings(app: &App, competition: &str, event: &str) -> Value {
    call(app, "standings.show", json!({"competition": competition, "event": event})).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_desk_is_shut_out_its_late_records_wait_and_an_honest_one_is_adopted() {
    let folder = tempfile::tempdir().unwrap();
    let [hq, kept, lost] = ["hq", "kept", "lost"].map(|name| folder.path().join(name));
    let (hq, kept, lost) = (open(&hq).await, open(&kept).await, open(&lost).await);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (door, router) = (hq.clone(), nodes(hq.clone()));
    tokio::spawn(async move {
        open_door(listener, &door, router, Limits::default(), std::future::pending()).await.unwrap();
    });
    let competition = call(&hq, "competitions.create", json!({"title": "", "event": "", "from": "sample"})).await;
    let competition = competition.as_str().unwrap();
    let home = call(&hq, "competition.home", json!({"competition": competition})).await;
    let event = home["events"][0][0].as_str().unwrap().to_owned();
    connect(&lost, &hq, &address).await;
    let node = call(&hq, "headquarters.nodes", json!({})).await["nodes"][0]["node"].as_str().unwrap().to_owned();
    connect(&kept, &hq, &address).await;
    for app in [&kept, &lost] {
        tokio::spawn(app.clone().keep_in_sync());
        let here = |list: &Value| list.as_array().is_some_and(|list| list.len() == 1);
        until(app, "the competition", "competitions.list", json!({}), here).await;
    }
    let everywhere = json!({"competition": competition, "event": event});
    let before = standings(&hq, competition, &event).await;
    for app in [&kept, &lost] {
        until(app, "the records", "standings.show", everywhere.clone(), |found| *found == before).await;
    }
    let others = call(&lost, "headquarters.nodes", json!({})).await["others"].clone();
    assert_eq!(
        (others.as_array().map(Vec::len), &others[0]["competitions"]),
        (Some(1), &json!(1)),
        "headquarters wrote"
    );
    // What it wrote before it was lost is trusted.
    lowers(&lost, competition, &event, "1").await;
    let trusted = until(&hq, "a mark", "standings.show", everywhere.clone(), |found| *found != before).await;

    let preview = json!({"node": node, "until": "nothing", "reason": "", "preview": true});
    let foreseen = call(&hq, "nodes.revoke", preview).await;
    let one = &foreseen["competitions"][0];
    assert_eq!((&one["trusted"], &one["quarantined"]), (&json!(0), &json!(1)), "{foreseen}");
    assert!(!one["events"][0]["foreseen"]["changes"].as_array().unwrap().is_empty(), "who is first again");
    assert_eq!(one["records"].as_array().unwrap().len(), 1);
    let preview = json!({"node": node, "reason": "", "preview": true});
    let foreseen = call(&hq, "nodes.revoke", preview).await;
    assert_eq!(foreseen["competitions"][0]["events"], json!([]), "everything until now stays");
    call(&hq, "nodes.revoke", json!({"node": node, "reason": "丢失"})).await;

    lowers(&lost, competition, &event, "2").await;
    lowers(&lost, competition, &event, "3").await;
    let told = |state: &Value| state["trouble"] == "revoked";
    until(&lost, "it is told", "sync.status", json!({}), told).await;
    let code = call(&hq, "sync.pairing_code", json!({})).await;
    let again = lost.dispatch("sync.connect", json!({"url": address, "code": code}), None).await.unwrap_err();
    assert_eq!((again.code.as_str(), again.refusal), ("revoked", true), "{again:?}");
    assert_eq!(standings(&hq, competition, &event).await, trusted);

    // Its disk was found: what it holds comes on a stick.
    let stick = folder.path().join("stick");
    lost.write_bundle(competition, BundleWhat::Everything, &stick).await.unwrap();
    assert!(hq.read_bundle(&stick).await.unwrap().new > 0);
    assert_eq!(standings(&hq, competition, &event).await, trusted, "without effect");
    let listing = json!({"competition": competition});
    let two = |list: &Value| list["records"].as_array().is_some_and(|list| list.len() == 2);
    let listed = until(&hq, "quarantine", "quarantine.list", listing.clone(), two).await;
    until(&kept, "quarantine below", "quarantine.list", listing.clone(), two).await;
    assert_eq!(standings(&kept, competition, &event).await, trusted);

    // The newest first.
    let honest = listed["records"][1]["line"]["fact"].clone();
    let adopt = json!({"competition": competition, "records": [honest], "reason": "看过录像"});
    let mut preview = adopt.clone();
    preview["preview"] = true.into();
    let foreseen = call(&hq, "quarantine.adopt", preview).await;
    assert!(!foreseen["events"].as_array().unwrap().is_empty(), "{foreseen}");
    call(&hq, "quarantine.adopt", adopt).await;
    let adopted = standings(&hq, competition, &event).await;
    assert_ne!(adopted, trusted);
    until(&kept, "the same below", "standings.show", everywhere.clone(), |found| *found == adopted).await;
    let verified = call(&hq, "ledger.verify", json!({"competition": competition})).await;
    assert_eq!((&verified["fault"], &verified["state_agrees"]), (&Value::Null, &Value::Bool(true)));

    call(&hq, "nodes.restore", json!({"node": node, "reason": "找到了"})).await;
    let all = standings(&hq, competition, &event).await;
    until(&lost, "let in again", "standings.show", everywhere.clone(), |found| *found == all).await;
    until(&kept, "and everywhere", "standings.show", everywhere, |found| *found == all).await;
}
