//! Without internet: one desktop hosts the hall, another one connects with the code that is shown there, and the host sees both.

use crate::journeys::harness::{Screen, free_port, host};
use crate::journeys::steps::scratch;
use anyhow::{Result, ensure};

#[tokio::test(flavor = "multi_thread")]
async fn one_desktop_hosts_the_hall_and_sees_the_other_one() -> Result<()> {
    let folder = scratch("hall-host")?;
    let (_hub, hub_address) = host(&folder.join("hub"))?;
    let (_desk, desk_address) = host(&folder.join("desk"))?;
    let (hub, desk) = (Screen::chromium(1366, 768).await?, Screen::chromium(1366, 768).await?);

    hub.driver.goto(&hub_address).await?;
    hub.press("start-sample").await?;
    hub.see("nav-settings").await?;
    hub.press("nav-start").await?;
    hub.press("start-exchange").await?;
    hub.fill("hub-port", "0").await?;
    hub.press("hub-open").await?;
    hub.has("hub-port", "aria-invalid", "true").await?;
    let port = free_port()?.to_string();
    hub.fill("hub-port", &port).await?;
    hub.press("hub-open").await?;
    hub.reads("hub-state", &port).await?;
    hub.reads("bundle-reached", &port).await?;
    hub.press("bundle-pair").await?;
    let code = hub.text("bundle-code-made").await?;
    hub.picture("hall-host").await?;

    desk.driver.goto(&desk_address).await?;
    desk.see("start-empty").await?;
    desk.driver.execute("document.getElementById('main').scrollTop = 10000", Vec::new()).await?;
    desk.press("start-exchange").await?;
    desk.see("bundle-url").await?;
    desk.until("a page begins at its top, wherever one was on the page before", async |driver| {
        let at = driver.execute("return document.getElementById('main').scrollTop", Vec::new()).await.ok()?;
        (at.json().as_f64()? < 1.0).then_some(())
    })
    .await?;
    desk.fill("bundle-url", &format!("127.0.0.1:{port}")).await?;
    desk.fill("bundle-code", &code).await?;
    desk.press("bundle-connect").await?;
    desk.see("bundle-disconnect").await?;
    desk.press("nav-start").await?;
    desk.press("competition-0").await?;
    let title = desk.text("bar-title").await?;
    ensure!(title.contains("工业废水处理工"), "the competition of the host is here: {title}");
    desk.reads("foot-headquarters", "上级平台已收到全部记录").await?;

    hub.press("nav-start").await?;
    hub.press("start-headquarters").await?;
    hub.reads("hq-results", "暂定").await?;
    hub.reads("hq-node-holds", "全部已上报").await?;
    hub.press("hq-copy").await?;
    hub.reads("hq-copied", "条记录").await?;
    hub.picture("headquarters").await?;
    desk.close().await?;
    hub.close().await
}
