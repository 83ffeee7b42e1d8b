//! How many records a second a store takes in with full verification, beside bare inserts of the same bytes into the same columns and indexes,
//! with the same records to a commit and the same number of connections.
//!
//! `cargo run --profile measured -p jiangsai-store --example bench_ingest [records]`
#![allow(clippy::unwrap_used, clippy::panic, clippy::float_arithmetic, reason = "a measurement, not the product")]
#![allow(unused_crate_dependencies, reason = "the dependencies of the tests")]

mod bare;
#[path = "../desk/mod.rs"]
mod desk;
#[path = "../../tests/store/server.rs"]
mod server;

use bare::Bare;
use desk::{AT, Desk};
use jiangsai_ledger::replication::{Batch, Push};
use jiangsai_ledger::{Class, ScopeId};
use jiangsai_store::{Ingested, NewFact, Store};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Records of each row of the table.
const RECORDS: usize = 40_000;
/// What the store must reach of bare inserts.
const LIMIT: f64 = 0.5;
/// Both take turns of so many records, so that they meet the same disk.
const TURNS: usize = 8;
const DESKS: usize = 64;

/// How records come: so many in a push, which is a commit of the bare inserts; so many nodes at once, on as many connections.
const WAYS: [(usize, usize); 2] = [(256, 1), (4, 8)];

#[tokio::main]
async fn main() {
    let records = std::env::args().nth(1).map_or(RECORDS, |text| text.parse().unwrap());
    if cfg!(debug_assertions) {
        println!("a debug build: build with --profile measured for numbers that count");
    }
    println!("{records} records of {DESKS} desks in each row; both in turns");
    verification();
    let server = server::Server::start();
    let mut worst = f64::INFINITY;
    for (size, nodes) in WAYS {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("store")).await.unwrap();
        let bare = Bare::sqlite(folder.path()).await;
        worst = worst.min(compare("SQLite    ", store, bare, (records, size, nodes)).await);
        let Some(server) = &server else { continue };
        let (own, other) =
            (server.database(&format!("own{size}")).await, server.database(&format!("bare{size}")).await);
        let store = Store::open_postgres(&own, &folder.path().join("node")).await.unwrap();
        let bare = Bare::postgres(&other, nodes).await;
        worst = worst.min(compare("PostgreSQL", store, bare, (records, size, nodes)).await);
    }
    if server.is_none() {
        println!("not measured: PostgreSQL, which JIANGSAI_PG_BIN does not name");
    }
    println!("limit       {LIMIT:.2} of bare inserts     {}", if worst >= LIMIT { "within" } else { "over" });
}

/// What verifying alone takes, on one thread.
fn verification() {
    let scope = ScopeId::new(jiangsai_ledger::Hash::of(b"scope"));
    for (size, _) in WAYS {
        let mut desk = Desk::open(scope, 1, 1);
        let first = desk.push(0);
        let key = jiangsai_ledger::replication::key_of(scope, first.log, &first.records[0].record()).unwrap();
        let pushes: Vec<Push> = (0..8_192 / size).map(|_| desk.push(size)).collect();
        let started = Instant::now();
        for push in &pushes {
            Batch::verify(push, Some(key)).unwrap();
        }
        let each = started.elapsed().as_secs_f64() / 8_192.0;
        println!("verifying alone        {size:4} a push                 {:9.0} records/s", 1.0 / each);
    }
}

/// Lets both take the same records; what part of the speed of bare inserts the store reaches.
async fn compare(name: &str, store: Store, bare: Bare, (records, size, nodes): (usize, usize, usize)) -> f64 {
    let founder = NewFact {
        class: Class::Trust,
        audience: "public".to_owned(),
        actor: "operator".to_owned(),
        kind: "competition.founded".to_owned(),
        version: 1,
        replaces: Vec::new(),
        reason: String::new(),
        fact: serde_json::json!({}),
    };
    let (scope, _) = store.create_scope(founder, Vec::new(), AT).await.unwrap();
    let mut desks: Vec<Desk> = (0..DESKS as u64).map(|number| Desk::open(scope, number, 10)).collect();
    let (store, bare) = (Arc::new(store), Arc::new(bare));
    for desk in &mut desks {
        store.ingest(&desk.push(0)).await.unwrap();
    }
    let (mut own, mut other, mut accepted) = (Duration::ZERO, Duration::ZERO, 0);
    for _ in 0..TURNS {
        let pushes: Vec<Push> = (0..records / TURNS / size).map(|at| desks[at % DESKS].push(size)).collect();
        let rows = bare::rows(&pushes, &mut accepted);
        own += take(Arc::clone(&store), pushes, nodes).await;
        other += bare.insert_all(rows, nodes).await;
    }
    let total = records / TURNS / size * size * TURNS;
    let expected = total as u64 + DESKS as u64 + 2;
    assert_eq!(store.head(scope).await.unwrap(), expected, "every record was taken once");
    let per_second = |time: Duration| total as f64 / time.as_secs_f64();
    let (own, other) = (per_second(own), per_second(other));
    println!("{name} with verification  {size:4} a push, {nodes} at once     {own:9.0} records/s");
    println!(
        "{name} bare inserts       {size:4} a commit, {nodes} at once   {other:9.0} records/s   {:.2}",
        own / other
    );
    own / other
}

/// So many nodes push at once, each its next when the last is answered.
async fn take(store: Arc<Store>, pushes: Vec<Push>, nodes: usize) -> Duration {
    let waiting = Arc::new(Mutex::new(VecDeque::from(pushes)));
    let started = Instant::now();
    let tasks: Vec<_> = (0..nodes)
        .map(|_| {
            let (store, waiting) = (Arc::clone(&store), Arc::clone(&waiting));
            tokio::spawn(async move {
                loop {
                    let Some(push) = waiting.lock().unwrap().pop_front() else { return };
                    loop {
                        match store.ingest(&push).await.unwrap() {
                            Ingested::Held { new } if new == push.records.len() => break,
                            // The one before of this desk is still under way.
                            Ingested::Gap { .. } => tokio::task::yield_now().await,
                            other => panic!("{other:?}"),
                        }
                    }
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    started.elapsed()
}
