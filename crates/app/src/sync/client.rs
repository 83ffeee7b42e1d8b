//! Questions to the node above, over HTTP.

use super::{Introduction, Upstream, Welcome, signed_answer, signed_request};
use crate::App;
use crate::failure::Failure;
use jiangsai_domain::envelope::Refusal;
use jiangsai_ledger::replication::Failed;
use jiangsai_ledger::{Hash, Signature, VerifyingKey, sign};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use tokio::time::timeout;

/// Longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(5);
/// Longest silence: until an answer begins, and between two pieces of it. A long answer on a slow line is none.
const SILENCE: Duration = Duration::from_secs(30);
/// The slowest line that records are sent on, in bytes a second: so much longer may an answer to a long request take to begin.
const SLOWEST: u64 = 16 * 1024;

/// Why a question has no answer.
#[derive(Clone, Copy, Debug)]
pub(crate) enum NoAnswer {
    /// The network.
    Failed(Failed),
    /// The node above refuses: a code of ours.
    Refused(&'static str),
}

impl NoAnswer {
    /// `error-<code>` in the locale files says it, without particulars.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Failed(Failed::TimedOut) => "upstream-slow",
            Self::Failed(Failed::Unreachable) => "upstream-unreachable",
            Self::Refused(code) => code,
        }
    }
}

/// Body of a refusal. Nobody signs it: it is for the log, and for telling apart what a status does not.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    code: String,
    why: String,
}

/// A connection to the node above.
pub(crate) struct Client {
    http: reqwest::Client,
}

impl Client {
    pub(crate) fn new() -> Result<Self, Failure> {
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT)
            // What is on the way to our own network does not go through somebody's proxy.
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| Failure::Internal(error.to_string()))?;
        Ok(Self { http })
    }

    /// Asks a signed question.
    pub(crate) async fn ask<T: DeserializeOwned>(
        &self,
        app: &App,
        upstream: &Upstream,
        what: &str,
        question: &impl Serialize,
    ) -> Result<T, NoAnswer> {
        let body = serde_json::to_vec(question).unwrap_or_default();
        let own = app.public_key().map_err(|_| NoAnswer::Refused("internal"))?;
        let message = signed_request(upstream.key, what, &body);
        let signature = sign(&app.0.store.node_key(), &message);
        let request = self
            .http
            .post(format!("{}/api/sync/v0/{what}", upstream.url))
            .header("content-type", "application/json")
            .header("x-jiangsai-node", own.to_string())
            .header("x-jiangsai-signature", signature.to_string());
        receive(request, body, Some((upstream.key, message.as_slice()))).await
    }

    /// Introduces this node with a pairing code.
    pub(crate) async fn introduce(&self, url: &str, code: &str, key: Hash, name: &str) -> Result<Upstream, Failure> {
        let who = Introduction { code: code.to_owned(), key, name: name.to_owned() };
        let body = serde_json::to_vec(&who).map_err(|error| Failure::Internal(error.to_string()))?;
        let request = self.http.post(format!("{url}/api/sync/v0/pair")).header("content-type", "application/json");
        match receive::<Welcome>(request, body, None).await {
            Ok(Welcome { key, root, sealing }) => Ok(Upstream { url: url.to_owned(), key, root, sealing }),
            Err(none) => Err(Refusal::new(none.code()).into()),
        }
    }
}

/// Sends, and reads the answer. `asked`: by whom it must be signed, and to which request.
async fn receive<T: DeserializeOwned>(
    request: reqwest::RequestBuilder,
    question: Vec<u8>,
    asked: Option<(Hash, &[u8])>,
) -> Result<T, NoAnswer> {
    let failed = |error: &reqwest::Error| {
        NoAnswer::Failed(if error.is_timeout() && !error.is_connect() { Failed::TimedOut } else { Failed::Unreachable })
    };
    let silent = |_| NoAnswer::Failed(Failed::TimedOut);
    let begins = SILENCE + Duration::from_secs(question.len() as u64 / SLOWEST);
    let sent = timeout(begins, request.body(question).send()).await.map_err(silent)?;
    let mut response = sent.map_err(|error| failed(&error))?;
    let status = response.status().as_u16();
    let signature = response.headers().get("x-jiangsai-signature").and_then(|value| value.to_str().ok());
    let signature = signature.and_then(Signature::from_hex);
    let mut body = Vec::new();
    while let Some(piece) = timeout(SILENCE, response.chunk()).await.map_err(silent)?.map_err(|error| failed(&error))? {
        body.extend_from_slice(&piece);
    }
    match status {
        200 | 409 if asked.is_some_and(|(key, request)| !is_signed(key, request, &body, signature)) => {
            Err(NoAnswer::Refused("upstream-other"))
        }
        // A fork is answered with 409 and says where.
        200 | 409 => serde_json::from_slice(&body).map_err(|_| NoAnswer::Refused("upstream-strange")),
        // Too much at once: the next batch is smaller.
        413 => Err(NoAnswer::Failed(Failed::TimedOut)),
        // Of something between the two, which does not reach it.
        502..=504 => Err(NoAnswer::Failed(Failed::Unreachable)),
        _ => {
            let said: Said = serde_json::from_slice(&body).unwrap_or_default();
            let why: String = said.why.chars().take(200).collect();
            tracing::warn!(status, code = %said.code.escape_debug(), why = %why.escape_debug(), "the node above refuses");
            Err(NoAnswer::Refused(match status {
                401 => "unknown-node",
                403 => "pairing-code",
                404 if said.code == "no-competition" => "upstream-lacks",
                422 => "upstream-refused",
                500 => "upstream-internal",
                _ => "upstream-strange",
            }))
        }
    }
}

fn is_signed(key: Hash, request: &[u8], body: &[u8], signature: Option<Signature>) -> bool {
    let (Ok(key), Some(signature)) = (VerifyingKey::from_bytes(key.bytes()), signature) else { return false };
    signature.is_by(&key, &signed_answer(request, body))
}
