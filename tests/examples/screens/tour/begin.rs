//! An installation with nothing in it.

use crate::walker::Walker;
use anyhow::Result;

pub async fn walk(walker: &mut Walker) -> Result<()> {
    walker.screen.see("start-empty").await?;
    walker.show_page("start-empty").await?;
    walker.screen.press("start-template-theory-practice-30-70").await?;
    walker.screen.see("create-title").await?;
    walker.show_dialog("start-create", "create").await?;
    walker.screen.press("verify").await?;
    walker.screen.see("verify-report").await?;
    walker.show("start-verified").await?;
    walker.screen.press("start-backups").await?;
    walker.screen.see("backups-empty").await?;
    walker.show_page("backups-empty").await?;
    walker.screen.press("nav-start").await?;
    walker.screen.press("start-exchange").await?;
    walker.screen.see("bundle-state").await?;
    walker.show_page("exchange-empty").await?;
    walker.screen.press("nav-start").await?;
    walker.screen.press("start-headquarters").await?;
    walker.screen.see("hq-empty").await?;
    walker.show_page("headquarters-empty").await?;
    walker.screen.press("nav-start").await
}
