#![allow(clippy::unwrap_used, reason = "tests")]

mod faults;
mod scores;

use super::read;
use crate::command::registration::CellFault;
use crate::table::Table;
use jiangsai_scoring::Rulebook;
use jiangsai_scoring::rulebook::{Input, MarkedBy};

/// Header of the present layout, line breaks included.
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

/// A row with texts at some columns.
fn row(cells: &[(usize, &str)]) -> Vec<String> {
    let width = cells.iter().map(|(column, _)| column + 1).max().unwrap_or_default();
    let mut row = vec![String::new(); width];
    for (column, text) in cells {
        row[*column] = (*text).to_owned();
    }
    row
}

/// The header row of a block.
fn head(criterion: &str, total: &str) -> Vec<String> {
    let mut row: Vec<String> = HEADER.iter().map(|text| (*text).to_owned()).collect();
    row.extend([criterion.to_owned(), "Total\nMark".to_owned(), total.to_owned()]);
    row
}

fn sub(id: &str, name: &str) -> Vec<String> {
    row(&[(0, id), (1, name), (2, "1")])
}

fn measured(description: &str, max: &str) -> Vec<String> {
    row(&[(3, "M"), (4, description), (8, "1"), (10, max)])
}

/// A judgement with its ladder.
fn judged(description: &str, max: &str) -> Vec<Vec<String>> {
    let mut rows = vec![row(&[(3, "J"), (4, description), (8, "2"), (10, max)])];
    rows.extend((0..4).map(|level| row(&[(5, &level.to_string()), (6, &format!("level {level}"))])));
    rows
}

/// A scheme of 100: A with 95.75 by measurement, B with judgements of 1.50, 2.00 and 0.75.
fn scheme() -> Vec<Vec<String>> {
    let mut rows = vec![
        row(&[(0, "54 Water Technology")]),
        row(&[]),
        row(&[(0, "Criteria")]),
        row(&[(0, "ID"), (1, "Name"), (10, "Mark")]),
        row(&[(0, "A"), (1, "Process"), (10, "95.75")]),
        row(&[(0, "B"), (1, "Workmanship"), (10, "4.25")]),
        row(&[]),
        head("Criterion A", "95.75"),
        sub("A1", "Start-up"),
        row(&[(3, "M"), (4, "Pump runs"), (6, "5 s at most"), (7, "manual,\npage 3"), (8, "1"), (10, "0.35")]),
        measured("Valve set", "40.4"),
        sub("A2", "Control"),
        measured("Level held", "55"),
        row(&[]),
        head("Criterion B", "4.25"),
        sub("B1", "Finish"),
    ];
    rows.extend(judged("Pipes", "1.50"));
    rows.extend(judged("Cables", "2.00"));
    rows.extend(judged("Order", "0.75"));
    rows
}

fn check(rows: Vec<Vec<String>>) -> Result<Rulebook, Vec<CellFault>> {
    read(&Table { rows, ..Table::default() })
}

/// Places and reasons.
fn faults(rows: Vec<Vec<String>>) -> Vec<(String, String)> {
    let found = check(rows).err().unwrap_or_default();
    let place =
        |fault: &CellFault| if fault.row == 0 { String::new() } else { format!("{}{}", fault.column, fault.row) };
    found.iter().map(|fault| (place(fault), fault.why.0.clone())).collect()
}

#[test]
fn a_scheme_becomes_a_rulebook() {
    let rulebook = check(scheme()).unwrap();
    assert_eq!(rulebook.title.en, "54 Water Technology");
    let ids: Vec<&str> = rulebook.items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["A1.1", "A1.2", "A2.1", "B1.1", "B1.2", "B1.3"], "aspects are counted");
    let nodes: Vec<(&str, String)> =
        rulebook.nodes.iter().map(|node| (node.id.as_str(), node.max.as_ref().unwrap().to_string())).collect();
    let wanted = [("A", "95.75"), ("A1", "40.75"), ("A2", "55"), ("B", "4.25"), ("B1", "4.25"), ("total", "100")];
    assert_eq!(nodes, wanted.map(|(id, max)| (id, max.to_owned())));
    assert_eq!(rulebook.node("A").unwrap().name.zh, "Process");
    let pump = rulebook.item("A1.1").unwrap();
    assert_eq!(pump.name.en, "Pump runs · 5 s at most · manual, page 3", "extra description and requirement are kept");
    assert_eq!((&pump.by, pump.max.as_ref().unwrap().to_string().as_str()), (&MarkedBy::Agreed, "0.35"));
    let pipes = rulebook.item("B1.1").unwrap();
    let Input::Level { max, texts } = &pipes.input else { panic!("levels") };
    assert_eq!((*max, texts[3].en.as_str()), (3, "level 3"));
    assert_eq!(pipes.panel(), Some("judges"));
    let summary = super::summary(&rulebook);
    assert_eq!((summary.criteria, summary.sub_criteria, summary.measurement, summary.judgement), (2, 3, 3, 3));
    assert_eq!(Rulebook::from_json(&summary.json), Ok(rulebook));
}

#[test]
fn the_older_layout_is_known_by_its_header() {
    let header = [
        "Sub Criteria ID",
        "Sub Criteria Name or Description",
        "Aspect Type\nO=Obj S=Subj J=Judg",
        "Aspect - Description",
        "Judg Score",
        "Extra Aspect Description (Obj or Subj)\nOR\nJudgement Score Description (Judg only)",
        "Requirement or Nominal Size (Obj Only)",
        "",
        "Max Mark",
        "Criterion A",
        "100",
    ];
    let mut rows = vec![
        row(&[(0, "Skill: Water Technology")]),
        row(&[(0, "Test Project: Plant")]),
        header.iter().map(|text| (*text).to_owned()).collect(),
        row(&[(0, "A"), (1, "Process")]),
        row(&[(0, "A1"), (1, "Start-up")]),
        row(&[(2, "o"), (3, "Pump runs"), (8, "60"), (9, "A")]),
        row(&[(5, "within 5 s")]),
        row(&[(2, "S"), (3, "Pipes"), (8, "40"), (9, "A")]),
    ];
    rows.extend((0..4).map(|level| row(&[(4, &level.to_string()), (5, "text")])));
    let rulebook = check(rows.clone()).unwrap();
    assert_eq!(rulebook.title.en, "Water Technology · Plant");
    assert_eq!(rulebook.node("A").unwrap().name.en, "Process", "the criterion has a row of its own");
    assert_eq!(rulebook.item("A1.1").unwrap().name.en, "Pump runs · within 5 s", "a further line of the description");
    assert_eq!(rulebook.item("A1.2").unwrap().panel(), Some("judges"), "S is judged");
    rows[5] = row(&[(2, "O"), (3, "Pump runs"), (8, "59"), (9, "A")]);
    let wanted = [("", "fault-scheme-hundred"), ("K3", "fault-scheme-total")];
    assert_eq!(faults(rows), wanted.map(|(place, why)| (place.to_owned(), why.to_owned())));
}

#[test]
fn a_total_that_no_program_has_computed_says_nothing() {
    for total in ["", "0", "95.75"] {
        let mut rows = scheme();
        rows[7] = head("Criterion A", total);
        assert_eq!(faults(rows), [], "{total:?}");
    }
}

#[test]
fn a_scheme_of_measurements_alone_asks_for_no_judges() {
    let rows = vec![head("Criterion A", "100"), sub("A1", "All"), measured("Everything", "100")];
    let rulebook = check(rows).unwrap();
    assert_eq!(rulebook.panels, []);
    assert_eq!(rulebook.title.zh, "世界技能大赛评分方案", "nothing stands above the table");
    assert_eq!(rulebook.node("A").unwrap().name.zh, "标准 A");
}
