//! A WorldSkills marking scheme as a real workbook, in both layouts, up to scores.

use crate::{open, upload};
use jiangsai_scoring::{Engine, Entry, Field, Mark, MarkRow, Rulebook};
use rust_xlsxwriter::{Formula, Workbook, Worksheet};
use serde_json::{Value, json};

const SHEET: &str = "CIS Marking Scheme Import";

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
    "Calculation Row \n(Export only)",
    "Max\nMark",
];

const OLDER: [&str; 9] = [
    "Sub Criteria\nID",
    "Sub Criteria\nName or Description",
    "Aspect Type\nO = Obj\nS = Sub\nJ = Judg",
    "Aspect - Description",
    "Judg\nScore",
    "Extra Aspect Description (Obj or Subj)\nOR\nJudgement Score Description (Judg only)",
    "Requirement or Nominal Size (Obj Only)",
    "WSSS Section",
    "Max Mark",
];

/// Columns of types, levels and maximum marks.
struct Layout {
    kind: u16,
    score: u16,
    max: u16,
}

/// Writes one row below the last.
struct Pen<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    layout: Layout,
}

impl Pen<'_> {
    fn head(&mut self, header: &[&str], criterion: &str, total: Formula) {
        for (column, text) in (0..).zip(header) {
            self.sheet.write(self.row, column, *text).unwrap();
        }
        let after = self.layout.max;
        self.sheet.write(self.row, after + 1, criterion).unwrap().write(self.row, after + 2, "Total\nMark").unwrap();
        self.sheet.write_formula(self.row, after + 3, total).unwrap();
        self.row += 1;
    }

    fn named(&mut self, id: &str, name: &str) {
        self.sheet.write(self.row, 0, id).unwrap().write(self.row, 1, name).unwrap();
        self.row += 1;
    }

    /// A row of an aspect; the section stands two columns before the maximum mark, or one in the older layout.
    fn aspect(&mut self, kind: &str, name: &str, max: f64) {
        let section = if self.layout.kind == 3 { self.layout.max - 2 } else { self.layout.max - 1 };
        self.sheet.write(self.row, self.layout.kind, kind).unwrap();
        self.sheet.write(self.row, self.layout.kind + 1, name).unwrap();
        self.sheet.write(self.row, section, 1).unwrap().write(self.row, self.layout.max, max).unwrap();
        self.row += 1;
    }

    fn judged(&mut self, kind: &str, name: &str, max: f64) {
        self.aspect(kind, name, max);
        for level in 0..4u32 {
            self.sheet.write(self.row, self.layout.score, level).unwrap();
            self.sheet.write(self.row, self.layout.score + 1, format!("level {level}")).unwrap();
            self.row += 1;
        }
    }
}

/// The present layout: A with 95.75 by measurement, B with judgements of 1.50, 2.00 and 0.75.
fn scheme(change: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Test Map").unwrap().write(0, 0, "another sheet before it").unwrap();
    let sheet = book.add_worksheet().set_name(SHEET).unwrap();
    sheet.write(0, 0, "54 Water Technology").unwrap();
    sheet.write(2, 0, "A").unwrap().write(2, 1, "Process").unwrap();
    sheet.write_formula(2, 10, Formula::new("=N6").set_result("95.75")).unwrap();
    sheet.write(3, 0, "B").unwrap().write(3, 1, "Workmanship").unwrap();
    let mut pen = Pen { sheet, row: 5, layout: Layout { kind: 3, score: 5, max: 10 } };
    // As a spreadsheet adds in binary: 0.1 + 0.2 and the rest.
    pen.head(&HEADER, "Criterion A", Formula::new("=SUM(K7:K12)").set_result("95.750000000000014"));
    pen.named("A1", "Start-up");
    pen.aspect("M", "Pump runs", 0.1);
    pen.aspect("M", "Valve set", 0.2);
    pen.named("A2", "Control");
    pen.aspect("M", "Level held", 95.45);
    // A formula that nothing has computed.
    pen.sheet.set_formula_result_default("");
    pen.head(&HEADER, "Criterion B", Formula::new("=SUM(K14:K28)"));
    pen.named("B1", "Finish");
    pen.judged("J", "Pipes", 1.5);
    pen.judged("J", "Cables", 2.0);
    pen.judged("J", "Order", 0.75);
    change(sheet);
    book.save_to_buffer().unwrap()
}

/// The older layout, with the letters it had, by a program that writes 0 for what it does not compute.
fn older() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name(SHEET).unwrap();
    let mut pen = Pen { sheet, row: 0, layout: Layout { kind: 2, score: 4, max: 8 } };
    pen.head(&OLDER, "Criterion A", Formula::new("=SUM(I2:I8)"));
    pen.named("A", "Process");
    pen.named("A1", "Start-up");
    pen.aspect("O", "Pump runs", 98.5);
    pen.judged("S", "Pipes", 1.5);
    book.save_to_buffer().unwrap()
}

async fn ask(bytes: &[u8]) -> Result<Value, jiangsai_domain::command::WireError> {
    let folder = tempfile::tempdir().unwrap();
    let app = open(&folder).await.unwrap();
    app.dispatch("rulebook.from_marking_scheme", json!({"file": upload("scheme.xlsx", bytes)}), Some("en")).await
}

async fn faults(change: impl FnOnce(&mut Worksheet)) -> Vec<(String, String)> {
    let reply = ask(&scheme(change)).await.unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let line = |fault: &Value| (format!("{}{}", text(&fault["column"]), fault["row"]), text(&fault["why"][0]));
    reply["refused"].as_array().unwrap().iter().map(line).collect()
}

/// The printed value of `node` for one entry with these marks of B1.1, or of the whole scheme.
fn shown(rulebook: &Rulebook, marks: &[(&str, Option<&str>, &str)], node: &str) -> String {
    let row = |(item, judge, value): &(&str, Option<&str>, &str)| MarkRow {
        entry: "a".to_owned(),
        item: (*item).to_owned(),
        judge: judge.map(str::to_owned),
        stage: None,
        attempt: 1,
        mark: Mark::Value(value.parse().unwrap()),
    };
    let entry = Entry { id: "a".to_owned(), ..Entry::default() };
    let field = Field { entries: vec![entry], marks: marks.iter().map(row).collect(), ..Field::default() };
    let outcome = Engine::new(rulebook).unwrap().score(&field).unwrap();
    let line = outcome.standings.into_iter().next().unwrap();
    line.values.into_iter().find(|value| value.node == node).unwrap().shown
}

#[tokio::test]
async fn a_scheme_becomes_a_competition_and_its_marks_scores() {
    let reply = ask(&scheme(|_| {})).await.unwrap()["rulebook"].clone();
    let counts = ["criteria", "sub_criteria", "measurement", "judgement"].map(|name| reply[name].as_u64().unwrap());
    assert_eq!((counts, &reply["title"]["en"]), ([2, 3, 3, 3], &"54 Water Technology".into()));
    let json = reply["json"].as_str().unwrap();
    let rulebook = Rulebook::from_json(json).unwrap();
    let judged = |item: &'static str, levels: [&'static str; 3]| {
        ["J1", "J2", "J3"].into_iter().zip(levels).map(move |(judge, level)| (item, Some(judge), level))
    };
    let mut marks = vec![("A1.1", None, "0.1"), ("A1.2", None, "0.15"), ("A2.1", None, "95.45")];
    marks.extend(judged("B1.1", ["2", "3", "2"]));
    marks.extend(judged("B1.2", ["0", "1", "1"]));
    marks.extend(judged("B1.3", ["3", "3", "3"]));
    for (node, value) in
        [("B1.1", "1.17"), ("B1.2", "0.44"), ("B1.3", "0.75"), ("A", "95.70"), ("B", "2.36"), ("total", "98.06")]
    {
        assert_eq!(shown(&rulebook, &marks, node), value, "{node}");
    }
    let apart: Vec<_> = judged("B1.1", ["1", "3", "2"]).collect();
    assert_eq!(shown(&rulebook, &apart, "B1.1"), "", "a spread of 2 gives no score");

    let folder = tempfile::tempdir().unwrap();
    let app = open(&folder).await.unwrap();
    let create = json!({"title": "模拟", "event": "", "from": {"rulebook": json}});
    let competition = app.dispatch("competitions.create", create, None).await.unwrap();
    let home = app.dispatch("competition.home", json!({"competition": competition}), None).await.unwrap();
    let show = json!({"competition": competition, "event": home["events"][0][0]});
    let rules = app.dispatch("rulebook.show", show.clone(), None).await.unwrap();
    let lines: Vec<(&str, u64)> = rules["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (line["id"].as_str().unwrap(), line["depth"].as_u64().unwrap()))
        .collect();
    assert_eq!(lines[..4], [("total", 0), ("A", 1), ("A1", 2), ("A1.1", 3)], "the tree of the scheme");
    let sheet =
        app.dispatch("marks.sheet", json!({"competition": competition, "event": show["event"], "of": null}), None);
    assert_eq!(sheet.await.unwrap()["title"]["en"], "Start-up", "measurements are marked by sub-criterion");
}

#[tokio::test]
async fn the_older_layout_is_read_too() {
    let reply = ask(&older()).await.unwrap()["rulebook"].clone();
    let rulebook = Rulebook::from_json(reply["json"].as_str().unwrap()).unwrap();
    let items: Vec<(&str, Option<&str>)> =
        rulebook.items().iter().map(|item| (item.id.as_str(), item.panel())).collect();
    assert_eq!(items, [("A1.1", None), ("A1.2", Some("judges"))], "O is measured, S is judged");
}

#[tokio::test]
async fn faults_are_named_by_cell() {
    let one = |place: &str, why: &str| vec![(place.to_owned(), why.to_owned())];
    let found = faults(|sheet| {
        sheet.write(7, 3, "X").unwrap();
    });
    assert_eq!(found.await, one("D8", "fault-scheme-type"));
    let found = faults(|sheet| {
        sheet.write(7, 10, 0.125).unwrap().write(8, 10, "two").unwrap();
    });
    assert_eq!(found.await, [one("K8", "fault-scheme-decimals"), one("K9", "fault-mark-not-a-number")].concat());
    let found = faults(|sheet| {
        sheet.write(8, 10, 0.25).unwrap();
    });
    let wanted = [("0", "fault-scheme-hundred"), ("N6", "fault-scheme-total")];
    assert_eq!(found.await, wanted.map(|(place, why)| (place.to_owned(), why.to_owned())));
    let found = faults(|sheet| {
        sheet.write(17, 5, 4).unwrap().write(9, 0, "A-2").unwrap().write(10, 8, " ").unwrap();
    });
    let wanted = [("A10", "fault-scheme-sub-id"), ("I11", "fault-scheme-section"), ("F18", "fault-scheme-score")];
    assert_eq!(found.await, wanted.map(|(place, why)| (place.to_owned(), why.to_owned())));
}

#[tokio::test]
async fn a_file_without_the_sheet_is_refused_in_words() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Marking Scheme").unwrap().write(0, 0, "Sub Criterion ID").unwrap();
    let error = ask(&book.save_to_buffer().unwrap()).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.refusal), ("file-no-sheet", true));
    assert!(error.message.contains(SHEET) && error.message.contains("Marking Scheme."), "{}", error.message);
    let error = ask(b"Sub Criterion ID,Name\nA1,Start-up\n").await.unwrap_err();
    assert_eq!(error.code, "file-no-workbook");
}
