//! Late changes, each without damage: a judge replaced, an entry withdrawn half-marked, a person renamed, a station swapped, a rule
//! corrected.

use crate::{Desk, sample};
use serde_json::{Value, json};

/// The first entry at the desk of a judge.
async fn first(desk: &Desk, token: &str) -> Value {
    desk.desk(token, &Value::Null).await.unwrap()["sheet"]["at"]["entry"].clone()
}

#[tokio::test]
async fn a_judge_is_replaced_and_finished_entries_keep_their_marks() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let (token, judge) = (desk.sign_in("X01").await, desk.judge("X01").await);
    let half = first(&desk, &token).await;
    let at = json!({"entry": half, "module": "C", "common": false});
    desk.at_desk(&token, &at, "C4.2", "").await.unwrap();
    let before = desk.standings().await;
    let findings = desk.ask_competition("competition.home", json!({})).await.unwrap()["counts"]["findings"].clone();
    let by = desk.judge("P04").await;
    let replace = |reason: &str| json!({"panel": "craft", "judge": judge, "by": by, "reason": reason});
    assert_eq!(desk.ask("judges.replace", replace("")).await.unwrap_err().code, "reason-needed");
    desk.ask("judges.replace", replace("突发疾病")).await.unwrap();
    let rows = |list: &Value| -> Vec<(Value, Value)> {
        let all = list.as_array().unwrap().iter().filter(|row| row["entry"] != half);
        all.map(|row| (row["entry"].clone(), row["values"].clone())).collect()
    };
    let mut after = rows(&desk.standings().await);
    let mut wanted = rows(&before);
    let by_entry = |one: &(Value, Value), other: &(Value, Value)| one.0.to_string().cmp(&other.0.to_string());
    after.sort_by(by_entry);
    wanted.sort_by(by_entry);
    assert_eq!(after, wanted, "nobody else's result changed");
    let home = desk.ask_competition("competition.home", json!({})).await.unwrap();
    assert_eq!(home["counts"]["findings"], findings, "marks set aside are no finding");
    let new = desk.sign_in("P04").await;
    assert!(desk.desk(&new, &at).await.is_ok(), "the half-marked sheet is the new judge's");
    assert_eq!(desk.desk(&token, &at).await.unwrap_err().code, "not-your-sheet");
    desk.at_desk(&new, &at, "C4.1", "2").await.unwrap();
    desk.at_desk(&new, &at, "C4.2", "2").await.unwrap();
    assert_ne!(desk.total(&half).await, "", "marked to the end by the new judge");
    let why = desk.ask("standings.why", json!({"entry": half})).await.unwrap();
    let codes = why["judges"].as_array().unwrap().iter().filter(|own| own[1] == "P04").count();
    assert!(codes >= 1, "the derivation names who marked: {}", why["judges"]);
}

#[tokio::test]
async fn signed_marks_are_not_set_aside_when_the_panel_has_more_to_mark() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let (token, judge) = (desk.sign_in("X01").await, desk.judge("X01").await);
    let entry = first(&desk, &token).await;
    let at = json!({"entry": entry, "module": "C", "common": false});
    desk.sign(&token, &at).await.unwrap();
    let by = desk.judge("P04").await;
    let replace =
        |preview: bool| json!({"panel": "craft", "judge": judge, "by": by, "reason": "突发疾病", "preview": preview});
    let shown = desk.ask("rulebook.show", json!({})).await.unwrap();
    let rules: Value = serde_json::from_str(shown["json"].as_str().unwrap()).unwrap();
    // The same panel marks something of another module tomorrow.
    let tomorrow = async |settle: Value| {
        let mut rules = rules.clone();
        for item in rules["items"].as_array_mut().unwrap() {
            if item["id"] == "B3.1" {
                item["by"] = json!({"panel": "craft"});
                if !settle.is_null() {
                    item["settle"] = settle.clone();
                }
            }
        }
        let replace = json!({"json": rules.to_string(), "reason": "明日加评", "preview": false});
        desk.ask("rulebook.replace", replace).await.unwrap();
    };
    tomorrow(Value::Null).await;
    for preview in [true, false] {
        assert_eq!(desk.ask("judges.replace", replace(preview)).await.unwrap_err().code, "replace-signed");
    }
    desk.reopen(&at, &judge, "换人").await.unwrap();
    let done = desk.ask("judges.replace", replace(true)).await.unwrap();
    let begun = done["anew"].as_u64().unwrap();
    assert!(begun > 50 && done["marks"] == json!(2 * begun) && done["kept"] == 0, "said before it is done: {done}");
    assert_eq!(desk.ask("judges.list", json!({})).await.unwrap()["panels"][1]["members"][0], judge, "nothing was done");
    // What need not be marked is nothing that anybody waits for.
    tomorrow(json!({"absent": "0", "void": "0", "not_yet": "0"})).await;
    desk.sign(&token, &at).await.unwrap();
    let done = desk.ask("judges.replace", replace(false)).await.unwrap();
    assert_eq!((&done["kept"], &done["marks"]), (&json!(begun), &json!(0)), "{done}");
    assert!(desk.desk(&token, &at).await.is_ok(), "the signed sheet is still the judge's who signed it");
}

#[tokio::test]
async fn an_entry_withdrawn_half_marked_waits_for_nobody_and_comes_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let token = desk.sign_in("P01").await;
    let entry = first(&desk, &token).await;
    let at = json!({"entry": entry, "module": "B", "common": false});
    let before = desk.total(&entry).await;
    let kept = desk.desk(&token, &at).await.unwrap()["sheet"]["items"][0]["cells"][0]["text"].clone();
    desk.at_desk(&token, &at, "B3.1", "").await.unwrap();
    let status = |status: &str, reason: &str| json!({"entry": entry, "status": status, "reason": reason});
    desk.ask_competition("entries.set_status", status("withdrawn", "本人申请")).await.unwrap();
    let hall = desk.hall().await;
    assert!(hall["sheets"].as_array().unwrap().iter().all(|sheet| sheet["entry"] != entry), "nobody waits for it");
    desk.ask_competition("entries.set_status", status("ok", "撤回申请")).await.unwrap();
    desk.at_desk(&token, &at, "B3.1", kept.as_str().unwrap()).await.unwrap();
    assert_eq!(desk.total(&entry).await, before, "its marks are all there");
}

#[tokio::test]
async fn a_person_renamed_and_a_station_swapped_keep_marks_and_signatures() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let (token, judge) = (desk.sign_in("P01").await, desk.judge("P01").await);
    let entry = first(&desk, &token).await;
    let at = json!({"entry": entry, "module": "B", "common": false});
    desk.sign(&token, &at).await.unwrap();
    let before = desk.total(&entry).await;
    let list = desk.ask("entries.list", json!({"search": ""})).await.unwrap();
    let row = list["rows"].as_array().unwrap().iter().find(|row| row["id"] == entry).cloned().unwrap();
    let mut form = row["form"].clone();
    form["name"] = "模拟改名".into();
    form["station"] = "99".into();
    let edit = json!({"entry": entry, "form": form, "replaces": row["facts"], "reason": "姓名登记有误，赛位设备故障"});
    desk.ask_competition("entries.edit", edit).await.unwrap();
    assert_eq!(desk.total(&entry).await, before, "the result stays");
    let shown = desk.desk(&token, &at).await.unwrap()["sheet"].clone();
    assert_eq!(
        (&shown["station"], &shown["state"]),
        (&json!("99"), &json!("signed")),
        "at its new place, still signed"
    );
    assert!(!shown.to_string().contains("模拟改名"));
    let sheets = desk.hall().await["sheets"].clone();
    let own =
        sheets.as_array().unwrap().iter().find(|sheet| sheet["entry"] == entry && sheet["judge"] == judge).cloned();
    assert_eq!(own.unwrap()["changed"], false);
}

#[tokio::test]
async fn a_rule_corrected_keeps_marks_and_says_which_signed_sheets_lack_something() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let token = desk.sign_in("P01").await;
    let entry = first(&desk, &token).await;
    let at = json!({"entry": entry, "module": "B", "common": false});
    desk.sign(&token, &at).await.unwrap();
    let shown = desk.ask("rulebook.show", json!({})).await.unwrap();
    let mut rules: Value = serde_json::from_str(shown["json"].as_str().unwrap()).unwrap();
    for item in rules["items"].as_array_mut().unwrap() {
        if item["id"] == "B3.1" {
            item["name"]["zh"] = "最佳投药量分析（更正）".into();
        }
    }
    let before = desk.total(&entry).await;
    let replace = json!({"json": rules.to_string(), "reason": "评分点名称有误", "preview": false});
    desk.ask("rulebook.replace", replace).await.unwrap();
    assert_eq!(desk.total(&entry).await, before, "marks stay");
    let sheet = desk.desk(&token, &at).await.unwrap()["sheet"].clone();
    assert_eq!(
        (&sheet["state"], &sheet["items"][0]["rule"]["name"]["zh"]),
        (&json!("signed"), &json!("最佳投药量分析（更正）"))
    );
}
