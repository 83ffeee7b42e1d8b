//! The host of the hall is killed: the computer that stands by says who will come, takes over, and the desk is with it without anybody touching it.

use crate::journeys::harness::{Screen, free_port, host};
use crate::journeys::steps::scratch;
use anyhow::Result;

#[tokio::test(flavor = "multi_thread")]
async fn the_host_breaks_and_one_press_brings_the_hall_to_the_standby() -> Result<()> {
    let folder = scratch("standby")?;
    let (mut hub_process, hub_address) = host(&folder.join("hub"))?;
    let (_standby, standby_address) = host(&folder.join("standby"))?;
    let (_desk, desk_address) = host(&folder.join("desk"))?;
    let hub = Screen::chromium(1366, 768).await?;
    let standby = Screen::chromium(1366, 768).await?;
    let desk = Screen::chromium(1366, 768).await?;

    hub.driver.goto(&hub_address).await?;
    hub.press("start-sample").await?;
    hub.see("nav-settings").await?;
    hub.press("nav-start").await?;
    hub.press("start-exchange").await?;
    let port = free_port()?.to_string();
    hub.fill("hub-port", &port).await?;
    hub.press("hub-open").await?;
    hub.reads("hub-state", &port).await?;
    hub.press("bundle-pair").await?;
    let for_desk = hub.text("bundle-code-made").await?;
    hub.choose("bundle-reads", "standby").await?;
    hub.see("bundle-standby-about").await?;
    hub.press("bundle-pair").await?;
    let for_standby = hub.text("bundle-code-made").await?;

    standby.driver.goto(&standby_address).await?;
    standby.see("start-empty").await?;
    standby.press("start-exchange").await?;
    standby.fill("hub-port", &free_port()?.to_string()).await?;
    standby.press("hub-open").await?;
    standby.see("hub-state").await?;
    desk.driver.goto(&desk_address).await?;
    desk.see("start-empty").await?;
    desk.press("start-exchange").await?;
    for (screen, code) in [(&desk, &for_desk), (&standby, &for_standby)] {
        screen.fill("bundle-url", &format!("127.0.0.1:{port}")).await?;
        screen.fill("bundle-code", code).await?;
        screen.press("bundle-connect").await?;
        screen.see("bundle-disconnect").await?;
    }
    desk.press("nav-start").await?;
    desk.press("competition-0").await?;
    standby.reads("standby-state", "待命").await?;
    standby.see("standby-node").await?;
    hub.reads("standby-waits", "待命").await?;
    desk.reads("foot-with", "主机").await?;
    standby.picture("standby-waits").await?;

    hub_process.kill()?;
    standby.reads("standby-hub", "没有应答").await?;
    standby.press("take-over").await?;
    standby.reads("take-over-moves", "1 台").await?;
    standby.reads("take-over-missing", "最近一次应答").await?;
    standby.picture("take-over").await?;
    standby.press("take-over-do").await?;
    standby.reads("standby-state", "接管").await?;
    desk.reads("foot-with", "备用主机").await?;
    standby.reads("standby-node", "已在本机").await?;
    standby.press("hand-back").await?;
    standby.press("hand-back-do").await?;
    standby.reads("standby-state", "待命").await?;
    standby.close().await?;
    desk.close().await?;
    hub.close().await
}
