//! Decisions between equals, and keys that are still to be marked.

use crate::build::{engine, entry, field, imported, line, name, row};
use jiangsai_scoring::rulebook::Last;
use jiangsai_scoring::{Field, MarkRow, Outcome};
use serde_json::json;

/// `a`, `b`, `c` with 80 each and `d` with 70, and what was decided of each.
fn equals(decisions: [&str; 3]) -> (Field, Outcome) {
    let book = imported(&["x"], json!({"item": "x"}), json!({"last": "draw"}));
    let mut all = field(vec![
        row("a", "x", None, "80"),
        row("b", "x", None, "80"),
        row("c", "x", None, "80"),
        row("d", "x", None, "70"),
    ]);
    for (place, decision) in decisions.iter().enumerate() {
        all.entries[place].data.insert("decision".to_owned(), (*decision).to_owned());
    }
    let outcome = engine(&book).score(&all).unwrap();
    (all, outcome)
}

fn ranks(outcome: &Outcome) -> Vec<(&str, u32, bool)> {
    outcome
        .standings
        .iter()
        .map(|line| (line.entry.as_str(), line.rank.unwrap(), line.undecided == Some(Last::Draw)))
        .collect()
}

#[test]
fn a_decision_counts_once_everybody_has_one() {
    let (_, outcome) = equals(["", "", ""]);
    assert_eq!(ranks(&outcome), [("a", 1, true), ("b", 1, true), ("c", 1, true), ("d", 4, false)]);
    for some in [["2", "", ""], ["2", "1", ""], ["", "", "1"]] {
        let (_, outcome) = equals(some);
        let expected = [("a", 1, true), ("b", 1, true), ("c", 1, true), ("d", 4, false)];
        assert_eq!(ranks(&outcome), expected, "{some:?}: whoever is not drawn yet is not last");
        assert!(outcome.standings.iter().all(|line| line.tie.as_ref().is_none_or(|tie| tie.decided.is_none())));
    }
    let (_, outcome) = equals(["2", "3", "1"]);
    assert_eq!(ranks(&outcome), [("c", 1, false), ("a", 2, false), ("b", 3, false), ("d", 4, false)]);
    let (_, outcome) = equals(["2", "1", "2"]);
    assert_eq!(ranks(&outcome), [("b", 1, false), ("a", 2, true), ("c", 2, true), ("d", 4, false)]);
}

/// `d` joins the three who were drawn: their draw does not say where it stands.
#[test]
fn a_decision_lapses_when_somebody_joins() {
    let (all, _) = equals(["2", "3", "1"]);
    let book = imported(&["x"], json!({"item": "x"}), json!({"last": "draw"}));
    let mut board = engine(&book).board(&all).unwrap();
    board.put(&row("d", "x", None, "80")).unwrap();
    assert!(ranks(&board.outcome()).iter().all(|(_, rank, undecided)| *rank == 1 && *undecided));
    board.put(&row("d", "x", None, "90")).unwrap();
    let expected = [("d", 1, false), ("c", 2, false), ("a", 3, false), ("b", 4, false)];
    assert_eq!(ranks(&board.outcome()), expected, "and holds again");
}

/// A time that is not typed yet comes after every time, for now.
#[test]
fn a_key_that_is_not_marked_yet_is_provisional() {
    let mut book = imported(&["x"], json!({"item": "x"}), json!({}));
    let time = json!({"id": "t", "name": name("t"), "input": {"time": {}}, "by": "measured"});
    book["items"].as_array_mut().unwrap().push(time);
    book["ranking"]["keys"] = json!([{"by": {"item": "t"}, "direction": "lower", "label": name("time")}]);
    let of = |more: Vec<MarkRow>| {
        let mut all = Field { entries: vec![entry("a"), entry("b")], ..Field::default() };
        all.marks = vec![row("a", "x", None, "80"), row("b", "x", None, "80")];
        all.marks.extend(more);
        line(&engine(&book).score(&all).unwrap(), "b").tie.clone().unwrap()
    };
    let pending =
        |tie: &jiangsai_scoring::TieStep| tie.pending.iter().map(|label| label.en.clone()).collect::<Vec<_>>();
    let open = of(vec![row("a", "t", None, "120")]);
    assert_eq!((open.decided.is_some(), open.own.as_str(), pending(&open)), (true, "", vec!["time".to_owned()]));
    let both = of(Vec::new());
    assert_eq!((both.decided.is_some(), pending(&both)), (false, vec!["time".to_owned()]));
    let absent = of(vec![row("a", "t", None, "120"), row("b", "t", None, "-")]);
    assert_eq!((absent.decided.is_some(), pending(&absent)), (true, Vec::new()), "absent for good");
}
