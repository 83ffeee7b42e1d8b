//! Names are locked: three slips and a list are shown once, works are marked by new numbers, and two of three codes bring the names back.

use crate::journeys::commands::Here;
use crate::journeys::harness::{Screen, host};
use crate::journeys::steps::scratch;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use thirtyfour::prelude::Key;

const PEOPLE: usize = 6;

#[tokio::test(flavor = "multi_thread")]
async fn two_of_three_slips_bring_the_names_back() -> Result<()> {
    let folder = scratch("locked")?;
    let (_host, address) = host(&folder.join("data"))?;
    let screen = Screen::chromium(1366, 768).await?;
    screen.driver.goto(&address).await?;
    let here = people(&screen).await?;
    screen.driver.refresh().await?;
    screen.press("competition-0").await?;
    screen.press("nav-draw").await?;

    screen.press("lock-open").await?;
    screen.fill("lock-officer", "模拟加密员").await?;
    screen.fill("lock-supervisor", "模拟监督员").await?;
    screen.fill("lock-prefix", "W").await?;
    screen.picture("lock-dialog").await?;
    screen.press("lock-prepare").await?;
    let mut slips = BTreeMap::new();
    for office in ["draw_officer", "supervisor", "envelope"] {
        slips.insert(office, screen.text(&format!("lock-code-{office}")).await?);
    }
    let mut works = BTreeMap::new();
    for number in 1..=PEOPLE {
        works.insert(number, screen.text(&format!("lock-label-A-0{number}")).await?);
    }
    let told = screen.text("lock-mark-labels").await?;
    for office in slips.keys() {
        screen.reads(&format!("lock-mark-{office}"), &told).await?;
    }
    let mark = told.split_whitespace().nth(1).context("a mark")?.to_owned();
    screen.picture("lock-papers").await?;
    let last = |office: &str| slips[office].rsplit('-').next().unwrap_or_default().to_lowercase();
    for office in ["draw_officer", "supervisor"] {
        screen.fill(&format!("lock-proof-{office}"), &last(office)).await?;
    }
    screen.fill("lock-proof-envelope", "00000").await?;
    screen.press("lock-do").await?;
    screen.reads("lock-proof-wrong", "备用信封").await?;
    screen.fill("lock-proof-envelope", &last("envelope")).await?;
    screen.press("lock-do").await?;
    screen.see("draw-sealed").await?;
    screen.see("sealed-row-W01").await?;
    screen.reads("seal-by", "密封").await?;
    screen.reads("unseal-mark", &mark).await?;
    screen.picture("lock-locked").await?;

    let mark = |(number, code): (&usize, &String)| {
        let mark = json!({"entry": code, "item": "T", "judge": null, "text": (60 + number).to_string(), "replaces": [], "reason": ""});
        ("marks.enter".to_owned(), here.with(mark))
    };
    screen.calls(works.iter().map(mark).collect()).await?;
    screen.press("nav-standings").await?;
    screen.see("standings-sealed").await?;
    let table = screen.text("standings-table").await?;
    ensure!(table.contains("W01") && !table.contains("模拟选手"), "by number alone: {table}");

    screen.press("nav-draw").await?;
    screen.fill("unseal-supervisor", "模拟监督员").await?;
    screen.fill("unseal-supervisor-code", &slips["draw_officer"]).await?;
    screen.press("unseal-supervisor-do").await?;
    screen.reads("unseal-supervisor-fault", "不是这个岗位").await?;
    screen.fill("unseal-supervisor-code", &slips["supervisor"].to_lowercase().replace('-', " ")).await?;
    screen.press("unseal-supervisor-do").await?;
    screen.see("unsealed-supervisor").await?;
    screen.picture("lock-opened-by-one").await?;
    screen.fill("unseal-envelope", "模拟裁判长").await?;
    screen.fill("unseal-envelope-code", &slips["envelope"]).await?;
    screen.press("unseal-envelope-do").await?;
    screen.see("seal-open").await?;

    let shown = screen.call("standings.show", here.with(json!({}))).await?;
    for row in shown["rows"].as_array().context("rows")? {
        let number: usize = row["name"].as_str().unwrap_or_default().trim_start_matches("模拟选手").parse()?;
        let theory: f64 = row["values"][0].as_str().context("a value")?.parse()?;
        ensure!((theory - (60 + number) as f64).abs() < 0.001, "what was said of the work is said of its maker: {row}");
    }
    in_english(&screen).await?;
    screen.close().await
}

/// A second lock is begun in English, and left: nothing is locked by that.
async fn in_english(screen: &Screen) -> Result<()> {
    screen.press("language").await?;
    screen.press("lock-open").await?;
    screen.fill("lock-officer", "Officer").await?;
    screen.fill("lock-supervisor", "Supervisor").await?;
    screen.picture("lock-dialog-en").await?;
    screen.press("lock-prepare").await?;
    screen.reads("lock-papers", "envelope put away").await?;
    screen.picture("lock-papers-en").await?;
    screen.type_keys(&Key::Escape.value().to_string()).await?;
    screen.see("seal-open").await?;
    Ok(())
}

/// A competition with so many people at stations of session A.
async fn people(screen: &Screen) -> Result<Here> {
    let create = json!({"title": "模拟评审", "event": "模拟赛项", "from": {"template": "theory-practice-30-70"}});
    let competition = screen.call("competitions.create", create).await?;
    let here = Here::of(screen, competition).await?;
    let person = |number: usize| -> (String, Value) {
        let form = json!({
            "name": format!("模拟选手{number}"),
            "unit": "模拟单位",
            "document_kind": "护照",
            "document_number": format!("E123456{number}"),
            "number": format!("S{number}"),
            "session": "A",
            "station": format!("0{number}"),
        });
        ("entries.add".to_owned(), here.with(json!({"form": form})))
    };
    let saved = screen.calls((1..=PEOPLE).map(person).collect()).await?;
    ensure!(saved.iter().all(|one| one["saved"].is_string()), "everybody is registered: {saved:?}");
    Ok(here)
}
