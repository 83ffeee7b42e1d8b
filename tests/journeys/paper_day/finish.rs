//! From the last mark to the signed-off pack.

use super::Hall;
use crate::journeys::steps::pdf_text;
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};

impl Hall {
    /// Equals on the border of an award, unsealing, both confirmations, the lock, numbers for the certificates, the pack.
    pub async fn finishes(&mut self) -> Result<()> {
        let screen = &self.screen;
        screen.press("nav-finalise").await?;
        screen.has("finalising-sheets", "data-state", "done").await?;
        screen.has("finalising-checked", "data-state", "done").await?;
        // Theory is out of sight while names are sealed, and nobody has a total.
        screen.has("finalising-unseal", "data-state", "next").await?;
        self.sign(&[("unseal-officer", "模拟加密员"), ("unseal-supervisor", "模拟监督员")]).await?;
        let screen = &self.screen;
        screen.has("finalising-ties", "data-state", "next").await?;
        screen.reads("equals", "待抽签").await?;
        screen.picture("day-border-tie").await?;
        screen.press("equals-decide-0").await?;
        screen.see("equals-dialog-effect").await?;
        screen.press_at(".equals-order li:first-child [data-testid^='equals-down-']").await?;
        screen.press("equals-dialog-apply").await?;
        screen.has("finalising-ties", "data-state", "done").await?;
        self.signs(&[("confirm-chief-judge", "模拟裁判长"), ("confirm-supervisor", "模拟总监督")]).await?;
        let screen = &self.screen;
        screen.reads("pack-unnumbered", "12").await?;
        screen.press("pack-number").await?;
        screen.press("certificate-issue").await?;
        screen.reads("certificate-counts", "12").await?;
        screen.press("pack-make").await?;
        let folder = self.pack().await?;
        self.end("from the last mark to the signed-off pack", 8, 54);
        holds_what_it_should(&folder)
    }

    /// Each types a name where the keyboard already is.
    async fn sign(&self, names: &[(&str, &str)]) -> Result<()> {
        for (field, name) in names {
            self.screen.focus_in(field).await?;
            self.screen.type_keys(&format!("{name}\u{e007}")).await?;
        }
        Ok(())
    }

    /// They do; the results are locked and the way to the documents taken.
    pub async fn signs(&self, names: &[(&str, &str)]) -> Result<()> {
        self.sign(names).await?;
        let screen = &self.screen;
        screen.focus_in("finalise-do").await?;
        screen.picture("day-to-lock").await?;
        screen.pad("E").await?;
        screen.has("finalising-state", "data-state", "final").await?;
        screen.focus_in("finalising-print").await?;
        screen.pad("E").await?;
        screen.see("pack").await?;
        Ok(())
    }

    /// Waits for the pack, part by part.
    pub async fn pack(&self) -> Result<PathBuf> {
        let screen = &self.screen;
        let mut before = String::new();
        loop {
            let now = screen
                .until("the next part of the pack", async |driver| {
                    let text =
                        driver.find(thirtyfour::By::Css("[data-testid='pack']")).await.ok()?.text().await.ok()?;
                    (text != before).then_some(text)
                })
                .await?;
            if let Ok(path) = screen.driver.find(thirtyfour::By::Css("[data-testid='pack-path']")).await {
                screen.picture("day-pack").await?;
                return Ok(PathBuf::from(path.text().await?.trim()));
            }
            before = now;
        }
    }
}

/// Every document for the ceremony and the office, and the winners by name.
fn holds_what_it_should(folder: &Path) -> Result<()> {
    let names: Vec<String> =
        std::fs::read_dir(folder)?.flatten().map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    for wanted in ["成绩汇总表", "名次表", "获奖名单", "颁奖", "公示", "通知单", "名次依据", "证书", "更正", "情况记录"]
    {
        ensure!(names.iter().any(|name| name.contains(wanted)), "no {wanted} among {names:?}");
    }
    let list = names.iter().find(|name| name.contains("获奖名单") && name.ends_with("pdf")).context("the winners")?;
    let text = pdf_text(&folder.join(list))?;
    ensure!(text.matches("模拟").count() >= 12, "twelve winners with names: {text}");
    Ok(())
}
