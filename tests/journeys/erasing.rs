//! A person is erased after the results are final; a backup of before, on another computer, has no name of theirs and everybody else's.

use crate::journeys::harness::{Screen, host};
use crate::journeys::steps::scratch;
use anyhow::{Result, ensure};

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_person_is_in_no_backup_of_before() -> Result<()> {
    let folder = scratch("erasing")?;
    let stick = folder.join("stick");
    std::fs::create_dir(&stick)?;
    let path = stick.to_string_lossy().into_owned();
    let screen = Screen::chromium(1366, 768).await?;

    let (mut first, address) = host(&folder.join("first"))?;
    screen.driver.goto(&address).await?;
    screen.press("start-sample").await?;
    screen.press("nav-registration").await?;
    screen.press("entry-erase-S07").await?;
    screen.reads("erase-fault", "还没有定稿").await?;
    screen.press("erase-cancel").await?;
    screen.finalise().await?;
    screen.press("nav-settings").await?;
    screen.press("settings-backups").await?;
    screen.fill("backups-second-folder", &path).await?;
    // The one that was made before the results became final is copied.
    screen.press("backups-second-set").await?;
    screen.see("backups-second-good").await?;
    screen.see("backup-row").await?;

    screen.press("nav-start").await?;
    screen.press("competition-0").await?;
    screen.press("nav-registration").await?;
    let name = screen.text("entry-row-S07").await?;
    screen.press("entry-erase-S07").await?;
    screen.reads("erase-goes", "报名信息").await?;
    screen.reads("erase-stays", "S07").await?;
    screen.press("erase-apply").await?;
    screen.reads("erase-fault", "依据").await?;
    screen.picture("erase-dialog").await?;
    screen.fill("erase-basis", "本人申请，个人信息保护法第四十七条").await?;
    screen.press("erase-apply").await?;
    screen.reads("entry-row-S07", "已删除").await?;
    screen.press("nav-standings").await?;
    screen.picture("erase-standings").await?;
    first.kill()?;

    let (_second, address) = host(&folder.join("second"))?;
    screen.driver.goto(&address).await?;
    screen.press("start-backups").await?;
    screen.fill("backups-from", &path).await?;
    screen.press("backups-find").await?;
    screen.see("restore-sound").await?;
    screen.press("restore-apply").await?;
    screen.see("backups-restored").await?;
    screen.press("nav-start").await?;
    screen.press("competition-0").await?;
    screen.press("nav-registration").await?;
    screen.reads("entry-row-S07", "已删除").await?;
    let other = screen.text("entry-row-S08").await?;
    ensure!(!other.contains("已删除") && other != name, "everybody else is there by name: {other}");
    screen.close().await
}
