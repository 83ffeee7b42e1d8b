//! The sample competition through the interface: its worked entry gives the published numbers, each derived on screen; and a template
//! that is asked for arrives as a file.

use crate::journeys::harness::{Screen, host};
use crate::journeys::steps::scratch;
use anyhow::{Result, ensure};
use std::path::Path;
use thirtyfour::prelude::*;

/// Module A, B, C, practice and total of the worked entry.
const WORKED: [&str; 5] = ["37.5", "26.50", "27.23", "91.23", "89.96"];
/// Its 参赛号.
const NUMBER: &str = "S07";

#[tokio::test(flavor = "multi_thread")]
async fn in_the_browser() -> Result<()> {
    let folder = scratch("sample-browser")?;
    let (_server, address) = host(&folder.join("data"))?;
    let screen = Screen::chromium(1280, 800).await?;
    screen.driver.goto(&address).await?;
    worked_entry(&screen).await?;
    grounds(&screen).await?;
    screen.close().await
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn in_the_window() -> Result<()> {
    let folder = scratch("sample-window")?;
    let screen = Screen::window(&folder.join("data")).await?;
    worked_entry(&screen).await?;
    template(&screen, &folder.join("home")).await?;
    screen.close().await
}

async fn worked_entry(screen: &Screen) -> Result<()> {
    screen.press("start-sample").await?;
    screen.press("nav-standings").await?;
    screen.see("standings-row-0").await?;
    let path = format!("//*[starts-with(@data-testid,'standings-row-')][.//*[normalize-space(.)='{NUMBER}']]");
    let total = format!("{path}//*[starts-with(@data-testid,'standings-total-')][normalize-space(.)='{}']", WORKED[4]);
    screen.until("its total on its line", async |driver| driver.find(By::XPath(&total)).await.ok()).await?;
    let rank = format!("{path}//*[starts-with(@data-testid,'standings-rank-')]");
    screen.until("its rank", async |driver| driver.find(By::XPath(&rank)).await.ok()?.click().await.ok()).await?;
    let why = screen.reads("why-panel", NUMBER).await?;
    for number in WORKED {
        ensure!(why.contains(number), "the derivation says {number}: {why}");
    }
    screen.picture("worked-entry").await
}

/// From the standings to the paper that says the same, and a pack that is begun and stopped.
async fn grounds(screen: &Screen) -> Result<()> {
    screen.press("why-print").await?;
    screen.has("doc-kind-rank-reasons", "aria-pressed", "true").await?;
    screen.see("doc-preview").await?;
    screen.picture("grounds").await?;
    screen.press("doc-kind-ceremony-script").await?;
    screen.see("doc-top").await?;
    screen.press("doc-kind-award-list").await?;
    screen.see("doc-format").await?;
    screen.press("doc-kind-certificates").await?;
    screen.see("certificate-counts").await?;
    ensure!(!screen.text("certificate-counts").await?.is_empty(), "how many have numbers");
    screen.picture("certificates").await?;
    screen.press("pack-make").await?;
    screen.press("pack-stop").await?;
    screen.see("pack-said").await?;
    screen.picture("pack-stopped").await?;
    long(screen).await
}

/// A long document is written in files, with how far it is; one of its pages is saved alone.
async fn long(screen: &Screen) -> Result<()> {
    screen.press("doc-kind-rank-reasons").await?;
    screen.see("doc-whom").await?.send_keys("全部").await?;
    screen.press("doc-next").await?;
    screen.reads("doc-page-count", "2").await?;
    screen.press("page-save").await?;
    let page = screen.text("page-saved-path").await?;
    ensure!(page.contains("第2页") && page.ends_with(".pdf"), "one page alone: {page}");
    screen.press("doc-save").await?;
    screen.see("doc-parts-progress").await?;
    screen.picture("long-print").await?;
    let folder = screen.text("doc-parts-path").await?;
    let mut names: Vec<String> = Vec::new();
    for file in std::fs::read_dir(&folder)? {
        names.push(file?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    ensure!(names == ["01 名次依据单 001-050.pdf", "01 名次依据单 051-060.pdf"], "in files of fifty: {names:?}");
    screen.picture("long-print-done").await
}

/// The window hands a file to the person's downloads, as a browser would.
async fn template(screen: &Screen, home: &Path) -> Result<()> {
    screen.press("nav-registration").await?;
    screen.press("roster-open").await?;
    screen.press("roster-template").await?;
    let arrived = screen
        .until("the template among the downloads", async |_| {
            let files = std::fs::read_dir(home).ok()?.flatten();
            let mut sheets =
                files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|end| end == "xlsx"));
            sheets.find(|path| {
                std::fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"PK") && bytes.ends_with(&[0, 0]))
            })
        })
        .await?;
    ensure!(std::fs::metadata(&arrived)?.len() > 1_000, "{} is no workbook", arrived.display());
    Ok(())
}
