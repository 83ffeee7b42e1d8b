//! The WorldSkills marking scheme, its scale and its medals.

use super::{Hall, document};
use crate::build::{exact, line};
use jiangsai_scoring::{Outcome, Score, Why};
use serde_json::json;

/// Marks and scale of 32 competitors as exported, and the scale that a third party's formula gives for them exactly.
const MARKS: [&str; 32] = [
    "61.42", "54.33", "39.58", "37.75", "35.50", "28.75", "28.42", "28.40", "19.00", "16.92", "13.50", "13.05",
    "12.80", "12.25", "9.50", "8.75", "7.25", "6.00", "6.00", "4.25", "3.25", "2.75", "2.00", "1.50", "1.40", "1.25",
    "0.75", "0.50", "0.50", "0.50", "0.25", "0.00",
];
const SCALE: [&str; 32] = [
    "854", "834", "791", "786", "779", "760", "759", "759", "732", "726", "716", "715", "714", "712", "704", "702",
    "698", "694", "694", "689", "686", "685", "683", "681", "681", "680", "679", "678", "678", "678", "678", "677",
];

fn medals<'a>(outcome: &'a Outcome, entry: &str) -> Vec<&'a str> {
    line(outcome, entry).awards.iter().map(String::as_str).collect()
}

#[test]
fn worldskills_scale() {
    let mut hall = Hall::ready("worldskills-scale");
    let ids: Vec<String> = (1..=32).map(|number| format!("c{number:02}")).collect();
    for (id, mark) in ids.iter().zip(MARKS) {
        hall.mark(id, "M", mark);
    }
    let outcome = hall.outcome();
    let scale: Vec<&str> = ids.iter().map(|id| line(&outcome, id).shown.as_str()).collect();
    assert_eq!(scale, SCALE, "every row of the export");
    assert_eq!((hall.shown("c01", "median"), hall.shown("c01", "mad")), ("8".to_owned(), "7".to_owned()), "its middle");
    let top: Vec<_> = ids[..4].iter().map(|id| medals(&outcome, id)).collect();
    assert_eq!(top, [["gold"], ["silver"], ["bronze"], ["medallion"]], "854, 834, 791, 786");
    let medallions = outcome.awards.iter().find(|award| award.award == "medallion").unwrap();
    assert_eq!(medallions.entries.len(), 13, "from 700 on, without the three medals");
    // 28.42 and 28.40 are both 759, the higher mark is ahead; 6.00 twice shares.
    let rank = |id: &str| line(&outcome, id).rank.unwrap();
    assert_eq!((rank("c07"), rank("c08"), rank("c18"), rank("c19")), (7, 8, 18, 18), "equal on the scale");
}

#[test]
fn everybody_has_700_where_most_marks_are_equal() {
    let mut hall = Hall::ready("worldskills-scale");
    for (id, mark) in [("a", "50"), ("b", "50"), ("c", "50"), ("d", "90")] {
        hall.mark(id, "M", mark);
    }
    assert!(["a", "b", "c", "d"].iter().all(|id| hall.total(id) == "700"), "the deviation is zero");
    assert_eq!(line(&hall.outcome(), "d").rank, Some(1), "the mark still ranks");
}

/// Medals by points of the scale, which are typed.
fn medals_of(points: &[&str], grouping: &str) -> Vec<String> {
    let mut book = document("worldskills-scale");
    book["items"][0]["max"] = json!("1000");
    let scaled = book["nodes"].as_array_mut().unwrap().iter_mut().find(|node| node["id"] == "scaled").unwrap();
    scaled["value"] = json!({"item": "M"});
    book["awards"]["tolerance"]["grouping"] = json!(grouping);
    let mut hall = Hall::of(&book);
    let ids: Vec<String> = (1..=points.len()).map(|number| format!("c{number}")).collect();
    for (id, points) in ids.iter().zip(points) {
        hall.mark(id, "M", points);
    }
    let outcome = hall.outcome();
    let first = |id: &String| medals(&outcome, id).first().map_or("-", |medal| &medal[..1]).to_uppercase();
    // A medallion is no medal.
    ids.iter().map(first).map(|medal| if medal == "M" { "-".to_owned() } else { medal }).collect()
}

/// worldskills2015.com, "Medals and Recognition of Champions", 14 August 2015; the silver and bronze cases are general knowledge.
#[test]
fn medals_within_two_points() {
    let cases: [(&[&str], &[&str], &[&str]); 9] = [
        (&["760", "758", "740"], &["G", "G", "B"], &["G", "G", "B"]),
        (&["760", "740", "739", "700"], &["G", "S", "S", "-"], &["G", "S", "S", "-"]),
        (&["760", "759", "758", "740"], &["G", "G", "G", "-"], &["G", "G", "G", "-"]),
        // 756 is within two points of the last gold, not of the first.
        (&["760", "759", "758", "756"], &["G", "G", "G", "B"], &["G", "G", "G", "G"]),
        (&["760", "740", "730", "728", "720"], &["G", "S", "B", "B", "-"], &["G", "S", "B", "B", "-"]),
        (&["760", "740", "739", "737", "700"], &["G", "S", "S", "B", "-"], &["G", "S", "S", "S", "-"]),
        (&["760", "758", "740", "738", "735"], &["G", "G", "B", "B", "-"], &["G", "G", "B", "B", "-"]),
        (&["760", "757", "754"], &["G", "S", "B"], &["G", "S", "B"]),
        (&["760"], &["G"], &["G"]),
    ];
    for (points, anchored, chained) in cases {
        assert_eq!(medals_of(points, "anchored"), anchored, "{points:?} anchored");
        assert_eq!(medals_of(points, "chained"), chained, "{points:?} chained");
    }
}

/// X 30 + 23.33 + 4.11 + 1.17, Y 40 + 50, Z 10 + 8.22; median 58.61, deviations 0, 31.39, 40.39.
#[test]
fn worldskills_scheme() {
    let mut hall = Hall::ready("worldskills-scheme");
    let all = [
        ("X", ["1", "-0.05", "0"], [["2", "3", "2"], ["0", "1", "1"], ["2", "3", "2"]]),
        ("Y", ["1", "0.10", "1"], [["3", "3", "3"], ["3", "3", "3"], ["3", "3", "3"]]),
        ("Z", ["0", "0.11", "0"], [["1", "1", "1"], ["1", "2", "1"], ["0", "0", "0"]]),
    ];
    for (id, measured, judged) in all {
        hall.marks(id, &[("A1.1", measured[0]), ("A1.2", measured[1]), ("A2.1", measured[2])]);
        for (item, levels) in ["B1.1", "B1.2", "B1.3"].iter().zip(judged) {
            hall.panel(id, item, &levels);
        }
    }
    let values = |id: &str| ["A", "B1.1", "B1.2", "B1.3", "B", "raw", "scaled"].map(|node| hall.shown(id, node));
    assert_eq!(values("X"), ["30", "23.33", "4.11", "1.17", "28.61", "58.61", "700"], "in the middle");
    assert_eq!(values("Y"), ["40", "30.00", "18.50", "1.50", "50.00", "90.00", "720"], "20.23 above");
    assert_eq!(values("Z"), ["0", "10.00", "8.22", "0.00", "18.22", "18.22", "674"], "26.04 below");

    hall.panel("X", "B1.1", &["1", "3", "2"]);
    let outcome = hall.outcome();
    assert_eq!(line(&outcome, "X").unranked, Some(Why::Unfinished(vec!["B1.1".to_owned()])), "a spread of 2");
    assert_eq!(outcome.checks.iter().filter(|check| check.spread.as_deref() == Some("2")).count(), 1, "reported");
    assert_eq!(line(&outcome, "Y").total, Score::Value(exact("720")), "the middle of the two that are left");
}
