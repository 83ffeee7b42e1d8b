//! Two desks and a headquarters that is a process of its own, over real sockets: it is killed, scores go on, it comes back, and it holds
//! what the desks hold. And what a stranger gets: nothing.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use jiangsai_app::App;
use jiangsai_app::host::SystemHost;
use jiangsai_hq::{Limits, open_door};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_jiangsai-hq");

/// A headquarters; killed when it is dropped.
struct Hq {
    process: Child,
    url: String,
    codes: Vec<String>,
}

impl Hq {
    fn start(data: &Path, listen: &str, codes: usize) -> Self {
        Self::start_below(data, listen, codes, &[])
    }

    /// `upstream`: arguments that connect it to the level above.
    fn start_below(data: &Path, listen: &str, codes: usize, upstream: &[&str]) -> Self {
        let mut process = Command::new(PROGRAM)
            .args(["serve", "--listen", listen, "--pair", &codes.to_string(), "--data"])
            .arg(data)
            .args(upstream)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
        let url = lines.next().unwrap().strip_prefix("nodes ").unwrap().to_owned();
        let codes = lines.by_ref().take(codes).map(|line| line.strip_prefix("code ").unwrap().to_owned()).collect();
        Self { process, url, codes }
    }

    /// `kill -9`: no farewell.
    fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Hq {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

struct Desk {
    app: App,
    _folder: tempfile::TempDir,
}

impl Desk {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(folder.path(), Arc::new(SystemHost::new(None))).await.unwrap();
        tokio::spawn(app.clone().keep_in_sync());
        Self { app, _folder: folder }
    }

    async fn call(&self, name: &str, payload: Value) -> Value {
        call(&self.app, name, payload).await
    }

    /// Waits until an answer is as wanted; the runner asks every other second at the latest.
    async fn until(&self, what: &str, name: &str, payload: Value, wanted: impl Fn(&Value) -> bool) -> Value {
        let begun = Instant::now();
        loop {
            let answer = self.app.dispatch(name, payload.clone(), None).await;
            match answer {
                Ok(answer) if wanted(&answer) => return answer,
                answer => assert!(begun.elapsed() < Duration::from_secs(60), "{what}: {answer:?}"),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn everything_at_headquarters(&self, records: u64) {
        let all = |state: &Value| {
            let row = &state["competitions"][0];
            state["trouble"].is_null() && row["not_at_headquarters"] == 0 && row["saved"].as_u64() >= Some(records)
        };
        self.until("everything at headquarters", "sync.status", json!({}), all).await;
    }

    async fn saved(&self) -> u64 {
        self.call("sync.status", json!({})).await["competitions"][0]["saved"].as_u64().unwrap()
    }
}

async fn call(app: &App, name: &str, payload: Value) -> Value {
    match app.dispatch(name, payload, None).await {
        Ok(reply) => reply,
        Err(error) => panic!("{name}: {error:?}"),
    }
}

async fn enter(desk: &Desk, competition: &str, event: &str, number: &str) {
    let own = json!({"number": number, "name": "模拟甲", "unit": "模拟水务", "document_kind": "护照", "document_number": format!("E123{number}")});
    let added = desk.call("entries.add", json!({"competition": competition, "event": event, "form": own})).await;
    let mark = json!({"competition": competition, "event": event, "entry": added["saved"], "item": "T", "judge": null, "text": "80", "replaces": [], "reason": ""});
    desk.call("marks.enter", mark).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn headquarters_dies_scores_go_on_and_it_holds_them_all_in_the_end() {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("hq");
    let hq = Hq::start(&data, "127.0.0.1:0", 2);
    let (one, two) = (Desk::open().await, Desk::open().await);
    let create = json!({"title": "模拟", "event": "", "from": "sample"});
    let competition = one.call("competitions.create", create).await.as_str().unwrap().to_owned();
    for (desk, code) in [(&one, &hq.codes[0]), (&two, &hq.codes[1])] {
        desk.call("sync.connect", json!({"url": hq.url, "code": code})).await;
    }
    let again = one.app.dispatch("sync.connect", json!({"url": hq.url, "code": hq.codes[0]}), None).await.unwrap_err();
    assert_eq!(again.code, "pairing-code", "a code works once");
    one.everything_at_headquarters(1).await;
    let saved = one.saved().await;
    two.everything_at_headquarters(saved).await;
    let home = two.call("competition.home", json!({"competition": competition})).await;
    let event = home["events"][0][0].as_str().unwrap().to_owned();

    let listen = hq.url.strip_prefix("https://").unwrap().to_owned();
    hq.kill();
    for (desk, numbers) in [(&one, ["7001", "7002"]), (&two, ["8001", "8002"])] {
        for number in numbers {
            enter(desk, &competition, &event, number).await;
        }
    }
    let cut = |state: &Value| {
        state["trouble"] == "upstream-unreachable" && state["competitions"][0]["not_at_headquarters"].as_u64() > Some(0)
    };
    one.until("the desk says what is pending", "sync.status", json!({}), cut).await;

    let (first, second) = (one.saved().await, two.saved().await);
    let hq = Hq::start(&data, &listen, 0);
    let everything = first + second - saved;
    one.everything_at_headquarters(everything).await;
    two.everything_at_headquarters(everything).await;
    assert_eq!((one.saved().await, two.saved().await), (everything, everything), "each record once");
    hq.kill();

    let about = json!({"competition": competition, "event": event});
    let at_hq = App::open(&data, Arc::new(SystemHost::new(None))).await.unwrap();
    let standings = call(&at_hq, "standings.show", about.clone()).await;
    assert_eq!(one.call("standings.show", about.clone()).await, standings, "the first desk and headquarters");
    assert_eq!(two.call("standings.show", about).await, standings, "the second desk and headquarters");
    let report = call(&at_hq, "ledger.verify", json!({"competition": competition})).await;
    assert_eq!(
        (&report["fault"], &report["state_agrees"]),
        (&Value::Null, &Value::Bool(true)),
        "it verifies: {report}"
    );
}

/// What the stick is for: the desk breaks after some marks that only headquarters has, a spare computer goes on from the backup, is known to
/// headquarters by its key, gets the marks back and sends its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desk_restored_on_another_computer_goes_on_without_a_fork() {
    let (place, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let hq = Hq::start(&place.path().join("hq"), "127.0.0.1:0", 1);
    let desk = Desk::open().await;
    desk.call("sync.connect", json!({"url": hq.url, "code": hq.codes[0]})).await;
    let create = json!({"title": "模拟", "event": "", "from": "sample"});
    let competition = desk.call("competitions.create", create).await.as_str().unwrap().to_owned();
    let home = desk.call("competition.home", json!({"competition": competition})).await;
    let event = home["events"][0][0].as_str().unwrap().to_owned();
    desk.app.back_up_to(stick.path()).await.unwrap();
    enter(&desk, &competition, &event, "7001").await;
    let saved = desk.saved().await;
    desk.everything_at_headquarters(saved).await;
    drop(desk);

    let spare = Desk::open().await;
    spare.app.restore_from(stick.path(), false).await.unwrap();
    enter(&spare, &competition, &event, "7002").await;
    // The opening of a new log, and what was entered; and what was lost.
    spare.everything_at_headquarters(saved + 1).await;
    let state = spare.call("sync.status", json!({})).await;
    assert_eq!(state["competitions"][0]["forks"], 0, "{state}");
    let list = json!({"competition": competition, "event": event, "search": "700"});
    let back = |list: &Value| list["rows"].as_array().is_some_and(|rows| rows.len() == 2);
    spare.until("what was lost is back", "entries.list", list.clone(), back).await;
    let standings = spare.call("standings.show", json!({"competition": competition, "event": event})).await;
    hq.kill();
    let at_hq = App::open(&place.path().join("hq"), Arc::new(SystemHost::new(None))).await.unwrap();
    let above = call(&at_hq, "standings.show", json!({"competition": competition, "event": event})).await;
    assert_eq!(above, standings, "headquarters holds the same");
    let forks = call(&at_hq, "sync.status", json!({})).await["competitions"][0]["forks"].clone();
    assert_eq!(forks, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_hands_the_receipts_of_headquarters_down() {
    let place = tempfile::tempdir().unwrap();
    let hq = Hq::start(&place.path().join("hq"), "127.0.0.1:0", 1);
    let above = ["--upstream", &hq.url, "--code", &hq.codes[0]];
    let hub = Hq::start_below(&place.path().join("hub"), "127.0.0.1:0", 1, &above);
    let desk = Desk::open().await;
    desk.call("competitions.create", json!({"title": "模拟", "event": "", "from": "sample"})).await;
    desk.call("sync.connect", json!({"url": hub.url, "code": hub.codes[0]})).await;
    let passed_on = |state: &Value| {
        let row = &state["competitions"][0];
        row["not_at_upstream"] == 0 && row["not_at_headquarters"] == 0
    };
    let state = desk.until("the receipts of headquarters", "sync.status", json!({}), passed_on).await;
    assert_eq!(state["is_headquarters"], false, "it knows that a hub is between");
    hq.kill();
    let competition = state["competitions"][0]["competition"].as_str().unwrap().to_owned();
    let home = desk.call("competition.home", json!({"competition": competition})).await;
    enter(&desk, &competition, home["events"][0][0].as_str().unwrap(), "7001").await;
    let at_hub = |state: &Value| {
        let row = &state["competitions"][0];
        row["not_at_upstream"] == 0 && row["not_at_headquarters"].as_u64() > Some(0)
    };
    desk.until("received by the hub alone", "sync.status", json!({}), at_hub).await;
}

/// The level above, with a door that refuses what is sent of one competition.
async fn door_that_refuses(above: App, competition: &str) -> String {
    let refused = format!("{{\"scope\":\"{competition}\",\"log\"");
    let check = move |request: Request, next: Next| {
        let refused = refused.clone();
        async move {
            let (parts, body) = request.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            if body.starts_with(refused.as_bytes()) {
                return (StatusCode::UNPROCESSABLE_ENTITY, "{}").into_response();
            }
            next.run(Request::from_parts(parts, Body::from(body))).await
        }
    };
    let router = jiangsai_hq::nodes(above.clone()).layer(from_fn(check));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let stop = std::future::pending();
    tokio::spawn(async move { open_door(listener, &above, router, Limits::default(), stop).await.unwrap() });
    url
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_competition_that_is_refused_stops_no_other_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let above = App::open(folder.path(), Arc::new(SystemHost::new(None))).await.unwrap();
    let desk = Desk::open().await;
    let mut ids = Vec::new();
    for _ in 0..2 {
        let create = json!({"title": "模拟", "event": "", "from": "sample"});
        ids.push(desk.call("competitions.create", create).await.as_str().unwrap().to_owned());
    }
    // The one that is asked about first.
    ids.sort();
    let code = call(&above, "sync.pairing_code", json!({})).await;
    let url = door_that_refuses(above, &ids[0]).await;
    desk.call("sync.connect", json!({"url": url, "code": code})).await;
    let fares = |state: &Value| {
        let row = |id: &str| {
            let rows = state["competitions"].as_array().unwrap();
            rows.iter().find(|row| row["competition"] == id).unwrap().clone()
        };
        let (refused, other) = (row(&ids[0]), row(&ids[1]));
        refused["trouble"] == "upstream-refused"
            && refused["not_at_upstream"].as_u64() > Some(0)
            && other["not_at_upstream"] == 0
            && other["trouble"].is_null()
    };
    let state = desk.until("one is refused, the other is there", "sync.status", json!({}), fares).await;
    assert!(state["trouble"].is_null(), "the connection itself is well");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn strangers_and_damaged_requests_get_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(folder.path(), Arc::new(SystemHost::new(None))).await.unwrap();
    call(&app, "competitions.create", json!({"title": "模拟", "event": "", "from": "sample"})).await;
    for what in ["scopes", "heads", "push", "pull"] {
        let refused = app.answer_node(what, None, None, b"null").await.unwrap_err();
        assert_eq!((refused.status, refused.code), (401, "unknown-node"), "{what}");
        let (key, signature) = ("ab".repeat(32), "cd".repeat(64));
        let refused = app.answer_node(what, Some(&key), Some(&signature), b"null").await.unwrap_err();
        assert_eq!((refused.status, refused.code), (401, "unknown-node"), "{what}, signed with anything");
    }
    let refused = app.answer_node("pair", None, None, b"{\"code\":1}").await.unwrap_err();
    assert_eq!((refused.status, refused.code), (400, "bad-request"));
}

/// Asked to stop, it closes its page and answers what is under way; both ends are over before it ends.
#[cfg(unix)]
#[test]
fn a_headquarters_with_a_page_stops_when_it_is_told_to() {
    let place = tempfile::tempdir().unwrap();
    let ui = place.path().join("ui");
    std::fs::create_dir(&ui).unwrap();
    std::fs::write(ui.join("index.html"), "<!doctype html>").unwrap();
    let mut process = Command::new(PROGRAM)
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(place.path().join("hq"))
        .arg("--ui")
        .arg(&ui)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
    let nodes = lines.next().unwrap();
    let page = lines.find(|line| line.contains("/?token="));
    assert!(nodes.starts_with("nodes https://") && page.is_some(), "{nodes} {page:?}");
    assert!(Command::new("kill").args(["-TERM", &process.id().to_string()]).status().unwrap().success());
    assert!(process.wait().unwrap().success(), "both ends were awaited");
}

/// Asks over plain HTTP; status and everything behind the head.
async fn get(address: &str, path: &str, host: &str) -> (u16, String) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

/// Names, document numbers and telephones in a list of entries.
fn personal(entries: &Value) -> Vec<String> {
    let forms = entries["rows"].as_array().into_iter().flatten().map(|row| &row["form"]);
    let fields = forms.flat_map(|form| ["name", "document_number", "phone"].map(|field| form[field].as_str()));
    fields.flatten().filter(|text| !text.is_empty()).map(ToOwned::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_monitoring_program_sees_counts_and_nothing_of_people_or_nodes() {
    let folder = tempfile::tempdir().unwrap();
    let arguments =
        ["serve", "--listen", "127.0.0.1:0", "--pair", "1", "--metrics", "127.0.0.1:0", "--log", "json", "--data"];
    let mut process = Command::new(PROGRAM)
        .args(arguments)
        .arg(folder.path())
        .env("RUST_LOG", "info")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut said = |word: &str| lines.find_map(|line| line.strip_prefix(word).map(str::to_owned)).unwrap();
    let (url, code, watched) = (said("nodes "), said("code "), said("metrics http://"));
    let address = watched.strip_suffix("/metrics").unwrap();
    let desk = Desk::open().await;
    desk.call("competitions.create", json!({"title": "模拟杯", "event": "", "from": "sample"})).await;
    desk.call("sync.connect", json!({"url": url, "code": code})).await;
    desk.everything_at_headquarters(100).await;
    let competition = desk.call("sync.status", json!({})).await["competitions"][0]["competition"].clone();
    let home = desk.call("competition.home", json!({"competition": competition})).await;
    let list = json!({"competition": competition, "event": home["events"][0][0], "search": ""});
    let entries = desk.call("entries.list", list).await;
    let people: Vec<String> = personal(&entries);
    assert!(people.len() > 50, "people to look for: {entries}");
    let (status, counts) = get(address, "/metrics", address).await;
    assert_eq!(status, 200);
    let records = desk.saved().await;
    for line in
        [format!("jiangsai_records {records}"), "jiangsai_competitions 1".to_owned(), "jiangsai_nodes 1".to_owned()]
    {
        assert!(counts.lines().any(|own| own == line), "{line}: {counts}");
    }
    let pushed = counts.lines().find(|line| line.starts_with("jiangsai_questions_total") && line.contains("push"));
    assert!(pushed.is_some_and(|line| line.contains("code=\"ok\"")), "{counts}");
    assert!(counts.contains("jiangsai_question_seconds_bucket"), "{counts}");
    assert!(!counts.contains("模拟") && !counts.contains(&url), "{counts}");
    assert_eq!(get(address, "/health", address).await, (200, "ok\n".to_owned()));
    assert_eq!(get(address, "/metrics", "elsewhere.example").await.0, 403, "a page of another site");
    process.kill().unwrap();
    let mut log = String::new();
    std::io::Read::read_to_string(&mut process.stderr.take().unwrap(), &mut log).unwrap();
    process.wait().unwrap();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.iter().any(|line| line["fields"]["message"] == "a node was paired"), "{log}");
    // All that it said, at this level, with everybody's registration among what it was sent and what it refused.
    assert!(!log.contains("模拟杯"), "no competition: {log}");
    for one in people {
        assert!(!log.contains(&one) && !counts.contains(&one), "{one}: {log}");
    }
}
