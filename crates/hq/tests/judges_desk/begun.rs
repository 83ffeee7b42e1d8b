//! What a hall begins with: a competition with a panel of five, and a roster that was imported.

use super::search::Roster;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiangsai_app::App;
use serde_json::{Value, json};

/// A competition that has begun.
pub struct Begun {
    pub competition: String,
    pub event: String,
    pub panel: Value,
    pub judges: Vec<Value>,
}

impl Begun {
    pub async fn at(app: &App, roster: &Roster) -> Self {
        let call = async |name: &str, request: Value| app.dispatch(name, request, None).await.unwrap();
        let create = json!({"title": "模拟竞赛", "event": "模拟赛项", "from": {"template": "panel-of-5-trimmed"}});
        let competition = call("competitions.create", create).await;
        let event = call("competition.home", json!({"competition": competition})).await["events"][0][0].clone();
        let mut judges = Vec::new();
        for number in 1..=5 {
            let judge = json!({"code": format!("P0{number}"), "name": format!("裁判{number}"), "kind": "scoring", "unit": "", "retired": false});
            judges.push(call("judges.save", json!({"competition": competition, "id": null, "judge": judge})).await);
        }
        let of_event = async |name: &str, mut request: Value| {
            (request["competition"], request["event"]) = (competition.clone(), event.clone());
            call(name, request).await
        };
        let panel = of_event("judges.list", json!({})).await["panels"][0]["id"].clone();
        of_event("panels.set", json!({"panel": panel, "members": judges, "reason": ""})).await;
        let file = json!({"name": "roster.csv", "base64": STANDARD.encode(roster.csv())});
        let shown = of_event("entries.preview", json!({"file": file})).await;
        assert_eq!(shown["faults"], json!([]), "the roster is right");
        of_event("entries.import", json!({"file": file, "token": shown["token"]})).await;
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        Self { competition: text(&competition), event: text(&event), panel, judges }
    }
}
