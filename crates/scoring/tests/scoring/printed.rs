//! What is rounded is printed with its digits, all of them and no more.

use crate::build::{engine, field, imported, line, name, row};
use serde_json::{Value, json};

fn shown(total: Value, mark: &str) -> String {
    let book = imported(&["x"], total, json!({}));
    line(&engine(&book).score(&field(vec![row("a", "x", None, mark)])).unwrap(), "a").shown.clone()
}

#[test]
fn every_form_that_rounds_prints_its_digits() {
    let round = |digits: u8| json!({"round": {"of": {"item": "x"}, "digits": digits}});
    assert_eq!(shown(round(2), "8.5"), "8.50");
    assert_eq!(shown(json!({"root": {"of": {"item": "x"}, "digits": 3}}), "4"), "2.000");
    assert_eq!(shown(json!({"standardise": {"of": {"item": "x"}, "digits": 2, "zero": "0"}}), "4"), "0.00");
    assert_eq!(shown(json!({"clamp": {"of": round(2), "low": "0", "high": "10"}}), "8.5"), "8.50");
    assert_eq!(shown(json!({"clamp": {"of": round(2), "low": "0", "high": "10"}}), "12"), "10.00");
    assert_eq!(shown(json!({"abs": round(1)}), "-3"), "3.0");
    assert_eq!(shown(json!({"settle": {"of": round(2), "absent": "0"}}), "-"), "0.00");
}

/// A limit, or what stands for a missing value, may be finer than the rounding: it is not printed as something else.
#[test]
fn nothing_is_printed_shorter_than_it_is() {
    let round = json!({"round": {"of": {"item": "x"}, "digits": 1}});
    let limited = json!({"clamp": {"of": round, "high": "8.25"}});
    assert_eq!(shown(limited.clone(), "9"), "8.25");
    assert_eq!(shown(limited, "7"), "7");
    assert_eq!(shown(json!({"settle": {"of": round, "absent": "0.125"}}), "-"), "0.125");
    assert_eq!(shown(json!({"settle": {"of": round, "absent": "0.125"}}), "7"), "7.0");
}

#[test]
fn values_of_teams_and_keys_are_printed_so_too() {
    let mut book = imported(&["x"], json!({"item": "x"}), json!({}));
    let root = json!({"root": {"of": {"sum": {"members": {"of": {"item": "x"}}}}, "digits": 2}});
    book["teams"] = json!({"name": name("teams"), "value": root});
    book["ranking"]["keys"] = json!([{"by": {"clamp": {"of": {"round": {"of": {"datum": "k"}, "digits": 1}}, "high": "9"}}, "label": name("k")}]);
    let mut all = field(vec![row("a", "x", None, "2"), row("b", "x", None, "2")]);
    for (place, key) in ["3", "1"].iter().enumerate() {
        all.entries[place].team = Some("X".to_owned());
        all.entries[place].data.insert("k".to_owned(), (*key).to_owned());
    }
    let outcome = engine(&book).score(&all).unwrap();
    assert_eq!(outcome.teams[0].shown, "2.00");
    let tie = line(&outcome, "b").tie.clone().unwrap();
    assert_eq!((tie.own.as_str(), tie.other.as_str(), tie.difference.as_str()), ("1.0", "3.0", "2.0"));
}
