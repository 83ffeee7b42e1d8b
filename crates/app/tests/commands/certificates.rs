//! Certificates: numbers once results are final, each once and for good; pictures that can be printed, and no others.

use crate::{Desk, sample, sample_with_prizes, upload};
use serde_json::{Value, json};

/// A picture of two by two points.
pub(crate) const SEAL: &[u8] = include_bytes!("../../../documents/tests/data/seal.png");

async fn list(desk: &Desk) -> Value {
    desk.ask("certificates.list", json!({"top": 3})).await.unwrap()
}

async fn issue(desk: &Desk, pattern: &str) -> Result<Value, jiangsai_domain::command::WireError> {
    desk.ask("certificates.issue", json!({"pattern": pattern, "first": 1, "top": 3})).await
}

#[tokio::test]
async fn numbers_are_given_once_in_order_and_never_again() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_with_prizes(&folder).await;
    assert_eq!(issue(&desk, "###号").await.unwrap_err().code, "certificate-not-final", "ranks may still change");
    desk.finalise().await;
    assert_eq!(issue(&desk, "号").await.unwrap_err().code, "certificate-pattern");
    assert_eq!(issue(&desk, "赛证〔2025〕###号").await.unwrap(), 12);
    let given = list(&desk).await;
    let rows = given["rows"].as_array().unwrap();
    let numbers: Vec<&str> = rows.iter().map(|row| row["certificate"]["number"].as_str().unwrap()).collect();
    assert_eq!((numbers[0], numbers[11]), ("赛证〔2025〕001号", "赛证〔2025〕012号"), "the highest award first");
    let ids: std::collections::BTreeSet<&str> =
        rows.iter().map(|row| row["certificate"]["verification"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 12, "each has an id of its own");
    assert_eq!(issue(&desk, "赛证〔2025〕###号").await.unwrap_err().code, "certificate-nobody", "nobody is left");
    let kind = json!({"certificates": {"whom": {"winners": {"top": 3}}}});
    let document = json!({"event": desk.event, "kind": kind, "language": "zh-CN"});
    let request = json!({"competition": desk.competition, "document": document});
    let once = desk.app.dispatch("documents.render", request.clone(), None).await.unwrap();
    let again = desk.app.dispatch("documents.render", request, None).await.unwrap();
    assert_eq!(once["base64"], again["base64"], "printed again it is the same to the byte");
}

#[tokio::test]
async fn who_loses_the_award_keeps_a_number_that_nobody_else_gets() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    desk.finalise().await;
    issue(&desk, "##").await.unwrap();
    let first = list(&desk).await["rows"][0].clone();
    desk.ask("results.reopen", json!({"reason": "举报属实"})).await.unwrap();
    let status = json!({"entry": first["entry"], "status": "disqualified", "reason": "举报属实"});
    desk.ask_competition("entries.set_status", status).await.unwrap();
    desk.finalise().await;
    let after = list(&desk).await;
    let superseded: Vec<&str> =
        after["superseded"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    assert!(superseded.contains(&first["certificate"]["number"].as_str().unwrap()), "{superseded:?}");
    issue(&desk, "##").await.unwrap();
    let rows = list(&desk).await["rows"].clone();
    let numbers: std::collections::BTreeSet<&str> =
        rows.as_array().unwrap().iter().map(|row| row["certificate"]["number"].as_str().unwrap()).collect();
    assert_eq!(numbers.len(), rows.as_array().unwrap().len(), "no number stands twice");
    assert!(superseded.iter().all(|number| !numbers.contains(number)), "and none is given again");
}

#[tokio::test]
async fn certificates_stay_valid_when_fewer_ranks_are_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    // Its rules have no awards: ranks get certificates.
    let desk = sample(&folder).await;
    desk.finalise().await;
    let issued = desk.ask("certificates.issue", json!({"pattern": "##", "first": 1, "top": 10})).await.unwrap();
    assert!(issued.as_u64().unwrap() >= 10);
    let fewer = list(&desk).await;
    assert!(fewer["rows"].as_array().unwrap().len() < 10, "the first three are looked at");
    assert_eq!(fewer["superseded"], json!([]), "nobody lost a rank");
}

#[tokio::test]
async fn a_picture_is_kept_replaced_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample(&folder).await;
    let set = |file: Value| desk.ask_competition("certificates.artwork", json!({"picture": "seal", "file": file}));
    assert_eq!(set(upload("a.png", b"GIF89a")).await.unwrap_err().code, "artwork");
    assert_eq!(list(&desk).await["pictures"], json!([]), "nothing was kept");
    set(upload("a.png", SEAL)).await.unwrap();
    assert_eq!(list(&desk).await["pictures"], json!(["seal"]));
    assert_eq!(set(upload("b.png", &SEAL[..20])).await.unwrap_err().code, "artwork");
    assert_eq!(list(&desk).await["pictures"], json!(["seal"]), "what was there stays");
    set(Value::Null).await.unwrap();
    assert_eq!(list(&desk).await["pictures"], json!([]));
}
