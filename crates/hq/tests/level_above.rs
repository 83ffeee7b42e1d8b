//! A desk, an organising headquarters of a district, and a province above it that receives public facts and statistics alone, over real sockets: nothing
//! of the roster or the marks is in the folder of the province, and its console has the figures.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "tests")]
#![allow(
    unused_crate_dependencies,
    dead_code,
    reason = "one of several test programs; parts of other halls are used here"
)]

#[path = "judges_desk/begun.rs"]
mod begun;
#[path = "standby/hall.rs"]
mod hall;
#[path = "judges_desk/search.rs"]
mod search;

use begun::Begun;
use hall::{Desk, Served};
use search::{Roster, all_bytes};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

const fn program() -> &'static str {
    env!("CARGO_BIN_EXE_jiangsai-hq")
}
const PEOPLE: usize = 12;

/// An event, and the computer where it is worked on.
struct At<'a> {
    desk: &'a Desk,
    competition: String,
    event: String,
}

impl At<'_> {
    async fn call(&self, name: &str, mut request: Value) -> Value {
        (request["competition"], request["event"]) = (self.competition.clone().into(), self.event.clone().into());
        self.desk.call(name, request).await
    }

    /// Of the competition as a whole.
    async fn ask(&self, name: &str, mut request: Value) -> Value {
        request["competition"] = self.competition.clone().into();
        self.desk.call(name, request).await
    }

    async fn publish(&self, kind: &str, period: Value) {
        let columns = json!({"whom": "all", "scores": true, "occupation": false});
        let mut wanted = json!({
            "kind": kind, "columns": columns, "period": period, "contact": "", "by": "组织者", "corrects": null, "reason": "", "token": ""
        });
        wanted["token"] = self.call("bulletins.publish", wanted.clone()).await["token"].clone();
        assert_eq!(self.call("bulletins.publish", wanted).await["done"], true);
    }

    async fn rename(&self, title: &str) {
        let mut settings = self.ask("competition.settings", json!({})).await;
        (settings["title"], settings["place"], settings["level"]) = (title.into(), "模拟区".into(), "区级一类".into());
        self.ask("competition.edit_settings", json!({"settings": settings})).await;
    }

    /// A judge signs in at the desk, fills the first sheet and signs it.
    async fn marks_one(&self, judge: &Value) {
        self.ask("judges.set_pin", json!({"judge": judge, "pin": "246810"})).await;
        let token = self.ask("desk.sign_in", json!({"judge": judge, "pin": "246810"})).await["token"].clone();
        let first = self.call("desk.show", json!({"token": token, "at": null})).await;
        let (at, mut sheet) = (first["sheet"]["at"].clone(), first["sheet"].clone());
        while let Some(item) = sheet["missing"][0].as_str().map(str::to_owned) {
            let mark = json!({"token": token, "at": at, "item": item, "attempt": 1, "text": "6", "replaces": [], "reason": ""});
            sheet = self.call("desk.mark", mark).await["sheet"].clone();
        }
        let cells = sheet["items"].as_array().unwrap().iter().flat_map(|item| item["cells"].as_array().unwrap());
        let marks: Vec<Value> = cells.flat_map(|cell| cell["current"].as_array().unwrap().clone()).collect();
        let signed = self.call("desk.sign", json!({"token": token, "at": at, "marks": marks})).await;
        assert_eq!(signed["sheet"]["state"], "signed");
    }
}

async fn served(data: &Path, listen: &str, arguments: Vec<String>, codes: usize, log: Option<&Path>) -> Served {
    let (data, listen, log) = (data.to_owned(), listen.to_owned(), log.map(Path::to_owned));
    let start = move || {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        match &log {
            Some(log) => Served::start_logged(&data, &listen, &arguments, codes, log),
            None => Served::start(&data, &listen, &arguments, codes),
        }
    };
    tokio::task::spawn_blocking(start).await.unwrap()
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// Runs `jiangsai-hq` on a folder that nothing serves; what it printed.
fn done(arguments: &[&str], data: &Path) -> String {
    let out = Command::new(program()).args(arguments).arg("--data").arg(data).output().unwrap();
    let (said, wrong) = (String::from_utf8(out.stdout).unwrap(), String::from_utf8(out.stderr).unwrap());
    assert!(out.status.success(), "{arguments:?}: {said}{wrong}");
    said
}

/// Neither a person nor a unit, nor any fact that is not public, is in a folder.
async fn is_clean(folder: &Path, when: &str) {
    let bytes = all_bytes(folder).await;
    assert!(Roster::found_in(&bytes).is_empty(), "{when}: {:?}", Roster::found_in(&bytes));
    for kind in ["mark.set", "sheet.state", "person.form", "entry.", "draw.", "judge.set", "bulletin.published"] {
        let quoted = format!("\"{kind}");
        assert!(!bytes.windows(quoted.len()).any(|part| part == quoted.as_bytes()), "{when}: {kind}");
    }
    for person in ["加密员甲", "裁判1", "组织者"] {
        assert!(!bytes.windows(person.len()).any(|part| part == person.as_bytes()), "{when}: {person}");
    }
}

fn of_event(shown: &Value) -> &Value {
    &shown["events"][0]["figures"]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[allow(clippy::too_many_lines, reason = "one day in order")]
async fn the_level_above_has_the_figures_and_nothing_that_names_anybody() {
    let place = tempfile::tempdir().unwrap();
    let [above, district, log] = ["province", "district", "province/log.txt"].map(|name| place.path().join(name));
    std::fs::create_dir_all(&above).unwrap();
    let province = served(&above, "127.0.0.1:0", words("--pair 1 --pair-public 2"), 3, Some(&log)).await;
    let up = format!("--pair 1 --pair-desks 1 --upstream {} --code {}", province.url, province.codes[1]);
    let hq = served(&district, "127.0.0.1:0", words(&up), 2, None).await;

    // The district: a roster, draws, a seal, a provisional bulletin by code.
    let (office, desk) = (Desk::open().await, Desk::open().await);
    office.call("sync.connect", json!({"url": hq.url, "code": hq.codes[0]})).await;
    let roster = Roster::of(PEOPLE);
    let Begun { competition, event, judges, .. } = Begun::at(&office.app, &roster).await;
    let at = At { desk: &office, competition: competition.clone(), event: event.clone() };
    at.rename("模拟区职工竞赛").await;
    for layer in ["number", "place"] {
        let draw = json!({"layer": layer, "session": "", "prefix": "", "stations": 30, "voids": null, "reason": ""});
        at.call("draw.by_computer", draw).await;
    }
    at.call("draw.seal", json!({"officer": "加密员甲", "supervisor": "监督员乙"})).await;
    let hall = at.call("hall.show", json!({})).await;
    let absent = json!({"entry": hall["sheets"][0]["entry"], "status": "absent", "stage": null, "reason": "缺考"});
    at.ask("entries.set_status", absent).await;
    at.publish("provisional", Value::Null).await;

    // Another district has its own, and sees nothing of the first.
    let other = Desk::open().await;
    other.call("sync.connect", json!({"url": province.url, "code": province.codes[2]})).await;
    let create = json!({"title": "模拟邻区竞赛", "event": "", "from": {"template": "theory-practice-30-70"}});
    let theirs = other.call("competitions.create", create).await;

    // A desk of the hall marks; at headquarters, for it, is at the district.
    desk.call("sync.connect", json!({"url": hq.url, "code": hq.codes[1]})).await;
    let here = |view: &Value| view["sheets"].as_array().is_some_and(|sheets| !sheets.is_empty());
    let wanted = json!({"competition": competition, "event": event});
    desk.until("sheets", "hall.show", wanted.clone(), here).await;
    let marking = At { desk: &desk, competition: competition.clone(), event: event.clone() };
    marking.marks_one(&judges[0]).await;
    let all_went_up = |state: &Value| {
        let row = &state["competitions"][0];
        row["saved"].as_u64() > Some(0) && row["not_at_headquarters"] == 0 && row["trouble"].is_null()
    };
    let told = desk.until("everything at headquarters", "sync.status", json!({}), all_went_up).await;
    assert_eq!(told["is_headquarters"], true, "which the district is for its desks");

    // Whoever looks on at the province from another computer there sees both, and of the first the figures.
    let looker = Desk::open().await;
    looker.call("sync.connect", json!({"url": province.url, "code": province.codes[0]})).await;
    let about = json!({"competition": competition});
    let told = |shown: &Value| of_event(shown)["number"] == 1;
    let shown = looker.until("figures", "headquarters.overview", about.clone(), told).await;
    let own = of_event(&shown);
    assert_eq!((&own["kind"], &own["registered"], &own["took_part"]), (&json!("provisional"), &json!(12), &json!(11)));
    assert_eq!((&own["judges"], &own["units"]), (&json!(5), &Value::Null), "of units nothing, while names are sealed");
    let both = |rows: &Value| rows.as_array().is_some_and(|rows| rows.len() == 2);
    looker.until("both districts", "competitions.list", json!({}), both).await;

    // Both are killed; the district goes on meanwhile, and everything arrives when they are back.
    let (listen_above, listen) = (province.listen(), hq.listen());
    province.kill();
    is_clean(&above, "as the province was killed").await;
    hq.kill();
    at.rename("模拟区职工技能竞赛").await;
    let province = served(&above, &listen_above, Vec::new(), 0, Some(&log)).await;
    let hq = served(&district, &listen, Vec::new(), 0, None).await;
    let renamed = |rows: &Value| rows.as_array().unwrap().iter().any(|row| row["title"] == "模拟区职工技能竞赛");
    looker.until("the new title", "competitions.list", json!({}), renamed).await;
    office.until("everything at the district", "sync.status", json!({}), all_went_up).await;
    let own = other.call("competitions.list", json!({})).await;
    assert_eq!((own.as_array().unwrap().len(), &own[0]["id"]), (1, &theirs), "nothing of others came down");
    hq.kill();

    // Every record of the district has a receipt of the province; here it goes on in this process.
    let again = Desk::at(&district).await;
    let in_sync = tokio::spawn(again.app.clone().keep_in_sync());
    let whole = |state: &Value| all_went_up(state) && state["competitions"][0]["not_at_upstream"] == 0;
    let state = again.until("receipts for all", "sync.status", json!({}), whole).await;
    assert_eq!((&state["reads"], &state["is_headquarters"]), (&json!("public"), &json!(true)));
    let rows = again.call("competitions.list", json!({})).await;
    assert_eq!(rows.as_array().unwrap().len(), 1, "nor did the other district's come down here");
    assert_eq!(rows[0]["public"], false);
    let saved = state["competitions"][0]["saved"].clone();
    let works = At { desk: &again, competition: competition.clone(), event: event.clone() };
    works.call("standings.show", json!({})).await;
    let export = json!({"competition": competition, "what": "everything"});
    assert_eq!(again.app.dispatch("bundle.export", export, None).await.unwrap_err().code, "bundle-public");
    in_sync.abort();
    let _ended = in_sync.await;

    // The folder of the province.
    province.kill();
    is_clean(&above, "in the end").await;
    assert_eq!(Roster::found_in(&all_bytes(&district).await).len(), 4, "the search finds what is there, of every kind");
    let said = done(&["verify"], &above);
    assert!(said.lines().all(|line| line.ends_with(": ok")), "{said}");
    assert!(said.contains(&format!("{saved} records (")) && said.contains("without bodies"), "{said}");
    assert!(done(&["rebuild"], &above).lines().take(2).all(|line| line.ends_with("ok")));
    let (place_of, copy) = (place.path().join("backups"), place.path().join("copy"));
    let backup = done(&["backup", "--to", place_of.to_str().unwrap()], &above);
    let restored = done(&["restore", "--from", backup.trim()], &copy);
    assert!(restored.contains("without bodies") && restored.contains(": ok"), "{restored}");
    let console = Desk::at(&copy).await;
    let shown = console.call("headquarters.overview", about.clone()).await;
    assert_eq!((&shown["public"], &of_event(&shown)["registered"]), (&json!(true), &json!(12)));
    let rows = console.call("competitions.list", json!({})).await;
    let row = rows.as_array().unwrap().iter().find(|row| row["id"] == competition.as_str()).unwrap();
    assert_eq!((&row["title"], &row["level"]), (&json!("模拟区职工技能竞赛"), &json!("区级一类")));
    assert!(rows.as_array().unwrap().iter().all(|row| row["public"] == true), "each says what it is");
    assert_eq!(
        console.call("competition.home", about.clone()).await["public"],
        true,
        "nobody is sent to register here"
    );
    let code = async |name: &str, request: Value| console.app.dispatch(name, request, None).await.unwrap_err().code;
    assert_eq!(code("standings.show", wanted.clone()).await, "part");
    assert_eq!(code("bundle.export", json!({"competition": competition, "what": "published"})).await, "bundle-part");
    assert_eq!(code("bundle.export", json!({"competition": theirs, "what": "published"})).await, "bundle-part");
    let fresh = console.call("headquarters.overview", json!({"competition": theirs})).await;
    assert_eq!(
        (&fresh["public"], of_event(&fresh)),
        (&json!(true), &Value::Null),
        "of the other nothing was published"
    );
    let rename = json!({"competition": theirs, "settings": console.call("competition.settings", json!({"competition": theirs})).await});
    assert_eq!(code("competition.edit_settings", rename).await, "part", "though all that came of it is public");
}
