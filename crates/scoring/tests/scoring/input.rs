//! What may be typed for a mark.

use crate::build::{exact, name};
use jiangsai_scoring::input::{allowed, parse_mark, show_mark};
use jiangsai_scoring::rulebook::Item;
use jiangsai_scoring::{Mark, MarkFault};
use serde_json::{Value, json};

fn item(max: Option<&str>, input: Value) -> Item {
    let mut all = json!({"id": "x", "name": name("x"), "input": input, "by": "agreed"});
    if let Some(max) = max {
        all["max"] = json!(max);
    }
    serde_json::from_value(all).unwrap()
}

fn value(text: &str) -> Result<Mark, MarkFault> {
    Ok(Mark::Value(exact(text)))
}

#[test]
fn numbers() {
    let item = item(Some("100"), json!({"number": {"step": "0.5"}}));
    for (text, number) in [
        ("87.5", "87.5"),
        (" 87 ", "87"),
        ("８７．５", "87.5"),
        ("87。5", "87.5"),
        ("\u{3000}0\u{3000}", "0"),
        (".5", "0.5"),
        ("007", "7"),
        ("100.0", "100"),
    ] {
        assert_eq!(parse_mark(&item, text), value(number), "{text}");
    }
    for text in
        ["87..5", "87.", "1e2", "1e9", "87,5", "+5", "abc", "８７．．５", "--5", "5-", "0x10", "∞", "NaN", "1 2", "."]
    {
        assert_eq!(parse_mark(&item, text), Err(MarkFault::NotANumber), "{text}");
    }
    assert_eq!(parse_mark(&item, "875"), Err(MarkFault::AboveMaximum { maximum: "100".to_owned() }));
    assert_eq!(parse_mark(&item, "-5"), Err(MarkFault::BelowMinimum { minimum: "0".to_owned() }));
    assert_eq!(parse_mark(&item, "87.3"), Err(MarkFault::OffStep { step: "0.5".to_owned() }));
    assert_eq!(parse_mark(&item, &"9".repeat(40)), Err(MarkFault::TooLong));
}

#[test]
fn what_is_allowed_is_said_in_figures() {
    for (max, input, said) in [
        (Some("20"), json!({"number": {}}), "0 – 20"),
        (None, json!({"number": {"min": "-5"}}), "≥ -5"),
        (Some("100"), json!({"number": {"step": "0.5"}}), "0, 0.5 … 100"),
        (None, json!({"number": {"min": "0.25", "step": "0.5"}}), "0.25, 0.75 …"),
        (Some("2"), json!({"level": {"max": 3}}), "0, 1 … 3"),
        (Some("6"), json!({"choice": {"options": [{"value": "6"}, {"value": "3"}, {"value": "0"}]}}), "6, 3, 0"),
        (Some("2"), json!({"tick": {}}), "0, 1"),
        (Some("2"), json!({"deduction": {"each": "0.5", "most": "4"}}), "0, 1 … 4"),
        (Some("2"), json!({"answer": {"length": 3}}), "3 × ABC"),
        (None, json!({"time": {"max_seconds": "5400", "step": "0.1"}}), "0:00, 0:00.1 … 1:30:00"),
    ] {
        assert_eq!(allowed(&item(max, input.clone())), said, "{input}");
    }
}

#[test]
fn nothing_and_absence() {
    for input in [json!({"number": {}}), json!({"tick": {}}), json!({"time": {}}), json!({"level": {"max": 3}})] {
        let item = item(Some("3"), input);
        for text in ["", "   ", "\u{3000}"] {
            assert_eq!(parse_mark(&item, text), Ok(Mark::NotYet));
        }
        for text in ["-", "－", "—", " – "] {
            assert_eq!(parse_mark(&item, text), Ok(Mark::Absent));
        }
    }
}

#[test]
fn steps_start_at_the_minimum() {
    let item = item(None, json!({"number": {"min": "0.25", "max": "10", "step": "0.5"}}));
    assert_eq!(parse_mark(&item, "0.75"), value("0.75"));
    assert!(parse_mark(&item, "0.5").is_err());
}

#[test]
fn levels_ticks_choices_and_faults() {
    let level = item(Some("2"), json!({"level": {"max": 3}}));
    assert_eq!(parse_mark(&level, "3"), value("3"));
    assert_eq!(parse_mark(&level, "4"), Err(MarkFault::AboveMaximum { maximum: "3".to_owned() }));
    assert_eq!(parse_mark(&level, "1.5"), Err(MarkFault::NotAWholeNumber));

    let tick = item(Some("2"), json!({"tick": {}}));
    for (text, number) in [("1", "1"), ("√", "1"), ("2", "1"), ("0", "0"), ("×", "0")] {
        assert_eq!(parse_mark(&tick, text), value(number), "{text}");
    }
    assert_eq!(parse_mark(&tick, "3"), Err(MarkFault::NotATick));

    let choice = item(Some("6"), json!({"choice": {"options": [{"value": "6"}, {"value": "3"}, {"value": "0"}]}}));
    assert_eq!(parse_mark(&choice, "3.0"), value("3"));
    assert_eq!(parse_mark(&choice, "4"), Err(MarkFault::NotAChoice { choices: "6 3 0".to_owned() }));

    let faults = item(Some("2"), json!({"deduction": {"each": "0.5", "most": "4"}}));
    assert_eq!(parse_mark(&faults, "3"), value("3"));
    assert_eq!(parse_mark(&faults, "0.5"), Err(MarkFault::NotAWholeNumber));
    assert_eq!(parse_mark(&faults, "5"), Err(MarkFault::AboveMaximum { maximum: "4".to_owned() }));
}

#[test]
fn times() {
    let time = item(None, json!({"time": {"max_seconds": "10800", "step": "0.1"}}));
    for (text, seconds, shown) in [
        ("5:07.3", "307.3", "5:07.3"),
        ("５：０７．３", "307.3", "5:07.3"),
        ("0:00", "0", "0:00"),
        ("90:00", "5400", "1:30:00"),
        ("1:30:00", "5400", "1:30:00"),
        ("59.9", "59.9", "0:59.9"),
        ("361", "361", "6:01"),
    ] {
        let mark = parse_mark(&time, text).unwrap();
        assert_eq!(mark, Mark::Value(exact(seconds)), "{text}");
        assert_eq!(show_mark(&time, &mark), shown);
        assert_eq!(parse_mark(&time, shown), Ok(mark));
    }
    for text in ["5:60", "5:7:", ":30", "5:-1", "1:60:00", "1:2:3:4", "5:", "abc", "5::3", "5:.3"] {
        assert_eq!(parse_mark(&time, text), Err(MarkFault::NotATime), "{text}");
    }
    assert_eq!(parse_mark(&time, "3:00:01"), Err(MarkFault::AboveMaximum { maximum: "10800".to_owned() }));
    assert_eq!(parse_mark(&time, "1:00.05"), Err(MarkFault::OffStep { step: "0.1".to_owned() }));
}

#[test]
fn what_is_shown_can_be_typed_again() {
    let item = item(Some("100"), json!({"number": {"step": "0.25"}}));
    for text in ["0", "0.25", "99.5", "100"] {
        let mark = parse_mark(&item, text).unwrap();
        assert_eq!(show_mark(&item, &mark), text);
    }
    assert_eq!((show_mark(&item, &Mark::NotYet), show_mark(&item, &Mark::Absent)), (String::new(), "-".to_owned()));
}

#[test]
fn every_fault_has_a_code_and_its_particulars() {
    let fault = MarkFault::AboveMaximum { maximum: "100".to_owned() };
    assert_eq!((fault.code(), fault.args()), ("above_maximum", vec![("maximum".to_owned(), "100".to_owned())]));
    assert_eq!(MarkFault::NotANumber.args(), Vec::new());
}
