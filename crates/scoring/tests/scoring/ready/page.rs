//! The whole rulebooks of the reference, written from it alone.

use super::{Hall, ranked};
use crate::build::line;
use jiangsai_scoring::rulebook::Last;
use jiangsai_scoring::{EntryStatus, Score, Why};
use std::path::Path;

/// The rulebook of this id in the reference.
fn page(id: &str) -> Hall {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rulebook.md");
    let text = std::fs::read_to_string(path).unwrap();
    let blocks = text.split("```json\n").skip(1).map(|block| block.split("```").next().unwrap());
    let found =
        blocks.map(|block| serde_json::from_str(block).unwrap()).find(|book: &serde_json::Value| book["id"] == id);
    Hall::of(&found.unwrap())
}

/// 150 + 190 three times: the lighter lifter is ahead; a bomb-out in the jerk leaves no total.
#[test]
fn weightlifting() {
    let mut hall = page("weightlifting");
    for (id, weight, snatch, jerk) in [
        ("a", "88.35", ["145", "150", "void"], ["190", "void", "void"]),
        ("b", "87.90", ["150", "void", "void"], ["180", "185", "190"]),
        ("c", "88.90", ["152", "156", "void"], ["185", "-", "-"]),
        ("d", "80", ["160", "165", "170"], ["void", "void", "void"]),
    ] {
        hall.data(id, &[("bodyweight", weight)]);
        hall.attempts(id, "snatch", &snatch);
        hall.attempts(id, "jerk", &jerk);
    }
    hall.attempts("e", "snatch", &["170", "175", "180"]);
    hall.status("e", EntryStatus::Retired);
    let mut expected = ranked(&[("c", 1), ("b", 2), ("a", 3)]);
    expected.extend(["d", "e"].map(|id| (id.to_owned(), None)));
    assert_eq!(hall.ranks(), expected, "341, 340 at 87.90 kg, 340 at 88.35 kg");
    let outcome = hall.outcome();
    assert_eq!(line(&outcome, "d").unranked, Some(Why::NoValue), "no good jerk, no total");
    assert_eq!(line(&outcome, "e").unranked, Some(Why::Status), "left before the jerk");
    hall.attempts("f", "snatch", &["150", "151"]);
    assert_eq!(line(&hall.outcome(), "f").total, Score::NotYet, "still lifting");
}

/// Sheets of 62, 60 and 55; kitchen 27; 90 s late are two started minutes.
#[test]
fn cooking() {
    let mut hall = page("cooking");
    for id in ["a", "b"] {
        hall.panel(id, "taste", &["45", "44", "40"]);
        hall.panel(id, "look", &["17", "16", "15"]);
        hall.marks(id, &[("kitchen", "27"), ("late", "1:31:30")]);
    }
    // (62 + 60 + 55) / 3 = 59; 59 + 27 − 4.
    assert_eq!((hall.shown("a", "dish"), hall.total("a")), ("59.00".to_owned(), "82".to_owned()), "by hand");
    assert_eq!(line(&hall.outcome(), "a").undecided, Some(Last::Draw), "equal to the end: lots");
    for (time, total) in [("1:30:00", "86"), ("1:30:01", "84"), ("1:00:00", "86"), ("2:00:00", "66"), ("-", "66")] {
        hall.mark("a", "late", time);
        assert_eq!(hall.total("a"), total, "{time}");
    }
    hall.mark("a", "late", "1:30:00");
    hall.panel("a", "taste", &["45", "44", "-"]);
    hall.panel("a", "look", &["17", "16", "-"]);
    assert_eq!(hall.total("a"), "88", "(62 + 60) / 2 + 27 without the third taster");
    hall.panel("a", "taste", &["45", "-", "-"]);
    assert_eq!(line(&hall.outcome(), "a").unranked, Some(Why::NoValue), "one taster is too few");
}
