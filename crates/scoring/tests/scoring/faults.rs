//! Rulebooks and fields that are refused, with the place and the reason.

use crate::build::{engine, entry, field, imported, name, one_panel, panel_rows, row, rulebook};
use jiangsai_scoring::{Fault, FaultCode, Field, FieldReason, Mark, MarkFault, Rulebook};
use serde_json::{Value, json};

fn faults(book: &Value) -> Vec<Fault> {
    Rulebook::from_json(&book.to_string()).expect_err("the rulebook has a fault")
}

#[track_caller]
fn refused(book: &Value, path: &str, code: FaultCode) -> Fault {
    let all = faults(book);
    assert!(all.iter().any(|fault| fault.path == path && fault.code == code), "{all:#?}");
    assert_eq!(all.len(), 1, "{all:#?}");
    all[0].clone()
}

fn total(value: Value) -> Value {
    imported(&["x", "y"], value, json!({}))
}

#[test]
fn unknown_and_duplicate_ids() {
    refused(&total(json!({"item": "z"})), "/nodes/0/value/item", FaultCode::UnknownId);
    refused(&total(json!({"sum": [{"item": "x"}, {"node": "y"}]})), "/nodes/0/value/sum/1/node", FaultCode::UnknownId);
    let mut book = total(json!({"item": "x"}));
    book["items"][1]["id"] = json!("x");
    refused(&book, "/items/1/id", FaultCode::DuplicateId);
    book["items"][1]["id"] = json!("total");
    refused(&book, "/nodes/0/id", FaultCode::DuplicateId);
    book["items"][1]["id"] = json!("a b");
    refused(&book, "/items/1/id", FaultCode::BadId);
    let mut book = total(json!({"item": "x"}));
    book["ranking"]["by"] = json!("x");
    refused(&book, "/ranking/by", FaultCode::UnknownId);
    let mut book = one_panel(5, "10", json!({"mean": {"panel": {}}}), json!({"item": "X"}));
    book["items"][0]["by"] = json!({"panel": "q"});
    refused(&book, "/items/0/by/panel", FaultCode::UnknownId);
}

#[test]
fn cycles() {
    let mut book = total(json!({"node": "b"}));
    let nodes = book["nodes"].as_array_mut().unwrap();
    for (id, next) in [("a", "b"), ("b", "c"), ("c", "a")] {
        nodes.push(
            json!({"id": id, "name": name(id), "kind": "other", "value": {"sum": [{"item": "x"}, {"node": next}]}}),
        );
    }
    let fault = refused(&book, "/nodes/2/value", FaultCode::Cycle);
    assert_eq!(fault.args, [("ids".to_owned(), "b → c → a → b".to_owned())]);
    let mut own = total(json!({"item": "x"}));
    own["items"][0]["score"] = json!({"item": "x"});
    refused(&own, "/items/0/score", FaultCode::Cycle);
}

#[test]
fn weights_and_maxima_that_do_not_add_up() {
    let weigh = |a: &str, b: &str| json!({"weigh": {"of": [{"of": {"item": "x"}, "by": a}, {"of": {"item": "y"}, "by": b}], "whole": "1"}});
    let fault = refused(&total(weigh("0.3", "0.6")), "/nodes/0/value/weigh", FaultCode::Weights);
    assert_eq!(fault.args, [("sum".to_owned(), "0.9".to_owned()), ("whole".to_owned(), "1".to_owned())]);
    let book = rulebook(
        json!([]),
        json!([
            {"id": "x", "name": name("x"), "max": "40", "input": {"number": {}}, "by": "agreed"},
            {"id": "y", "name": name("y"), "max": "59", "input": {"number": {}}, "by": "agreed"},
        ]),
        json!([{"id": "total", "name": name("total"), "max": "100", "kind": "total",
                "value": {"round": {"of": {"sum": [{"item": "x"}, {"item": "y"}]}, "digits": 2}}}]),
        json!({}),
    );
    let fault = refused(&book, "/nodes/0/max", FaultCode::MaxDiffers);
    assert_eq!(fault.args, [("max".to_owned(), "100".to_owned()), ("sum".to_owned(), "99".to_owned())]);
}

#[test]
fn a_trim_that_can_leave_nobody() {
    let score = |low: u16, absent: &str, minimum: u16| json!({"mean": {"trim": {"of": {"panel": {"absent": absent, "minimum": minimum}}, "low": low, "high": 1}}});
    let book = |score| one_panel(3, "10", score, json!({"item": "X"}));
    refused(&book(score(2, "refuse", 3)), "/items/0/score/mean/trim", FaultCode::TrimLeavesNobody);
    let fault = refused(&book(score(1, "leave_out", 2)), "/items/0/score/mean/trim", FaultCode::TrimLeavesNobody);
    assert_eq!(fault.args[0], ("size".to_owned(), "2".to_owned()));
    assert!(Rulebook::from_json(&book(score(1, "leave_out", 3)).to_string()).is_ok());
}

#[test]
fn divisions() {
    let divide = |by: Value, zero: Option<Value>| {
        let mut all = json!({"of": {"item": "x"}, "by": by});
        if let Some(zero) = zero {
            all["zero"] = zero;
        }
        total(json!({"divide": all}))
    };
    refused(&divide(json!({"constant": "0"}), None), "/nodes/0/value/divide/by", FaultCode::DivisionByZero);
    refused(&divide(json!({"item": "y"}), None), "/nodes/0/value/divide/zero", FaultCode::ZeroCaseMissing);
    refused(
        &total(json!({"scale": {"of": {"item": "x"}, "from": "0", "to": "5"}})),
        "/nodes/0/value/scale/from",
        FaultCode::DivisionByZero,
    );
    let fine = divide(json!({"item": "y"}), Some(json!({"constant": "7"})));
    let engine = engine(&fine);
    for (by, result) in [("4", "2"), ("0", "7"), ("3", "8/3")] {
        let marks = vec![row("a", "x", None, "8"), row("a", "y", None, by)];
        assert_eq!(engine.score(&field(marks)).unwrap().standings[0].shown, result);
    }
}

#[test]
fn a_missing_value_nobody_handles() {
    let mut book = total(json!({"item": "x"}));
    book["ranking"].as_object_mut().unwrap().remove("no_value");
    let all = faults(&book);
    let found: Vec<(&str, FaultCode, &str)> =
        all.iter().map(|fault| (fault.path.as_str(), fault.code, fault.args[0].1.as_str())).collect();
    assert_eq!(
        found,
        [("/nodes/0/value", FaultCode::UnhandledGap, "absent"), ("/nodes/0/value", FaultCode::UnhandledGap, "void"),]
    );
    assert_eq!(all[0].args[1], ("items".to_owned(), "x".to_owned()));
    // Handled in the expression, at the item, or for the whole rulebook.
    let mut settled = book.clone();
    settled["nodes"][0]["value"] = json!({"settle": {"of": {"item": "x"}, "absent": "0", "void": "0"}});
    assert!(Rulebook::from_json(&settled.to_string()).is_ok());
    let mut settled = book.clone();
    settled["items"][0]["settle"] = json!({"absent": "0", "void": "0"});
    assert!(Rulebook::from_json(&settled.to_string()).is_ok());
    book["settle"] = json!({"absent": "0", "void": "0"});
    assert!(Rulebook::from_json(&book.to_string()).is_ok());
}

#[test]
fn types_are_kept_apart() {
    let with_time = |value: Value| {
        let mut book = total(value);
        book["items"][1]["input"] = json!({"time": {}});
        book
    };
    refused(
        &with_time(json!({"sum": [{"item": "x"}, {"item": "y"}]})),
        "/nodes/0/value/sum/1",
        FaultCode::TypeMismatch,
    );
    refused(
        &with_time(json!({"times": [{"item": "y"}, {"item": "y"}]})),
        "/nodes/0/value/times/1",
        FaultCode::TypeMismatch,
    );
    refused(
        &with_time(json!({"times": [{"item": "x"}, {"item": "y"}]})),
        "/nodes/0/value/times/1",
        FaultCode::TypeMismatch,
    );
    refused(
        &with_time(json!({"sum": [{"item": "x"}, {"times": [{"item": "y"}, {"item": "x"}]}]})),
        "/nodes/0/value/sum/1",
        FaultCode::TypeMismatch,
    );
    assert!(
        Rulebook::from_json(&with_time(json!({"sum": [{"item": "x"}, {"in_seconds": {"item": "y"}}]})).to_string())
            .is_ok()
    );
    assert!(
        Rulebook::from_json(
            &with_time(json!({"minus": {"from": {"item": "y"}, "less": {"seconds": "5"}}})).to_string()
        )
        .is_ok()
    );
    refused(&with_time(json!({"in_seconds": {"item": "x"}})), "/nodes/0/value/in_seconds", FaultCode::TypeMismatch);
    let list = one_panel(3, "10", json!({"panel": {}}), json!({"item": "X"}));
    refused(&list, "/items/0/score", FaultCode::TypeMismatch);
    let mark = one_panel(3, "10", json!("mark"), json!({"item": "X"}));
    refused(&mark, "/items/0/score", FaultCode::NoMarkHere);
    refused(&total(json!("mark")), "/nodes/0/value", FaultCode::NoMarkHere);
    refused(&total(json!({"sum": []})), "/nodes/0/value/sum", FaultCode::Empty);
}

#[test]
fn numbers_out_of_range() {
    refused(
        &total(json!({"round": {"of": {"item": "x"}, "digits": 13}})),
        "/nodes/0/value/round/digits",
        FaultCode::OutOfRange,
    );
    refused(
        &total(json!({"clamp": {"of": {"item": "x"}, "low": "5", "high": "4"}})),
        "/nodes/0/value/clamp/high",
        FaultCode::OutOfRange,
    );
    refused(
        &one_panel(0, "10", json!({"mean": {"panel": {}}}), json!({"item": "X"})),
        "/panels/0/seats",
        FaultCode::OutOfRange,
    );
    let mut book = total(json!({"item": "x"}));
    book["items"][0]["input"] = json!({"number": {"step": "0"}});
    refused(&book, "/items/0/input/number/step", FaultCode::OutOfRange);
    book["items"][0]["input"] = json!({"level": {"max": 3, "texts": [name("a")]}});
    refused(&book, "/items/0/input/level/texts", FaultCode::LevelTexts);
    book["items"][0]["input"] = json!({"choice": {"options": [{"value": "1"}, {"value": "1.0"}]}});
    refused(&book, "/items/0/input/choice/options/1/value", FaultCode::DuplicateChoice);
    let bands = json!([{"is": "at_most", "edge": "5", "points": "1"}, {"is": "less", "edge": "5", "points": "2"}]);
    refused(
        &total(json!({"table": {"of": {"item": "x"}, "bands": bands, "otherwise": "0"}})),
        "/nodes/0/value/table/bands/1",
        FaultCode::DeadBand,
    );
}

#[test]
fn versions_and_syntax() {
    let mut newer = total(json!({"item": "x"}));
    newer["schema"] = json!(2);
    newer["something new"] = json!([]);
    let fault = refused(&newer, "/schema", FaultCode::NeedsNewerVersion);
    assert_eq!(fault.args[0], ("found".to_owned(), "2".to_owned()));
    let mut newer = total(json!({"item": "x"}));
    newer["semantics"] = json!(9);
    refused(&newer, "/semantics", FaultCode::NeedsNewerVersion);
    newer["semantics"] = json!(0);
    refused(&newer, "/semantics", FaultCode::UnknownVersion);
    let mut unknown = total(json!({"item": "x"}));
    unknown["ranking"]["colour"] = json!("red");
    let fault = refused(&unknown, "", FaultCode::Syntax);
    assert!(fault.args.iter().any(|(name, value)| name == "message" && value.contains("colour")), "{fault:?}");
    for text in ["", "{", "[]", "null", "{\"schema\":1}", "\u{feff}", "[[[[", "{\"schema\":1,\"schema\":1}"] {
        assert_eq!(Rulebook::from_json(text).unwrap_err()[0].code, FaultCode::Syntax, "{text}");
    }
    let number = total(json!({"constant": 5})).to_string();
    assert_eq!(Rulebook::from_json(&number).unwrap_err()[0].code, FaultCode::Syntax);
}

#[test]
fn the_cost_is_known_before_anything_runs() {
    let mut deep = json!({"item": "x"});
    for _ in 0..30 {
        deep = json!({"abs": deep});
    }
    refused(&total(deep), "/nodes/0/value", FaultCode::TooLarge);
    // Deeper than the reader itself goes.
    let text = format!("{{\"schema\":1,\"nodes\":{}", "{\"abs\":".repeat(5_000));
    assert_eq!(Rulebook::from_json(&text).unwrap_err()[0].code, FaultCode::Syntax);

    // Each node squares the one before: the numbers would have more digits than there are atoms.
    let mut book = total(json!({"node": "n40"}));
    let nodes = book["nodes"].as_array_mut().unwrap();
    for index in 1..=40 {
        let before = if index == 1 { json!({"item": "x"}) } else { json!({"node": format!("n{}", index - 1)}) };
        let id = format!("n{index}");
        nodes.push(json!({"id": id, "name": name(&id), "kind": "other", "value": {"times": [before, before]}}));
    }
    assert!(faults(&book).iter().all(|fault| fault.code == FaultCode::TooLarge));
}

/// A node that is used many times is explained once, however the uses multiply.
#[test]
fn a_derivation_stays_small() {
    let mut book = total(json!({"round": {"of": {"node": "n40"}, "digits": 2}}));
    let nodes = book["nodes"].as_array_mut().unwrap();
    for index in 1..=40 {
        let before = if index == 1 { json!({"item": "x"}) } else { json!({"node": format!("n{}", index - 1)}) };
        let id = format!("n{index}");
        nodes.push(json!({"id": id, "name": name(&id), "kind": "other",
            "value": {"round": {"of": {"mean": [before, before]}, "digits": 2}}}));
    }
    let all = field(vec![row("a", "x", None, "7.5")]);
    let tree = engine(&book).derive(&all, "a").unwrap();
    assert_eq!(tree.shown, "7.50");
    assert!(serde_json::to_string(&tree).unwrap().len() < 40_000);
}

fn reasons(book: &Value, field: &Field) -> Vec<(Option<usize>, FieldReason)> {
    let all = engine(book).score(field).expect_err("the field has a fault");
    all.into_iter().map(|fault| (fault.row, fault.reason)).collect()
}

#[test]
fn fields_that_do_not_fit() {
    let book = one_panel(3, "10", json!({"mean": {"panel": {}}}), json!({"item": "X"}));
    let marks = panel_rows("a", "X", &["1", "2", "3"]);
    let with = |change: &dyn Fn(&mut Field)| {
        let mut all = field(marks.clone());
        change(&mut all);
        reasons(&book, &all)
    };
    assert_eq!(with(&|all| all.marks[1].item = "Y".to_owned()), [(Some(1), FieldReason::UnknownItem)]);
    assert_eq!(with(&|all| all.marks[1].entry = "b".to_owned()), [(Some(1), FieldReason::UnknownEntry)]);
    assert_eq!(with(&|all| all.marks[2].judge = None), [(Some(2), FieldReason::JudgeMissing)]);
    assert_eq!(with(&|all| all.marks[2].attempt = 2), [(Some(2), FieldReason::UnknownAttempt)]);
    assert_eq!(with(&|all| all.marks[2].stage = Some("final".to_owned())), [(Some(2), FieldReason::UnknownStage)]);
    assert_eq!(with(&|all| all.marks.push(all.marks[0].clone())), [(Some(3), FieldReason::DuplicateMark)]);
    assert_eq!(with(&|all| all.entries.push(entry("a"))), [(None, FieldReason::DuplicateEntry)]);
    assert_eq!(
        with(&|all| all.marks[0].mark = Mark::Value(crate::build::exact("875"))),
        [(Some(0), FieldReason::Mark(MarkFault::AboveMaximum { maximum: "10".to_owned() }))]
    );
    let listed = |judges: &[&str]| judges.iter().map(|judge| (*judge).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        with(&|all| {
            all.panels.insert("p".to_owned(), listed(&["J00", "J01"]));
        }),
        [(Some(2), FieldReason::UnknownJudge)]
    );
    assert_eq!(
        with(&|all| {
            all.panels.insert("p".to_owned(), listed(&["J00", "J01", "J02", "J03"]));
        }),
        [(None, FieldReason::TooManyJudges { panel: "p".to_owned(), seats: 3, found: 4 })]
    );
    assert_eq!(
        with(&|all| {
            all.panels.insert("p".to_owned(), listed(&["J00", "J01", "J01"]));
        }),
        [(None, FieldReason::DuplicateJudge)]
    );
    assert_eq!(
        with(&|all| {
            all.panels.insert("q".to_owned(), Vec::new());
        }),
        [(None, FieldReason::UnknownPanel { panel: "q".to_owned() })]
    );
    let agreed = imported(&["x"], json!({"item": "x"}), json!({}));
    assert_eq!(
        reasons(&agreed, &field(vec![row("a", "x", Some("J"), "1")])),
        [(Some(0), FieldReason::JudgeNotExpected)]
    );
}

/// A seat nobody sits on is not marked yet, it is not absent.
#[test]
fn an_empty_seat_keeps_the_entry_unfinished() {
    let book =
        one_panel(3, "10", json!({"mean": {"panel": {"absent": "leave_out", "minimum": 2}}}), json!({"item": "X"}));
    let engine = engine(&book);
    let two = engine.score(&field(panel_rows("a", "X", &["4", "6"]))).unwrap();
    assert_eq!(two.standings[0].total, jiangsai_scoring::Score::NotYet);
    let absent = engine.score(&field(panel_rows("a", "X", &["4", "6", "-"]))).unwrap();
    assert_eq!(absent.standings[0].shown, "5");
    let short = engine.score(&field(panel_rows("a", "X", &["4", "-", "-"]))).unwrap();
    assert_eq!(short.standings[0].total, jiangsai_scoring::Score::Absent);
}
