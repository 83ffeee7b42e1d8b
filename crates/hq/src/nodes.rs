//! The questions of other nodes: `POST /api/sync/v1/{question}`, each request signed by the node that makes it. See `docs/protocol.md`.
//!
//! Whoever is not paired is refused before anything of the request but its head is read.

mod body;
mod hints;

use crate::door::Said;
use crate::guesses::Guesses;
use crate::metrics::Metrics;
use crate::openapi;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiangsai_app::App;
use jiangsai_app::sync::NodeRefusal;
use serde_json::json;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// Longest request in bytes: far above what one goes without a checkpoint, so that halving a batch always makes it fit.
const LONGEST_PUSH: usize = 64 * 1024 * 1024;
/// Longest report in bytes: of as many competitions as it may name.
const LONGEST_REPORT: usize = 1024 * 1024;
/// Longest pull in bytes: of as many logs as whoever asks may say to know.
const LONGEST_PULL: usize = 1024 * 1024;
/// Longest list of nodes that read everything, in bytes.
const LONGEST_READERS: usize = 64 * 1024;
/// Longest of all other requests in bytes.
const LONGEST_QUESTION: usize = 4 * 1024;

/// What the questions share.
#[derive(Clone)]
struct Asked {
    app: App,
    guesses: Arc<Mutex<Guesses>>,
    said: Arc<Said>,
    metrics: Metrics,
}

/// What other nodes may ask, and whether this one is well. No commands and no pages.
pub fn nodes(app: App) -> Router {
    nodes_counted(app, Metrics::default())
}

/// As [`nodes`], counted for whoever watches.
pub fn nodes_counted(app: App, metrics: Metrics) -> Router {
    let (guesses, said) = (Arc::default(), Arc::new(Said::new()));
    Router::new()
        .route("/api/sync/v1/{question}", post(ask))
        .route("/health", get(health))
        .route(openapi::PATH, get(openapi::of_the_door))
        .with_state(Asked { app, guesses, said, metrics })
}

async fn ask(State(asked): State<Asked>, Path(question): Path<String>, request: Request) -> Response {
    // Without a door there is no address: a test.
    let from = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let from = from.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |from| from.0.ip());
    let begun = Instant::now();
    let answered = match question.as_str() {
        "pair" => asked.pair(from, request).await,
        "changes" => asked.tell(request).await,
        _ => asked.answer(&question, request).await,
    };
    asked.metrics.count(&question, answered.as_ref().err(), begun.elapsed());
    match answered {
        Ok(response) => response,
        Err(refusal) => {
            if asked.said.may() {
                let question: String = question.chars().take(20).collect();
                let (code, why) = (refusal.code, refusal.why.escape_debug());
                tracing::warn!(%from, code, %why, question = %question.escape_debug(), "another node was refused");
            }
            let said = json!({ "code": refusal.code, "why": refusal.why }).to_string();
            let mut response = json_answer(refusal.status, said.into_bytes(), "");
            if let Some(wait) = refusal.wait {
                // Never earlier than it may.
                let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
                response.headers_mut().insert(header::RETRY_AFTER, seconds.max(1).into());
            }
            response
        }
    }
}

impl Asked {
    /// A node that shows a code. Every answer to a code that does not let in is the same, whatever is wrong with it.
    async fn pair(&self, from: IpAddr, request: Request) -> Result<Response, NodeRefusal> {
        let guesses = || self.guesses.lock().unwrap_or_else(PoisonError::into_inner);
        guesses().begin(from, Instant::now()).map_err(|wait| NodeRefusal::later("pairing-wait", wait))?;
        let body = read(request, LONGEST_QUESTION).await?;
        let answer = self.app.answer_node("pair", None, None, &body).await?;
        guesses().right(from);
        Ok(json_answer(answer.status, answer.body, &answer.signature))
    }

    /// A node that is paired.
    async fn answer(&self, question: &str, request: Request) -> Result<Response, NodeRefusal> {
        let (key, signature) = signed_by(&request);
        self.app.knows_node(key.as_deref()).await?;
        let longest = match question {
            "push" => LONGEST_PUSH,
            "report" => LONGEST_REPORT,
            "pull" => LONGEST_PULL,
            "readers" => LONGEST_READERS,
            _ => LONGEST_QUESTION,
        };
        let body = read(request, longest).await?;
        let answer = self.app.answer_node(question, key.as_deref(), signature.as_deref(), &body).await?;
        Ok(json_answer(answer.status, answer.body, &answer.signature))
    }

    /// A node that is paired, and wants to be told when there is something.
    async fn tell(&self, request: Request) -> Result<Response, NodeRefusal> {
        let (key, signature) = signed_by(&request);
        let closing = request.extensions().get().cloned();
        self.app.knows_node(key.as_deref()).await?;
        let body = read(request, LONGEST_QUESTION).await?;
        let word = self.app.tell_node(key.as_deref(), signature.as_deref(), &body).await?;
        let signature = header_of(&word.signature);
        Ok(([(SIGNATURE, signature)], hints::stream(word, closing)).into_response())
    }
}

/// Who says to have signed a request, and the signature.
fn signed_by(request: &Request) -> (Option<String>, Option<String>) {
    let text = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    (text("x-jiangsai-node"), text("x-jiangsai-signature"))
}

/// Header of an answer with the signature over it.
const SIGNATURE: HeaderName = HeaderName::from_static("x-jiangsai-signature");

fn header_of(signature: &str) -> HeaderValue {
    HeaderValue::from_str(signature).unwrap_or_else(|_| HeaderValue::from_static(""))
}

async fn read(request: Request, longest: usize) -> Result<Bytes, NodeRefusal> {
    body::read(request.into_body(), longest, body::Pace::default()).await
}

fn json_answer(status: u16, body: Vec<u8>, signature: &str) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let kind = HeaderValue::from_static("application/json");
    let headers = [(header::CONTENT_TYPE, kind), (SIGNATURE, header_of(signature))];
    (status, headers, body).into_response()
}

async fn health(State(asked): State<Asked>) -> Response {
    health_of(&asked.app).await
}

/// Does the database answer?
pub(crate) async fn health_of(app: &App) -> Response {
    match app.dispatch("app.status", json!({}), None).await {
        Ok(_) => (StatusCode::OK, "ok\n").into_response(),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, format!("{}\n", error.code)).into_response(),
    }
}
