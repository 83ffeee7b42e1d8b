//! A sealed value is filled in and a draw recorded, both with their effect shown before; the way back does not lose changes of the rules.

use crate::journeys::harness::{Screen, host};
use crate::journeys::steps::scratch;
use anyhow::{Result, ensure};
use serde_json::json;
use thirtyfour::prelude::*;

/// Points of a measurement compared with a value that is sealed by session; a draw between equals.
const RULES: &str = include_str!("../data/rulebooks/sealed.json");

#[tokio::test(flavor = "multi_thread")]
async fn in_the_browser() -> Result<()> {
    let folder = scratch("rules-browser")?;
    let (_server, address) = host(&folder.join("data"))?;
    let screen = Screen::chromium(1366, 768).await?;
    screen.driver.goto(&address).await?;
    screen.see("start-sample").await?;
    let competition = hall(&screen).await?;
    screen.driver.execute(format!("location.hash = '#/c/{competition}/rules'"), Vec::new()).await?;
    parameter(&screen).await?;
    draw(&screen).await?;
    way_back(&screen).await?;
    screen.close().await
}

/// Three entries with the same theory and the same reading, all marks in, the value still sealed.
async fn hall(screen: &Screen) -> Result<String> {
    let create = json!({"title": "模拟盲样竞赛", "event": "盲样测定", "from": {"rulebook": RULES}});
    let competition = screen.call("competitions.create", create).await?;
    let home = screen.call("competition.home", json!({"competition": competition})).await?;
    let event = home["events"][0][0].clone();
    for number in ["01", "02", "03"] {
        let form = json!({"name": format!("模拟{number}"), "document_kind": "护照", "document_number": format!("E12345{number}"),
            "unit": "模拟水务", "number": number, "session": "A", "station": number});
        let added =
            screen.call("entries.add", json!({"competition": competition, "event": event, "form": form})).await?;
        ensure!(added["saved"].is_string(), "{number} is not registered: {added}");
        for (item, text) in [("T", "80"), ("A", "12.4")] {
            let mark = json!({"competition": competition, "event": event, "entry": added["saved"], "item": item, "judge": null,
                "attempt": 1, "text": text, "replaces": [], "reason": ""});
            screen.call("marks.enter", mark).await?;
        }
    }
    Ok(competition.as_str().unwrap_or_default().to_owned())
}

/// The value is missing, refused when it is none, and moves everybody when it is filled in.
async fn parameter(screen: &Screen) -> Result<()> {
    screen.reads("parameters-state", "还缺 1 个值").await?;
    screen.picture("parameters-missing").await?;
    screen.fill("parameter-reference-A", "12..4").await?;
    screen.press("parameters-save").await?;
    screen.reads("parameters-dialog-fault", "reference").await?;
    screen.press("parameters-dialog-cancel").await?;
    screen.fill("parameter-reference-A", "12.40").await?;
    screen.press("parameters-save").await?;
    screen.reads("parameters-dialog-effect", "3 名").await?;
    screen.fill("parameters-dialog-reason", "A场结束，监督员在场启封").await?;
    screen.picture("parameters-effect").await?;
    screen.press("parameters-dialog-apply").await?;
    screen.reads("parameters-state", "都已填写").await?;
    screen.see("rules-version-1").await?;
    screen.has("rules-version-1", "data-pinned", "true").await?;
    screen.picture("parameters-filled").await
}

/// Nobody may be final while three are equal; the draw sets them apart.
async fn draw(screen: &Screen) -> Result<()> {
    screen.press("nav-standings").await?;
    screen.reads("equals-state-0", "待抽签").await?;
    screen.press("standings-finalise").await?;
    screen.has("finalising-ties", "data-state", "next").await?;
    screen.picture("equals-finalise").await?;
    screen.press("nav-standings").await?;
    screen.press("equals-decide-0").await?;
    screen.press("equals-up-03").await?;
    screen.press("equals-up-03").await?;
    screen.reads("equals-dialog-effect", "2 名").await?;
    screen.picture("equals-order").await?;
    screen.press("equals-dialog-apply").await?;
    screen.reads("equals-state-0", "已抽签").await?;
    screen.reads("standings-row-0", "一等奖").await?;
    let first = screen.text("standings-row-0").await?;
    ensure!(first.contains("03"), "the draw did not put 03 first: {first}");
    screen.picture("equals-decided").await
}

/// Changes that are not saved are asked about when the browser goes back; keys undo and redo.
async fn way_back(screen: &Screen) -> Result<()> {
    screen.press("nav-rules").await?;
    screen.press("rules-edit").await?;
    screen.press("part-T").await?;
    screen.press("rule-copy").await?;
    screen.reads("rule-state", "未保存").await?;
    screen.driver.back().await?;
    screen.press("rule-stay").await?;
    screen.see("rule-editor").await?;
    screen.press("part-T").await?;
    screen.driver.action_chain().key_down(Key::Control).send_keys("z").key_up(Key::Control).perform().await?;
    screen
        .until("the step undone", async |driver| {
            let undo = driver.find(By::Css("[data-testid='rule-undo']")).await.ok()?;
            (!undo.is_enabled().await.ok()?).then_some(())
        })
        .await?;
    screen.driver.back().await?;
    screen.see("standings-title").await?;
    Ok(())
}
