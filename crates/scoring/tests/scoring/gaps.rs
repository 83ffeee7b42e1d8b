//! What a value that is not known does: a parameter whose envelope is still shut, a member of a team without a total.

use crate::build::{engine, entry, field, imported, line, name, row};
use jiangsai_scoring::{Entry, EntryStatus, Field, Score, Why};
use serde_json::json;

/// Neither the settled zero of what was never handed in, nor an absent value: the reading waits for its reference.
#[test]
fn a_sealed_parameter_is_awaited() {
    let distance = json!({"abs": {"minus": {"from": {"reading": "x"}, "less": {"parameter": "reference"}}}});
    let table =
        json!({"table": {"of": distance, "bands": [{"is": "at_most", "edge": "1", "points": "5"}], "otherwise": "0"}});
    let mut book = imported(&["x"], json!({"item": "x"}), json!({}));
    book["items"][0]["score"] = table;
    book["settle"] = json!({"absent": "0", "void": "0"});
    book["parameters"] = json!([{"id": "reference", "name": name("reference"), "by": "session"}]);
    let engine = engine(&book);
    let mut all = field(vec![row("a", "x", None, "12.5"), row("b", "x", None, "-")]);
    for entry in &mut all.entries {
        entry.data.insert("session".to_owned(), "1".to_owned());
    }
    let sealed = engine.score(&all).unwrap();
    assert_eq!(line(&sealed, "a").total, Score::NotYet, "nobody is given zero points by a sealed envelope");
    assert_eq!(line(&sealed, "a").unranked, Some(Why::Unfinished(vec!["x".to_owned()])), "and the item is named");
    all.parameters.entry("reference".to_owned()).or_default().insert("1".to_owned(), "12".to_owned());
    let open = engine.score(&all).unwrap();
    assert_eq!((line(&open, "a").shown.as_str(), line(&open, "b").shown.as_str()), ("5", "0"), "opened");
}

/// A status that takes the total away takes it from the team as well.
#[test]
fn a_disqualified_member_brings_its_team_nothing() {
    let mut book = imported(&["x"], json!({"item": "x"}), json!({}));
    book["teams"] =
        json!({"name": name("teams"), "value": {"sum": {"members": {"of": {"node": "total"}, "absent": "zero"}}}});
    let of = |id: &str, status| Entry { team: Some("blue".to_owned()), status, ..entry(id) };
    let mut all = Field {
        entries: vec![of("a", EntryStatus::Ok), of("b", EntryStatus::Disqualified)],
        ..field(vec![row("a", "x", None, "60"), row("b", "x", None, "90")])
    };
    assert_eq!(engine(&book).score(&all).unwrap().teams[0].shown, "60", "its 90 were taken away");
    all.entries[1].status = EntryStatus::Ok;
    assert_eq!(engine(&book).score(&all).unwrap().teams[0].shown, "150", "in good standing they count");
    all.entries[1].status = EntryStatus::Disqualified;
    book["statuses"] = json!({"disqualified": {"total": "none", "ranked": false, "counted": true, "team": "member"}});
    assert_eq!(engine(&book).score(&all).unwrap().teams[0].shown, "150", "unless the rulebook says otherwise");
}
