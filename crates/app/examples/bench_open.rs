//! How long a competition of 100,000 facts takes to open, with a snapshot and without one, beside reading its bare rows.
//!
//! `cargo run --profile measured -p jiangsai-app --example bench_open [folder]`: the folder decides which disk is measured.
#![allow(clippy::unwrap_used, clippy::panic, clippy::float_arithmetic, reason = "a measurement, not the product")]
#![allow(unused_crate_dependencies, reason = "the dependencies of the library")]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiangsai_app::App;
use jiangsai_app::host::SystemHost;
use jiangsai_store::Store;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

const ENTRIES: usize = 1_000;
const JUDGES: usize = 5;
const ITEMS: usize = 20;
/// Each figure is the middle one of so many.
const RUNS: usize = 5;
/// In how many seconds the competition is to be open with a snapshot, as it is every day.
const LIMIT_WITH: f64 = 1.0;
/// And where everything is folded again, after an update or a restore.
const LIMIT_WITHOUT: f64 = 10.0;

/// Twenty items marked by five judges, trimmed.
fn rulebook() -> String {
    let name = |text: &str| json!({"zh": text, "en": text});
    let score = json!({"round": {"of": {"mean": {"trim": {"of": {"panel": {}}, "low": 1, "high": 1}}}, "digits": 2}});
    let ids: Vec<String> = (1..=ITEMS).map(|item| format!("P{item:02}")).collect();
    let items: Vec<Value> = ids
        .iter()
        .map(|id| {
            json!({"id": id, "name": name(id), "max": "5", "input": {"number": {"step": "0.5"}}, "by": {"panel": "judges"},
                "settle": {"absent": "0", "void": "0"}, "score": score})
        })
        .collect();
    let operands: Vec<Value> = ids.iter().map(|id| json!({"item": id})).collect();
    json!({"schema": 1, "semantics": 1, "id": "bench", "title": name("模拟"),
        "panels": [{"id": "judges", "name": name("裁判"), "seats": JUDGES}], "items": items,
        "nodes": [{"id": "total", "name": name("总分"), "max": "100", "kind": "total", "value": {"sum": operands}}],
        "ranking": {"by": "total"}})
    .to_string()
}

async fn open(folder: &Path) -> App {
    App::open(folder, Arc::new(SystemHost::new(None))).await.unwrap()
}

async fn ask(app: &App, name: &str, payload: Value) -> Value {
    app.dispatch(name, payload, None).await.unwrap_or_else(|error| panic!("{name}: {error:?}"))
}

/// Imports a file the way a person does: preview, then apply.
async fn import(app: &App, area: &str, place: &Value, name: &str, text: &str) {
    let mut payload = place.clone();
    payload["file"] = json!({"name": name, "base64": STANDARD.encode(text)});
    let preview = ask(app, &format!("{area}.preview"), payload.clone()).await;
    assert_eq!(preview["faults"], json!([]), "{name}");
    payload["token"] = preview["token"].clone();
    ask(app, &format!("{area}.import"), payload).await;
}

/// A competition of synthetic people with every mark given; answers its id.
async fn fill(folder: &Path) -> (String, Value) {
    let app = open(folder).await;
    let from = json!({"rulebook": rulebook()});
    let id = ask(&app, "competitions.create", json!({"title": "模拟", "event": "模拟", "from": from})).await;
    let home = ask(&app, "competition.home", json!({"competition": id})).await;
    let place = json!({"competition": id, "event": home["events"][0][0]});
    let mut roster = "姓名,证件类型,证件号码,单位\n".to_owned();
    (0..ENTRIES).for_each(|entry| writeln!(roster, "模拟{entry:04},护照,E{entry:08},模拟单位").unwrap());
    import(&app, "entries", &place, "roster.csv", &roster).await;
    let mut numbers = place.clone();
    (numbers["prefix"], numbers["stations"]) = (json!("S"), json!(0));
    ask(&app, "entries.number", numbers).await;
    let list = ask(&app, "entries.list", json!({"competition": id, "event": place["event"], "search": ""})).await;
    let mut judges = Vec::new();
    for judge in 1..=JUDGES {
        let judge =
            json!({"code": format!("J{judge}"), "name": "模拟裁判", "kind": "scoring", "unit": "", "retired": false});
        judges.push(ask(&app, "judges.save", json!({"competition": id, "id": null, "judge": judge})).await);
    }
    let mut panel = place.clone();
    (panel["panel"], panel["members"], panel["reason"]) = (json!("judges"), Value::from(judges), json!(""));
    ask(&app, "panels.set", panel).await;
    let labels: Vec<String> = labels(&list);
    for item in 1..=ITEMS {
        let mut marks = "entry,item,judge,value\n".to_owned();
        for (row, label) in labels.iter().enumerate() {
            for judge in 1..=JUDGES {
                let half_points = (row * 7 + item * 3 + judge * 5) % 11;
                writeln!(marks, "{label},P{item:02},J{judge},{}.{}", half_points / 2, half_points % 2 * 5).unwrap();
            }
        }
        import(&app, "marks", &place, &format!("marks-{item}.csv"), &marks).await;
    }
    (id.as_str().unwrap().to_owned(), place)
}

fn labels(list: &Value) -> Vec<String> {
    let rows = list["rows"].as_array().unwrap();
    rows.iter().map(|row| row["number"].as_str().unwrap().to_owned()).collect()
}

/// The middle one, in seconds, of how long it takes to open the folder and the competition, and then to show its standings.
async fn opened(folder: &Path, place: &Value) -> (f64, f64) {
    let (mut opens, mut standings) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let started = Instant::now();
        let app = open(folder).await;
        ask(&app, "competition.settings", json!({"competition": place["competition"]})).await;
        opens.push(started.elapsed().as_secs_f64());
        let started = Instant::now();
        ask(&app, "standings.show", place.clone()).await;
        standings.push(started.elapsed().as_secs_f64());
    }
    (middle(opens), middle(standings))
}

fn middle(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

#[tokio::main]
async fn main() {
    let folder = match std::env::args_os().nth(1) {
        Some(within) => tempfile::tempdir_in(within).unwrap(),
        None => tempfile::tempdir().unwrap(),
    };
    if cfg!(debug_assertions) {
        println!("a debug build: build with --profile measured for numbers that count");
    }
    let (id, place) = fill(folder.path()).await;
    let with = opened(folder.path(), &place).await;
    let scope = id.parse().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let (mut reads, mut records) = (Vec::new(), 0);
    for _ in 0..RUNS {
        let started = Instant::now();
        records = store.read(scope).await.unwrap().len();
        reads.push(started.elapsed().as_secs_f64());
    }
    store.snapshot_drop(scope).await.unwrap();
    store.close().await.unwrap();
    let without = opened(folder.path(), &place).await;
    println!("facts                        {records}");
    let verdict = |seconds: f64, limit: f64| if seconds <= limit { "within" } else { "over" };
    println!("open with a snapshot         {:7.3} s", with.0);
    println!("limit                        {LIMIT_WITH:7.3} s   {}", verdict(with.0, LIMIT_WITH));
    println!("open without a snapshot      {:7.3} s", without.0);
    println!("limit                        {LIMIT_WITHOUT:7.3} s   {}", verdict(without.0, LIMIT_WITHOUT));
    println!("peer: its records alone      {:7.3} s   (read and opened, nothing folded)", middle(reads));
    println!("first standings after that   {:7.3} s   ({ENTRIES} entries x {ITEMS} items x {JUDGES} judges)", with.1);
}
