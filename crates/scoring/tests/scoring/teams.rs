//! Who counts for a team, by example.

use crate::build::{engine, field, imported, name, row};
use jiangsai_scoring::{EntryStatus, Field};
use serde_json::{Value, json};

/// A with 60 and B with 90, both of team X.
fn pair(status: EntryStatus) -> Field {
    let mut all = field(vec![row("A", "t", None, "60"), row("B", "t", None, "90")]);
    all.entries[1].status = status;
    all.entries.iter_mut().for_each(|entry| entry.team = Some("X".to_owned()));
    all
}

/// What the team gets, where `of` is added up over its members.
fn sum(book: &mut Value, of: Value, status: EntryStatus) -> String {
    book["teams"] = json!({"name": name("teams"), "value": {"sum": {"members": {"of": of, "absent": "zero"}}}});
    engine(book).score(&pair(status)).unwrap().teams[0].shown.clone()
}

/// Practice is a node of its own, and the total repeats it: whoever has no total is absent from its team with everything.
fn book() -> Value {
    let mut book = imported(&["t"], json!({"node": "prac"}), json!({}));
    let nodes = book["nodes"].as_array_mut().unwrap();
    nodes.insert(0, json!({"id": "prac", "name": name("prac"), "kind": "part", "value": {"item": "t"}}));
    book
}

#[test]
fn whoever_has_no_total_is_absent_from_its_team() {
    let gone = [
        EntryStatus::Absent,
        EntryStatus::Withdrawn,
        EntryStatus::NotCheckedIn,
        EntryStatus::Disqualified,
        EntryStatus::Void,
    ];
    for of in [json!({"node": "prac"}), json!({"item": "t"}), json!({"node": "total"})] {
        for status in gone {
            assert_eq!(sum(&mut book(), of.clone(), status), "60", "{of} {status:?}");
        }
        for status in [EntryStatus::Ok, EntryStatus::Retired, EntryStatus::Unfinished] {
            assert_eq!(sum(&mut book(), of.clone(), status), "150", "{of} {status:?}");
        }
    }
}

#[test]
fn what_a_rulebook_writes_of_a_status_goes_before() {
    let rule = |total: &str, team: Option<&str>| {
        let mut own = json!({"total": total, "ranked": false, "counted": true});
        if let Some(team) = team {
            own["team"] = json!(team);
        }
        let mut book = book();
        book["statuses"] = json!({"disqualified": own});
        sum(&mut book, json!({"node": "prac"}), EntryStatus::Disqualified)
    };
    assert_eq!(rule("none", None), "60");
    assert_eq!(rule("none", Some("member")), "150");
    assert_eq!(rule("zero", None), "150", "its total is zero and its practice stays");
    assert_eq!(rule("computed", Some("absent")), "60");
    assert_eq!(rule("computed", Some("nobody")), "60");
}

/// Points per prize: nothing for a prize that nobody could get.
#[test]
fn whoever_is_absent_brings_no_points() {
    let mut book = book();
    book["awards"] = json!({"tiers": [{"id": "a", "name": name("a"), "take": {"count": 1}}]});
    let points = json!({"award_points": {"points": {"a": "8"}, "otherwise": "1"}});
    assert_eq!(sum(&mut book.clone(), points.clone(), EntryStatus::Ok), "9", "a first and an also-ran");
    assert_eq!(sum(&mut book.clone(), points.clone(), EntryStatus::Disqualified), "8");
    assert_eq!(sum(&mut book.clone(), points, EntryStatus::Absent), "8");
    assert_eq!(sum(&mut book, json!({"constant": "1"}), EntryStatus::Absent), "1", "one member is there");
}
