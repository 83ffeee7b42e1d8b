//! A big screen for the browsers of other computers in the hall: the page and one question, to be looked at by whoever has the address.
//!
//! Without TLS and without cookies: what is shown hangs in the hall for everybody, and a certificate that no browser knows would only
//! frighten. The code in the address keeps out whoever was not given it.

mod word;

use crate::door::{Closing, Here, Said, open_plainly};
use crate::guard::{foreign, is_own};
use crate::guesses::Guesses;
use crate::site::{PAGE, policy, with_own_headers};
use crate::{Limits, reached, rpc};
use axum::body::Bytes;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use jiangsai_app::hub::OpenDoor;
use jiangsai_app::sharing::{OpenScreen, ScreenDoor, Shared};
use jiangsai_app::{App, in_words};
use jiangsai_domain::command::screen::ShowScreen;
use jiangsai_domain::command::start::AppStatus;
use jiangsai_domain::command::{Command, WireError};
use jiangsai_domain::pairing::SCREEN_PORT;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Component;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// The built interface: a file of it, by its path.
pub type Interface = Arc<dyn Fn(&str) -> Option<Vec<u8>> + Send + Sync>;

/// Longest question, in bytes.
const LONGEST: usize = 4 * 1024;
/// A few screens, and whoever looks on besides.
const LIMITS: (usize, usize) = (128, 32);
/// A page that takes longer is cut off when the screen ends.
const FAREWELL: Duration = Duration::from_secs(2);

/// Shows a big screen to other computers of the network.
#[derive(Clone)]
pub struct LanScreen {
    interface: Interface,
}

impl LanScreen {
    /// With the pages of this interface.
    #[must_use]
    pub const fn new(interface: Interface) -> Self {
        Self { interface }
    }

    /// With the pages of the interface that was built into a folder.
    #[must_use]
    pub fn of_folder(ui: &std::path::Path) -> Self {
        let ui = ui.to_owned();
        Self::new(Arc::new(move |path: &str| {
            let path = std::path::Path::new(path);
            // Nothing outside of the folder.
            let inside = path.components().all(|part| matches!(part, Component::Normal(_)));
            inside.then(|| std::fs::read(ui.join(path)).ok()).flatten()
        }))
    }
}

impl ScreenDoor for LanScreen {
    fn open(&self, app: App, shared: Shared) -> Pin<Box<dyn Future<Output = std::io::Result<OpenScreen>> + Send + '_>> {
        let open = Open {
            app,
            shared,
            interface: self.interface.clone(),
            files: Mutex::default(),
            guesses: Mutex::default(),
            said: Said::new(),
        };
        Box::pin(async move {
            if open.file(PAGE).await.is_none() {
                return Err(std::io::Error::other("no built interface"));
            }
            let listener = match TcpListener::bind((Ipv4Addr::UNSPECIFIED, SCREEN_PORT)).await {
                Ok(listener) => listener,
                // Somebody else has it.
                Err(_) => TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0)).await?,
            };
            let here = listener.local_addr()?;
            let (closes, close) = oneshot::channel::<()>();
            let (connections, per_address) = LIMITS;
            let limits = Limits { connections, per_address, farewell: FAREWELL, ..Limits::default() };
            let closed = tokio::spawn(async move {
                open_plainly(listener, router(open), limits, async { drop(close.await) }).await;
            });
            Ok((OpenDoor::new(here.port(), closes, closed), reached(here)))
        })
    }
}

struct Open {
    app: App,
    shared: Shared,
    interface: Interface,
    /// Files that were asked for and are there.
    files: Mutex<BTreeMap<String, Bytes>>,
    guesses: Mutex<Guesses>,
    said: Said,
}

impl Open {
    /// Read once: whoever asks for it again gets the same bytes, not a copy.
    async fn file(&self, path: &str) -> Option<Bytes> {
        let kept = |path: &str| self.files.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        if let Some(file) = kept(path) {
            return Some(file);
        }
        let (interface, own) = (self.interface.clone(), path.to_owned());
        let file = tokio::task::spawn_blocking(move || interface(&own)).await.ok().flatten().map(Bytes::from)?;
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), file.clone());
        Some(file)
    }
}

/// What may be asked: below the code the screen, and without it the program's own files.
fn router(open: Open) -> Router {
    let open = Arc::new(open);
    let router = Router::new()
        .route("/screen/{code}", get(enter))
        .route("/screen/{code}/", get(page))
        .route("/screen/{code}/api/rpc/{name}", post(call))
        .route("/screen/{code}/api/events", get(events))
        .route_layer(from_fn_with_state(open.clone(), check))
        .fallback(get(file))
        .layer(DefaultBodyLimit::max(LONGEST))
        .layer(from_fn(own_pages))
        .with_state(open);
    with_own_headers(router)
}

/// Refuses whoever reached us by another name, and the pages of other sites.
async fn own_pages(request: Request, next: Next) -> Response {
    let here = request.extensions().get::<Here>();
    if here.is_some_and(|here| is_own(request.headers(), &[here.0.to_string()])) {
        next.run(request).await
    } else {
        foreign()
    }
}

/// Lets through whoever shows the code. A wrong one is counted, so that guessers wait; the right one never has to.
async fn check(
    State(open): State<Arc<Open>>,
    Path(parts): Path<HashMap<String, String>>,
    request: Request,
    next: Next,
) -> Response {
    if parts.get("code").is_some_and(|code| open.shared.code.is(code)) {
        return next.run(request).await;
    }
    let from = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let from = from.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |from| from.0.ip());
    let counted = open.guesses.lock().unwrap_or_else(PoisonError::into_inner).begin(from, Instant::now());
    if open.said.may() {
        tracing::warn!(%from, "the big screen was asked for with a wrong code");
    }
    let (status, code, wait) = match counted {
        Ok(()) => (StatusCode::FORBIDDEN, "screen-not-shared", None),
        Err(wait) => (StatusCode::TOO_MANY_REQUESTS, "screen-wait", Some(wait)),
    };
    let by_page = parts.contains_key("name");
    let mut answer = if by_page { refused(status, code, request.headers()) } else { in_plain_words(status, code) };
    if let Some(wait) = wait {
        // Never earlier than it may.
        answer.headers_mut().insert(header::RETRY_AFTER, (wait.as_secs() + 1).into());
    }
    answer
}

fn told(code: &str, language: &str) -> WireError {
    let error = WireError { code: code.to_owned(), message: String::new(), details: Vec::new(), refusal: true };
    in_words(&error, language)
}

/// A refusal to a page.
fn refused(status: StatusCode, code: &str, headers: &HeaderMap) -> Response {
    (status, Json(told(code, rpc::language(headers).unwrap_or("zh-CN")))).into_response()
}

/// A refusal to a person.
fn in_plain_words(status: StatusCode, code: &str) -> Response {
    let words: String = ["zh-CN", "en"].map(|language| told(code, language).message + "\n").concat();
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], words).into_response()
}

/// On to the page, whose own address names what is on it, as everywhere.
async fn enter(State(open): State<Arc<Open>>) -> Response {
    let Shared { competition, code } = &open.shared;
    (StatusCode::SEE_OTHER, [(header::LOCATION, format!("/screen/{code}/#/c/{competition}/wall"))]).into_response()
}

/// The page, in the language of this computer.
async fn page(State(open): State<Arc<Open>>) -> Response {
    let Some(page) = open.file(PAGE).await.and_then(|page| String::from_utf8(page.to_vec()).ok()) else {
        return in_plain_words(StatusCode::NOT_FOUND, "screen-not-shared");
    };
    let status = open.app.dispatch(AppStatus::NAME, json!({}), None).await.unwrap_or_default();
    let language = status["language"].as_str().unwrap_or("zh-CN");
    let page = page.replacen("lang=\"zh-CN\"", &format!("lang=\"{language}\""), 1);
    let kind = "text/html; charset=utf-8".to_owned();
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_SECURITY_POLICY, policy(&page))], page).into_response()
}

/// What is on the screen of this competition; nothing else.
async fn call(
    State(open): State<Arc<Open>>,
    Path((_, name)): Path<(String, String)>,
    headers: HeaderMap,
    Json(question): Json<Value>,
) -> Response {
    if name != ShowScreen::NAME {
        return refused(StatusCode::FORBIDDEN, "screen-only", &headers);
    }
    if question["competition"] != open.shared.competition.as_str() {
        return refused(StatusCode::FORBIDDEN, "screen-other-competition", &headers);
    }
    rpc::said(open.app.dispatch(&name, question, rpc::language(&headers)).await)
}

/// Word that something else is on it, and of its end.
async fn events(State(open): State<Arc<Open>>, request: Request) -> Response {
    let closing = request.extensions().get::<Closing>().cloned();
    word::stream(open.app.changes(), open.shared.competition.clone(), closing).into_response()
}

/// A file that the page loads: the program, which is the same everywhere.
async fn file(State(open): State<Arc<Open>>, address: Uri) -> Response {
    let path = address.path().trim_start_matches('/');
    let kind = match path.rsplit_once('.') {
        Some((_, "js")) => "text/javascript",
        Some((_, "css")) => "text/css",
        Some((_, "wasm")) => "application/wasm",
        _ => return in_plain_words(StatusCode::NOT_FOUND, "screen-not-shared"),
    };
    match open.file(path).await {
        Some(file) => ([(header::CONTENT_TYPE, kind)], file).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
