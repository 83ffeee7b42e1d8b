//! Where the walk goes, in the order in which a person meets it: an empty installation, a competition from a template step by step, the
//! sample with everything in it, rules of other kinds, and a headquarters as
//! a browser elsewhere sees it.

mod begin;
mod elsewhere;
mod other_rules;
mod sample;
mod template;

use crate::report::Finding;
use crate::walker::Walker;
use anyhow::Result;
use std::path::Path;
use thirtyfour::By;

/// The whole walk.
pub async fn whole(walker: &mut Walker, address: &str, folder: &Path) -> Result<()> {
    walker.screen.driver.goto(address).await?;
    walker.become_(crate::sight::BASE).await?;
    let begun = begin::walk(walker).await;
    walker.went("begin", begun).await?;
    let went = template::walk(walker, folder).await;
    walker.went("template", went).await?;
    let went = sample::walk(walker, folder).await;
    walker.went("sample", went).await?;
    let went = other_rules::walk(walker).await;
    walker.went("other-rules", went).await?;
    let went = elsewhere::walk(walker, folder).await;
    walker.went("elsewhere", went).await
}

impl Walker {
    /// A part of the walk that could not be finished is a finding; the next begins on a page loaded afresh.
    async fn went(&mut self, part: &str, went: Result<()>) -> Result<()> {
        let Err(error) = went else { return Ok(()) };
        let why = format!("{error:#}").lines().take(3).collect::<Vec<_>>().join(" ");
        self.note(part, vec![Finding { check: "could not go on".into(), place: part.into(), what: why }]);
        self.screen.driver.execute("location.hash = '#/'", Vec::new()).await?;
        self.screen.driver.refresh().await?;
        self.become_(crate::sight::BASE).await
    }

    /// Goes to a page of the competition by its navigation.
    pub async fn page(&self, name: &str) -> Result<()> {
        self.screen.press(&format!("nav-{name}")).await?;
        let there = format!("main[data-page='{name}']");
        self.screen
            .until(&format!("page {name}"), async |driver| driver.find(By::Css(&there)).await.ok().map(drop))
            .await?;
        self.screen.settle().await
    }

    /// Looks at a page, and walks it with the keyboard.
    pub async fn show_page(&mut self, name: &str) -> Result<()> {
        self.screen.settle().await?;
        self.show(name).await?;
        if self.wants(name) {
            let found = self.screen.tab_through().await?;
            self.note(&format!("{name}-keys"), found);
            self.screen.driver.execute("document.activeElement.blur(); document.querySelectorAll('main, main *').forEach(one => { one.scrollTop = 0; one.scrollLeft = 0; })", Vec::new()).await?;
        }
        Ok(())
    }

    /// Looks at the open dialog with this test id, walks it with the keyboard, and closes it with Esc.
    pub async fn show_dialog(&mut self, name: &str, dialog: &str) -> Result<()> {
        self.screen.settle().await?;
        self.show(name).await?;
        if self.wants(name) {
            let found = self.screen.tab_through().await?;
            self.note(&format!("{name}-keys"), found);
        }
        let found: Vec<Finding> = self.screen.escape(dialog).await?;
        self.note(&format!("{name}-keys"), found);
        Ok(())
    }
}
