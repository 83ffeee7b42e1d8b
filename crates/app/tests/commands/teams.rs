//! Teams, proposals and duties: on screens, in prints, in the pack and the workbook.

use crate::commands::prints::printed;
use crate::{Desk, sample, sample_with_teams};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::io::Read as _;

/// A file of a document that is an archive (.docx, .xlsx).
pub async fn inside(desk: &Desk, kind: Value, format: &str, file: &str) -> String {
    let document = json!({"event": desk.event, "kind": kind, "language": "zh-CN", "format": format});
    let made = desk.ask_competition("documents.render", json!({"document": document})).await.unwrap();
    let bytes = STANDARD.decode(made["base64"].as_str().unwrap()).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(file).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn teams_stand_on_screen_in_their_list_in_the_workbook_and_in_the_pack() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_with_teams(&folder).await;
    let teams = desk.ask("standings.show", json!({})).await.unwrap()["teams"].clone();
    let first = &teams["rows"][0];
    assert_eq!((first["rank"].as_u64(), teams["name"]["zh"].as_str()), (Some(1), Some("团体总分")));
    assert_eq!(desk.ask("results.steps", json!({})).await.unwrap()["teams"], teams);
    let list = printed(&desk, json!("team_list"), "zh-CN").await.concat();
    for wanted in ["团体名次表", "团体总分", "监督人员签字", first["total"].as_str().unwrap()] {
        assert!(list.contains(wanted), "{wanted} is not in {list}");
    }
    // Cells of pages are cut into lines; those of a letter are whole.
    let letter = inside(&desk, json!("team_list"), "docx", "word/document.xml").await;
    let members = first["members"].as_array().unwrap().iter().map(|own| &own["name"]);
    for wanted in members.chain([&first["team"]]) {
        assert!(letter.contains(wanted.as_str().unwrap()), "{wanted} is not in {letter}");
    }
    let sheets = inside(&desk, json!("standings_workbook"), "pdf", "xl/workbook.xml").await;
    assert!(sheets.contains("成绩汇总表") && sheets.contains("团体名次表"), "{sheets}");
    let pack = json!({"event": desk.event, "language": "zh-CN", "top": 3, "period": "", "contact": ""});
    let pack = desk.ask_competition("pack.begin", json!({"pack": pack})).await.unwrap();
    let parts: Vec<&str> = pack["parts"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    for name in ["03 团体名次表.pdf", "03 团体名次表.docx", "05 拟推荐名单.pdf", "05 拟推荐名单.docx"]
    {
        assert!(parts.contains(&name), "{name} in {parts:?}");
    }
    desk.ask("draw.seal", json!({"officer": "模拟加密员", "supervisor": "模拟监督员"})).await.unwrap();
    let sealed = desk.ask("standings.show", json!({})).await.unwrap();
    assert_eq!(
        (&sealed["sealed"], &sealed["teams"]["rows"]),
        (&json!(true), &json!([])),
        "who are a team tells who is who"
    );
    let sheets = inside(&desk, json!("standings_workbook"), "pdf", "xl/workbook.xml").await;
    assert!(!sheets.contains("团体名次表"), "{sheets}");
}

#[tokio::test]
async fn rules_without_teams_and_proposals_have_no_lists_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    assert_eq!(desk.ask("standings.show", json!({})).await.unwrap()["teams"], Value::Null);
    assert_eq!(desk.ask("results.steps", json!({})).await.unwrap()["proposals"], json!([]));
    let list = printed(&desk, json!("team_list"), "zh-CN").await.concat();
    assert!(list.contains("没有可以列入的团体"), "{list}");
    let list = printed(&desk, json!("proposal_list"), "zh-CN").await.concat();
    assert!(list.contains("现在没有符合推荐条件的参赛者"), "{list}");
}

#[tokio::test]
async fn proposals_say_their_ground_and_that_nothing_is_granted() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_with_teams(&folder).await;
    let steps = desk.ask("results.steps", json!({})).await.unwrap();
    let group = &steps["proposals"][0];
    let proposed = group["proposed"].as_array().unwrap();
    let ranks: Vec<Option<u64>> = proposed.iter().map(|own| own["rank"].as_u64()).collect();
    assert_eq!(ranks, [Some(1), Some(2), Some(3)]);
    let list = printed(&desk, json!("proposal_list"), "zh-CN").await.concat();
    for own in proposed {
        let name = own["name"].as_str().unwrap();
        assert!(list.contains(name), "{name} is not in {list}");
    }
    for wanted in ["技术能手（推荐）（3名）", "不是授予结果"] {
        assert!(list.contains(wanted), "{wanted} is not in {list}");
    }
    let rule = group["rule"]["zh"].as_str().unwrap().replace(' ', "");
    assert!(list.contains(&rule), "{rule} is not in {list}");
    let letter = inside(&desk, json!("proposal_list"), "docx", "word/document.xml").await;
    let best = &proposed[0];
    for wanted in [best["unit"].as_str().unwrap(), "一等奖", "合格线", "双合格"] {
        assert!(letter.contains(wanted), "{wanted} is not in {letter}");
    }
}

#[tokio::test]
async fn duties_that_do_not_go_together_are_warned_of_and_printed_on_the_summary() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let list = desk.ask("paper.list", json!({})).await.unwrap();
    let of_seven = |sheet: &&Value| sheet["code"] == "A07" && sheet["judge"] == "";
    let sheet = list["sheets"].as_array().unwrap().iter().find(of_seven).unwrap()["number"].clone();
    let form = desk.ask("paper.find", json!({"number": sheet, "called": true})).await.unwrap();
    let texts: Vec<Value> = form["lines"].as_array().unwrap().iter().map(|line| line["mark"].clone()).collect();
    let typed = json!({"number": sheet, "by": "模拟甲员", "texts": texts, "total": "37.5", "reason": ""});
    desk.ask("paper.record", typed).await.unwrap();
    desk.ask("recheck.begin", json!({"extent": "all", "reason": ""})).await.unwrap();
    desk.ask("recheck.sheet", json!({"number": sheet, "by": "模拟甲员", "errors": 0, "note": ""})).await.unwrap();
    let seen = desk.ask("results.steps", json!({})).await.unwrap()["seen"].clone();
    let confirm = json!({"duty": "chief_judge", "name": "模拟甲员", "seen": seen, "reason": "颁奖在即"});
    desk.ask("results.confirm", confirm).await.unwrap();
    let duties = desk.ask("results.steps", json!({})).await.unwrap()["duties"].clone();
    let warnings: Vec<&str> =
        duties["warnings"].as_array().unwrap().iter().map(|warning| warning[0].as_str().unwrap()).collect();
    assert_eq!(warnings, ["duties-chief-judge-types", "duties-recheck-own"]);
    let people = duties["people"].as_array().unwrap();
    let own = people.iter().find(|own| own["name"] == "模拟甲员").unwrap();
    let held: Vec<&str> = own["held"].as_array().unwrap().iter().map(|duty| duty[0].as_str().unwrap()).collect();
    assert_eq!(held, ["duty-chief-judge", "duty-recorded", "duty-rechecked"]);
    let summary = printed(&desk, json!("score_summary"), "zh-CN").await.concat();
    for wanted in [
        "模拟甲员既是裁判长，又录分或核分。",
        "模拟甲员复核了自己录入的1张评分表。",
        "人员与职责：",
        "录入评分表1张",
        "评分裁判P01",
    ] {
        assert!(summary.contains(wanted), "{wanted} is not in {summary}");
    }
    let english = printed(&desk, json!("score_summary"), "en").await.concat();
    assert!(english.contains("Peopleandtheirduties:"), "{english}");
}
