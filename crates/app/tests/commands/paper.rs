//! Paper sheets: found by number, typed, confirmed by a blind second entry or by 唱分, settled where they differ.

use crate::commands::prints::printed;
use crate::{Desk, sample, upload};
use jiangsai_domain::command::WireError;
use serde_json::{Value, json};

impl Desk {
    /// The sheet of a judge (empty for agreed items) for a blind code.
    async fn sheet(&self, code: &str, judge: &str) -> Value {
        let list = self.ask("paper.list", json!({})).await.unwrap();
        let found = list["sheets"].as_array().unwrap().iter().find(|sheet| {
            let reads = |field: &str, wanted: &str| sheet[field] == json!(wanted);
            reads("code", code) && reads("judge", judge) && sheet["module"]["zh"].as_str().unwrap().contains("混凝")
        });
        found.cloned().unwrap()
    }

    /// The marks that stand on a sheet, as 唱分 shows them.
    async fn called(&self, number: &Value) -> Vec<String> {
        let form = self.ask("paper.find", json!({"number": number, "called": true})).await.unwrap();
        form["lines"].as_array().unwrap().iter().map(|line| line["mark"].as_str().unwrap().to_owned()).collect()
    }

    async fn typed(&self, number: &Value, texts: &[String], total: &str, reason: &str) -> Result<Value, WireError> {
        let request = json!({"number": number, "by": "模拟录分员", "texts": texts, "total": total, "reason": reason});
        self.ask("paper.record", request).await
    }

    async fn checked(&self, number: &Value, by: &str, how: &str, texts: &[String]) -> Result<Value, WireError> {
        self.ask("paper.check", json!({"number": number, "by": by, "how": how, "texts": texts})).await
    }
}

#[tokio::test]
async fn a_sheet_is_typed_confirmed_blind_and_settled() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let sheet = desk.sheet("A07", "P02").await;
    assert_eq!(sheet["state"], "missing");
    let number = sheet["number"].clone();
    let mut wrong = number.as_str().unwrap().to_owned();
    let last = wrong.pop().unwrap();
    wrong.push(if last == '0' { '1' } else { '0' });
    assert_eq!(
        desk.ask("paper.find", json!({"number": wrong, "called": false})).await.unwrap_err().code,
        "sheet-number"
    );
    let blind = desk.ask("paper.find", json!({"number": number, "called": false})).await.unwrap();
    assert_eq!(blind["lines"][0]["mark"], Value::Null, "a second entry does not see the first");
    let marks = desk.called(&number).await;
    let total = "9.5";
    assert_eq!(desk.checked(&number, "模拟核分员", "blind", &marks).await.unwrap_err().code, "sheet-not-recorded");
    let saved = desk.typed(&number, &marks, total, "").await.unwrap();
    assert_eq!(saved["sheet"]["state"], "recorded", "{saved}");
    let mut other = marks.clone();
    other[1] = "4".to_owned();
    let found = desk.checked(&number, "模拟核分员", "blind", &other).await.unwrap();
    assert_eq!(found["sheet"]["state"], "differs");
    assert_eq!(found["differences"], json!([{"line": 1, "first": marks[1], "second": "4"}]), "only what differs");
    let settle = json!({"number": number, "by": "模拟核分员", "texts": [[1, "4"]], "total": "9", "reason": "纸上是 4"});
    let settled = desk.ask("paper.settle", settle).await.unwrap();
    assert_eq!((&settled["sheet"]["state"], &settled["totals"]), (&json!("verified"), &Value::Null), "{settled}");
    assert_eq!(desk.called(&number).await[1], "4", "the mark that counts is the settled one");
    let changed = desk.typed(&number, &marks, total, "").await.unwrap_err();
    assert_eq!(changed.code, "reason-needed", "a verified sheet is not typed over in passing");
    desk.typed(&number, &marks, total, "裁判长更正").await.unwrap();
    assert_eq!(desk.sheet("A07", "P02").await["state"], "differs", "marks that changed since are not verified");
}

#[tokio::test]
async fn a_total_that_differs_opens_the_sheet_and_one_person_alone_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let number = desk.sheet("A07", "P03").await["number"].clone();
    let marks = desk.called(&number).await;
    let saved = desk.typed(&number, &marks, "１１.５", "").await.unwrap();
    assert_eq!(saved["sheet"]["state"], "total_differs");
    assert_eq!(saved["totals"][0], "11.5", "as typed, half-width");
    let short = desk.typed(&number, &marks[1..], "9", "").await.unwrap_err();
    assert_eq!(short.code, "sheet-lines");
    let mut empty = marks.clone();
    empty[0] = String::new();
    assert_eq!(desk.typed(&number, &empty, "9", "").await.unwrap_err().code, "sheet-line");
    let total = saved["totals"][1].as_str().unwrap().to_owned();
    desk.typed(&number, &marks, &total, "").await.unwrap();
    let called = desk.checked(&number, "模拟录分员", "called", &marks).await.unwrap();
    assert_eq!(called["sheet"]["state"], "verified");
    let list = desk.ask("paper.list", json!({})).await.unwrap();
    assert_eq!(list["alone"], json!([[number, "模拟录分员"]]), "who typed and confirmed alone is named");
    let summary = printed(&desk, json!("score_summary"), "zh-CN").await.concat();
    assert!(summary.contains("模拟录分员一人录入并核对的评分表（1份）："), "and printed");
}

#[tokio::test]
async fn results_that_need_paper_wait_for_every_sheet() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    desk.ask("paper.choose", json!({"wanted": true})).await.unwrap();
    let seen = desk.ask("results.steps", json!({})).await.unwrap()["seen"].clone();
    let confirmed = json!({"duty": "chief_judge", "name": "模拟裁判长", "seen": seen, "reason": ""});
    assert_eq!(desk.ask("results.confirm", confirmed).await.unwrap_err().code, "reason-needed");
    let summary = printed(&desk, json!("score_summary"), "zh-CN").await.concat();
    assert!(summary.contains("张评分表没有核对"), "the summary says what is missing");
    desk.ask("paper.choose", json!({"wanted": false})).await.unwrap();
    desk.finalise().await;
}

/// The first sheet of who is signed in that is not the panel's common one.
async fn own_sheet(desk: &Desk, token: &str) -> Value {
    let view = desk.desk(token, &Value::Null).await.unwrap();
    let line = view["sheets"].as_array().unwrap().iter().find(|line| line["at"]["common"] == false).unwrap();
    desk.desk(token, &line["at"]).await.unwrap()["sheet"].clone()
}

/// Sheets of a module for an entry by its blind code: judge and number.
async fn sheets_of(desk: &Desk, code: &Value, module: &str) -> Vec<(String, Value)> {
    let list = desk.ask("paper.list", json!({})).await.unwrap();
    let own = list["sheets"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|sheet| sheet["code"] == *code && sheet["module"]["zh"].as_str().unwrap().contains(module));
    own.map(|sheet| (sheet["judge"].as_str().unwrap().to_owned(), sheet["number"].clone())).collect()
}

#[tokio::test]
async fn sheets_and_rows_are_those_of_who_sits_in_the_seat_for_the_entry() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let token = desk.sign_in("X01").await;
    let shown = own_sheet(&desk, &token).await;
    let (entry, station) = (shown["at"]["entry"].clone(), shown["station"].clone());
    let module = shown["module"]["zh"].as_str().unwrap().to_owned();
    let before = sheets_of(&desk, &station, &module).await;
    let number = |list: &[(String, Value)], judge: &str| {
        list.iter().find(|(own, _)| own == judge).map(|(_, number)| number.clone())
    };
    let printed = number(&before, "X01").unwrap();
    let (first, substitute) = (desk.judge("X01").await, desk.judge("P05").await);
    let seat = json!({"entry": entry, "panel": "craft", "seat": first, "recused": true, "substitute": substitute, "reason": "师徒"});
    desk.ask("seats.set", seat).await.unwrap();
    let after = sheets_of(&desk, &station, &module).await;
    assert_eq!(number(&after, "X01"), None, "{after:?}");
    let own = number(&after, "P05").unwrap();
    let refused = desk.typed(&printed, &["2".to_owned(), "2".to_owned()], "-", "").await.unwrap_err();
    assert_eq!(refused.code, "judge-recused", "a sheet printed before is not typed for nothing: {}", refused.message);
    desk.typed(&own, &["2".to_owned(), "2".to_owned()], "-", "").await.unwrap();
    assert_ne!(desk.total(&entry).await, "", "what was typed counts");

    let template = desk.ask("marks.template", json!({})).await.unwrap();
    let bytes =
        base64::Engine::decode(&base64::engine::general_purpose::STANDARD, template["base64"].as_str().unwrap());
    let template = String::from_utf8(bytes.unwrap()).unwrap();
    let rows = desk.ask("entries.list", json!({"search": ""})).await.unwrap()["rows"].clone();
    let row = rows.as_array().unwrap().iter().find(|row| row["id"] == entry).cloned().unwrap();
    let called = row["number"].as_str().unwrap().to_owned();
    assert!(template.contains(&format!("{called},C4.1,P05,")) && !template.contains(&format!("{called},C4.1,X01,")));
    // A file that goes by seats is meant for who sits there.
    let file = upload("marks.csv", format!("entry,item,judge,value\n{called},C4.1,X01,1\n").as_bytes());
    let preview = desk.ask("marks.preview", json!({"file": file})).await.unwrap();
    let import = json!({"file": file, "token": preview["token"], "reason": "纸上是 1"});
    desk.ask("marks.import", import).await.unwrap();
    assert_eq!(desk.called(&own).await[0], "1", "it counts for the seat");
    // Nobody sits there any more.
    let seat = json!({"entry": entry, "panel": "craft", "seat": first, "recused": true, "substitute": null, "reason": "无候补"});
    desk.ask("seats.set", seat).await.unwrap();
    let preview = desk.ask("marks.preview", json!({"file": file})).await.unwrap();
    assert_eq!(preview["faults"][0]["why"][0], "fault-judge-recused");
}

#[tokio::test]
async fn sheets_of_a_judge_who_was_replaced_stay_for_entries_marked_to_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let token = desk.sign_in("X01").await;
    let shown = own_sheet(&desk, &token).await;
    let (station, module) = (shown["station"].clone(), shown["module"]["zh"].as_str().unwrap().to_owned());
    let own = |list: &[(String, Value)], judge: &str| list.iter().find(|(own, _)| own == judge).cloned();
    let filed = own(&sheets_of(&desk, &station, &module).await, "X01").unwrap();
    let (first, by) = (desk.judge("X01").await, desk.judge("P04").await);
    let replace = json!({"panel": "craft", "judge": first, "by": by, "reason": "突发疾病"});
    desk.ask("judges.replace", replace).await.unwrap();
    let after = sheets_of(&desk, &station, &module).await;
    assert_eq!((own(&after, "X01"), own(&after, "P04")), (Some(filed), None), "the filed sheet is still found");
}

#[tokio::test]
async fn a_sheet_that_was_signed_at_the_desk_is_not_changed_from_paper() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let token = desk.sign_in("P02").await;
    let shown = desk.desk(&token, &Value::Null).await.unwrap()["sheet"].clone();
    let (at, station) = (shown["at"].clone(), shown["station"].as_str().unwrap().to_owned());
    desk.sign(&token, &at).await.unwrap();
    let number = desk.sheet(&station, "P02").await["number"].clone();
    let marks = desk.called(&number).await;
    desk.typed(&number, &marks, "-", "").await.unwrap();
    let mut other = marks.clone();
    other[1] = if marks[1] == "4" { "3" } else { "4" }.to_owned();
    let refused = desk.typed(&number, &other, "-", "纸上不同").await.unwrap_err();
    assert_eq!(refused.code, "sheet-signed");
    desk.checked(&number, "模拟核分员", "blind", &other).await.unwrap();
    let settle =
        json!({"number": number, "by": "模拟核分员", "texts": [[1, other[1]]], "total": "", "reason": "纸上不同"});
    assert_eq!(desk.ask("paper.settle", settle.clone()).await.unwrap_err().code, "sheet-signed");
    desk.reopen(&at, &desk.judge("P02").await, "纸上不同").await.unwrap();
    desk.ask("paper.settle", settle).await.unwrap();
    assert_eq!(desk.called(&number).await, other);
}
