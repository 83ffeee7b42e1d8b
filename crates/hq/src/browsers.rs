//! The interface for browsers elsewhere (帐号): over HTTPS, for whoever signs in with an account, by password and a code.
//!
//! Before that only the program's own files are served, which are the same everywhere, and the questions of the door (`ask`). `Host` and `Origin`
//! must be those of the site, cookies go to it alone, and whatever changes something must come from its own page. Left out: who has an account
//! and what it may do (`app`).

mod ask;
mod certificate;
mod cookies;
mod site;
mod word;

pub use certificate::Certificate;
pub use site::Site;

use crate::door::{Limits, stand_open};
use crate::guesses::Guesses;
use crate::site::{PAGE, with_headers};
use crate::{LONGEST_REQUEST, openapi, rpc};
use axum::extract::{DefaultBodyLimit, Path as InPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use jiangsai_app::accounts::Entered;
use jiangsai_app::{App, in_words};
use jiangsai_domain::account::{ACCOUNT_NEEDED, DOOR_MARK};
use jiangsai_domain::command::start::AppStatus;
use jiangsai_domain::command::{Command, WireError};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tower_http::services::ServeDir;

/// Connections of browsers at once: each browser takes a handful, one of them for word of changes.
pub const MOST_BROWSERS: usize = 2_048;
/// The same from one address.
const OF_ONE_ADDRESS: usize = 512;
/// For a year a browser comes over HTTPS alone.
const HTTPS_ALONE: &str = "max-age=31536000";

/// How browsers reach this headquarters.
#[derive(Clone, Debug)]
pub enum Way {
    /// This program speaks TLS with this certificate.
    Tls(Certificate),
    /// Another program of this computer does, and passes requests on, with the address of the browser in `X-Forwarded-For`.
    Proxy,
}

struct Open {
    app: App,
    site: Site,
    ui: Arc<Path>,
    guesses: Mutex<Guesses>,
    is_proxied: bool,
}

/// Lets browsers in until `stop` resolves.
pub async fn open_to_browsers(
    listener: TcpListener,
    app: App,
    site: Site,
    ui: &Path,
    way: Way,
    stop: impl Future<Output = ()>,
) {
    let (connections, per_address) = (MOST_BROWSERS, OF_ONE_ADDRESS);
    let is_proxied = matches!(way, Way::Proxy);
    let (per_address, tls) = match way {
        Way::Tls(certificate) => (per_address, Some(TlsAcceptor::from(certificate.config()))),
        // All come from one.
        Way::Proxy => (connections, None),
    };
    let limits = Limits { connections, per_address, ..Limits::default() };
    stand_open(listener, tls, browsers(app, site, ui, is_proxied), limits, stop).await;
}

/// What browsers may ask. `is_proxied`: another program of this computer passes requests on.
pub fn browsers(app: App, site: Site, ui: &Path, is_proxied: bool) -> Router {
    let open = Open { app, site, ui: ui.into(), guesses: Mutex::new(Guesses::by_address()), is_proxied };
    let open = Arc::new(open);
    let inside = Router::new()
        .route("/api/rpc/{name}", post(call))
        .route("/api/events", get(events))
        .route(openapi::PATH, get(openapi::of_the_page))
        .route_layer(from_fn_with_state(open.clone(), signed_in))
        .layer(DefaultBodyLimit::max(LONGEST_REQUEST));
    let router = Router::new()
        .route("/api/door/{question}", post(ask::ask))
        .merge(inside)
        .layer(from_fn(kept_nowhere))
        .route("/", get(page))
        .route(&format!("/{PAGE}"), get(page))
        .fallback_service(ServeDir::new(ui).append_index_html_on_directories(false))
        .layer(from_fn_with_state(open.clone(), own_pages))
        .with_state(open);
    with_headers(router, ui).layer(from_fn(for_its_own_site))
}

/// Refuses whoever reached us by another name, and the pages of other sites.
async fn own_pages(State(open): State<Arc<Open>>, request: Request, next: Next) -> Response {
    if open.site.is_own(&request) { next.run(request).await } else { crate::guard::foreign() }
}

/// Lets through whoever is signed in. Of anybody else nothing but the head of the request is read.
async fn signed_in(State(open): State<Arc<Open>>, mut request: Request, next: Next) -> Response {
    let language = rpc::language(request.headers()).map(str::to_owned);
    let token = cookies::session(request.headers(), &open.site);
    match open.app.entered(token.as_deref(), language.as_deref()).await {
        Ok(Some(entered)) => {
            request.extensions_mut().insert(entered);
            next.run(request).await
        }
        Ok(None) => refused(StatusCode::UNAUTHORIZED, ACCOUNT_NEEDED, language.as_deref(), &[]),
        Err(error) => rpc::said(Err(error)),
    }
}

/// A refusal to a page.
fn refused(status: StatusCode, code: &str, language: Option<&str>, numbers: &[(&str, u64)]) -> Response {
    let details = numbers.iter().map(|(name, number)| ((*name).to_owned(), number.to_string())).collect();
    let error = WireError { code: code.to_owned(), message: String::new(), details, refusal: true };
    (status, Json(in_words(&error, language.unwrap_or("zh-CN")))).into_response()
}

async fn call(
    State(open): State<Arc<Open>>,
    Extension(entered): Extension<Entered>,
    InPath(name): InPath<String>,
    headers: HeaderMap,
    Json(payload): Json<Value>,
) -> Response {
    let (tokens, language) = (rpc::tokens(&headers), rpc::language(&headers));
    rpc::said(open.app.dispatch_at_door(Some(&entered), tokens, &name, payload, language).await)
}

/// Word of changes, and of the end of the session.
async fn events(State(open): State<Arc<Open>>, request: Request) -> Response {
    let closing = request.extensions().get().cloned();
    let token = cookies::session(request.headers(), &open.site);
    word::stream(open.app.clone(), token, closing).into_response()
}

/// The page, which is told that it has to ask at the door, in the language of this computer.
async fn page(State(open): State<Arc<Open>>) -> Response {
    let Ok(page) = tokio::fs::read_to_string(open.ui.join(PAGE)).await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let status = open.app.dispatch(AppStatus::NAME, json!({}), None).await.unwrap_or_default();
    let language = status["language"].as_str().unwrap_or("zh-CN");
    let page = page.replacen("lang=\"zh-CN\"", &format!("lang=\"{language}\""), 1);
    let page = page.replacen("<head>", &format!("<head><meta name=\"{DOOR_MARK}\" content=\"browser\">"), 1);
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

/// What is said about competitions and accounts stays in no cache.
async fn kept_nowhere(request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

/// Headers of a site of its own: over HTTPS alone, and in no other site's windows.
async fn for_its_own_site(request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    let headers = [
        (header::STRICT_TRANSPORT_SECURITY, HTTPS_ALONE),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in headers {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
}
