//! Scoring in headless Chromium beside the same natively: 14 million marks at once, and single changes.
//!
//! Run by `cargo xtask bench`, which compiles the field for the browser as the interface is compiled that is handed out.
#![allow(clippy::float_arithmetic, clippy::unwrap_used, missing_docs, reason = "a measurement, not the product")]
#![allow(unused_crate_dependencies, dead_code, reason = "the dependencies of the journeys, and what they share")]

#[path = "../../crates/scoring/examples/field/mod.rs"]
mod field;
#[path = "../journeys/harness.rs"]
mod harness;

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use field::Changing;
use harness::Screen;
use serde_json::json;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How many times as long as natively.
const LIMIT: f64 = 3.0;
const ENTRIES: usize = 100_000;
const RUNS: usize = 7;
/// Entries of the field whose marks change.
const CHANGED: usize = 10_000;
/// A browser's clock is coarse: so many changes are timed together.
const TOGETHER: usize = 2_000;

/// Milliseconds for everything anew and microseconds for a change, the best of the runs.
const IN_BROWSER: &str = "
    const [script, wasm, entries, runs, changed, together, done] = arguments;
    (async () => {
        (0, eval)(script + ';window.bound = wasm_bindgen;');
        await window.bound({ module_or_path: Uint8Array.from(atob(wasm), (letter) => letter.charCodeAt(0)) });
        const best = (work) => {
            let least = Infinity;
            for (let run = 0; run < runs; run += 1) {
                const from = performance.now();
                work();
                least = Math.min(least, performance.now() - from);
            }
            return least;
        };
        const whole = new window.bound.Field(entries);
        const all = best(() => whole.compute());
        whole.free();
        const field = new window.bound.Field(changed);
        return [all, best(() => field.change(together)) * 1000 / together];
    })().then(done, (error) => done(String(error)));";

fn best(mut work: impl FnMut()) -> Duration {
    (0..RUNS)
        .map(|_| {
            let from = Instant::now();
            work();
            from.elapsed()
        })
        .min()
        .unwrap_or_default()
}

fn native() -> (f64, f64) {
    let mut whole = Changing::new(ENTRIES);
    let all = best(|| whole.compute());
    let mut field = Changing::new(CHANGED);
    let change = best(|| {
        black_box(field.change(TOGETHER));
    });
    (all.as_secs_f64() * 1e3, change.as_secs_f64() * 1e6 / TOGETHER as f64)
}

#[tokio::main]
async fn main() -> Result<()> {
    let folder =
        PathBuf::from(std::env::var_os("JIANGSAI_BENCH_WASM").context("run it with `cargo xtask bench wasm`")?);
    let script = std::fs::read_to_string(folder.join("wasm_field.js"))?;
    let wasm = STANDARD.encode(std::fs::read(folder.join("wasm_field_bg.wasm"))?);
    let screen = Screen::chromium(800, 600).await?;
    let arguments = vec![json!(script), json!(wasm), json!(ENTRIES), json!(RUNS), json!(CHANGED), json!(TOGETHER)];
    let answer = screen.driver.execute_async(IN_BROWSER, arguments).await;
    let answer = answer.map(|answer| answer.json().clone());
    screen.close().await?;
    let answer = answer?;
    let (all, change): (f64, f64) = serde_json::from_value(answer.clone()).with_context(|| answer.to_string())?;
    let (native_all, native_change) = native();
    let verdict = |times: f64| if times <= LIMIT { "within" } else { "over" };
    println!("scoring in the browser, beside the same natively");
    println!("  14 million marks          {all:8.2} ms   natively {native_all:8.2} ms");
    println!("  limit: {LIMIT:.1} times          {:8.2} times   {}", all / native_all, verdict(all / native_all));
    println!("  one of {CHANGED} entries    {change:8.2} µs   natively {native_change:8.2} µs");
    println!(
        "  limit: {LIMIT:.1} times          {:8.2} times   {}",
        change / native_change,
        verdict(change / native_change)
    );
    Ok(())
}
