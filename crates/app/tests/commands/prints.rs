//! What stands on the prints of the sample, read back from the PDF by another program.

use crate::{Desk, sample};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::process::Command;

/// Pages of a document without their white space, which depends on where glyphs stand.
pub async fn printed(desk: &Desk, kind: Value, language: &str) -> Vec<String> {
    let document = json!({"event": desk.event, "kind": kind, "language": language});
    let request = json!({"competition": desk.competition, "document": document});
    let file = desk.app.dispatch("documents.render", request, None).await.unwrap();
    pages_of(&STANDARD.decode(file["base64"].as_str().unwrap()).unwrap())
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

#[tokio::test]
async fn every_page_names_competition_event_sessions_page_time_and_version() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    for (kind, title) in [(json!("score_summary"), "成绩汇总表"), (json!({"result_list": {"top": 0}}), "成绩公示")]
    {
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
    let posted = printed(&desk, json!({"result_list": {"top": 0}}), "zh-CN").await.concat();
    for row in list["rows"].as_array().unwrap() {
        let form = &row["form"];
        for field in ["document_number", "phone", "unit_code"] {
            let text = form[field].as_str().unwrap();
            assert!(!posted.contains(&text[text.len() - 4..]), "{field} of {} is posted", form["name"]);
        }
    }
}
