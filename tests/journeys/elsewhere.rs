//! An officer elsewhere: sets up an account with the link, signs out and in with password and code, opens the headquarters, is refused what the account may
//! not do, and is told when it is over.

use crate::journeys::accounts::{PASSWORD, account, certify, code, invite};
use crate::journeys::harness::{Screen, headquarters, root};
use crate::journeys::steps::scratch;
use anyhow::{Result, ensure};
use thirtyfour::prelude::*;

/// What axe-core finds.
async fn accessible(screen: &Screen, what: &str) -> Result<()> {
    if screen.driver.execute("return !window.axe", Vec::new()).await?.json() == &serde_json::json!(true) {
        let source = std::fs::read_to_string(root().join("tests/data/axe-core/axe.min.js"))?;
        screen.driver.execute(source, Vec::new()).await?;
    }
    let look = "
        const done = arguments[arguments.length - 1];
        const open = [...document.querySelectorAll('dialog[open]')].pop();
        axe.run(open || document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] })
            .then(found => done(found.violations.map(one => one.id + ' ' + one.nodes.map(node => node.target.join(' ')).join(', '))));";
    let found = screen.driver.execute_async(look, Vec::new()).await?;
    let found = found.json().as_array().cloned().unwrap_or_default();
    ensure!(found.is_empty(), "{what}: {found:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_elsewhere_signs_in_with_password_and_code_and_out_again() -> Result<()> {
    let folder = scratch("elsewhere")?;
    let data = folder.join("data");
    certify(&folder)?;
    let (_hq, site) = headquarters(&data, &folder)?;
    let link = invite(&data, "模拟省赛办", "look", &site)?;
    let screen = Screen::chromium_trusting(1366, 768, true).await?;

    screen.driver.goto(&site).await?;
    screen.see("door").await?;
    accessible(&screen, "the door").await?;
    screen.driver.goto(&link).await?;
    screen.reads("set-up-who", "模拟省赛办").await?;
    let letters = screen.text("authenticator-letters").await?;
    let address = screen.attribute("authenticator-code", "data-address").await?.unwrap_or_default();
    ensure!(address.contains(&letters.replace(' ', "")), "the code holds the same secret");
    screen.fill("set-up-password", "too short").await?;
    screen
        .until("what is wrong with it", async |driver| {
            driver.find(By::Id("set-up-password-wrong")).await.ok()?.text().await.ok()?.contains("12").then_some(())
        })
        .await?;
    screen.fill("set-up-password", PASSWORD).await?;
    screen.press("set-up-password-show").await?;
    screen.has("set-up-password", "type", "text").await?;
    accessible(&screen, "setting up").await?;
    screen.picture("elsewhere-set-up").await?;
    screen.fill("set-up-code", &code(&letters, 0)?).await?;
    screen.press("set-up-send").await?;
    screen.see("recovery").await?;
    let codes = screen.driver.find_all(By::Css("[data-testid='recovery-code']")).await?;
    ensure!(codes.len() == 8, "eight recovery codes");
    let recovery = codes[0].text().await?;
    screen.press("recovery-kept").await?;
    screen.reads("account-open", "模拟省赛办").await?;

    screen.press("account-out").await?;
    screen.see("door").await?;
    screen.focus_in("door-name").await?;
    // From the keyboard alone, as it was typed.
    screen.type_keys("模拟省赛办").await?;
    screen.fill("door-password", PASSWORD).await?;
    screen.type_keys("\u{e007}").await?;
    screen.focus_in("door-code").await?;
    screen.type_keys("000000\u{e007}").await?;
    screen.reads("door-wrong", "不对").await?;
    screen.fill("door-code", &code(&letters, 1)?).await?;
    screen.press("door-enter").await?;
    screen.see("account-look").await?;
    screen.press("start-headquarters").await?;
    screen
        .until("the headquarters", async |driver| driver.find(By::Css("main[data-page='headquarters'] h1")).await.ok())
        .await?;
    screen.picture("elsewhere-headquarters").await?;

    // What the account may not do is said where it is tried.
    screen.press("nav-start").await?;
    screen.press("start-sample").await?;
    screen
        .until("a refusal that says what the account may", async |driver| {
            driver.source().await.ok()?.contains("您的帐号只能查看").then_some(())
        })
        .await?;
    screen.press("language").await?;
    screen.reads("account-look", "Look only").await?;
    screen.press("account-open").await?;
    screen.reads("account-recovery", "8 recovery codes").await?;
    screen.see("account-session").await?;
    accessible(&screen, "the account").await?;
    screen.picture("elsewhere-account").await?;

    // A session that ends elsewhere: the page says so, hides what stood on it, and keeps what was typed.
    screen.fill("password-new", "something that was typed").await?;
    let anew = account(&data, &["reset", "模拟省赛办"])?;
    screen.see("door-ended").await?;
    accessible(&screen, "the end").await?;
    screen.picture("elsewhere-ended").await?;
    let kept = screen.driver.find(By::Id("password-new")).await?.prop("value").await?.unwrap_or_default();
    ensure!(kept == "something that was typed", "what was typed is still there: {kept}");
    screen.press("door-leave").await?;
    screen.see("door").await?;
    // What was known before the reset lets nobody in.
    screen.fill("door-name", "模拟省赛办").await?;
    screen.fill("door-password", PASSWORD).await?;
    screen.press("door-enter").await?;
    screen.press("door-code-other").await?;
    screen.fill("door-code", &recovery).await?;
    screen.press("door-enter").await?;
    screen.see("door-wrong").await?;
    ensure!(anew.starts_with("code "), "{anew}");
    screen.close().await
}
