//! Registration by hand, and files that come in.

use crate::{Desk, template, upload};
use serde_json::{Value, json};

/// A form with these fields over a sound one.
fn form(own: &Value) -> Value {
    let mut form = json!({"name": "模拟甲", "document_number": "11010519491231002X", "unit": "模拟水务"});
    for (field, text) in own.as_object().unwrap() {
        form[field] = text.clone();
    }
    form
}

impl Desk {
    pub(crate) async fn add(&self, own: Value) -> Value {
        self.ask("entries.add", json!({"form": form(&own)})).await.unwrap()
    }

    /// A command about one entry.
    async fn change(&self, name: &str, mut payload: Value) -> Result<Value, jiangsai_domain::command::WireError> {
        payload["competition"] = self.competition.clone().into();
        self.app.dispatch(name, payload, None).await
    }

    async fn found(&self, search: &str) -> Vec<Value> {
        self.ask("entries.list", json!({"search": search})).await.unwrap()["rows"].as_array().unwrap().clone()
    }
}

/// Field and reason of each fault, with the arguments of the reason.
fn faults(saved: &Value) -> Vec<(String, String, String)> {
    let list = saved["refused"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    list.iter().map(|fault| (text(&fault["field"]), text(&fault["why"][0]), fault["why"][1].to_string())).collect()
}

#[tokio::test]
async fn the_same_person_twice_is_refused_by_name_and_number() {
    let folder = tempfile::tempdir().unwrap();
    let desk = template(&folder).await;
    desk.add(json!({"number": "07"})).await;
    let twice =
        desk.add(json!({"name": "模拟乙", "document_number": "１１０１０５19491231002x", "number": "07"})).await;
    let named = r#"[["number","07"],["name","模拟甲"]]"#;
    let number = r#"[["number","07"]]"#;
    let wanted = [("document_number", "fault-duplicate-entry", named), ("number", "fault-number-taken", number)];
    let found = faults(&twice);
    let found: Vec<(&str, &str, &str)> = found.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
    assert_eq!(found, wanted, "the entry it collides with is named");
    assert_eq!(desk.found("").await.len(), 1, "and nothing is saved");
}

#[tokio::test]
async fn an_entry_is_changed_found_withdrawn_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let desk = template(&folder).await;
    let entry = desk.add(json!({})).await["saved"].clone();
    desk.add(json!({"name": "模拟乙", "document_kind": "护照", "document_number": "e1234567"})).await;
    assert_eq!(desk.ask("entries.number", json!({"prefix": "S", "stations": 0})).await.unwrap(), 2);
    assert_eq!(desk.ask("entries.number", json!({"prefix": "S", "stations": 0})).await.unwrap(), 0, "all have one");
    let shown = desk.found("模拟甲").await[0]["facts"].clone();
    let change = |own: Value| json!({"entry": entry, "form": form(&own), "replaces": shown, "reason": "更正"});
    let bad = desk.change("entries.edit", change(json!({"phone": "1390000"}))).await.unwrap();
    assert_eq!(faults(&bad)[0].1, "fault-phone");
    let masked = json!({"name": "模拟丙", "document_number": "110***********002X", "number": "S01", "station": "01"});
    desk.change("entries.edit", change(masked.clone())).await.unwrap();
    assert_eq!(desk.change("entries.edit", change(masked)).await.unwrap_err().code, "stale", "seen before that change");
    for search in ["模拟丙", "S01", "002x", " s01 "] {
        let found = desk.found(search).await;
        assert_eq!((found.len(), &found[0]["id"]), (1, &entry), "{search}");
    }
    assert_eq!(desk.found("模拟水务").await.len(), 2, "by unit");
    assert_eq!(desk.found("模拟甲").await.len(), 0, "the name it had");
    let set = |status: &str, reason: &str| json!({"entry": entry, "status": status, "reason": reason});
    assert_eq!(desk.change("entries.set_status", set("withdrawn", " ")).await.unwrap_err().code, "reason-needed");
    desk.change("entries.set_status", set("withdrawn", "本人申请")).await.unwrap();
    assert_eq!(desk.found("S01").await[0]["status"], "withdrawn");
    desk.change("entries.set_status", set("ok", "本人撤回")).await.unwrap();
    assert_eq!(desk.found("S01").await[0]["status"], "ok");
    let about = json!({"entry": entry});
    let history = json!({"competition": desk.competition, "about": about, "skip": 0, "limit": 20});
    let history = desk.app.dispatch("history.list", history, None).await.unwrap();
    let reasons: Vec<&str> =
        history["lines"].as_array().unwrap().iter().filter_map(|line| line["reason"].as_str()).collect();
    for reason in ["更正", "本人申请", "本人撤回"] {
        assert!(reasons.contains(&reason), "the history says why: {history}");
    }
}

#[tokio::test]
async fn marks_come_in_from_a_workbook_and_a_fault_applies_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let desk = template(&folder).await;
    desk.add(json!({"number": "01"})).await;
    desk.add(json!({"name": "模拟乙", "document_kind": "护照", "document_number": "E1234567", "number": "02"})).await;
    let workbook = |second: f64| {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (row, (number, theory)) in [(1, 87.5), (2, second)].into_iter().enumerate() {
            let row = u32::try_from(row + 1).unwrap();
            // Numbers, as a spreadsheet keeps what somebody typed: the zeros before them are gone.
            sheet.write(row, 0, f64::from(number)).unwrap();
            sheet.write(row, 1, theory).unwrap();
        }
        sheet.write(0, 0, "参赛号").unwrap();
        sheet.write(0, 1, "理论").unwrap();
        upload("theory.xlsx", &book.save_to_buffer().unwrap())
    };
    let preview = async |file: &Value| desk.ask("marks.preview", json!({"file": file})).await.unwrap();
    let wrong = workbook(1e9);
    let shown = preview(&wrong).await;
    assert_eq!((&shown["faults"][0]["row"], &shown["faults"][0]["column"]), (&json!(3), &json!("B")));
    let refused = desk.ask("marks.import", json!({"file": wrong, "token": shown["token"]})).await.unwrap();
    assert!(refused["refused"].is_array(), "1e9 is no mark of the theory test");
    assert_eq!(desk.theory().await.1, json!([]), "and the sound mark beside it is not applied either");
    let right = workbook(91.0);
    let shown = preview(&right).await;
    desk.ask("marks.import", json!({"file": right, "token": shown["token"]})).await.unwrap();
    let values: Vec<Value> =
        desk.standings().await.as_array().unwrap().iter().map(|row| row["values"][0].clone()).collect();
    assert!(values.contains(&json!("87.5")) && values.contains(&json!("91")), "{values:?}");
}

#[tokio::test]
async fn a_file_with_broken_quotation_marks_is_refused_by_row() {
    let folder = tempfile::tempdir().unwrap();
    let desk = template(&folder).await;
    let text = "姓名,证件类型,证件号码,单位\n模拟甲,护照,E1234567,\"水务\n模拟乙,护照,E1234568,电力\n";
    let file = upload("roster.csv", text.as_bytes());
    let shown = desk.ask("entries.preview", json!({"file": file})).await.unwrap();
    let fault = &shown["faults"][0];
    assert_eq!(
        (&fault["row"], &fault["column"], &fault["why"][0]),
        (&json!(2), &json!("D"), &json!("fault-quote-open"))
    );
    let refused = desk.ask("entries.import", json!({"file": file, "token": shown["token"]})).await.unwrap();
    assert!(refused["refused"].is_array(), "{refused}");
    assert_eq!(desk.found("").await.len(), 0, "nobody is registered");
}

#[tokio::test]
async fn a_status_can_hold_from_a_stage_on() {
    let folder = tempfile::tempdir().unwrap();
    let desk = template(&folder).await;
    let entry = desk.add(json!({"number": "S01"})).await["saved"].clone();
    let quiz = include_str!("../../../../docs/rulebooks/quiz-heats.json");
    desk.ask("rulebook.replace", json!({"json": quiz, "reason": "知识竞赛", "preview": false})).await.unwrap();
    let set = |stage: &str| json!({"entry": entry, "status": "disqualified", "stage": stage, "reason": "决赛中作弊"});
    assert_eq!(desk.change("entries.set_status", set("semi")).await.unwrap_err().code, "unknown-stage");
    desk.change("entries.set_status", set("final")).await.unwrap();
    let list = desk.ask("entries.list", json!({"search": ""})).await.unwrap();
    assert_eq!(list["stages"][0][0], "final", "the first stage is the beginning");
    assert_eq!(list["rows"][0]["stage"], "final");
    let whole = json!({"entry": entry, "status": "disqualified", "reason": "取消全部成绩"});
    desk.change("entries.set_status", whole).await.unwrap();
    let about = json!({"competition": desk.competition, "about": {"entry": entry}, "skip": 0, "limit": 20});
    let history = desk.app.dispatch("history.list", about, None).await.unwrap();
    let last = &history["lines"][0];
    let before = last["before"].as_str().unwrap();
    for (lang, stage) in [("zh-CN", "决赛"), ("en", "Final")] {
        let said = jiangsai_domain::view::standings::status_of_text(before, lang);
        assert_eq!(said, Some(("status-disqualified", Some(stage))), "{lang}");
    }
    assert_eq!(last["after"], "status-disqualified");
}
