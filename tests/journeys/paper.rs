//! Two clerks type paper sheets: found by number and typed from the numeric keypad alone, a mistyped mark caught by the total, a blind
//! second entry that shows only what differs.

use crate::journeys::harness::{Screen, host, root};
use crate::journeys::steps::scratch;
use anyhow::{Result, ensure};
use thirtyfour::prelude::By;

#[tokio::test(flavor = "multi_thread")]
async fn in_the_browser() -> Result<()> {
    let folder = scratch("paper-browser")?;
    let (_server, address) = host(&folder.join("data"))?;
    let screen = Screen::chromium(1366, 768).await?;
    screen.driver.goto(&address).await?;
    screen.press("start-sample").await?;
    screen.press("nav-paper").await?;
    screen.reads("paper-progress", "0").await?;
    screen.press("paper-wanted").await?;
    let number = sheet_of(&screen, "A07", "P02").await?;
    screen.picture("paper").await?;
    record(&screen, &number).await?;
    confirm(&screen, &number).await?;
    scanned(&screen, &number).await?;
    listed(&screen).await?;
    screen.close().await
}

/// The number of the sheet of an entry and a judge, as it is printed.
async fn sheet_of(screen: &Screen, code: &str, judge: &str) -> Result<String> {
    let row = format!(
        "const row = [...document.querySelectorAll(\"[data-testid='paper-sheets'] tbody tr\")]\
            .find(row => row.innerText.includes('{code}') && row.innerText.includes('{judge}'));\
        return row ? row.querySelector('button').innerText : ''"
    );
    Ok(screen.told(&format!("the sheet of {code} and {judge}"), &row).await?.replace(' ', ""))
}

/// 4 is typed for 4.5: the total says so, the sheet opens, and the line is typed right.
async fn record(screen: &Screen, number: &str) -> Result<()> {
    screen.fill("paper-by", "模拟录分员").await?;
    screen.press("paper-number").await?;
    screen.pad(&format!("{number}E")).await?;
    screen.reads("paper-code", "A07").await?;
    screen.focus_in("paper-line-0").await?;
    // A mark that stands already changes: the first Enter at the end asks why and proposes a reason, the second takes it.
    screen.pad("3E4E2E9.5E").await?;
    screen.see("paper-reason").await?;
    screen.pad("E").await?;
    screen.reads("paper-totals", "9.5").await?;
    screen.picture("paper-total-differs").await?;
    let typed = screen.value("paper-line-1").await?;
    ensure!(typed == "4", "the recorder sees the own marks again: {typed}");
    screen.focus_in("paper-line-0").await?;
    screen.pad("E4.5EEE").await?;
    screen.reads("paper-said", "已录入").await?;
    Ok(())
}

/// A second entry that never saw the first; one mark is read otherwise, and only that one is shown.
async fn confirm(screen: &Screen, number: &str) -> Result<()> {
    screen.press("paper-mode-blind").await?;
    screen.fill("paper-by", "模拟录分员").await?;
    screen.press("paper-number").await?;
    screen.pad(&format!("{number}E")).await?;
    screen.see("paper-alone-warning").await?;
    screen.picture("paper-alone").await?;
    screen.fill("paper-by", "模拟核分员").await?;
    for line in 0..3 {
        let shown = screen.value(&format!("paper-line-{line}")).await?;
        ensure!(shown.is_empty(), "the second entry is blind: {shown}");
    }
    screen.press("paper-line-0").await?;
    screen.pad("3E4.5E2.5E").await?;
    let differs = screen.text("paper-differs-0").await?;
    ensure!(differs.contains('2') && differs.contains("2.5"), "what differs: {differs}");
    ensure!(screen.driver.find(By::Css("[data-testid='paper-differs-1']")).await.is_err(), "and nothing else");
    screen.picture("paper-differs").await?;
    screen.focus_in("paper-right-0").await?;
    screen.pad("2E").await?;
    screen.reads("paper-said", "已核对").await?;
    screen.press("paper-mode-called").await?;
    screen.picture("paper-called-empty").await?;
    Ok(())
}

/// A photo of the sheet is attached, looked at, and taken away with a reason; a file that is no picture is refused.
async fn scanned(screen: &Screen, number: &str) -> Result<()> {
    screen.press("paper-mode-record").await?;
    screen.fill("paper-by", "模拟录分员").await?;
    screen.press("paper-number").await?;
    screen.pad(&format!("{number}E")).await?;
    screen.reads("paper-scans-empty", "不影响成绩").await?;
    screen.choose_file("paper-scan-file", &root().join("crates/documents/tests/data/seal.png")).await?;
    screen.see("paper-scan-1").await?;
    screen.choose_file("paper-scan-file", &root().join("README.md")).await?;
    screen.reads("paper-scan-fault", "JPEG").await?;
    screen.picture("paper-scans").await?;
    screen.press("paper-scan-1").await?;
    screen.see("paper-scan-picture").await?;
    screen.picture("paper-scan-large").await?;
    screen.press("paper-scan-close").await?;
    screen.press("paper-scan-remove-1").await?;
    screen.press("paper-scan-do").await?;
    screen.reads("paper-scan-remove-fault", "理由").await?;
    screen.fill("paper-scan-reason", "附错了表").await?;
    screen.press("paper-scan-do").await?;
    screen.see("paper-scans-empty").await?;
    Ok(())
}

/// The list and the standings say how far the sheets are.
async fn listed(screen: &Screen) -> Result<()> {
    screen.reads("paper-progress", "1").await?;
    screen.press("nav-standings").await?;
    screen.see("standings-unverified").await?;
    screen.picture("standings-unverified").await?;
    screen.press("standings-finalise").await?;
    screen.picture("finalise-unverified").await?;
    Ok(())
}
