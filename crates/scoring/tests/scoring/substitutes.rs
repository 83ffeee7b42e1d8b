//! Judges who take the seat of another for single entries (候补裁判).

use crate::build::{engine, field, line, name, one_panel, row, rulebook};
use jiangsai_scoring::{Derivation, Field, FieldReason, MarkRow};
use serde_json::{Value, json};

fn by(entry: &str, judges: &[(&str, &str)]) -> Vec<MarkRow> {
    judges.iter().map(|(judge, value)| row(entry, "X", Some(judge), value)).collect()
}

/// The mean of three.
fn mean() -> Value {
    one_panel(3, "10", json!({"mean": {"panel": {}}}), json!({"item": "X"}))
}

fn reasons(book: &Value, field: &Field) -> Vec<(Option<usize>, FieldReason)> {
    let all = engine(book).score(field).expect_err("the field has a fault");
    all.into_iter().map(|fault| (fault.row, fault.reason)).collect()
}

fn judges(of: &Derivation) -> Vec<&str> {
    of.parts.iter().flat_map(|part| &part.with).filter(|(key, _)| key == "judge").map(|(_, own)| own.as_str()).collect()
}

#[test]
fn a_substitute_takes_the_free_seat() {
    let mut marks = by("A", &[("J1", "3"), ("J2", "4"), ("J3", "5")]);
    marks.extend(by("B", &[("J1", "6"), ("J2", "7"), ("J4", "8")]));
    marks.extend(by("C", &[("J2", "1"), ("J3", "2"), ("J0", "3")]));
    let engine = engine(&mean());
    let all = field(marks.clone());
    let outcome = engine.score(&all).unwrap();
    let means = ["A", "B", "C"].map(|id| line(&outcome, id).shown.clone());
    assert_eq!(means, ["4", "7", "2"]);
    let tree = engine.derive_node(&all, "B", "X").unwrap();
    assert_eq!(judges(&tree), ["J1", "J2", "J4"], "each under its own name");
    assert_eq!(judges(&engine.derive_node(&all, "C", "X").unwrap()), ["J0", "J2", "J3"], "in the seat of J1");
    marks.reverse();
    assert_eq!(engine.score(&field(marks)).unwrap(), outcome, "whatever the order of the rows");

    let mut board = engine.board(&all).unwrap();
    let who: Vec<_> = board.substitutes().into_iter().map(|one| (one.judge, one.seat_of, one.entries)).collect();
    let named = |text: &str| text.to_owned();
    assert_eq!(who, [(named("J0"), named("J1"), vec![named("C")]), (named("J4"), named("J3"), vec![named("B")])]);
    board.put(&row("B", "X", Some("J4"), "2")).unwrap();
    assert_eq!(line(&board.outcome(), "B").shown, "5", "6, 7, 2");
    let fault = board.put(&row("B", "X", Some("J3"), "2")).expect_err("somebody else has that seat");
    assert_eq!(fault.reason, FieldReason::UnknownJudge);
}

#[test]
fn more_judges_than_seats_for_one_entry_are_refused_at_their_row() {
    let mut marks = by("A", &[("J1", "3"), ("J2", "4"), ("J3", "5")]);
    marks.extend(by("B", &[("J1", "6"), ("J2", "7"), ("J3", "8"), ("J4", "9")]));
    let too_many = FieldReason::TooManyJudges { panel: "p".to_owned(), seats: 3, found: 4 };
    assert_eq!(reasons(&mean(), &field(marks)), [(Some(6), too_many)]);
}

/// A judge's own marks are put on one scale over the whole field: a shared seat would mix two judges.
#[test]
fn nobody_takes_a_seat_where_judges_are_compared_over_entries() {
    let items = |input: Value| json!([{"id": "X", "name": name("X"), "input": input, "by": {"panel": "p"}}]);
    let total = |value: Value, input: Value| {
        let nodes = json!([{"id": "total", "name": name("total"), "kind": "total", "value": value}]);
        rulebook(json!([{"id": "p", "name": name("p"), "seats": 3}]), items(input), nodes, json!({}))
    };
    let standard = json!({"standardise": {"of": {"own": "X"}, "digits": 2, "zero": "0"}});
    let standard = json!({"round": {"of": {"mean": {"each_judge": {"panel": "p", "of": standard}}}, "digits": 2}});
    let majority = json!({"in_places": {"majority_place": "X"}});
    let mut marks = by("A", &[("J1", "1"), ("J2", "2"), ("J3", "1")]);
    marks.extend(by("B", &[("J1", "2"), ("J2", "1"), ("J4", "2")]));
    let compared = || FieldReason::ComparedJudges { panel: "p".to_owned(), seats: 3, found: 4 };
    for book in [total(standard, json!({"number": {}})), total(majority, json!({"placing": {}}))] {
        assert_eq!(reasons(&book, &field(marks.clone())), [(None, compared())], "{book}");
    }
}
