//! Staff: two people are enrolled, sign in one after the other, and one is told what the own role is not for.

use crate::journeys::harness::{Screen, host};
use crate::journeys::steps::scratch;
use anyhow::Result;

#[tokio::test(flavor = "multi_thread")]
async fn people_are_enrolled_sign_in_and_are_told_what_their_roles_are_not_for() -> Result<()> {
    let folder = scratch("staff")?;
    let (_host, address) = host(&folder.join("data"))?;
    let screen = Screen::chromium(1366, 768).await?;
    screen.driver.goto(&address).await?;
    screen.press("start-sample").await?;
    screen.press("nav-people").await?;
    screen.see("people-empty").await?;
    for (name, role) in [("模拟组织者", "organiser"), ("模拟核分员", "checker")] {
        screen.press("officer-add").await?;
        screen.fill("officer-name", name).await?;
        screen.press(&format!("officer-role-{role}")).await?;
        screen.fill("officer-pin", "135790").await?;
        screen.press("officer-save").await?;
        screen.see(&format!("officer-row-{name}")).await?;
    }
    screen.press("people-turn").await?;
    screen.press("people-turn-go").await?;

    screen.see("sign-in").await?;
    screen.picture("staff-sign-in").await?;
    sign_in(&screen, "模拟组织者", "0000").await?;
    screen.reads("sign-in-fault", "还可以试").await?;
    sign_in(&screen, "模拟组织者", "135790").await?;
    screen.reads("signed-in", "模拟组织者").await?;
    screen.press("nav-people").await?;
    screen.reads("people-state", "已启用").await?;
    screen.see("people-awaited-none").await?;
    screen.picture("staff").await?;

    screen.press("sign-out").await?;
    screen.see("sign-in").await?;
    sign_in(&screen, "模拟核分员", "135790").await?;
    screen.press("nav-registration").await?;
    screen
        .until("a refusal that says which role it wants", async |driver| {
            let source = driver.source().await.ok()?;
            source.contains("现在登录的身份是核分员").then_some(())
        })
        .await?;

    screen.press("sign-out").await?;
    sign_in(&screen, "模拟组织者", "135790").await?;
    revoke_key(&screen, "模拟核分员").await?;
    screen.press("sign-out").await?;
    sign_in(&screen, "模拟核分员", "135790").await?;
    // The PIN is a new one now, with a new key.
    screen.reads("sign-in-asked", "等组织者批准").await?;
    screen.close().await
}

/// Revokes the one key of somebody, who has approved nothing with it.
async fn revoke_key(screen: &Screen, name: &str) -> Result<()> {
    screen.press("nav-people").await?;
    screen.press(&format!("officer-keys-{name}")).await?;
    screen.press("key-revoke-0").await?;
    screen.reads("key-approvals", "没有用它批准过什么").await?;
    screen.reads("key-counts", "新缺批准的决定：0 项").await?;
    screen.fill("key-reason", "密码被别人看到").await?;
    screen.picture("staff-key").await?;
    screen.press("key-apply").await?;
    screen.reads(&format!("officer-row-{name}"), "还没有").await.map(drop)
}

async fn sign_in(screen: &Screen, name: &str, pin: &str) -> Result<()> {
    // By name, 核 before 组.
    let place = if name == "模拟核分员" { 1 } else { 2 };
    screen.choose_at("sign-in-who", &format!(":nth-child({place})")).await?;
    screen.fill("sign-in-pin", pin).await?;
    screen.press("sign-in-enter").await
}
