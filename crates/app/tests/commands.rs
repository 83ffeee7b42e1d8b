//! The commands on a real data folder: what is refused, in which words, and that nothing is lost or half-applied.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiangsai_app::App;
use jiangsai_app::host::SystemHost;
use jiangsai_domain::command::WireError;
use serde_json::{Value, json};
use std::sync::Arc;
use tempfile::TempDir;

mod commands {
    mod accounts;
    mod arriving;
    mod authenticator;
    mod authority;
    mod backups;
    mod bulletins;
    mod bundle;
    mod certificates;
    mod clock;
    mod desk;
    mod equals;
    mod erasing;
    mod findings;
    mod hall;
    mod judges_keys;
    mod keychain;
    mod late;
    mod layouts;
    mod locked;
    mod marking_scheme;
    mod matrix;
    mod pack;
    mod paper;
    mod parameters;
    mod people;
    mod prints;
    mod recheck;
    mod registration;
    mod rulebook;
    mod scans;
    mod screen;
    mod sealed;
    mod teams;
    mod theory;
    mod trouble;
}

struct Desk {
    app: App,
    competition: String,
    event: String,
}

async fn open(folder: &TempDir) -> Result<App, WireError> {
    App::open(folder.path(), Arc::new(SystemHost::new(None))).await
}

async fn sample(folder: &TempDir) -> Desk {
    create(folder, json!({"title": "", "event": "", "from": "sample"})).await
}

/// The sample under rules that are changed like this.
async fn sample_under(folder: &TempDir, change: impl FnOnce(&mut Value)) -> Desk {
    let desk = sample(folder).await;
    let shown = desk.ask("rulebook.show", json!({})).await.unwrap();
    let mut rules: Value = serde_json::from_str(shown["json"].as_str().unwrap()).unwrap();
    change(&mut rules);
    let replace = json!({"json": rules.to_string(), "reason": "规则调整", "preview": false});
    desk.ask("rulebook.replace", replace).await.unwrap();
    desk
}

/// The sample with prizes in its rules: 一等奖 1, 二等奖 2, 三等奖 3, 优秀奖 6.
async fn sample_with_prizes(folder: &TempDir) -> Desk {
    sample_under(folder, with_prizes).await
}

fn with_prizes(rules: &mut Value) {
    let tier =
        |id: &str, zh: &str, count: u32| json!({"id": id, "name": {"zh": zh, "en": id}, "take": {"count": count}});
    rules["awards"] = json!({"tiers": [
        tier("first", "一等奖", 1), tier("second", "二等奖", 2), tier("third", "三等奖", 3), tier("merit", "优秀奖", 6),
    ]});
}

/// The sample as if theory had been marked in the hall: nothing of it is imported.
async fn sample_marked_in_the_hall(folder: &TempDir) -> Desk {
    sample_under(folder, |rules| {
        for item in rules["items"].as_array_mut().unwrap() {
            if item["by"] == "imported" {
                item["by"] = "agreed".into();
            }
        }
    })
    .await
}

/// The sample with prizes, teams, and proposals for the first three who passed both parts.
async fn sample_with_teams(folder: &TempDir) -> Desk {
    sample_under(folder, with_teams).await
}

fn with_teams(rules: &mut Value) {
    with_prizes(rules);
    let sum = json!({"sum": {"members": {"of": {"node": "total"}, "absent": "zero", "void": "zero"}}});
    rules["teams"] = json!({"name": {"zh": "团体总分", "en": "Team total"}, "value": sum, "ties": "competition"});
    let passed = |node: &str| json!({"left": {"node": node}, "is": "at_least", "right": {"constant": "60"}});
    let first = json!({"left": {"in_places": "rank"}, "is": "at_most", "right": {"constant": "3"}});
    rules["honours"] = json!([{
        "id": "expert", "name": {"zh": "技术能手（推荐）", "en": "Skilled expert (proposed)"},
        "to": {"all": [first, passed("theory"), passed("practice")]},
    }]);
}

async fn template(folder: &TempDir) -> Desk {
    create(folder, json!({"title": "模拟", "event": "", "from": {"template": "theory-practice-30-70"}})).await
}

/// A hall of three, S1 and S2 in session A, S3 in session B, under a rulebook with a sealed reference value by session and a draw
/// between equals.
async fn sealed_hall(folder: &TempDir) -> Desk {
    hall_of_three(folder, SEALED).await
}

/// They, under a rulebook like that one.
async fn hall_of_three(folder: &TempDir, rules: &str) -> Desk {
    let desk = create(folder, json!({"title": "模拟", "event": "", "from": {"rulebook": rules}})).await;
    for (number, document, session) in [("S1", "E1234561", "A"), ("S2", "E1234562", "A"), ("S3", "E1234563", "B")] {
        let own = json!({"number": number, "name": number, "document_kind": "护照", "document_number": document, "session": session});
        assert!(desk.add(own).await["saved"].is_string(), "{number} is registered");
    }
    desk
}

const SEALED: &str = include_str!("../../../tests/data/rulebooks/sealed.json");

async fn create(folder: &TempDir, create: Value) -> Desk {
    let app = open(folder).await.unwrap();
    let competition = app.dispatch("competitions.create", create, None).await.unwrap().as_str().unwrap().to_owned();
    let home = app.dispatch("competition.home", json!({"competition": competition}), None).await.unwrap();
    let event = home["events"][0][0].as_str().unwrap().to_owned();
    Desk { app, competition, event }
}

impl Desk {
    async fn ask(&self, name: &str, mut payload: Value) -> Result<Value, WireError> {
        payload["competition"] = self.competition.clone().into();
        payload["event"] = self.event.clone().into();
        self.app.dispatch(name, payload, None).await
    }

    /// Chief judge and supervisor confirm the standings, and the results become final, be names sealed or not.
    async fn finalise(&self) {
        for (duty, name) in [("chief_judge", "模拟裁判长"), ("supervisor", "模拟总监督")] {
            let seen = self.ask("results.steps", json!({})).await.unwrap()["seen"].clone();
            let confirmed = json!({"duty": duty, "name": name, "seen": seen, "reason": "颁奖在即"});
            self.ask("results.confirm", confirmed).await.unwrap();
        }
        self.ask("results.finalise", json!({"reason": "颁奖在即"})).await.unwrap();
    }

    /// The id of an entry by 参赛号.
    async fn entry(&self, number: &str) -> Value {
        let list = self.ask("entries.list", json!({"search": number})).await.unwrap();
        list["rows"][0]["id"].clone()
    }

    /// Marks an item of an entry that nobody has marked yet.
    async fn first_mark(&self, number: &str, item: &str, text: &str) {
        let entry = self.entry(number).await;
        let mark = json!({"entry": entry, "item": item, "judge": null, "text": text, "replaces": [], "reason": ""});
        self.ask("marks.enter", mark).await.unwrap();
    }

    /// Number, rank and awards of every line.
    async fn ranks(&self) -> Vec<(String, Option<u64>, usize)> {
        let rows = self.standings().await;
        let line = |row: &Value| {
            (row["number"].as_str().unwrap().to_owned(), row["rank"].as_u64(), row["awards"].as_array().unwrap().len())
        };
        rows.as_array().unwrap().iter().map(line).collect()
    }

    async fn ask_competition(&self, name: &str, mut payload: Value) -> Result<Value, WireError> {
        payload["competition"] = self.competition.clone().into();
        self.app.dispatch(name, payload, None).await
    }

    async fn standings(&self) -> Value {
        self.ask("standings.show", json!({})).await.unwrap()["rows"].clone()
    }

    /// The first sheet's first row: entry, and versions of its first cell.
    async fn theory(&self) -> (Value, Value) {
        let sheet =
            self.ask("marks.sheet", json!({"of": {"module": {"module": "theory", "judge": null}}})).await.unwrap();
        let row = &sheet["rows"][0];
        (row["entry"].clone(), row["cells"][0]["current"].clone())
    }

    async fn mark(&self, text: &str, reason: &str) -> Result<Value, WireError> {
        let (entry, replaces) = self.theory().await;
        let mark =
            json!({"entry": entry, "item": "T", "judge": null, "text": text, "replaces": replaces, "reason": reason});
        self.ask("marks.enter", mark).await
    }
}

fn upload(name: &str, bytes: &[u8]) -> Value {
    json!({"name": name, "base64": STANDARD.encode(bytes)})
}

#[tokio::test]
async fn a_mark_is_checked_normalised_and_followed_by_the_standings() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    for (text, code) in [("1e9", "mark-not-a-number"), ("875", "mark-above-maximum"), ("87..5", "mark-not-a-number")] {
        let error = desk.mark(text, "").await.unwrap_err();
        assert_eq!((error.code.as_str(), error.refusal), (code, true), "{text}");
        assert!(error.message.contains('。'), "in Chinese: {}", error.message);
    }
    let saved = desk.mark("９９．５", "").await.unwrap();
    assert_eq!(saved["row"]["cells"][0]["text"], "99.5", "full-width digits are read");
    assert!(saved["fact"].is_string(), "and durable under this name");
    let rows = desk.standings().await;
    let found = rows.as_array().unwrap().iter().any(|row| row["values"][0] == "99.5");
    assert!(found, "the standings follow at once");
}

#[tokio::test]
async fn final_results_stay_until_they_are_opened_and_then_want_reasons() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    desk.finalise().await;
    assert_eq!(desk.mark("80", "").await.unwrap_err().code, "finalised");
    assert_eq!(desk.ask("results.reopen", json!({"reason": " "})).await.unwrap_err().code, "reason-needed");
    desk.ask("results.reopen", json!({"reason": "查分"})).await.unwrap();
    assert_eq!(desk.mark("80", "").await.unwrap_err().code, "reason-needed");
    assert!(desk.mark("80", "查分后更正").await.is_ok());
    let history = desk.app.dispatch(
        "history.list",
        json!({"competition": desk.competition, "about": "all", "skip": 0, "limit": 1}),
        None,
    );
    let line = history.await.unwrap()["lines"][0].clone();
    assert_eq!((&line["after"], &line["reason"]), (&"80".into(), &"查分后更正".into()), "who, what and why");
}

#[tokio::test]
async fn a_roster_is_read_in_gbk_and_applied_all_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let desk = template(&folder).await;
    let faulty = "单位,姓名,身份证号\n模拟水务,模拟甲,11010519491231002X\n模拟水务,,110101202311012171\n";
    let file = upload("a.csv", &encoding_rs::GB18030.encode(faulty).0);
    let preview = desk.ask("entries.preview", json!({"file": file})).await.unwrap();
    let places: Vec<String> = preview["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| format!("{}{}", fault["column"].as_str().unwrap(), fault["row"]))
        .collect();
    assert_eq!(places, ["B3", "C3"], "every fault by cell");
    let refused = desk.ask("entries.import", json!({"file": file, "token": preview["token"]})).await.unwrap();
    assert!(refused["refused"].is_array(), "nothing is applied while anything is wrong");
    let list = || desk.ask("entries.list", json!({"search": ""}));
    assert_eq!(list().await.unwrap()["total"], 0);
    let right = upload("a.csv", "\u{feff}单位,姓名,身份证号\n模拟水务,模拟甲,11010519491231002X\n".as_bytes());
    let stale = desk.ask("entries.import", json!({"file": right, "token": preview["token"]})).await.unwrap_err();
    assert_eq!(stale.code, "stale-preview", "what is applied is what was shown");
    let preview = desk.ask("entries.preview", json!({"file": right})).await.unwrap();
    desk.ask("entries.import", json!({"file": right, "token": preview["token"]})).await.unwrap();
    let rows = list().await.unwrap();
    assert_eq!(rows["rows"][0]["form"]["document_number"], "110***********002X", "numbers are masked");
    let cut = desk.ask("entries.preview", json!({"file": upload("b.xlsx", b"PK\x03\x04cut short")})).await.unwrap_err();
    assert_eq!(cut.code, "file-truncated");
}

#[tokio::test]
async fn everything_is_there_after_a_restart_and_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let second = open(&folder).await.err().unwrap();
    assert_eq!(second.code, "in-use", "one process, one folder: {}", second.message);
    let before = desk.standings().await;
    let Desk { app, competition, event } = desk;
    drop(app);
    let desk = Desk { app: open(&folder).await.unwrap(), competition, event };
    assert_eq!(desk.standings().await, before, "the same standings, from the snapshot");
    let report = desk.app.dispatch("ledger.verify", json!({"competition": desk.competition}), None).await.unwrap();
    assert_eq!((&report["fault"], &report["state_agrees"]), (&Value::Null, &true.into()), "and from the records alone");
}
