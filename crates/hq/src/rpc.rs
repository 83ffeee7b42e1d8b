//! Commands over HTTP: `POST /api/rpc/{name}` with JSON. Only JSON: a form of another site cannot send it.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiangsai_app::App;
use jiangsai_domain::command::WireError;
use serde_json::Value;

/// Calls a command. 200 with the reply; 422 for a refusal, 400 for a request that does not fit, 404 for an unknown command, 500 for a
/// failure, each with the error as JSON.
pub(crate) async fn call(
    State(app): State<App>,
    Path(name): Path<String>,
    headers: HeaderMap,
    Json(payload): Json<Value>,
) -> Response {
    let language = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    // Browsers add what they like behind the first.
    let first = language.and_then(|list| list.split([',', ';']).next()).map(str::trim);
    match app.dispatch(&name, payload, first).await {
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
