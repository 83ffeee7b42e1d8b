//! How long a hall stands still when its host is gone: until every desk is received by the computer that stood by, from the click; and until the
//! hall is back on another computer, from a stick.
//!
//! `cargo xtask bench hall`; `JIANGSAI_BENCH_DESKS` and `JIANGSAI_BENCH_RECORDS` make it smaller, `JIANGSAI_BENCH_WHOLE` says how many desks are whole
//! programs.
#![allow(clippy::unwrap_used, clippy::panic, clippy::float_arithmetic, reason = "a measurement, not the product")]
#![allow(unused_crate_dependencies, reason = "the dependencies of the library")]

#[path = "../../../store/examples/desk/mod.rs"]
mod desk;
#[path = "../bench_load/door.rs"]
mod door;
#[allow(dead_code, reason = "shared with tests, which use more of it")]
#[path = "../../tests/standby/hall.rs"]
mod hall;
mod light;
#[allow(dead_code, reason = "shared with measurements that use more of it")]
#[path = "../serving/mod.rs"]
mod serving;
mod standby;

use door::Door;
use hall::{Desk, Served, enter, listen_again};
use jiangsai_store::Store;
use light::Light;
use serde_json::{Value, json};
use serving::{Usage, program};
use standby::Standby;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// Desks of a hall, at most; and how many of them are whole programs.
const DESKS: usize = 200;
const WHOLE: usize = 20;
/// Longer is not waited for a desk.
const PATIENCE: Duration = Duration::from_secs(90);
/// Desks that come back after the stick: each has to have all of the records first.
const BACK: usize = 3;
/// Records of the hall that comes from a stick.
const RECORDS: usize = 100_000;
/// Desks that wrote them.
const OTHERS: usize = 20;
const PUSH: usize = 50;
/// Seconds from the click to the last desk.
const TAKEN_OVER: f64 = 10.0;
/// Seconds from the stick to the last desk.
const BROUGHT_BACK: f64 = 300.0;

fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap())
}

fn line(what: &str, seconds: f64, limit: f64) {
    println!("{what:16} {seconds:7.1} s");
    println!("limit            {limit:7.1} s   {}", if seconds <= limit { "within" } else { "over" });
}

/// A competition made at a desk; its id and its first event.
async fn found(desk: &Desk) -> (String, String) {
    let create = json!({"title": "模拟", "event": "", "from": "sample"});
    let competition = desk.call("competitions.create", create).await.as_str().unwrap().to_owned();
    let home = desk.call("competition.home", json!({"competition": competition})).await;
    (competition, home["events"][0][0].as_str().unwrap().to_owned())
}

/// Everything is received above.
fn received(state: &Value) -> bool {
    state["trouble"].is_null() && state["competitions"][0]["not_at_upstream"] == 0
}

async fn all(desks: &[Desk], what: &str, wanted: impl Fn(&Value) -> bool) {
    for desk in desks {
        desk.until(what, "sync.status", json!({}), &wanted).await;
    }
}

/// Hub killed in the middle of marking, so that some of what it had reached some desks and not the standby; desks go on writing; then one click.
/// Some desks are whole programs, the others only send and pull: `light` says why.
async fn takeover(folder: &Path, (whole, light): (usize, usize)) {
    let place = folder.join("hub");
    let key = light::enrol(&place, light as u64).await;
    let arguments = ["--pair", &whole.to_string(), "--pair-standby", "--connections-per-address", "4096"];
    let hub = Served::start(&place, "127.0.0.1:0", &arguments, whole + 1);
    let mut standby = Standby::start();
    let mut desks = Vec::new();
    for _ in 0..whole {
        desks.push(Desk::open().await);
    }
    let (competition, event) = found(&desks[0]).await;
    let mut codes = hub.codes.iter().rev();
    standby.call("sync.connect", json!({"url": hub.url, "code": codes.next()}));
    for (desk, code) in desks.iter().zip(codes) {
        desk.call("sync.connect", json!({"url": hub.url, "code": code})).await;
    }
    let saved = desks[0].saved().await;
    let ready = |state: &Value| {
        received(state) && state["has_standby"] == true && state["competitions"][0]["saved"].as_u64() >= Some(saved)
    };
    all(&desks, "everybody has it and knows of the standby", ready).await;
    let named = |view: &Value| view["own"]["nodes"].as_array().is_some_and(|nodes| nodes.len() == whole + light);
    standby.until("hub.standby", json!({}), named).await;
    let (mut others, scope) = (Vec::new(), competition.parse().unwrap());
    for number in 0..light as u64 {
        others.push(Light::open(number, Door::new(&hub.url, key), scope, saved + 1).await);
    }
    let there = match others.first_mut() {
        Some(first) => first.pull_all().await,
        None => (BTreeMap::new(), saved),
    };
    let holds = |standby: &mut Standby| standby.call("sync.status", json!({}))["competitions"][0]["saved"].as_u64();
    standby.until("sync.status", json!({}), |state| state["competitions"][0]["saved"].as_u64() >= Some(there.1)).await;
    for (desk, number) in desks.iter().zip(60_000..) {
        enter(desk, &competition, &event, &number.to_string()).await;
    }
    all(&desks, "the hub has what was marked until then", received).await;
    let to = match others.first_mut() {
        Some(first) => first.standby().await,
        None => None,
    };
    hub.kill();
    let held = holds(&mut standby).unwrap();
    for (desk, number) in desks.iter().zip(70_000..) {
        enter(desk, &competition, &event, &number.to_string()).await;
    }
    let mut receipts = JoinSet::new();
    let mut running = JoinSet::new();
    for mut one in others {
        one.holds(there.0.clone());
        let (sender, receipt) = oneshot::channel();
        let (url, key) = to.as_ref().unwrap();
        running.spawn(one.goes_on(Door::new(url, *key), sender));
        receipts.spawn(receipt);
    }
    standby.until("hub.standby", json!({}), |view| view["own"]["hub_answers"] == false).await;
    let before = (standby.usage().processor, Usage::of("self").processor);
    let clicked = Instant::now();
    standby.call("hub.take_over", json!({}));
    // The one after the other: asking all of them all the time would take its share of what is measured.
    all(&desks, "it goes on at the standby", |state| state["at_standby"] == true && received(state)).await;
    while let Some(receipt) = timeout(PATIENCE, receipts.join_next()).await.unwrap() {
        receipt.unwrap().unwrap();
    }
    let took = clicked.elapsed().as_secs_f64();
    let after = (standby.usage().processor, Usage::of("self").processor);
    println!(
        "taking over: {} desks that wrote while the host was gone, received by the standby; {whole} are whole programs, {light} only send and pull",
        whole + light
    );
    // Each wrote two of them afterwards.
    let marked = holds(&mut standby).unwrap() - 2 * (whole + light) as u64;
    println!("lacking there    {:7} of the {marked} records that the host held", marked - held);
    println!("processor        {:7.1} s of the standby, {:.1} s of all desks", after.0 - before.0, after.1 - before.1);
    line("from the click", took, TAKEN_OVER);
}

/// `jiangsai-hq` with these arguments, to its end.
fn run(task: &str, data: &Path, way: &str, place: &Path) {
    let status = Command::new(program()).args([task, way]).arg(place).arg("--data").arg(data).status().unwrap();
    assert!(status.success(), "{task}");
}

/// The host and its disk gone; then a stick in another computer.
async fn stick(folder: &Path, records: usize) {
    let (data, other, stick) = (folder.join("lost"), folder.join("other"), folder.join("stick"));
    std::fs::create_dir(&stick).unwrap();
    let hub = Served::start(&data, "127.0.0.1:0", &["--pair", &BACK.to_string()], BACK);
    let mut desks = Vec::new();
    for _ in 0..BACK {
        desks.push(Desk::open().await);
    }
    let (competition, event) = found(&desks[0]).await;
    for (desk, code) in desks.iter().zip(&hub.codes) {
        desk.call("sync.connect", json!({"url": hub.url, "code": code})).await;
    }
    all(&desks, "the hub has it", |state| received(state) && state["competitions"][0]["saved"].as_u64() > Some(0))
        .await;
    let listen = hub.listen();
    hub.kill();
    let store = Store::open(&data).await.unwrap();
    desk::fill(&store, competition.parse().unwrap(), records, OTHERS, PUSH).await;
    store.close().await.unwrap();
    let hub = listen_again(&data, &listen).await;
    let begun = Instant::now();
    for desk in &desks {
        while desk.saved().await < records as u64 {
            assert!(begun.elapsed() < Duration::from_secs(3_600), "the desks get it");
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }
    hub.kill();
    run("backup", &data, "--to", &stick);
    std::fs::remove_dir_all(&data).unwrap();
    for (desk, number) in desks.iter().zip(70_000..) {
        enter(desk, &competition, &event, &number.to_string()).await;
    }
    let put_in = Instant::now();
    run("restore", &other, "--from", &stick);
    let _hub = listen_again(&other, &listen).await;
    all(&desks, "the desks are back by themselves", received).await;
    println!("from a stick: {records} records, {BACK} desks that wrote while the host was gone, received again");
    line("from the stick", put_in.elapsed().as_secs_f64(), BROUGHT_BACK);
}

#[tokio::main]
async fn main() {
    if std::env::args().nth(1).as_deref() == Some(standby::TASK) {
        return standby::main().await;
    }
    if cfg!(debug_assertions) {
        println!("a debug build: build with --profile measured for numbers that count");
    }
    let folder = tempfile::tempdir().unwrap();
    let (desks, whole) = (number("JIANGSAI_BENCH_DESKS", DESKS), number("JIANGSAI_BENCH_WHOLE", WHOLE));
    takeover(folder.path(), (whole.min(desks), desks.saturating_sub(whole))).await;
    stick(folder.path(), number("JIANGSAI_BENCH_RECORDS", RECORDS)).await;
}
