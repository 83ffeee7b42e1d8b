//! The host of a hall is gone with its disk, and a stick with its last backup is all there is of it: another computer goes on in its place, the desks
//! come back by themselves with what they wrote meanwhile, and nothing is written twice or lost.

use super::hall::{Desk, Served, enter, listen_again};
use super::run;
use serde_json::{Value, json};
use std::time::Instant;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_a_stick_a_hall_is_back_on_another_computer() {
    let place = tempfile::tempdir().unwrap();
    let (data, stick, other) = (place.path().join("hub"), place.path().join("stick"), place.path().join("other"));
    std::fs::create_dir(&stick).unwrap();
    let hub = Served::start(&data, "127.0.0.1:0", &["--pair", "2"], 2);
    let (one, two) = (Desk::open().await, Desk::open().await);
    let create = json!({"title": "模拟", "event": "", "from": "sample"});
    let competition = one.call("competitions.create", create).await.as_str().unwrap().to_owned();
    for (desk, code) in [(&one, &hub.codes[0]), (&two, &hub.codes[1])] {
        desk.call("sync.connect", json!({"url": hub.url, "code": code})).await;
    }
    let home = one.call("competition.home", json!({"competition": competition})).await;
    let event = home["events"][0][0].as_str().unwrap().to_owned();
    let at_hub = |state: &Value| state["trouble"].is_null() && state["competitions"][0]["not_at_upstream"] == 0;
    let saved = one.saved().await;
    for desk in [&one, &two] {
        let all = |state: &Value| at_hub(state) && state["competitions"][0]["saved"] == saved;
        desk.until("everybody has it", "sync.status", json!({}), all).await;
    }
    let listen = hub.listen();
    hub.kill();
    let path = stick.to_str().unwrap();
    let made = run("backup", &data, &["--to", path]);
    assert!(made.well, "{}", made.err);
    let hub = listen_again(&data, &listen).await;
    // After the backup, before the end: the hub had it, the stick has not.
    enter(&one, &competition, &event, "7001").await;
    one.until("the hub has it", "sync.status", json!({}), at_hub).await;
    hub.kill();
    std::fs::remove_dir_all(&data).unwrap();
    for (desk, number) in [(&one, "7002"), (&two, "8001")] {
        enter(desk, &competition, &event, number).await;
        let cut = |state: &Value| !state["trouble"].is_null();
        desk.until("it misses the hub and goes on", "sync.status", json!({}), cut).await;
    }

    let begun = Instant::now();
    let restored = run("restore", &other, &["--from", path]);
    assert!(restored.well, "{}", restored.err);
    let again = listen_again(&other, &listen).await;
    let everything = one.saved().await + two.saved().await - saved;
    for desk in [&one, &two] {
        let all = |state: &Value| at_hub(state) && state["competitions"][0]["saved"].as_u64() >= Some(everything);
        desk.until("the desks are back by themselves", "sync.status", json!({}), all).await;
    }
    eprintln!("the hall was back {} ms after the stick was put in", begun.elapsed().as_millis());

    let about = json!({"competition": competition, "event": event});
    let standings = one.call("standings.show", about.clone()).await;
    assert_eq!(two.call("standings.show", about.clone()).await, standings);
    again.kill();
    let hub = Desk::at(&other).await;
    assert_eq!(hub.call("standings.show", about).await, standings, "the same everywhere");
    let report = hub.call("ledger.verify", json!({"competition": competition})).await;
    assert_eq!((&report["fault"], &report["state_agrees"]), (&Value::Null, &json!(true)), "{report}");
    let state = hub.call("sync.status", json!({})).await;
    assert_eq!(state["competitions"][0]["forks"], 0, "{state}");
    assert_eq!(state["competitions"][0]["saved"].as_u64(), Some(one.saved().await), "no more than the desks have");
}
