//! The big screen: progress without marks, standings only when released, awards in reverse order, a countdown that outlives the program.

use crate::{Desk, open, sample_with_prizes};
use serde_json::{Value, json};
use std::collections::BTreeSet;

impl Desk {
    async fn screen(&self) -> Value {
        self.ask_competition("screen.show", json!({})).await.unwrap()
    }

    /// Puts something on the screen; the code of a refusal.
    async fn put(&self, scene: &str, revealed: u32) -> Result<(), String> {
        let put = json!({"scene": scene, "session": "", "revealed": revealed});
        self.ask("screen.put", put).await.map(drop).map_err(|error| error.code)
    }

    async fn release(&self, shown: &str) -> Result<(), String> {
        self.ask("screen.release", json!({"shown": shown})).await.map(drop).map_err(|error| error.code)
    }
}

fn refused(code: &str) -> Result<(), String> {
    Err(code.to_owned())
}

#[tokio::test]
async fn stations_show_how_far_they_are_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_with_prizes(&folder).await;
    let status = json!({"entry": desk.entry("S07").await, "status": "absent", "reason": "未到"});
    desk.ask_competition("entries.set_status", status).await.unwrap();
    let shown = desk.screen().await;
    assert_eq!((&shown["scene"], &shown["left"]), (&json!("hall"), &Value::Null));
    let stations = shown["stations"].as_array().unwrap();
    assert!(stations.len() > 55, "everybody who has a station");
    let of = |state: &str| stations.iter().filter(|station| station["state"] == state).count();
    assert!(of("done") > 50 && of("away") >= 1, "{stations:?}");
    for station in stations {
        let keys: BTreeSet<&str> = station.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, BTreeSet::from(["code", "session", "state"]), "no marks, no names");
    }
    let names = desk.standings().await;
    for row in names.as_array().unwrap() {
        assert!(!shown.to_string().contains(row["name"].as_str().unwrap()), "no name in the hall");
    }
    let alone = json!({"scene": "hall", "session": "B", "revealed": 0});
    desk.ask("screen.put", alone).await.unwrap();
    let shown = desk.screen().await;
    assert!(shown["stations"].as_array().unwrap().iter().all(|station| station["session"] == "B"));
    let nowhere = json!({"scene": "hall", "session": "Z", "revealed": 0});
    assert_eq!(desk.ask("screen.put", nowhere).await.unwrap_err().code, "unknown-session");
}

#[tokio::test]
async fn a_station_is_waiting_then_working() {
    let folder = tempfile::tempdir().unwrap();
    let desk = crate::template(&folder).await;
    let add = json!({"number": "S1", "name": "模拟甲", "document_kind": "护照", "document_number": "E1234561", "session": "A", "station": "07"});
    desk.add(add).await;
    assert_eq!(desk.screen().await["stations"][0], json!({"session": "A", "code": "07", "state": "waiting"}));
}

#[tokio::test]
async fn standings_are_shown_while_they_are_what_was_released() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_with_prizes(&folder).await;
    assert_eq!(desk.put("standings", 0).await, refused("screen-not-released"));
    assert_eq!(desk.release("final").await, refused("screen-not-final"));
    desk.release("provisional").await.unwrap();
    desk.put("standings", 0).await.unwrap();
    let shown = desk.screen().await;
    let rows = shown["rows"].as_array().unwrap();
    assert!(rows.len() > 50 && shown["shows"] == true);
    assert!(rows.iter().all(|row| row["name"] == "" && row["awards"] == json!([])), "provisional ones go by number");
    desk.finalise().await;
    let shown = desk.screen().await;
    assert_eq!((&shown["shows"], &shown["rows"]), (&json!(false), &json!([])), "the ceremony is not given away");
    assert_eq!(desk.release("provisional").await, refused("screen-final"));
    desk.release("final").await.unwrap();
    let shown = desk.screen().await;
    let standings = desk.standings().await;
    assert_eq!((&shown["rows"][0]["name"], &shown["rows"][0]["rank"]), (&standings[0]["name"], &json!(1)));
    desk.ask("results.reopen", json!({"reason": "查分"})).await.unwrap();
    assert_eq!(desk.screen().await["rows"], json!([]), "what is open again is not shown");
    let history = json!({"about": "settings", "skip": 0, "limit": 9});
    let history = desk.ask_competition("history.list", history).await.unwrap();
    assert!(history["lines"].as_array().unwrap().iter().any(|line| line["what"][0] == "history-release"), "on record");
}

#[tokio::test]
async fn awards_are_revealed_from_the_last_to_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_with_prizes(&folder).await;
    desk.finalise().await;
    desk.put("ceremony", 0).await.unwrap();
    assert_eq!(desk.put("ceremony", 1).await, refused("screen-not-released"));
    desk.release("final").await.unwrap();
    let standings = desk.standings().await;
    let name = |at: usize| standings[at]["name"].as_str().unwrap();
    let mut before = 12;
    for (step, (award, count)) in [("优秀奖", 6), ("三等奖", 3), ("二等奖", 2), ("一等奖", 1)].into_iter().enumerate()
    {
        desk.put("ceremony", u32::try_from(step).unwrap() + 1).await.unwrap();
        let shown = desk.screen().await;
        let own = &shown["awards"][step];
        assert_eq!((&own["name"]["zh"], own["winners"].as_array().unwrap().len()), (&json!(award), count));
        assert_eq!(own["winners"][0][1], name(before - 1), "the last rank of an award first");
        before -= count;
        let better = standings.as_array().unwrap()[..before].iter();
        for row in better {
            assert!(!shown.to_string().contains(row["name"].as_str().unwrap()), "{award} gives nobody else away");
        }
    }
    assert_eq!(desk.put("ceremony", 5).await, refused("screen-no-award"));
    desk.release("nothing").await.unwrap();
    let shown = desk.screen().await;
    assert!(!shown.to_string().contains(name(0)) && shown["revealed"] == 0, "covered again");
    desk.release("final").await.unwrap();
    assert_eq!(desk.screen().await["revealed"], 0, "a new release begins anew");
}

#[tokio::test]
async fn what_is_on_the_screen_outlives_the_program_and_a_countdown_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_with_prizes(&folder).await;
    let count = async |desk: &Desk, act: Value| desk.ask_competition("screen.count", json!({"act": act})).await;
    assert_eq!(count(&desk, json!("start")).await.unwrap_err().code, "countdown-unset");
    assert_eq!(count(&desk, json!({"set": 0})).await.unwrap_err().code, "countdown-length");
    count(&desk, json!({"set": 7200})).await.unwrap();
    assert_eq!(desk.screen().await["left"], 7_200_000);
    let mut changes = desk.app.changes();
    count(&desk, json!("start")).await.unwrap();
    assert_eq!(changes.recv().await.unwrap().word(), desk.competition, "the screen is told");
    desk.put("ceremony", 0).await.unwrap();
    let Desk { app, competition, event } = desk;
    drop(app);
    let desk = Desk { app: open(&folder).await.unwrap(), competition, event };
    let shown = desk.screen().await;
    assert_eq!((&shown["scene"], &shown["running"]), (&json!("ceremony"), &json!(true)));
    let left = shown["left"].as_i64().unwrap();
    assert!((1..=7_200_000).contains(&left), "{left}");
    count(&desk, json!("pause")).await.unwrap();
    let (one, other) = (desk.screen().await["left"].clone(), desk.screen().await["left"].clone());
    assert_eq!(one, other, "it stands still");
    count(&desk, json!("clear")).await.unwrap();
    assert_eq!(desk.screen().await["left"], Value::Null);
}
