//! A computer that was revoked, with a program of its own and its old key.

use super::stranger::{Node, introduce, records};
use super::{Hq, call};
use jiangsai_hq::Limits;
use jiangsai_ledger::SigningKey;
use serde_json::{Value, json};

const NAME: &str = "00112233445566778899aabbccddeeff";

async fn refused(hq: &Hq, node: &Node) {
    let competition = call(&hq.app, "competitions.list", json!({})).await[0]["id"].clone();
    let questions = [
        ("scopes", Value::Null),
        ("heads", json!({"scope": competition})),
        ("push", json!({"scope": competition, "log": competition, "from": 0, "records": []})),
        ("pull", json!({"scope": competition, "after": 0, "limit": 10})),
        ("report", json!({"holds": []})),
        ("changes", Value::Null),
        ("whatever", Value::Null),
    ];
    for (question, body) in questions {
        let answer = node.ask(hq, question, body.to_string().as_bytes()).await;
        assert_eq!((answer.status, answer.code().as_str()), (403, "revoked"), "{question}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_was_revoked_is_refused_whatever_it_asks_and_not_let_in_again_with_its_key() {
    let hq = Hq::open(Limits::default()).await;
    call(&hq.app, "competitions.create", json!({"title": "模拟", "event": "", "from": "sample"})).await;
    let node = Node::paired(&hq).await;
    assert_eq!(node.ask(&hq, "report", json!({"holds": [], "node": NAME}).to_string().as_bytes()).await.status, 200);
    // Another one that takes its name, or that of headquarters, has none.
    let other = SigningKey::from_bytes(&[8; 32]);
    let secret = |code: String| -> String { code.replace('-', "").chars().take(12).collect() };
    assert_eq!(introduce(&hq.address, &secret(hq.code().await), &other).await.status, 200);
    let thief = node.with_key(8);
    assert_eq!(thief.ask(&hq, "report", json!({"holds": [], "node": NAME}).to_string().as_bytes()).await.status, 200);
    let nodes = call(&hq.app, "headquarters.nodes", json!({})).await["nodes"].clone();
    let named: Vec<&Value> = nodes.as_array().unwrap().iter().filter(|row| row["node"] == NAME).collect();
    assert_eq!((named.len(), nodes.as_array().unwrap().len()), (1, 2));

    let before = records(&hq).await;
    let preview = json!({"node": NAME, "reason": "", "preview": true});
    assert_eq!(call(&hq.app, "nodes.revoke", preview).await["applied"], false);
    assert_eq!(node.ask(&hq, "scopes", b"null").await.status, 200, "nothing was done yet");
    let missing = hq.app.dispatch("nodes.revoke", json!({"node": NAME, "reason": " "}), None).await.unwrap_err();
    assert_eq!(missing.code, "reason-needed");
    let nobody = hq.app.dispatch("nodes.revoke", json!({"node": "ff", "reason": "丢失"}), None).await.unwrap_err();
    assert_eq!(nobody.code, "no-such-node");
    assert_eq!(call(&hq.app, "nodes.revoke", json!({"node": NAME, "reason": "丢失"})).await["applied"], true);
    assert_eq!(records(&hq).await, before + 1, "a fact in the competition");
    refused(&hq, &node).await;

    let code = hq.code().await;
    let again = introduce(&hq.address, &secret(code.clone()), &node.key).await;
    assert_eq!((again.status, again.code().as_str()), (403, "revoked"), "its old key");
    let fresh = SigningKey::from_bytes(&[9; 32]);
    assert_eq!(introduce(&hq.address, &secret(code), &fresh).await.status, 200, "and the code was not used up");
    refused(&hq, &node).await;
    assert_eq!(records(&hq).await, before + 1, "without effect");
    assert_eq!(thief.ask(&hq, "scopes", b"null").await.status, 200, "who only took its name is not meant");

    call(&hq.app, "nodes.restore", json!({"node": NAME, "reason": "找到了"})).await;
    assert_eq!(node.ask(&hq, "scopes", b"null").await.status, 200, "trusted again");
    hq.close().await;
}
