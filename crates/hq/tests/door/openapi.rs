//! The document of what may be asked names every question and every command, and nothing that is not there.

use super::stranger::{Node, send};
use super::{Hq, open};
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use jiangsai_app::sync::QUESTIONS;
use jiangsai_hq::{Guard, Limits, router};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;
use tower::ServiceExt;

fn paths(document: &Value) -> BTreeSet<String> {
    document["paths"].as_object().unwrap().keys().cloned().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_question_of_the_door_is_in_its_document() {
    let hq = Hq::open(Limits::default()).await;
    let get = b"GET /api/openapi.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let answer = send(&hq.address, get).await.unwrap();
    let document: Value = serde_json::from_slice(&answer.body).unwrap();
    let asked = QUESTIONS.iter().map(|(question, _)| format!("/api/sync/v0/{question}"));
    let others = ["/health", "/api/openapi.json"].map(str::to_owned);
    assert_eq!(paths(&document), asked.chain(others).collect::<BTreeSet<_>>());
    let node = Node::paired(&hq).await;
    for (question, _) in QUESTIONS.iter().filter(|(question, _)| *question != "changes") {
        assert_ne!(node.ask(&hq, question, b"{}").await.code(), "unknown-question", "{question}");
    }
}

#[tokio::test]
async fn every_command_is_in_the_document_of_the_page() {
    let (app, folder) = open().await;
    let guard = Arc::new(Guard::new(4711).unwrap());
    let entrance = guard.address().replace("http://127.0.0.1:4711", "");
    let router = router(app, guard, folder.path());
    let ask = async |path: &str, cookie: &str| {
        let request = Request::get(path).header(header::HOST, "127.0.0.1:4711").header(header::COOKIE, cookie);
        router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    };
    let entered = ask(&entrance, "").await;
    let cookie = entered.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let answer = ask("/api/openapi.json", &cookie).await;
    let document: Value = serde_json::from_slice(&to_bytes(answer.into_body(), usize::MAX).await.unwrap()).unwrap();
    let commands = jiangsai_app::commands().into_iter().map(|(name, ..)| format!("/api/rpc/{name}"));
    let others = ["/api/events", "/api/openapi.json"].map(str::to_owned);
    assert_eq!(paths(&document), commands.chain(others).collect::<BTreeSet<_>>());
    let one = &document["paths"]["/api/rpc/sync.connect"]["post"];
    assert!(one["summary"].as_str().unwrap().contains("one-time code"), "what it is for: {one}");
    let fields = &one["requestBody"]["content"]["application/json"]["schema"]["properties"];
    assert_eq!(fields["url"]["type"], "string", "{fields}");
}
