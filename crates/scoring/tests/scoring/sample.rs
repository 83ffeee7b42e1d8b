//! The sample competition: its worked entry, its planted ties, statuses, and the derivation of a total.

use crate::build::{engine, entry, exact, line, row, shown};
use jiangsai_scoring::input::parse_mark;
use jiangsai_scoring::templates::WASTEWATER_SAMPLE_1;
use jiangsai_scoring::{Derivation, Engine, EntryStatus, Field, MarkRow, Outcome, Rulebook, Score, Why};
use std::path::Path;

fn sample() -> Engine {
    engine(&serde_json::from_str(WASTEWATER_SAMPLE_1).unwrap())
}

/// The marks of S07 as they are typed, under another name.
fn s07(engine: &Engine, id: &str) -> Vec<MarkRow> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/wastewater-s07.marks.csv");
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .skip(1)
        .map(|text| {
            let cells: Vec<&str> = text.split(',').collect();
            let item = engine.rulebook().item(cells[1]).unwrap();
            let judge = Some(cells[2]).filter(|judge| !judge.is_empty());
            MarkRow { mark: parse_mark(item, cells[3]).unwrap(), ..row(id, cells[1], judge, "") }
        })
        .collect()
}

fn set(marks: &mut [MarkRow], item: &str, value: &str) {
    for mark in marks.iter_mut().filter(|mark| mark.item == item) {
        mark.mark = crate::build::mark(value);
    }
}

fn set_each(marks: &mut [MarkRow], item: &str, values: &[&str]) {
    for (mark, value) in marks.iter_mut().filter(|mark| mark.item == item).zip(values) {
        mark.mark = crate::build::mark(value);
    }
}

fn score(engine: &Engine, all: &[(&str, EntryStatus, Vec<MarkRow>)]) -> Outcome {
    engine.score(&whole(all)).unwrap()
}

fn whole(all: &[(&str, EntryStatus, Vec<MarkRow>)]) -> Field {
    Field {
        entries: all.iter().map(|(id, status, _)| jiangsai_scoring::Entry { status: *status, ..entry(id) }).collect(),
        marks: all.iter().flat_map(|(_, _, marks)| marks.clone()).collect(),
        ..Field::default()
    }
}

#[test]
fn the_worked_entry() {
    let engine = sample();
    let outcome = score(&engine, &[("S07", EntryStatus::Ok, s07(&engine, "S07"))]);
    let own = line(&outcome, "S07");
    for (node, expected) in [
        ("A", "37.5"),
        ("B", "26.50"),
        ("C", "27.23"),
        ("practice", "91.23"),
        ("total", "89.96"),
        ("B3.1", "3.33"),
        ("B3.2", "4.17"),
        ("B3.3", "2.50"),
        ("C4.1", "1.56"),
        ("C4.2", "2.67"),
        ("A1.1", "1.5"),
        ("TIME", "2:32:30"),
    ] {
        assert_eq!(shown(own, node), expected, "{node}");
    }
    assert_eq!((own.rank, own.shown.as_str()), (Some(1), "89.96"));
    assert_eq!(outcome.checks, Vec::new());
}

#[test]
fn its_derivation_explains_every_number() {
    let engine = sample();
    let field = whole(&[("S07", EntryStatus::Ok, s07(&engine, "S07"))]);
    let tree = engine.derive(&field, "S07").unwrap();
    assert_eq!((tree.node.as_deref(), tree.op.as_str(), tree.shown.as_str()), (Some("total"), "round", "89.96"));
    let weigh = &tree.parts[0];
    assert_eq!((weigh.op.as_str(), weigh.shown.as_str()), ("weigh", "89.961"));
    assert_eq!(weigh.with, [("by".to_owned(), "0.3".to_owned()), ("by".to_owned(), "0.7".to_owned())]);
    let practice = &weigh.parts[1];
    assert_eq!((practice.label.as_ref().unwrap().zh.as_str(), practice.max.as_ref()), ("实操", Some(&exact("100"))));

    let mean = engine.derive_node(&field, "S07", "B3.2").unwrap().parts.remove(0);
    assert_eq!((mean.op.as_str(), mean.shown.as_str()), ("mean", "25/6"));
    assert_eq!(mean.with, [("low".to_owned(), "1".to_owned()), ("high".to_owned(), "1".to_owned())]);
    let marks: Vec<(&str, bool)> = mean.parts.iter().map(|part| (part.shown.as_str(), part.left_out)).collect();
    // 4, 4.5, 3.5, 4, 4.5: the first of the two highest is left out.
    assert_eq!(marks, [("4", false), ("4.5", true), ("3.5", true), ("4", false), ("4.5", false)]);
    assert_eq!(mean.parts[0].with[0], ("judge".to_owned(), "J1".to_owned()));

    // Every item the total needs appears with the value of its column.
    let outcome = engine.score(&field).unwrap();
    let mut found = Vec::new();
    collect(&tree, &mut found);
    for column in &outcome.standings[0].values {
        if column.node != "TIME" {
            let shown = found.iter().find(|(node, _)| *node == column.node).map(|(_, shown)| shown.as_str());
            assert_eq!(shown, Some(column.shown.as_str()), "{}", column.node);
        }
    }
    assert!(engine.derive(&field, "nobody").is_none());
    assert!(engine.derive_node(&field, "S07", "nothing").is_none());
}

fn collect(tree: &Derivation, found: &mut Vec<(String, String)>) {
    if let Some(node) = &tree.node {
        found.push((node.clone(), tree.shown.clone()));
    }
    for part in &tree.parts {
        collect(part, found);
    }
}

/// Theory and practice fixed by theory test and module A alone.
fn with_scores(engine: &Engine, id: &str, theory: &str, changes: &[(&str, &str)]) -> Vec<MarkRow> {
    let mut marks = s07(engine, id);
    set(&mut marks, "T", theory);
    for (item, value) in changes {
        set(&mut marks, item, value);
    }
    marks
}

#[test]
fn time_alone_can_decide_and_only_finished_work_has_one() {
    let engine = sample();
    let outcome = score(
        &engine,
        &[
            ("slow", EntryStatus::Ok, with_scores(&engine, "slow", "87", &[("TIME", "9000")])),
            ("fast", EntryStatus::Ok, with_scores(&engine, "fast", "87", &[("TIME", "8700")])),
            ("none", EntryStatus::Ok, with_scores(&engine, "none", "87", &[("TIME", "")])),
            ("also", EntryStatus::Ok, with_scores(&engine, "also", "87", &[("TIME", "9000")])),
        ],
    );
    let order: Vec<(&str, u32, bool)> =
        outcome.standings.iter().map(|line| (line.entry.as_str(), line.rank.unwrap(), line.shared)).collect();
    assert_eq!(order, [("fast", 1, false), ("also", 2, true), ("slow", 2, true), ("none", 4, false)]);
    let tie = line(&outcome, "also").tie.as_ref().unwrap();
    assert_eq!(
        tie.equal.iter().map(|label| label.en.as_str()).collect::<Vec<_>>(),
        ["practice score", "module A score"]
    );
    assert_eq!(tie.decided.as_ref().unwrap().zh, "实操总用时");
    assert_eq!((tie.own.as_str(), tie.other.as_str(), tie.difference.as_str()), ("2:30:00", "2:25:00", "5:00"));
    let missing = line(&outcome, "none").tie.as_ref().unwrap();
    assert_eq!((missing.own.as_str(), missing.difference.as_str()), ("", ""));
}

/// T 88, P 85.50 and T 86.60, P 86.10 are both 86.25; the second is ahead by practice.
#[test]
fn practice_decides_between_equal_totals() {
    let engine = sample();
    // A 31, B 26.50, C 28.
    let full =
        [("B3.1", "3.5"), ("B3.2", "4"), ("B3.3", "2.5"), ("C4.1", "3"), ("C4.2", "3"), ("A3.2", "2"), ("A2.1", "2")];
    let first = with_scores(&engine, "P1", "88", &full);
    // A 32.5, B 16.5 + 3.33 + 4.33 + 2.33 = 26.49, C 23 + 1.78 + 2.33 = 27.11.
    let mut second = with_scores(&engine, "P2", "86.6", &[("A3.2", "4"), ("A1.2", "1")]);
    set_each(&mut second, "B3.1", &["3", "3", "3.5", "3.5", "4"]);
    set_each(&mut second, "B3.2", &["4", "4", "4.5", "4.5", "5"]);
    set_each(&mut second, "B3.3", &["2", "2", "2.5", "2.5", "3"]);
    set_each(&mut second, "C4.1", &["3", "3", "2"]);
    set_each(&mut second, "C4.2", &["2", "2", "3"]);
    let outcome = score(&engine, &[("P1", EntryStatus::Ok, first), ("P2", EntryStatus::Ok, second)]);
    let order: Vec<(&str, &str, &str)> = outcome
        .standings
        .iter()
        .map(|line| (line.entry.as_str(), shown(line, "practice"), line.shown.as_str()))
        .collect();
    assert_eq!(order, [("P2", "86.10", "86.25"), ("P1", "85.50", "86.25")]);
    let tie = outcome.standings[1].tie.as_ref().unwrap();
    assert_eq!((tie.decided.as_ref().unwrap().zh.as_str(), tie.difference.as_str()), ("实操成绩", "0.60"));
}

#[test]
fn statuses() {
    let engine = sample();
    let mut left = s07(&engine, "left");
    left.retain(|mark| !mark.item.starts_with('C'));
    let outcome = score(
        &engine,
        &[
            ("gone", EntryStatus::Absent, Vec::new()),
            ("left", EntryStatus::Retired, left.clone()),
            ("out", EntryStatus::Disqualified, s07(&engine, "out")),
            (
                "busy",
                EntryStatus::Ok,
                left.iter().map(|mark| MarkRow { entry: "busy".to_owned(), ..mark.clone() }).collect(),
            ),
            ("done", EntryStatus::Ok, s07(&engine, "done")),
        ],
    );
    let order: Vec<(&str, Option<u32>)> =
        outcome.standings.iter().map(|line| (line.entry.as_str(), line.rank)).collect();
    assert_eq!(order, [("done", Some(1)), ("left", Some(2)), ("busy", None), ("gone", None), ("out", None)]);
    // 中途离场: what was marked stays, the rest scores nothing.
    assert_eq!((shown(line(&outcome, "left"), "C"), shown(line(&outcome, "left"), "practice")), ("0.00", "64.00"));
    assert_eq!(line(&outcome, "gone").unranked, Some(Why::Status));
    assert_eq!((line(&outcome, "out").total.clone(), line(&outcome, "out").shown.as_str()), (Score::Absent, ""));
    let Some(Why::Unfinished(items)) = &line(&outcome, "busy").unranked else { panic!("unfinished") };
    let wanted: Vec<String> = engine.rulebook().module_items("C");
    assert_eq!(*items, wanted);
    assert!(engine.status_rule(EntryStatus::Disqualified).counted);
    assert!(!engine.status_rule(EntryStatus::Absent).counted);
}

/// Goggles −2 and two broken pieces −1 each come off module A; nothing needs to be typed where nothing happened.
#[test]
fn module_deductions_have_a_floor() {
    let engine = sample();
    let with = |goggles: &str, broken: &str| {
        let mut marks = s07(&engine, "x");
        marks.push(row("x", "AD.1", None, goggles));
        marks.push(row("x", "AD.2", None, broken));
        shown(&score(&engine, &[("x", EntryStatus::Ok, marks)]).standings[0], "A").to_owned()
    };
    assert_eq!(with("1", "2"), "33.5");
    assert_eq!(with("0", ""), "37.5");
    assert_eq!(with("1", "20"), "15.5");
    let mut weak = s07(&engine, "x");
    for item in ["A3.1", "A3.2", "A3.3", "A4.2", "A5.1", "A5.2"] {
        set(&mut weak, item, "0");
    }
    set(&mut weak, "A2.1", "10");
    weak.push(row("x", "AD.2", None, "20"));
    assert_eq!(shown(&score(&engine, &[("x", EntryStatus::Ok, weak)]).standings[0], "A"), "0");
}

#[test]
fn columns_follow_the_modules() {
    let rulebook = Rulebook::from_json(WASTEWATER_SAMPLE_1).unwrap();
    let columns = rulebook.columns();
    let ids: Vec<&str> = columns.iter().map(|column| column.id.as_str()).collect();
    assert_eq!(&ids[..5], ["theory", "T", "A", "A1.1", "A1.2"]);
    assert_eq!(&ids[ids.len() - 3..], ["practice", "total", "TIME"]);
    assert_eq!(ids.len(), rulebook.items().len() + rulebook.nodes.len());
    let column = |id: &str| columns.iter().find(|column| column.id == id).unwrap();
    assert_eq!((column("A1.1").parent.as_deref(), column("A1.1").depth), (Some("A"), 3));
    assert_eq!((column("A").parent.as_deref(), column("A").depth, column("A").digits), (Some("practice"), 2, None));
    assert_eq!((column("AD.1").parent.as_deref(), column("TIME").parent.as_deref()), (Some("A"), None));
    assert_eq!((column("total").depth, column("total").digits), (0, Some(2)));
    assert_eq!(rulebook.module_items("A").len(), 14);
    assert!(
        rulebook.is_optional(rulebook.item("AD.1").unwrap()) && !rulebook.is_optional(rulebook.item("A1.1").unwrap())
    );
}
