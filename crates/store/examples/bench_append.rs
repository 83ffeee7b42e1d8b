//! How long a durable mark takes, against a bare durable insert of the same bytes; and reading 100,000 facts back.
//!
//! `cargo run --profile measured -p jiangsai-store --example bench_append [folder]`: the folder decides which disk is measured.
#![allow(clippy::unwrap_used, clippy::panic, clippy::float_arithmetic, reason = "a measurement, not the product")]
#![allow(unused_crate_dependencies, reason = "the dependencies of the tests")]

use jiangsai_ledger::Class;
use jiangsai_store::{NewFact, Store};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{self, ConnectOptions as _, Connection as _, Row as _, SqliteConnection};
use std::path::Path;
use std::time::{Duration, Instant};

const MARKS: usize = 1_000;
const FACTS: usize = 100_000;
/// Facts of one append while the large ledger is filled.
const BATCH: usize = 5_000;
/// What a durable mark may take more than a bare insert, in milliseconds at p95.
const LIMIT: f64 = 0.4;
const AT: i64 = 1_760_000_000_000;

fn mark(number: usize) -> NewFact {
    NewFact {
        class: Class::Mark,
        audience: "scoring".into(),
        actor: "operator".into(),
        kind: "mark.set".into(),
        version: 1,
        replaces: Vec::new(),
        reason: String::new(),
        fact: serde_json::json!({ "entry": format!("E{number:05}"), "item": "P1", "value": "17.5" }),
    }
}

async fn bare(dir: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new()
        .filename(dir.join("bare.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("fullfsync", if cfg!(target_os = "macos") { "1" } else { "0" })
        .disable_statement_logging();
    let mut connection = options.connect().await.unwrap();
    let table = "CREATE TABLE mark (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL)";
    sqlx::query(table).execute(&mut connection).await.unwrap();
    connection
}

/// What the store wrote for a record.
async fn written(reader: &mut SqliteConnection, hash: &[u8]) -> Vec<u8> {
    let query = "SELECT hash, scope, log, header, salt, body, signature FROM record WHERE hash = ?";
    let row = sqlx::query(query).bind(hash).fetch_one(reader).await.unwrap();
    (0..row.len()).flat_map(|column| row.get::<Vec<u8>, _>(column)).collect()
}

async fn insert(connection: &mut SqliteConnection, number: usize, bytes: &[u8]) {
    sqlx::query("BEGIN IMMEDIATE").execute(&mut *connection).await.unwrap();
    let row = sqlx::query("INSERT INTO mark (number, bytes) VALUES (?, ?)");
    row.bind(i64::try_from(number).unwrap()).bind(bytes).execute(&mut *connection).await.unwrap();
    sqlx::query("COMMIT").execute(&mut *connection).await.unwrap();
}

/// The value below which so many of a hundred lie, in milliseconds.
fn percentile(times: &mut [Duration], percent: usize) -> f64 {
    times.sort_unstable();
    times[(times.len() * percent / 100).min(times.len() - 1)].as_secs_f64() * 1_000.0
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
    let store = Store::open(&folder.path().join("store")).await.unwrap();
    let founder = NewFact { class: Class::Trust, kind: "competition.founded".into(), ..mark(0) };
    let (scope, _) = store.create_scope(founder.clone(), Vec::new(), AT).await.unwrap();
    let mut connection = bare(folder.path()).await;
    let database = store.dir().join("jiangsai.db");
    let mut reader = SqliteConnectOptions::new().filename(database).read_only(true).connect().await.unwrap();

    // In turns, so that both meet the same disk. The first hundred warm it up.
    let (mut durable, mut plain) = (Vec::new(), Vec::new());
    for number in 0..MARKS + 100 {
        let fact = mark(number);
        let started = Instant::now();
        let answer = store.append(scope, vec![fact], AT).await.unwrap();
        let stored = started.elapsed();
        let bytes = written(&mut reader, answer[0].hash.bytes()).await;
        let started = Instant::now();
        insert(&mut connection, number, &bytes).await;
        if number >= 100 {
            durable.push(stored);
            plain.push(started.elapsed());
        }
    }
    connection.close().await.unwrap();
    reader.close().await.unwrap();
    let (mark_50, mark_95) = (percentile(&mut durable, 50), percentile(&mut durable, 95));
    let (bare_50, bare_95) = (percentile(&mut plain, 50), percentile(&mut plain, 95));
    let verdict = if mark_95 - bare_95 <= LIMIT { "within" } else { "over" };
    println!("durable mark  p50 {mark_50:7.3} ms   p95 {mark_95:7.3} ms   ({MARKS} appends of one fact)");
    println!("bare insert   p50 {bare_50:7.3} ms   p95 {bare_95:7.3} ms   (the same bytes, WAL, synchronous=FULL)");
    println!("difference    p50 {:7.3} ms   p95 {:7.3} ms", mark_50 - bare_50, mark_95 - bare_95);
    println!("limit                            p95 {LIMIT:7.3} ms   {verdict}");

    let (large, _) = store.create_scope(founder, Vec::new(), AT).await.unwrap();
    for batch in 0..FACTS / BATCH {
        let facts = (batch * BATCH..(batch + 1) * BATCH).map(mark).collect();
        store.append(large, facts, AT).await.unwrap();
    }
    let started = Instant::now();
    let read = store.read(large).await.unwrap();
    println!("reading back  {:7.3} s    ({} records)", started.elapsed().as_secs_f64(), read.len());
    store.close().await.unwrap();
}
