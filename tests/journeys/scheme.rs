//! A WorldSkills marking scheme through the interface: every fault by cell, then the mended file becomes the rules of the competition.

use crate::journeys::harness::{Screen, host};
use crate::journeys::steps::scratch;
use anyhow::{Result, ensure};
use rust_xlsxwriter::{Workbook, XlsxError};
use std::path::Path;

const HEADER: [&str; 11] = [
    "Sub\nCriterion\nID",
    "Sub Criterion\nName or Description",
    "Day of Marking",
    "Aspect\nType\nM = Meas\nJ = Judg",
    "Aspect - Description",
    "Judg Score",
    "Extra Aspect Description (Meas or Judg)\nOR\nJudgement Score Description (Judg only)",
    "Requirement\n(Measurement Only)",
    "WSOS Section",
    "Calculation Row\n(Export only)",
    "Max\nMark",
];

/// One criterion with a measurement of this type and a judgement of 2.
fn write(path: &Path, kind: &str, levels: u32) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("CIS Marking Scheme Import")?;
    for (column, text) in (0..).zip(HEADER) {
        sheet.write(0, column, text)?;
    }
    sheet.write(0, 11, "Criterion A")?.write(0, 12, "Total Mark")?.write(0, 13, 100)?;
    sheet.write(1, 0, "A1")?.write(1, 1, "Start-up")?;
    for (row, kind, name, max) in [(2, kind, "Pump runs", 98), (3, "J", "Pipes", 2)] {
        sheet.write(row, 3, kind)?.write(row, 4, name)?.write(row, 8, 1)?.write(row, 10, max)?;
    }
    for level in 0..levels {
        sheet.write(4 + level, 5, level)?.write(4 + level, 6, format!("level {level}"))?;
    }
    book.save(path)
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_browser() -> Result<()> {
    let folder = scratch("scheme-browser")?;
    let (faulty, right) = (folder.join("faulty.xlsx"), folder.join("right.xlsx"));
    write(&faulty, "X", 3)?;
    write(&right, "M", 4)?;
    let (_server, address) = host(&folder.join("data"))?;
    let screen = Screen::chromium(1366, 768).await?;
    screen.driver.goto(&address).await?;
    screen.press("start-template-theory-practice-30-70").await?;
    screen.fill("create-title", "模拟职业技能竞赛").await?;
    screen.press("create-submit").await?;
    screen.press("nav-rules").await?;
    screen.press("rules-replace").await?;
    screen.press("scheme-open").await?;
    screen.choose_file("scheme-file", &faulty).await?;
    screen.see("scheme-fault-3-D").await?;
    screen.see("scheme-fault-4-F").await?;
    screen.picture("scheme-faults").await?;
    ensure!(!screen.see("scheme-use").await?.is_enabled().await?, "rules with faults can be taken");
    screen.choose_file("scheme-file", &right).await?;
    screen.reads("scheme-summary", "100").await?;
    screen.picture("scheme-summary").await?;
    screen.press("scheme-use").await?;
    screen.press("rules-preview").await?;
    screen.press("rules-apply").await?;
    screen.reads("rules-lines", "A1.2").await?;
    screen.picture("scheme-rules").await?;
    screen.close().await
}
