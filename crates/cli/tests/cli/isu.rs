//! Published figure skating segments, written out as marks.csv, come back with their published totals and ranks.

use super::{Files, repository, rows};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The components of a segment in order of name, with their factors.
fn factors(segment: &Value) -> BTreeMap<&str, &str> {
    let all = segment["performances"].as_array().unwrap().iter().flat_map(|one| one["components"].as_array().unwrap());
    all.map(|one| (one["name"].as_str().unwrap(), one["factor"].as_str().unwrap())).collect()
}

fn rulebook(ready: &Value, segment: &Value) -> String {
    let mut rules = ready.clone();
    for (index, factor) in factors(segment).values().enumerate() {
        let (item, id) = (format!("C{}", index + 1), format!("F{}", index + 1));
        let nodes = rules["nodes"].as_array_mut().unwrap();
        let node = nodes.iter_mut().find(|node| node["id"] == id.as_str()).unwrap();
        node["value"] =
            json!({ "round": { "of": { "times": [{ "item": item }, { "constant": factor }] }, "digits": 2 } });
    }
    rules["ranking"]["keys"][0]["by"] = json!({ "node": segment["tie_break"] });
    rules.to_string()
}

fn marks(segment: &Value) -> String {
    let order = factors(segment);
    let mut text = "entry,item,judge,value\n".to_owned();
    for one in segment["performances"].as_array().unwrap() {
        let entry = one["start"].as_u64().unwrap();
        for component in one["components"].as_array().unwrap() {
            let place = order.keys().position(|name| *name == component["name"].as_str().unwrap()).unwrap() + 1;
            for (seat, mark) in component["marks"].as_array().unwrap().iter().enumerate() {
                let mark = Some(mark.as_str().unwrap()).filter(|mark| *mark != "0.0").unwrap_or("-");
                writeln!(text, "{entry},C{place},J{},{mark}", seat + 1).unwrap();
            }
        }
        for (index, score) in one["elements_panel"].as_array().unwrap().iter().enumerate() {
            writeln!(text, "{entry},E{},,{}", index + 1, score.as_str().unwrap()).unwrap();
        }
        writeln!(text, "{entry},D,,{}", one["deductions"].as_str().unwrap()).unwrap();
    }
    text
}

#[test]
fn published_segments_come_out_as_published() {
    let read = |path: &str| serde_json::from_slice::<Value>(&std::fs::read(repository(path)).unwrap()).unwrap();
    let (data, ready) = (read("tests/data/isu_2016_2017.json"), read("docs/rulebooks/isu-segment.json"));
    let mut ranked = 0;
    // Every nineteenth: short and free, singles, pairs and dance.
    for segment in data["segments"].as_array().unwrap().iter().step_by(19) {
        let files = Files::sample().no_entries().rulebook(&rulebook(&ready, segment)).marks(marks(segment));
        let run = files.score(&["--format", "csv"]);
        let name = format!("{} {}", segment["competition"], segment["segment"]);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{name}");
        let found = rows(&run.out);
        for one in segment["performances"].as_array().unwrap() {
            let entry = one["start"].to_string();
            let row = found.iter().find(|row| row["entry"] == entry).unwrap();
            for (id, expected) in [("total", "expect_TSS"), ("TCS", "expect_TCS"), ("TES", "expect_TES")] {
                // The published file writes 9.0 where two decimals are meant.
                let (whole, decimals) = one[expected].as_str().unwrap().split_once('.').unwrap();
                assert_eq!(row[id], format!("{whole}.{decimals:0<2}"), "{name}: {} {id}", one["start"]);
            }
            assert_eq!(row["rank"], one["expect_rank"].to_string(), "{name}: {}", one["start"]);
            ranked += 1;
        }
    }
    assert!(ranked > 50, "{ranked} performances");
}
