//! TLS is pinned to the computer that made the code: nobody answers in its place, and nothing is sent to whoever tries.

use super::{Hq, call, open};
use jiangsai_hq::Limits;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

async fn refusal(app: &jiangsai_app::App, url: &str, code: &str) -> String {
    app.dispatch("sync.connect", json!({"url": url, "code": code}), None).await.unwrap_err().code
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_opens_the_door_of_the_computer_that_made_it_and_no_other() {
    let (hq, other) = (Hq::open(Limits::default()).await, Hq::open(Limits::default()).await);
    let (desk, _folder) = open().await;
    let code = hq.code().await;
    assert_eq!(refusal(&desk, &other.address, &code).await, "upstream-other");
    call(&desk, "sync.connect", json!({"url": hq.address, "code": code.to_lowercase()})).await;
    let state = call(&desk, "sync.status", json!({})).await;
    assert_eq!(state["upstream"], format!("https://{}", hq.address), "encrypted, whatever was typed");
    let above = call(&hq.app, "sync.status", json!({})).await;
    assert_eq!(state["upstream_fingerprint"], above["fingerprint"], "both ends show the same");
    assert_ne!(state["fingerprint"], above["fingerprint"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_computer_at_the_address_is_told_from_the_one_that_was_paired_with() {
    let hq = Hq::open(Limits::default()).await;
    let (desk, _folder) = open().await;
    let address = hq.address.clone();
    call(&desk, "sync.connect", json!({"url": address, "code": hq.code().await})).await;
    call(&desk, "competitions.create", json!({"title": "模拟", "event": "", "from": "sample"})).await;
    hq.close().await;
    let impostor = Hq::open_at(&address, Limits::default()).await;
    let syncing = tokio::spawn(desk.clone().keep_in_sync());
    loop {
        let state = call(&desk, "sync.status", json!({})).await;
        match state["trouble"].as_str() {
            Some("upstream-other") => break,
            // The first question may find the old connection gone.
            None | Some("upstream-unreachable") => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
            trouble => panic!("{trouble:?}"),
        }
    }
    syncing.abort();
    let there = call(&impostor.app, "sync.status", json!({})).await;
    assert_eq!(there["competitions"], json!([]), "nothing was sent to it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invitation_says_address_and_code_in_one() {
    let hq = Hq::open(Limits::default()).await;
    let (desk, _folder) = open().await;
    let invitation = format!("jiangsai:{}/{}", hq.address, hq.code().await);
    call(&desk, "sync.connect", json!({"url": "", "code": invitation})).await;
    assert!(call(&desk, "sync.status", json!({})).await["upstream"].is_string());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_mistyped_is_found_here_and_nothing_is_sent() {
    let hq = Hq::open(Limits::default()).await;
    let (desk, _folder) = open().await;
    let code = hq.code().await;
    let first = if code.starts_with('7') { "8" } else { "7" };
    let typed = format!("{first}{}", &code[1..]);
    assert_eq!(refusal(&desk, "127.0.0.1:9", &typed).await, "pairing-code-group", "there is nobody at that address");
    assert_eq!(refusal(&desk, &hq.address, "ABCDEFGHJKMN").await, "pairing-code-form");
    assert_eq!(refusal(&desk, &format!("http://{}", hq.address), &code).await, "upstream-address");
    assert_eq!(refusal(&desk, "127.0.0.1:9", &code).await, "upstream-unreachable");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_does_not_speak_tls_is_no_upstream_and_gets_no_answer() {
    let hq = Hq::open(Limits::default()).await;
    let (desk, _folder) = open().await;
    let mut plain = tokio::net::TcpStream::connect(&hq.address).await.unwrap();
    plain.write_all(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    // An alert, then the end; or the end alone.
    let _ = plain.read_to_end(&mut answer).await;
    assert!(!answer.starts_with(b"HTTP"), "{answer:?}");

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n").await.unwrap();
        let _ = stream.read_to_end(&mut Vec::new()).await;
    });
    assert_eq!(refusal(&desk, &address, &hq.code().await).await, "upstream-strange");
}

/// A restored headquarters keeps its key, so its certificate, so its nodes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_headquarters_that_was_restored_elsewhere_is_still_the_one_that_was_paired_with() {
    let hq = Hq::open(Limits::default()).await;
    let (desk, _folder) = open().await;
    let stick = tempfile::tempdir().unwrap();
    call(&hq.app, "competitions.create", json!({"title": "模拟", "event": "", "from": "sample"})).await;
    call(&desk, "sync.connect", json!({"url": hq.address, "code": hq.code().await})).await;
    hq.app.back_up_to(stick.path()).await.unwrap();
    let before = call(&hq.app, "sync.status", json!({})).await["fingerprint"].clone();
    let address = hq.address.clone();
    hq.close().await;
    let spare = Hq::open_at(&address, Limits::default()).await;
    spare.app.restore_from(stick.path(), false).await.unwrap();
    assert_eq!(call(&spare.app, "sync.status", json!({})).await["fingerprint"], before);
    let syncing = tokio::spawn(desk.clone().keep_in_sync());
    let arrived = |state: &Value| state["competitions"].as_array().is_some_and(|rows| rows.len() == 1);
    while !arrived(&call(&desk, "sync.status", json!({})).await) {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    syncing.abort();
}
