//! `GET /api/openapi.json`: what may be asked here, as an OpenAPI document, made from the list of commands and the list of questions.
//!
//! Left out: the inside of replies and records. Types stand as they are declared; `docs/protocol.md` has the rest.

use axum::Json;
use jiangsai_app::sync::QUESTIONS;
use jiangsai_domain::command::Kind;
use serde_json::{Map, Value, json};

/// Where the document is.
pub(crate) const PATH: &str = "/api/openapi.json";

/// What the page of this computer may ask.
pub(crate) async fn of_the_page() -> Json<Value> {
    let mut paths = Map::new();
    for command in jiangsai_app::described() {
        paths.insert(format!("/api/rpc/{}", command.name), command_path(&command));
    }
    paths.insert(
        "/api/events".to_owned(),
        get("Word of changed competitions, as a stream of events", "text/event-stream"),
    );
    document(paths)
}

/// What other nodes may ask.
pub(crate) async fn of_the_door() -> Json<Value> {
    let mut paths = Map::new();
    for (question, about) in QUESTIONS {
        paths.insert(format!("/api/sync/v0/{question}"), question_path(question, about));
    }
    paths.insert("/health".to_owned(), get("`ok` while the database answers", "text/plain"));
    document(paths)
}

fn document(mut paths: Map<String, Value>) -> Json<Value> {
    paths.insert(PATH.to_owned(), get("This document", "application/json"));
    Json(json!({
        "openapi": "3.1.0",
        "info": { "title": "Jiangsai 匠赛", "version": env!("CARGO_PKG_VERSION") },
        "paths": paths,
        "components": { "schemas": {
            "Error": object(&json!({
                "code": { "type": "string", "description": "small and stable" },
                "message": { "type": "string", "description": "in the language of Accept-Language" },
                "details": { "type": "array", "description": "particulars, name and value" },
                "refusal": { "type": "boolean", "description": "advice, rather than something broken" },
            })),
            "Refusal": object(&json!({ "code": { "type": "string" }, "why": { "type": "string" } })),
        } },
    }))
}

fn object(properties: &Value) -> Value {
    json!({ "type": "object", "properties": properties })
}

fn get(about: &str, kind: &str) -> Value {
    json!({ "get": { "summary": about, "responses": { "200": answer(about, kind) } } })
}

fn answer(about: &str, kind: &str) -> Value {
    json!({ "description": about, "content": { kind: {} } })
}

fn failed(about: &str, schema: &str) -> Value {
    let schema = json!({ "$ref": format!("#/components/schemas/{schema}") });
    json!({ "description": about, "content": { "application/json": { "schema": schema } } })
}

fn command_path(command: &jiangsai_app::Described) -> Value {
    let fields: Map<String, Value> =
        command.fields.iter().map(|(name, declared)| ((*name).to_owned(), field(declared))).collect();
    let kind = match command.kind {
        Kind::Query => "query",
        Kind::Mutation => "mutation",
    };
    json!({ "post": {
        "operationId": command.name,
        "summary": command.about.trim(),
        "tags": [kind],
        "requestBody": { "required": true, "content": { "application/json": { "schema": object(&fields.into()) } } },
        "responses": {
            "200": answer("The reply", "application/json"),
            "400": failed("The request does not fit", "Error"),
            "422": failed("A refusal, which reads like advice", "Error"),
            "500": failed("Something broke", "Error"),
        },
    } })
}

/// The schema of a field as far as its declared type says it.
fn field(declared: &str) -> Value {
    let kind = match declared {
        "String" => "string",
        "bool" => "boolean",
        "u8" | "u16" | "u32" | "u64" | "i64" | "usize" => "integer",
        _ if declared.starts_with("Vec <") || declared.starts_with("Vec<") => "array",
        other => return json!({ "description": other }),
    };
    json!({ "type": kind, "description": declared })
}

fn question_path(question: &str, about: &str) -> Value {
    let header = |name: &str, about: &str| json!({ "name": name, "in": "header", "required": true, "schema": { "type": "string" }, "description": about });
    let signed = vec![
        header("X-Jiangsai-Node", "public key of the node that asks, hex"),
        header("X-Jiangsai-Signature", "its signature over the request, hex"),
    ];
    let kind = if question == "changes" { "text/event-stream" } else { "application/json" };
    json!({ "post": {
        "operationId": question,
        "summary": about,
        "parameters": if question == "pair" { Vec::new() } else { signed },
        "requestBody": { "required": true, "content": { "application/json": {} } },
        "responses": {
            "200": answer("The answer, signed in X-Jiangsai-Signature", kind),
            "default": failed("A refusal: nothing was stored", "Refusal"),
        },
    } })
}
