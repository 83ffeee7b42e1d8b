//! How long the last steps of a day take this computer: both confirmations, the lock, certificate numbers and the whole result pack of the
//! first sample, beside the time an organiser has between the last mark and the ceremony.
//!
//! `cargo run --profile measured -p jiangsai-app --example bench_pack [folder]`: the folder decides which disk is measured.
#![allow(clippy::unwrap_used, clippy::panic, clippy::float_arithmetic, reason = "a measurement, not the product")]
#![allow(unused_crate_dependencies, reason = "the dependencies of the library")]

use jiangsai_app::App;
use jiangsai_app::host::SystemHost;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Instant;

/// From the last mark to the pack there are to be five minutes in all.
const IN_ALL: f64 = 300.0;
/// Of them the two people take, at two keys and a click a second: the day on paper counts 8 clicks and 54 keys.
const PEOPLE: f64 = 8.0 + 54.0 / 2.0;

async fn ask(app: &App, name: &str, payload: Value) -> Value {
    app.dispatch(name, payload, None).await.unwrap_or_else(|error| panic!("{name}: {error:?}"))
}

#[tokio::main]
async fn main() {
    let given = std::env::args_os().nth(1);
    let folder = given.map_or_else(|| tempfile::tempdir().unwrap(), |at| tempfile::tempdir_in(at).unwrap());
    let app = App::open(folder.path(), Arc::new(SystemHost::new(None))).await.unwrap();
    let id = ask(&app, "competitions.create", json!({"title": "", "event": "", "from": "sample"})).await;
    let home = ask(&app, "competition.home", json!({"competition": id})).await;
    let place = json!({"competition": id, "event": home["events"][0][0]});
    let with = |more: Value| {
        let mut all = place.clone();
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };

    let begun = Instant::now();
    let steps = ask(&app, "results.steps", place.clone()).await;
    for (duty, name) in [("chief_judge", "模拟裁判长"), ("supervisor", "模拟总监督")] {
        let own = json!({"duty": duty, "name": name, "seen": steps["seen"], "reason": ""});
        ask(&app, "results.confirm", with(own)).await;
    }
    ask(&app, "results.finalise", with(json!({"reason": ""}))).await;
    ask(&app, "certificates.issue", with(json!({"pattern": "〔2025〕###号", "first": 1, "top": 3}))).await;
    let locked = begun.elapsed().as_secs_f64();
    let pack = json!({"event": place["event"], "language": "zh-CN", "top": 3, "period": "", "contact": ""});
    let opened = ask(&app, "pack.begin", json!({"competition": id, "pack": pack})).await;
    let parts = opened["parts"].as_array().unwrap();
    let mut longest = (0.0, "");
    for (at, name) in parts.iter().enumerate() {
        let part = Instant::now();
        let write = json!({"competition": id, "pack": pack, "id": opened["id"], "facts": opened["facts"], "part": at});
        ask(&app, "pack.write", write).await;
        let seconds = part.elapsed().as_secs_f64();
        if seconds > longest.0 {
            longest = (seconds, name.as_str().unwrap());
        }
    }
    let close = json!({"competition": id, "pack": pack, "id": opened["id"], "facts": opened["facts"]});
    let closed = ask(&app, "pack.close", close).await;
    let bytes = std::fs::metadata(closed["zip"].as_str().unwrap()).unwrap().len();
    let all = begun.elapsed().as_secs_f64();

    println!("confirm twice, lock, number the certificates   {locked:8.2} s");
    println!("the pack: {} files, {bytes} bytes as zip      {:8.2} s", parts.len(), all - locked);
    println!("the longest of them                            {:8.2} s   {}", longest.0, longest.1);
    println!("all of it                                      {all:8.2} s");
    println!("  ({IN_ALL:.0} s from the last mark to the pack, less {PEOPLE:.0} s in which people type and click)");
    let limit = IN_ALL - PEOPLE;
    println!(
        "limit                                          {limit:8.2} s   {}",
        if all <= limit { "within" } else { "over" }
    );
}
