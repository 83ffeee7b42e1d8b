//! The chief judge's view: who is behind, what is out of line, marks given again, 回避.

use crate::{Desk, sample, template};
use serde_json::{Value, json};

impl Desk {
    pub(super) async fn hall(&self) -> Value {
        self.ask("hall.show", json!({})).await.unwrap()
    }

    /// Total as printed of an entry in the standings, or empty.
    pub(super) async fn total(&self, entry: &Value) -> String {
        let view = self.ask("standings.show", json!({})).await.unwrap();
        let at = view["columns"].as_array().unwrap().iter().position(|column| column["total"] == true).unwrap();
        let rows = view["rows"].as_array().unwrap().clone();
        let row = rows.iter().find(|row| row["entry"] == *entry).unwrap();
        row["values"][at].as_str().unwrap().to_owned()
    }
}

fn of<'a>(list: &'a Value, entry: &Value, judge: &Value) -> &'a Value {
    list.as_array().unwrap().iter().find(|sheet| sheet["entry"] == *entry && sheet["judge"] == *judge).unwrap()
}

#[tokio::test]
async fn the_hall_shows_who_has_not_signed_and_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let (token, judge) = (desk.sign_in("P03").await, desk.judge("P03").await);
    let at = desk.desk(&token, &Value::Null).await.unwrap()["sheet"]["at"].clone();
    desk.at_desk(&token, &at, "B3.3", "").await.unwrap();
    let hall = desk.hall().await;
    let sheet = of(&hall["sheets"], &at["entry"], &judge).clone();
    assert_eq!((&sheet["missing"], &sheet["state"], &sheet["who"]), (&json!(["B3.3"]), &json!("open"), &json!("P03")));
    let behind = hall["groups"].as_array().unwrap().iter().find(|group| group["missing"] == 1).cloned().unwrap();
    assert_eq!((&behind["judge"], &behind["signed"]), (&json!("P03"), &json!(0)));
    desk.at_desk(&token, &at, "B3.3", "2").await.unwrap();
    desk.sign(&token, &at).await.unwrap();
    let hall = desk.hall().await;
    assert_eq!(of(&hall["sheets"], &at["entry"], &judge)["state"], "signed");
    let group = hall["groups"].as_array().unwrap().iter().find(|group| group["judge"] == "P03").cloned().unwrap();
    assert_eq!((&group["signed"], &group["missing"]), (&json!(1), &json!(0)));
}

#[tokio::test]
async fn a_spread_is_shown_marked_again_and_both_marks_stand_there() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let (token, judge) = (desk.sign_in("X01").await, desk.judge("X01").await);
    let entry = desk.desk(&token, &Value::Null).await.unwrap()["sheet"]["at"]["entry"].clone();
    let at = json!({"entry": entry, "module": "C", "common": false});
    // The others gave it at least 1: more than one level apart.
    desk.at_desk(&token, &at, "C4.1", "0").await.unwrap();
    for code in ["X02", "X03"] {
        let token = desk.sign_in(code).await;
        desk.at_desk(&token, &at, "C4.1", "2").await.unwrap();
    }
    let hall = desk.hall().await;
    let check = hall["checks"].as_array().unwrap().iter().find(|check| check["item"] == "C4.1").cloned().unwrap();
    assert_eq!((&check["spread"], &check["limit"], &check["marks"][0][2]), (&json!("2"), &json!("1"), &json!("0")));
    desk.sign(&token, &at).await.unwrap();
    let ask = |withdraw: bool, reason: &str| json!({"entry": entry, "item": "C4.1", "judges": [judge], "withdraw": withdraw, "reason": reason});
    assert_eq!(desk.ask("marks.rescore", ask(false, "")).await.unwrap_err().code, "reason-needed");
    desk.ask("marks.rescore", ask(false, "与同组相差两级")).await.unwrap();
    let shown = desk.desk(&token, &at).await.unwrap()["sheet"].clone();
    assert_eq!(
        (&shown["state"], &shown["missing"]),
        (&json!("reopened"), &json!(["C4.1"])),
        "opened, and to be marked"
    );
    assert_eq!(shown["items"][0]["first"], json!(["0"]));
    desk.at_desk(&token, &at, "C4.1", "1").await.unwrap();
    let hall = desk.hall().await;
    let again = &hall["rescores"][0];
    assert_eq!((&again["first"], &again["now"], &again["done"]), (&json!("0"), &json!("1"), &json!(true)));
    assert!(hall["checks"].as_array().unwrap().iter().all(|check| check["item"] != "C4.1"), "within a level now");
    // The same mark once more is an answer too.
    desk.ask("marks.rescore", ask(false, "再看一次")).await.unwrap();
    desk.at_desk(&token, &at, "C4.1", "1").await.unwrap();
    assert!(desk.hall().await["rescores"][0]["done"].as_bool().unwrap());
}

#[tokio::test]
async fn a_check_that_cannot_run_says_with_how_many_judges() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let token = desk.sign_in("X01").await;
    let entry = desk.desk(&token, &Value::Null).await.unwrap()["sheet"]["at"]["entry"].clone();
    let at = json!({"entry": entry, "module": "C", "common": false});
    for code in ["X01", "X02"] {
        let token = desk.sign_in(code).await;
        desk.at_desk(&token, &at, "C4.2", "-").await.unwrap();
    }
    let hall = desk.hall().await;
    let check = hall["checks"].as_array().unwrap().iter().find(|check| check["item"] == "C4.2").cloned().unwrap();
    assert_eq!((&check["spread"], &check["marked"]), (&Value::Null, &json!(1)));
}

#[tokio::test]
async fn marks_without_a_limit_are_shown_and_one_judge_alone_marks_again() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let shown = desk.ask("hall.panel", json!({"item": "B3.1"})).await.unwrap();
    assert_eq!(shown["limit"], "", "the rules set none");
    let items = desk.hall().await["panel_items"].clone();
    let limits = items.as_array().unwrap().iter().map(|item| (item[0].as_str().unwrap(), item[2].as_str().unwrap()));
    let limits: Vec<_> = limits.collect();
    assert!(limits.contains(&("B3.1", "")) && limits.contains(&("C4.1", "1")), "{limits:?}");
    let widest = &shown["rows"][0];
    let marks = widest["marks"].as_array().unwrap();
    let out = marks.iter().find(|mark| mark["farthest"] == true).unwrap();
    let ask = json!({"entry": widest["entry"], "item": "B3.1", "judges": [out["judge"]], "withdraw": false, "reason": "偏离同组"});
    desk.ask("marks.rescore", ask).await.unwrap();
    let rescores = desk.hall().await["rescores"].clone();
    assert_eq!(rescores.as_array().unwrap().len(), 1, "nobody else marks again");
    assert_eq!((&rescores[0]["who"], &rescores[0]["done"]), (&out["code"], &json!(false)));
}

#[tokio::test]
async fn a_recused_judge_does_not_mark_the_entry_and_the_substitute_does() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let (token, judge) = (desk.sign_in("X01").await, desk.judge("X01").await);
    let substitute = desk.judge("P05").await;
    let entry = desk.desk(&token, &Value::Null).await.unwrap()["sheet"]["at"]["entry"].clone();
    let at = json!({"entry": entry, "module": "C", "common": false});
    let before = desk.total(&entry).await;
    let seat = |recused: bool, substitute: &Value, reason: &str| json!({"entry": entry, "panel": "craft", "seat": judge, "recused": recused, "substitute": substitute, "reason": reason});
    assert_eq!(desk.ask("seats.set", seat(true, &substitute, "")).await.unwrap_err().code, "reason-needed");
    let taken = desk.judge("X02").await;
    assert_eq!(desk.ask("seats.set", seat(true, &taken, "师徒")).await.unwrap_err().code, "already-on-panel");
    desk.ask("seats.set", seat(true, &substitute, "师徒关系")).await.unwrap();
    assert_eq!(desk.desk(&token, &at).await.unwrap_err().code, "not-your-sheet");
    assert_eq!(desk.total(&entry).await, "", "the first marks do not count, and the new ones are not there");
    let other = desk.sign_in("P05").await;
    desk.at_desk(&other, &at, "C4.1", "2").await.unwrap();
    desk.at_desk(&other, &at, "C4.2", "2").await.unwrap();
    assert_ne!(desk.total(&entry).await, "", "the seat is marked again");
    let hall = desk.hall().await;
    assert_eq!((&hall["seats"][0]["judge"], &hall["seats"][0]["sitting"]), (&json!("X01"), &json!("P05")));
    desk.ask("seats.set", seat(false, &Value::Null, "查明并非师徒")).await.unwrap();
    assert_eq!(desk.total(&entry).await, before, "the first marks count again");
    desk.ask("seats.set", seat(true, &Value::Null, "无候补")).await.unwrap();
    let sheet = desk.ask("marks.sheet", json!({"of": {"item": "C4.1"}})).await.unwrap();
    let row = sheet["rows"].as_array().unwrap().iter().find(|row| row["entry"] == entry).cloned().unwrap();
    assert_eq!(row["cells"][0]["text"], "", "nobody sits there");
}

#[tokio::test]
async fn the_record_of_the_hall_says_what_happened_and_is_a_form_where_nothing_did() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let print = async |desk: &Desk| crate::commands::prints::printed(desk, json!("incidents"), "zh-CN").await.concat();
    let form = print(&template(&other).await).await;
    assert!(form.contains("没有记录赛场情况") && form.contains("参赛者签字"), "{form}");
    let desk = sample(&folder).await;
    let token = desk.sign_in("X03").await;
    let entry = desk.desk(&token, &Value::Null).await.unwrap()["sheet"]["at"]["entry"].clone();
    let at = json!({"entry": entry, "module": "C", "common": true});
    let about = |mut more: Value| {
        more["token"] = token.clone().into();
        more["at"] = at.clone();
        more
    };
    desk.ask("desk.extra_time", about(json!({"seconds": 150, "reason": "设备断电"}))).await.unwrap();
    let refused = json!({"confirmation": "refused", "reason": "不认可读数"});
    desk.ask("desk.confirm", about(refused)).await.unwrap();
    let judge = desk.judge("P02").await;
    let recused = json!({"entry": at["entry"], "panel": "craft", "seat": desk.judge("X02").await, "recused": true, "substitute": judge, "reason": "师徒关系"});
    desk.ask("seats.set", recused).await.unwrap();
    let left = json!({"entry": at["entry"], "status": "retired", "reason": "身体不适"});
    desk.ask_competition("entries.set_status", left).await.unwrap();
    let said = print(&desk).await;
    for wanted in ["补时2:30", "设备断电", "场成绩上签字", "不认可读数", "由P02评分", "师徒关系", "身体不适"]
    {
        assert!(said.contains(wanted), "{wanted} in {said}");
    }
    assert!(!said.contains("没有记录"), "{said}");
}

#[tokio::test]
async fn a_substitute_does_not_take_a_second_seat_of_the_panel() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let token = desk.sign_in("X01").await;
    let entry = desk.desk(&token, &Value::Null).await.unwrap()["sheet"]["at"]["entry"].clone();
    let [x1, x2, substitute] = [desk.judge("X01").await, desk.judge("X02").await, desk.judge("P05").await];
    let seat = json!({"entry": entry, "panel": "craft", "seat": x1, "recused": true, "substitute": substitute, "reason": "师徒"});
    desk.ask("seats.set", seat).await.unwrap();
    let replace = |judge: &Value| json!({"panel": "craft", "judge": judge, "by": substitute, "reason": "突发疾病"});
    assert_eq!(desk.ask("judges.replace", replace(&x2)).await.unwrap_err().code, "already-on-panel");
    let members = json!({"panel": "craft", "members": [x1, x2, substitute], "reason": "调整"});
    assert_eq!(desk.ask("panels.set", members).await.unwrap_err().code, "already-on-panel");
    desk.ask("judges.replace", replace(&x1)).await.unwrap();
    let hall = desk.hall().await;
    let own = hall["sheets"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|sheet| sheet["entry"] == entry && sheet["module"] == "C" && sheet["judge"] == substitute);
    assert_eq!(own.count(), 1, "the seat that was taken for one entry is taken for good");
}
