//! At the grid of the sample: an input method keeps its keys and its full-width digits become a mark; a text that is no mark is asked
//! about, stays where it was typed, and nobody leaves it behind without being asked. Another language loses nothing of it.

use crate::journeys::harness::{Screen, host};
use crate::journeys::steps::scratch;
use anyhow::{Result, ensure};
use serde_json::json;
use thirtyfour::prelude::Key;

#[tokio::test(flavor = "multi_thread")]
async fn in_the_browser() -> Result<()> {
    let folder = scratch("typing")?;
    let (_server, address) = host(&folder.join("data"))?;
    let screen = Screen::chromium(1366, 768).await?;
    screen.driver.goto(&address).await?;
    screen.press("start-sample").await?;
    screen.press("nav-marks").await?;
    in_sight(&screen).await?;
    input_method(&screen).await?;
    bad_text(&screen).await?;
    another_sheet(&screen).await?;
    another_language(&screen).await?;
    screen.close().await
}

/// However long the sheet, it scrolls inside its frame: whom one marks, the heads of the columns and the keys stay in sight.
async fn in_sight(screen: &Screen) -> Result<()> {
    screen.see("cell-59-0").await?;
    for (width, height) in [(1280, 800), (1366, 768), (1920, 1080)] {
        screen.driver.set_window_rect(0, 0, width, height).await?;
        let beyond = "const page = document.querySelector('main'); return page.scrollHeight - page.clientHeight";
        let beyond = screen.driver.execute(beyond, Vec::new()).await?.json().as_i64();
        ensure!(beyond == Some(0), "the page itself scrolls by {beyond:?} at {width} × {height}");
    }
    screen.driver.set_window_rect(0, 0, 1366, 768).await?;
    Ok(())
}

/// Full-width digits as an input method types them: composed, then given.
async fn input_method(screen: &Screen) -> Result<()> {
    screen.press("cell-0-0").await?;
    let browser = screen.driver.cdp();
    let composing = json!({"text": "８８", "selectionStart": 2, "selectionEnd": 2});
    browser.send_raw("Input.imeSetComposition", composing).await?;
    // The Enter that ends a composition belongs to the input method.
    let enter = json!({"type": "rawKeyDown", "key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229});
    browser.send_raw("Input.dispatchKeyEvent", enter).await?;
    ensure!(screen.text("marks-title").await?.contains("理论"), "still on the sheet");
    screen.has("cell-0-0", "aria-selected", "true").await?;
    browser.send_raw("Input.insertText", json!({"text": "８８．５"})).await?;
    screen.type_keys(Key::Enter.value().to_string().as_str()).await?;
    screen.has("cell-0-0", "data-text", "88.5").await?;
    screen.has("cell-0-0", "data-state", "saved").await
}

async fn bad_text(screen: &Screen) -> Result<()> {
    screen.press("cell-1-0").await?;
    screen.type_keys("87..5").await?;
    screen.has("cell-1-0", "data-state", "refused").await?;
    screen.press("nav-standings").await?;
    screen.see("marks-leave").await?;
    screen.press("marks-leave-stay").await?;
    screen.has("cell-1-0", "data-text", "87..5").await?;
    screen.has("cell-1-0", "data-state", "refused").await?;
    screen.see("foot-not-saved").await?;
    // Whoever stays goes on in the cell: what is typed takes the place of what was refused.
    screen.type_keys("87..6").await?;
    screen.has("cell-1-0", "data-text", "87..6").await?;
    screen.press("nav-standings").await?;
    screen.press("marks-leave-go").await?;
    screen.see("standings-row-0").await?;
    screen.press("nav-marks").await?;
    screen.has("cell-1-0", "data-state", "saved").await
}

async fn another_sheet(screen: &Screen) -> Result<()> {
    screen.press("cell-1-0").await?;
    screen.type_keys("875").await?;
    screen.press("marks-choice-1").await?;
    screen.press("marks-leave-stay").await?;
    screen.has("cell-1-0", "data-text", "875").await?;
    screen.press("marks-choice-1").await?;
    screen.press("marks-leave-go").await?;
    screen.reads("marks-title", "A").await?;
    // A mark on its way is waited for: no question, and it is there.
    screen.press("marks-choice-0").await?;
    screen.reads("marks-title", "理论").await?;
    screen.press("cell-1-0").await?;
    screen.type_keys("77.5").await?;
    screen.press("nav-standings").await?;
    screen.see("standings-row-0").await?;
    screen.press("nav-marks").await?;
    screen.has("cell-1-0", "data-text", "77.5").await
}

/// Marks that are on their way, wait for their turn, or are still being typed when the language changes.
async fn another_language(screen: &Screen) -> Result<()> {
    screen.press("cell-2-0").await?;
    screen.type_keys(&format!("71{0}72{0}73{0}74", Key::Enter.value())).await?;
    screen.press("language").await?;
    screen.reads("marks-title", "Marks").await?;
    for (row, mark) in (2..).zip(["71", "72", "73", "74"]) {
        screen.has(&format!("cell-{row}-0"), "data-text", mark).await?;
        screen.has(&format!("cell-{row}-0"), "data-state", "saved").await?;
    }
    // By the keyboard the focus stays in the grid, and with it what is being typed.
    screen.press("cell-6-0").await?;
    screen.type_keys("75").await?;
    let turn = "document.querySelector('[data-testid=\"language\"]').click()";
    screen.driver.execute(turn, Vec::new()).await?;
    screen.reads("marks-title", "评分").await?;
    screen.has("cell-6-0", "data-state", "typing").await?;
    screen.type_keys(&format!(".5{}", Key::Enter.value())).await?;
    screen.has("cell-6-0", "data-text", "75.5").await?;
    screen.has("cell-6-0", "data-state", "saved").await
}
