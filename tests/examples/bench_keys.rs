//! How long the main thread is busy from a key going down to the end of layout, in a mark grid of 200 × 15, in headless Chromium.
//!
//! Run by `cargo xtask bench`, which builds the programs and the interface it measures.
#![allow(clippy::float_arithmetic, clippy::panic, missing_docs, reason = "a measurement, not the product")]
#![allow(unused_crate_dependencies, reason = "the dependencies of the journeys")]

#[path = "../journeys/harness.rs"]
#[allow(dead_code, reason = "shared with the journeys, which use more of it")]
mod harness;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use harness::{Screen, host, program};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

const ROWS: usize = 200;
const COLUMNS: usize = 15;
/// Cells that are typed.
const TYPED: usize = 150;
/// Milliseconds at p95.
const LIMIT: f64 = 8.0;

/// What the main thread does for a key: from its first listener to its last, with everything queued for the end of each, and then style and layout
/// in the frame that shows it. The application ends some keys' journey; here it must go on to the last listener. Beside it how long that takes by the
/// clock: the browser lets a frame begin when it wants to.
const LISTEN: &str = "window.busy = []; let started = 0;
addEventListener('keydown', (event) => { event.stopPropagation = () => {}; started = performance.now(); }, true);
addEventListener('keydown', () => {
    const from = started, heard = performance.now() - from;
    requestAnimationFrame(() => {
        const frame = performance.now();
        document.body.offsetHeight;
        const end = performance.now();
        window.busy.push([heard + end - frame, end - from]);
    });
})";

fn rulebook() -> String {
    let name = |text: &str| json!({"zh": text, "en": text});
    let ids: Vec<String> = (1..=COLUMNS).map(|item| format!("P{item:02}")).collect();
    let item = |id: &String| json!({"id": id, "name": name(id), "max": "100", "input": {"number": {"step": "0.5"}}, "by": "agreed"});
    let operands: Vec<Value> = ids.iter().map(|id| json!({"item": id})).collect();
    json!({"schema": 1, "semantics": 1, "id": "bench", "title": name("模拟"), "settle": {"absent": "0", "void": "0"},
        "items": ids.iter().map(item).collect::<Vec<_>>(),
        "nodes": [
            {"id": "module", "name": name("模块"), "kind": "module", "value": {"sum": operands}},
            {"id": "total", "name": name("总分"), "kind": "total", "value": {"node": "module"}}],
        "ranking": {"by": "total"}})
    .to_string()
}

fn call(data: &Path, name: &str, payload: &Value) -> Result<Value> {
    let mut command = std::process::Command::new(program("jiangsai-cli"));
    let output = command.args(["call", name]).arg(payload.to_string()).arg("--data").arg(data).output()?;
    ensure!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).with_context(|| format!("the answer of {name}"))
}

/// A competition of synthetic people without marks; answers its id.
fn fill(data: &Path) -> Result<String> {
    let create = json!({"title": "模拟", "event": "模拟", "from": {"rulebook": rulebook()}});
    let id = call(data, "competitions.create", &create)?;
    let home = call(data, "competition.home", &json!({"competition": id}))?;
    let mut roster = "姓名,证件类型,证件号码,单位\n".to_owned();
    for entry in 0..ROWS {
        writeln!(roster, "模拟{entry:04},护照,E{entry:08},模拟单位")?;
    }
    let file = json!({"name": "roster.csv", "base64": STANDARD.encode(roster)});
    let mut payload = json!({"competition": id, "event": home["events"][0][0], "file": file});
    let preview = call(data, "entries.preview", &payload)?;
    payload["token"] = preview["token"].clone();
    call(data, "entries.import", &payload)?;
    let number = json!({"competition": id, "event": home["events"][0][0], "prefix": "S", "stations": 0});
    call(data, "entries.number", &number)?;
    Ok(id.as_str().context("an id")?.to_owned())
}

#[tokio::main]
async fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let id = fill(&data)?;
    let (_server, address) = host(&data)?;
    let screen = Screen::chromium(1366, 768).await?;
    screen.driver.goto(&address).await?;
    let origin = address.split("/?").next().unwrap_or(&address).split("/#").next().unwrap_or(&address);
    screen.driver.goto(&format!("{}/#/c/{id}/marks", origin.trim_end_matches('/'))).await?;
    let cells = "return document.querySelectorAll('[data-testid^=\"cell-\"]').length";
    for _ in 0..600 {
        if screen.driver.execute(cells, Vec::new()).await?.json().as_u64() >= Some((ROWS * COLUMNS) as u64) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let found = screen.driver.execute(cells, Vec::new()).await?.json().as_u64();
    ensure!(found == Some((ROWS * COLUMNS) as u64), "{found:?} cells instead of {ROWS} x {COLUMNS}");
    screen.driver.find(thirtyfour::By::Css("[data-testid^='cell-']")).await?.click().await?;
    screen.driver.execute(LISTEN, Vec::new()).await?;
    for cell in 0..TYPED {
        let keys = format!("{}{}\u{e007}", cell % 90 + 10, if cell % 2 == 0 { ".5" } else { "" });
        screen.driver.action_chain().send_keys(keys).perform().await?;
    }
    let measured = screen.driver.execute("return window.busy", Vec::new()).await?;
    let measured: Vec<(f64, f64)> = serde_json::from_value(measured.json().clone())?;
    ensure!(measured.len() >= TYPED * 3, "only {} keys were heard", measured.len());
    let (mut times, mut clock): (Vec<f64>, Vec<f64>) = measured.into_iter().unzip();
    let saved = "return document.querySelectorAll('[data-state=\"saved\"]').length";
    let saved = screen.driver.execute(saved, Vec::new()).await?.json().as_u64().unwrap_or(0);
    screen.close().await?;
    let at = |times: &mut Vec<f64>, percent: usize| {
        times.sort_by(f64::total_cmp);
        times[(times.len() * percent / 100).min(times.len() - 1)]
    };
    for (what, times) in [("key to layout ", &mut times), ("by the clock  ", &mut clock)] {
        let (half, most, nearly_all) = (at(times, 50), at(times, 95), at(times, 99));
        println!("{what} p50 {half:7.3} ms   p95 {most:7.3} ms   p99 {nearly_all:7.3} ms   ({} keys)", times.len());
    }
    println!("saved by then  {saved} cells");
    let verdict = if at(&mut times, 95) <= LIMIT { "within" } else { "over" };
    println!("limit                           p95 {LIMIT:7.3} ms   {verdict}");
    Ok(())
}
