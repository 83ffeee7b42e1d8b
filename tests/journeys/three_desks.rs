//! The second sample competition at three desks and on a big screen, all of one host: judges sign in by PIN and mark from the numeric keypad, one is
//! late, one out of line; the keys are opened after the answers are in; a play-off decides the first prize, and the screen reveals the awards from the
//! last to the first.

mod ceremony;
mod chief;
mod desks;
mod marks;

use crate::journeys::commands::Here;
use crate::journeys::effort::Day;
use crate::journeys::harness::{Screen, host, root};
use crate::journeys::steps::scratch;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use thirtyfour::WindowHandle;

/// The day, its windows and its judges.
struct Hall {
    screen: Screen,
    day: Day,
    here: Here,
    folder: PathBuf,
    /// The organiser's and the chief judge's.
    office: WindowHandle,
    /// Desks by the code of who sits there.
    desks: BTreeMap<String, WindowHandle>,
    /// Ids of judges by code.
    judges: BTreeMap<String, Value>,
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_browser() -> Result<()> {
    let folder = scratch("three-desks")?;
    let (_server, address) = host(&folder.join("data"))?;
    let screen = Screen::chromium(1366, 768).await?;
    screen.driver.goto(&address).await?;
    screen.see("start-sample").await?;
    let office = screen.driver.window().await?;
    let (here, judges) = competition(&screen).await?;
    let day = Day::new("three desks and a big screen");
    let mut hall = Hall { screen, day, here, folder, office, desks: BTreeMap::new(), judges };
    hall.people().await?;
    hall.answers_come_in().await?;
    hall.set_up_desks(&["P01", "P03", "L01"]).await?;
    hall.judge_marks().await?;
    hall.leader_signs().await?;
    hall.others_mark().await?;
    hall.waits_for_the_late_judge().await?;
    hall.out_of_line().await?;
    hall.marks_again().await?;
    hall.opens_keys().await?;
    hall.finishes().await?;
    hall.reveals().await?;
    hall.screen.close().await?;
    hall.day.end()
}

impl Hall {
    /// To the organiser's window.
    async fn at_office(&self) -> Result<()> {
        Ok(self.screen.driver.switch_to_window(self.office.clone()).await?)
    }

    /// To the desk of a judge.
    async fn at_desk(&self, code: &str) -> Result<()> {
        let desk = self.desks.get(code).with_context(|| format!("the desk of {code}"))?;
        Ok(self.screen.driver.switch_to_window(desk.clone()).await?)
    }

    fn begin(&mut self) {
        self.day.begin(&self.screen);
    }

    fn end(&mut self, phase: &str, clicks: u32, keys: u32) {
        self.day.end_of(&self.screen, phase, (clicks, keys));
    }
}

/// The competition and its judges with their PINs. Judges of the wrapping may be three points apart.
async fn competition(screen: &Screen) -> Result<(Here, BTreeMap<String, Value>)> {
    let document = std::fs::read_to_string(root().join("docs/rulebooks/rice-wine-sample-2.json"))?;
    let mut rules: Value = serde_json::from_str(&document)?;
    let items = rules["items"].as_array_mut().context("items")?;
    items.iter_mut().find(|item| item["id"] == "G4").context("G4")?["spread"] = "3".into();
    let create =
        json!({"title": "模拟黄酒业职业技能竞赛", "event": "黄酒酿造工", "from": {"rulebook": rules.to_string()}});
    let competition = screen.call("competitions.create", create).await?;
    let here = Here::of(screen, competition).await?;
    let mut judges = BTreeMap::new();
    for (letter, count, kind) in [("L", 1, "group_leader"), ("P", 5, "scoring"), ("T", 2, "timing")] {
        for number in 1..=count {
            let code = format!("{letter}{number:02}");
            let judge = json!({"code": code, "name": format!("模拟裁判{code}"), "kind": kind, "unit": "模拟技师学院", "retired": false});
            let id = screen.call("judges.save", here.within(json!({"id": null, "judge": judge}))).await?;
            screen.call("judges.set_pin", here.within(json!({"judge": id, "pin": desks::pin(&code)}))).await?;
            judges.insert(code, id);
        }
    }
    let seated = |letter: &str| {
        let own = judges.iter().filter(|(code, _)| code.starts_with(letter));
        own.map(|(_, id)| id.clone()).collect::<Vec<_>>()
    };
    for (panel, letter) in [("craft", "P"), ("timers", "T")] {
        let set = json!({"panel": panel, "members": seated(letter), "reason": ""});
        screen.call("panels.set", here.with(set)).await?;
    }
    for module in ["M1", "M2"] {
        screen.call("modules.set_leader", here.with(json!({"module": module, "judge": judges["L01"]}))).await?;
    }
    let id = here.competition.as_str().context("an id")?;
    screen.driver.execute(format!("location.hash = '#/c/{id}/home'"), Vec::new()).await?;
    screen.see("phases").await?;
    Ok((here, judges))
}
