//! A competition from a template, page by page while it is empty, then step by step.

use crate::files;
use crate::journeys::people::{roster, write_workbook};
use crate::walker::Walker;
use anyhow::Result;
use std::path::Path;
use thirtyfour::Key;

const CONTESTANTS: u32 = 24;
/// As long as such titles are.
const TITLE: &str = "2025年度某省某市职工职业技能大赛暨第十二届“模拟杯”工业废水处理工职业技能竞赛决赛";

pub async fn walk(walker: &mut Walker, folder: &Path) -> Result<()> {
    walker.screen.press("start-template-theory-practice-30-70").await?;
    walker.screen.fill("create-title", TITLE).await?;
    walker.screen.press("create-submit").await?;
    walker.screen.see("next-step").await?;
    empty(walker).await?;
    registration(walker, folder).await?;
    judges(walker).await?;
    marks(walker, folder).await
}

async fn empty(walker: &mut Walker) -> Result<()> {
    walker.show_page("new-home").await?;
    for page in ["rules", "registration", "judges", "marks", "standings", "documents", "history", "settings"] {
        walker.page(page).await?;
        walker.show_page(&format!("new-{page}")).await?;
    }
    let everything = Key::Control + "a";
    walker.screen.see("settings-name").await?.send_keys(everything + Key::Delete).await?;
    walker.screen.press("settings-save").await?;
    walker.screen.has("settings-name", "aria-invalid", "true").await?;
    walker.show("new-settings-refused").await?;
    walker.screen.fill("settings-name", TITLE).await?;
    walker.screen.press("settings-save").await?;
    walker.screen.see("settings-saved").await?;
    Ok(())
}

async fn registration(walker: &mut Walker, folder: &Path) -> Result<()> {
    let (faulty, right) = (folder.join("faulty.xlsx"), folder.join("roster.xlsx"));
    let people = roster(60);
    write_workbook(&people, true, &faulty)?;
    write_workbook(&people[..CONTESTANTS as usize], false, &right)?;
    walker.page("registration").await?;
    walker.screen.press("roster-open").await?;
    walker.screen.see("roster-template").await?;
    walker.show("roster-import").await?;
    walker.screen.choose_file("roster-file", &faulty).await?;
    walker.screen.see("roster-fault-4-D").await?;
    walker.show("roster-faults").await?;
    walker.screen.choose_file("roster-file", &right).await?;
    walker.screen.reads("roster-summary", "24").await?;
    walker.show_dialog("roster-preview", "roster").await?;
    walker.screen.press("entry-add").await?;
    walker.screen.press("entry-save").await?;
    walker.screen.has("entry-field-name", "aria-invalid", "true").await?;
    walker.show_dialog("entry-form-refused", "entry").await?;
    walker.screen.press("roster-open").await?;
    walker.screen.choose_file("roster-file", &right).await?;
    walker.screen.press("roster-apply").await?;
    walker.screen.reads("entry-total", "24").await?;
    walker.show("registration-unnumbered").await?;
    walker.screen.press("number-open").await?;
    walker.screen.see("number-prefix").await?;
    walker.show_dialog("number", "number").await?;
    walker.page("home").await?;
    walker.show("registered-home").await?;
    walker.page("registration").await?;
    walker.screen.press("number-open").await?;
    walker.screen.fill("number-stations", "12").await?;
    walker.screen.press("number-apply").await?;
    walker.screen.see("entry-row-01").await?;
    walker.screen.fill("entry-search", "模拟第零三").await?;
    walker.show("registration-searched").await?;
    walker.screen.fill("entry-search", "没有这个人").await?;
    walker.screen.see("registration-none-found").await?;
    walker.show("registration-not-found").await
}

async fn judges(walker: &mut Walker) -> Result<()> {
    walker.page("judges").await?;
    walker.screen.press("judge-add").await?;
    walker.screen.press("judge-save").await?;
    walker.screen.has("judge-code", "aria-invalid", "true").await?;
    walker.show_dialog("judge-form-refused", "judge").await?;
    for judge in 1..=5 {
        walker.screen.press("judge-add").await?;
        walker.screen.fill("judge-code", &format!("P{judge:02}")).await?;
        walker.screen.fill("judge-name", &format!("模拟裁判{judge}")).await?;
        walker.screen.fill("judge-unit", "模拟市水务行业协会").await?;
        walker.screen.press("judge-save").await?;
        walker.screen.see(&format!("judge-row-P{judge:02}")).await?;
    }
    for seat in 1..=4 {
        walker.screen.see(&format!("panel-seat-{seat}")).await?.send_keys(format!("P{seat:02}")).await?;
    }
    walker.show_page("judges-seated").await?;
    walker.screen.press("panel-save").await?;
    walker.page("home").await?;
    walker.show("judged-home").await?;
    walker.page("judges").await?;
    for seat in 1..=5 {
        walker.screen.see(&format!("panel-seat-{seat}")).await?.send_keys(format!("P{seat:02}")).await?;
    }
    walker.screen.press("panel-save").await?;
    walker.screen.see("panel-saved").await?;
    Ok(())
}

async fn marks(walker: &mut Walker, folder: &Path) -> Result<()> {
    let (faulty, right) = (folder.join("theory-faulty.csv"), folder.join("theory.csv"));
    files::theory(&faulty, CONTESTANTS, true)?;
    files::theory(&right, CONTESTANTS, false)?;
    walker.page("marks").await?;
    walker.screen.see("cell-0-0").await?;
    walker.show_page("marks-none").await?;
    walker.screen.press("marks-import").await?;
    walker.screen.choose_file("marks-file", &faulty).await?;
    walker.screen.see("marks-fault-4-B").await?;
    walker.show_dialog("marks-import-faults", "marks").await?;
    walker.screen.press("marks-import").await?;
    walker.screen.choose_file("marks-file", &right).await?;
    walker.screen.press("marks-apply").await?;
    walker.screen.press("marks-choice-1").await?;
    walker.screen.press("cell-0-0").await?;
    walker.screen.type_keys("20\u{e007}22.5\u{e007}0\u{e007}-\u{e007}21\u{e007}").await?;
    walker.screen.has("cell-4-0", "data-state", "saved").await?;
    for judge in 1..5 {
        walker.screen.press(&format!("cell-0-{judge}")).await?;
        walker
            .screen
            .type_keys(&format!("{}\u{e007}{}\u{e007}18\u{e007}16\u{e007}", 15 + judge, 24 - judge * 5))
            .await?;
        walker.screen.has(&format!("cell-3-{judge}"), "data-state", "saved").await?;
    }
    walker.screen.press("cell-6-1").await?;
    walker.screen.type_keys("2").await?;
    walker.show("marks-typing").await?;
    walker.screen.type_keys("25").await?;
    walker.screen.has("cell-6-1", "data-state", "refused").await?;
    walker.show("marks-refused").await?;
    walker.screen.press("nav-standings").await?;
    walker.screen.see("marks-leave").await?;
    walker.show_dialog("marks-leaving", "marks-leave").await?;
    walker.show("marks-not-saved").await?;
    walker.screen.press("nav-standings").await?;
    walker.screen.press("marks-leave-go").await?;
    walker.screen.see("standings-row-0").await?;
    walker.show_page("standings-unfinished").await?;
    walker.screen.press("standings-finalise").await?;
    walker.screen.see("finalise-missing").await?;
    walker.show_dialog("finalise-missing", "finalise-dialog").await?;
    walker.page("home").await?;
    walker.show("scoring-home").await?;
    walker.page("documents").await?;
    walker.screen.press("doc-kind-result-list").await?;
    walker.screen.settle().await?;
    walker.show("documents-unfinished").await?;
    walker.page("history").await?;
    walker.show("history-corrected").await
}
