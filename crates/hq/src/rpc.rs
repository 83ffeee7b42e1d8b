//! Commands over HTTP: `POST /api/rpc/{name}` with JSON. Only JSON: a form of another site cannot send it.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiangsai_app::App;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::people::TOKENS;
use serde_json::Value;

/// Calls a command. 200 with the reply; 422 for a refusal, 400 for a request that does not fit, 404 for an unknown command, 500 for a
/// failure, each with the error as JSON.
pub(crate) async fn call(
    State(app): State<App>,
    Path(name): Path<String>,
    headers: HeaderMap,
    Json(payload): Json<Value>,
) -> Response {
    said(app.dispatch_as(tokens(&headers), &name, payload, language(&headers)).await)
}

/// Tokens of people who signed in in this browser. A header, which a page of another site cannot send.
pub(crate) fn tokens(headers: &HeaderMap) -> Option<&str> {
    headers.get(TOKENS).and_then(|value| value.to_str().ok())
}

/// The language of an answer, as the page asks for it.
pub(crate) fn language(headers: &HeaderMap) -> Option<&str> {
    let list = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    // Browsers add what they like behind the first.
    list.and_then(|list| list.split([',', ';']).next()).map(str::trim)
}

/// What came of a command, as an answer.
pub(crate) fn said(answer: Result<Value, WireError>) -> Response {
    match answer {
        Ok(reply) => Json(reply).into_response(),
        Err(error) => (status(&error), Json(error)).into_response(),
    }
}

fn status(error: &WireError) -> StatusCode {
    match error.code.as_str() {
        _ if error.refusal => StatusCode::UNPROCESSABLE_ENTITY,
        "unknown-command" => StatusCode::NOT_FOUND,
        "bad-request" => StatusCode::BAD_REQUEST,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
