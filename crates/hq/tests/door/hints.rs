//! Word from above: a stream that says when there is something, and that nothing depends on.

use super::stranger::{Node, tls};
use super::{Hq, call, open};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use jiangsai_hq::{Limits, nodes, open_door};
use serde_json::json;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};

/// Reads until a text came.
pub async fn until(stream: &mut (impl AsyncRead + Unpin), text: &str) -> String {
    let (mut all, mut piece) = (String::new(), [0; 1024]);
    while !all.contains(text) {
        let count = stream.read(&mut piece).await.unwrap();
        assert!(count > 0, "the stream ended: {all}");
        all.push_str(&String::from_utf8_lossy(&piece[..count]));
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_is_told_of_a_change_and_the_stream_ends_with_the_door() {
    // Nothing is cut off for a long time: the stream must end by itself.
    let hq = Hq::open(Limits { farewell: Duration::from_secs(3_600), ..Limits::default() }).await;
    let node = Node::paired(&hq).await;
    let mut stream = tls(&hq.address).await.unwrap();
    let head = format!(
        "POST /api/sync/v1/changes HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n{}\r\nnull",
        node.headers("changes", b"null")
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let head = until(&mut stream, "\r\n\r\n").await.to_lowercase();
    assert!(head.contains("text/event-stream") && head.contains("x-jiangsai-signature: "), "{head}");
    call(&hq.app, "competitions.create", json!({"title": "模拟", "event": "", "from": "sample"})).await;
    let word = until(&mut stream, "event: changed").await;
    assert!(!word.contains("模拟"), "a hint only: {word}");
    hq.close().await;
    let _ = stream.read_to_end(&mut Vec::new()).await;
}

/// A door at which nobody listens.
async fn deaf(request: Request, next: Next) -> Response {
    match request.uri().path() {
        "/api/sync/v1/changes" => (StatusCode::NOT_FOUND, "{}").into_response(),
        _ => next.run(request).await,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_word_from_above_everything_goes_on() {
    let (hq, _folder) = open().await;
    let router = nodes(hq.clone()).layer(from_fn(deaf));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let door = hq.clone();
    tokio::spawn(async move {
        open_door(listener, &door, router, Limits::default(), std::future::pending()).await.unwrap();
    });
    let (desk, _folder) = open().await;
    let code = call(&hq, "sync.pairing_code", json!({})).await;
    call(&desk, "sync.connect", json!({"url": address, "code": code})).await;
    let syncing = tokio::spawn(desk.clone().keep_in_sync());
    call(&hq, "competitions.create", json!({"title": "模拟", "event": "", "from": "sample"})).await;
    while call(&desk, "sync.status", json!({})).await["competitions"] == json!([]) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    syncing.abort();
}
