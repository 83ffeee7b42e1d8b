//! What comes of it: refused with a code, logged, and without effect.

use super::stranger::{Node, introduce, post, public, records, send, tls};
use super::{Hq, call, open};
use jiangsai_app::sync::NodeLimits;
use jiangsai_hq::Limits;
use jiangsai_ledger::replication::{Pull, Push, Tip};
use jiangsai_ledger::{Hash, LogId, SigningKey};
use serde_json::{Value, json};
use std::io::Write;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The shortest wait after too many wrong codes.
const FIRST_WAIT: Duration = Duration::from_secs(1);

/// A push of everything that another computer has of one competition, as its own program would send it.
pub async fn everything_of_a_desk(from: Value) -> Vec<u8> {
    let (desk, _folder) = open().await;
    let sent = Arc::new(Mutex::new(Vec::new()));
    // The desk's own upstream keeps what it is asked.
    let keeps = sent.clone();
    let (hq, _above) = open().await;
    let router = jiangsai_hq::nodes(hq.clone()).layer(axum::middleware::from_fn(
        move |request: axum::extract::Request, next: axum::middleware::Next| {
            let keeps = keeps.clone();
            async move {
                let is_push = request.uri().path().ends_with("/push");
                let (parts, body) = request.into_parts();
                let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
                if is_push {
                    keeps.lock().unwrap().push(body.to_vec());
                }
                next.run(axum::extract::Request::from_parts(parts, body.into())).await
            }
        },
    ));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let door = hq.clone();
    tokio::spawn(async move {
        jiangsai_hq::open_door(listener, &door, router, Limits::default(), std::future::pending()).await.unwrap();
    });
    let code = call(&hq, "sync.pairing_code", json!({})).await;
    call(&desk, "competitions.create", json!({"title": "模拟", "event": "", "from": from})).await;
    call(&desk, "sync.connect", json!({"url": address, "code": code})).await;
    let syncing = tokio::spawn(desk.clone().keep_in_sync());
    while sent.lock().unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    syncing.abort();
    sent.lock().unwrap()[0].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_not_paired_is_refused_before_anything_is_read() {
    let hq = Hq::open(Limits::default()).await;
    let node = Node::paired(&hq).await;
    for question in ["scopes", "heads", "push", "pull", "changes", "..%2f..%2fhealth", "%27%3B--"] {
        let unsigned = post(&hq.address, question, "", b"null").await;
        assert_eq!((unsigned.status, unsigned.code().as_str()), (401, "unknown-node"), "{question}, unsigned");
        let stranger = node.with_key(8).ask(&hq, question, b"null").await;
        assert_eq!((stranger.status, stranger.code().as_str()), (401, "unknown-node"), "{question}, another key");
    }
    // It says that gigabytes come, and is answered at once.
    let head = "POST /api/sync/v1/push HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999\r\n\r\n";
    assert_eq!(send(&hq.address, head.as_bytes()).await.unwrap().status, 401);
    let longer = format!(
        "POST /api/sync/v1/push HTTP/1.1\r\nHost: x\r\nContent-Length: 67108865\r\n{}\r\n",
        node.headers("push", b"")
    );
    assert_eq!(send(&hq.address, longer.as_bytes()).await.unwrap().status, 413, "longer than a request may be");
    let introduction = "POST /api/sync/v1/pair HTTP/1.1\r\nHost: x\r\nContent-Length: 4097\r\n\r\n";
    assert_eq!(send(&hq.address, introduction.as_bytes()).await.unwrap().status, 413, "than an introduction may be");
    let head = format!("GET /health HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "x".repeat(64 * 1024));
    let refused = send(&hq.address, head.as_bytes()).await;
    assert!(refused.is_none_or(|answer| answer.status == 431), "a head without end");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_was_changed_or_is_malformed_or_comes_again_has_no_effect() {
    let hq = Hq::open(Limits::default()).await;
    let node = Node::paired(&hq).await;
    let push = everything_of_a_desk(json!("sample")).await;
    let headers = node.headers("push", &push);
    let mut changed = push.clone();
    let last = changed.len() - 1;
    changed[last] ^= 1;
    for (body, why) in
        [(changed.as_slice(), "a changed body"), (b"null".as_slice(), "another body"), (b"".as_slice(), "none")]
    {
        let refused = post(&hq.address, "push", &headers, body).await;
        assert_eq!((refused.status, refused.code().as_str()), (401, "unknown-node"), "{why}");
    }
    let elsewhere = post(&hq.address, "pull", &node.headers("push", b"null"), b"null").await;
    assert_eq!(elsewhere.status, 401, "the signature is for another question");
    assert_eq!(post(&hq.address, "heads", &headers, &push).await.status, 413, "and no question is so long");

    let text = String::from_utf8(push.clone()).unwrap();
    let twice = text.replacen('{', "{\"from\":0,", 1);
    let (doubled, deep) = (format!("{text}{text}"), "[".repeat(100_000));
    for (body, why) in [
        (twice.as_str(), "a name twice"),
        ("{\"scope\":1}", "another form"),
        ("{", "cut off"),
        ("\u{feff}{}", "something before it"),
        (doubled.as_str(), "something behind it"),
        (deep.as_str(), "deeper than any reader"),
    ] {
        let refused = node.ask(&hq, "push", body.as_bytes()).await;
        assert_eq!((refused.status, refused.code().as_str()), (400, "bad-request"), "{why}");
    }
    let damaged = text.replacen("\\\"seq\\\":0", "\\\"seq\\\":1", 1);
    assert_ne!(damaged, text);
    let refused = node.ask(&hq, "push", damaged.as_bytes()).await;
    assert_eq!((refused.status, refused.code().as_str()), (422, "records-refused"), "{refused:?}");
    assert_eq!(records(&hq).await, 0, "nothing was stored so far");

    let taken = post(&hq.address, "push", &headers, &push).await;
    assert_eq!(taken.status, 200);
    let stored = records(&hq).await;
    assert!(stored > 0);
    let again = post(&hq.address, "push", &headers, &push).await;
    assert_eq!((again.status, records(&hq).await), (200, stored), "the same bytes again are a duplicate");
    let run: Push = serde_json::from_slice(&push).unwrap();
    let tip = |at: usize| (LogId::new(Hash::of(&at.to_be_bytes())), Tip { seq: (1 << 53) - 1, head: Hash::of(b"") });
    let known = (0..jiangsai_store::MOST_KNOWN).map(tip).collect();
    let pull = serde_json::to_vec(&Pull { known, head: Some(Hash::of(b"")), ..Pull::after(run.scope, 0, 1) }).unwrap();
    assert_eq!(node.ask(&hq, "pull", &pull).await.status, 200, "as many logs as anybody says to know: {}", pull.len());
    let unknown = node.ask(&hq, "drop", b"null").await;
    assert_eq!((unknown.status, unknown.code().as_str()), (404, "unknown-question"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_guesses_at_codes_waits_ever_longer_and_learns_nothing() {
    let hq = Hq::open(Limits::default()).await;
    let key = SigningKey::from_bytes(&[3; 32]);
    let right: String = hq.code().await.replace('-', "").chars().take(12).collect();
    let (begun, mut answers) = (Instant::now(), Vec::new());
    let refused = loop {
        let answer = introduce(&hq.address, "000000000000", &key).await;
        if answer.status != 403 {
            break answer;
        }
        answers.push(answer.body);
    };
    assert!(answers.len() >= 5 && answers.windows(2).all(|two| two[0] == two[1]), "all the same: {answers:?}");
    assert_eq!((refused.status, refused.code().as_str()), (429, "pairing-wait"));
    assert!(refused.head.contains("retry-after: "), "{}", refused.head);
    let waits = introduce(&hq.address, &right, &key).await;
    // Unless this computer was so slow that the second is over.
    assert!(waits.status == 429 || begun.elapsed() >= FIRST_WAIT, "not even looked at: {waits:?}");
    let (desk, _folder) = open().await;
    let code = hq.code().await;
    let told = desk.dispatch("sync.connect", json!({"url": hq.address, "code": code}), None).await;
    let waits = told.as_ref().is_err_and(|told| {
        told.code == "pairing-wait" && told.details.iter().any(|(name, value)| name == "seconds" && value != "0")
    });
    assert!(waits || begun.elapsed() >= FIRST_WAIT, "a person is told how long: {told:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_that_was_used_says_no_more_than_a_wrong_one() {
    let hq = Hq::open(Limits::default()).await;
    let key = SigningKey::from_bytes(&[3; 32]);
    let secret: String = hq.code().await.replace('-', "").chars().take(12).collect();
    assert_eq!(introduce(&hq.address, &secret, &key).await.status, 200);
    let replayed = introduce(&hq.address, &secret, &SigningKey::from_bytes(&[4; 32])).await;
    let wrong = introduce(&hq.address, "000000000000", &key).await;
    assert_eq!((replayed.status, &replayed.body), (403, &wrong.body));
    let stranger = Node::paired(&hq).await.with_key(4).ask(&hq, "scopes", b"null").await;
    assert_eq!(stranger.status, 401, "it was not let in");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_stands_in_the_door_and_says_nothing_is_put_out() {
    let soon = Duration::from_millis(50);
    let limits = Limits { handshake: soon, ..Limits::default() };
    let hq = Hq::open(limits).await;
    let mut silent = TcpStream::connect(&hq.address).await.unwrap();
    assert_eq!(silent.read(&mut [0; 1]).await.unwrap_or(0), 0, "no handshake: the end");

    let hq = Hq::open(Limits { head: soon, ..Limits::default() }).await;
    let mut slow = tls(&hq.address).await.unwrap();
    slow.write_all(b"POST /api/sync/v1/push HTTP/1.1\r\nX: ").await.unwrap();
    let mut answer = Vec::new();
    let _ = slow.read_to_end(&mut answer).await;
    let said = String::from_utf8_lossy(&answer).into_owned();
    assert!(said.is_empty() || said.starts_with("HTTP/1.1 408"), "half a head: the end: {said}");
    let mut idle = tls(&hq.address).await.unwrap();
    let _ = idle.read_to_end(&mut answer).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn so_many_connections_and_no_more() {
    let hq = Hq::open(Limits { per_address: 2, ..Limits::default() }).await;
    let (first, _second) = (tls(&hq.address).await.unwrap(), tls(&hq.address).await.unwrap());
    assert!(tls(&hq.address).await.is_err(), "the third is not taken");
    drop(first);
    // It is gone a moment after it was dropped.
    while tls(&hq.address).await.is_err() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_asks_too_often_waits_and_the_others_do_not() {
    let hq = Hq::open(Limits::default()).await;
    let node = Node::paired(&hq).await;
    let once = NonZeroU32::new(1).unwrap();
    hq.app.limit_nodes(NodeLimits { requests: once, records: once });
    let busy = loop {
        let answer = node.ask(&hq, "scopes", b"null").await;
        if answer.status != 200 {
            break answer;
        }
    };
    assert_eq!((busy.status, busy.code().as_str()), (429, "too-often"));
    assert!(busy.head.contains("retry-after: "), "{}", busy.head);
    let (desk, _folder) = open().await;
    call(&desk, "sync.connect", json!({"url": hq.address, "code": hq.code().await})).await;
    for title in ["模拟甲", "模拟乙"] {
        call(&desk, "competitions.create", json!({"title": title, "event": "", "from": "sample"})).await;
    }
    // More records at once than this headquarters takes: they go in parts, and the desk waits as it is told to.
    let syncing = tokio::spawn(desk.clone().keep_in_sync());
    let asked_to_wait = |state: &Value| {
        let rows = state["competitions"].as_array().unwrap();
        let of_one = rows.iter().any(|row| row["trouble"] == "upstream-busy" || row["trouble"] == "upstream-slow");
        state["trouble"] == "upstream-busy" || of_one
    };
    while !asked_to_wait(&call(&desk, "sync.status", json!({})).await) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    hq.app.limit_nodes(NodeLimits::default());
    desk.dispatch("sync.disconnect", json!({}), None).await.unwrap();
    syncing.abort();
}

/// What the log said.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// On one thread, so that its log is heard.
#[tokio::test]
async fn who_was_refused_is_logged_with_address_and_code_and_without_what_was_shown() {
    let log = Log::default();
    let lines = log.clone();
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || lines.clone()).finish();
    let _heard = tracing::subscriber::set_default(subscriber);
    let hq = Hq::open(Limits::default()).await;
    let key = SigningKey::from_bytes(&[3; 32]);
    introduce(&hq.address, "SECRETSECRET", &key).await;
    post(&hq.address, "scopes", &format!("X-Jiangsai-Node: {}\r\n", public(&key)), b"null").await;
    let said = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let refused: Vec<&str> = said.lines().filter(|line| line.contains("another node was refused")).collect();
    assert!(refused.iter().any(|line| line.contains("pairing-code") && line.contains("127.0.0.1")), "{said}");
    assert!(!said.contains("SECRET"), "{said}");
}
