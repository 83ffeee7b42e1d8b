//! Re-checking results: a sample that can be drawn again, errors that widen it, its record, and what delegations ask.

use crate::commands::prints::printed;
use crate::sample;
use serde_json::{Value, json};

#[tokio::test]
async fn a_sample_with_too_many_errors_widens_to_every_sheet() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let begin = |rest: u32, reason: &str| json!({"extent": {"first_ten": {"rest": rest}}, "reason": reason});
    assert_eq!(desk.ask("recheck.begin", begin(14, "")).await.unwrap_err().code, "recheck-rest");
    desk.ask("recheck.begin", begin(15, "")).await.unwrap();
    assert_eq!(desk.ask("recheck.begin", begin(20, "")).await.unwrap_err().code, "reason-needed");
    let shown = desk.ask("recheck.show", json!({})).await.unwrap();
    assert_eq!(shown["seed"].as_str().unwrap().len(), 32, "the seed is on record");
    let sheets = shown["sheets"].as_array().unwrap().clone();
    let of = |why: &str| sheets.iter().filter(|line| line["why"] == why).count();
    // Eleven sheets an entry: one of module A, six of B, four of C. Theory comes in as a file.
    assert_eq!((of("recheck-why-first"), of("recheck-why-drawn")), (110, 8 * 11), "ten, and 15 % of the 48 others");
    let number = |at: usize| sheets[at]["sheet"]["number"].clone();
    let look = |at: usize, errors: u32, note: &str| json!({"number": number(at), "by": "模拟复核员", "errors": errors, "note": note});
    assert_eq!(desk.ask("recheck.sheet", look(0, 1, " ")).await.unwrap_err().code, "recheck-note");
    assert_eq!(desk.ask("recheck.sheet", look(0, 0, "2处漏录")).await.unwrap_err().code, "recheck-count");
    desk.ask("recheck.sheet", look(0, 0, "")).await.unwrap();
    for at in 1..10 {
        desk.ask("recheck.sheet", look(at, 1, "B2.2 漏录")).await.unwrap();
    }
    let shown = desk.ask("recheck.show", json!({})).await.unwrap();
    let counts = (&shown["done"], &shown["wrong"], &shown["all"]);
    assert_eq!(counts, (&json!(10), &json!(9), &json!(false)), "nine of 198 sheets are tolerated");
    desk.ask("recheck.sheet", look(0, 2, "合计加错")).await.unwrap();
    let shown = desk.ask("recheck.show", json!({})).await.unwrap();
    assert_eq!(shown["all"], true);
    assert!(shown["sheets"].as_array().unwrap().len() > sheets.len(), "every sheet now");
    let record = printed(&desk, json!("recheck_record"), "zh-CN").await.concat();
    for wanted in ["模拟复核员", "合计加错", "复核全部评分表", "监督人员签字"] {
        assert!(record.contains(wanted), "{wanted} stands on the record");
    }
    desk.ask("recheck.begin", begin(15, "更正后再复核一次")).await.unwrap();
    let shown = desk.ask("recheck.show", json!({})).await.unwrap();
    let counts = (&shown["done"], &shown["wrong"], &shown["all"]);
    assert_eq!(counts, (&json!(0), &json!(0), &json!(false)), "begun anew, nothing has been looked at");
    // Others were drawn this time.
    let again = json!({"number": shown["sheets"][0]["sheet"]["number"], "by": "模拟复核员", "errors": 0, "note": ""});
    desk.ask("recheck.sheet", again).await.unwrap();
    assert_eq!(desk.ask("recheck.show", json!({})).await.unwrap()["done"], 1);
}

#[tokio::test]
async fn what_a_delegation_asks_is_answered_and_on_record() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let entry = desk.entry("S07").await;
    let raise = |entry: &Value, text: &str| json!({"entry": entry, "by": "模拟领队", "text": text});
    assert_eq!(desk.ask("inquiry.raise", raise(&json!("nobody"), "查总分")).await.unwrap_err().code, "unknown-entry");
    assert_eq!(desk.ask("inquiry.raise", raise(&entry, " ")).await.unwrap_err().code, "inquiry-empty");
    let id = desk.ask("inquiry.raise", raise(&entry, "模块B 总分")).await.unwrap();
    let answer = |id: &Value| json!({"inquiry": id, "by": "模拟裁判长", "corrected": false, "text": "加总无误"});
    assert_eq!(desk.ask("inquiry.answer", answer(&json!("0"))).await.unwrap_err().code, "inquiry-unknown");
    desk.ask("inquiry.answer", answer(&id)).await.unwrap();
    let shown = desk.ask("recheck.show", json!({})).await.unwrap();
    let line = &shown["inquiries"][0];
    assert_eq!((&line["number"], &line["answer"]["text"]), (&json!("S07"), &json!("加总无误")));
    desk.ask("draw.seal", json!({"officer": "模拟加密员", "supervisor": "模拟监督员"})).await.unwrap();
    let shown = desk.ask("recheck.show", json!({})).await.unwrap();
    assert_eq!(
        (&shown["inquiries"], &shown["sealed"]),
        (&json!([]), &json!(true)),
        "who asks would tell whose code it is"
    );
    assert_eq!(desk.ask("inquiry.raise", raise(&entry, "查总分")).await.unwrap_err().code, "sealed");
}
