//! What stands on the prints of the sample, read back from the PDF by another program.

use crate::{Desk, sample, sample_with_prizes};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::process::Command;

/// Pages of a document without their white space, which depends on where glyphs stand.
pub async fn printed(desk: &Desk, kind: Value, language: &str) -> Vec<String> {
    let document = json!({"event": desk.event, "kind": kind, "language": language});
    let request = json!({"competition": desk.competition, "document": document});
    let file = desk.app.dispatch("documents.render", request, None).await.unwrap();
    let bytes = STANDARD.decode(file["base64"].as_str().unwrap()).unwrap();
    keep(file["name"].as_str().unwrap(), &bytes);
    pages_of(&bytes)
}

/// Pages of a PDF, likewise.
pub fn pages_of(pdf: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("print.pdf");
    std::fs::write(&path, pdf).unwrap();
    let output = Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let squeezed = |page: &str| page.chars().filter(|letter| !letter.is_whitespace()).collect();
    text.trim_end_matches('\u{c}').split('\u{c}').map(squeezed).collect()
}

/// A list to post.
fn posted(whom: &Value) -> Value {
    json!({"result_list": {"whom": whom, "scores": false, "occupation": false, "period": "10月20日至24日", "contact": "某区总工会 0575-00000000"}})
}

/// Keeps the pages as a file where they can be looked at, when `JIANGSAI_PRINTS` names a folder.
fn keep(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("JIANGSAI_PRINTS") {
        std::fs::write(std::path::Path::new(&folder).join(name), bytes).unwrap();
    }
}

#[tokio::test]
async fn every_page_names_competition_event_sessions_page_time_and_version() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let rules = desk.ask("rulebook.show", json!({})).await.unwrap();
    let version = format!("规则第1版{}", &rules["hash"].as_str().unwrap()[..12]);
    for (kind, title) in [(json!("score_summary"), "成绩汇总表"), (json!("rank_list"), "名次表")] {
        let pages = printed(&desk, kind, "zh-CN").await;
        assert!(pages.len() > 1, "{title} is long enough to show it");
        for (at, page) in pages.iter().enumerate() {
            let number = format!("第{}页／共{}页", at + 1, pages.len());
            for wanted in [
                title,
                "2025年度某区工业废水处理工职业技能竞赛决赛",
                "赛项：工业废水处理工（高级工）",
                "场次：A、B、C",
                "打印时间：",
                "版本：",
                &version,
                "暂定",
                &number,
            ] {
                assert!(page.contains(wanted), "{title} page {} lacks {wanted}: {page}", at + 1);
            }
        }
    }
    let english = printed(&desk, json!("score_summary"), "en").await;
    assert!(english[0].contains("Session:A,B,C"), "{}", english[0]);
}

#[tokio::test]
async fn a_document_of_nobody_placed_yet_is_of_all_sessions() {
    let folder = tempfile::tempdir().unwrap();
    let desk = crate::template(&folder).await;
    let pages = printed(&desk, json!("score_summary"), "zh-CN").await;
    assert!(pages[0].contains("场次：全部"), "{}", pages[0]);
}

#[tokio::test]
async fn a_list_to_post_has_no_document_number_and_no_phone() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let list = desk.ask("entries.list", json!({"search": ""})).await.unwrap();
    let posted = printed(&desk, posted(&json!("all")), "zh-CN").await.concat();
    for row in list["rows"].as_array().unwrap() {
        let form = &row["form"];
        for field in ["document_number", "phone", "unit_code"] {
            let text = form[field].as_str().unwrap();
            assert!(!posted.contains(&text[text.len() - 4..]), "{field} of {} is posted", form["name"]);
        }
    }
}

#[tokio::test]
async fn winners_alone_are_posted_and_the_script_reads_backwards() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_with_prizes(&folder).await;
    let rows = desk.standings().await;
    let rows = rows.as_array().unwrap();
    let (first, last) = (rows[0]["name"].as_str().unwrap(), rows[11]["name"].as_str().unwrap());
    let posted = printed(&desk, posted(&json!({"winners": {"top": 3}})), "zh-CN").await.concat();
    assert!(posted.contains(first) && posted.contains(last), "the twelve who get a prize");
    assert!(!posted.contains(rows[12]["name"].as_str().unwrap()), "and nobody else");
    assert!(posted.contains("公示时间：10月20日至24日") && posted.contains("0575"), "{posted}");
    let script = printed(&desk, json!({"ceremony_script": {"top": 3}}), "zh-CN").await.concat();
    let place = |name: &str| script.find(name).unwrap_or_else(|| panic!("{name} is not in {script}"));
    assert!(place(last) < place(first) && place("优秀奖") < place("一等奖"), "from the last to the first");
    let list = printed(&desk, json!({"award_list": {"top": 3}}), "zh-CN").await.concat();
    assert!(list.contains("一等奖（1名）") && list.contains("优秀奖（6名）"), "{list}");
}

#[tokio::test]
async fn without_awards_in_the_rules_the_first_ranks_are_called() {
    let folder = tempfile::tempdir().unwrap();
    let desk = crate::template(&folder).await;
    let script = printed(&desk, json!({"ceremony_script": {"top": 3}}), "zh-CN").await.concat();
    assert!(script.contains("还没有可以列入的名次"), "nobody has a rank yet: {script}");
    let list = printed(&desk, json!({"award_list": {"top": 3}}), "zh-CN").await;
    assert_eq!(list.len(), 1, "an empty list is a page all the same");
}

#[tokio::test]
async fn the_grounds_of_a_rank_hold_every_mark_and_how_ties_were_broken() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let rows = desk.standings().await;
    let seven = rows.as_array().unwrap().iter().find(|row| row["number"] == "S07").unwrap();
    let kind = json!({"rank_reasons": {"whom": {"entry": seven["entry"]}}});
    let pages = printed(&desk, kind.clone(), "zh-CN").await;
    let all = pages.concat();
    for wanted in ["89.96", "0.3×87+0.7×91.23=89.961", "B3.1", "3.33", "3.5P01", "去掉1个最高、1个最低", "第1版"]
    {
        assert!(all.contains(wanted), "{wanted} is not in {all}");
    }
    let (number, total) = (pages.len(), format!("共{}页", pages.len()));
    assert!(
        pages.iter().all(|page| page.contains(&total) && page.contains("参赛号：S07")),
        "{number} pages of its own"
    );
    let tied = rows.as_array().unwrap().iter().find(|row| row["ahead"].is_array()).unwrap();
    let kind = json!({"rank_reasons": {"whom": {"entry": tied["entry"]}}});
    let all = printed(&desk, kind, "zh-CN").await.concat();
    assert!(all.contains("总分相同") && all.contains("列前"), "{all}");
}

#[tokio::test]
async fn rules_are_printed_with_the_fingerprint_that_the_screen_shows() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let shown = desk.ask("rulebook.show", json!({})).await.unwrap();
    let all = printed(&desk, json!({"rules": {"both": true}}), "zh-CN").await.concat();
    assert!(all.contains(shown["hash"].as_str().unwrap()), "the same fingerprint");
    assert!(all.contains("四舍五入") && all.to_lowercase().contains("rounded"), "in both languages");
}

#[tokio::test]
async fn a_notice_holds_the_people_of_its_unit_alone() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let rows = desk.standings().await;
    let rows = rows.as_array().unwrap();
    let unit = rows[0]["unit"].as_str().unwrap();
    let page = printed(&desk, json!({"unit_notices": {"unit": unit}}), "zh-CN").await.concat();
    for row in rows {
        let name = row["name"].as_str().unwrap();
        assert_eq!(page.contains(name), row["unit"] == unit, "{name} of {}", row["unit"]);
    }
    let all = printed(&desk, json!({"unit_notices": {"unit": null}}), "zh-CN").await;
    assert_eq!(all.len(), 20, "a page for each of twenty units");
    let document = json!({"event": desk.event, "kind": {"unit_notices": {"unit": "无此单位"}}, "language": "zh-CN"});
    let request = json!({"competition": desk.competition, "document": document});
    assert_eq!(desk.app.dispatch("documents.render", request, None).await.unwrap_err().code, "no-such-unit");
}

#[tokio::test]
async fn a_correction_is_printed_with_what_stood_before_and_why() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let none = printed(&desk, json!("corrections"), "zh-CN").await.concat();
    assert!(none.contains("没有更正"), "{none}");
    desk.finalise().await;
    desk.ask("results.reopen", json!({"reason": "查分"})).await.unwrap();
    desk.mark("80", "合计有误，查分后更正").await.unwrap();
    let all = printed(&desk, json!("corrections"), "zh-CN").await.concat();
    assert!(all.contains("合计有误") && all.contains("80") && all.contains("裁判长签字"), "{all}");
    let shown = desk.ask("rulebook.show", json!({})).await.unwrap();
    let mut rules: Value = serde_json::from_str(shown["json"].as_str().unwrap()).unwrap();
    rules["title"]["zh"] = "新版".into();
    let replace = json!({"json": rules.to_string(), "reason": "规则写错", "preview": false});
    desk.ask("rulebook.replace", replace).await.unwrap();
    let all = printed(&desk, json!("corrections"), "zh-CN").await.concat();
    for told in ["计分规则", "第1版", "第2版", "规则写错"] {
        assert!(all.contains(told), "{told} in {all}");
    }
}
