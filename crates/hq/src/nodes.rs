//! The door for other nodes: `POST /api/sync/v0/{question}`, each request signed by the node that makes it. See `docs/protocol.md`.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiangsai_app::App;
use serde_json::json;

/// Longest request in bytes: far above what one goes without a checkpoint, so that halving a batch always makes it fit.
const LONGEST_PUSH: usize = 64 * 1024 * 1024;

/// What other nodes may ask, and whether this one is well. No commands and no pages.
pub fn nodes(app: App) -> Router {
    Router::new()
        .route("/api/sync/v0/{question}", post(answer))
        .route("/health", get(health))
        .with_state(app)
        .layer(DefaultBodyLimit::max(LONGEST_PUSH))
}

async fn answer(State(app): State<App>, Path(question): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let (key, signature) = (text("x-jiangsai-node"), text("x-jiangsai-signature"));
    let (status, body, signature) = match app.answer_node(&question, key, signature, &body).await {
        Ok(answer) => (answer.status, answer.body, answer.signature),
        Err(refusal) => {
            let said = json!({ "code": refusal.code, "why": refusal.why }).to_string();
            (refusal.status, said.into_bytes(), String::new())
        }
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let kind = HeaderValue::from_static("application/json");
    let signature = HeaderValue::from_str(&signature).unwrap_or_else(|_| HeaderValue::from_static(""));
    let headers = [(header::CONTENT_TYPE, kind), (HeaderName::from_static("x-jiangsai-signature"), signature)];
    (status, headers, body).into_response()
}

/// The database answers.
async fn health(State(app): State<App>) -> Response {
    match app.dispatch("app.status", json!({}), None).await {
        Ok(_) => (StatusCode::OK, "ok\n").into_response(),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, format!("{}\n", error.code)).into_response(),
    }
}
