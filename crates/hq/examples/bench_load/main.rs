//! A headquarters under load: enrolled desks of one competition send records at moments that were drawn beforehand, whether or not it keeps
//! up, while some of them pull everything. Nothing may be lost or doubled; the time counts from the moment a record was to be sent.
//!
//! `cargo xtask bench load`; `JIANGSAI_BENCH_SECONDS` makes it shorter. The desks are a process of their own.
#![allow(clippy::unwrap_used, clippy::panic, clippy::float_arithmetic, reason = "a measurement, not the product")]
#![allow(unused_crate_dependencies, reason = "the dependencies of the library")]

#[path = "../../../store/examples/desk/mod.rs"]
mod desk;
mod door;
mod generate;
#[path = "../serving/mod.rs"]
#[allow(dead_code, reason = "shared with another measurement, which uses more of it")]
mod serving;

use generate::{Load, Said};
use jiangsai_app::App;
use jiangsai_app::host::SystemHost;
use jiangsai_domain::pairing::PairingCode;
use jiangsai_ledger::{Hash, LogId, ScopeId, SigningKey};
use jiangsai_store::Store;
use serde_json::{Value, json};
use serving::{Serving, Usage};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

const DESKS: u64 = 1_000;
const PULLING: u64 = 200;
/// Records a second.
const RATE: f64 = 400.0;
const SECONDS: u64 = 250;
/// Milliseconds at p99 from the moment a batch was to be sent to its receipt.
const LIMIT: f64 = 250.0;
/// MiB that the server may take at most, with the state of the competition in memory.
const MEMORY: u64 = 1_024;

/// The key that a desk asks with.
fn key(desk: u64) -> SigningKey {
    SigningKey::from_bytes(Hash::of(format!("node {desk}").as_bytes()).bytes())
}

/// Founds the competition and lets the desks in; the key of headquarters and the competition.
async fn enrol(data: &Path) -> (Hash, ScopeId) {
    let app = App::open(data, Arc::new(SystemHost::new(None))).await.unwrap();
    let ask = async |name: &str, payload: Value| app.dispatch(name, payload, None).await.unwrap();
    let create = json!({"title": "模拟", "event": "", "from": "sample"});
    let id = ask("competitions.create", create).await;
    let mut headquarters = Hash::ZERO;
    for desk in 0..DESKS {
        let code = ask("sync.pairing_code", json!({})).await;
        let key = Hash::from_bytes(key(desk).verifying_key().as_bytes()).unwrap();
        let secret = PairingCode::read(code.as_str().unwrap()).unwrap().secret();
        let who = json!({"code": secret, "key": key, "name": format!("desk {desk}")}).to_string();
        let welcome = app.answer_node("pair", None, None, who.as_bytes()).await.unwrap();
        let welcome: Value = serde_json::from_slice(&welcome.body).unwrap();
        headquarters = welcome["key"].as_str().unwrap().parse().unwrap();
    }
    (headquarters, id.as_str().unwrap().parse().unwrap())
}

#[tokio::main]
async fn main() {
    if std::env::args().nth(1).as_deref() == Some("generate") {
        return generate::main().await;
    }
    let seconds = std::env::var("JIANGSAI_BENCH_SECONDS").map_or(SECONDS, |text| text.parse().unwrap());
    if cfg!(debug_assertions) {
        println!("a debug build: build with --profile measured for numbers that count");
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("hq");
    let (headquarters, scope) = enrol(&data).await;
    let before = Store::open(&data).await.unwrap();
    let there = before.head(scope).await.unwrap();
    before.close().await.unwrap();

    // All desks come from one address here.
    let server = Serving::start(&data, 0, &["--connections-per-address", "4096"]);
    let (url, receipts) = (server.url.clone(), folder.path().join("receipts"));
    let load = Load { url, headquarters, scope, desks: DESKS, pulling: PULLING, rate: RATE, seconds, order: there + 1 };
    println!(
        "{DESKS} desks, {RATE} records/s in batches of 1 to 5 for {seconds} s{}, {PULLING} desks pull every 2 s, each listens for changes, TLS 1.3, SQLite with fsync",
        if seconds == SECONDS { String::new() } else { format!(" (shortened from {SECONDS})") }
    );
    let mut generator = Command::new(std::env::current_exe().unwrap())
        .arg("generate")
        .arg(serde_json::to_string(&load).unwrap())
        .arg(&receipts)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    let mut samples = Vec::new();
    while generator.try_wait().unwrap().is_none() {
        samples.push(server.usage());
        tokio::time::sleep(Duration::from_secs(seconds.div_ceil(20).max(1))).await;
    }
    let (usage, took) = (server.usage(), begun.elapsed().as_secs_f64());
    server.stop();
    let said = std::io::read_to_string(generator.stdout.take().unwrap()).unwrap();
    let said: Said = serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}"));
    report(&said, &samples, usage, took);
    check(&data, scope, there, &said, &receipts).await;
}

fn report(said: &Said, samples: &[Usage], usage: Usage, took: f64) {
    let [p50, p90, p99, most] = said.milliseconds;
    println!("batches {}, records {}, asked again {}", said.batches, said.records, said.again);
    println!("to the receipt   p50 {p50:8.1} ms   p90 {p90:8.1} ms   p99 {p99:8.1} ms   at most {most:8.1} ms");
    println!("limit            p99 {LIMIT:8.1} ms   {}", if p99 <= LIMIT { "within" } else { "over" });
    println!(
        "pulled           {} answers, {:.1} MB/s, {} records",
        said.pulls,
        said.pulled_bytes as f64 / 1e6 / took,
        said.pulled
    );
    println!("heard            {} words on {} streams that lasted", said.words, said.streams);
    let busy = |processor: f64| 100.0 * processor / took;
    println!(
        "processor        server {:5.1} %   generator {:5.1} % of one core",
        busy(usage.processor),
        busy(said.processor)
    );
    let memory: Vec<String> = samples.iter().map(|sample| sample.memory.to_string()).collect();
    println!("server memory    {} MiB over time", memory.join(" "));
    let within = if usage.peak <= MEMORY { "within" } else { "over" };
    println!("peak             {:5} MiB, limit {MEMORY} MiB   {within}", usage.peak);
}

/// Everything that was receipted is there, once, and verifies.
async fn check(data: &Path, scope: ScopeId, there: u64, said: &Said, receipts: &Path) {
    let store = Store::open(data).await.unwrap();
    let receipts: Vec<(LogId, u64, Hash)> = serde_json::from_str(&std::fs::read_to_string(receipts).unwrap()).unwrap();
    assert!(store.stands(scope, &receipts).await.unwrap(), "a record that was receipted is not there");
    let report = store.verify_scope(scope).await.unwrap();
    assert_eq!(said.streams, DESKS, "a stream of changes ended");
    assert_eq!(report.fault, None, "what is there verifies");
    assert_eq!(report.records, there + said.records, "each record is there, and once");
    println!("verified         {} records, {} of them receipted: none lost, none twice", report.records, said.records);
    store.close().await.unwrap();
}
