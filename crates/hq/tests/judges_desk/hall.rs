//! Headquarters, an organiser who holds everything, and a judge's desk that marks.

use super::attack;
use super::begun::Begun;
use super::search::{Roster, all_bytes};
use jiangsai_app::App;
use jiangsai_app::host::SystemHost;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_jiangsai-hq");

/// People on the roster: enough for a snapshot of the desk to be written, and for chance to say little.
pub const PEOPLE: usize = 700;

/// A node that is a process of its own; killed when it is dropped.
struct Node {
    process: Child,
    url: String,
    /// A code for whoever receives everything, and one for a judge's desk.
    codes: Vec<String>,
}

impl Node {
    fn start(data: &Path, arguments: &[&str], codes: usize, log: Option<&Path>) -> Self {
        let mut command = Command::new(PROGRAM);
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data).args(arguments).stdout(Stdio::piped());
        if let Some(log) = log {
            command.env("RUST_LOG", "trace").stderr(std::fs::File::create(log).unwrap());
        }
        let mut process = command.spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
        let url = lines.next().unwrap().strip_prefix("nodes ").unwrap().to_owned();
        let codes = lines.by_ref().take(codes).map(|line| line.split_once("code ").unwrap().1.to_owned()).collect();
        std::thread::spawn(move || lines.for_each(drop));
        Self { process, url, codes }
    }

    /// `kill -9`: what is in the log of the database stays there.
    fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

struct Desk {
    app: App,
    competition: String,
    event: String,
}

impl Desk {
    async fn open(folder: &Path) -> Self {
        let app = App::open(folder, Arc::new(SystemHost::new(None))).await.unwrap();
        Self { app, competition: String::new(), event: String::new() }
    }

    async fn ask(&self, name: &str, mut request: Value) -> Value {
        if !self.competition.is_empty() {
            request["competition"] = self.competition.clone().into();
        }
        match self.app.dispatch(name, request, None).await {
            Ok(reply) => reply,
            Err(error) => panic!("{name}: {error:?}"),
        }
    }

    async fn of_event(&self, name: &str, mut request: Value) -> Value {
        request["event"] = self.event.clone().into();
        self.ask(name, request).await
    }

    async fn refused(&self, name: &str, mut request: Value) -> String {
        request["competition"] = self.competition.clone().into();
        request["event"] = self.event.clone().into();
        self.app.dispatch(name, request, None).await.unwrap_err().code
    }

    async fn status(&self) -> Value {
        self.app.dispatch("sync.status", json!({}), None).await.unwrap()
    }

    async fn all_went_up(&self, at_least: u64) -> u64 {
        let begun = Instant::now();
        loop {
            let state = self.status().await;
            let row = &state["competitions"][0];
            let saved = row["saved"].as_u64().unwrap_or_default();
            if state["trouble"].is_null() && row["not_at_headquarters"] == 0 && saved >= at_least {
                return saved;
            }
            assert!(begun.elapsed() < Duration::from_secs(240), "everything at headquarters: {state}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// A panel of five, a roster, draws, and the seal. The ids of the entries, in the order of the roster.
    async fn prepare(&mut self, roster: &Roster) -> Vec<String> {
        let Begun { competition, event, panel, judges } = Begun::at(&self.app, roster).await;
        (self.competition, self.event) = (competition, event);
        // As the chief judge does it while names are on screen: somebody must not be marked by a judge, and the reason says who.
        let rows = self.of_event("entries.list", json!({"search": ""})).await["rows"].as_array().unwrap().clone();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let known: BTreeMap<String, String> =
            rows.iter().map(|row| (text(&row["form"]["name"]), text(&row["id"]))).collect();
        let ids = (0..PEOPLE).map(|number| known[&Roster::of_person(number).0].clone()).collect();
        let (name, unit) = Roster::of_person(7);
        let reason = format!("{name}（{unit}）与裁判同单位");
        let seat = json!({"entry": rows[7]["id"], "panel": panel, "seat": judges[0], "recused": true, "substitute": null, "reason": reason});
        self.of_event("seats.set", seat).await;
        for layer in ["number", "place"] {
            let draw =
                json!({"layer": layer, "session": "", "prefix": "", "stations": 30, "voids": null, "reason": ""});
            self.of_event("draw.by_computer", draw).await;
        }
        self.of_event("draw.seal", json!({"officer": "加密员甲", "supervisor": "监督员乙"})).await;
        ids
    }

    /// The keys of a judge.
    async fn keys_of(&self, judge: &Value) -> Value {
        let list = self.of_event("judges.list", json!({})).await;
        list["keys"].as_array().unwrap().iter().find(|own| own["judge"] == *judge).cloned().unwrap_or_default()
    }

    /// What changes while names are sealed, by blind code.
    async fn goes_on(&self) {
        let view = self.of_event("hall.show", json!({})).await;
        let codes: Vec<Value> = view["sheets"].as_array().unwrap().iter().map(|sheet| sheet["entry"].clone()).collect();
        let absent = json!({"entry": codes[40], "status": "absent", "stage": null, "reason": "缺考"});
        self.ask("entries.set_status", absent).await;
        let swap = json!({"one": codes[60], "other": codes[120], "layer": null, "reason": "坐反了"});
        self.of_event("draw.swap", swap).await;
    }

    /// A judge signs in, fills every item of the first sheet and signs it; the place of the sheet.
    async fn marks_one(&self, judge: &Value) -> Value {
        self.ask("judges.set_pin", json!({"judge": judge, "pin": "246810"})).await;
        let token = self.ask("desk.sign_in", json!({"judge": judge, "pin": "246810"})).await["token"].clone();
        let first = self.of_event("desk.show", json!({"token": token, "at": null})).await;
        let at = first["sheet"]["at"].clone();
        let mut sheet = first["sheet"].clone();
        while let Some(item) = sheet["missing"][0].as_str().map(str::to_owned) {
            let mark = json!({"token": token, "at": at, "item": item, "attempt": 1, "text": "6", "replaces": [], "reason": ""});
            sheet = self.of_event("desk.mark", mark).await["sheet"].clone();
        }
        let cells = sheet["items"].as_array().unwrap().iter().flat_map(|item| item["cells"].as_array().unwrap());
        let marks: Vec<Value> = cells.flat_map(|cell| cell["current"].as_array().unwrap().clone()).collect();
        let signed = self.of_event("desk.sign", json!({"token": token, "at": at, "marks": marks})).await;
        assert_eq!(signed["sheet"]["state"], "signed");
        at
    }
}

/// Nothing of the roster is in the folder of a desk, nor in what it logged; the same search finds it where it is.
async fn is_clean(folder: &Path, when: &str) {
    let found = Roster::found_in(&all_bytes(folder).await);
    assert!(found.is_empty(), "{when}: {found:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_the_roster_and_the_folder_of_a_desk_learns_nothing_from_it() {
    let place = tempfile::tempdir().unwrap();
    let (hq_data, all_data, desk_data) = (place.path().join("hq"), place.path().join("all"), place.path().join("desk"));
    let log = desk_data.join("log.txt");
    std::fs::create_dir_all(&desk_data).unwrap();
    let hq = Node::start(&hq_data, &["--pair", "1", "--pair-desks", "1"], 2, None);
    let roster = Roster::of(PEOPLE);
    let mut all = Desk::open(&all_data).await;
    all.ask("sync.connect", json!({"url": hq.url, "code": hq.codes[0]})).await;
    let ids = all.prepare(&roster).await;
    tokio::spawn(all.app.clone().keep_in_sync());
    all.goes_on().await;
    let elsewhere = all.of_event("judges.list", json!({})).await["judges"][2][0].clone();
    all.ask("judges.set_pin", json!({"judge": elsewhere, "pin": "246810"})).await;
    let records = all.all_went_up(0).await;
    assert_eq!(Roster::found_in(&all_bytes(&all_data).await).len(), 4, "the search finds what is there, of every kind");
    assert_eq!(Roster::found_in(&all_bytes(&hq_data).await).len(), 4);

    // A process of its own, that says all it can say.
    let node = Node::start(&desk_data, &["--upstream", &hq.url, "--code", &hq.codes[1]], 0, Some(&log));
    tokio::time::sleep(Duration::from_secs(20)).await;
    node.kill();
    assert!(std::fs::metadata(&log).unwrap().len() > 10_000, "it said a lot");
    is_clean(&desk_data, "as a process left it, with its log").await;

    let mut desk = Desk::open(&desk_data).await;
    assert_eq!(desk.status().await["reads"], "judges-desk");
    let in_sync = tokio::spawn(desk.app.clone().keep_in_sync());
    desk.all_went_up(records).await;
    (desk.competition, desk.event) = (all.competition.clone(), all.event.clone());
    let judges = desk.of_event("judges.list", json!({})).await["judges"].as_array().unwrap().clone();
    let there = desk.keys_of(&elsewhere).await;
    assert_eq!((&there["here"], there["keys"].as_array().unwrap().len()), (&json!("none"), 1), "made known to desks");
    let at = desk.marks_one(&judges[0][0]).await;
    desk.marks_one(&judges[1][0]).await;
    assert_eq!(desk.keys_of(&judges[0][0]).await["here"], "counts");
    let own = desk.of_event("hall.show", json!({})).await;
    let sheets = own["sheets"].as_array().unwrap();
    assert_eq!(sheets.len(), 5 * (PEOPLE - 1) - 1, "five for each but who is absent, four where one must not mark");
    for name in ["standings.show", "rulebook.replace", "entries.add", "draw.swap"] {
        let request = match name {
            "entries.add" => json!({"form": {"name": "模拟"}}),
            "rulebook.replace" => json!({"json": "{}", "reason": "", "preview": false}),
            "draw.swap" => json!({"one": at["entry"], "other": at["entry"], "layer": null, "reason": "x"}),
            _ => json!({}),
        };
        assert_eq!(desk.refused(name, request).await, "part", "{name}");
    }
    let export = json!({"competition": desk.competition, "what": "everything"});
    assert_eq!(desk.app.dispatch("bundle.export", export, None).await.unwrap_err().code, "bundle-part");
    let checked = desk.ask("ledger.verify", json!({})).await;
    assert_eq!((&checked["fault"], &checked["state_agrees"]), (&Value::Null, &json!(true)), "{checked}");
    let saved = desk.all_went_up(records).await;
    all.all_went_up(saved).await;
    let there = all.of_event("hall.show", json!({})).await;
    let signed =
        |view: &Value| view["sheets"].as_array().unwrap().iter().filter(|sheet| sheet["state"] == "signed").count();
    assert_eq!((signed(&own), signed(&there)), (2, 2), "headquarters hands on what was signed at the desk");
    all.of_event("standings.show", json!({})).await;
    assert_eq!(all.keys_of(&judges[0][0]).await["keys"].as_array().unwrap().len(), 1, "and what desks make known");
    let lines = all.ask("history.list", json!({"about": "all", "skip": 0, "limit": 500})).await["lines"].clone();
    let signed = lines.as_array().unwrap().iter().filter(|line| line["what"][0] == "history-sheet");
    let signed: Vec<&Value> = signed.map(|line| &line["after"]).collect();
    assert_eq!(signed, ["sheet-is-signed-own-key"; 2], "with the keys of the desk");

    desk.app.dispatch("backups.make", json!({}), None).await.unwrap();
    is_clean(&desk_data, "while it runs").await;
    in_sync.abort();
    let _ended = in_sync.await;
    drop(desk);
    is_clean(&desk_data, "when it was closed").await;
    attack::learns_nothing(&desk_data, &ids).await;
}

#[test]
fn a_code_says_what_it_is_for() {
    let place = tempfile::tempdir().unwrap();
    for (reads, word) in [("everything", "code "), ("judges-desk", "desk-code ")] {
        let mut pair = Command::new(PROGRAM);
        pair.args(["pair", "--reads", reads, "--data"]).arg(place.path());
        let said = String::from_utf8(pair.output().unwrap().stdout).unwrap();
        assert!(said.starts_with(word), "{said}");
    }
}
