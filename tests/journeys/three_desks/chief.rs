//! The chief judge and the office: who is late, what is out of line, the answers, the keys, the play-off.

use super::Hall;
use super::marks::{ANSWERS, ENTRIES, KEYS, answers, number};
use anyhow::{Result, ensure};

impl Hall {
    /// The hall says whose sheets are missing; the late judge signs in, marks and signs.
    pub async fn waits_for_the_late_judge(&mut self) -> Result<()> {
        self.begin();
        let screen = &self.screen;
        screen.press("nav-hall").await?;
        let missing = screen.reads("hall-sheets", "P03").await?;
        ensure!(!missing.contains("P02") && !missing.contains("T01"), "P03 alone is late: {missing}");
        screen.picture("desks-late-judge").await?;
        self.end("the chief judge sees who is late", 1, 0);
        self.begin();
        self.signs_in("P03").await?;
        self.marks_sheet("A01", "10.5E").await?;
        self.end("the late judge signs in and signs a sheet", 0, 16);
        self.at_office().await?;
        self.mark_and_sign("P03").await?;
        self.screen.see("hall-none").await?;
        Ok(())
    }

    /// A02: one judge gave 4 where the others gave about 10. All are asked to mark it again.
    pub async fn out_of_line(&mut self) -> Result<()> {
        self.at_office().await?;
        self.begin();
        let screen = &self.screen;
        screen.reads("hall-checks", "A02").await?;
        screen.picture("desks-out-of-line").await?;
        screen.press("hall-rescore-A02-G4").await?;
        screen.focus_in("hall-reason").await?;
        screen.type_keys("P01与其他裁判相差6分以上\u{e007}").await?;
        screen.reads("hall-rescores", "A02").await?;
        self.end("an outlier sent back", 1, 15);
        Ok(())
    }

    /// Theory and the answers of the six rounds from one file; the keys are still sealed, so nobody has a total.
    pub async fn answers_come_in(&mut self) -> Result<()> {
        let mut file = format!("参赛号,{}\n", ANSWERS.join(","));
        for place in 0..ENTRIES {
            file += &format!("{},{}\n", number(place), answers(place).join(","));
        }
        let path = self.folder.join("answers.csv");
        std::fs::write(&path, file)?;
        self.begin();
        let screen = &self.screen;
        screen.press("nav-marks").await?;
        screen.press("marks-import").await?;
        screen.choose_file("marks-file", &path).await?;
        screen.reads("marks-summary", "36").await?;
        screen.press("marks-apply").await?;
        screen
            .until("the import done", async |driver| {
                let open = driver.find(thirtyfour::By::Css("[data-testid='marks-file']")).await.is_ok();
                (!open).then_some(())
            })
            .await?;
        self.end("theory and answers from a file", 5, 0);
        screen_has_no_total(&self.screen).await
    }

    /// The judge sees why, marks again and signs; the others give the same once more.
    pub async fn marks_again(&mut self) -> Result<()> {
        for code in ["P02", "P04", "P05"] {
            self.mark_and_sign(code).await?;
        }
        self.at_desk("P03").await?;
        self.begin();
        self.screen.press("desk-go-A02").await?;
        self.marks_sheet("A02", "10.5E").await?;
        self.at_desk("P01").await?;
        self.screen.press("desk-go-A02").await?;
        self.screen.reads("desk-lines", "相差6分").await?;
        self.screen.picture("desks-again").await?;
        self.marks_sheet("A02", "10E").await?;
        self.end("two judges mark a sheet again", 2, 12);
        self.at_office().await
    }

    /// The answers are in: the supervisor opens the keys.
    pub async fn opens_keys(&mut self) -> Result<()> {
        self.begin();
        let screen = &self.screen;
        screen.press("nav-rules").await?;
        for (parameter, value) in KEYS {
            screen.fill(&format!("parameter-{parameter}-all"), value).await?;
        }
        screen.press("parameters-save").await?;
        screen.reads("parameters-dialog-effect", "36").await?;
        screen.picture("desks-keys").await?;
        screen.fill("parameters-dialog-reason", "六轮答卷收齐，监督员在场启封").await?;
        screen.press("parameters-dialog-apply").await?;
        screen.reads("parameters-state", "都已填写").await?;
        self.end("the keys opened", 13, 64);
        Ok(())
    }
}

/// Nobody has a rank while the keys are sealed.
async fn screen_has_no_total(screen: &crate::journeys::harness::Screen) -> Result<()> {
    screen.press("nav-standings").await?;
    screen.see("standings-row-0").await?;
    let ranks = screen.driver.find_all(thirtyfour::By::Css("[data-testid^='standings-total-']")).await?;
    for rank in ranks.iter().take(3) {
        let text = rank.text().await?;
        ensure!(!text.contains('9'), "a total before the keys are opened: {text}");
    }
    Ok(())
}
