//! Questions to the node above: HTTP/1.1 over TLS that is pinned to its key.

use super::tls::{self, Pin};
use super::{Introduction, Upstream, Welcome, signed_answer, signed_request};
use crate::App;
use crate::failure::Failure;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::http::request::Builder;
use hyper::{Request, Response};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Client as Pool, Error as NotSent};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::pairing::Invitation;
use jiangsai_ledger::replication::Failed;
use jiangsai_ledger::{Hash, Signature, VerifyingKey, sign};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::error::Error;
use std::time::Duration;
use tokio::time::timeout;

/// Longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(5);
/// The same where another node may be asked instead; and the longest wait for an answer to the first question of a round there.
const QUICK: (Duration, Duration) = (Duration::from_secs(2), Duration::from_secs(3));
/// A connection that nothing was asked on for so long is closed; the other side waits longer, so that no question meets its end.
const IDLE: Duration = Duration::from_secs(20);
/// Longest silence: until an answer begins, and between two pieces of it. A long answer on a slow line is none.
const SILENCE: Duration = Duration::from_secs(30);
/// The same where another node may be asked: one that lost its power in the middle of an answer says nothing.
const SHORT_SILENCE: Duration = Duration::from_secs(10);
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
            Self::Failed(Failed::Later(_)) => "upstream-busy",
            Self::Refused(code) => code,
        }
    }

    /// Nothing came back of what was sent.
    fn of(error: &(dyn Error + 'static)) -> Self {
        match tls::cause(error) {
            // Another key than the pinned one, or something between that opens the encryption: nothing was sent.
            Some(rustls::Error::InvalidCertificate(_)) => Self::Refused("upstream-other"),
            // Something answers that does not speak TLS as we do.
            Some(_) => Self::Refused("upstream-strange"),
            None => Self::Failed(Failed::Unreachable),
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

/// Connections to one node, and to no other that may answer in its place.
pub(super) struct Client {
    http: Pool<HttpsConnector<HttpConnector>, Full<Bytes>>,
    to: Pin,
    /// Another node may be asked instead: whoever does not answer soon is left.
    quick: bool,
}

impl Client {
    pub(super) fn pinned(to: Pin) -> Result<Self, Failure> {
        Self::new(to, false)
    }

    /// As [`Client::pinned`], to one of two nodes that may be asked.
    pub(super) fn quick(to: Pin) -> Result<Self, Failure> {
        Self::new(to, true)
    }

    fn new(to: Pin, quick: bool) -> Result<Self, Failure> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_connect_timeout(Some(if quick { QUICK.0 } else { CONNECT }));
        tcp.set_nodelay(true);
        let tls = HttpsConnectorBuilder::new().with_tls_config(to.tls()?).https_only().enable_http1();
        let mut pool = Pool::builder(TokioExecutor::new());
        pool.pool_timer(TokioTimer::new()).pool_idle_timeout(IDLE);
        Ok(Self { http: pool.build(tls.wrap_connector(tcp)), to, quick })
    }

    /// Is this to the node above, and as patient?
    pub(super) fn is_to(&self, upstream: &Upstream, quick: bool) -> bool {
        self.to == Pin::Key(upstream.key) && self.quick == quick
    }

    /// As [`Client::ask`], the first question of a round, whose answer is short: where another node may be asked, it is not waited for long.
    pub(super) async fn ask_first<T: DeserializeOwned>(
        &self,
        app: &App,
        upstream: &Upstream,
        what: &str,
        question: &(impl Serialize + Sync),
    ) -> Result<T, NoAnswer> {
        let answer = self.ask(app, upstream, what, question);
        if self.quick { timeout(QUICK.1, answer).await.map_err(silent)? } else { answer.await }
    }

    /// Asks a signed question.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        app: &App,
        upstream: &Upstream,
        what: &str,
        question: &impl Serialize,
    ) -> Result<T, NoAnswer> {
        let body = serde_json::to_vec(question).unwrap_or_default();
        let (request, message) = signed(app, upstream, what, &body)?;
        self.receive(request, body, Some((upstream.key, message.as_slice()))).await
    }

    /// Listens for word from the node above, and calls `heard` when it begins and with every word, until it ends.
    pub(super) async fn listen(&self, app: &App, upstream: &Upstream, heard: impl Fn()) -> Result<(), NoAnswer> {
        let body = b"null".to_vec();
        let (request, message) = signed(app, upstream, "changes", &body)?;
        let response = self.send(request, body).await?;
        match response.status().as_u16() {
            200 if is_signed(upstream.key, &message, b"", signature(&response)) => {}
            200 => return Err(NoAnswer::Refused("upstream-other")),
            _ => return Err(NoAnswer::Refused("upstream-strange")),
        }
        heard();
        let mut words = response.into_body();
        while let Some(frame) = timeout(SILENCE, words.frame()).await.map_err(silent)? {
            let frame = frame.map_err(|error| NoAnswer::of(&error))?;
            // A line that begins with a colon says only that somebody is there.
            if frame.data_ref().is_some_and(|piece| !piece.starts_with(b":")) {
                heard();
            }
        }
        Ok(())
    }

    /// Introduces this node with a pairing code. That the computer which made the code answers, and nobody in its place, is what the client is
    /// pinned to; the key it names must be the one it has shown.
    pub(super) async fn introduce(&self, to: &Invitation, who: &Introduction) -> Result<Upstream, Failure> {
        let body = serde_json::to_vec(who).map_err(|error| Failure::Internal(error.to_string()))?;
        let url = to.address.url();
        let request = Request::post(format!("{url}/api/sync/v1/pair"));
        match self.receive::<Welcome>(request, body, None).await {
            Ok(Welcome { key, .. }) if tls::fingerprint(key) != to.code.fingerprint() => {
                Err(Refusal::new("upstream-other").into())
            }
            Ok(Welcome { key, root, sealing, reads, carrier }) => {
                Ok(Upstream { url, key, root, sealing, reads, carrier })
            }
            Err(NoAnswer::Failed(Failed::Later(ms))) => {
                Err(Refusal::new("pairing-wait").with("seconds", ms.div_ceil(1_000)).into())
            }
            Err(none) => Err(Refusal::new(none.code()).into()),
        }
    }

    const fn silence(&self) -> Duration {
        if self.quick { SHORT_SILENCE } else { SILENCE }
    }

    /// Sends, and waits until an answer begins.
    async fn send(&self, request: Builder, question: Vec<u8>) -> Result<Response<Incoming>, NoAnswer> {
        let begins = self.silence() + Duration::from_secs(question.len() as u64 / SLOWEST);
        let request = request.header("content-type", "application/json").body(Full::from(question));
        // An address that was read as one makes a request.
        let request = request.map_err(|_| NoAnswer::Refused("upstream-address"))?;
        let sent = timeout(begins, self.http.request(request)).await.map_err(silent)?;
        sent.map_err(|error: NotSent| NoAnswer::of(&error))
    }

    /// Sends, and reads the answer. `asked`: by whom it must be signed, and to which request.
    async fn receive<T: DeserializeOwned>(
        &self,
        request: Builder,
        question: Vec<u8>,
        asked: Option<(Hash, &[u8])>,
    ) -> Result<T, NoAnswer> {
        let response = self.send(request, question).await?;
        let (status, signature) = (response.status().as_u16(), signature(&response));
        let wait: Option<u64> = text(&response, "retry-after").and_then(|seconds| seconds.parse().ok());
        let body = read(response, self.silence()).await?;
        match status {
            200 | 409 if asked.is_some_and(|(key, request)| !is_signed(key, request, &body, signature)) => {
                Err(NoAnswer::Refused("upstream-other"))
            }
            // A fork is answered with 409 and says where.
            200 => serde_json::from_slice(&body).map_err(|_| NoAnswer::Refused("upstream-strange")),
            409 if asked.is_some() => serde_json::from_slice(&body).map_err(|_| NoAnswer::Refused("upstream-strange")),
            429 => Err(NoAnswer::Failed(Failed::Later(wait.unwrap_or(1).saturating_mul(1_000)))),
            _ => Err(refused(status, &body)),
        }
    }
}

/// A request that this node has signed, and what it signed.
fn signed(app: &App, upstream: &Upstream, what: &str, body: &[u8]) -> Result<(Builder, Vec<u8>), NoAnswer> {
    let own = app.public_key().map_err(|_| NoAnswer::Refused("internal"))?;
    let message = signed_request(upstream.key, what, body);
    let signature = sign(&app.0.store.node_key(), &message);
    let request = Request::post(format!("{}/api/sync/v1/{what}", upstream.url))
        .header("x-jiangsai-node", own.to_string())
        .header("x-jiangsai-signature", signature.to_string());
    Ok((request, message))
}

fn text<'r>(response: &'r Response<Incoming>, header: &str) -> Option<&'r str> {
    response.headers().get(header).and_then(|value| value.to_str().ok())
}

fn signature(response: &Response<Incoming>) -> Option<Signature> {
    text(response, "x-jiangsai-signature").and_then(Signature::from_hex)
}

fn silent(_: tokio::time::error::Elapsed) -> NoAnswer {
    NoAnswer::Failed(Failed::TimedOut)
}

/// The body of an answer.
async fn read(response: Response<Incoming>, silence: Duration) -> Result<Vec<u8>, NoAnswer> {
    let (mut incoming, mut body) = (response.into_body(), Vec::new());
    while let Some(frame) = timeout(silence, incoming.frame()).await.map_err(silent)? {
        let frame = frame.map_err(|error| NoAnswer::of(&error))?;
        if let Some(piece) = frame.data_ref() {
            body.extend_from_slice(piece);
        }
    }
    Ok(body)
}

/// What an answer says that is none.
fn refused(status: u16, body: &[u8]) -> NoAnswer {
    match status {
        // Too much at once: the next batch is smaller.
        413 => return NoAnswer::Failed(Failed::TimedOut),
        // Of something between the two, which does not reach it.
        502..=504 => return NoAnswer::Failed(Failed::Unreachable),
        _ => {}
    }
    let said: Said = serde_json::from_slice(body).unwrap_or_default();
    // Heard every few seconds while the hub is away.
    if said.code == "standby-waiting" {
        return NoAnswer::Refused("standby-waiting");
    }
    let why: String = said.why.chars().take(200).collect();
    tracing::warn!(status, code = %said.code.escape_debug(), why = %why.escape_debug(), "the node above refuses");
    NoAnswer::Refused(match status {
        401 => "unknown-node",
        403 if said.code == "not-standby" => "not-standby",
        403 if said.code == "revoked" => "revoked",
        403 => "pairing-code",
        409 if said.code == "pairing-holds" => "pairing-holds",
        422 if said.code == "carrier-plain" => "carrier-plain",
        422 if said.code == "public-plain" => "public-plain",
        422 if said.code == "public-part" => "public-part",
        422 if said.code == "public-whole" => "public-whole",
        404 if said.code == "no-competition" => "upstream-lacks",
        422 => "upstream-refused",
        500 => "upstream-internal",
        _ => "upstream-strange",
    })
}

fn is_signed(key: Hash, request: &[u8], body: &[u8], signature: Option<Signature>) -> bool {
    let (Ok(key), Some(signature)) = (VerifyingKey::from_bytes(key.bytes()), signature) else { return false };
    signature.is_by(&key, &signed_answer(request, body))
}
