//! Marks come in on paper, and what is decided meanwhile.

use super::Hall;
use super::sheets::{ENTRIES, sheet, time, type_rest};
use anyhow::{Result, ensure};
use serde_json::json;
use thirtyfour::By;

/// Half marked when it was withdrawn: of its sheets only that of module A was handed in.
const WITHDRAWN: &str = "B-05";
/// Disqualified; it would have been third.
const DISQUALIFIED: &str = "A-03";
/// Touched before testing for voltage.
const RED_LINE: &str = "A-16";
/// The last sheet that comes in: station and judge of the report panel.
const LAST: (&str, &str) = ("C-19", "P01");

impl Hall {
    /// A clerk opens the page in a mode and gives a name.
    async fn clerk(&self, mode: &str, name: &str) -> Result<()> {
        self.screen.press(&format!("paper-mode-{mode}")).await?;
        self.screen.focus_in("paper-by").await?;
        self.screen.type_keys(&format!("{name}\u{e007}")).await?;
        self.screen.focus_in("paper-number").await
    }

    /// Types the number of a sheet; it opens at its first line.
    async fn open(&self, number: &str, field: &str) -> Result<()> {
        self.screen.pad(&format!("{number}E")).await?;
        self.screen.focus_in(field).await
    }

    /// From the numeric keypad: a reading typed wrongly is caught by the written total and mended; the second entry is blind; another
    /// sheet is called out.
    pub async fn types_and_confirms(&mut self) -> Result<()> {
        let first = sheet(&self.screen, &self.here, "A-01", 'A', "").await?;
        let called = sheet(&self.screen, &self.here, "A-02", 'C', "").await?;
        self.begin();
        let screen = &self.screen;
        screen.press("nav-paper").await?;
        screen.press("paper-wanted").await?;
        self.clerk("record", "模拟录分员").await?;
        self.open(&first.number, "paper-line-0").await?;
        screen.pad(&first.keys().replace("0.9996", "0.9986")).await?;
        screen.pad("40E").await?;
        screen.reads("paper-totals", "40").await?;
        screen.picture("day-total-differs").await?;
        screen.focus_in("paper-line-0").await?;
        screen.pad("EEEEE0.9996EEEEEEEEEEE").await?;
        screen.reads("paper-said", "已录入").await?;
        self.open(&called.number, "paper-line-0").await?;
        screen.pad(&called.keys()).await?;
        screen.reads("paper-said", "已录入").await?;
        self.end("two sheets typed, one total caught", 3, 122);
        self.begin();
        let screen = &self.screen;
        self.clerk("blind", "模拟核分员").await?;
        self.open(&first.number, "paper-line-0").await?;
        screen.pad(&first.keys()).await?;
        screen.reads("paper-said", "已核对").await?;
        self.clerk("called", "模拟核分员").await?;
        self.open(&called.number, "paper-heard").await?;
        screen.pad(&"E".repeat(called.texts().len())).await?;
        screen.reads("paper-said", "已核对").await?;
        self.end("both confirmed", 2, 92);
        Ok(())
    }

    /// The sheets of sessions that are more of the same, with their times.
    pub async fn rest(&self, sessions: &[&str]) -> Result<()> {
        let screen = &self.screen;
        screen.driver.execute("location.hash = '#/'", Vec::new()).await?;
        screen.see("start-sample").await?;
        let typed = type_rest(screen, &self.here, |own| {
            let in_session = sessions.iter().any(|session| own.station.starts_with(session));
            let half = own.station == WITHDRAWN && own.module != 'A';
            in_session && !half && (own.station.as_str(), own.judge.as_str()) != LAST
        })
        .await?;
        ensure!(typed > 0, "nothing was left to type in {sessions:?}");
        let times = (0..ENTRIES).filter_map(|place| {
            let station = format!("{}-{:02}", ["A", "B", "C"][place / 20], place % 20 + 1);
            let wanted = sessions.iter().any(|session| station.starts_with(session)) && station != WITHDRAWN;
            let mark = json!({"entry": station, "item": "TIME", "judge": null, "attempt": 1, "text": time(place), "replaces": [], "reason": ""});
            wanted.then(|| ("marks.enter".to_owned(), self.here.with(mark)))
        });
        screen.calls(times.collect()).await?;
        screen.press("competition-0").await?;
        screen.see("phases").await?;
        Ok(())
    }

    /// A judge of the report panel falls ill after session A: what is marked stays, the rest is another's.
    pub async fn replaces_judge(&mut self) -> Result<()> {
        self.begin();
        let screen = &self.screen;
        screen.press("nav-hall").await?;
        screen.choose("hall-panel", "report").await?;
        screen.choose_at("hall-seat", ":nth-child(6)").await?;
        screen.choose_at("hall-substitute", ":nth-child(2)").await?;
        screen.press("hall-replace").await?;
        screen.reads("hall-act-about", "P06").await?;
        screen.reads("hall-replace-effect", "20").await?;
        screen.focus_in("hall-reason").await?;
        screen.picture("day-judge-replaced").await?;
        screen.type_keys("突发疾病\u{e007}").await?;
        // In the list of what was recorded; the field above names the substitute already.
        screen.reads("hall-seats", "突发疾病").await?;
        self.end("a judge replaced", 8, 5);
        Ok(())
    }

    /// A red line, a disqualification and a withdrawal, each seen before it is recorded.
    pub async fn decides(&mut self) -> Result<()> {
        self.begin();
        let screen = &self.screen;
        screen.press("nav-hall").await?;
        screen.choose("hall-adjust-entry", RED_LINE).await?;
        screen.choose("hall-adjust-item", "1 CR").await?;
        screen.fill("hall-adjust-value", "1").await?;
        screen.type_keys("\u{e007}").await?;
        let count = screen.see("foreseen-count").await?.attr("data-count").await?;
        ensure!(count.as_deref() != Some("0"), "module C is lost");
        screen.reads("foreseen-count", "解密").await?;
        screen.focus_in("hall-reason").await?;
        screen.picture("day-red-line").await?;
        screen.type_keys("未验电接触带电部位\u{e007}").await?;
        screen.reads("hall-adjust-card", "未验电接触带电部位").await?;
        self.end("a red line, with its reason", 6, 12);
        for (station, status, reason) in
            [(DISQUALIFIED, "disqualified", "比赛中使用手机"), (WITHDRAWN, "withdrawn", "身体不适，中途退赛")]
        {
            self.begin();
            let screen = &self.screen;
            screen.press("nav-draw").await?;
            screen.press(&format!("sealed-status-{station}")).await?;
            screen.choose("status-choice", &format!("status-{status}")).await?;
            // Nobody has a total while theory is out of sight: the dialog says that what changes is seen later.
            screen.reads("foreseen-count", "解密").await?;
            screen.picture(&format!("day-{status}")).await?;
            screen.fill("status-reason", reason).await?;
            screen.type_keys("\u{e007}").await?;
            // Who withdrew is on no list any more.
            let row = format!("[data-testid='sealed-row-{station}']");
            screen
                .until(&format!("{station} recorded"), async |driver| {
                    let text = driver.find(By::Css(&row)).await.ok();
                    match text {
                        Some(text) => text.text().await.ok()?.contains("取消").then_some(()),
                        None => (status == "withdrawn").then_some(()),
                    }
                })
                .await?;
            self.end(status, 5, 10);
        }
        Ok(())
    }

    /// The last sheet is handed in and typed up to its last mark.
    pub async fn last_mark(&mut self) -> Result<()> {
        let (station, judge) = LAST;
        let last = sheet(&self.screen, &self.here, station, 'B', judge).await?;
        let screen = &self.screen;
        screen.press("nav-paper").await?;
        screen.focus_in("paper-by").await?;
        screen.type_keys("模拟录分员\u{e007}").await?;
        self.open(&last.number, "paper-line-0").await?;
        screen.pad(&last.keys()).await?;
        screen.focus_in("paper-line-3").await?;
        self.begin();
        let screen = &self.screen;
        // The written total is the last that is typed; the second entry is part of what follows.
        screen.pad(&format!("{}E", last.sum())).await?;
        screen.reads("paper-said", "已录入").await?;
        self.clerk("blind", "模拟核分员").await?;
        self.open(&last.number, "paper-line-0").await?;
        screen.pad(&last.keys()).await?;
        screen.reads("paper-said", "已核对").await?;
        Ok(())
    }
}
