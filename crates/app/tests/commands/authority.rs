//! People sign in: what they write by the roles they have is never in quarantine, what would be is refused before, and a key is revoked.

use super::people::{PIN, code, enrol};
use crate::commands::certificates::SEAL;
use crate::{Desk, open, sample, template, upload};
use jiangsai_domain::command::Role;
use serde_json::{Value, json};

/// Everybody signed in, one for each role, in the order of [`Role::GRANTED`].
async fn everybody(desk: &Desk) -> Vec<String> {
    let names = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"].map(|name| format!("模拟{name}"));
    for (name, role) in names.iter().zip(Role::GRANTED) {
        enrol(desk, name, &[role], PIN).await;
    }
    desk.ask_competition("people.begin", json!({})).await.unwrap();
    let mut tokens = Vec::new();
    for name in &names {
        tokens.push(desk.sign_in_as(name, PIN).await.unwrap());
    }
    tokens
}

async fn quarantined(desk: &Desk, token: &str) -> Vec<Value> {
    desk.as_one(token, "quarantine.list", json!({})).await.unwrap()["records"].as_array().unwrap().clone()
}

#[tokio::test]
async fn what_people_write_in_their_roles_counts_here_and_from_the_records_alone() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let judges = desk.ask("judges.list", json!({})).await.unwrap();
    let leader = judges["leaders"][0].clone();
    desk.ask_competition("judges.set_pin", json!({"judge": leader[2], "pin": "246810"})).await.unwrap();
    let tokens = everybody(&desk).await;
    let [organiser, registrar, chief, recorder, checker, _, drawer, _] = &tokens[..] else { panic!() };

    for (who, document) in [(organiser, "E9934561"), (registrar, "E9934562")] {
        let own = json!({"name": "模拟新人", "document_kind": "护照", "document_number": document, "unit": "模拟水务"});
        let added = desk.of_event(who, "entries.add", json!({"form": own})).await.unwrap();
        assert!(added["saved"].is_string(), "{added}");
    }
    let rows = desk.of_event(organiser, "entries.list", json!({"search": ""})).await.unwrap()["rows"].clone();
    let (entry, other) = (rows[0]["id"].clone(), rows[1]["id"].clone());
    for (who, status) in [(organiser, "absent"), (chief, "ok")] {
        let status = json!({"entry": other, "status": status, "stage": null, "reason": "核对"});
        desk.as_one(who, "entries.set_status", status).await.unwrap();
    }
    for who in [recorder, chief] {
        let sheet = json!({"of": {"module": {"module": "theory", "judge": null}}});
        let sheet = desk.of_event(who, "marks.sheet", sheet).await.unwrap();
        let (entry, replaces) = (sheet["rows"][0]["entry"].clone(), sheet["rows"][0]["cells"][0]["current"].clone());
        let text = if who == chief { "71" } else { "72" };
        let mark =
            json!({"entry": entry, "item": "T", "judge": null, "text": text, "replaces": replaces, "reason": ""});
        desk.of_event(who, "marks.enter", mark).await.unwrap();
    }
    let judge = json!({"id": null, "judge": {"code": "P77", "name": "模拟裁判", "unit": "", "kind": "scoring", "retired": false}});
    desk.as_one(chief, "judges.save", judge).await.unwrap();
    desk.of_event(organiser, "paper.choose", json!({"wanted": true})).await.unwrap();
    desk.of_event(chief, "paper.choose", json!({"wanted": false})).await.unwrap();
    // Those who were added have no places yet, and stand first.
    let sheets = desk.of_event(recorder, "paper.list", json!({})).await.unwrap();
    let number = sheets["sheets"].as_array().unwrap().last().unwrap()["number"].clone();
    for who in [recorder, checker, chief, organiser] {
        let file = upload("a.png", SEAL);
        desk.of_event(who, "scans.attach", json!({"number": number, "file": file})).await.unwrap();
    }
    let begin = json!({"extent": "all", "reason": "成绩复核"});
    desk.of_event(chief, "recheck.begin", begin).await.unwrap();
    let found = json!({"number": number, "by": "模拟戊", "errors": 0, "note": ""});
    desk.of_event(checker, "recheck.sheet", found).await.unwrap();
    let asks = json!({"entry": entry, "by": "模拟领队", "text": "查总分"});
    desk.of_event(organiser, "inquiry.raise", asks).await.unwrap();
    desk.of_event(organiser, "screen.release", json!({"shown": "provisional"})).await.unwrap();
    let draw = json!({"layer": "number", "session": "", "prefix": "NR", "stations": 0, "voids": null, "reason": ""});
    desk.of_event(drawer, "draw.by_computer", draw).await.unwrap();
    desk.of_event(drawer, "draw.seal", json!({"officer": "模拟庚", "supervisor": "模拟己"})).await.unwrap();

    // A group leader at the desk, by the desk's own token.
    let signed = desk.ask_competition("desk.sign_in", json!({"judge": leader[2], "pin": "246810"})).await.unwrap();
    let token = signed["token"].as_str().unwrap().to_owned();
    let shown = desk.desk(&token, &Value::Null).await.unwrap();
    let at = shown["sheets"].as_array().unwrap().last().unwrap()["at"].clone();
    let time = json!({"token": token, "at": at, "seconds": 60, "reason": "停电"});
    desk.ask("desk.extra_time", time).await.unwrap();
    let confirm = json!({"token": token, "at": at, "confirmation": "signed", "reason": ""});
    desk.ask("desk.confirm", confirm).await.unwrap();
    desk.sign(&token, &at).await.unwrap();

    assert!(quarantined(&desk, organiser).await.is_empty(), "{:?}", quarantined(&desk, organiser).await);
    let report = desk.as_one(organiser, "ledger.verify", json!({})).await.unwrap();
    assert_eq!((&report["fault"], &report["state_agrees"]), (&Value::Null, &true.into()));
    // Whoever holds the folder alone writes nothing that would have no effect.
    let settings = desk.as_one(organiser, "competition.settings", json!({})).await.unwrap();
    let edit = json!({"competition": desk.competition, "settings": {"title": "模拟二"}});
    let mut edit_settings = edit;
    edit_settings["settings"] = settings;
    edit_settings["settings"]["title"] = "模拟二".into();
    assert_eq!(code(desk.app.dispatch_own("competition.edit_settings", edit_settings, None).await), "sign-in-needed");
    let Desk { app, competition, event } = desk;
    drop(app);
    let desk = Desk { app: open(&folder).await.unwrap(), competition, event };
    let organiser = desk.sign_in_as("模拟甲", PIN).await.unwrap();
    assert!(quarantined(&desk, &organiser).await.is_empty(), "after a restart");
}

#[tokio::test]
async fn a_key_is_revoked_with_what_it_approved_but_for_what_is_still_trusted() {
    let folder = tempfile::tempdir().unwrap();
    let desk = template(&folder).await;
    enrol(&desk, "模拟甲", &[Role::Organiser], PIN).await;
    let second = enrol(&desk, "模拟乙", &[Role::Organiser, Role::ChiefJudge], "246810").await;
    desk.ask_competition("people.begin", json!({})).await.unwrap();
    let first = desk.sign_in_as("模拟甲", PIN).await.unwrap();
    let other = desk.sign_in_as("模拟乙", "246810").await.unwrap();
    // What the second grants stands on the second's key.
    for name in ["模拟丙", "模拟丁"] {
        let officer = json!({"name": name, "unit": "", "roles": ["checker"]});
        desk.as_one(&other, "people.save", json!({"id": null, "officer": officer, "reason": ""})).await.unwrap();
    }
    let listed = desk.as_one(&first, "people.list", json!({})).await.unwrap();
    let own = listed["officers"].as_array().unwrap().iter().find(|own| own["id"] == second).unwrap().clone();
    let revoke = |trusted: Value, reason: &str, preview: bool| {
        let key = &own["keys"][0];
        json!({"officer": second, "node": key["node"], "key": key["key"], "trusted": trusted, "reason": reason, "preview": preview})
    };
    let refused = desk.as_one(&other, "people.revoke_key", revoke(json!([]), "试", true)).await;
    assert_eq!(code(refused), "revoke-own-key");
    let foreseen = desk.as_one(&first, "people.revoke_key", revoke(json!([]), "", true)).await.unwrap();
    assert_eq!((foreseen["approvals"].as_array().unwrap().len(), &foreseen["applied"]), (2, &false.into()));
    assert_eq!(foreseen["lacking"].as_array().unwrap().len(), 2, "both grants");
    assert_eq!(foreseen["approvals"][0]["line"]["what"][0], "history-officer", "the newest first, in words");
    let kept = json!([foreseen["approvals"][0]["approval"]]);
    assert_eq!(code(desk.as_one(&first, "people.revoke_key", revoke(kept.clone(), " ", false)).await), "reason-needed");
    let unknown = desk.as_one(&first, "people.revoke_key", revoke(json!(["0"]), "", true)).await;
    assert_eq!(code(unknown), "unknown-approval");
    let done = desk.as_one(&first, "people.revoke_key", revoke(kept, "密码被看到", false)).await.unwrap();
    assert_eq!((&done["applied"], done["lacking"].as_array().unwrap().len()), (&true.into(), 1));

    let listed = desk.as_one(&first, "people.list", json!({})).await.unwrap();
    let names: Vec<&str> =
        listed["officers"].as_array().unwrap().iter().map(|own| own["officer"]["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"模拟丁") && !names.contains(&"模拟丙"), "{names:?}");
    assert_eq!(listed["awaited"].as_array().unwrap().len(), 1, "an organiser may approve it anew");
    assert_eq!(code(desk.as_one(&other, "competition.home", json!({})).await), "sign-in-needed", "signed out");
    assert_eq!(code(desk.sign_in_as("模拟乙", "246810").await), "officer-key-revoked");
    // Another PIN brings another key.
    let shown = desk.ask_competition("people.start", json!({})).await.unwrap();
    let door = shown["people"].as_array().unwrap().iter().find(|own| own["officer"] == second).unwrap();
    assert_eq!(door["state"], "new");
    desk.ask_competition("people.ask_in", json!({"officer": second, "pin": "864200"})).await.unwrap();
    let awaited = desk.as_one(&first, "people.list", json!({})).await.unwrap()["awaited"].clone();
    for own in awaited.as_array().unwrap() {
        desk.as_one(&first, "people.approve", json!({"record": own["record"]})).await.unwrap();
    }
    let other = desk.sign_in_as("模拟乙", "864200").await.unwrap();
    assert!(desk.as_one(&other, "competition.home", json!({})).await.is_ok());
    assert!(desk.as_one(&first, "people.list", json!({})).await.unwrap()["awaited"].as_array().unwrap().is_empty());
    let lines = desk.as_one(&first, "history.list", json!({"about": "all", "skip": 0, "limit": 50})).await.unwrap();
    let said = lines["lines"].as_array().unwrap().iter().find(|line| line["what"][0] == "history-officer-key-revoked");
    assert_eq!(said.unwrap()["reason"], "密码被看到");
    let report = desk.as_one(&first, "ledger.verify", json!({})).await.unwrap();
    assert_eq!((&report["fault"], &report["state_agrees"]), (&Value::Null, &true.into()));
}

#[tokio::test]
async fn the_last_organiser_changes_the_pin_before_the_old_key_is_revoked() {
    let folder = tempfile::tempdir().unwrap();
    let desk = template(&folder).await;
    let id = enrol(&desk, "模拟甲", &[Role::Organiser], PIN).await;
    desk.ask_competition("people.begin", json!({})).await.unwrap();
    let old = desk.sign_in_as("模拟甲", PIN).await.unwrap();
    let keys = desk.as_one(&old, "people.list", json!({})).await.unwrap()["officers"][0]["keys"].clone();
    desk.as_one(&old, "people.set_pin", json!({"officer": id, "pin": "246810"})).await.unwrap();
    let token = desk.sign_in_as("模拟甲", "246810").await.unwrap();
    let revoke = |trusted: Value| json!({"officer": id, "node": keys[0]["node"], "key": keys[0]["key"], "trusted": trusted, "reason": "密码被看到"});
    let refused = desk.as_one(&token, "people.revoke_key", revoke(json!([]))).await;
    assert_eq!(code(refused), "revoke-last-key", "the new key stands on the old one");
    let awaited = desk.as_one(&token, "history.list", json!({"about": "all", "skip": 0, "limit": 50})).await.unwrap();
    let lines = awaited["lines"].as_array().unwrap();
    let approval = lines.iter().find(|line| line["what"][0] == "history-approved").unwrap()["fact"].clone();
    desk.as_one(&token, "people.revoke_key", revoke(json!([approval]))).await.unwrap();
    assert!(desk.as_one(&token, "competition.home", json!({})).await.is_ok(), "the new key counts");
    assert_eq!(code(desk.sign_in_as("模拟甲", PIN).await), "pin-wrong");
}
