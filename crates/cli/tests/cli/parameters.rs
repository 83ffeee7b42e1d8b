//! Values of parameters from a file: what is refused and what is taken.

use super::{Files, rows};
use serde_json::{Value, json};

fn name(word: &str) -> Value {
    json!({"zh": word, "en": word})
}

/// Three letters against a key that comes with the session, a limit in minutes, and one factor for all.
fn files() -> Files {
    let answered = |item: &str| json!({"answer": {"item": item, "key": {"parameter": "key"}, "count": "matches"}});
    let rules = json!({
        "schema": 1, "semantics": 1, "id": "keyed", "title": name("keyed"),
        "parameters": [
            {"id": "key", "name": name("key"), "kind": "answer", "by": "session"},
            {"id": "limit", "name": name("limit"), "kind": "time"},
            {"id": "factor", "name": name("factor")},
        ],
        "items": [{"id": "cups", "name": name("cups"), "input": {"answer": {"length": 3, "once": true}}, "by": "agreed",
                   "score": answered("cups")}],
        "nodes": [
            {"id": "seconds", "name": name("seconds"), "kind": "other", "value": {"in_seconds": {"parameter": "limit"}}},
            {"id": "total", "name": name("total"), "kind": "total", "value": {"times": [{"item": "cups"}, {"parameter": "factor"}]}},
        ],
        "ranking": {"by": "total", "no_value": "unranked"},
    });
    Files::sample()
        .rulebook(&rules.to_string())
        .marks("entry,item,judge,value\nA,cups,,abc\nB,cups,,cab\n")
        .entries("entry,session\nA,1\nB,2\n")
}

#[test]
fn each_session_has_its_key() {
    let given = "parameter,value,for\nkey,ABC,1\nkey,bac,2\nfactor,2,\nlimit,1:15,\n";
    let run = files().parameters(given).score(&["--format", "csv"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let all = rows(&run.out);
    let of = |id: &str| all.iter().find(|row| row["entry"] == id).unwrap();
    assert_eq!((of("A")["total"].as_str(), of("B")["total"].as_str()), ("6", "2"), "three places, one place");
    assert_eq!(of("A")["seconds"], "75");
}

#[test]
fn what_does_not_fit_is_refused_where_it_stands() {
    for (given, fault) in [
        ("parameter,value,fro\nfactor,2,1\n", "parameters.csv:1:fro: no such column; there are parameter, value, for"),
        ("parameter,value\nlimit,-5\n", "parameters.csv:2:value: limit: \"-5\" cannot be a value of the parameter"),
        ("parameter,value\nlimit,soon\n", "parameters.csv:2:value: limit: \"soon\" cannot be a value of the parameter"),
        (
            "parameter,value,for\nfactor,2,1\n",
            "parameters.csv:2:for: factor has one value for all: leave the column for empty",
        ),
        ("parameter,value\nnone,2\n", "parameters.csv:2:parameter: the rulebook has no parameter \"none\""),
        (
            "parameter,value\nkey,AB\n",
            "parameters.csv:2:value: key: \"AB\" cannot be the key of item cups: not 3 of the letters ABC",
        ),
        (
            "parameter,value\nkey,ABZ\n",
            "parameters.csv:2:value: key: \"ABZ\" cannot be the key of item cups: not 3 of the letters ABC",
        ),
        (
            "parameter,value\nkey,AAB\n",
            "parameters.csv:2:value: key: \"AAB\" cannot be the key of item cups: not 3 of the letters ABC",
        ),
    ] {
        assert_eq!(files().parameters(given).faults(), [fault], "{given}");
    }
}

#[test]
fn what_waits_for_a_parameter_says_so() {
    let run = files().parameters("parameter,value,for\nkey,ABC,1\nkey,bac,2\n").score(&[]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("\nA: not ranked yet, the parameter factor has no value\n"), "{}", run.out);
    let run = files().score(&[]);
    let line = "\nA: not ranked yet, the parameter key has no value; the parameter factor has no value\n";
    assert!(run.out.contains(line), "{}", run.out);
}
