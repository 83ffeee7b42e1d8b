//! A headquarters as a browser elsewhere sees it: the door, setting up an account, the account itself, and its end.

use crate::journeys::accounts::{PASSWORD, account, certify, code, invite};
use crate::journeys::harness::headquarters;
use crate::walker::Walker;
use anyhow::Result;
use std::path::Path;

const NAME: &str = "模拟省赛办";

/// The walk.
pub async fn walk(walker: &mut Walker, folder: &Path) -> Result<()> {
    let data = folder.join("headquarters");
    certify(folder)?;
    let (_hq, site) = headquarters(&data, folder)?;
    let link = invite(&data, NAME, "look", &site)?;
    walker.screen.driver.goto(&site).await?;
    walker.screen.see("door-name").await?;
    walker.become_(crate::sight::BASE).await?;
    walker.screen.press("door-enter").await?;
    walker.screen.see("door-lacking").await?;
    walker.show_page("door").await?;
    walker.screen.fill("door-name", NAME).await?;
    walker.screen.fill("door-password", PASSWORD).await?;
    walker.screen.press("door-enter").await?;
    walker.screen.see("door-code").await?;
    walker.show("door-code").await?;

    walker.screen.driver.goto(&link).await?;
    walker.screen.see("set-up-who").await?;
    walker.screen.fill("set-up-password", "too short").await?;
    walker.show_page("door-set-up").await?;
    walker.screen.fill("set-up-password", PASSWORD).await?;
    let letters = walker.screen.text("authenticator-letters").await?;
    walker.screen.fill("set-up-code", &code(&letters, 0)?).await?;
    walker.screen.press("set-up-send").await?;
    walker.screen.see("recovery").await?;
    walker.show_page("door-recovery").await?;
    walker.screen.press("recovery-kept").await?;

    walker.screen.press("account-open").await?;
    walker.screen.see("account-session").await?;
    walker.show_page("account").await?;
    account(&data, &["reset", NAME])?;
    walker.screen.see("door-ended").await?;
    walker.show("door-ended").await
}
