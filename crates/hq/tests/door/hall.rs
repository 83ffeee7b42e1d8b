//! A desktop that hosts its hall: as many desks as a hall has, each with the two connections that the program keeps, all behind one address.

use super::call;
use super::stranger::{Node, public, tls};
use jiangsai_app::App;
use jiangsai_app::host::SystemHost;
use jiangsai_hq::{LanDoor, raise_open_files};
use jiangsai_ledger::SigningKey;
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const DESKS: u16 = 200;

/// Lets a desk in, with a key of its own.
async fn paired(app: &App, number: u16) -> Node {
    let mut seed = [9; 32];
    seed[..2].copy_from_slice(&number.to_be_bytes());
    let key = SigningKey::from_bytes(&seed);
    let code = call(app, "sync.pairing_code", json!({})).await;
    let secret: String = code.as_str().unwrap().replace('-', "").chars().take(12).collect();
    let who = json!({"code": secret, "key": public(&key), "name": format!("desk {number}")}).to_string();
    let welcome = app.answer_node("pair", None, None, who.as_bytes()).await.unwrap();
    let welcome: Value = serde_json::from_slice(&welcome.body).unwrap();
    Node { key, to: welcome["key"].as_str().unwrap().to_owned() }
}

/// Asks on a connection that stays open, and reads the head of the answer.
async fn ask(stream: &mut (impl AsyncReadExt + AsyncWriteExt + Unpin), node: &Node, question: &str) -> String {
    let head = node.headers(question, b"null");
    let request = format!("POST /api/sync/v1/{question} HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n{head}\r\nnull");
    stream.write_all(request.as_bytes()).await.unwrap();
    let (mut answer, mut piece) = (String::new(), [0; 1024]);
    while !answer.contains("\r\n\r\n") {
        let count = stream.read(&mut piece).await.unwrap();
        assert!(count > 0, "{question}: the connection ended: {answer}");
        answer.push_str(&String::from_utf8_lossy(&piece[..count]));
    }
    answer
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hall_of_two_hundred_desks_fits_behind_one_address() {
    // Both ends of every connection are in this process.
    assert!(raise_open_files().unwrap() >= 1_536, "this test needs 1,536 open files");
    let folder = tempfile::tempdir().unwrap();
    let host = SystemHost::new(None).with_door(Arc::new(LanDoor));
    let app = App::open(folder.path(), Arc::new(host)).await.unwrap();
    let hub = loop {
        // One that was free a moment ago.
        let port = std::net::TcpListener::bind("0.0.0.0:0").unwrap().local_addr().unwrap().port();
        let hub = call(&app, "hub.open", json!({"port": port})).await;
        if hub["open"] == true {
            break hub;
        }
    };
    let address = format!("127.0.0.1:{}", hub["port"].as_u64().unwrap());
    let mut open = Vec::new();
    for number in 0..DESKS {
        let node = paired(&app, number).await;
        let (mut word, mut pooled) = (tls(&address).await.unwrap(), tls(&address).await.unwrap());
        let told = ask(&mut word, &node, "changes").await;
        assert!(told.starts_with("HTTP/1.1 200"), "desk {number} is told of changes: {told}");
        let asked = ask(&mut pooled, &node, "scopes").await;
        assert!(asked.starts_with("HTTP/1.1 200"), "desk {number} asks: {asked}");
        open.push((word, pooled));
    }
    assert_eq!(open.len(), usize::from(DESKS), "all at once");
    // As after a network that broke: half of the desks fit beside connections that are not known to be dead yet.
    let mut back = Vec::new();
    for number in 0..DESKS / 2 {
        back.push(tls(&address).await.unwrap_or_else(|error| panic!("desk {number} comes back: {error}")));
    }
    call(&app, "hub.close", json!({})).await;
}
