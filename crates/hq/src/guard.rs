//! Who may come in: one browser, by a one-time token, on this computer.
//!
//! `Host` must be the address we listen on (a page elsewhere cannot reach us through its own name), `Origin` must be ours, and the
//! cookie is never sent by another site.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::{Arc, Mutex, PoisonError};

/// What a page of another site gets.
const FOREIGN: &str = "这个地址只应答自己的页面。\nThis address answers its own pages only.\n";

/// The door.
#[derive(Debug)]
pub struct Guard {
    port: u16,
    /// Name of the cookie. A browser keeps one jar for all ports of a host: two folders that are served at once would overwrite theirs.
    cookie: String,
    /// Taken by the first who shows it.
    token: Mutex<Option<String>>,
    session: String,
}

impl Guard {
    /// A door at a port of the loopback address, with a fresh token and session.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn new(port: u16) -> anyhow::Result<Self> {
        let cookie = format!("jiangsai-{port}");
        Ok(Self { port, cookie, token: Mutex::new(Some(random()?)), session: random()? })
    }

    /// The address to open, once.
    #[must_use]
    pub fn address(&self) -> String {
        let token = self.token.lock().unwrap_or_else(PoisonError::into_inner).clone().unwrap_or_default();
        format!("http://127.0.0.1:{}/?token={token}", self.port)
    }

    fn hosts(&self) -> [String; 2] {
        [format!("127.0.0.1:{}", self.port), format!("localhost:{}", self.port)]
    }

    fn is_own(&self, headers: &HeaderMap) -> bool {
        is_own(headers, &self.hosts())
    }

    fn is_known(&self, headers: &HeaderMap) -> bool {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        cookies.flat_map(|line| line.split(';')).any(|cookie| {
            cookie.trim().split_once('=').is_some_and(|(name, value)| name == self.cookie && same(value, &self.session))
        })
    }

    /// Takes the token, which then is no longer there.
    fn take(&self, shown: &str) -> bool {
        let mut token = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        let right = token.as_deref().is_some_and(|own| same(own, shown));
        if right {
            *token = None;
        }
        right
    }
}

/// Does a request name one of these hosts, and come from its own page or from none?
pub(crate) fn is_own(headers: &HeaderMap, hosts: &[String]) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(header::HOST).is_some_and(|host| hosts.iter().any(|own| own == host));
    let origin = match text(header::ORIGIN) {
        None => !headers.contains_key(header::ORIGIN),
        Some(origin) => hosts.iter().any(|own| origin == format!("http://{own}")),
    };
    host && origin
}

/// The answer to any other request.
pub(crate) fn foreign() -> Response {
    (StatusCode::FORBIDDEN, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], FOREIGN).into_response()
}

/// Compares without telling by its time where two texts differ.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

fn random() -> anyhow::Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no random numbers: {error}"))?;
    Ok(hex::encode(bytes))
}

/// Lets a request through, exchanges the token for a session, or refuses.
pub(crate) async fn check(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    if !guard.is_own(request.headers()) {
        return foreign();
    }
    let query = request.uri().query().unwrap_or_default();
    let shown = query.split('&').find_map(|pair| pair.strip_prefix("token="));
    if let Some(shown) = shown.filter(|_| request.uri().path() == "/") {
        if guard.take(shown) {
            let cookie = format!("{}={}; HttpOnly; SameSite=Strict; Path=/", guard.cookie, guard.session);
            let headers = [(header::SET_COOKIE, cookie), (header::LOCATION, "/".to_owned())];
            return (StatusCode::SEE_OTHER, headers).into_response();
        }
        if guard.is_known(request.headers()) {
            return (StatusCode::SEE_OTHER, [(header::LOCATION, "/")]).into_response();
        }
    }
    if guard.is_known(request.headers()) {
        return next.run(request).await;
    }
    let text = "这个地址只能用启动时给出的链接打开一次。请重新启动匠赛，打开它新给出的链接。\n\
                This address is opened with the link given at start, once. Start Jiangsai again and open its new link.\n";
    (StatusCode::UNAUTHORIZED, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}
