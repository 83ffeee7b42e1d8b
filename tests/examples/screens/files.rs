//! The files that the tour hands to the application: a WorldSkills marking scheme with and without faults, theory results with faults.

use anyhow::Result;
use rust_xlsxwriter::Workbook;
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

/// A marking scheme of one criterion; a faulty one has an unknown type and three levels instead of four.
pub fn scheme(path: &Path, faulty: bool) -> Result<()> {
    let (kind, levels) = if faulty { ("X", 3_u32) } else { ("M", 4) };
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
    book.save(path)?;
    Ok(())
}

/// Theory results of `count` entries, two of them wrong if `faulty`.
pub fn theory(path: &Path, count: u32, faulty: bool) -> Result<()> {
    let mut text = String::from("参赛号,理论\n");
    for entry in 1..=count {
        let mark = match entry {
            3 if faulty => "8o".to_owned(),
            7 if faulty => "101".to_owned(),
            _ => (60 + entry * 11 % 37).to_string(),
        };
        text += &format!("{entry:02},{mark}\n");
    }
    std::fs::write(path, text)?;
    Ok(())
}
