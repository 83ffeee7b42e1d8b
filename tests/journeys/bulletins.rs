//! From provisional results to a 公示 and its correction; then the big screen: what it shows before a release, and the reveal in reverse
//! order, from its own keys and from its control page, and on another computer.

use crate::journeys::harness::{Screen, host};
use crate::journeys::steps::{pdf_text, scratch};
use anyhow::{Result, ensure};
use std::path::PathBuf;
use thirtyfour::prelude::{By, Key};

#[tokio::test(flavor = "multi_thread")]
async fn in_the_browser() -> Result<()> {
    let folder = scratch("bulletins-browser")?;
    let (_server, address) = host(&folder.join("data"))?;
    let screen = Screen::chromium(1366, 768).await?;
    screen.driver.goto(&address).await?;
    screen.press("start-sample").await?;
    screen.press("nav-bulletins").await?;
    screen.see("bulletins-empty").await?;
    screen.reads("bulletin-why-posted", "定稿").await?;
    screen.picture("bulletins-empty").await?;
    provisional(&screen).await?;
    let first = finalise(&screen).await?;
    posted(&screen, &first).await?;
    correction(&screen).await?;
    before_release(&screen).await?;
    ceremony(&screen, &first).await?;
    elsewhere(&screen).await?;
    screen.close().await
}

async fn provisional(screen: &Screen) -> Result<()> {
    screen.press("bulletin-new-provisional").await?;
    screen.reads("bulletin-preview-about", "第 1 号").await?;
    screen.press("bulletin-publish").await?;
    screen.reads("bulletin-dialog", "请填写姓名").await?;
    screen.picture("bulletin-dialog").await?;
    screen.fill("bulletin-by", "模拟组织者").await?;
    screen.press("bulletin-publish").await?;
    screen.has("bulletin-1", "data-state", "stands").await?;
    screen.reads("bulletin-why-provisional", "第 1 号还有效").await?;
    Ok(())
}

/// Locks the results; the name of the first.
async fn finalise(screen: &Screen) -> Result<String> {
    screen.finalise().await?;
    screen.press("nav-bulletins").await?;
    screen.press("bulletin-open-1").await?;
    screen.text_at("[data-testid='bulletin-table'] tbody tr:first-child td:nth-child(3)").await
}

async fn posted(screen: &Screen, first: &str) -> Result<()> {
    screen.press("bulletin-new-posted").await?;
    screen.reads("bulletin-table", first).await?;
    screen.fill("bulletin-contact", "某区总工会 0575-00000000").await?;
    screen.fill("bulletin-by", "模拟组织者").await?;
    screen.press("bulletin-publish").await?;
    screen.has("bulletin-2", "data-state", "stands").await?;
    screen.reads("bulletin-why-announced", "公示期到").await?;
    screen.press("bulletin-open-2").await?;
    screen.press("doc-save").await?;
    let saved = screen.text("doc-saved-path").await?;
    let text = pdf_text(&PathBuf::from(saved.trim()))?;
    let squeezed: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    ensure!(squeezed.contains("公示（第2号）") && squeezed.contains(first), "the print says it: {text}");
    screen.picture("bulletin-posted").await?;
    Ok(())
}

async fn correction(screen: &Screen) -> Result<()> {
    screen.press("bulletin-correct").await?;
    screen.reads("bulletin-preview-about", "第 3 号").await?;
    screen.press("bulletin-publish").await?;
    screen.reads("bulletin-dialog", "需要写明理由").await?;
    screen.fill("bulletin-reason", "受理电话有误").await?;
    screen.fill("bulletin-contact", "某区总工会 0575-00000001").await?;
    screen.reads("bulletin-preview-about", "第 3 号").await?;
    screen.press("bulletin-publish").await?;
    screen.has("bulletin-3", "data-state", "stands").await?;
    screen.has("bulletin-2", "data-state", "corrected").await?;
    let struck = screen.text_at("[data-testid='bulletin-2'] s").await?;
    ensure!(struck.contains("公示"), "the old one stays visible, struck through: {struck}");
    screen.picture("bulletins").await?;
    Ok(())
}

async fn before_release(screen: &Screen) -> Result<()> {
    screen.press("nav-screen").await?;
    screen.press("screen-scene-standings").await?;
    screen.reads("screen-fault", "还没有放行").await?;
    screen.fill("screen-minutes", "90").await?;
    screen.press("screen-set").await?;
    screen.reads("screen-clock", "1:30:00").await?;
    screen.press("screen-scene-ceremony").await?;
    screen.has("screen-scene-ceremony", "aria-pressed", "true").await?;
    screen.press("screen-reveal").await?;
    screen.reads("screen-fault", "还没有放行").await?;
    screen.picture("screen-control").await?;
    // Somebody else changes something: what is shown is new, and the refusal is still to be read.
    let (own, address) = (screen.driver.window().await?, screen.driver.current_url().await?);
    let other = screen.driver.new_tab().await?;
    screen.driver.switch_to_window(other).await?;
    screen.driver.goto(address.as_str()).await?;
    screen.reads("screen-clock", "1:30:00").await?;
    screen.fill("screen-minutes", "75").await?;
    screen.press("screen-set").await?;
    screen.reads("screen-clock", "1:15:00").await?;
    screen.driver.close_window().await?;
    screen.driver.switch_to_window(own).await?;
    screen.reads("screen-clock", "1:15:00").await?;
    // At once: it has not come back, it has never been away.
    let fault = screen.driver.find(By::Css("[data-testid='screen-fault']")).await?.text().await?;
    ensure!(fault.contains("还没有放行"), "the refusal stays: {fault}");
    Ok(())
}

async fn ceremony(screen: &Screen, first: &str) -> Result<()> {
    screen.press("screen-release-final").await?;
    screen.has("screen-release-final", "aria-pressed", "true").await?;
    let control = screen.driver.current_url().await?.to_string();
    screen.press("screen-open").await?;
    let (control_tab, tabs) = (
        screen.driver.window().await?,
        screen
            .until("the tab of the screen", async |driver| driver.windows().await.ok().filter(|tabs| tabs.len() == 2))
            .await?,
    );
    let wall = tabs.into_iter().find(|tab| *tab != control_tab);
    let Some(wall) = wall else { anyhow::bail!("no tab for the screen of {control}") };
    screen.driver.switch_to_window(wall.clone()).await?;
    screen.reads("wall-said", "颁奖即将开始").await?;
    screen.reads("wall-clock", "1:15:00").await?;
    ensure!(screen.driver.find(By::Css("nav, header.bar")).await.is_err(), "the screen has no navigation");
    screen.type_keys(&Key::PageDown.value().to_string()).await?;
    screen.reads("wall-award", "第 3 名").await?;
    screen.type_keys(" ").await?;
    screen.reads("wall-award", "第 2 名").await?;
    ensure!(!screen.text("wall").await?.contains(first), "the first is not given away");
    screen.driver.switch_to_window(control_tab).await?;
    screen.has("screen-ceremony", "data-revealed", "2").await?;
    screen.press("screen-reveal").await?;
    screen.has("screen-ceremony", "data-revealed", "3").await?;
    screen.driver.switch_to_window(wall).await?;
    screen.reads("wall-award", "第 1 名").await?;
    screen.reads("wall-winners", first).await?;
    fits(screen).await?;
    screen.picture("wall-ceremony").await?;
    for scene in ["standings", "hall"] {
        let tabs = screen.driver.windows().await?;
        screen.driver.switch_to_window(tabs[0].clone()).await?;
        screen.press(&format!("screen-scene-{scene}")).await?;
        screen.driver.switch_to_window(tabs[1].clone()).await?;
        screen.has("wall", "data-scene", scene).await?;
        screen.see(if scene == "hall" { "wall-stations" } else { "wall-standings" }).await?;
        for (width, height) in [(1366, 768), (1920, 1080)] {
            screen.driver.set_window_rect(0, 0, width, height).await?;
            fits(screen).await?;
            screen.picture(&format!("wall-{scene}-{width}")).await?;
        }
    }
    Ok(())
}

/// The screen in the browser of another computer: the same, and dark once it is shown there no more.
async fn elsewhere(screen: &Screen) -> Result<()> {
    let tabs = screen.driver.windows().await?;
    screen.driver.switch_to_window(tabs[0].clone()).await?;
    screen.press("screen-share").await?;
    screen.see("screen-unshare").await?;
    let address = screen.driver.find(By::Css("[data-testid='screen-share-address']")).await;
    let Ok(address) = address else {
        // A computer in no network says what to do.
        screen.see("screen-share-no-network").await?;
        return screen.press("screen-unshare").await;
    };
    let address = address.text().await?;
    screen.picture("screen-shared").await?;
    let Some((_, place)) = address.rsplit_once(':') else { anyhow::bail!("no port in {address}") };
    screen.driver.switch_to_window(tabs[1].clone()).await?;
    screen.driver.goto(&format!("http://127.0.0.1:{place}")).await?;
    screen.has("wall", "data-scene", "hall").await?;
    screen.see("wall-stations").await?;
    ensure!(screen.driver.find(By::Css("nav, header.bar")).await.is_err(), "the screen, and nothing else");
    screen.driver.switch_to_window(tabs[0].clone()).await?;
    screen.press("screen-scene-standings").await?;
    screen.driver.switch_to_window(tabs[1].clone()).await?;
    screen.see("wall-standings").await?;
    fits(screen).await?;
    screen.driver.switch_to_window(tabs[0].clone()).await?;
    screen.press("screen-unshare").await?;
    screen.see("screen-share").await?;
    screen.driver.switch_to_window(tabs[1].clone()).await?;
    screen.reads("wall-ended", "停止显示").await?;
    screen.picture("wall-ended").await?;
    Ok(())
}

/// Nothing on the screen has to be scrolled to.
async fn fits(screen: &Screen) -> Result<()> {
    let look = "const wall = document.querySelector('.wall'), main = document.querySelector('.wall-main'); \
        return [wall.scrollHeight - wall.clientHeight, main.scrollHeight - main.clientHeight, \
        document.documentElement.scrollWidth - window.innerWidth];";
    let over: Vec<i64> = serde_json::from_value(screen.driver.execute(look, Vec::new()).await?.json().clone())?;
    ensure!(over.iter().all(|pixels| *pixels <= 1), "more than fits: {over:?}");
    Ok(())
}
