//! Judged work: parts, panels, deductions, votes, dives, exercises.

use super::{Hall, document, gets, ranked};
use crate::build::line;
use jiangsai_scoring::{Score, Why};
use serde_json::json;

/// 001doc.com/doc/480774: 0.25 × 80 + 0.55 × 90 + 0.20 × 70 = 83.50; 60 is the pass mark of each part.
#[test]
fn three_part_25_55_20() {
    let mut hall = Hall::ready("three-part-25-55-20");
    hall.marks("a", &[("T", "80"), ("P", "90")]);
    hall.panel("a", "D", &["60", "70", "70", "70", "95"]);
    // 0.25 × 59.5 + 55 + 20 = 89.875
    hall.marks("b", &[("T", "59.5"), ("P", "100")]);
    hall.panel("b", "D", &["100", "100", "100", "100", "100"]);
    hall.marks("c", &[("T", "60"), ("P", "60")]);
    hall.panel("c", "D", &["60", "60", "60", "60", "60"]);
    assert_eq!(hall.ranks(), ranked(&[("b", 1), ("a", 2), ("c", 3)]));
    let outcome = hall.outcome();
    assert_eq!(line(&outcome, "a").shown, "83.50", "the vector of the source");
    assert_eq!(line(&outcome, "b").shown, "89.88", "half up");
    assert_eq!(gets(line(&outcome, "a")), ["passed"], "80, 90, 70");
    assert!(gets(line(&outcome, "b")).is_empty(), "59.5 in theory is no pass, whatever the rank");
    assert_eq!(gets(line(&outcome, "c")), ["passed"], "60 is a pass");
}

/// 52yma.com thread-95535, first row: 44.9 / 5; fudaoke.com: 410 / 5.
#[test]
fn panel_of_7_trimmed() {
    let mut hall = Hall::ready("panel-of-7-trimmed");
    hall.panel("a", "W", &["8.8", "9.3", "7.9", "8.7", "8.9", "9.7", "9.2"]);
    hall.panel("b", "W", &["72", "76", "81", "81", "85", "87", "90"]);
    assert_eq!((hall.total("a"), hall.total("b")), ("8.98".to_owned(), "82.00".to_owned()), "drop one each");
}

/// After the rules of the 超越杯 competition (iklangarut.com). Each judge's sheet stops at zero before the mean is taken: (87.5 + 96 + 0) / 3, not
/// (87.5 + 96 − 5) / 3.
#[test]
fn deductions_from_100() {
    let mut hall = Hall::ready("deductions-from-100");
    hall.panel("a", "D1", &["1", "0", "21"]);
    hall.panel("a", "D2", &["2", "1", "0"]);
    hall.panel("a", "D3", &["3.5", "2", "0"]);
    assert_eq!(hall.total("a"), "61.17", "100 − 12.5, 100 − 4, 100 − 105 at the floor");
    hall.panel("b", "D1", &["0", "0", "0"]);
    hall.panel("b", "D2", &["0", "0", "0"]);
    assert_eq!(line(&hall.outcome(), "b").total, Score::NotYet, "the third sheet is not filled in");
    hall.panel("b", "D3", &["0", "0", "0"]);
    assert_eq!(hall.total("b"), "100.00", "nothing to deduct");
}

/// Experts 450 / 5 = 90; 30 of 45 votes are 66.67; 63 + 20.001 = 83.00.
#[test]
fn vote_and_panel() {
    let mut hall = Hall::ready("vote-and-panel");
    hall.panel("a", "X", &["90", "92", "88", "95", "85", "91", "89"]);
    let votes = |yes: usize, no: usize, away: usize| [vec!["1"; yes], vec!["0"; no], vec!["-"; away]].concat();
    hall.panel("a", "V", &votes(30, 15, 5));
    assert_eq!((hall.shown("a", "X"), hall.shown("a", "V")), ("90.00".to_owned(), "66.67".to_owned()), "its parts");
    assert_eq!(hall.total("a"), "83.00", "70 and 30 %");
    hall.panel("a", "V", &votes(24, 0, 26));
    let outcome = hall.outcome();
    assert_eq!(line(&outcome, "a").unranked, Some(Why::NoValue), "24 lay judges are too few");
}

/// wikiHow and diystudent.com: 22 × 2.8 = 61.6 and 23.5 × 3.5 = 82.25; with five judges 15 × 2 = 30 and 24 × 3 = 72.
#[test]
fn diving() {
    let mut book = document("diving");
    for item in [0, 1] {
        book["items"][item]["attempts"] = json!(2);
    }
    let mut seven = Hall::of(&book);
    seven.panel_attempt("a", "DIVE", 1, &["6.5", "7", "7", "7.5", "7.5", "8", "8"]);
    seven.panel_attempt("a", "DIVE", 2, &["7.5", "7.5", "8", "8", "8.5", "8", "7"]);
    seven.attempts("a", "DD", &["2.8", "3.5"]);
    assert_eq!(seven.total("a"), "143.85", "61.6 + 82.25");
    seven.panel_attempt("a", "DIVE", 2, &["0", "0", "0", "0", "0", "0", "0"]);
    assert_eq!(seven.total("a"), "61.60", "a failed dive");

    book["panels"][0]["seats"] = json!(5);
    let trim = &mut book["items"][0]["score"]["sum"]["each_attempt"]["of"]["times"][0]["sum"]["trim"];
    trim["low"] = json!(1);
    trim["high"] = json!(1);
    let mut five = Hall::of(&book);
    five.panel_attempt("a", "DIVE", 1, &["5", "5.5", "5", "5", "4.5"]);
    five.attempts("a", "DD", &["2.0", "3.0"]);
    assert_eq!(line(&five.outcome(), "a").total, Score::NotYet, "one dive to come");
    five.panel_attempt("a", "DIVE", 2, &["8", "8.5", "8", "7.5", "8"]);
    assert_eq!(five.total("a"), "102.00", "30 + 72");
}

/// 5.6 + (10 − 5.5/4) − 0.3; with five judges 10 − 4/3 is cut to 8.666.
#[test]
fn gymnastics() {
    let mut hall = Hall::ready("gymnastics");
    hall.marks("a", &[("D", "5.6"), ("ND", "0.3")]);
    hall.panel("a", "E", &["1.2", "1.3", "1.3", "1.4", "1.5", "2.0"]);
    assert_eq!((hall.shown("a", "E"), hall.total("a")), ("8.625".to_owned(), "13.925".to_owned()), "by hand");
    // 5.0 + 8.8 and 5.2 + 8.6 are equal.
    hall.mark("b", "D", "5.2");
    hall.panel("b", "E", &["1.4", "1.4", "1.4", "1.4", "1.4", "1.4"]);
    hall.mark("c", "D", "5.0");
    hall.panel("c", "E", &["1.2", "1.2", "1.2", "1.2", "1.2", "1.2"]);
    assert_eq!(hall.ranks(), ranked(&[("a", 1), ("c", 2), ("b", 3)]), "execution decides");

    let mut book = document("gymnastics");
    book["panels"][0]["seats"] = json!(5);
    let mut five = Hall::of(&book);
    five.mark("a", "D", "5.0");
    five.panel("a", "E", &["1.2", "1.3", "1.3", "1.4", "2.0"]);
    assert_eq!(five.shown("a", "E"), "8.666", "the fourth decimal is cut off");
}
