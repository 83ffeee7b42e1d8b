//! Before the first mark: the roster, the draws, theory from a file, sealing, the sheets.

use super::Hall;
use super::sheets::{ENTRIES, STATIONS, place_of, theory};
use crate::journeys::people::roster;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Whose row of the theory results has a name and a unit alone.
const NAMELESS: &str = "A-11";
/// Who was absent from the theory test.
const ABSENT: &str = "C-20";

impl Hall {
    /// Sixty people from a file.
    pub async fn people(&mut self) -> Result<()> {
        let mut file = String::from("姓名,证件类型,证件号码,手机号码,单位,场次\n");
        for (at, person) in roster(ENTRIES as u32).into_iter().enumerate() {
            let session = ["A", "B", "C"][at / STATIONS];
            let line = [&person.name, "居民身份证", &person.document, &person.phone, &person.unit, session].join(",");
            writeln!(file, "{line}")?;
        }
        let path = self.folder.join("roster.csv");
        std::fs::write(&path, file)?;
        self.begin();
        self.screen.press("nav-registration").await?;
        self.screen.press("roster-open").await?;
        self.screen.choose_file("roster-file", &path).await?;
        self.screen.press("roster-apply").await?;
        self.screen.reads("entry-total", "60").await?;
        self.end("roster", 5, 0);
        Ok(())
    }

    /// Numbers by computer; places of session A from a box, of the others by computer; the register is printed.
    pub async fn draws(&mut self) -> Result<()> {
        self.begin();
        let screen = &self.screen;
        screen.press("nav-draw").await?;
        screen.press("draw-choice-number").await?;
        screen.press("draw-computer").await?;
        screen.focus_in("draw-computer-prefix").await?;
        screen.type_keys("S\u{e007}").await?;
        screen.reads("draw-about", "结果一致").await?;
        screen.press("draw-choice-placeA").await?;
        screen.press("lot-0").await?;
        // As they came out of the box.
        let lots: String = (0..STATIONS).map(|line| format!("{:02}E", (line * 7 + 3) % STATIONS + 1)).collect();
        screen.pad(&lots).await?;
        screen.has("lot-state-19", "data-state", "draw-state-saved").await?;
        screen.reads("draw-progress", "20").await?;
        for session in ["B", "C"] {
            let choice = format!("draw-choice-place{session}");
            screen.press(&choice).await?;
            screen.has(&choice, "aria-current", "true").await?;
            screen.press("draw-computer").await?;
            screen.focus_in("draw-computer-prefix").await?;
            screen.pad("E").await?;
            screen.reads("draw-about", "结果一致").await?;
        }
        screen.press("draw-print").await?;
        self.end("draws", 10, 64);
        Ok(())
    }

    /// One column: a row with name and unit alone is asked about, and who has none was absent.
    pub async fn theory(&mut self) -> Result<()> {
        let list = self.screen.call("entries.list", self.here.with(json!({"search": ""}))).await?;
        let rows = list["rows"].as_array().context("entries")?;
        let station = |row: &Value| {
            let part = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
            format!("{}-{}", part("session"), part("station"))
        };
        let mut file = String::from("参赛号,姓名,单位,理论\n");
        let (mut asked, mut absent) = (None, String::new());
        let mut line = 1;
        for row in rows {
            let own = station(row);
            let number = row["number"].as_str().unwrap_or_default();
            let part = |name: &str| row["form"][name].as_str().unwrap_or_default();
            if own == ABSENT {
                absent = number.to_owned();
                continue;
            }
            line += 1;
            let number = if own == NAMELESS { "" } else { number };
            if own == NAMELESS {
                asked = Some((line, row["id"].as_str().context("an id")?));
            }
            writeln!(file, "{number},{},{},{}", part("name"), part("unit"), theory(place_of(&own)))?;
        }
        let path = self.folder.join("theory.csv");
        std::fs::write(&path, file)?;
        let (asked, entry) = asked.context("the row without a number")?;
        self.begin();
        let screen = &self.screen;
        screen.press("nav-marks").await?;
        screen.press("marks-import").await?;
        screen.choose_file("marks-file", &path).await?;
        screen.reads("marks-summary", "1").await?;
        ensure!(!screen.see("marks-apply").await?.is_enabled().await?, "a name alone is taken for a number");
        screen.picture("day-theory-question").await?;
        screen.choose(&format!("marks-question-{asked}"), entry).await?;
        screen.press(&format!("marks-absent-{absent}")).await?;
        screen.press("marks-apply").await?;
        screen
            .until("the import done", async |driver| {
                let open = driver.find(thirtyfour::By::Css("[data-testid='marks-file']")).await.is_ok();
                (!open).then_some(())
            })
            .await?;
        self.end("theory from a file", 8, 0);
        Ok(())
    }

    /// Two people seal the names.
    pub async fn seals(&mut self) -> Result<()> {
        self.begin();
        let screen = &self.screen;
        screen.press("nav-draw").await?;
        screen.press("seal-open").await?;
        screen.focus_in("seal-officer").await?;
        screen.type_keys("模拟加密员\u{e004}模拟监督员\u{e007}").await?;
        screen.see("draw-sealed").await?;
        screen.see("sealed-row-A-07").await?;
        self.end("sealing", 2, 12);
        Ok(())
    }

    /// The sheets of a module.
    pub async fn prints(&mut self) -> Result<()> {
        self.begin();
        let screen = &self.screen;
        screen.press("nav-documents").await?;
        screen.press("doc-kind-mark-sheets-blank").await?;
        screen.choose("doc-module", "C").await?;
        screen.choose_at("doc-judge", ":not([value=''])").await?;
        screen.press("doc-save").await?;
        screen.see("doc-saved-path").await?;
        self.end("printing the sheets of a judge", 7, 0);
        Ok(())
    }

    /// The true value of the sealed sample, for all three sessions.
    pub async fn opens_sample(&mut self) -> Result<()> {
        self.begin();
        let screen = &self.screen;
        screen.press("nav-rules").await?;
        for session in ["A", "B", "C"] {
            screen.fill(&format!("parameter-reference-{session}"), "12.40").await?;
        }
        screen.press("parameters-save").await?;
        screen.see("parameters-dialog-effect").await?;
        screen.fill("parameters-dialog-reason", "比赛结束，监督员在场启封").await?;
        screen.press("parameters-dialog-apply").await?;
        screen.reads("parameters-state", "都已填写").await?;
        self.end("opening the sealed reference values", 6, 27);
        Ok(())
    }
}
