//! A hall draws lots: typed from the keyboard alone, sealed, and opened again by two people.

use crate::journeys::harness::{Screen, host};
use crate::journeys::steps::scratch;
use anyhow::{Result, ensure};
use thirtyfour::prelude::Key;

#[tokio::test(flavor = "multi_thread")]
async fn in_the_browser() -> Result<()> {
    let folder = scratch("draw-browser")?;
    let (_server, address) = host(&folder.join("data"))?;
    let screen = Screen::chromium(1366, 768).await?;
    screen.driver.goto(&address).await?;
    screen.press("start-sample").await?;
    screen.press("nav-draw").await?;
    lots(&screen).await?;
    computer(&screen).await?;
    seal(&screen).await?;
    hidden(&screen).await?;
    unseal(&screen).await?;
    screen.close().await
}

/// Twenty lots of session A, one of them drawn twice at first.
async fn lots(screen: &Screen) -> Result<()> {
    screen.press("draw-choice-placeA").await?;
    screen.reads("draw-about", "A").await?;
    screen.press("lot-0").await?;
    let enter = Key::Enter.value();
    screen.type_keys(&format!("11{enter}11{enter}")).await?;
    screen.reads("lot-fault-1", "A 11").await?;
    screen.picture("draw-taken").await?;
    screen.fill("lot-1", "12").await?;
    let rest: String = (2..20).map(|line| format!("{enter}{}", line + 11)).collect();
    screen.type_keys(&format!("{rest}{enter}")).await?;
    for line in [0, 1, 19] {
        screen.has(&format!("lot-state-{line}"), "data-state", "draw-state-saved").await?;
    }
    screen.reads("draw-progress", "20").await?;
    screen.picture("draw-lots").await?;
    // A change asks why.
    screen.press("lot-0").await?;
    let (end, back) = (Key::End.value(), Key::Backspace.value());
    screen.type_keys(&format!("{end}{back}{back}10{enter}")).await?;
    screen.fill("lot-reason", "看错签号").await?;
    screen.press("lot-change-do").await?;
    screen.reads("draw-about", "签箱抽签").await?;
    Ok(())
}

async fn computer(screen: &Screen) -> Result<()> {
    screen.press("draw-choice-placeB").await?;
    screen.press("draw-computer").await?;
    screen.press("draw-computer-do").await?;
    screen.reads("draw-about", "结果一致").await?;
    screen.press("draw-computer").await?;
    screen.see("draw-computer-voids").await?;
    screen.picture("draw-redraw").await?;
    screen.fill("draw-computer-reason", "签号有误").await?;
    screen.press("draw-computer-do").await?;
    screen.reads("draw-about", "之前作废 1 次").await?;
    Ok(())
}

async fn seal(screen: &Screen) -> Result<()> {
    screen.press("seal-open").await?;
    screen.fill("seal-officer", "模拟加密员").await?;
    screen.fill("seal-supervisor", "模拟加密员").await?;
    screen.press("seal-do").await?;
    screen.see("seal-fault").await?;
    screen.picture("seal-dialog").await?;
    screen.fill("seal-supervisor", "模拟监督员").await?;
    screen.press("seal-do").await?;
    screen.see("draw-sealed").await?;
    screen.see("sealed-row-A-10").await?;
    screen.picture("draw-sealed").await?;
    Ok(())
}

async fn hidden(screen: &Screen) -> Result<()> {
    screen.press("nav-standings").await?;
    screen.see("standings-sealed").await?;
    let table = screen.text("standings-table").await?;
    ensure!(!table.contains("水务"), "a unit in the sealed standings: {table}");
    screen.picture("standings-sealed").await?;
    screen.press("nav-registration").await?;
    screen.see("registration-sealed").await?;
    screen.picture("registration-sealed").await?;
    screen.press("nav-documents").await?;
    screen.press("doc-kind-result-list").await?;
    screen.press("doc-save").await?;
    screen.reads("doc-save-fault", "解密").await?;
    Ok(())
}

async fn unseal(screen: &Screen) -> Result<()> {
    screen.press("nav-standings").await?;
    screen.press("standings-finalise").await?;
    // Theory was here before: nobody has a total until the names are opened.
    screen.has("finalising-unseal", "data-state", "next").await?;
    screen.fill("unseal-officer", "模拟加密员").await?;
    screen.press("unseal-officer-do").await?;
    screen.see("unsealed-officer").await?;
    screen.picture("finalising-unsealed-by-one").await?;
    screen.fill("unseal-supervisor", "模拟监督员").await?;
    screen.press("unseal-supervisor-do").await?;
    screen.has("finalising-unseal", "data-state", "done").await?;
    screen.has("finalising-ties", "data-state", "done").await?;
    screen.has("finalising-chief-judge", "data-state", "next").await?;
    screen.picture("finalising-begun").await?;
    screen.fill("confirm-chief-judge", "模拟裁判长").await?;
    screen.press("confirm-chief-judge-do").await?;
    screen.see("confirmed-chief-judge").await?;
    // One person cannot do both.
    screen.fill("confirm-supervisor", "模拟裁判长").await?;
    screen.press("confirm-supervisor-do").await?;
    screen.reads("confirm-supervisor-fault", "两个人").await?;
    screen.fill("confirm-supervisor", "模拟总监督").await?;
    screen.press("confirm-supervisor-do").await?;
    screen.see("confirmed-supervisor").await?;
    screen.has("finalising-lock", "data-state", "next").await?;
    screen.press("finalise-do").await?;
    screen.has("finalising-state", "data-state", "final").await?;
    screen.picture("finalising-locked").await?;
    screen.press("nav-standings").await?;
    screen.has("standings-state", "data-state", "final").await?;
    screen.reads("standings-table", "水务").await?;
    screen.press("nav-history").await?;
    screen.press("history-filter-draws").await?;
    screen.reads("history-row-0", "解密").await?;
    screen.picture("history-draws").await?;
    Ok(())
}
