//! A computer breaks: its backups lie on a stick, and another computer goes on from there.

use crate::journeys::harness::{Screen, host};
use crate::journeys::steps::scratch;
use anyhow::{Result, ensure};

#[tokio::test(flavor = "multi_thread")]
async fn another_computer_goes_on_from_the_stick() -> Result<()> {
    let folder = scratch("backup")?;
    let stick = folder.join("stick");
    std::fs::create_dir(&stick)?;
    let path = stick.to_string_lossy().into_owned();
    let screen = Screen::chromium(1366, 768).await?;

    let (mut first, address) = host(&folder.join("first"))?;
    screen.driver.goto(&address).await?;
    screen.press("start-sample").await?;
    screen.press("nav-settings").await?;
    screen.press("settings-backups").await?;
    screen.see("backups-empty").await?;
    screen.fill("backups-second-folder", "/nowhere/at/all").await?;
    screen.press("backups-second-set").await?;
    screen
        .until("the refusal beside its field", async |driver| {
            let field = driver.find(thirtyfour::By::Css("[data-testid='backups-second-folder']")).await.ok()?;
            (field.attr("aria-invalid").await.ok()??.as_str() == "true").then_some(())
        })
        .await?;
    screen.fill("backups-second-folder", &path).await?;
    screen.press("backups-second-set").await?;
    screen.press("backups-make").await?;
    screen.see("backups-second-good").await?;
    screen.see("backup-row").await?;
    screen.picture("backups").await?;
    first.kill()?;

    let (_second, address) = host(&folder.join("second"))?;
    screen.driver.goto(&address).await?;
    screen.see("start-empty").await?;
    screen.press("start-backups").await?;
    screen.fill("backups-from", &path).await?;
    screen.press("backups-find").await?;
    screen.see("restore-sound").await?;
    screen.has("restore-loses", "data-count", "0").await?;
    screen.reads("restore-competition", "工业废水处理工").await?;
    screen.picture("backups-preview").await?;
    screen.press("restore-apply").await?;
    screen.see("backups-restored").await?;
    screen.press("nav-start").await?;
    screen.press("competition-0").await?;
    screen.press("nav-standings").await?;
    let title = screen.text("bar-title").await?;
    ensure!(title.contains("工业废水处理工"), "the competition is here: {title}");
    screen.close().await
}
