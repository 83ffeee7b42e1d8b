//! Decisions between equals: recorded, shown before, withdrawn, lapsed; no final results without them.

use crate::commands::prints::printed;
use crate::{Desk, create, sealed_hall};
use jiangsai_domain::command::WireError;
use serde_json::{Value, json};
use tempfile::TempDir;

/// Three equals of 88, and nobody decided.
async fn three_equals(folder: &TempDir) -> Desk {
    let desk = sealed_hall(folder).await;
    let everybody = json!([{"parameter": "reference", "text": "", "value": "12.4", "replaces": []}]);
    desk.ask("parameters.set", json!({"values": everybody, "reason": "", "preview": false})).await.unwrap();
    for number in ["S1", "S2", "S3"] {
        desk.first_mark(number, "T", "80").await;
        desk.first_mark(number, "A", "12.4").await;
    }
    desk
}

impl Desk {
    async fn show(&self) -> Value {
        self.ask("standings.show", json!({})).await.unwrap()
    }

    async fn decide(&self, order: [&str; 3], reason: &str, preview: bool) -> Result<Value, WireError> {
        let mut ids = Vec::new();
        for number in order {
            ids.push(self.entry(number).await);
        }
        let replaces = self.show().await["equals"][0]["current"].clone();
        let command = json!({"order": ids, "replaces": replaces, "reason": reason, "preview": preview});
        self.ask("standings.decide", command).await
    }

    async fn numbers_and_ranks(&self) -> Vec<(String, u64)> {
        self.ranks().await.into_iter().map(|(number, rank, _)| (number, rank.unwrap_or_default())).collect()
    }
}

/// Equal totals are decided by a time, which is no part of the total.
const TIMED: &str = r#"{
  "schema": 1, "semantics": 1, "id": "timed", "title": {"zh": "计时", "en": "Timed"},
  "settle": {"absent": "0", "void": "0"},
  "items": [
    {"id": "X", "name": {"zh": "操作", "en": "Work"}, "max": "100", "input": {"number": {"step": "0.01"}}, "by": "measured"},
    {"id": "Z", "name": {"zh": "用时", "en": "Time taken"}, "input": {"time": {}}, "by": "measured"}
  ],
  "nodes": [{"id": "total", "name": {"zh": "总分", "en": "Total"}, "kind": "total", "value": {"sum": [{"item": "X"}]}}],
  "ranking": {"by": "total", "on": "published", "ties": "competition", "last": "draw", "no_value": "unranked",
    "keys": [{"by": {"item": "Z"}, "direction": "lower", "label": {"zh": "用时", "en": "time"}}]}
}"#;

/// What a number still waits for: the key of the sentence, and its arguments.
fn waits(view: &Value, number: &str) -> Value {
    let rows = view["rows"].as_array().unwrap();
    rows.iter().find(|row| row["number"] == number).unwrap()["waits"].clone()
}

#[tokio::test]
async fn an_order_that_waits_for_a_key_is_said_to_be_provisional() {
    let folder = tempfile::tempdir().unwrap();
    let desk = create(&folder, json!({"title": "模拟", "event": "", "from": {"rulebook": TIMED}})).await;
    for (number, document, total) in [("S1", "E1234561", "80"), ("S2", "E1234562", "80"), ("S3", "E1234563", "70")] {
        let own = json!({"number": number, "name": number, "document_kind": "护照", "document_number": document});
        assert!(desk.add(own).await["saved"].is_string());
        desk.first_mark(number, "X", total).await;
    }
    desk.first_mark("S2", "Z", "2:00").await;
    let view = desk.show().await;
    let marks = json!(["why-waits-marks", [["keys-zh", "用时"], ["keys-en", "time"]]]);
    assert_eq!((waits(&view, "S1"), waits(&view, "S2")), (marks.clone(), marks), "{view}");
    assert_eq!(waits(&view, "S3"), Value::Null, "nobody has its total");
    let grounds = json!({"rank_reasons": {"whom": {"entry": desk.entry("S2").await}}});
    let page = printed(&desk, grounds.clone(), "zh-CN").await.concat();
    assert!(page.contains("暂定的") && page.contains("用时"), "{page}");
    assert!(printed(&desk, grounds, "en").await.concat().contains("provisional"));
    let steps = desk.ask("results.steps", json!({})).await.unwrap();
    assert!(steps["steps"].to_string().contains("finalising-order-waits"), "{steps}");

    desk.first_mark("S1", "Z", "2:00").await;
    let view = desk.show().await;
    let draw = json!(["why-waits-decision", [["by", "draw"]]]);
    // Which of the two stands first nothing says: the other one says in full against whom.
    let both = [waits(&view, "S1"), waits(&view, "S2")];
    assert!(both.contains(&Value::Null) && both.contains(&draw), "{view}");
}

fn owned(lines: [(&str, u64); 3]) -> Vec<(String, u64)> {
    lines.map(|(number, rank)| (number.to_owned(), rank)).to_vec()
}

#[tokio::test]
async fn a_draw_is_shown_recorded_changed_and_withdrawn() {
    let folder = tempfile::tempdir().unwrap();
    let desk = three_equals(&folder).await;
    let view = desk.show().await;
    assert_eq!((&view["equals"][0]["state"], &view["equals"][0]["rank"]), (&json!("open"), &json!(1)));
    assert!(view["rows"].as_array().unwrap().iter().all(|row| row["undecided"] == true), "{view}");
    let refused = desk.ask("results.finalise", json!({"reason": "颁奖在即"})).await.unwrap_err();
    assert_eq!(refused.code, "undecided", "no reason makes up for a draw that was not held");
    assert!(refused.message.contains("S1 = S2 = S3"), "{}", refused.message);

    let effect = desk.decide(["S3", "S1", "S2"], "", true).await.unwrap();
    assert_eq!(effect["applied"], false);
    assert_eq!(desk.numbers_and_ranks().await, owned([("S1", 1), ("S2", 1), ("S3", 1)]), "shown, not recorded");
    desk.decide(["S3", "S1", "S2"], "", false).await.unwrap();
    assert_eq!(desk.numbers_and_ranks().await, owned([("S3", 1), ("S1", 2), ("S2", 3)]));
    assert_eq!(desk.show().await["equals"][0]["state"], "decided");
    assert_eq!(desk.ranks().await.iter().map(|(.., awards)| *awards).collect::<Vec<_>>(), [1, 0, 0], "the one prize");

    assert_eq!(desk.decide(["S1", "S3", "S2"], "", false).await.unwrap_err().code, "reason-needed", "another one");
    desk.decide(["S1", "S3", "S2"], "抄错了签号", false).await.unwrap();
    assert_eq!(desk.numbers_and_ranks().await, owned([("S1", 1), ("S3", 2), ("S2", 3)]));
    let entries = desk.show().await["equals"][0]["entries"].clone();
    let withdraw = async |reason: &str| {
        desk.ask("standings.withdraw_decision", json!({"entries": entries, "reason": reason, "preview": false})).await
    };
    assert_eq!(withdraw("").await.unwrap_err().code, "reason-needed");
    withdraw("抽签无效").await.unwrap();
    assert_eq!(desk.numbers_and_ranks().await, owned([("S1", 1), ("S2", 1), ("S3", 1)]));
    assert_eq!(withdraw("再撤").await.unwrap_err().code, "nothing-to-withdraw");

    let history = json!({"competition": desk.competition, "about": "all", "skip": 3, "limit": 1});
    let line = desk.app.dispatch("history.list", history, None).await.unwrap()["lines"][0].clone();
    assert_eq!((&line["what"][0], &line["after"]), (&json!("history-decision"), &json!("S1 › S3 › S2")));
    assert_eq!((&line["before"], &line["reason"]), (&json!("S3 › S1 › S2"), &json!("抄错了签号")));
}

#[tokio::test]
async fn a_decision_lapses_with_a_mark_and_holds_again_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let desk = three_equals(&folder).await;
    desk.decide(["S3", "S1", "S2"], "", false).await.unwrap();
    let (s3, sheet) = (desk.entry("S3").await, json!({"of": null}));
    let theory = async |text: &str| {
        let rows = desk.ask("marks.sheet", sheet.clone()).await.unwrap()["rows"].clone();
        let row = rows.as_array().unwrap().iter().find(|row| row["entry"] == s3).unwrap().clone();
        let replaces = row["cells"][0]["current"].clone();
        let mark = json!({"entry": s3, "item": "T", "judge": null, "text": text, "replaces": replaces, "reason": ""});
        desk.ask("marks.enter", mark).await.unwrap();
    };
    theory("70").await;
    let view = desk.show().await;
    assert_eq!(desk.numbers_and_ranks().await, owned([("S1", 1), ("S2", 2), ("S3", 3)]), "two of three stay decided");
    assert_eq!((&view["equals"][0]["state"], &view["lapsed"]), (&json!("decided"), &json!([])));
    theory("80").await;
    assert_eq!(desk.numbers_and_ranks().await, owned([("S3", 1), ("S1", 2), ("S2", 3)]), "equal again, decided again");
}

#[tokio::test]
async fn only_a_whole_group_of_equals_is_decided() {
    let folder = tempfile::tempdir().unwrap();
    let desk = three_equals(&folder).await;
    let two = json!([desk.entry("S1").await, desk.entry("S2").await]);
    let part = json!({"order": two, "replaces": [], "reason": "", "preview": false});
    assert_eq!(desk.ask("standings.decide", part).await.unwrap_err().code, "not-equals");
    assert_eq!(desk.decide(["S1", "S2", "S2"], "", false).await.unwrap_err().code, "not-equals");
    desk.decide(["S1", "S2", "S3"], "", false).await.unwrap();
    let three = json!([desk.entry("S3").await, desk.entry("S2").await, desk.entry("S1").await]);
    let unseen = json!({"order": three, "replaces": [], "reason": "x", "preview": false});
    assert_eq!(desk.ask("standings.decide", unseen).await.unwrap_err().code, "stale", "somebody decided meanwhile");
}
