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
    assert_eq!(templates().len(), 4);
}

#[test]
fn the_published_schema_is_current() {
    // As values: whether names keep their order depends on what else is built beside this crate.
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
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

/// Every example of the reference can be read; a whole rulebook among them is also without fault.
#[test]
fn the_examples_of_the_reference_are_sound() {
    let text = docs("rulebook.md");
    let (mut whole, mut parts) = (0, 0);
    for block in text.split("```json").skip(1) {
        let block = block.split("```").next().unwrap();
        if let Some(expression) = block.strip_prefix(" expression") {
            serde_json::from_str::<Expr>(expression).unwrap_or_else(|error| panic!("{error}: {expression}"));
            parts += 1;
        } else {
            Rulebook::from_json(block).unwrap_or_else(|faults| panic!("{faults:#?}"));
            whole += 1;
        }
    }
    assert_eq!((whole, parts), (1, 7));
}
