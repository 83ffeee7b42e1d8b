//! `GET /api/openapi.json`: what may be asked here, as an OpenAPI document, made from the list of commands and the list of questions.
//!
//! Left out: the inside of the page's replies and of records. Types of its requests stand as they are declared; `docs/protocol.md` has the rest.

use axum::Json;
use jiangsai_app::sync::{Asked, REFUSALS, asked};
use jiangsai_domain::command::Kind;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

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
    document(paths, Map::new())
}

/// What other nodes may ask.
pub(crate) async fn of_the_door() -> Json<Value> {
    let (questions, schemas) = asked("/components/schemas");
    let mut paths = Map::new();
    for question in &questions {
        paths.insert(format!("/api/sync/v1/{}", question.name), question_path(question));
    }
    paths.insert("/health".to_owned(), get("`ok` while the database answers", "text/plain"));
    document(paths, schemas)
}

fn document(mut paths: Map<String, Value>, mut schemas: Map<String, Value>) -> Json<Value> {
    paths.insert(PATH.to_owned(), get("This document", "application/json"));
    let codes: Vec<&str> = REFUSALS.iter().map(|refused| refused.code).collect();
    let own = [
        (
            "Error",
            json!({
                "code": { "type": "string", "description": "small and stable" },
                "message": { "type": "string", "description": "in the language of Accept-Language" },
                "details": { "type": "array", "description": "particulars, name and value" },
                "refusal": { "type": "boolean", "description": "advice, rather than something broken" },
            }),
        ),
        ("Refusal", json!({ "code": { "type": "string", "enum": codes }, "why": { "type": "string" } })),
    ];
    schemas.extend(own.map(|(name, properties)| (name.to_owned(), object(&properties))));
    Json(json!({
        "openapi": "3.1.0",
        "info": { "title": "Jiangsai 匠赛", "version": env!("CARGO_PKG_VERSION") },
        "paths": paths,
        "components": { "schemas": schemas },
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

fn question_path(question: &Asked) -> Value {
    let header = |name: &str, about: &str| json!({ "name": name, "in": "header", "required": true, "schema": { "type": "string" }, "description": about });
    let signed = vec![
        header("X-Jiangsai-Node", "public key of the node that asks, hex"),
        header("X-Jiangsai-Signature", "its signature over the request, hex"),
    ];
    let mut responses: Map<String, Value> = statuses(question.name)
        .into_iter()
        .map(|(status, codes)| {
            (status.to_string(), failed(&format!("Nothing was stored: {}", codes.join(", ")), "Refusal"))
        })
        .collect();
    let good = question.answer.as_ref().map_or_else(
        || answer("Events, as long as the connection lasts", "text/event-stream"),
        |schema| of_schema("The answer, signed in X-Jiangsai-Signature", schema),
    );
    responses.insert("200".to_owned(), good);
    if let ("push", Some(schema)) = (question.name, &question.answer) {
        responses.insert("409".to_owned(), of_schema("A fork: what came is kept apart", schema));
    }
    json!({ "post": {
        "operationId": question.name,
        "summary": question.about,
        "parameters": if question.name == "pair" { Vec::new() } else { signed },
        "requestBody": { "required": true, "content": { "application/json": { "schema": question.body } } },
        "responses": responses,
    } })
}

fn of_schema(about: &str, schema: &impl Serialize) -> Value {
    json!({ "description": about, "content": { "application/json": { "schema": schema } } })
}

/// The codes of the refusals of a question, by status.
fn statuses(question: &str) -> BTreeMap<u16, Vec<&'static str>> {
    let mut all = BTreeMap::<u16, Vec<&str>>::new();
    for refused in REFUSALS.iter().filter(|refused| refused.only.is_empty() || refused.only.contains(&question)) {
        all.entry(refused.status).or_default().push(refused.code);
    }
    all
}
