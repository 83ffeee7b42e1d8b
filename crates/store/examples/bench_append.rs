//! What a durable mark costs: `Store::append` of one fact beside a bare insert of the same bytes into SQLite, both with a full
//! sync of the write-ahead log, in turns in the same run.
//!
//! `cargo run --release -p jiangsai-store --example bench_append [FOLDER] [MARKS]`. The folder decides which disk is measured.
#![allow(clippy::print_stdout, reason = "its result is what it prints")]

use jiangsai_ledger::Class;
use jiangsai_store::{NewFact, Store, StoreError};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sea_orm::sqlx::{ConnectOptions as _, query, query_as};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How much more than the bare insert an append may take, at the 95th percentile.
const LIMIT: Duration = Duration::from_micros(400);
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
        fact: serde_json::json!({ "entry": format!("E{number:05}"), "item": "P1", "judge": "J1", "value": "17.5" }),
    }
}

/// Header, salt and body: the bytes of a record.
type Bytes = (Vec<u8>, Vec<u8>, Vec<u8>);

/// The bytes of the newest record, read past the store.
async fn newest(database: &Path) -> Result<Bytes, StoreError> {
    let options = SqliteConnectOptions::new().filename(database).read_only(true).disable_statement_logging();
    let pool = SqlitePool::connect_with(options).await?;
    let bytes = query_as("SELECT header, salt, body FROM record ORDER BY ord DESC LIMIT 1").fetch_one(&pool).await?;
    pool.close().await;
    Ok(bytes)
}

/// A database with one table and nothing else, synced as the store's is.
async fn bare(path: &Path) -> Result<SqlitePool, StoreError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("fullfsync", if cfg!(target_os = "macos") { "1" } else { "0" })
        .disable_statement_logging();
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    query("CREATE TABLE bare (header BLOB, salt BLOB, body BLOB)").execute(&pool).await?;
    Ok(pool)
}

/// The value that so many of a hundred are not above.
fn percentile(sorted: &[Duration], of_hundred: usize) -> Duration {
    let place = (sorted.len() * of_hundred).div_ceil(100).saturating_sub(1);
    sorted.get(place).copied().unwrap_or_default()
}

fn line(name: &str, p50: Duration, p95: Duration) {
    println!("{name:<14} p50 {:>6} µs   p95 {:>6} µs", p50.as_micros(), p95.as_micros());
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), StoreError> {
    let mut arguments = std::env::args_os().skip(1);
    let parent = arguments.next().map_or_else(std::env::temp_dir, PathBuf::from);
    let marks = arguments.next().and_then(|text| text.to_str()?.parse().ok()).unwrap_or(2_000);
    let folder = tempfile::tempdir_in(parent)?;
    let store = Store::open(folder.path()).await?;
    let founder = NewFact { kind: "competition.founded".into(), ..mark(0) };
    let (scope, _) = store.create_scope(founder, vec![mark(0)], AT).await?;
    let (header, salt, body) = newest(&folder.path().join("jiangsai.db")).await?;
    let pool = bare(&folder.path().join("bare.db")).await?;
    let (mut appends, mut inserts) = (Vec::new(), Vec::new());
    for number in 0..marks {
        // In turns, so that whatever else the disk is doing falls on both alike.
        let begun = Instant::now();
        store.append(scope, vec![mark(number)], AT).await?;
        appends.push(begun.elapsed());
        let insert = query("INSERT INTO bare VALUES (?, ?, ?)").bind(&header).bind(&salt).bind(&body);
        let begun = Instant::now();
        insert.execute(&pool).await?;
        inserts.push(begun.elapsed());
    }
    pool.close().await;
    store.close().await?;
    appends.sort_unstable();
    inserts.sort_unstable();
    let at = |of_hundred| (percentile(&appends, of_hundred), percentile(&inserts, of_hundred));
    let ((append50, insert50), (append95, insert95)) = (at(50), at(95));
    println!("{marks} marks of {} bytes", header.len() + salt.len() + body.len());
    line("append", append50, append95);
    line("bare insert", insert50, insert95);
    line("difference", append50.saturating_sub(insert50), append95.saturating_sub(insert95));
    let within = append95.saturating_sub(insert95) <= LIMIT;
    println!("limit at p95 {} µs: {}", LIMIT.as_micros(), if within { "kept" } else { "exceeded" });
    Ok(())
}
