//! Erasing a person: what the screens say, that results and everybody else stay as they were, and that no file has the name any more, nor a backup
//! of before that is gone back to.

use crate::{Desk, sample_with_prizes, sample_with_teams};
use jiangsai_app::App;
use jiangsai_app::bundle::{Verdict, examine};
use jiangsai_app::host::SystemHost;
use jiangsai_domain::erasure::ERASED;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const NAME: &str = "模拟欧阳甲乙";
const PHONE: &str = "13900001234";
const NUMBER: &str = "S07";

/// Where a text stands in the files of a folder, as it is or in hex.
fn standing(dir: &Path, wanted: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            for text in wanted {
                for form in [text.as_bytes().to_vec(), hex::encode(text).into_bytes()] {
                    if bytes.windows(form.len()).any(|window| window == form) {
                        found.push(format!("{text} in {}", path.display()));
                    }
                }
            }
        }
    }
    found
}

impl Desk {
    async fn row(&self) -> Value {
        self.ask("entries.list", json!({"search": NUMBER})).await.unwrap()["rows"][0].clone()
    }

    async fn refused_erasing(&self, command: Value) -> String {
        self.ask_competition("persons.erase", command).await.unwrap_err().code
    }
}

/// Standings without the name and unit of one line.
fn but_for(rows: &Value, number: &str) -> Value {
    let mut rows = rows.clone();
    for row in rows.as_array_mut().unwrap() {
        if row["number"] == number {
            (row["name"], row["unit"]) = (Value::Null, Value::Null);
        }
    }
    rows
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one day in order")]
async fn a_person_is_erased_and_results_bulletins_and_everybody_else_stay() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_with_prizes(&folder).await;
    let row = desk.row().await;
    let mut form = row["form"].clone();
    (form["name"], form["phone"]) = (NAME.into(), PHONE.into());
    let edit = json!({"entry": row["id"], "form": form, "replaces": row["facts"], "reason": "模拟"});
    assert!(desk.ask_competition("entries.edit", edit).await.unwrap()["saved"].is_string());
    let preview = json!({"entry": row["id"]});
    let early = desk.ask_competition("persons.preview_erasure", preview.clone()).await.unwrap_err();
    assert_eq!(early.code, "erase-open", "results that somebody may ask about");
    desk.finalise().await;
    let today = desk.ask("bulletins.list", json!({})).await.unwrap()["usual"].clone();
    let mut bulletin = json!({"kind": "posted", "columns": {"whom": "all", "scores": true, "occupation": true}, "period": today,
        "contact": "", "by": "模拟组织者", "corrects": null, "reason": "", "token": ""});
    bulletin["token"] = desk.ask("bulletins.publish", bulletin.clone()).await.unwrap()["token"].clone();
    let posted = desk.ask("bulletins.publish", bulletin).await.unwrap()["bulletin"]["rows"].clone();
    let inquiry = json!({"entry": row["id"], "by": "模拟领队", "text": format!("{NAME}查总分")});
    let inquiry = desk.ask("inquiry.raise", inquiry).await.unwrap();
    let waiting = desk.ask_competition("persons.preview_erasure", preview.clone()).await.unwrap_err();
    assert_eq!(waiting.code, "erase-inquiry");
    let answer = json!({"inquiry": inquiry, "by": "模拟裁判长", "corrected": false, "text": "无误"});
    desk.ask("inquiry.answer", answer).await.unwrap();
    let made = desk.app.dispatch("backups.make", json!({}), None).await.unwrap();
    let backup = PathBuf::from(made["here"][0]["folder"].as_str().unwrap());
    assert!(standing(folder.path(), &[NAME, PHONE]).is_empty(), "encrypted where it lies, from the beginning");
    let standings = desk.standings().await;

    let shown = desk.ask_competition("persons.preview_erasure", preview.clone()).await.unwrap();
    assert_eq!((&shown["name"], &shown["forms"], &shown["inquiries"]), (&json!(NAME), &json!(2), &json!(1)));
    assert_eq!((shown["lines"][0][1].as_u64(), shown["bulletins"].as_array().unwrap().len()), (Some(1), 0));
    assert_eq!(shown["events"][0][1], NUMBER);
    let erase = |basis: &str, token: &Value| json!({"entry": row["id"], "basis": basis, "token": token});
    assert_eq!(desk.refused_erasing(erase("本人申请", &json!("x"))).await, "erase-stale");
    assert_eq!(desk.refused_erasing(erase("  ", &shown["token"])).await, "erase-basis");
    assert_eq!(desk.refused_erasing(erase(&format!("{NAME}申请"), &shown["token"])).await, "erase-basis-names");
    let done =
        desk.ask_competition("persons.erase", erase("本人申请，个保法第四十七条", &shown["token"])).await.unwrap();
    assert_eq!((&done["records"], &done["rewritten"]), (&json!(4), &json!(true)));

    let after = desk.standings().await;
    assert_eq!(but_for(&after, NUMBER), but_for(&standings, NUMBER));
    assert!(after.as_array().unwrap().iter().any(|row| row["number"] == NUMBER && row["name"] == ERASED));
    let line = desk.ask("bulletins.list", json!({})).await.unwrap()["lines"][0].clone();
    assert_eq!(line["holds"], true, "what was posted is what is so");
    let (now, before) = (line["content"]["rows"].as_array().unwrap(), posted.as_array().unwrap());
    for (now, before) in now.iter().zip(before) {
        if before["name"] == NAME {
            assert_eq!((&now["name"], &now["total"]), (&json!(ERASED), &before["total"]));
        } else {
            assert_eq!(now, before, "every other line stays as posted");
        }
    }
    let gone = desk.row().await;
    assert_eq!((&gone["erased"], &gone["form"]["name"]), (&json!(true), &json!(ERASED)));
    let edit = json!({"entry": row["id"], "form": {"name": "x"}, "replaces": gone["facts"], "reason": ""});
    let mut again = edit.clone();
    again["entry"] = row["id"].clone();
    assert!(matches!(
        desk.ask_competition("entries.edit", again).await.unwrap_err().code.as_str(),
        "erased" | "finalised"
    ));
    let twice = desk.ask_competition("persons.preview_erasure", preview).await.unwrap_err();
    assert_eq!(twice.code, "erased");
    let about = json!({"about": {"entry": row["id"]}, "skip": 0, "limit": 500});
    let history = desk.ask_competition("history.list", about).await.unwrap()["lines"].to_string();
    assert!(history.contains("history-erased") && history.contains("个保法"), "{history}");
    assert!(!history.contains(NAME) && !history.contains(PHONE));
    let verified = desk.app.verify_everything().await.unwrap();
    assert_eq!((verified[0].fault.clone(), verified[0].withheld, verified[0].erased), (None, 0, 4));
    let made = desk.ask_competition("bundle.export", json!({"what": "published"})).await.unwrap();
    let path = PathBuf::from(made["path"].as_str().unwrap());
    let bytes = std::fs::read(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let found = examine(&bytes, &desk.competition, None).unwrap();
    assert!(found.wrong.is_empty() && found.events.iter().all(|event| event.verdict == Verdict::Agrees));
    assert_eq!(standing(folder.path(), &[NAME, PHONE]), Vec::<String>::new());

    // Last month's backup, on another computer.
    let other = tempfile::tempdir().unwrap();
    let host = Arc::new(SystemHost::new(None));
    let (app, restored) = App::restore_into(other.path(), host, &backup, false).await.unwrap();
    assert_eq!(restored.held.unread, 0);
    let again = Desk { app, competition: desk.competition.clone(), event: desk.event.clone() };
    assert_eq!(but_for(&again.standings().await, NUMBER), but_for(&standings, NUMBER));
    assert_eq!(again.row().await["form"]["name"], ERASED, "before anybody told it");
    assert_eq!(again.app.verify_everything().await.unwrap()[0].fault, None);
    assert_eq!(standing(other.path(), &[NAME, PHONE]), Vec::<String>::new());
    let names = again.standings().await.to_string();
    assert!(
        standings
            .as_array()
            .unwrap()
            .iter()
            .all(|row| row["number"] == NUMBER || names.contains(row["name"].as_str().unwrap()))
    );

    // Nobody reads the others without the file beside.
    let stripped = tempfile::tempdir().unwrap();
    let copied = stripped.path().join("backups").join(backup.file_name().unwrap());
    std::fs::create_dir_all(&copied).unwrap();
    for file in std::fs::read_dir(&backup).unwrap().map(Result::unwrap) {
        std::fs::copy(file.path(), copied.join(file.file_name())).unwrap();
    }
    let third = tempfile::tempdir().unwrap();
    let host = Arc::new(SystemHost::new(None));
    let (app, restored) = App::restore_into(third.path(), host, &copied, false).await.unwrap();
    assert!(restored.held.unread > 20, "{} cannot be read", restored.held.unread);
    let refused =
        app.dispatch("standings.show", json!({"competition": desk.competition, "event": desk.event}), None).await;
    assert_eq!(refused.unwrap_err().code, "part", "no standings without their people");
}

#[tokio::test]
async fn a_team_keeps_its_result_when_one_of_its_members_is_erased() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_with_teams(&folder).await;
    desk.finalise().await;
    let teams = desk.ask("standings.show", json!({})).await.unwrap()["teams"].clone();
    let row = desk.row().await;
    let shown = desk.ask_competition("persons.preview_erasure", json!({"entry": row["id"]})).await.unwrap();
    assert!(shown["kept"].as_array().unwrap().iter().any(|field| field == "unit" || field == "delegation"), "{shown}");
    let erase = json!({"entry": row["id"], "basis": "本人申请", "token": shown["token"]});
    desk.ask_competition("persons.erase", erase).await.unwrap();
    let after = desk.ask("standings.show", json!({})).await.unwrap()["teams"].clone();
    let totals = |view: &Value| -> Vec<(Value, Value, Value)> {
        let rows = view["rows"].as_array().unwrap();
        rows.iter().map(|row| (row["rank"].clone(), row["team"].clone(), row["total"].clone())).collect()
    };
    assert_eq!(totals(&after), totals(&teams));
    let steps = desk.ask("results.steps", json!({})).await.unwrap();
    assert_ne!(steps["changed"], true, "what was confirmed is what is so: {steps}");
    let made = desk.ask_competition("bundle.export", json!({"what": "published"})).await;
    assert!(made.is_ok(), "{made:?}");
}
