//! After the ceremony: the re-check, and a mark corrected although everything was signed off.

use super::Hall;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

/// The slips of A-01 in pipetting, on the sheet of module A.
const SLIPS: &str = "cell-0-2";

impl Hall {
    /// A sample is drawn; one sheet is right, one has an error.
    pub async fn rechecks(&mut self) -> Result<()> {
        self.begin();
        let screen = &self.screen;
        screen.press("nav-recheck").await?;
        screen.see("recheck-empty").await?;
        screen.choose("recheck-extent", "ten").await?;
        screen.press("recheck-begin").await?;
        screen.see("recheck-sheets").await?;
        let view = screen.call("recheck.show", self.here.with(json!({}))).await?;
        let sheets = view["sheets"].as_array().context("sheets to re-check")?;
        let number = |of: &Value| of["sheet"]["number"].as_str().unwrap_or_default().to_owned();
        screen.fill("recheck-by", "模拟复核员").await?;
        screen.press(&format!("recheck-choose-{}", number(&sheets[0]))).await?;
        screen.focus_in("recheck-errors").await?;
        screen.pad("E").await?;
        screen.reads("recheck-progress", "1").await?;
        screen.focus_in("recheck-number").await?;
        screen.pad(&number(&sheets[1])).await?;
        screen.type_keys("\u{e004}1\u{e004}第3行少录一处扣分\u{e007}").await?;
        screen.reads("recheck-progress", "2").await?;
        screen.picture("day-recheck").await?;
        self.end("a re-check drawn, two sheets recorded", 6, 31);
        let view = self.screen.call("recheck.show", self.here.with(json!({}))).await?;
        ensure!(view["done"] == 2 && view["wrong"] == 1 && view["all"] == false, "one of {} is wrong", sheets.len());
        // The others are right; nothing is signed again before they are looked at.
        let others = view["sheets"].as_array().context("sheets to re-check")?.iter().skip(2).map(|sheet| {
            let found = json!({"number": number(sheet), "by": "模拟复核员", "errors": 0, "note": ""});
            ("recheck.sheet".to_owned(), self.here.with(found))
        });
        self.screen.calls(others.collect()).await?;
        let view = self.screen.call("recheck.show", self.here.with(json!({}))).await?;
        ensure!(view["done"] == sheets.len() && view["wrong"] == 1, "all are looked at: {}", view["done"]);
        Ok(())
    }

    /// Opened with a reason; the effect is seen before the mark is changed; what the clerks had on the sheet is settled; signed and locked again.
    pub async fn corrects(&mut self) -> Result<()> {
        self.begin();
        let screen = &self.screen;
        screen.press("nav-finalise").await?;
        screen.press("reopen-open").await?;
        screen.focus_in("reopen-reason").await?;
        screen.type_keys("复核发现一处漏扣\u{e007}").await?;
        screen.has("finalising-state", "data-state", "provisional").await?;
        screen.press("nav-marks").await?;
        screen.press("marks-choice-1").await?;
        screen.press(SLIPS).await?;
        screen.pad("2E").await?;
        screen.see("marks-reason").await?;
        let count = screen.see("foreseen-count").await?.attr("data-count").await?.unwrap_or_default();
        ensure!(count.parse::<usize>()? >= 1, "the effect is shown: {count}");
        screen.picture("day-correction").await?;
        screen.focus_in("marks-reason-text").await?;
        screen.type_keys("复核：移液少扣两处\u{e007}").await?;
        screen.has(SLIPS, "data-state", "saved").await?;
        screen.press("nav-paper").await?;
        self.screen.press("paper-mode-blind").await?;
        screen.focus_in("paper-by").await?;
        screen.type_keys("模拟核分员").await?;
        screen.press_at("[data-testid='paper-sheets'] tbody tr:first-child button").await?;
        screen.focus_in("paper-right-0").await?;
        screen.picture("day-settled").await?;
        // The written total was that of the mark before.
        screen.pad("2E39E").await?;
        screen.reads("paper-said", "已核对").await?;
        screen.press("nav-finalise").await?;
        self.signs(&[("confirm-chief-judge", "模拟裁判长"), ("confirm-supervisor", "模拟总监督")]).await?;
        self.end("a mark corrected after sign-off, signed off again", 9, 45);
        Ok(())
    }
}
