//! Names that are locked, on a real data folder: nothing in it says who is who, every command goes on, and any two of three codes open them.

use super::sealed::{Known, addressed, requests};
use crate::{Desk, create, open};
use jiangsai_domain::command::Kind;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use tempfile::TempDir;

const PEOPLE: usize = 7;

/// A hall with seats, an item that is marked once, and nothing marked yet.
async fn hall(folder: &TempDir) -> Desk {
    let desk =
        create(folder, json!({"title": "模拟", "event": "", "from": {"template": "theory-practice-30-70"}})).await;
    for number in 1..=PEOPLE {
        let form = json!({
            "name": format!("模拟选手{number}"),
            "unit": format!("模拟单位{number}"),
            "document_kind": "护照",
            "document_number": format!("E123456{number}"),
            "number": format!("S{number}"),
            "session": "A",
            "station": format!("A0{number}"),
        });
        assert!(desk.add(form).await["saved"].is_string());
    }
    desk
}

/// Every file below a folder that holds a text.
fn holds(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holds(&path, text));
        } else if std::fs::read(&path).is_ok_and(|bytes| bytes.windows(text.len()).any(|own| own == text.as_bytes())) {
            found.push(path.display().to_string());
        }
    }
    found
}

impl Desk {
    async fn locks(&self) -> Value {
        let plan = self.ask("draw.prepare_lock", json!({"prefix": "W"})).await.unwrap();
        let mut lock = json!({"officer": "模拟加密员", "supervisor": "模拟监督员", "prefix": "W"});
        for field in ["key", "codes", "labels"] {
            lock[field] = plan[field].clone();
        }
        self.ask("draw.lock", lock).await.unwrap();
        plan
    }

    async fn opens(&self, plan: &Value, office: &str, name: &str) {
        let mut open = json!({"name": name, "code": plan["codes"][office], "reason": "模拟"});
        if office == "envelope" {
            self.ask("draw.open_envelope", open).await.unwrap();
        } else {
            open["office"] = office.into();
            self.ask("draw.unseal", open).await.unwrap();
        }
    }

    /// Marks every work by its new number, each with another value; those by the number of before.
    async fn marks_works(&self, plan: &Value) -> BTreeMap<String, String> {
        let mut given = BTreeMap::new();
        for (at, label) in plan["labels"].as_array().unwrap().iter().enumerate() {
            let text = (60 + at * 3).to_string();
            let mark =
                json!({"entry": label["code"], "item": "T", "judge": null, "text": text, "replaces": [], "reason": ""});
            self.ask("marks.enter", mark).await.unwrap();
            given.insert(label["before"].as_str().unwrap().to_owned(), text);
        }
        given
    }
}

#[tokio::test]
async fn who_is_who_is_on_no_disk_while_names_are_locked_and_comes_back_by_two_codes() {
    let folder = tempfile::tempdir().unwrap();
    let desk = hall(&folder).await;
    let ids: Vec<Value> = {
        let list = desk.ask("entries.list", json!({"search": ""})).await.unwrap();
        list["rows"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect()
    };
    let plan = desk.locks().await;
    let shown = desk.ask("draw.show", json!({"of": null})).await.unwrap();
    assert_eq!((&shown["seal"]["sealed"], &shown["seal"]["locked"]), (&json!(true), &json!(true)));
    let given = desk.marks_works(&plan).await;
    assert_eq!(given.len(), PEOPLE);
    let backups = desk.app.dispatch("backups.make", json!({}), None).await.unwrap();
    assert!(backups["here"][0]["folder"].is_string());
    let codes = plan["codes"].as_object().unwrap().values().map(|code| code.as_str().unwrap().to_owned());
    for secret in codes.chain([plan["key"].as_str().unwrap().to_owned()]) {
        let bare = secret.replace('-', "");
        assert_eq!(holds(folder.path(), &secret), [""; 0], "nor in backups, logs and snapshots");
        assert_eq!(holds(folder.path(), &bare), [""; 0]);
    }
    let standings = desk.standings().await;
    let rows = standings.as_array().unwrap();
    assert_eq!(rows.len(), PEOPLE);
    assert!(rows.iter().all(|row| row["name"] == "" && row["number"].as_str().unwrap().starts_with('W')), "{rows:?}");

    for id in &ids {
        let asked = json!({"entry": id, "status": "absent", "reason": "x"});
        let asked = desk.ask_competition("entries.set_status", asked).await;
        assert_eq!(asked.unwrap_err().code, "unknown-entry", "an id of before is nobody's now");
    }
    let code = plan["codes"]["supervisor"].clone();
    let wrong = json!({"office": "draw_officer", "name": "模拟加密员", "code": code, "reason": "模拟"});
    assert_eq!(desk.ask("draw.unseal", wrong).await.unwrap_err().code, "opening-code-wrong");
    desk.opens(&plan, "supervisor", "模拟监督员").await;
    assert!(desk.standings().await.as_array().unwrap().iter().all(|row| row["name"] == ""), "one code shows nothing");
    desk.opens(&plan, "envelope", "模拟裁判长").await;

    let after = |standings: Value| -> BTreeMap<String, String> {
        let rows = standings.as_array().unwrap().clone();
        let own = |row: &Value| {
            let name = row["name"].as_str().unwrap().trim_start_matches("模拟选手").to_owned();
            (format!("A0{name}"), row["values"][0].as_str().unwrap().to_owned())
        };
        rows.iter().map(own).collect()
    };
    let found = after(desk.standings().await);
    let expected: BTreeMap<String, String> = given.clone();
    let same = |found: &BTreeMap<String, String>| {
        found.iter().all(|(place, value)| value.parse::<f64>().unwrap() == expected[place].parse::<f64>().unwrap())
    };
    assert!(same(&found) && found.len() == PEOPLE, "{found:?} is not {expected:?}");
    desk.ask_competition("ledger.verify", json!({})).await.unwrap();

    let Desk { app, competition, event } = desk;
    drop(app);
    let desk = Desk { app: open(&folder).await.unwrap(), competition, event };
    assert!(same(&after(desk.standings().await)), "and after a new start");
}

#[tokio::test]
async fn every_command_goes_on_while_names_are_locked() {
    let folder = tempfile::tempdir().unwrap();
    let desk = hall(&folder).await;
    let list = desk.ask("entries.list", json!({"search": ""})).await.unwrap();
    let column = |of: &dyn Fn(&Value) -> Value| -> Vec<String> {
        list["rows"].as_array().unwrap().iter().map(|row| of(row).as_str().unwrap().to_owned()).collect()
    };
    let plan = desk.locks().await;
    desk.marks_works(&plan).await;
    let codes = plan["labels"].as_array().unwrap().iter().map(|label| label["code"].as_str().unwrap().to_owned());
    let known = Known::of(
        column(&|row| row["form"]["name"].clone()),
        column(&|row| row["id"].clone()),
        column(&|row| row["number"].clone()),
        codes.collect(),
    );
    let mut answered = 0;
    let queries = jiangsai_app::commands().into_iter().filter(|(_, kind, ..)| *kind == Kind::Query);
    for (name, ..) in queries {
        for request in requests(name, &known) {
            match desk.app.dispatch(name, addressed(&desk, name, request), None).await {
                Ok(_) => answered += 1,
                Err(error) => assert_ne!(error.code, "internal", "{name}: {}", error.message),
            }
        }
    }
    assert!(answered > 60, "{answered} were answered");
}
