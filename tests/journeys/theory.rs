//! Theory from a computer test, with one column: a name and a unit alone are asked about, who has no result was absent or is awaited, and who does not
//! reach the mark has no sheet in practice.

use crate::journeys::commands::Here;
use crate::journeys::harness::{Screen, host};
use crate::journeys::steps::scratch;
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::path::Path;

/// Practice is for who has 60 or more in theory.
const CUT: &str = include_str!("../data/rulebooks/cut.json");

/// 参赛号, name and unit; two people have the same name.
const PEOPLE: [(&str, &str, &str); 5] = [
    ("S1", "模拟甲", "模拟一厂"),
    ("S2", "模拟乙", "模拟二厂"),
    ("S3", "模拟乙", "模拟三厂"),
    ("S4", "模拟丁", "模拟四厂"),
    ("S5", "模拟戊", "模拟五厂"),
];

#[tokio::test(flavor = "multi_thread")]
async fn in_the_browser() -> Result<()> {
    let folder = scratch("theory-browser")?;
    let (_server, address) = host(&folder.join("data"))?;
    let screen = Screen::chromium(1366, 768).await?;
    screen.driver.goto(&address).await?;
    screen.see("start-sample").await?;
    let (here, second) = hall(&screen).await?;
    import(&screen, &folder, &second).await?;
    cut(&screen, &here).await?;
    screen.close().await
}

/// The five, and the id of the second.
async fn hall(screen: &Screen) -> Result<(Here, String)> {
    let create = json!({"title": "模拟理论入围赛", "event": "理论入围", "from": {"rulebook": CUT}});
    let competition = screen.call("competitions.create", create).await?;
    let here = Here::of(screen, competition).await?;
    let mut ids = Vec::new();
    for (number, name, unit) in PEOPLE {
        let form = json!({"name": name, "document_kind": "护照", "document_number": format!("E12345{number}"), "unit": unit, "number": number});
        let added = screen.call("entries.add", here.with(json!({"form": form}))).await?;
        ids.push(added["saved"].as_str().with_context(|| format!("{number} is not registered: {added}"))?.to_owned());
    }
    let id = here.competition.as_str().context("an id")?;
    screen.driver.execute(format!("location.hash = '#/c/{id}/marks'"), Vec::new()).await?;
    Ok((here, ids.swap_remove(1)))
}

/// S2 is found by a person, somebody who is not entered is left out, S4 was absent, and S5 is still awaited.
async fn import(screen: &Screen, folder: &Path, second: &str) -> Result<()> {
    let path = folder.join("theory.csv");
    let rows = "参赛号,姓名,单位,理论\nS1,模拟甲,模拟一厂,80\n,模拟乙,模拟二厂,72.5\nS3,模拟乙,模拟三厂,55.5\nS9,模拟癸,模拟九厂,91\n";
    std::fs::write(&path, rows)?;
    screen.press("marks-import").await?;
    screen.choose_file("marks-file", &path).await?;
    screen.see("marks-questions").await?;
    ensure!(!screen.see("marks-apply").await?.is_enabled().await?, "a name alone is taken for a number");
    let first = screen.text_at("[data-testid='marks-question-3'] option:nth-child(2)").await?;
    ensure!(first.contains("S2"), "who has the unit too comes first: {first}");
    screen.picture("theory-questions").await?;
    screen.choose("marks-question-3", second).await?;
    screen.choose_at("marks-question-5", ":last-child").await?;
    screen.press("marks-absent-S4").await?;
    screen.picture("theory-missing").await?;
    screen.press("marks-apply").await?;
    for (row, mark) in ["80", "72.5", "55.5"].iter().enumerate() {
        screen.has(&format!("cell-{row}-0"), "data-text", mark).await?;
    }
    Ok(())
}

/// As long as one result is awaited nobody knows who goes on; then two have a sheet in practice, and three have none.
async fn cut(screen: &Screen, here: &Here) -> Result<()> {
    screen.press("cell-4-0").await?;
    screen.pad("59.99E").await?;
    // After the last result of a module the next module follows.
    screen.has("cell-4-0", "data-state", "not_going_on").await?;
    let list = screen.call("paper.list", here.with(json!({}))).await?;
    let codes: Vec<&str> =
        list["sheets"].as_array().into_iter().flatten().filter_map(|sheet| sheet["code"].as_str()).collect();
    ensure!(codes == ["S1", "S2"], "sheets of practice: {codes:?}");
    screen.press("marks-choice-1").await?;
    screen.has("cell-2-0", "data-state", "not_going_on").await?;
    screen.picture("theory-cut").await?;
    screen.press("cell-0-0").await?;
    screen.pad("90E85E").await?;
    screen.press("nav-standings").await?;
    screen.reads("standings-row-0", "S1").await?;
    screen.reads("standings-row-1", "S2").await?;
    screen.reads("standings-row-2", "S5").await?;
    Ok(())
}
