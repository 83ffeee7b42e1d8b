//! The versions of the rules: which one the first mark pins, and that no other comes in without a reason.

use crate::{SEALED, sealed_hall};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

#[tokio::test]
async fn the_first_mark_pins_the_rules_and_a_later_change_wants_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sealed_hall(&folder).await;
    let replace = async |json: &str, reason: &str| {
        desk.ask("rulebook.replace", json!({"json": json, "reason": reason, "preview": false})).await
    };
    let versions = async || {
        let view = desk.ask("rulebook.show", json!({})).await.unwrap();
        let row = |row: &Value| {
            let is = |name: &str| row[name].as_bool().unwrap();
            (row["number"].as_u64().unwrap(), row["reason"].as_str().unwrap().to_owned(), is("holds"), is("pinned"))
        };
        let rows: Vec<_> = view["versions"].as_array().unwrap().iter().map(row).collect();
        (view["version"].as_u64().unwrap(), rows)
    };
    let second = SEALED.replace("0.5", "0.6");
    replace(&second, "").await.unwrap();
    let (holds, rows) = versions().await;
    assert_eq!(holds, 2, "before the first mark rules change freely");
    assert_eq!(rows, [(2, String::new(), true, false), (1, String::new(), false, false)], "and nothing is pinned");
    desk.first_mark("S1", "T", "80").await;
    assert_eq!(versions().await.1[0], (2, String::new(), true, true), "the first mark pins the version that holds");

    let third = SEALED.replace("0.5", "0.7");
    assert_eq!(replace(&third, " ").await.unwrap_err().code, "reason-needed");
    assert_eq!(versions().await.0, 2, "refused: nothing has changed");
    replace(&third, "裁判长决定放宽").await.unwrap();
    let (holds, rows) = versions().await;
    assert_eq!((holds, &rows[0]), (3, &(3, "裁判长决定放宽".to_owned(), true, false)));
    assert_eq!(rows[1], (2, String::new(), false, true), "the pinned one stays named");

    let view = desk.ask("rulebook.show", json!({})).await.unwrap();
    let hash = hex::encode(Sha256::digest(third.as_bytes()));
    assert_eq!((&view["hash"], &view["versions"][0]["hash"]), (&json!(hash), &json!(hash)));
}
