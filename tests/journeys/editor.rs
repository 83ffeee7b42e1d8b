//! A module with an item of five judges is built in the editor alone, tried on sample marks, saved with a reason, and stands as a column.

use crate::journeys::harness::{Screen, host};
use crate::journeys::steps::scratch;
use anyhow::{Result, ensure};
use thirtyfour::prelude::*;

#[tokio::test(flavor = "multi_thread")]
async fn in_the_browser() -> Result<()> {
    let folder = scratch("editor-browser")?;
    let (_server, address) = host(&folder.join("data"))?;
    let screen = Screen::chromium(1366, 768).await?;
    screen.driver.goto(&address).await?;
    screen.press("start-sample").await?;
    screen.press("nav-rules").await?;
    screen.press("rules-edit").await?;
    screen.reads("rule-words", "模块A").await?;
    module(&screen).await?;
    item(&screen).await?;
    added_up(&screen).await?;
    tried(&screen).await?;
    stays(&screen).await?;
    saved(&screen).await?;
    screen.close().await
}

/// A new module with an id of its own, which is also named where it was referred to.
async fn module(screen: &Screen) -> Result<()> {
    screen.press("part-C").await?;
    screen.choose("rule-add-kind", "module").await?;
    screen.press("rule-add").await?;
    screen.fill("at/nodes/5/name/zh", "模块D 现场展示").await?;
    screen.fill("at/nodes/5/max", "10").await?;
    screen.fill("at/nodes/5/id", "D").await?;
    screen.press("rule-part").await?;
    screen.reads("rule-part", "D 模块D 现场展示").await?;
    Ok(())
}

/// The item: five judges, without the highest and the lowest, the mean rounded to two decimals.
async fn item(screen: &Screen) -> Result<()> {
    screen.choose("rule-add-kind", "item").await?;
    screen.press("rule-add").await?;
    screen.fill("at/items/34/name/zh", "讲解").await?;
    screen.fill("at/items/34/input/number/step", "0.5").await?;
    screen.choose("at/items/34/by", "panel").await?;
    screen.has("at/items/34/by/panel", "data-path", "/items/34/by/panel").await?;
    screen.press("add/items/34/score").await?;
    screen.choose("at/items/34/score", "mean").await?;
    screen.choose("at/items/34/score/mean", "trim").await?;
    screen.choose("at/items/34/score/mean/trim/of", "panel").await?;
    screen.press("around/items/34/score").await?;
    screen.press("wrap/items/34/score").await?;
    screen.fill("at/items/34/score/round/digits", "2").await?;
    let words = screen.reads("rule-words", "讲解").await?;
    ensure!(words.contains("模块D 现场展示"), "the words do not follow:\n{words}");
    screen.picture("editor-item").await
}

/// The part of the module in the whole; a place that is faulty until then leads to the part that must be mended.
async fn added_up(screen: &Screen) -> Result<()> {
    screen.press("part-practice").await?;
    screen.press("add/nodes/4/value/round/of/sum").await?;
    screen.choose("at/nodes/4/value/round/of/sum/3", "node").await?;
    screen.choose("at/nodes/4/value/round/of/sum/3/node", "D").await?;
    screen
        .until("a fault of the maximum", async |driver| {
            let found = driver.find(By::Css("[data-testid='rule-wrong'] .rule-link")).await.ok()?;
            found.click().await.ok()
        })
        .await?;
    screen.fill("at/nodes/4/max", "110").await?;
    screen.press("part-total").await?;
    screen.fill("at/nodes/6/max", "107").await?;
    screen.has("rule-wrong", "data-faults", "0").await?;
    screen.press("rule-undo").await?;
    screen
        .until("a fault again", async |driver| {
            let found = driver.find(By::Css("[data-testid='rule-wrong']")).await.ok()?;
            (found.attr("data-faults").await.ok()?? != "0").then_some(())
        })
        .await?;
    screen.press("rule-redo").await?;
    screen.has("rule-wrong", "data-faults", "0").await
}

async fn tried(screen: &Screen) -> Result<()> {
    screen.press("rule-tab-trial").await?;
    screen.press("trial-fill").await?;
    let item = "D.1";
    for (seat, mark) in (1..=5).zip(["6", "7", "7.5", "8", "9.5"]) {
        screen.fill(&format!("trial-{item}-0-{seat}-1"), mark).await?;
    }
    // (7 + 7.5 + 8) / 3
    screen.reads("trial-value-D-0", "7.5").await?;
    let ranks = screen.text("trial-rank-0").await?;
    ensure!(ranks.parse::<u32>().is_ok(), "no rank: {ranks}");
    screen.reads("trial-derivation", "模块D 现场展示").await?;
    screen.picture("editor-trial").await?;
    screen.press("rule-tab-form").await
}

/// Who leaves with changes is asked, and stays with all of them.
async fn stays(screen: &Screen) -> Result<()> {
    screen.press("nav-standings").await?;
    screen.press("rule-stay").await?;
    screen.see("part-D").await?;
    Ok(())
}

async fn saved(screen: &Screen) -> Result<()> {
    screen.press("rule-save").await?;
    screen.see("rules-effect").await?;
    screen.fill("rules-reason", "增加现场展示模块").await?;
    screen.picture("editor-save").await?;
    screen.press("rules-apply").await?;
    screen.reads("rules-lines", "讲解").await?;
    screen.press("nav-standings").await?;
    screen
        .until("the new column", async |driver| {
            let table = driver.find(By::Css(".standings-table thead")).await.ok()?.text().await.ok()?;
            table.contains("模块D 现场展示").then_some(())
        })
        .await?;
    screen.picture("editor-standings").await
}
