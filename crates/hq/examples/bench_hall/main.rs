//! How long a hall stands still when its host is gone: until every desk is received by the computer that stood by, from the click; and until the
//! hall is back on another computer, from a stick.
//!
//! `cargo xtask bench hall`; `JIANGSAI_BENCH_DESKS` and `JIANGSAI_BENCH_RECORDS` make it smaller.
#![allow(clippy::unwrap_used, clippy::panic, clippy::float_arithmetic, reason = "a measurement, not the product")]
#![allow(unused_crate_dependencies, reason = "the dependencies of the library")]

#[path = "../../../store/examples/desk/mod.rs"]
mod desk;
#[allow(dead_code, reason = "shared with tests, which use more of it")]
#[path = "../../tests/standby/hall.rs"]
mod hall;
#[allow(dead_code, reason = "shared with measurements that use more of it")]
#[path = "../serving/mod.rs"]
mod serving;
mod standby;

use hall::{Desk, Served, enter, listen_again};
use jiangsai_store::Store;
use serde_json::{Value, json};
use serving::{Usage, program};
use standby::Standby;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// Desks of a hall, at most.
const DESKS: usize = 200;
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

/// Hub killed, desks writing; then one click.
async fn takeover(folder: &Path, count: usize) {
    let hub =
        Served::start(&folder.join("hub"), "127.0.0.1:0", &["--pair", &count.to_string(), "--pair-standby"], count + 1);
    let mut standby = Standby::start();
    let mut desks = Vec::new();
    for _ in 0..count {
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
    let named = |view: &Value| view["own"]["nodes"].as_array().is_some_and(|nodes| nodes.len() == count);
    standby.until("hub.standby", json!({}), named).await;
    hub.kill();
    for (desk, number) in desks.iter().zip(70_000..) {
        enter(desk, &competition, &event, &number.to_string()).await;
    }
    standby.until("hub.standby", json!({}), |view| view["own"]["hub_answers"] == false).await;
    let before = (standby.usage().processor, Usage::of("self").processor);
    let clicked = Instant::now();
    standby.call("hub.take_over", json!({}));
    // The one after the other: asking all of them all the time would take its share of what is measured.
    all(&desks, "it goes on at the standby", |state| state["at_standby"] == true && received(state)).await;
    let took = clicked.elapsed().as_secs_f64();
    let after = (standby.usage().processor, Usage::of("self").processor);
    println!(
        "taking over: {count} desks, all in one process, that wrote while the host was gone, received by the standby"
    );
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
    takeover(folder.path(), number("JIANGSAI_BENCH_DESKS", DESKS)).await;
    stick(folder.path(), number("JIANGSAI_BENCH_RECORDS", RECORDS)).await;
}
