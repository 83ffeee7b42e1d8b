//! A hub, a computer that stands by for it, and desks, over real sockets: the hub is killed, the other takes over, the desks go on there, the hub
//! comes back, and in the end everybody holds the same.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "tests")]
#![allow(unused_crate_dependencies, dead_code, reason = "one of several test programs")]

#[path = "standby/hall.rs"]
mod hall;

use hall::{Desk, Served, enter, listen_again};
use serde_json::{Value, json};
use std::time::Instant;

const fn program() -> &'static str {
    env!("CARGO_BIN_EXE_jiangsai-hq")
}

/// It goes on at the computer that stands by, which has everything of it.
fn at_standby(state: &Value) -> bool {
    state["at_standby"] == true && state["trouble"].is_null() && state["competitions"][0]["not_at_upstream"] == 0
}

fn at_hub(state: &Value) -> bool {
    state["at_standby"] == false && state["trouble"].is_null() && state["competitions"][0]["not_at_upstream"] == 0
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_hub_is_killed_the_standby_takes_over_and_the_hub_comes_back() {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("hub");
    let hub = Served::start(&data, "127.0.0.1:0", &["--pair", "2", "--pair-standby"], 3);
    let (one, two, standby) = (Desk::open().await, Desk::open().await, Desk::listening().await);
    let create = json!({"title": "模拟", "event": "", "from": "sample"});
    let competition = one.call("competitions.create", create).await.as_str().unwrap().to_owned();
    for (desk, code) in [(&one, &hub.codes[0]), (&two, &hub.codes[1]), (&standby, &hub.codes[2])] {
        desk.call("sync.connect", json!({"url": hub.url, "code": code})).await;
    }
    let home = one.call("competition.home", json!({"competition": competition})).await;
    let event = home["events"][0][0].as_str().unwrap().to_owned();
    let saved = one.saved().await;
    for desk in [&one, &two, &standby] {
        let all = |state: &Value| at_hub(state) && state["competitions"][0]["saved"] == saved;
        desk.until("everybody has it", "sync.status", json!({}), all).await;
    }
    for desk in [&one, &two] {
        let told = |state: &Value| state["has_standby"] == true && at_hub(state);
        desk.until("the hub tells of the standby, and they stay", "sync.status", json!({}), told).await;
    }
    let named = |view: &Value| view["own"]["nodes"].as_array().is_some_and(|nodes| nodes.len() == 2);
    let view = standby.until("it knows whom to let in", "hub.standby", json!({}), named).await;
    assert_eq!((&view["own"]["hub_answers"], &view["own"]["since"]), (&json!(true), &Value::Null), "{view}");

    let listen = hub.listen();
    hub.kill();
    enter(&one, &competition, &event, "7001").await;
    enter(&two, &competition, &event, "8001").await;
    // The first desk has a log already; so many records are one entry with its mark.
    let each = one.saved().await - saved;
    let everything = one.saved().await + two.saved().await - saved + each;
    for desk in [&one, &two] {
        let cut = |state: &Value| !state["trouble"].is_null();
        let state = desk.until("it misses the hub", "sync.status", json!({}), cut).await;
        assert_eq!(state["at_standby"], false, "who stands by lets nobody in: {state}");
        assert!(state["competitions"][0]["not_at_upstream"].as_u64() > Some(0), "{state}");
    }
    let gone = |view: &Value| view["own"]["hub_answers"] == false;
    standby.until("and so does the standby", "hub.standby", json!({}), gone).await;
    let clicked = Instant::now();
    standby.call("hub.take_over", json!({})).await;
    for desk in [&one, &two] {
        desk.until("it goes on at the standby", "sync.status", json!({}), at_standby).await;
    }
    eprintln!("both desks are received by the standby {} ms after the click", clicked.elapsed().as_millis());
    let here = |view: &Value| view["own"]["nodes"].as_array().unwrap().iter().all(|node| node["here"] == true);
    standby.until("it sees them", "hub.standby", json!({}), here).await;

    enter(&one, &competition, &event, "7002").await;
    for desk in [&one, &two, &standby] {
        let all = |state: &Value| state["competitions"][0]["saved"] == everything;
        desk.until("each record once", "sync.status", json!({}), all).await;
    }

    let hub = listen_again(&data, &listen).await;
    let back = |view: &Value| view["own"]["hub_answers"] == true && !view["own"]["since"].is_null();
    standby.until("both are alive", "hub.standby", json!({}), back).await;
    standby.until("the hub gets what it missed", "sync.status", json!({}), at_hub).await;
    enter(&two, &competition, &event, "8002").await;
    let state = two.until("desks stay where it works", "sync.status", json!({}), at_standby).await;
    assert_eq!(state["at_standby"], true);
    standby.call("hub.hand_back", json!({})).await;
    for desk in [&one, &two] {
        let all = |state: &Value| {
            at_hub(state)
                && state["competitions"][0]["saved"] == everything + each
                && state["competitions"][0]["not_at_headquarters"] == 0
        };
        desk.until("desks go back by themselves", "sync.status", json!({}), all).await;
    }
    let about = json!({"competition": competition, "event": event});
    let all = |state: &Value| at_hub(state) && state["competitions"][0]["saved"] == everything + each;
    standby.until("and the standby has it too", "sync.status", json!({}), all).await;
    hub.kill();
    let hub = Desk::at(&data).await;
    let standings = hub.call("standings.show", about.clone()).await;
    for node in [&one, &two, &standby] {
        assert_eq!(node.call("standings.show", about.clone()).await, standings, "the same everywhere");
    }
    let state = hub.call("sync.status", json!({})).await;
    assert_eq!(
        (&state["competitions"][0]["saved"], &state["competitions"][0]["forks"]),
        (&json!(everything + each), &json!(0))
    );
    let report = hub.call("ledger.verify", json!({"competition": competition})).await;
    assert_eq!((&report["fault"], &report["state_agrees"]), (&Value::Null, &json!(true)), "{report}");
}

/// What both pages say while both are alive, and that a judge's desk reads no more at the standby than at the hub.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_alive_say_so_and_a_judges_desk_stays_one() {
    let (hub, standby) = (Desk::listening().await, Desk::listening().await);
    let (desk, stranger) = (Desk::open().await, Desk::open().await);
    let create = json!({"title": "模拟", "event": "模拟", "from": {"template": "panel-of-5-trimmed"}});
    let competition = hub.call("competitions.create", create).await.as_str().unwrap().to_owned();
    for (node, reads) in [(&standby, "standby"), (&desk, "judges-desk"), (&stranger, "everything")] {
        let code = hub.call("sync.pairing_code", json!({ "reads": reads })).await;
        node.call("sync.connect", json!({"url": hub.url(), "code": code})).await;
    }
    let desks_of = |view: &Value| {
        let nodes = view["own"]["nodes"].as_array().cloned().unwrap_or_default();
        nodes.iter().filter(|node| node["reads"] == "judges-desk").count() == 1 && nodes.len() == 2
    };
    standby.until("it knows how much each reads", "hub.standby", json!({}), desks_of).await;
    desk.until("it knows of the standby", "sync.status", json!({}), |state| state["has_standby"] == true).await;
    for node in [&desk, &hub] {
        let error = node.app.dispatch("hub.take_over", json!({}), None).await.unwrap_err();
        assert_eq!(error.code, "not-standby", "whom no code made one takes nothing over");
    }
    let view =
        hub.until("the hub knows who stands by", "hub.standby", json!({}), |view| !view["other"].is_null()).await;
    assert_eq!((&view["own"], &view["other"]["since"]), (&Value::Null, &Value::Null), "{view}");

    hub.stop_listening();
    let cut = |state: &Value| !state["trouble"].is_null();
    desk.until("it misses the hub", "sync.status", json!({}), cut).await;
    standby.call("hub.take_over", json!({})).await;
    desk.until("it goes on at the standby", "sync.status", json!({}), |state| state["at_standby"] == true).await;
    let home = standby.call("competition.home", json!({"competition": competition})).await;
    let event = home["events"][0][0].as_str().unwrap().to_owned();
    standby.add(&competition, &event, "9001").await;
    let saved = standby.saved().await;
    let all = |state: &Value| state["competitions"][0]["saved"] == saved && at_standby(state);
    let state = desk.until("every record", "sync.status", json!({}), all).await;
    assert_eq!(state["reads"], "judges-desk");
    let error = desk.app.dispatch("standings.show", json!({"competition": competition, "event": event}), None).await;
    assert_eq!(error.unwrap_err().code, "part", "and of most the header alone");
    let search = json!({"competition": competition, "event": event, "search": ""});
    let listed = standby.call("entries.list", search).await.to_string();
    assert!(!desk.holds("模拟水务") && listed.contains("模拟水务"), "nothing of the person");

    hub.listen_again().await;
    let told = |view: &Value| !view["other"]["since"].is_null() && view["other"]["nodes"].as_u64() >= Some(1);
    hub.until("the hub says who serves, and how many are there", "hub.standby", json!({}), told).await;
    let back = |view: &Value| view["own"]["hub_answers"] == true;
    standby.until("the standby says that the hub is back", "hub.standby", json!({}), back).await;
    let same = |state: &Value| state["competitions"][0]["saved"].as_u64() >= Some(saved);
    hub.until("what was written meanwhile is there", "sync.status", json!({}), same).await;
    standby.call("hub.hand_back", json!({})).await;
    desk.until("and the desk goes back", "sync.status", json!({}), at_hub).await;
    let told = |view: &Value| view["other"]["since"].is_null();
    hub.until("the hub says that it was handed back", "hub.standby", json!({}), told).await;
}

/// A standby that is paired with headquarters sends there while it serves, and to no other than that of its hub.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_standby_that_serves_sends_to_headquarters_by_itself() {
    let place = tempfile::tempdir().unwrap();
    let hq = Served::start(&place.path().join("hq"), "127.0.0.1:0", &["--pair", "2"], 2);
    let other = Served::start(&place.path().join("other"), "127.0.0.1:0", &["--pair", "1"], 1);
    let data = place.path().join("hub");
    let above = ["--upstream", &hq.url, "--code", &hq.codes[0], "--pair", "1", "--pair-standby"];
    let hub = Served::start(&data, "127.0.0.1:0", &above, 2);
    let (desk, standby) = (Desk::open().await, Desk::listening().await);
    desk.call("sync.connect", json!({"url": hub.url, "code": hub.codes[0]})).await;
    standby.call("sync.connect", json!({"url": hub.url, "code": hub.codes[1]})).await;
    let create = json!({"title": "模拟", "event": "", "from": "sample"});
    let competition = desk.call("competitions.create", create).await.as_str().unwrap().to_owned();
    let passed_on = |state: &Value| state["competitions"][0]["not_at_headquarters"] == 0;
    desk.until("headquarters has it", "sync.status", json!({}), passed_on).await;
    desk.until("it knows of the standby", "sync.status", json!({}), |state| state["has_standby"] == true).await;
    let named = |view: &Value| view["own"]["nodes"].as_array().is_some_and(|nodes| nodes.len() == 1);
    let view = standby.until("it knows whom to let in", "hub.standby", json!({}), named).await;
    assert_eq!(view["own"]["headquarters"], "by-hub", "and says that it cannot send by itself");

    let wrong = json!({"url": other.url, "code": other.codes[0]});
    let error = standby.app.dispatch("hub.pair_headquarters", wrong, None).await.unwrap_err();
    assert_eq!(error.code, "standby-headquarters-other");
    let right = json!({"url": hq.url, "code": hq.codes[1]});
    let view = standby.call("hub.pair_headquarters", right).await;
    assert_eq!(view["own"]["headquarters"], "itself");
    assert_eq!(
        standby.call("sync.status", json!({})).await["is_headquarters"],
        false,
        "the hub is above it until then"
    );

    let listen = hub.listen();
    hub.kill();
    let home = desk.call("competition.home", json!({"competition": competition})).await;
    let event = home["events"][0][0].as_str().unwrap().to_owned();
    enter(&desk, &competition, &event, "7001").await;
    standby.call("hub.take_over", json!({})).await;
    let state = desk.until("received by headquarters, with the hub dead", "sync.status", json!({}), |state| {
        at_standby(state) && passed_on(state)
    });
    assert_eq!(state.await["is_headquarters"], false);
    let saved = desk.saved().await;
    let _hub = listen_again(&data, &listen).await;
    let back = |view: &Value| view["own"]["hub_answers"] == true;
    standby.until("the hub is back, and the standby still asks it", "hub.standby", json!({}), back).await;
    standby.call("hub.hand_back", json!({})).await;
    let all = |state: &Value| at_hub(state) && passed_on(state) && state["competitions"][0]["saved"] == saved;
    desk.until("the hub has it from headquarters or from the desk", "sync.status", json!({}), all).await;
}

/// Connections to a computer without power are not ended: nothing is heard on them.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_that_hangs_is_left_as_one_that_is_dead() {
    let place = tempfile::tempdir().unwrap();
    let hub = Served::start(&place.path().join("hub"), "127.0.0.1:0", &["--pair", "1", "--pair-standby"], 2);
    let (desk, standby) = (Desk::open().await, Desk::listening().await);
    for (node, code) in [(&desk, &hub.codes[0]), (&standby, &hub.codes[1])] {
        node.call("sync.connect", json!({"url": hub.url, "code": code})).await;
    }
    let create = json!({"title": "模拟", "event": "", "from": "sample"});
    let competition = desk.call("competitions.create", create).await.as_str().unwrap().to_owned();
    let ready = |state: &Value| at_hub(state) && state["has_standby"] == true;
    desk.until("the hub has it and tells of the standby", "sync.status", json!({}), ready).await;
    let named = |view: &Value| view["own"]["nodes"].as_array().is_some_and(|nodes| nodes.len() == 1);
    standby.until("it knows whom to let in", "hub.standby", json!({}), named).await;

    hub.hang();
    let hung = Instant::now();
    let home = desk.call("competition.home", json!({"competition": competition})).await;
    enter(&desk, &competition, home["events"][0][0].as_str().unwrap(), "7001").await;
    let gone = |view: &Value| view["own"]["hub_answers"] == false;
    standby.until("the standby misses it", "hub.standby", json!({}), gone).await;
    standby.call("hub.take_over", json!({})).await;
    let clicked = Instant::now();
    desk.until("it goes on at the standby", "sync.status", json!({}), at_standby).await;
    eprintln!(
        "the desk is received by the standby {} ms after the click, {} ms after the hub hung",
        clicked.elapsed().as_millis(),
        hung.elapsed().as_millis()
    );
}
