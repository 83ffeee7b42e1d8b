//! From a WorldSkills marking scheme to a rulebook that scores.

use super::run;
use rust_xlsxwriter::{Formula, Workbook, Worksheet};
use serde_json::Value;
use std::path::Path;

const HEADER: [&str; 13] = [
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
    "Criterion A",
    "Total\nMark",
];

/// One criterion: 98 by measurement, a judgement of this maximum, and this total of both.
fn write(sheet: &mut Worksheet, judgement: f64, total: &str) {
    for (column, text) in (0..).zip(HEADER) {
        sheet.write(0, column, text).unwrap();
    }
    sheet.write_formula(0, 13, Formula::new("=SUM(K2:K8)").set_result(total)).unwrap();
    sheet.write(1, 0, "A1").unwrap().write(1, 1, "Start-up").unwrap().write(1, 2, 1).unwrap();
    for (row, kind, name, max) in [(2, "M", "Pump runs", 98.0), (3, "J", "Pipes", judgement)] {
        sheet.write(row, 3, kind).unwrap().write(row, 4, name).unwrap();
        sheet.write(row, 8, 1).unwrap().write(row, 10, max).unwrap();
    }
    for level in 0..4u32 {
        sheet.write(4 + level, 5, level).unwrap().write(4 + level, 6, "text").unwrap();
    }
}

fn save(path: &Path, name: &str, judgement: f64, total: &str) {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Notes").unwrap().write(0, 0, "not the scheme").unwrap();
    write(book.add_worksheet().set_name(name).unwrap(), judgement, total);
    book.save(path).unwrap();
}

#[test]
fn a_scheme_is_printed_as_a_rulebook_that_scores() {
    let folder = tempfile::tempdir().unwrap();
    let (file, rules, marks) =
        (folder.path().join("s.xlsx"), folder.path().join("rules.json"), folder.path().join("marks.csv"));
    save(&file, "CIS Marking Scheme Import", 2.0, "100");
    let made = run(&["marking-scheme", file.to_str().unwrap()], "");
    assert_eq!((made.code, made.err.as_str()), (0, ""));
    let rulebook: Value = serde_json::from_str(&made.out).unwrap();
    assert_eq!(rulebook["items"][1]["id"], "A1.2");
    std::fs::write(&rules, &made.out).unwrap();
    let judged = "a,A1.2,J1,0\na,A1.2,J2,1\na,A1.2,J3,1\n";
    std::fs::write(&marks, format!("entry,item,judge,value\na,A1.1,,90.5\n{judged}")).unwrap();
    let (rules, marks) = (rules.to_str().unwrap(), marks.to_str().unwrap());
    let scored = run(&["score", "--rulebook", rules, "--marks", marks, "--format", "csv"], "");
    assert_eq!((scored.code, scored.err.as_str()), (0, ""));
    assert_eq!(super::rows(&scored.out)[0]["total"], "90.94", "{}", scored.out);
}

#[test]
fn every_fault_is_a_line_with_file_row_column_and_reason() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("s.xlsx");
    save(&file, "CIS Marking Scheme Import", 1.125, "99.125");
    let name = file.to_str().unwrap();
    let refused = run(&["marking-scheme", name], "");
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    let line = "1.125 has more than two decimals; a maximum mark has two at most";
    assert_eq!(refused.err.lines().collect::<Vec<_>>(), [format!("{name}:4:K: {line}")]);
    save(&file, "CIS Marking Scheme Import", 1.5, "99.5");
    let refused = run(&["marking-scheme", name, "--language", "zh-CN"], "");
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    let line = "全部标准的配分之和是 99.5，应为 100（A = 99.5）";
    assert_eq!(refused.err.lines().collect::<Vec<_>>(), [format!("{name}: {line}")]);
}

#[test]
fn a_file_without_the_sheet_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("s.xlsx");
    save(&file, "Marking Scheme", 2.0, "100");
    let name = file.to_str().unwrap();
    let refused = run(&["marking-scheme", name], "");
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    let wanted =
        format!("{name}: The workbook has no sheet named “CIS Marking Scheme Import”; it has: Notes / Marking Scheme.");
    assert!(refused.err.starts_with(&wanted), "{}", refused.err);
    let missing = run(&["marking-scheme", "no-such.xlsx"], "");
    assert_eq!((missing.code, missing.err.lines().count()), (2, 1));
    assert!(missing.err.starts_with("no-such.xlsx: cannot be read: "), "{}", missing.err);
}
