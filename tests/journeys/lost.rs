//! A computer is lost: the host of the hall revokes it, with the effect shown before; it is told in plain words, and is trusted again once it was found.

use crate::journeys::harness::{Screen, free_port, host};
use crate::journeys::steps::scratch;
use anyhow::Result;

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_computer_is_revoked_and_trusted_again_when_it_was_found() -> Result<()> {
    let folder = scratch("lost")?;
    let (_hub, hub_address) = host(&folder.join("hub"))?;
    let (_desk, desk_address) = host(&folder.join("desk"))?;
    let (hub, desk) = (Screen::chromium(1366, 768).await?, Screen::chromium(1366, 768).await?);

    hub.driver.goto(&hub_address).await?;
    hub.press("start-sample").await?;
    hub.see("nav-settings").await?;
    hub.press("nav-findings").await?;
    hub.see("findings-empty").await?;
    hub.press("nav-start").await?;
    hub.press("start-exchange").await?;
    let port = free_port()?.to_string();
    hub.fill("hub-port", &port).await?;
    hub.press("hub-open").await?;
    hub.press("bundle-pair").await?;
    let code = hub.text("bundle-code-made").await?;

    desk.driver.goto(&desk_address).await?;
    desk.see("start-empty").await?;
    desk.press("start-exchange").await?;
    desk.fill("bundle-url", &format!("127.0.0.1:{port}")).await?;
    desk.fill("bundle-code", &code).await?;
    desk.press("bundle-connect").await?;
    desk.see("bundle-disconnect").await?;

    hub.press("nav-start").await?;
    hub.press("start-headquarters").await?;
    hub.press("hq-revoke").await?;
    hub.see("revoke-none").await?;
    hub.fill("revoke-reason", "模拟丢失").await?;
    hub.picture("revoke").await?;
    hub.press("revoke-apply").await?;
    hub.reads("hq-revoked", "已吊销").await?;
    desk.press("foot-trouble").await?;
    desk.reads("foot-trouble", "已被上级吊销").await?;

    hub.press("hq-revoke").await?;
    hub.fill("revoke-reason", "模拟找到").await?;
    hub.press("revoke-apply").await?;
    hub.reads("hq-revoke", "吊销").await?;
    desk.reads("foot-headquarters", "上级平台已收到全部记录").await?;
    desk.close().await?;
    hub.close().await
}
