//! The first sample competition, computed from readings.

use super::{Hall, gets, ranked};
use crate::build::line;
use jiangsai_scoring::{EntryStatus, Score, Why};
use std::path::Path;

/// What S07 was given as points elsewhere, as readings: r ≥ 0.9995, 0.8 % from 12.40, duplicates 0.6/25.4, 2.50 NTU, 100 mg/L, 0.03 pH.
const READINGS: [(&str, &str); 5] =
    [("A3.1", "0.9996"), ("A3.2", "12.50"), ("B2.1", "2.50"), ("B2.2", "100"), ("C3.1", "0.03")];

/// A hall in which the envelope of session 1 is open.
fn hall() -> Hall {
    let mut hall = Hall::ready("wastewater-sample-1-readings");
    hall.parameter("reference", "1", "12.40");
    hall
}

/// The worked entry of the sample under another name.
fn s07(hall: &mut Hall, id: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/wastewater-s07.marks.csv");
    let text = std::fs::read_to_string(path).unwrap();
    for cells in text.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>()) {
        let judge = Some(cells[2]).filter(|judge| !judge.is_empty());
        if !READINGS.iter().any(|(item, _)| *item == cells[1]) && cells[1] != "A3.3" {
            hall.cell(id, cells[1], judge, 1, cells[3]);
        }
    }
    hall.marks(id, &READINGS);
    hall.attempts(id, "A3.3", &["12.40", "13.00"]);
    hall.data(id, &[("session", "1")]);
}

#[test]
fn the_worked_entry_from_its_readings() {
    let mut hall = hall();
    s07(&mut hall, "S07");
    for (node, expected) in [
        ("A3.1", "6"),
        ("A3.2", "8"),
        ("A3.3", "3"),
        ("B2.1", "6"),
        ("B2.2", "3"),
        ("C3.1", "4"),
        ("A", "37.5"),
        ("B", "26.50"),
        ("C", "27.23"),
        ("practice", "91.23"),
        ("total", "89.96"),
    ] {
        assert_eq!(hall.shown("S07", node), expected, "{node}");
    }
}

/// The true value is sealed until its session is over.
#[test]
fn a_sealed_session_waits() {
    let mut hall = hall();
    s07(&mut hall, "S07");
    hall.data("S07", &[("session", "2")]);
    let outcome = hall.outcome();
    assert_eq!(line(&outcome, "S07").unranked, Some(Why::Unfinished(vec!["A3.2".to_owned()])), "session 2 is sealed");
    hall.parameter("reference", "2", "12.65");
    assert_eq!(hall.shown("S07", "A3.2"), "8", "0.15 of 12.65 are 1.2 %");
}

#[test]
fn points_at_every_edge() {
    let mut hall = hall();
    s07(&mut hall, "x");
    for (item, edges) in [
        (
            "A3.1",
            &[
                ("0.9995", "6"),
                ("0.9994", "5"),
                ("0.9990", "5"),
                ("0.9989", "3"),
                ("0.9980", "3"),
                ("0.9979", "1"),
                ("0.9950", "1"),
                ("0.9949", "0"),
                ("-", "0"),
            ][..],
        ),
        // 5 % of 12.40 is 0.62: 13.02 is on the border, 13.03 beyond it.
        (
            "A3.2",
            &[
                ("12.64", "8"),
                ("12.65", "6"),
                ("13.02", "6"),
                ("13.03", "4"),
                ("11.78", "6"),
                ("11.77", "4"),
                ("13.39", "4"),
                ("13.40", "2"),
                ("13.64", "2"),
                ("13.65", "0"),
            ],
        ),
        ("B2.1", &[("3", "6"), ("3.01", "4"), ("5", "4"), ("5.01", "2"), ("8", "2"), ("8.01", "0")]),
        ("C3.1", &[("-0.05", "4"), ("0.06", "3"), ("0.10", "3"), ("-0.11", "1"), ("0.20", "1"), ("0.21", "0")]),
    ] {
        for (reading, points) in edges {
            hall.mark("x", item, reading);
            assert_eq!(hall.shown("x", item), *points, "{item} {reading}");
        }
    }
}

/// |a − b| / (a + b), whichever is the larger.
#[test]
fn duplicates() {
    let mut hall = hall();
    s07(&mut hall, "x");
    for (pair, points) in [
        (["10.2", "9.8"], "4"),
        (["9.79", "10.21"], "3"),
        (["10.5", "9.5"], "3"),
        (["9", "11"], "1"),
        (["11.01", "8.99"], "0"),
        (["0", "0"], "0"),
        (["10", "-"], "0"),
    ] {
        hall.attempts("x", "A3.3", &pair);
        assert_eq!(hall.shown("x", "A3.3"), points, "{pair:?}");
    }
    hall.attempts("x", "A3.3", &["10", ""]);
    assert_eq!(line(&hall.outcome(), "x").total, Score::NotYet, "the second one is to come");
}

/// The dosage counts only where the water came out at 8 NTU or below.
#[test]
fn the_gate_of_the_dosage() {
    let mut hall = hall();
    s07(&mut hall, "x");
    for (turbidity, dosage, points) in [
        ("8", "80", "4"),
        ("8.01", "80", "0"),
        ("8", "80.1", "3"),
        ("8", "120", "3"),
        ("8", "120.1", "1"),
        ("8", "160", "1"),
        ("8", "160.1", "0"),
    ] {
        hall.marks("x", &[("B2.1", turbidity), ("B2.2", dosage)]);
        assert_eq!(hall.shown("x", "B2.2"), points, "{turbidity} NTU, {dosage} mg/L");
    }
}

/// 未验电接触: module C is 0. 0.3 × 87 + 0.7 × 64 = 70.90.
#[test]
fn the_red_line() {
    let mut hall = hall();
    s07(&mut hall, "x");
    hall.mark("x", "CR", "1");
    assert_eq!(
        (hall.shown("x", "C"), hall.total("x")),
        ("0".to_owned(), "70.90".to_owned()),
        "the chief judge decided"
    );
    hall.mark("x", "CR", "0");
    assert_eq!(hall.total("x"), "89.96", "and may decide otherwise");
}

/// Entries that differ in theory alone: total = 0.3 × theory + 63.861.
fn twelve(hall: &mut Hall) -> Vec<String> {
    let theory = ["95", "94", "59", "92", "91", "90", "89", "88", "87", "86", "85", "84", "83"];
    let ids: Vec<String> = (1..=theory.len()).map(|number| format!("s{number:02}")).collect();
    for (id, theory) in ids.iter().zip(theory) {
        s07(hall, id);
        hall.mark(id, "T", theory);
    }
    ids
}

#[test]
fn prizes_and_proposals() {
    let mut hall = hall();
    let ids = twelve(&mut hall);
    for (id, level) in [("s01", "高级工"), ("s02", "中级工"), ("s04", "技师"), ("s05", ""), ("s13", "初级工")]
    {
        hall.data(id, &[("level", level)]);
    }
    let outcome = hall.outcome();
    let all: Vec<Vec<&str>> = ids.iter().map(|id| gets(line(&outcome, id))).collect();
    assert_eq!(all[0], ["first", "expert"], "already a senior worker");
    assert_eq!(all[1], ["second", "senior"], "below it");
    assert_eq!(all[3], ["second"], "above it: s03 fell to the end");
    assert_eq!(all[4], ["third", "senior"], "no level at all is below every level");
    assert_eq!(all[2], Vec::<&str>::new(), "thirteenth of thirteen");
    let counts: Vec<usize> = outcome.awards.iter().map(|award| award.entries.len()).collect();
    assert_eq!(counts, [1, 2, 3, 6], "1, 2, 3 and 6 prizes");

    // With 59 in theory the first of the field is proposed for nothing.
    let mut alone = self::hall();
    s07(&mut alone, "x");
    alone.mark("x", "T", "59");
    assert_eq!(gets(line(&alone.outcome(), "x")), ["first"], "双合格 is missing");
}

/// Practice, module A, time, then a shared rank (1224).
#[test]
fn ties() {
    let mut hall = hall();
    for (id, time) in [("a", "9000"), ("b", "8700"), ("c", "9000")] {
        s07(&mut hall, id);
        hall.mark(id, "TIME", time);
    }
    assert_eq!(hall.ranks(), ranked(&[("b", 1), ("a", 2), ("c", 2)]), "the shorter time, then nothing");
    s07(&mut hall, "d");
    hall.mark("d", "TIME", "");
    hall.status("d", EntryStatus::Unfinished);
    assert_eq!(hall.ranks()[3], ("d".to_owned(), Some(4)), "a time counts for finished work only");
}

/// red 90 + 80 + 70 and blue 88 + 86 + 66 have equal sums; red has the best rank. Who is absent or disqualified adds nothing.
#[test]
fn teams() {
    let mut hall = hall();
    for (team, theory) in [("red", ["90", "80", "70"]), ("blue", ["88", "86", "66"]), ("gold", ["95", "95", "95"])] {
        for (number, theory) in theory.iter().enumerate() {
            let id = format!("{team}{number}");
            s07(&mut hall, &id);
            hall.mark(&id, "T", theory);
            hall.team(&id, team);
        }
    }
    hall.status("gold0", EntryStatus::Absent);
    hall.status("gold1", EntryStatus::Disqualified);
    let outcome = hall.outcome();
    let teams: Vec<(&str, Option<u32>, &str)> =
        outcome.teams.iter().map(|team| (team.team.as_str(), team.rank, team.shown.as_str())).collect();
    // 90.86 + 87.86 + 84.86; 90.26 + 89.66 + 83.66; 92.36.
    let expected = [("red", Some(1), "263.58"), ("blue", Some(2), "263.58"), ("gold", Some(3), "92.36")];
    assert_eq!(teams, expected, "the best individual rank decides");
    let best = |team: &str| (0..3).filter_map(|n| line(&outcome, &format!("{team}{n}")).rank).min();
    assert_eq!((best("red"), best("blue")), (Some(2), Some(3)), "behind the one of gold");
}
