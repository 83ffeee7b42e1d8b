//! The play-off, the lock, and the awards on the big screen.

use super::Hall;
use anyhow::{Context, Result, ensure};

impl Hall {
    /// A01 and A02 are equal in everything: A02 wins the play-off. Confirmed by two, locked.
    pub async fn finishes(&mut self) -> Result<()> {
        self.begin();
        let screen = &self.screen;
        screen.press("nav-finalise").await?;
        screen.has("finalising-ties", "data-state", "next").await?;
        screen.reads("equals", "H01").await?;
        screen.picture("desks-play-off").await?;
        screen.press("equals-decide-0").await?;
        let first = screen.see("equals-dialog").await?.find(thirtyfour::By::Css(".equals-order li")).await?;
        if first.text().await?.contains("H01") {
            screen.press("equals-down-H01").await?;
        }
        screen.press("equals-dialog-apply").await?;
        screen.has("finalising-ties", "data-state", "done").await?;
        for (field, name) in [("confirm-chief-judge", "模拟裁判长"), ("confirm-supervisor", "模拟总监督")] {
            screen.focus_in(field).await?;
            screen.type_keys(&format!("{name}\u{e007}")).await?;
        }
        screen.focus_in("finalise-do").await?;
        screen.pad("E").await?;
        screen.has("finalising-state", "data-state", "final").await?;
        self.end("from the keys to locked results", 4, 13);
        Ok(())
    }

    /// Released, then third, second and first.
    pub async fn reveals(&mut self) -> Result<()> {
        // The judges have gone: a browser has no more than six connections to a host, and every page that follows changes keeps one.
        for desk in std::mem::take(&mut self.desks).into_values() {
            self.screen.driver.switch_to_window(desk).await?;
            self.screen.driver.close_window().await?;
        }
        self.at_office().await?;
        let before = self.screen.driver.windows().await?;
        self.begin();
        let screen = &self.screen;
        screen.press("nav-screen").await?;
        screen.press("screen-open").await?;
        let wall = screen
            .until("the window of the screen", async |driver| {
                driver.windows().await.ok()?.into_iter().find(|window| !before.contains(window))
            })
            .await?;
        screen.press("screen-release-final").await?;
        screen.has("screen-release-final", "aria-pressed", "true").await?;
        screen.press("screen-scene-ceremony").await?;
        screen.driver.switch_to_window(wall.clone()).await?;
        screen.reads("wall-said", "颁奖即将开始").await?;
        for (award, winners, unseen) in [("三等奖", 3, "二等奖"), ("二等奖", 2, "一等奖"), ("一等奖", 1, "金")]
        {
            self.at_office().await?;
            screen.press("screen-reveal").await?;
            screen.driver.switch_to_window(wall.clone()).await?;
            screen.reads("wall-award", award).await?;
            let shown = screen.driver.find_all(thirtyfour::By::Css("[data-testid='wall-winners'] li")).await?;
            ensure!(shown.len() == winners, "{award}: {} winners on the screen", shown.len());
            ensure!(!screen.text("wall").await?.contains(unseen), "{unseen} is given away with {award}");
            screen.picture(&format!("desks-{winners}-on-the-wall")).await?;
        }
        let winner = screen.text("wall-winners").await?;
        let second = crate::journeys::people::roster(2).into_iter().next_back().context("the second on the roster")?;
        ensure!(winner.contains(&second.name), "who won the play-off is first: {winner}");
        self.end("the ceremony on the big screen", 7, 0);
        Ok(())
    }
}
