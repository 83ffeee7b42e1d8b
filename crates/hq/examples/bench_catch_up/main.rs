//! How long a new node takes to catch up with a competition of a million records: a hub that was just connected, and headquarters, each a
//! process of its own.
//!
//! `cargo xtask bench catch-up`; `JIANGSAI_BENCH_RECORDS` makes it smaller.
#![allow(clippy::unwrap_used, clippy::panic, clippy::float_arithmetic, reason = "a measurement, not the product")]
#![allow(unused_crate_dependencies, reason = "the dependencies of the library")]

#[path = "../../../store/examples/desk/mod.rs"]
mod desk;
#[path = "../serving/mod.rs"]
#[allow(dead_code, reason = "shared with another measurement, which uses more of it")]
mod serving;

use jiangsai_app::App;
use jiangsai_app::host::SystemHost;
use jiangsai_ledger::ScopeId;
use jiangsai_store::Store;
use serde_json::json;
use serving::Serving;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

const RECORDS: usize = 1_000_000;
const DESKS: usize = 1_000;
/// Records of a push while headquarters is filled.
const PUSH: usize = 50;

/// A competition of so many records, those of the desks in turns as they come from a hall.
async fn fill(data: &Path, records: usize) -> (ScopeId, u64) {
    let app = App::open(data, Arc::new(SystemHost::new(None))).await.unwrap();
    let create = json!({"title": "模拟", "event": "", "from": "sample"});
    let id = app.dispatch("competitions.create", create, None).await.unwrap();
    drop(app);
    let scope: ScopeId = id.as_str().unwrap().parse().unwrap();
    let store = Store::open(data).await.unwrap();
    desk::fill(&store, scope, records, DESKS, PUSH).await;
    let head = store.head(scope).await.unwrap();
    store.close().await.unwrap();
    (scope, head)
}

#[tokio::main]
async fn main() {
    let records = std::env::var("JIANGSAI_BENCH_RECORDS").map_or(RECORDS, |text| text.parse().unwrap());
    if cfg!(debug_assertions) {
        println!("a debug build: build with --profile measured for numbers that count");
    }
    let folder = tempfile::tempdir().unwrap();
    let (above, below) = (folder.path().join("hq"), folder.path().join("hub"));
    let begun = Instant::now();
    let (scope, head) = fill(&above, records).await;
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "filled           {head} records of {DESKS} desks in {seconds:.1} s, sealed and verified, {PUSH} to a commit"
    );

    let hq = Serving::start(&above, 1, &[]);
    let hub = Serving::start(&below, 0, &["--upstream", &hq.url, "--code", &hq.codes[0]]);
    let begun = Instant::now();
    // The hub holds its folder alone, so its file is read from outside.
    let there = loop {
        let there = accepted(&below, scope).await;
        if there >= head || begun.elapsed() > Duration::from_secs(3_600) {
            break there;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    };
    let seconds = begun.elapsed().as_secs_f64();
    assert_eq!(there, head, "all of it came");
    let (own, other) = (hub.usage(), hq.usage());
    println!("caught up        {seconds:7.1} s   {:9.0} records/s", head as f64 / seconds);
    println!("new node         {:5} MiB at most, {:5.1} s of processor", own.peak, own.processor);
    println!("headquarters     {:5} MiB at most, {:5.1} s of processor", other.peak, other.processor);
    hub.stop();
    hq.stop();
    let store = Store::open(&below).await.unwrap();
    let report = store.verify_scope(scope).await.unwrap();
    assert_eq!((report.fault, report.records), (None, head), "it verifies");
    println!("verified         {} records, {} logs", report.records, report.logs);
    store.close().await.unwrap();
}

/// Cursor of a scope in a database that another process writes.
async fn accepted(data: &Path, scope: ScopeId) -> u64 {
    use sea_orm::{ConnectionTrait, Database, Statement};
    let Ok(database) = Database::connect(format!("sqlite://{}?mode=ro", data.join("jiangsai.db").display())).await
    else {
        return 0;
    };
    let asked = "SELECT head FROM scope WHERE id = $1";
    let values = [scope.hash().bytes().to_vec().into()];
    let statement = Statement::from_sql_and_values(database.get_database_backend(), asked, values);
    let row = database.query_one_raw(statement).await;
    let head = row.ok().flatten().and_then(|row| row.try_get::<i64>("", "head").ok());
    database.close().await.ok();
    head.and_then(|head| u64::try_from(head).ok()).unwrap_or(0)
}
