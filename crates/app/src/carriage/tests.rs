//! What is handed to a carrier, and what becomes of what comes back from one.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use crate::App;
use crate::failure::Failure;
use crate::host::SystemHost;
use jiangsai_domain::fact::Fact;
use jiangsai_domain::ids::CompetitionId;
use jiangsai_ledger::replication::{Pull, Pulled, Push, Reads, Refused};
use jiangsai_ledger::{Body, Header, ScopeId, What};
use jiangsai_store::StoreError;
use serde_json::{Value, json};
use std::sync::Arc;

async fn sample() -> (tempfile::TempDir, App, ScopeId, Value) {
    let (folder, app) = App::in_new_folder().await;
    let id = app.dispatch("competitions.create", json!({"title": "", "event": "", "from": "sample"}), None).await;
    let id = id.unwrap();
    let scope = id.as_str().unwrap().parse().unwrap();
    (folder, app, scope, id)
}

async fn grant(app: &App, id: &Value) -> Value {
    app.dispatch("readers.grant", json!({"competition": id, "nodes": []}), None).await.unwrap()
}

async fn handed(app: &App, scope: ScopeId) -> (Pulled, String) {
    let pull = Pull::after(scope, 0, 4_096);
    let answer = app.hand_out(&pull, Reads::Carrier).await.unwrap();
    let text = String::from_utf8(answer.body).unwrap();
    (serde_json::from_str(&text).unwrap(), text)
}

async fn whole(app: &App, scope: ScopeId) -> Vec<Push> {
    let pull = Pull::after(scope, 0, 100_000);
    app.0.store.accepted_after(&pull, Reads::Everything).await.unwrap().0
}

#[tokio::test]
async fn a_carrier_is_handed_nothing_that_it_may_not_read() {
    let (_folder, app, scope, id) = sample().await;
    let is_for = |header: &str| Reads::Carrier.may(&Header::read(header.as_bytes()).unwrap().audience);
    for granted in [false, true] {
        if granted {
            assert_eq!(grant(&app, &id).await["applied"], true);
        }
        let (pulled, text) = handed(&app, scope).await;
        assert_eq!(pulled.readers.is_some(), granted, "it is told that it would come encrypted now");
        assert_eq!(serde_json::to_string(&pulled).unwrap(), text, "written as any other answer");
        let records: Vec<_> = pulled.runs.iter().flat_map(|run| &run.records).collect();
        assert!(records.len() > 100);
        for one in &records {
            let may = is_for(&one.header);
            assert_eq!((one.body.is_some(), one.salt.is_some()), (may, may), "{}", one.header);
            assert_eq!(one.sealed.is_some(), granted && !may, "{}", one.header);
        }
        assert!(!text.contains("person.form") && !text.contains("mark.set"), "not even what it is");
    }
    assert_eq!(grant(&app, &id).await["fresh"], false, "nothing to do");
}

#[tokio::test]
async fn what_comes_back_is_what_it_was_and_what_was_changed_is_refused_and_says_where() {
    let (_folder, app, scope, id) = sample().await;
    grant(&app, &id).await;
    let key = app.encrypts_to(scope).await.unwrap().unwrap();
    let runs = whole(&app, scope).await;
    let carried = app.carried_to(runs.clone(), Some(key)).unwrap();
    for (run, carried) in runs.iter().zip(&carried) {
        let mut came = carried.clone();
        app.open_run(&mut came).await.unwrap();
        assert_eq!(&came, run);
    }
    let refused = async |push: &Push| match app.open_run(&mut push.clone()).await {
        Err(Failure::Store(StoreError::Refused(Refused::Fault(fault)))) => (fault.log, fault.seq, fault.what),
        other => panic!("{other:?}"),
    };
    let run = carried.iter().find(|run| run.records.iter().filter(|one| one.sealed.is_some()).count() > 1).unwrap();
    let boxed: Vec<usize> = (0..run.records.len()).filter(|at| run.records[*at].sealed.is_some()).collect();
    let (one, other) = (boxed[0], boxed[1]);
    let place = |at: usize| (run.log, run.from + at as u64, What::Unopened);
    let mut flipped = run.clone();
    flipped.records[other].sealed.as_mut().unwrap().bytes[50] ^= 1;
    assert_eq!(refused(&flipped).await, place(other));
    let mut exchanged = run.clone();
    let (first, second) = (run.records[one].sealed.clone(), run.records[other].sealed.clone());
    (exchanged.records[one].sealed, exchanged.records[other].sealed) = (second, first);
    assert_eq!(refused(&exchanged).await, place(one), "a box is of one record");
}

#[tokio::test]
async fn a_readers_key_that_somebody_changed_is_no_fact() {
    let (_folder, app, scope, id) = sample().await;
    grant(&app, &id).await;
    let bodies = whole(&app, scope).await;
    let bodies = bodies.iter().flat_map(|run| &run.records).filter_map(|one| one.body.as_ref());
    let mut read = bodies.filter_map(|body| Body::read(body.as_bytes()).ok());
    let body = read.find(|body| body.kind == "readers.key").unwrap();
    let Ok(Fact::Readers(key)) = Fact::read("readers.key", 1, body.fact) else { panic!("a readers' key") };
    assert!(super::is_signed(&key, scope));
    assert!(!super::is_signed(&key, ScopeId::new(jiangsai_ledger::Hash::of(b"another"))));
    let mut other = key.clone();
    other.public = "1".repeat(64);
    assert!(!super::is_signed(&other, scope));
    let mut fewer = key.clone();
    fewer.boxes.clear();
    assert!(!super::is_signed(&fewer, scope));
    let mut whose = key;
    whose.by = "2".repeat(64).into();
    assert!(!super::is_signed(&whose, scope));
}

#[tokio::test]
async fn whoever_may_read_is_shown_and_chosen_by_fingerprint() {
    let (_folder, app, scope, id) = sample().await;
    let show = async || app.dispatch("readers.show", json!({"competition": id}), None).await.unwrap();
    let shown = show().await;
    assert_eq!((&shown["has_key"], shown["nodes"].as_array().unwrap().len()), (&json!(false), 1));
    let own = app.dispatch("sync.status", json!({}), None).await.unwrap()["fingerprint"].clone();
    assert_eq!((&shown["nodes"][0]["fingerprint"], &shown["nodes"][0]["own"]), (&own, &json!(true)));
    let preview = json!({"competition": id, "nodes": [], "preview": true});
    let effect = app.dispatch("readers.grant", preview, None).await.unwrap();
    assert_eq!((&effect["fresh"], &effect["applied"]), (&json!(true), &json!(false)));
    assert!(app.encrypts_to(scope).await.unwrap().is_none(), "nothing was done");
    grant(&app, &id).await;
    let shown = show().await;
    assert_eq!((&shown["has_key"], &shown["nodes"][0]["reads"]), (&json!(true), &json!(true)));
    let stranger = json!({"competition": id, "nodes": ["3".repeat(64)]});
    assert_eq!(app.dispatch("readers.grant", stranger, None).await.unwrap_err().code, "readers-unknown");
    let line =
        app.dispatch("history.list", json!({"competition": id, "about": "settings", "skip": 0, "limit": 5}), None);
    assert_eq!(line.await.unwrap()["lines"][0]["what"][0], "history-readers");
    let live = app.look(&CompetitionId::new(id.as_str().unwrap())).await.unwrap();
    assert_eq!(live.state.readers_keys().len(), 1);
}

/// Another computer with the key of the one in `folder`, and nothing else of it: what was granted to that one is granted to it.
async fn twin(folder: &tempfile::TempDir) -> (tempfile::TempDir, App) {
    let other = tempfile::tempdir().unwrap();
    std::fs::copy(folder.path().join("node.key"), other.path().join("node.key")).unwrap();
    let app = App::open(other.path(), Arc::new(SystemHost::new(None))).await.unwrap();
    (other, app)
}

#[tokio::test]
async fn boxes_that_lie_here_are_opened_when_the_program_begins_and_when_others_came() {
    let (folder, app, scope, id) = sample().await;
    grant(&app, &id).await;
    let key = app.encrypts_to(scope).await.unwrap().unwrap();
    let so_far = whole(&app, scope).await[0].records.len();
    let call = async |name: &str, mut request: Value| {
        request["competition"] = id.clone();
        app.dispatch(name, request, None).await.unwrap()
    };
    let event = call("competition.home", json!({})).await["events"][0][0].clone();
    let entry = call("entries.list", json!({"event": event, "search": ""})).await["rows"][0]["id"].clone();
    let absent = json!({"entry": entry, "status": "absent", "reason": "模拟"});
    call("entries.set_status", absent).await;
    let [all] = app.carried_to(whole(&app, scope).await, Some(key)).unwrap().try_into().unwrap();
    let mut sooner = all.clone();
    let later = sooner.records.split_off(so_far);
    let last = Push { from: all.from + so_far as u64, records: later, ..all.clone() };
    assert!(last.records.iter().any(|one| one.sealed.is_some()));
    let left = async |twin: &App| twin.0.store.boxes(scope, None).await.unwrap().len();

    let (_began, again) = twin(&folder).await;
    again.0.store.ingest(&all).await.unwrap();
    assert!(left(&again).await > 0, "the program ended before what came was taken up");
    again.open_left_boxes().await.unwrap();
    assert_eq!(left(&again).await, 0);

    // The key is tried, and then more comes that it opens.
    for forgets in [false, true] {
        let (_later, later) = twin(&folder).await;
        later.0.store.ingest(&sooner).await.unwrap();
        later.arrived(scope, false).await.unwrap();
        assert_eq!(left(&later).await, 0);
        later.0.store.ingest(&last).await.unwrap();
        assert!(left(&later).await > 0);
        if forgets {
            later.forget().await;
        } else {
            later.0.carriage.tried.boxes_came(scope);
        }
        later.arrived(scope, false).await.unwrap();
        assert_eq!(left(&later).await, 0);
    }
}
