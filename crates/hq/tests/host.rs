//! The door of the HTTP host: one browser, by a token that works once, and nobody else's pages.
#![allow(clippy::unwrap_used, reason = "tests")]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiangsai_app::App;
use jiangsai_app::host::SystemHost;
use jiangsai_hq::{Guard, reloading_router, router};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;
use tokio_stream::StreamExt;
use tower::ServiceExt;

const HOST: &str = "127.0.0.1:4711";

struct Host {
    router: Router,
    token: String,
    address: String,
    page: PathBuf,
    _folder: TempDir,
}

async fn host() -> Host {
    host_at(4711).await
}

async fn host_at(port: u16) -> Host {
    host_with(port, router).await
}

async fn host_with(port: u16, answering: fn(App, Arc<Guard>, &std::path::Path) -> Router) -> Host {
    let folder = tempfile::tempdir().unwrap();
    let ui = folder.path().join("ui");
    std::fs::create_dir_all(&ui).unwrap();
    std::fs::write(ui.join("index.html"), "<script>start()</script>").unwrap();
    std::fs::write(ui.join("app.wasm"), b"\0asm").unwrap();
    let app = App::open(&folder.path().join("data"), Arc::new(SystemHost::new(None))).await.unwrap();
    let guard = Arc::new(Guard::new(port).unwrap());
    let token = guard.address().split_once("token=").unwrap().1.to_owned();
    let (router, page) = (answering(app, guard, &ui), ui.join("index.html"));
    Host { router, token, address: format!("127.0.0.1:{port}"), page, _folder: folder }
}

impl Host {
    async fn ask(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    async fn get(&self, path: &str, cookie: Option<&str>) -> Response {
        let mut request = Request::get(path).header(header::HOST, &self.address);
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        self.ask(request.body(Body::empty()).unwrap()).await
    }

    /// Shows the token and keeps the cookie.
    async fn enter(&self) -> String {
        let answer = self.get(&format!("/?token={}", self.token), None).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "the token lets in and leaves the address bar");
        let cookie = answer.headers()[header::SET_COOKIE].to_str().unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        cookie.split(';').next().unwrap().to_owned()
    }

    async fn call(&self, name: &str, payload: &str, cookie: &str) -> (StatusCode, serde_json::Value) {
        let request = Request::post(format!("/api/rpc/{name}"))
            .header(header::HOST, HOST)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(payload.to_owned()))
            .unwrap();
        let answer = self.ask(request).await;
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, serde_json::from_slice(&bytes).unwrap_or_default())
    }
}

#[tokio::test]
async fn the_token_works_once() {
    let host = host().await;
    assert_eq!(host.get("/", None).await.status(), StatusCode::UNAUTHORIZED, "nobody without it");
    let cookie = host.enter().await;
    assert_eq!(host.get("/", Some(&cookie)).await.status(), StatusCode::OK, "whoever showed it stays in");
    let again = host.get(&format!("/?token={}", host.token), None).await;
    assert_eq!(again.status(), StatusCode::UNAUTHORIZED, "nobody else gets in with it");
}

#[tokio::test]
async fn two_hosts_on_one_computer_let_one_browser_into_both() {
    let (one, other) = (host_at(4711).await, host_at(4712).await);
    let mut jar = std::collections::BTreeMap::new();
    for host in [&one, &other] {
        let cookie = host.enter().await;
        let (name, value) = cookie.split_once('=').unwrap();
        jar.insert(name.to_owned(), value.to_owned());
    }
    // A browser sends all cookies of the address to every port.
    let sent = jar.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
    for host in [&one, &other] {
        assert_eq!(host.get("/", Some(&sent)).await.status(), StatusCode::OK, "{}", host.address);
    }
}

#[tokio::test]
async fn this_computers_own_browser_has_no_door_of_accounts() {
    let host = host().await;
    let cookie = host.enter().await;
    let page = to_bytes(host.get("/", Some(&cookie)).await.into_body(), usize::MAX).await.unwrap();
    assert_eq!(page, "<script>start()</script>", "as it was built");
    let request = Request::post("/api/door/who").header(header::HOST, HOST).header(header::COOKIE, &cookie);
    let asked = host.ask(request.body(Body::from("{}")).unwrap()).await;
    assert!(!asked.status().is_success(), "{}", asked.status());
}

#[tokio::test]
async fn pages_of_other_sites_get_nothing() {
    let host = host().await;
    let cookie = host.enter().await;
    let request = |host: &str, origin: Option<&str>| {
        let mut request = Request::get("/").header(header::HOST, host).header(header::COOKIE, &cookie);
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        request.body(Body::empty()).unwrap()
    };
    let rebound = host.ask(request("evil.example:4711", None)).await;
    assert_eq!(rebound.status(), StatusCode::FORBIDDEN, "another name for our address");
    let foreign = host.ask(request(HOST, Some("http://evil.example"))).await;
    assert_eq!(foreign.status(), StatusCode::FORBIDDEN, "another site's page");
    let own = host.ask(request(HOST, Some("http://127.0.0.1:4711"))).await;
    assert_eq!(own.status(), StatusCode::OK, "our own page");
}

#[tokio::test]
async fn commands_answer_in_json_with_a_telling_status() {
    let host = host().await;
    let cookie = host.enter().await;
    let (status, reply) = host.call("app.status", "{}", &cookie).await;
    assert_eq!((status, &reply["language"]), (StatusCode::OK, &"zh-CN".into()), "Chinese first");
    let (status, error) = host.call("marks.guess", "{}", &cookie).await;
    assert_eq!((status, &error["code"]), (StatusCode::NOT_FOUND, &"unknown-command".into()));
    let (status, error) = host.call("competitions.create", "{\"title\":1}", &cookie).await;
    assert_eq!((status, &error["code"]), (StatusCode::BAD_REQUEST, &"bad-request".into()));
    let nameless = r#"{"title":" ","event":"","from":{"template":"theory-practice-30-70"}}"#;
    let (status, error) = host.call("competitions.create", nameless, &cookie).await;
    assert_eq!((status, &error["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &"empty-title".into()));
    assert_eq!(error["refusal"], true, "a refusal reads like advice");
}

#[tokio::test]
async fn files_come_with_their_type_and_a_strict_policy() {
    let host = host().await;
    let cookie = host.enter().await;
    let wasm = host.get("/app.wasm", Some(&cookie)).await;
    assert_eq!(wasm.headers()[header::CONTENT_TYPE], "application/wasm");
    let policy = host.get("/", Some(&cookie)).await.headers()[header::CONTENT_SECURITY_POLICY].clone();
    let policy = policy.to_str().unwrap().to_owned();
    assert!(policy.contains("'sha256-") && !policy.contains("unsafe-inline"), "{policy}");
}

#[tokio::test]
async fn a_page_that_is_built_again_may_run_its_own_scripts_and_no_longer_the_former_ones() {
    let host = host().await;
    let cookie = host.enter().await;
    // The same length, written at once: neither its size nor its time tells.
    for script in ["start()", "begin()"] {
        std::fs::write(&host.page, format!("<script>{script}</script>")).unwrap();
        let answer = host.get("/", Some(&cookie)).await;
        let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
        let hash = STANDARD.encode(Sha256::digest(script));
        assert!(policy.contains(&format!("'sha256-{hash}'")), "{script}: {policy}");
        assert_eq!(policy.matches("'sha256-").count(), 1, "{script}: {policy}");
    }
}

/// What the stream of events says up to the first mention of an event.
async fn heard(body: Body, event: &str) -> String {
    let (mut text, mut chunks) = (String::new(), body.into_data_stream());
    while !text.contains(event) {
        text.push_str(std::str::from_utf8(&chunks.next().await.unwrap().unwrap()).unwrap());
    }
    text
}

#[tokio::test]
async fn open_pages_hear_of_a_new_build_where_the_interface_is_being_worked_on() {
    let host = host_with(4711, reloading_router).await;
    let cookie = host.enter().await;
    let events = host.get("/api/events", Some(&cookie)).await;
    assert_eq!(events.status(), StatusCode::OK);
    // Taken away and written again, as a build does.
    std::fs::remove_file(&host.page).unwrap();
    std::fs::write(&host.page, "<script>begin()</script>").unwrap();
    let text = heard(events.into_body(), "event: built").await;
    assert_eq!(text.matches("event:").count(), 1, "{text}");
}
