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
    walker.show("start-verified").await
}
