//! The questions of the door: `POST /api/door/{question}` with a little JSON. Whoever guesses waits, by address; a browser in which the account was signed
//! in before does not wait for what others do.

use super::{Open, cookies, refused};
use crate::rpc;
use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Path, Request, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiangsai_app::accounts::AtDoor;
use jiangsai_domain::account::{ACCOUNT_NEEDED, BeginSetUp, Question, SetUp, SignInAtDoor};
use jiangsai_domain::command::WireError;
use serde_json::Value;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// Longest question, in bytes, and how long it may take to come.
const LONGEST: usize = 8 * 1024;
const SLOWEST: Duration = Duration::from_secs(10);
/// Who asked first, as a program that passes requests on says it.
const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");

pub(super) async fn ask(State(open): State<Arc<Open>>, Path(question): Path<String>, request: Request) -> Response {
    let from = address(&open, &request);
    let (head, body) = request.into_parts();
    let language = rpc::language(&head.headers).map(str::to_owned);
    let payload = match read(&head.headers, body).await {
        Ok(payload) => payload,
        Err(status) => return status.into_response(),
    };
    let known = cookies::known(&head.headers, &open.site);
    let is_guess = [SignInAtDoor::NAME, BeginSetUp::NAME, SetUp::NAME].contains(&question.as_str());
    let counted = is_guess && !is_known(&open, &question, &payload, known.as_deref()).await;
    if counted && let Err(wait) = guesses(&open).begin(from, Instant::now()) {
        return later(wait, language.as_deref());
    }
    let token = cookies::session(&head.headers, &open.site);
    let browser = browser(&head.headers);
    let (session, known) = (token.as_deref(), known.as_deref());
    let at = AtDoor { session, known, browser: &browser, host: open.site.host(), from };
    let answered = open.app.ask_at_door(&question, payload, at, language.as_deref()).await;
    if counted && was_no_guess(&answered) {
        guesses(&open).right(from);
    }
    match answered {
        Ok(let_in) => {
            let mut answer = Json(let_in.reply).into_response();
            for line in let_in.cookies.iter().filter_map(|cookie| cookies::set(&open.site, cookie)) {
                answer.headers_mut().append(header::SET_COOKIE, line);
            }
            answer
        }
        Err(error) if error.code == ACCOUNT_NEEDED => (StatusCode::UNAUTHORIZED, Json(error)).into_response(),
        Err(error) if error.code == "account-wait" => (StatusCode::TOO_MANY_REQUESTS, Json(error)).into_response(),
        Err(error) => rpc::said(Err(error)),
    }
}

fn guesses(open: &Open) -> std::sync::MutexGuard<'_, crate::guesses::Guesses> {
    open.guesses.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Did it let in, or come so far that what was guessed at was right?
fn was_no_guess<T>(answered: &Result<T, WireError>) -> bool {
    answered.as_ref().map_or_else(|error| error.code.starts_with("password-"), |_| true)
}

/// Was the account whose name is tried signed in with this browser before? It is counted by itself then.
async fn is_known(open: &Open, question: &str, payload: &Value, known: Option<&str>) -> bool {
    match (question == SignInAtDoor::NAME, payload["name"].as_str(), known) {
        (true, Some(name), Some(known)) => open.app.knows_browser(name, known).await,
        _ => false,
    }
}

async fn read(headers: &HeaderMap, body: Body) -> Result<Value, StatusCode> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    // A form of another site cannot send it.
    if kind.split(';').next().map(str::trim) != Some("application/json") {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let read = timeout(SLOWEST, to_bytes(body, LONGEST)).await.map_err(|_| StatusCode::REQUEST_TIMEOUT)?;
    let bytes: Bytes = read.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    serde_json::from_slice(&bytes).map_err(|_| StatusCode::BAD_REQUEST)
}

fn later(wait: Duration, language: Option<&str>) -> Response {
    // Never earlier than it may.
    let seconds = wait.as_secs() + 1;
    let mut answer = refused(StatusCode::TOO_MANY_REQUESTS, "account-wait", language, &[("seconds", seconds)]);
    answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    answer
}

/// Where a browser is. A program of this computer that passes requests on says it last; what stands before that anybody may have written.
fn address(open: &Open, request: &Request) -> IpAddr {
    let from = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let from = from.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |from| from.0.ip());
    if !open.is_proxied {
        return from;
    }
    let lines = request.headers().get_all(FORWARDED).iter().filter_map(|line| line.to_str().ok());
    let last = lines.flat_map(|line| line.split(',')).next_back().and_then(|last| last.trim().parse().ok());
    last.unwrap_or(from)
}

/// Browser and system as they say themselves, in two words: enough to know one's own.
fn browser(headers: &HeaderMap) -> String {
    let said = headers.get(header::USER_AGENT).and_then(|said| said.to_str().ok()).unwrap_or_default();
    // The later are also what the earlier say they are.
    let of = |known: &[(&'static str, &'static str)]| {
        known.iter().find(|(mark, _)| said.contains(mark)).map(|(_, name)| *name)
    };
    let program = of(&[("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
    let system = of(&[
        ("Android", "Android"),
        ("iPhone", "iOS"),
        ("iPad", "iOS"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    [program, system].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_browser_is_known_by_two_words_and_nothing_else_is_kept() {
        let said = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::USER_AGENT, HeaderValue::from_static(text));
            browser(&headers)
        };
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0";
        assert_eq!(said(edge), "Edge · Windows");
        assert_eq!(said("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"), "Firefox · Linux");
        assert_eq!(said("<script>alert(1)</script>"), "");
    }
}
