//! Bulletins: provisional results, 公示, correction, 公告; that none changes afterwards, and none joins names to codes.

use crate::commands::prints::printed;
use crate::{Desk, sample_marked_in_the_hall, sample_with_prizes};
use jiangsai_app::App;
use jiangsai_app::host::Host;
use jiangsai_domain::command::WireError;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// A calendar that is turned by hand.
struct Calendar(Mutex<&'static str>);

impl Host for Calendar {
    fn now_ms(&self) -> i64 {
        1_760_000_000_000
    }

    fn today(&self) -> String {
        (*self.0.lock().unwrap()).to_owned()
    }

    fn moment(&self, _: i64) -> String {
        "2025-10-20 09:00".to_owned()
    }

    fn computer(&self) -> String {
        String::new()
    }

    fn can_open_files(&self) -> bool {
        false
    }

    fn open_file(&self, _: &Path) -> Result<(), String> {
        Err("no viewer".to_owned())
    }
}

/// The sample with prizes, on 20 October 2025.
async fn on_a_day(folder: &TempDir) -> (Desk, Arc<Calendar>) {
    let Desk { app, competition, event } = sample_with_prizes(folder).await;
    drop(app);
    let calendar = Arc::new(Calendar(Mutex::new("2025-10-20")));
    let app = App::open(folder.path(), Arc::<Calendar>::clone(&calendar)).await.unwrap();
    (Desk { app, competition, event }, calendar)
}

fn wanted(kind: &str, whom: &Value) -> Value {
    let period = (kind == "posted").then(|| json!({"from": "2025-10-20", "until": "2025-10-26"}));
    json!({"kind": kind, "columns": {"whom": whom, "scores": true, "occupation": false}, "period": period,
        "contact": "某区总工会 0575-00000000", "by": "模拟组织者", "corrects": null, "reason": "", "token": ""})
}

impl Desk {
    /// Looks at what would be published, and publishes that.
    async fn publish(&self, mut bulletin: Value) -> Result<Value, WireError> {
        bulletin["token"] = self.ask("bulletins.publish", bulletin.clone()).await?["token"].clone();
        self.ask("bulletins.publish", bulletin).await
    }

    async fn bulletins(&self) -> Vec<Value> {
        self.ask("bulletins.list", json!({})).await.unwrap()["lines"].as_array().unwrap().clone()
    }

    /// Why a bulletin is not published.
    async fn refused(&self, bulletin: Value) -> String {
        self.publish(bulletin).await.unwrap_err().code
    }
}

#[tokio::test]
async fn provisional_results_are_published_as_seen_and_never_change() {
    let folder = tempfile::tempdir().unwrap();
    let (desk, _) = on_a_day(&folder).await;
    let provisional = wanted("provisional", &json!("all"));
    let preview = desk.ask("bulletins.publish", provisional.clone()).await.unwrap();
    assert_eq!((&preview["number"], &preview["done"]), (&json!(1), &json!(false)));
    assert!(desk.bulletins().await.is_empty(), "a preview publishes nothing");
    let mut stale = provisional.clone();
    stale["token"] = preview["token"].clone();
    desk.mark("80", "").await.unwrap();
    assert_eq!(desk.ask("bulletins.publish", stale).await.unwrap_err().code, "bulletin-stale");
    let mut nameless = provisional.clone();
    nameless["by"] = " ".into();
    assert_eq!(desk.refused(nameless).await, "missing-name");
    let published = desk.publish(provisional.clone()).await.unwrap();
    let standings = desk.standings().await;
    let rows = published["bulletin"]["rows"].as_array().unwrap();
    assert_eq!(rows.len(), standings.as_array().unwrap().len(), "everybody");
    assert_eq!((&rows[0]["name"], &rows[0]["number"]), (&standings[0]["name"], &standings[0]["number"]));
    assert!(rows.iter().all(|row| row.get("awards").is_none()), "no prizes before results are final");
    let page = printed(&desk, json!({"bulletin": {"number": 1}}), "zh-CN").await;
    desk.mark("60", "").await.unwrap();
    let line = desk.bulletins().await.remove(0);
    assert_eq!((&line["state"], &line["holds"]), (&json!("stands"), &json!(false)), "standings went on");
    assert_eq!(line["content"], published["bulletin"], "what was published did not");
    assert_eq!(printed(&desk, json!({"bulletin": {"number": 1}}), "zh-CN").await, page, "nor its print");
    assert!(
        page.concat().contains("成绩公布（暂定）（第1号）") && page.concat().contains("暂定成绩公布如下"),
        "{page:?}"
    );

    assert_eq!(desk.refused(provisional.clone()).await, "bulletin-stands", "one of a kind stands");
    let correction = |number: u32, reason: &str| {
        let mut own = provisional.clone();
        (own["corrects"], own["reason"]) = (number.into(), reason.into());
        own
    };
    assert_eq!(desk.refused(correction(1, " ")).await, "reason-needed");
    assert_eq!(desk.refused(correction(7, "理论改分")).await, "bulletin-unknown");
    desk.publish(correction(1, "理论改分")).await.unwrap();
    let lines = desk.bulletins().await;
    let told: Vec<_> = lines.iter().map(|line| (&line["number"], &line["state"], &line["corrected_by"])).collect();
    assert_eq!(told[0], (&json!(2), &json!("stands"), &Value::Null));
    assert_eq!(told[1], (&json!(1), &json!("corrected"), &json!(2)), "the old one stays visible, struck");
    assert_eq!((&lines[0]["reason"], &lines[0]["corrects"]), (&json!("理论改分"), &json!(1)));
    assert_eq!(desk.refused(correction(1, "再改")).await, "bulletin-corrected", "the newest is corrected");
    let old = printed(&desk, json!({"bulletin": {"number": 1}}), "zh-CN").await.concat();
    assert!(old.contains("本期已由第2号更正"), "{old}");
}

#[tokio::test]
async fn final_results_hang_for_their_period_and_are_announced_when_nobody_waits_for_an_answer() {
    let folder = tempfile::tempdir().unwrap();
    let (desk, calendar) = on_a_day(&folder).await;
    let (posted, announced) = (wanted("posted", &json!({"winners": {"top": 3}})), wanted("announced", &json!("all")));
    assert_eq!(desk.refused(posted.clone()).await, "bulletin-not-final");
    desk.finalise().await;
    assert_eq!(desk.refused(wanted("provisional", &json!("all"))).await, "bulletin-locked");
    assert_eq!(desk.refused(announced.clone()).await, "bulletin-not-posted");
    let during = |from: &str, until: &str, reason: &str| {
        let mut own = posted.clone();
        (own["period"], own["reason"]) = (json!({"from": from, "until": until}), reason.into());
        own
    };
    assert_eq!(desk.refused(during("2025-10-19", "2025-10-26", "")).await, "bulletin-period-past");
    assert_eq!(desk.refused(during("2025-10-26", "2025-10-20", "")).await, "bulletin-period");
    assert_eq!(desk.refused(during("2025-10-20", "2025-10-23", "")).await, "bulletin-short");
    let published = desk.publish(posted.clone()).await.unwrap();
    let rows = published["bulletin"]["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 12, "1 + 2 + 3 + 6 winners");
    assert_eq!(rows[0]["awards"][0]["zh"], "一等奖");
    assert!(rows[0].get("number").is_none(), "a 公示 lists names, no numbers");
    let page = printed(&desk, json!({"bulletin": {"number": 1}}), "zh-CN").await.concat();
    for told in ["公示（第1号）", "2025-10-20至2025-10-26", "某区总工会", rows[0]["name"].as_str().unwrap()]
    {
        assert!(page.contains(told), "{told} in {page}");
    }
    assert!(!page.contains("暂定"), "no watermark: {page}");
    let letter =
        json!({"event": desk.event, "kind": {"bulletin": {"number": 1}}, "language": "zh-CN", "format": "docx"});
    let letter = desk.ask_competition("documents.render", json!({"document": letter})).await.unwrap();
    assert_eq!(letter["name"], "公告栏第1号.docx");

    let entry = desk.entry("S07").await;
    let asked = json!({"entry": entry, "by": "模拟领队", "text": "查总分"});
    let inquiry = desk.ask("inquiry.raise", asked).await.unwrap();
    let early = desk.publish(announced.clone()).await.unwrap_err();
    assert_eq!(early.code, "bulletin-period-open");
    assert!(early.message.contains("2025-10-26"), "{}", early.message);
    *calendar.0.lock().unwrap() = "2025-10-27";
    assert_eq!(desk.refused(announced.clone()).await, "bulletin-inquiries");
    let answer = json!({"inquiry": inquiry, "by": "模拟裁判长", "corrected": true, "text": "理论改分"});
    desk.ask("inquiry.answer", answer).await.unwrap();
    desk.ask("results.reopen", json!({"reason": "查分"})).await.unwrap();
    desk.mark("60", "查分后更正").await.unwrap();
    desk.finalise().await;
    assert_eq!(desk.refused(announced.clone()).await, "bulletin-posted-other", "other results have to hang first");
    let mut correction = during("2025-10-27", "2025-10-31", "查分后更正");
    correction["corrects"] = 1.into();
    desk.publish(correction).await.unwrap();
    assert_eq!(desk.refused(announced.clone()).await, "bulletin-period-open", "and for their own period");
    *calendar.0.lock().unwrap() = "2025-11-01";
    let published = desk.publish(announced).await.unwrap();
    assert_eq!((&published["number"], &published["done"]), (&json!(3), &json!(true)), "numbers go on over all kinds");
    let history = json!({"about": "settings", "skip": 0, "limit": 1});
    let history = desk.ask_competition("history.list", history).await.unwrap();
    assert_eq!(history["lines"][0]["what"][0], "history-bulletin", "{history}");
}

#[tokio::test]
async fn while_names_are_sealed_bulletins_go_by_code_and_those_of_before_are_withheld() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_marked_in_the_hall(&folder).await;
    desk.publish(wanted("provisional", &json!("all"))).await.unwrap();
    let names: Vec<String> =
        desk.standings().await.as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect();
    desk.ask("draw.seal", json!({"officer": "模拟加密员", "supervisor": "模拟监督员"})).await.unwrap();
    let line = desk.bulletins().await.remove(0);
    assert_eq!(line["content"], Value::Null, "a name beside a total would tell whose code it is");
    let document = json!({"event": desk.event, "kind": {"bulletin": {"number": 1}}, "language": "zh-CN"});
    let print = json!({"document": document});
    assert_eq!(desk.ask_competition("documents.render", print.clone()).await.unwrap_err().code, "names-sealed");
    let mut correction = wanted("provisional", &json!("all"));
    (correction["corrects"], correction["reason"]) = (1.into(), "改按匿名号公布".into());
    let coded = desk.publish(correction).await.unwrap();
    assert!(names.iter().all(|name| !coded.to_string().contains(name)), "by code: {coded}");
    assert!(coded["bulletin"]["sealed"].as_bool().unwrap());
    let page = printed(&desk, json!({"bulletin": {"number": 2}}), "zh-CN").await.concat();
    assert!(page.contains("匿名号") && names.iter().all(|name| !page.contains(name)), "{page}");
    assert_eq!(desk.bulletins().await[0]["content"], coded["bulletin"], "what goes by code is shown");
    for (office, name) in [("draw_officer", "模拟加密员"), ("supervisor", "模拟监督员")] {
        desk.ask("draw.unseal", json!({"office": office, "name": name, "reason": "试一试"})).await.unwrap();
    }
    let lines = desk.bulletins().await;
    assert!(lines.iter().all(|line| line["content"].is_object()), "after unsealing both are shown");
    assert!(desk.ask_competition("documents.render", print).await.is_ok());
}
