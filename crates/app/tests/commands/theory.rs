//! Theory results from a file: whose they are, who has none, and theory as a cut to practice.

use crate::{Desk, create, upload};
use serde_json::{Value, json};

/// Practice is for who has 60 or more in theory.
const CUT: &str = include_str!("../../../../tests/data/rulebooks/cut.json");

async fn hall(folder: &tempfile::TempDir) -> Desk {
    let desk = create(folder, json!({"title": "模拟", "event": "", "from": {"rulebook": CUT}})).await;
    let people = [("S1", "模拟甲"), ("S2", "模拟乙"), ("S3", "模拟丙"), ("S4", "模拟丁")];
    for (at, (number, name)) in people.into_iter().enumerate() {
        let document = format!("E123456{at}");
        let own = json!({"number": number, "name": name, "document_kind": "护照", "document_number": document});
        assert!(desk.add(own).await["saved"].is_string(), "{number} is registered");
    }
    desk
}

#[tokio::test]
async fn results_find_their_entries_and_who_has_none_is_settled() {
    let folder = tempfile::tempdir().unwrap();
    let desk = hall(&folder).await;
    let csv = "参赛号,姓名,单位,理论\nS1,模拟甲,,80\n,模拟乙,,55.5\nS9,模拟戊,,70\n";
    let file = upload("theory.csv", csv.as_bytes());
    let shown = desk.ask("marks.preview", json!({"file": file})).await.unwrap();
    let asked: Vec<&Value> = shown["questions"].as_array().unwrap().iter().map(|one| &one["why"][0]).collect();
    assert_eq!(asked, ["question-by-name", "question-not-entered"]);
    let names = |shown: &Value| -> Vec<String> {
        shown["missing"].as_array().unwrap().iter().map(|one| one["number"].as_str().unwrap().to_owned()).collect()
    };
    assert!(names(&shown).is_empty(), "a row that nobody knows the owner of may be anybody's");
    let wrong = upload("theory.csv", "参赛号,姓名,单位,理论\nS1,模拟甲,,80\nS2,模拟乙,,五十\n".as_bytes());
    let wrong = desk.ask("marks.preview", json!({"file": wrong})).await.unwrap();
    assert_eq!(wrong["faults"].as_array().unwrap().len(), 1);
    assert!(names(&wrong).is_empty(), "S2 stands in the file, with a value that is none: nobody is offered as absent");
    let early = desk.ask("marks.import", json!({"file": file, "token": shown["token"]})).await.unwrap();
    assert!(early["refused"].is_array(), "a name alone decides nothing");
    let second = shown["questions"][0]["candidates"][0]["entry"].clone();
    let answers = json!([{"row": 3, "entry": second}, {"row": 4, "entry": null}]);
    let shown = desk.ask("marks.preview", json!({"file": file, "answers": answers})).await.unwrap();
    assert_eq!((&shown["faults"], names(&shown)), (&json!([]), vec!["S3".to_owned(), "S4".to_owned()]));
    let third = desk.entry("S3").await;
    // Somebody marked S3 by mistake, and cleared it.
    desk.first_mark("S3", "T", "12").await;
    let grid = desk.ask("marks.sheet", json!({"of": {"module": {"module": "theory", "judge": null}}})).await.unwrap();
    let row = grid["rows"].as_array().unwrap().iter().find(|row| row["entry"] == third).cloned().unwrap();
    let cleared = json!({"entry": third, "item": "T", "judge": null, "text": "", "replaces": row["cells"][0]["current"], "reason": ""});
    desk.ask("marks.enter", cleared).await.unwrap();
    let shown = desk.ask("marks.preview", json!({"file": file, "answers": answers})).await.unwrap();
    assert_eq!(names(&shown), ["S3", "S4"], "a cleared mark is no result");
    let import = |absent: Value| json!({"file": file, "token": shown["token"], "answers": answers, "absent": absent});
    let has_one = desk.ask("marks.import", import(json!([second]))).await.unwrap_err();
    assert_eq!(has_one.code, "stale-preview", "who has a result was not absent");
    desk.ask("marks.import", import(json!([third]))).await.unwrap();
    let again = desk.ask("marks.preview", json!({"file": file, "answers": answers})).await.unwrap();
    assert_eq!(names(&again), ["S4"], "S3 is settled as absent, S4 is still awaited");
}

#[tokio::test]
async fn who_does_not_pass_theory_has_nothing_to_mark_in_practice() {
    let folder = tempfile::tempdir().unwrap();
    let desk = hall(&folder).await;
    for (number, text) in [("S1", "80"), ("S2", "55.5"), ("S3", "60"), ("S4", "-")] {
        desk.first_mark(number, "T", text).await;
    }
    let unmarked =
        async || desk.ask_competition("competition.home", json!({})).await.unwrap()["counts"]["unmarked"].clone();
    assert_eq!(unmarked().await, 2, "practice of the two who go on");
    let list = desk.ask("paper.list", json!({})).await.unwrap();
    let practice =
        list["sheets"].as_array().unwrap().iter().filter(|sheet| sheet["module"]["zh"] == "技能操作").count();
    assert_eq!(practice, 2, "sheets for them alone: {list}");
    let hall = desk.hall().await;
    let waiting: Vec<&Value> = hall["sheets"].as_array().unwrap().iter().map(|sheet| &sheet["entry"]).collect();
    assert_eq!(waiting.len(), 2, "the hall waits for theirs alone: {hall}");
    let grid = desk.ask("marks.sheet", json!({"of": {"module": {"module": "practice", "judge": null}}})).await.unwrap();
    let states: Vec<&Value> = grid["rows"].as_array().unwrap().iter().map(|row| &row["cells"][0]["state"]).collect();
    assert_eq!(states.iter().filter(|state| ***state == "not_going_on").count(), 2, "{grid}");
    let judge = json!({"id": null, "judge": {"code": "L1", "name": "模拟组长", "kind": "group_leader", "unit": "", "retired": false}});
    let leader = desk.ask_competition("judges.save", judge).await.unwrap();
    desk.ask("modules.set_leader", json!({"module": "practice", "judge": leader})).await.unwrap();
    let token = desk.sign_in("L1").await;
    let own = desk.desk(&token, &Value::Null).await.unwrap();
    assert_eq!(own["sheets"].as_array().unwrap().len(), 2, "and so does the leader's desk: {own}");
    for number in ["S1", "S3"] {
        desk.first_mark(number, "P", "90").await;
    }
    assert_eq!(unmarked().await, 0);
    let ranks: Vec<(String, Option<u64>)> =
        desk.ranks().await.into_iter().map(|(number, rank, _)| (number, rank)).collect();
    let wanted = [("S1", Some(1)), ("S3", Some(2)), ("S2", Some(3)), ("S4", Some(4))];
    assert_eq!(ranks, wanted.map(|(number, rank)| (number.to_owned(), rank)), "behind those who went on");
}

#[tokio::test]
async fn marks_on_record_are_changed_by_a_file_only_as_shown_and_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let desk = hall(&folder).await;
    desk.first_mark("S1", "T", "80").await;
    let file = upload("theory.csv", "参赛号,理论\nS1,70\nS2,60\n".as_bytes());
    let preview = async || desk.ask("marks.preview", json!({"file": file})).await.unwrap();
    let import = async |shown: &Value, reason: &str| {
        desk.ask("marks.import", json!({"file": file, "token": shown["token"], "reason": reason})).await
    };
    let shown = preview().await;
    let change = json!([{"entry": "S1", "item": "T", "judge": "", "attempt": 1, "before": "80", "after": "70"}]);
    assert_eq!(shown["changes"], change, "what is given for the first time is no change");
    assert_eq!(import(&shown, " ").await.unwrap_err().code, "reason-needed");
    let (entry, current) = desk.theory().await;
    let by_hand = json!({"entry": entry, "item": "T", "judge": null, "text": "75", "replaces": current, "reason": ""});
    desk.ask("marks.enter", by_hand).await.unwrap();
    assert_eq!(import(&shown, "重新阅卷").await.unwrap_err().code, "stale-preview", "80 was shown, 75 stands");
    let shown = preview().await;
    import(&shown, "重新阅卷").await.unwrap();
    let about = json!({"about": "all", "skip": 0, "limit": 2});
    let lines = desk.ask_competition("history.list", about).await.unwrap()["lines"].clone();
    let told = |line: &Value| (line["before"].clone(), line["after"].clone(), line["reason"].clone());
    let told: Vec<_> = lines.as_array().unwrap().iter().map(told).collect();
    assert!(told.contains(&(json!("75"), json!("70"), json!("重新阅卷"))), "{told:?}");
    assert!(told.contains(&(json!(""), json!("60"), json!(""))), "a first mark needs no reason: {told:?}");

    // Two computers gave different marks: a file does not decide between them.
    let other = json!({"entry": entry, "item": "T", "judge": null, "text": "71", "replaces": current, "reason": ""});
    desk.ask("marks.enter", other).await.unwrap();
    let shown = preview().await;
    assert_eq!((&shown["faults"][0]["why"][0], &shown["faults"][0]["row"]), (&json!("fault-mark-crossing"), &json!(2)));
    assert!(import(&shown, "x").await.unwrap()["refused"].is_array());
}
