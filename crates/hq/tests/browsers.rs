//! The interface for browsers elsewhere: from a set-up link to signing out, what somebody gets who means ill, several instances on one database, and TLS.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[path = "../../app/tests/commands/authenticator.rs"]
mod authenticator;
#[path = "../../app/tests/commands/clock.rs"]
mod clock;
#[path = "browsers/hostile.rs"]
mod hostile;
#[path = "browsers/instances.rs"]
mod instances;
#[path = "browsers/journey.rs"]
mod journey;
#[cfg(unix)]
#[path = "../../store/tests/store/server.rs"]
mod server;
#[path = "browsers/tls.rs"]
mod tls;

use authenticator::shows;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::response::Response;
use clock::Clock;
use jiangsai_app::App;
use jiangsai_app::host::Host;
use jiangsai_domain::account::May;
use jiangsai_hq::browsers;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;

const SITE: &str = "https://hq.example.org";
const PASSWORD: &str = "秋天的湖面上有三只野鸭子";
const STEP: i64 = 30_000;
const NOW: i64 = 1_764_300_000_000;

/// A headquarters that browsers reach.
struct Hq {
    app: App,
    clock: Arc<Clock>,
    router: Router,
    _folder: TempDir,
}

/// A built interface.
fn interface(folder: &Path) -> std::path::PathBuf {
    let ui = folder.join("ui");
    std::fs::create_dir_all(&ui).unwrap();
    std::fs::write(ui.join("index.html"), "<html lang=\"zh-CN\"><head></head><script>start()</script></html>").unwrap();
    std::fs::write(ui.join("app.wasm"), b"\0asm").unwrap();
    ui
}

impl Hq {
    async fn open() -> Self {
        Self::behind(false).await
    }

    async fn behind(is_proxied: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::at(NOW);
        let app = App::open(&folder.path().join("data"), clock.clone()).await.unwrap();
        let router = browsers(app.clone(), SITE.parse().unwrap(), &interface(folder.path()), is_proxied);
        Self { app, clock, router, _folder: folder }
    }

    async fn link(&self, name: &str, may: May) -> String {
        self.app.accounts().add(name, may).await.unwrap().code
    }

    /// An account, set up, and the browser in which that was done.
    async fn somebody(&self, name: &str, may: May) -> (Browser, String) {
        let link = self.link(name, may).await;
        let mut browser = Browser::default();
        let (_, begun) = browser.ask(self, "begin_set_up", json!({"link": link})).await;
        let letters = begun["authenticator"]["letters"].as_str().unwrap().to_owned();
        let set_up = json!({"link": link, "password": PASSWORD, "code": shows(&letters, self.clock.now_ms())});
        let (status, done) = browser.ask(self, "set_up", set_up).await;
        assert_eq!((status, done["codes"].as_array().unwrap().len()), (StatusCode::OK, 8));
        self.clock.forth(STEP);
        (browser, letters)
    }

    fn signing_in(&self, name: &str, password: &str, letters: &str) -> Value {
        json!({"name": name, "password": password, "code": shows(letters, self.clock.now_ms())})
    }
}

/// A browser with its jar of cookies.
#[derive(Clone, Default)]
struct Browser {
    jar: BTreeMap<String, String>,
    /// Where it is.
    from: Option<SocketAddr>,
    /// Headers besides.
    more: Vec<(&'static str, String)>,
}

impl Browser {
    fn at(address: &str) -> Self {
        Self { from: Some(address.parse().unwrap()), ..Self::default() }
    }

    fn cookies(&self) -> String {
        self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    async fn send(&mut self, hq: &Hq, request: Request<Body>) -> (StatusCode, HeaderMap, Vec<u8>) {
        let answer = self.answer(&hq.router, request).await;
        let (status, headers) = (answer.status(), answer.headers().clone());
        (status, headers, to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec())
    }

    async fn answer(&mut self, router: &Router, mut request: Request<Body>) -> Response {
        if let Some(from) = self.from {
            request.extensions_mut().insert(ConnectInfo(from));
        }
        let answer = router.clone().oneshot(request).await.unwrap();
        for line in answer.headers().get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if line.contains("Max-Age=0") {
                self.jar.remove(name);
            } else {
                self.jar.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    fn request(&self, method: &str, path: &str, body: Option<&Value>) -> Request<Body> {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "hq.example.org");
        if !self.jar.is_empty() {
            request = request.header(header::COOKIE, self.cookies());
        }
        for (name, value) in &self.more {
            request = request.header(*name, value);
        }
        match body {
            Some(body) => request
                .header(header::ORIGIN, SITE)
                .header(header::CONTENT_TYPE, "application/json")
                .body(Body::from(body.to_string()))
                .unwrap(),
            None => request.body(Body::empty()).unwrap(),
        }
    }

    async fn post(&mut self, hq: &Hq, path: &str, body: Value) -> (StatusCode, Value) {
        let request = self.request("POST", path, Some(&body));
        let (status, headers, bytes) = self.send(hq, request).await;
        assert_eq!(headers[header::CACHE_CONTROL], "no-store", "{path}");
        (status, serde_json::from_slice(&bytes).unwrap_or_default())
    }

    async fn ask(&mut self, hq: &Hq, question: &str, body: Value) -> (StatusCode, Value) {
        self.post(hq, &format!("/api/door/{question}"), body).await
    }

    async fn call(&mut self, hq: &Hq, command: &str, body: Value) -> (StatusCode, Value) {
        self.post(hq, &format!("/api/rpc/{command}"), body).await
    }
}
