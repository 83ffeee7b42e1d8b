//! Stages while they are going on, and what happens to somebody within one of them.

use crate::build::{engine, entry, line, name, row, rulebook};
use jiangsai_scoring::{Engine, EntryStatus, Field, Why};
use serde_json::{Value, json};

/// A heat from which the best two go on, and a final.
fn two_stages(statuses: Value) -> Engine {
    let item = |id: &str, stage: &str| json!({"id": id, "name": name(id), "max": "100", "input": {"number": {}}, "by": "agreed", "stage": stage});
    let mut book = rulebook(
        json!([]),
        json!([item("H", "heat"), item("F", "final")]),
        json!([
            {"id": "heat-score", "name": name("heat"), "kind": "part", "value": {"item": "H"}},
            {"id": "total", "name": name("total"), "kind": "total", "value": {"item": "F"}}
        ]),
        json!({}),
    );
    book["stages"] = json!([
        {"id": "heat", "name": name("heat"), "by": "heat-score", "advance": {"take": [{"best": 2}]}},
        {"id": "final", "name": name("final")}
    ]);
    book["statuses"] = statuses;
    engine(&book)
}

fn heats(marks: &[(&str, &str)]) -> Field {
    Field {
        entries: marks.iter().map(|(id, _)| entry(id)).collect(),
        marks: marks.iter().map(|(id, value)| row(id, "H", None, value)).collect(),
        ..Field::default()
    }
}

fn ranks(engine: &Engine, field: &Field) -> Vec<(String, Option<u32>)> {
    let outcome = engine.score(field).unwrap();
    let mut all: Vec<_> = outcome.standings.iter().map(|line| (line.entry.clone(), line.rank)).collect();
    all.sort();
    all
}

fn are(found: Vec<(String, Option<u32>)>, wanted: &[(&str, u32)]) {
    let wanted: Vec<(String, Option<u32>)> =
        wanted.iter().map(|(id, rank)| ((*id).to_owned(), Some(*rank).filter(|rank| *rank > 0))).collect();
    assert_eq!(found, wanted);
}

#[test]
fn whoever_is_out_stands_behind_finalists_who_have_no_result_yet() {
    let engine = two_stages(json!({}));
    let mut field = heats(&[("a", "90"), ("b", "80"), ("c", "70"), ("d", "70")]);
    are(ranks(&engine, &field), &[("a", 0), ("b", 0), ("c", 3), ("d", 3)]);
    field.marks.push(row("b", "F", None, "10"));
    are(ranks(&engine, &field), &[("a", 0), ("b", 1), ("c", 3), ("d", 3)]);
    let board = engine.board(&field).unwrap();
    assert_eq!(board.rank(board.entry("c").unwrap()), Some(3), "asked for alone as well");
    field.marks.push(row("a", "F", None, "5"));
    are(ranks(&engine, &field), &[("a", 2), ("b", 1), ("c", 3), ("d", 3)]);
}

#[test]
fn a_heat_that_is_going_on_is_ranked_so_far() {
    let engine = two_stages(json!({}));
    let field = heats(&[("a", "60"), ("b", "80"), ("c", "")]);
    are(ranks(&engine, &field), &[("a", 2), ("b", 1), ("c", 0)]);
    let outcome = engine.score(&field).unwrap();
    assert_eq!(line(&outcome, "c").unranked, Some(Why::Unfinished(vec!["H".to_owned()])), "of this stage alone");
}

#[test]
fn disqualified_in_the_final_nobody_moves_up_into_it() {
    let engine = two_stages(json!({}));
    let mut field = heats(&[("a", "90"), ("b", "80"), ("c", "70")]);
    field.marks.extend([row("a", "F", None, "50"), row("b", "F", None, "40")]);
    field.entries[0].status = EntryStatus::Disqualified;
    let outcome = engine.score(&field).unwrap();
    assert_eq!(line(&outcome, "c").stage.as_deref(), Some("final"), "from the beginning: c moves up");
    field.entries[0].since = Some("final".to_owned());
    let outcome = engine.score(&field).unwrap();
    assert_eq!(line(&outcome, "c").stage.as_deref(), Some("heat"), "in the final: c stays out");
    assert_eq!(line(&outcome, "a").unranked, Some(Why::Status), "and a has no rank");
    are(ranks(&engine, &field), &[("a", 0), ("b", 1), ("c", 2)]);

    let last = two_stages(json!({"disqualified": {"total": "zero", "ranked": true, "counted": true}}));
    are(ranks(&last, &field), &[("a", 2), ("b", 1), ("c", 3)]);
    // Nothing becomes of a status that would hold from a stage the entry did not reach.
    field.entries[2].status = EntryStatus::Disqualified;
    field.entries[2].since = Some("final".to_owned());
    are(ranks(&engine, &field), &[("a", 0), ("b", 1), ("c", 2)]);
    field.entries[2].since = Some("semi".to_owned());
    assert!(engine.score(&field).is_err(), "there is no such stage");
}

/// Retired after the first of three runs: the others count nothing, and of a time they are absent.
#[test]
fn runs_nobody_marked_count_nothing_for_somebody_who_left() {
    let of = |input: Value, score: Value| {
        let item =
            json!({"id": "X", "name": name("X"), "input": input, "by": "measured", "attempts": 3, "score": score});
        engine(&rulebook(
            json!([]),
            json!([item]),
            json!([{"id": "total", "name": name("total"), "kind": "total", "value": {"item": "X"}}]),
            json!({}),
        ))
    };
    let mut field = Field { entries: vec![entry("a")], marks: vec![row("a", "X", None, "30")], ..Field::default() };
    let shown = |engine: &Engine, field: &Field| {
        let outcome = engine.score(field).unwrap();
        (outcome.standings[0].shown.clone(), outcome.standings[0].rank)
    };
    let points = of(json!({"number": {}}), json!({"sum": {"each_attempt": {"of": "mark"}}}));
    assert_eq!(shown(&points, &field), (String::new(), None), "two runs are awaited");
    field.entries[0].status = EntryStatus::Retired;
    assert_eq!(shown(&points, &field), ("30".to_owned(), Some(1)), "the rest as zero");
    let awaited = of(json!({"number": {}}), json!({"mean": {"each_attempt": {"of": "mark", "not_yet": "leave_out"}}}));
    assert_eq!(shown(&awaited, &field), ("30".to_owned(), Some(1)), "what the rulebook says of such a run holds");
    let best = of(json!({"time": {}}), json!({"min": {"each_attempt": {"of": "mark", "absent": "leave_out"}}}));
    assert_eq!(shown(&best, &field), ("0:30".to_owned(), Some(1)), "no time of zero beats the one that was run");
    let all = of(json!({"time": {}}), json!({"sum": {"each_attempt": {"of": "mark"}}}));
    assert_eq!(shown(&all, &field), (String::new(), None), "and a sum of times has none");
}

#[test]
fn points_by_place() {
    let with = |ties: &str| {
        let points = json!({"place_points": {"of": {"item": "x"}, "points": ["10", "8", "5"], "ties": ties}});
        let engine = engine(&crate::build::imported(&["x"], points, json!({})));
        let marks = [("a", "9"), ("b", "9"), ("c", "7"), ("d", "5")].map(|(id, value)| row(id, "x", None, value));
        let outcome = engine.score(&crate::build::field(marks.to_vec())).unwrap();
        ["a", "b", "c", "d"].map(|id| line(&outcome, id).shown.clone())
    };
    assert_eq!(with("mean"), ["9", "9", "5", "0"], "(10 + 8) ÷ 2 each, then the third, then nothing");
    assert_eq!(with("first"), ["10", "10", "5", "0"]);
    assert_eq!(with("dense"), ["10", "10", "8", "5"]);
}

/// 35.2 s and three faults at 5 s each.
#[test]
fn a_number_of_seconds_is_a_time() {
    let time = json!({"id": "t", "name": name("t"), "input": {"time": {"step": "0.1"}}, "by": "measured"});
    let faults = json!({"id": "f", "name": name("f"), "input": {"count": {"each": "1", "most": "9"}}, "by": "agreed"});
    let total = json!({"sum": [{"item": "t"}, {"times": [{"seconds": "5"}, {"item": "f"}]}]});
    let book = rulebook(
        json!([]),
        json!([time, faults]),
        json!([{"id": "total", "name": name("total"), "kind": "total", "value": total}]),
        json!({"direction": "lower"}),
    );
    let field = crate::build::field(vec![row("a", "t", None, "35.2"), row("a", "f", None, "3")]);
    let outcome = engine(&book).score(&field).unwrap();
    assert_eq!(outcome.standings[0].shown, "0:50.2", "as a time");
    let minute = crate::build::field(vec![row("a", "t", None, "55"), row("a", "f", None, "3")]);
    assert_eq!(engine(&book).score(&minute).unwrap().standings[0].shown, "1:10");
}
