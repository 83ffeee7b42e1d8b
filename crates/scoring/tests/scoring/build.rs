//! Small rulebooks and fields for tests.

use jiangsai_scoring::{Engine, Entry, Exact, Field, Mark, MarkRow, Outcome, Rulebook, Standing};
use serde_json::{Value, json};

/// A number from its text.
pub fn exact(text: &str) -> Exact {
    text.parse().unwrap()
}

/// A mark as it is written in a table: empty, `-`, `void` or a number.
pub fn mark(text: &str) -> Mark {
    match text {
        "" => Mark::NotYet,
        "-" => Mark::Absent,
        "void" => Mark::Void,
        value => Mark::Value(exact(value)),
    }
}

/// A rulebook from its parts, with the total in node `total`, unranked without a value.
pub fn rulebook(panels: Value, items: Value, nodes: Value, ranking: Value) -> Value {
    let mut own = json!({"by": "total", "no_value": "unranked"});
    for (name, value) in ranking.as_object().unwrap() {
        own[name] = value.clone();
    }
    json!({
        "schema": 1, "semantics": 1, "id": "test", "title": name("test"),
        "panels": panels, "items": items, "nodes": nodes, "ranking": own
    })
}

/// One item `X` of a panel with so many seats, and a total of one expression over it.
pub fn one_panel(seats: usize, max: &str, score: Value, total: Value) -> Value {
    rulebook(
        json!([{"id": "p", "name": name("p"), "seats": seats}]),
        json!([{"id": "X", "name": name("X"), "max": max, "input": {"number": {}}, "by": {"panel": "p"}, "score": score}]),
        json!([{"id": "total", "name": name("total"), "kind": "total", "value": total}]),
        json!({}),
    )
}

/// Imported numbers without bounds above, and a total over them.
pub fn imported(ids: &[&str], total: Value, ranking: Value) -> Value {
    let items: Vec<Value> = ids
        .iter()
        .map(|id| json!({"id": id, "name": name(id), "input": {"number": {"min": "-1000"}}, "by": "imported"}))
        .collect();
    let nodes = json!([{"id": "total", "name": name("total"), "kind": "total", "value": total}]);
    rulebook(json!([]), json!(items), nodes, ranking)
}

/// A name in both languages.
pub fn name(word: &str) -> Value {
    json!({"zh": word, "en": word})
}

/// An engine from a rulebook that must be without fault.
pub fn engine(rulebook: &Value) -> Engine {
    let rulebook = Rulebook::from_json(&rulebook.to_string()).unwrap_or_else(|faults| panic!("{faults:#?}"));
    Engine::new(&rulebook).unwrap()
}

/// One mark.
pub fn row(entry: &str, item: &str, judge: Option<&str>, value: &str) -> MarkRow {
    MarkRow {
        entry: entry.to_owned(),
        item: item.to_owned(),
        judge: judge.map(str::to_owned),
        stage: None,
        attempt: 1,
        mark: mark(value),
    }
}

/// The marks of a whole panel.
pub fn panel_rows(entry: &str, item: &str, marks: &[&str]) -> Vec<MarkRow> {
    marks.iter().enumerate().map(|(seat, value)| row(entry, item, Some(&format!("J{seat:02}")), value)).collect()
}

/// An entry in good standing.
pub fn entry(id: &str) -> Entry {
    Entry { id: id.to_owned(), ..Entry::default() }
}

/// A field of these marks, with an entry for each that has one.
pub fn field(marks: Vec<MarkRow>) -> Field {
    let mut ids: Vec<String> = marks.iter().map(|mark| mark.entry.clone()).collect();
    ids.sort();
    ids.dedup();
    Field { entries: ids.iter().map(|id| entry(id)).collect(), marks, ..Field::default() }
}

/// The line of one entry.
pub fn line<'a>(outcome: &'a Outcome, entry: &str) -> &'a Standing {
    outcome.standings.iter().find(|line| line.entry == entry).unwrap()
}

/// The printed value of one column.
pub fn shown<'a>(line: &'a Standing, node: &str) -> &'a str {
    &line.values.iter().find(|value| value.node == node).unwrap().shown
}

/// The printed total of one panel item under a rulebook of [`one_panel`].
pub fn panel_total(rulebook: &Value, marks: &[&str]) -> String {
    let outcome = engine(rulebook).score(&field(panel_rows("a", "X", marks))).unwrap();
    outcome.standings[0].shown.clone()
}
