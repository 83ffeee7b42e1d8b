//! Two instances of one headquarters on one PostgreSQL, with one key: desks are at either, and it makes no difference.

use super::hints::until;
use super::server::Server;
use super::stranger::{Node, tls};
use super::{Hq, call, open};
use jiangsai_app::App;
use jiangsai_app::host::SystemHost;
use jiangsai_hq::Limits;
use serde_json::{Value, json};
use std::sync::Arc;
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;

/// One more instance on a server, with the key of another.
async fn instance(url: &str, key: Option<&Hq>) -> Hq {
    let folder = tempfile::tempdir().unwrap();
    if let Some(other) = key {
        std::fs::copy(other._folder.path().join("node.key"), folder.path().join("node.key")).unwrap();
    }
    let app = App::open_database(url, folder.path(), Arc::new(SystemHost::new(None))).await.unwrap();
    app.check_owner().await.unwrap();
    Hq::of(app, folder, "127.0.0.1:0", Limits::default()).await
}

/// A desk that is connected to an instance and keeps in touch with it.
async fn desk(at: &Hq) -> (App, TempDir) {
    let (desk, folder) = open().await;
    call(&desk, "sync.connect", json!({"url": at.address, "code": at.code().await})).await;
    tokio::spawn(desk.clone().keep_in_sync());
    (desk, folder)
}

/// Waits for a state of the connection; every change is word to look again, and so is every moment.
async fn until_state(app: &App, wanted: impl Fn(&Value) -> bool) -> Value {
    loop {
        let state = call(app, "sync.status", json!({})).await;
        if wanted(&state) {
            return state;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

fn saved(state: &Value) -> u64 {
    state["competitions"][0]["saved"].as_u64().unwrap_or_default()
}

async fn enter(desk: &App, competition: &str, event: &str, number: &str) {
    let own = json!({"number": number, "name": "模拟甲", "unit": "模拟水务", "document_kind": "护照", "document_number": format!("E123{number}")});
    let added = call(desk, "entries.add", json!({"competition": competition, "event": event, "form": own})).await;
    let mark = json!({"competition": competition, "event": event, "entry": added["saved"], "item": "T", "judge": null, "text": "80", "replaces": [], "reason": ""});
    call(desk, "marks.enter", mark).await;
}

/// The numbers of those who were added, as often as they are there.
async fn added(app: &App, competition: &str, event: &str) -> Vec<String> {
    let mut numbers = Vec::new();
    for search in ["700", "800"] {
        let list = json!({"competition": competition, "event": event, "search": search});
        let list = call(app, "entries.list", list).await;
        let rows = list["rows"].as_array().unwrap().iter();
        numbers.extend(rows.map(|row| row["number"].as_str().unwrap().to_owned()));
    }
    numbers.sort();
    numbers
}

/// Waits until headquarters has everything of these desks, and each of them everything of headquarters.
async fn until_level(desks: [&App; 2], hq: &App) {
    for desk in desks {
        until_state(desk, |state| state["competitions"][0]["not_at_headquarters"] == 0).await;
    }
    let all = saved(&call(hq, "sync.status", json!({})).await);
    for desk in desks {
        until_state(desk, |state| saved(state) == all).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_instance_takes_in_the_other_announces_and_hands_out_once() {
    let Some(server) = Server::start() else { return };
    let url = server.database("instances").await;
    let one = instance(&url, None).await;
    let two = instance(&url, Some(&one)).await;
    // Paired at one, known at both: it listens at the second.
    let node = Node::paired(&one).await;
    let mut stream = tls(&two.address).await.unwrap();
    let head = format!(
        "POST /api/sync/v1/changes HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n{}\r\nnull",
        node.headers("changes", b"null")
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    until(&mut stream, "\r\n\r\n").await;

    let (first, _first) = desk(&one).await;
    let create = json!({"title": "模拟", "event": "", "from": "sample"});
    let competition = call(&first, "competitions.create", create).await.as_str().unwrap().to_owned();
    let word = until(&mut stream, "event: changed").await;
    assert!(!word.contains("模拟"), "a hint only: {word}");

    let (second, _second) = desk(&two).await;
    let records = saved(&until_state(&first, |state| state["competitions"][0]["not_at_headquarters"] == 0).await);
    until_state(&second, |state| saved(state) == records).await;
    let home = call(&first, "competition.home", json!({"competition": competition})).await;
    let event = home["events"][0][0].as_str().unwrap().to_owned();
    for number in ["7001", "7002", "7003"] {
        enter(&first, &competition, &event, number).await;
    }
    for number in ["8001", "8002"] {
        enter(&second, &competition, &event, number).await;
    }
    until_level([&first, &second], &one.app).await;
    let everybody = ["7001", "7002", "7003", "8001", "8002"];
    let about = json!({"competition": competition, "event": event});
    let standings = call(&first, "standings.show", about.clone()).await;
    let everything = call(&first, "ledger.verify", json!({"competition": competition})).await["records"].clone();
    for app in [&first, &second, &one.app, &two.app] {
        assert_eq!(added(app, &competition, &event).await, everybody, "each once");
        assert_eq!(call(app, "standings.show", about.clone()).await, standings);
        let report = call(app, "ledger.verify", json!({"competition": competition})).await;
        assert_eq!((&report["fault"], &report["state_agrees"]), (&Value::Null, &json!(true)), "{report}");
        assert_eq!(report["records"], everything, "no record more");
    }

    // The first is gone, and the second stands at its address: desks there notice nothing.
    let address = one.address.clone();
    one.close().await;
    let moved = Hq::of(two.app.clone(), tempfile::tempdir().unwrap(), &address, Limits::default()).await;
    enter(&first, &competition, &event, "7004").await;
    until_level([&first, &second], &two.app).await;
    let everybody = ["7001", "7002", "7003", "7004", "8001", "8002"];
    for app in [&first, &second, &two.app] {
        assert_eq!(added(app, &competition, &event).await, everybody, "each once");
    }
    moved.close().await;
}

#[tokio::test]
async fn a_folder_with_another_key_is_told_apart() {
    let Some(server) = Server::start() else { return };
    let url = server.database("keys").await;
    let one = instance(&url, None).await;
    let folder = tempfile::tempdir().unwrap();
    let other = App::open_database(&url, folder.path(), Arc::new(SystemHost::new(None))).await.unwrap();
    assert_eq!(other.check_owner().await.unwrap_err().code, "database-other-key");
    one.app.check_owner().await.unwrap();
}
