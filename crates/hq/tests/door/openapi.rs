//! The document of what may be asked names every question and every command, and nothing that is not there.

use super::stranger::{Node, send};
use super::{Hq, open};
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use jiangsai_app::sync::{QUESTIONS, REFUSALS};
use jiangsai_hq::{Guard, Limits, router};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;
use tower::ServiceExt;

/// What every reader of the protocol has.
const PROTOCOL: &str = include_str!("../../../../docs/protocol.md");

fn paths(document: &Value) -> BTreeSet<String> {
    document["paths"].as_object().unwrap().keys().cloned().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_question_of_the_door_is_in_its_document() {
    let hq = Hq::open(Limits::default()).await;
    let get = b"GET /api/openapi.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let answer = send(&hq.address, get).await.unwrap();
    let document: Value = serde_json::from_slice(&answer.body).unwrap();
    let asked = QUESTIONS.iter().map(|(question, _)| format!("/api/sync/v1/{question}"));
    let others = ["/health", "/api/openapi.json"].map(str::to_owned);
    assert_eq!(paths(&document), asked.chain(others).collect::<BTreeSet<_>>());
    let node = Node::paired(&hq).await;
    for (question, _) in QUESTIONS.iter().filter(|(question, _)| *question != "changes") {
        assert_ne!(node.ask(&hq, question, b"{}").await.code(), "unknown-question", "{question}");
    }
}

/// Calls `found` with every object in a JSON value.
fn each_object<'a>(value: &'a Value, found: &mut impl FnMut(&'a serde_json::Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            found(object);
            object.values().for_each(|inner| each_object(inner, found));
        }
        Value::Array(list) => list.iter().for_each(|inner| each_object(inner, found)),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bodies_and_answers_have_schemas_that_the_protocol_knows_every_field_of() {
    let hq = Hq::open(Limits::default()).await;
    let get = b"GET /api/openapi.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let answer = send(&hq.address, get).await.unwrap();
    let document: Value = serde_json::from_slice(&answer.body).unwrap();
    for (question, _) in QUESTIONS {
        let post = &document["paths"][format!("/api/sync/v1/{question}")]["post"];
        assert!(post["requestBody"]["content"]["application/json"]["schema"].is_object(), "{question}");
        let answers = &post["responses"]["200"]["content"];
        assert!(question == "changes" || answers["application/json"]["schema"].is_object(), "{question}: {answers}");
    }
    let push = &document["paths"]["/api/sync/v1/push"]["post"]["responses"];
    assert_eq!(push["409"]["content"], push["200"]["content"], "a fork is an answer");
    let mut references = 0;
    each_object(&document, &mut |object| {
        if let Some(place) = object.get("$ref").and_then(Value::as_str) {
            references += 1;
            assert!(document.pointer(place.trim_start_matches('#')).is_some(), "{place} is nowhere");
        }
    });
    assert!(references > 20, "{references}");

    let part = |from: &str, to: &str| &PROTOCOL[PROTOCOL.find(from).unwrap()..PROTOCOL.find(to).unwrap()];
    let said = format!("{}{}", part("## Pairing", "## Push"), part("## Standing by", "## Forks"));
    each_object(&document["components"]["schemas"], &mut |object| {
        let own = object.get("properties").and_then(Value::as_object).filter(|own| !own.contains_key("refusal"));
        for name in own.into_iter().flat_map(|own| own.keys()) {
            let spelled = [
                format!("`{name}`"),
                format!("\"{name}\""),
                format!("{{{name}"),
                format!(", {name}"),
                format!("{name}?"),
            ];
            assert!(spelled.iter().any(|one| said.contains(one)), "the protocol does not know `{name}`");
        }
    });
}

#[test]
fn every_refusal_is_in_the_protocol_with_its_status() {
    let table = PROTOCOL.lines().skip_while(|line| !line.starts_with("| refusal | status")).skip(2);
    let rows = table.take_while(|line| line.starts_with('|')).map(|line| {
        let mut cells = line.split('|').map(str::trim).skip(1);
        (cells.next().unwrap().trim_matches('`').to_owned(), cells.next().unwrap().parse().unwrap())
    });
    let ours = REFUSALS.iter().map(|refused| (refused.code.to_owned(), refused.status));
    assert_eq!(rows.collect::<BTreeSet<(String, u16)>>(), ours.collect::<BTreeSet<_>>());
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
