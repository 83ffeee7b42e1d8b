//! What a value that is not known does.

use crate::build::{engine, entry, field, imported, name, row};
use jiangsai_scoring::{Entry, EntryStatus, Field};
use serde_json::json;

/// A status that takes the total away takes it from the team as well.
#[test]
fn a_disqualified_member_brings_its_team_nothing() {
    let mut book = imported(&["x"], json!({"item": "x"}), json!({}));
    book["teams"] = json!({"name": name("teams"), "value": {"sum": {"members": {"of": {"node": "total"}, "absent": "zero"}}}});
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
