//! The ready rulebooks and the published schema.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use jiangsai_scoring::rulebook::{Expr, schema_json};
use jiangsai_scoring::templates::{ready, templates};
use jiangsai_scoring::{Engine, Rulebook, selfcheck};
use serde_json::Value;
use std::path::Path;

fn docs(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name)).unwrap()
}

#[test]
fn every_ready_rulebook_is_without_fault_and_survives_a_round_trip() {
    for (id, json) in ready() {
        let rulebook = Rulebook::from_json(json).unwrap_or_else(|faults| panic!("{id}: {faults:#?}"));
        assert_eq!(rulebook.id, *id);
        assert_eq!(Rulebook::from_json(&rulebook.to_json()).unwrap(), rulebook);
        assert!(Engine::new(&rulebook).is_ok());
        assert!(rulebook.source.is_some(), "{id} names no source");
    }
    let first: Vec<&str> = templates().iter().take(3).map(|(id, _)| *id).collect();
    assert_eq!(
        first,
        ["theory-practice-30-70", "theory-practice-20-80", "panel-of-5-trimmed"],
        "the order people know"
    );
    assert!(templates().iter().any(|(id, _)| *id == "blank"), "and one to begin with nothing");
}

#[test]
fn the_published_schema_is_current() {
    // As values: whether names keep their order depends on what else is built beside this crate.
    let value = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let published = value(&docs("rulebook.schema.json"));
    assert_eq!(published, value(&schema_json()), "run: cargo run -p jiangsai-scoring --example schema");
}

#[test]
fn the_built_in_segments_agree() {
    let check = selfcheck();
    assert_eq!(check.mismatches, Vec::<String>::new());
    assert_eq!((check.segments, check.panel_scores, check.ranks), (7, 215, 43));
}

/// All marks of the season 2016–17 (`tests/data/README.md`).
#[test]
fn every_published_segment_agrees() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/isu_2016_2017.json");
    let check = selfcheck::verify(&std::fs::read_to_string(path).unwrap());
    assert_eq!(check.mismatches, Vec::<String>::new());
    assert_eq!((check.segments, check.panel_scores, check.totals, check.ranks), (152, 8_630, 3 * 1_726, 1_726));
}

/// What an expression of the reference may be the score of; the last one is a node.
const HOSTS: [&str; 6] = [
    r#""by": {"panel": "judges"}, "input": {"number": {"max": "10"}}"#,
    r#""by": {"panel": "judges"}, "input": {"number": {"max": "10"}}, "attempts": 2"#,
    r#""by": "measured", "input": {"number": {"max": "10"}}, "attempts": 5"#,
    r#""by": "imported", "input": {"answer": {"length": 5}}"#,
    r#""by": "agreed", "input": {"number": {"max": "10"}}"#,
    "",
];

/// A rulebook with everything the expressions of the reference name, and one of them in its place.
fn around(expression: &str, host: &str) -> String {
    let name = r#""name": {"zh": "x", "en": "x"}"#;
    let item = |id: &str, rest: &str| format!(r#"{{"id": "{id}", {name}, {rest}}}"#);
    let number = r#""by": "agreed", "input": {"number": {"max": "100", "step": "0.01"}}"#;
    let faults = r#""by": {"panel": "judges"}, "input": {"deduction": {"most": "10", "step": "0.5"}}"#;
    let twice = r#""by": "measured", "input": {"number": {"max": "100"}}, "attempts": 2, "score": {"sum": {"each_attempt": {"of": "mark"}}}"#;
    let ids = [
        "reading",
        "turbidity",
        "dosage",
        "A1",
        "A2",
        "no-goggles",
        "broken-glass",
        "red-line",
        "C1",
        "C2",
        "adjustment",
    ];
    let mut items: Vec<String> = ids.iter().map(|id| item(id, number)).collect();
    items.extend(["slips", "defects"].iter().map(|id| item(id, faults)));
    items.extend(["difficulty", "run"].iter().map(|id| item(id, twice)));
    items.push(item("time", r#""by": "measured", "input": {"time": {}}"#));
    let mut nodes = vec![
        item("result", r#""kind": "other", "value": {"item": "reading"}"#),
        item("total", r#""kind": "total", "value": {"constant": "0"}"#),
    ];
    if host.is_empty() {
        nodes.push(item("node", &format!(r#""kind": "other", "value": {expression}"#)));
    } else {
        items.push(item("host", &format!(r#"{host}, "score": {expression}"#)));
    }
    format!(
        r#"{{"schema": 1, "semantics": 1, "id": "around", "title": {{"zh": "x", "en": "x"}},
        "panels": [{{"id": "judges", {name}, "seats": 9}}], "parameters": [{{"id": "key", {name}, "kind": "answer"}}],
        "items": [{}], "nodes": [{}], "ranking": {{"by": "total"}}}}"#,
        items.join(","),
        nodes.join(",")
    )
}

/// Every example of the reference is sound: a whole rulebook, a part laid over the first whole one, an expression.
#[test]
fn the_examples_of_the_reference_are_sound() {
    let text = docs("rulebook.md");
    let (mut whole, mut parts, mut expressions) = (Vec::new(), 0, 0);
    for block in text.split("```json").skip(1) {
        let block = block.split("```").next().unwrap();
        if let Some(expression) = block.strip_prefix(" expression") {
            serde_json::from_str::<Expr>(expression).unwrap_or_else(|error| panic!("{error}: {expression}"));
            let fits = HOSTS.iter().any(|host| Rulebook::from_json(&around(expression, host)).is_ok());
            assert!(fits, "as the score of no item and the value of no node: {expression}");
            expressions += 1;
        } else if let Some(part) = block.strip_prefix(" part") {
            let part: Value = serde_json::from_str(part).unwrap_or_else(|error| panic!("{error}: {part}"));
            let mut rulebook: Value = serde_json::from_str(whole[0]).unwrap();
            for (name, value) in part.as_object().unwrap() {
                rulebook[name] = value.clone();
            }
            Rulebook::from_json(&rulebook.to_string()).unwrap_or_else(|faults| panic!("{part}: {faults:#?}"));
            parts += 1;
        } else {
            Rulebook::from_json(block).unwrap_or_else(|faults| panic!("{faults:#?}"));
            whole.push(block);
        }
    }
    assert_eq!((whole.len(), parts, expressions), (3, 3, 18), "none was lost");
}

/// Every field and fixed word of the grammar is explained, and every ready rulebook is named.
#[test]
fn the_reference_is_complete() {
    let text = docs("rulebook.md");
    let schema: Value = serde_json::from_str(&schema_json()).unwrap();
    for (id, _) in ready().iter().filter(|(id, _)| *id != "wastewater-sample-1") {
        assert!(text.contains(&format!("`{id}`")), "{id} is not named");
    }
    let mut names = Vec::new();
    words(&schema["$defs"], &mut names);
    names.retain(|name| !text.contains(name.as_str()));
    assert_eq!(names, Vec::<String>::new(), "fields and words of the grammar that the reference leaves out");
}

/// Every field name and fixed word of a schema.
fn words(schema: &Value, names: &mut Vec<String>) {
    match schema {
        Value::Array(all) => all.iter().for_each(|one| words(one, names)),
        Value::Object(map) => {
            if let Some(Value::Object(fields)) = map.get("properties") {
                names.extend(fields.keys().cloned());
            }
            names.extend(map.get("const").and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|one| words(one, names));
        }
        _ => {}
    }
}
