//! The first sample competition on paper, with two people at one computer, from the roster to the signed-off pack: every kind of step through
//! the interface, with its clicks and keys; what would only be more of the same comes in by commands between the phases.

mod after;
mod before;
mod finish;
mod scoring;
mod sheets;

use crate::journeys::commands::Here;
use crate::journeys::effort::Day;
use crate::journeys::harness::{Screen, host, root};
use crate::journeys::steps::scratch;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::path::PathBuf;

/// The day and where it happens.
struct Hall {
    screen: Screen,
    day: Day,
    here: Here,
    folder: PathBuf,
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_browser() -> Result<()> {
    let folder = scratch("paper-day")?;
    let (_server, address) = host(&folder.join("data"))?;
    let screen = Screen::chromium(1366, 768).await?;
    screen.driver.goto(&address).await?;
    screen.see("start-sample").await?;
    let here = competition(&screen).await?;
    let mut hall = Hall { screen, day: Day::new("one computer, two people, paper"), here, folder };
    hall.people().await?;
    hall.draws().await?;
    hall.theory().await?;
    hall.seals().await?;
    hall.prints().await?;
    hall.opens_sample().await?;
    hall.types_and_confirms().await?;
    hall.rest(&["A"]).await?;
    hall.replaces_judge().await?;
    hall.rest(&["B", "C"]).await?;
    hall.decides().await?;
    hall.last_mark().await?;
    hall.finishes().await?;
    hall.rechecks().await?;
    hall.corrects().await?;
    hall.screen.close().await?;
    hall.day.end()
}

impl Hall {
    /// A phase begins.
    fn begin(&mut self) {
        self.day.begin(&self.screen);
    }

    /// A phase ends, with the most clicks and keys it may take.
    fn end(&mut self, phase: &str, clicks: u32, keys: u32) {
        self.day.end_of(&self.screen, phase, (clicks, keys));
    }
}

/// The competition with its judges. Equals draw lots, and nobody on the border of an award gets it before.
async fn competition(screen: &Screen) -> Result<Here> {
    let document = std::fs::read_to_string(root().join("docs/rulebooks/wastewater-sample-1-readings.json"))?;
    let mut rules: Value = serde_json::from_str(&document)?;
    rules["ranking"]["last"] = "draw".into();
    rules["awards"]["ties"] = "settle".into();
    let create = json!({"title": "模拟工业废水处理工职业技能竞赛决赛", "event": "工业废水处理工", "from": {"rulebook": rules.to_string()}});
    let competition = screen.call("competitions.create", create).await?;
    let here = Here::of(screen, competition).await?;
    let mut seated = Vec::new();
    let codes = [("P", 6, "scoring"), ("X", 3, "on_site"), ("Z", 1, "chief")];
    for (letter, count, kind) in codes {
        for number in 1..=count {
            let code = format!("{letter}{number:02}");
            let judge = json!({"code": code, "name": format!("模拟裁判{code}"), "kind": kind, "unit": "模拟技师学院", "retired": false});
            seated.push(screen.call("judges.save", here.within(json!({"id": null, "judge": judge}))).await?);
        }
    }
    for (panel, members) in [("report", &seated[..5]), ("craft", &seated[6..9])] {
        let set = json!({"panel": panel, "members": members, "reason": ""});
        screen.call("panels.set", here.with(set)).await?;
    }
    let id = here.competition.as_str().context("an id")?;
    screen.driver.execute(format!("location.hash = '#/c/{id}/home'"), Vec::new()).await?;
    screen.see("phases").await?;
    Ok(here)
}
