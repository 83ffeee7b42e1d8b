//! Values that are sealed until a session ends: given, refused, missing, changed.

use crate::{Desk, sealed_hall};
use jiangsai_domain::command::WireError;
use serde_json::{Value, json};

impl Desk {
    async fn set(&self, values: Value, reason: &str, preview: bool) -> Result<Value, WireError> {
        self.ask("parameters.set", json!({"values": values, "reason": reason, "preview": preview})).await
    }

    /// Text, value given and whether it is missing, of the one parameter.
    async fn cells(&self) -> Vec<(String, String, bool)> {
        let view = self.ask("parameters.show", json!({})).await.unwrap();
        let cell = |cell: &Value| {
            let text = |name: &str| cell[name].as_str().unwrap().to_owned();
            (text("text"), text("given"), cell["missing"].as_bool().unwrap())
        };
        view["parameters"][0]["cells"].as_array().unwrap().iter().map(cell).collect()
    }

    async fn missing(&self) -> Value {
        let home = self.app.dispatch("competition.home", json!({"competition": self.competition}), None).await.unwrap();
        home["counts"]["parameters"].clone()
    }
}

fn value(text: &str, value: &str, replaces: &Value) -> Value {
    json!([{"parameter": "reference", "text": text, "value": value, "replaces": replaces}])
}

fn owned(cells: [(&str, &str, bool); 3]) -> Vec<(String, String, bool)> {
    cells.map(|(text, given, missing)| (text.to_owned(), given.to_owned(), missing)).to_vec()
}

#[tokio::test]
async fn results_wait_for_a_sealed_value_and_follow_it() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sealed_hall(&folder).await;
    assert_eq!(desk.cells().await, owned([("A", "", true), ("B", "", true), ("", "", false)]));
    assert_eq!(desk.missing().await, 2, "the checklist says so");
    let rows = desk.standings().await;
    assert_eq!(rows[0]["why"][0], "why-unfinished-parameters", "marks are missing as well: {}", rows[0]["why"]);
    for (number, theory, result) in [("S1", "80", "12.1"), ("S2", "81", "13"), ("S3", "90", "12")] {
        desk.first_mark(number, "T", theory).await;
        desk.first_mark(number, "A", result).await;
    }
    let rows = desk.standings().await;
    assert!(rows[0]["rank"].is_null(), "nobody has a rank while the value is sealed");
    assert_eq!(rows[0]["why"][0], "why-parameters", "all is marked, and the standings say why: {}", rows[0]["why"]);

    let shown = desk.set(value("A", "１２．４", &json!([])), "", true).await.unwrap();
    let numbers: Vec<&str> =
        shown["changes"].as_array().unwrap().iter().filter_map(|change| change["number"].as_str()).collect();
    assert_eq!(numbers, ["S1", "S2"], "the effect is shown before: {shown}");
    assert!(desk.ranks().await.iter().all(|(_, rank, _)| rank.is_none()), "and nothing is applied");
    let error = desk.set(value("A", "12.4", &json!([])), " ", false).await.unwrap_err();
    assert_eq!(error.code, "reason-needed", "marks exist");
    let applied = desk.set(value("A", "１２．４", &json!([])), "A场结束，启封", false).await.unwrap();
    assert_eq!(applied["applied"], true);
    let wanted = [("S1", Some(1), 1), ("S2", Some(2), 0), ("S3", None, 0)];
    assert_eq!(desk.ranks().await, wanted.map(|(number, rank, awards)| (number.to_owned(), rank, awards)));
    assert_eq!(desk.cells().await, owned([("A", "12.4", false), ("B", "", true), ("", "", false)]));
    assert_eq!(desk.missing().await, 1);

    let history = json!({"competition": desk.competition, "about": "settings", "skip": 0, "limit": 1});
    let history = desk.app.dispatch("history.list", history, None).await.unwrap()["lines"][0].clone();
    assert_eq!((&history["what"][0], &history["after"]), (&json!("history-parameter"), &json!("12.4")));
    assert_eq!(history["reason"], "A场结束，启封");
    let home = desk.app.dispatch("competition.home", json!({"competition": desk.competition}), None).await.unwrap();
    assert_eq!(home["recent"][0]["after"], "", "the page that everybody sees does not tell the value");
}

#[tokio::test]
async fn what_is_no_value_is_refused_by_its_place_and_nothing_is_applied() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sealed_hall(&folder).await;
    let both = json!([
        {"parameter": "reference", "text": "A", "value": "12.4", "replaces": []},
        {"parameter": "reference", "text": "B", "value": "12..4", "replaces": []},
    ]);
    let error = desk.set(both, "", false).await.unwrap_err();
    assert_eq!(error.code, "parameter-value");
    assert!(error.message.contains("reference") && error.message.contains("（B）"), "{}", error.message);
    assert_eq!(desk.cells().await[0].1, "", "the sound value beside it is not applied either");
    let unknown = json!([{"parameter": "other", "text": "", "value": "1", "replaces": []}]);
    assert_eq!(desk.set(unknown, "", false).await.unwrap_err().code, "unknown-parameter");
    let twice = json!([value("A", "1", &json!([]))[0], value(" A ", "2", &json!([]))[0]]);
    assert_eq!(desk.set(twice, "", false).await.unwrap_err().code, "parameter-twice");
    assert_eq!(desk.set(value("A", "1", &json!(["00"])), "", false).await.unwrap_err().code, "stale");
}

#[tokio::test]
async fn a_value_is_cleared_and_one_for_everybody_else_takes_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sealed_hall(&folder).await;
    desk.set(value("A", "12.4", &json!([])), "", false).await.unwrap();
    desk.set(value("", "10", &json!([])), "", false).await.unwrap();
    assert_eq!(desk.cells().await, owned([("A", "12.4", false), ("B", "", false), ("", "10", false)]));
    let view = desk.ask("parameters.show", json!({})).await.unwrap();
    let current = view["parameters"][0]["cells"][0]["current"].clone();
    desk.first_mark("S1", "A", "12.4").await;
    desk.first_mark("S1", "T", "80").await;
    let total = async || desk.standings().await[0]["values"][0].clone();
    assert_eq!(total().await, "88");
    assert_eq!(desk.set(value("A", "", &current), "", false).await.unwrap_err().code, "reason-needed");
    desk.set(value("A", "", &current), "填错了场次", false).await.unwrap();
    assert_eq!(total().await, "80", "2.4 off the value for everybody else");
    assert_eq!(desk.missing().await, 0);
}
