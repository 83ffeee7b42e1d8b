//! Judges' keys: made with the PIN, used for every sheet that is signed, approved where they wait, revoked; nobody is kept from signing.

use super::people::{PIN, code, enrol};
use crate::{Desk, open, sample};
use jiangsai_app::bundle::{Examined, examine};
use jiangsai_domain::command::Role;
use jiangsai_ledger::{Class, ScopeId};
use jiangsai_store::{NewFact, Store};
use serde_json::{Value, json};

/// The sample, an organiser and a chief judge with PINs, and the ids of judges P01 and P02; both have PINs.
async fn hall(folder: &tempfile::TempDir) -> (Desk, [Value; 2]) {
    let desk = sample(folder).await;
    enrol(&desk, "模拟甲", &[Role::Organiser], PIN).await;
    enrol(&desk, "模拟乙", &[Role::ChiefJudge], PIN).await;
    let judges = [desk.judge("P01").await, desk.judge("P02").await];
    for judge in &judges {
        desk.ask_competition("judges.set_pin", json!({"judge": judge, "pin": PIN})).await.unwrap();
    }
    (desk, judges)
}

impl Desk {
    async fn comes(&self, judge: &Value, pin: &str) -> String {
        let sign_in = json!({"judge": judge, "pin": pin});
        self.ask_competition("desk.sign_in", sign_in).await.unwrap()["token"].as_str().unwrap().to_owned()
    }

    /// Signs the sheet of an entry that stands at this place in the judge's list; answers where it is.
    async fn signs(&self, token: &str, number: usize) -> Value {
        let list = self.desk(token, &Value::Null).await.unwrap()["sheets"].clone();
        let at = list[number]["at"].clone();
        assert_eq!(self.sign(token, &at).await.unwrap()["sheet"]["state"], "signed");
        at
    }

    /// What the history says of signatures, the newest first.
    async fn signatures(&self, tokens: &str) -> Vec<String> {
        let asked = json!({"about": "all", "skip": 0, "limit": 500});
        let lines = self.as_one(tokens, "history.list", asked).await.unwrap()["lines"].clone();
        let lines = lines.as_array().unwrap().iter().filter(|line| line["what"][0] == "history-sheet");
        lines.map(|line| line["after"].as_str().unwrap().to_owned()).collect()
    }

    async fn waiting(&self, tokens: &str) -> Vec<Value> {
        self.as_one(tokens, "people.list", json!({})).await.unwrap()["awaited"].as_array().unwrap().clone()
    }

    async fn keys(&self, tokens: &str, judge: &Value) -> Value {
        let list = self.of_event(tokens, "judges.list", json!({})).await.unwrap();
        list["keys"].as_array().unwrap().iter().find(|own| own["judge"] == *judge).cloned().unwrap_or_default()
    }

    /// What whoever has the published records finds.
    async fn examined(&self, tokens: &str) -> Examined {
        let made = self.as_one(tokens, "bundle.export", json!({"what": "published"})).await.unwrap();
        examine(&std::fs::read(made["path"].as_str().unwrap()).unwrap(), &self.competition, None).unwrap()
    }
}

#[tokio::test]
async fn sheets_are_signed_with_the_key_that_came_with_the_pin_and_stay_so_with_another() {
    let folder = tempfile::tempdir().unwrap();
    let (desk, [judge, _]) = hall(&folder).await;
    assert_eq!(desk.keys("", &judge).await["here"], "counts", "nobody signs in yet");
    let at_desk = desk.comes(&judge, PIN).await;
    desk.signs(&at_desk, 0).await;
    desk.ask_competition("people.begin", json!({})).await.unwrap();
    let organiser = desk.sign_in_as("模拟甲", PIN).await.unwrap();
    desk.signs(&at_desk, 1).await;
    assert_eq!(desk.signatures(&organiser).await, ["sheet-is-signed-own-key"; 2]);
    assert!(desk.waiting(&organiser).await.is_empty());

    // Another PIN is another key, which an organiser who is signed in approves as the PIN is set; whoever had the old one is out.
    let set = json!({"judge": judge, "pin": "246810"});
    desk.as_one(&organiser, "judges.set_pin", set).await.unwrap();
    assert_eq!(code(desk.desk(&at_desk, &Value::Null).await), "signed-out");
    let at_desk = desk.comes(&judge, "246810").await;
    desk.signs(&at_desk, 2).await;
    assert_eq!(desk.signatures(&organiser).await, ["sheet-is-signed-own-key"; 3]);
    assert!(desk.waiting(&organiser).await.is_empty());
    let keys = desk.keys(&organiser, &judge).await;
    assert_eq!((&keys["here"], keys["keys"].as_array().unwrap().len()), (&json!("counts"), 2));
    let found = desk.examined(&organiser).await;
    assert!(found.is_approved() && found.wrong.is_empty(), "{:?}", found.decided);
    assert_eq!(
        found.many.get("sheet.state"),
        Some(&2),
        "of those that were signed since people sign in: {:?}",
        found.many
    );
    let report = desk.as_one(&organiser, "ledger.verify", json!({})).await.unwrap();
    assert_eq!((&report["fault"], &report["state_agrees"]), (&Value::Null, &true.into()));
}

#[tokio::test]
async fn a_pin_of_before_brings_a_key_that_waits_and_the_judge_signs_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (desk, [_, judge]) = hall(&folder).await;
    let third = desk.judge("P03").await;
    desk.ask_competition("people.begin", json!({})).await.unwrap();
    let Desk { app, competition, event } = desk;
    drop(app);
    let store = Store::open(folder.path()).await.unwrap();
    store.pin_set(competition.parse().unwrap(), third.as_str().unwrap(), PIN).await.unwrap();
    store.close().await.unwrap();
    let desk = Desk { app: open(&folder).await.unwrap(), competition, event };
    let organiser = desk.sign_in_as("模拟甲", PIN).await.unwrap();
    assert_eq!(desk.keys(&organiser, &third).await, Value::Null);
    let at_desk = desk.comes(&third, PIN).await;
    assert_eq!(desk.keys(&organiser, &third).await["here"], "waits");
    desk.signs(&at_desk, 0).await;
    assert_eq!(desk.signatures(&organiser).await, ["sheet-is-signed"]);
    let waiting = desk.waiting(&organiser).await;
    assert_eq!(
        (waiting.len(), &waiting[0]["what"][0], &waiting[0]["idle"]),
        (1, &json!("approval-judge-key"), &json!(true))
    );
    let home = desk.as_one(&organiser, "competition.home", json!({})).await.unwrap();
    let findings = home["counts"]["findings"].clone();
    // A restart changes nothing: it is the same key.
    desk.comes(&third, PIN).await;
    assert_eq!(desk.waiting(&organiser).await.len(), 1);
    desk.as_one(&organiser, "people.approve", json!({"record": waiting[0]["record"]})).await.unwrap();
    assert_eq!(desk.signatures(&organiser).await, ["sheet-is-signed-own-key"], "what was signed meanwhile as well");
    assert_eq!(desk.keys(&organiser, &third).await["here"], "counts");
    let home = desk.as_one(&organiser, "competition.home", json!({})).await.unwrap();
    assert_eq!(home["counts"]["findings"], findings, "it held up nothing");
    let at_desk = desk.comes(&judge, PIN).await;
    desk.signs(&at_desk, 0).await;
    assert!(desk.waiting(&organiser).await.is_empty());
}

#[tokio::test]
async fn a_sheet_that_somebody_else_signed_lacks_the_judges_key_until_it_is_opened_and_signed_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (desk, [judge, other]) = hall(&folder).await;
    desk.ask_competition("people.begin", json!({})).await.unwrap();
    let at_desk = desk.comes(&judge, PIN).await;
    let shown = desk.desk(&at_desk, &Value::Null).await.unwrap();
    let at = shown["sheet"]["at"].clone();
    let Desk { app, competition, event } = desk;
    drop(app);

    // Whoever has the folder writes into the log of the computer what the judge would; and what another judge's key is good for.
    let scope: ScopeId = competition.parse().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let state = json!({"signed": {"by": judge, "marks": []}});
    let fact = json!({"event": event, "entry": at["entry"], "module": at["module"], "judge": judge, "state": state});
    let forged = |kind: &str, class, fact: Value| NewFact {
        class,
        audience: "desks".to_owned(),
        actor: format!("judge:{}", judge.as_str().unwrap()),
        kind: kind.to_owned(),
        version: 1,
        replaces: Vec::new(),
        reason: String::new(),
        fact,
    };
    let stored = store.append(scope, vec![forged("sheet.state", Class::Mark, fact)], 1).await.unwrap();
    let record = stored[0].hash;
    let seed = store.pin_key(scope, other.as_str().unwrap(), PIN).await.unwrap().unwrap();
    let key = jiangsai_ledger::SigningKey::from_bytes(&seed);
    let approval = json!({
        "record": record.to_string(), "judge": judge, "key": hex::encode(key.verifying_key().as_bytes()),
        "signature": jiangsai_ledger::approve(&key, record).to_string(),
    });
    store.append(scope, vec![forged("approved", Class::Ruling, approval)], 1).await.unwrap();
    store.close().await.unwrap();

    let desk = Desk { app: open(&folder).await.unwrap(), competition, event };
    let organiser = desk.sign_in_as("模拟甲", PIN).await.unwrap();
    let chief = desk.sign_in_as("模拟乙", PIN).await.unwrap();
    let waiting = desk.waiting(&organiser).await;
    assert_eq!((waiting.len(), &waiting[0]["missing"]), (1, &json!([["judge"]])));
    assert_eq!(waiting[0]["record"], record.to_string());
    assert_eq!(desk.signatures(&organiser).await, ["sheet-is-signed-lacking"]);
    for tokens in [&organiser, &chief] {
        assert_eq!(
            code(desk.as_one(tokens, "people.approve", json!({"record": waiting[0]["record"]})).await),
            "approve-judge"
        );
    }
    let found = desk.examined(&organiser).await;
    let lacking: Vec<_> = found.decided.iter().filter(|own| !own.missing.is_empty()).collect();
    assert_eq!((lacking.len(), &lacking[0].missing[..]), (1, &["judge".to_owned()][..]));
    let open = json!({"entry": at["entry"], "module": at["module"], "judge": judge, "reason": "不是本人签的"});
    desk.of_event(&chief, "sheets.reopen", open).await.unwrap();
    let at_desk = desk.comes(&judge, PIN).await;
    desk.sign(&at_desk, &at).await.unwrap();
    assert!(desk.waiting(&organiser).await.is_empty(), "the chief judge approved the opening as it was made");
    let found = desk.examined(&organiser).await;
    assert!(found.is_approved() && found.many["sheet.state"] == 1, "{:?}", found.many);
}

#[tokio::test]
async fn a_judges_key_is_revoked_with_what_is_still_trusted_and_the_judge_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (desk, [judge, _]) = hall(&folder).await;
    desk.ask_competition("people.begin", json!({})).await.unwrap();
    let organiser = desk.sign_in_as("模拟甲", PIN).await.unwrap();
    let at_desk = desk.comes(&judge, PIN).await;
    desk.signs(&at_desk, 0).await;
    desk.signs(&at_desk, 1).await;
    let key = desk.keys(&organiser, &judge).await["keys"][0].clone();
    let revoke = |trusted: Value, preview: bool| json!({"judge": judge, "node": key["node"], "key": key["key"], "trusted": trusted, "reason": "文件夹被拷走", "preview": preview});
    let foreseen = desk.as_one(&organiser, "people.revoke_key", revoke(json!([]), true)).await.unwrap();
    assert_eq!(foreseen["approvals"].as_array().unwrap().len(), 2);
    assert_eq!(foreseen["approvals"][0]["line"]["what"][0], "history-sheet", "in words");
    assert_eq!(foreseen["lacking"].as_array().unwrap().len(), 2);
    let trusted = json!([foreseen["approvals"][1]["approval"]]);
    let done = desk.as_one(&organiser, "people.revoke_key", revoke(trusted, false)).await.unwrap();
    assert_eq!((&done["applied"], done["lacking"].as_array().unwrap().len()), (&json!(true), 1));
    assert_eq!(code(desk.desk(&at_desk, &Value::Null).await), "signed-out");
    assert_eq!(desk.keys(&organiser, &judge).await["here"], "revoked");
    // With the old PIN the judge works on; with a new one there is a key again.
    let at_desk = desk.comes(&judge, PIN).await;
    desk.signs(&at_desk, 2).await;
    desk.as_one(&organiser, "judges.set_pin", json!({"judge": judge, "pin": "246810"})).await.unwrap();
    let at_desk = desk.comes(&judge, "246810").await;
    desk.signs(&at_desk, 3).await;
    let [own, none, lacking] = ["sheet-is-signed-own-key", "sheet-is-signed", "sheet-is-signed-lacking"];
    assert_eq!(desk.signatures(&organiser).await, [own, none, lacking, own]);
    assert_eq!(desk.waiting(&organiser).await.len(), 1);
}

#[tokio::test]
async fn whoever_draws_approves_it_and_a_bundle_says_how_many_lots_are_approved() {
    let folder = tempfile::tempdir().unwrap();
    let (desk, _) = hall(&folder).await;
    enrol(&desk, "模拟丁", &[Role::DrawOfficer], PIN).await;
    desk.ask_competition("people.begin", json!({})).await.unwrap();
    let organiser = desk.sign_in_as("模拟甲", PIN).await.unwrap();
    let drawer = desk.sign_in_as("模拟丁", PIN).await.unwrap();
    let draw = || json!({"layer": "number", "session": "", "prefix": "NR", "stations": 0, "voids": null, "reason": ""});
    let lots = desk.of_event(&drawer, "draw.by_computer", draw()).await.unwrap().as_u64().unwrap();
    assert!(lots > 3 && desk.waiting(&organiser).await.is_empty());
    let found = desk.examined(&organiser).await;
    assert_eq!(found.many.get("draw.lot"), Some(&lots), "{:?}", found.many);
    assert!(found.is_approved() && found.decided.iter().any(|own| own.what.contains("a draw")), "{:?}", found.decided);
}
