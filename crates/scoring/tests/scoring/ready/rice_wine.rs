//! The second sample competition: tasting against sealed keys, craft against the clock.

use super::{Hall, gets, ranked};
use crate::build::line;
use jiangsai_scoring::rulebook::Last;
use jiangsai_scoring::{Score, Why};

const EXPERTS: [[&str; 7]; 5] = [
    ["86", "88", "87", "90", "85", "88", "89"],
    ["78", "80", "76", "81", "79", "80", "77"],
    ["92", "90", "91", "93", "89", "91", "90"],
    ["70", "74", "72", "71", "73", "75", "69"],
    ["83", "82", "85", "84", "80", "83", "86"],
];

/// The mean of the experts for each cup, with the cups as entries of a panel of seven.
fn experts() -> Vec<String> {
    let mut cups = Hall::ready("panel-of-7-trimmed");
    for (cup, marks) in (1..).zip(EXPERTS) {
        cups.panel(&format!("cup{cup}"), "W", &marks);
    }
    (1..=5).map(|cup| cups.total(&format!("cup{cup}"))).collect()
}

/// A hall in which the envelopes of group 1 are open; every key is BDAEC.
fn hall() -> Hall {
    let mut hall = Hall::ready("rice-wine-sample-2");
    for (round, expert) in (1..).zip(experts()) {
        hall.parameter(&format!("key-{round}"), "1", "BDAEC");
        hall.parameter(&format!("expert-{round}"), "1", &expert);
    }
    hall
}

/// Theory 80; tasting 10 + 8 + 2 + 10 + 0 + 7; craft 7.5 + 10.8 + 8 + 9.83.
fn worked(hall: &mut Hall, id: &str) {
    hall.data(id, &[("group", "1")]);
    hall.marks(id, &[("T", "80"), ("R1", "BDAEC"), ("R2", "BADEC"), ("R3", "CBDAE"), ("R4", "bdaec"), ("R5", "BADEC")]);
    for (cup, mark) in (1..).zip(["88", "76", "91", "77", "83"]) {
        hall.mark(id, &format!("R6.{cup}"), mark);
    }
    hall.panel(id, "G1", &["6:00.6", "6:01.2"]);
    hall.mark(id, "G2", "3");
    hall.panel(id, "G3", &["9:59.9", "10:00.0"]);
    hall.panel(id, "G4", &["10", "9.5", "10.5", "8", "10"]);
}

#[test]
fn the_experts() {
    assert_eq!(experts(), ["87.60", "78.80", "90.80", "72.00", "83.40"], "the figures of the sample");
}

#[test]
fn a_whole_entry() {
    let mut hall = hall();
    worked(&mut hall, "S01");
    for (node, expected) in [
        ("R1", "10"),
        ("R2", "8"),
        ("R3", "2"),
        ("R4", "10"),
        ("R5", "0"),
        ("R6.1", "2"),
        ("R6.2", "1"),
        ("R6.3", "2"),
        ("R6.4", "0"),
        ("R6.5", "2"),
        ("M1", "37"),
        ("G1", "7.5"),
        ("G2", "10.8"),
        ("G3", "8"),
        ("G4", "9.83"),
        ("M2", "36.13"),
        ("practice", "73.13"),
        ("total", "75.19"),
    ] {
        assert_eq!(hall.shown("S01", node), expected, "{node}");
    }
    // 0.3 × 80 + 0.7 × 73.13 = 75.191; talking twice takes 10 off the tasting.
    hall.mark("S01", "MD.2", "2");
    assert_eq!((hall.shown("S01", "M1"), hall.total("S01")), ("27".to_owned(), "68.19".to_owned()), "−10");
    hall.mark("S01", "MD.2", "12");
    assert_eq!(hall.shown("S01", "M1"), "0", "the floor");
}

#[test]
fn orders_and_whole_keys() {
    let mut hall = hall();
    worked(&mut hall, "S01");
    for (answer, types, order, whole) in
        [("BDAEC", "10", "10", "10"), ("BADEC", "6", "8", "0"), ("CBDAE", "0", "2", "0"), ("CEADB", "2", "0", "0")]
    {
        for (item, points) in [("R1", types), ("R2", order), ("R3", order), ("R4", whole), ("R5", whole)] {
            hall.mark("S01", item, answer);
            assert_eq!(hall.shown("S01", item), points, "{item} {answer}");
        }
    }
}

/// 360 s → 8, 361 → 7.5, 385 → 6.5, 520 → 0; 360.5 is 361 by half up.
#[test]
fn started_ten_seconds() {
    let mut hall = hall();
    worked(&mut hall, "S01");
    for (times, points) in [
        (["360", "360"], "8"),
        (["361", "361"], "7.5"),
        (["385", "385"], "6.5"),
        (["520", "520"], "0"),
        (["360", "361"], "7.5"),
        (["360", "360.8"], "8"),
        (["370", "370"], "7.5"),
        (["371", "371"], "7"),
        (["200", "201"], "8"),
        (["700", "700"], "0"),
    ] {
        hall.panel("S01", "G1", &times);
        assert_eq!(hall.shown("S01", "G1"), points, "{times:?}");
    }
    for (times, points) in [(["600", "600"], "8"), (["601", "601"], "7.5"), (["760", "760"], "0")] {
        hall.panel("S01", "G3", &times);
        assert_eq!(hall.shown("S01", "G3"), points, "{times:?}");
    }
}

/// Until the round's sheets are in the keys are sealed: results are awaited, they are not zero.
#[test]
fn sealed_keys() {
    let mut hall = Hall::ready("rice-wine-sample-2");
    worked(&mut hall, "S01");
    let outcome = hall.outcome();
    let Some(Why::Unfinished(items)) = &line(&outcome, "S01").unranked else { panic!("the keys are sealed") };
    assert_eq!(items.len(), 10, "five rounds and five cups: {items:?}");
    assert_eq!(line(&outcome, "S01").total, Score::NotYet, "no points are guessed");
}

/// Tasting, then round three, then the time of the craft module, then a play-off.
#[test]
fn ties_end_in_a_play_off() {
    let mut hall = hall();
    for id in ["a", "b", "c", "d"] {
        worked(&mut hall, id);
    }
    // Two points from round two to round three: the tasting is equal, round three is not.
    hall.marks("b", &[("R2", "CEADB"), ("R3", "BDAEC")]);
    // b: 10 + 0 + 10 + 10 + 0 + 7 = 37.
    hall.panel("c", "G1", &["6:02", "6:02"]);
    assert_eq!(hall.ranks(), ranked(&[("b", 1), ("a", 2), ("d", 2), ("c", 4)]), "10 to 2 in round three; 361 to 362 s");
    let outcome = hall.outcome();
    assert_eq!(line(&outcome, "a").undecided, Some(Last::PlayOff), "to be played off");
    hall.data("d", &[("decision", "1")]);
    hall.data("a", &[("decision", "2")]);
    assert_eq!(hall.ranks(), ranked(&[("b", 1), ("d", 2), ("a", 3), ("c", 4)]), "played off");
    let outcome = hall.outcome();
    assert_eq!(
        line(&outcome, "a").tie.as_ref().unwrap().decided.as_ref().unwrap().zh,
        "加试",
        "and the record says so"
    );
}

#[test]
fn prizes_and_the_golden_blue_collar() {
    let mut hall = hall();
    for (id, theory) in [("a", "90"), ("b", "85"), ("c", "59"), ("d", "55")] {
        worked(&mut hall, id);
        hall.mark(id, "T", theory);
    }
    let outcome = hall.outcome();
    let all: Vec<Vec<&str>> = ["a", "b", "c", "d"].iter().map(|id| gets(line(&outcome, id))).collect();
    let expected =
        [vec!["first", "golden-blue-collar"], vec!["second", "golden-blue-collar"], vec!["second"], vec!["third"]];
    assert_eq!(all, expected, "the third has 59 in theory, the fourth is no medallist");
}
