//! Answering nodes below: pairing, heads, push, pull. Form is judged before anything is stored; what records mean is not judged here, but that
//! a judge's desk may not erase.

use super::{About, Introduction, Welcome, report, signed_answer, signed_request};
use crate::App;
use crate::failure::Failure;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::fact::ERASING;
use jiangsai_domain::pairing::{self, PairingCode};
use jiangsai_ledger::replication::{Carried, Heads, Pull, Push, Pushed, Reads, Receipt};
use jiangsai_ledger::{Body, Hash, ScopeId, Signature, VerifyingKey, sign};
use jiangsai_store::{Ingested, StoreError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// Most records that one answer carries.
const MOST: u64 = 4_096;
/// A pairing code is valid so long, in milliseconds.
const CODE_LASTS: i64 = 24 * 60 * 60 * 1_000;

/// Body of an answer and its HTTP status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// 200, or 409 when a fork was found.
    pub status: u16,
    /// JSON.
    pub body: Vec<u8>,
    /// Signature of this node over the answer to this request, hex; empty where the asker cannot know the key yet.
    pub signature: String,
}

/// Why a node is not answered. Nothing was stored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {why}")]
pub struct NodeRefusal {
    /// HTTP status.
    pub status: u16,
    /// A small stable code.
    pub code: &'static str,
    /// Particulars for whoever reads a log; no content of records.
    pub why: String,
    /// Nothing is answered before so long.
    pub wait: Option<Duration>,
}

impl NodeRefusal {
    /// A refusal with an HTTP status.
    #[must_use]
    pub fn new(status: u16, code: &'static str, why: impl Into<String>) -> Self {
        Self { status, code, why: why.into(), wait: None }
    }

    /// Too much at once (429): to be asked again later.
    #[must_use]
    pub fn later(code: &'static str, wait: Duration) -> Self {
        Self { wait: Some(wait), ..Self::new(429, code, String::new()) }
    }
}

impl From<StoreError> for NodeRefusal {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::Refused(why) => Self::new(422, "records-refused", why.to_string()),
            StoreError::HeldInPart | StoreError::HeldWhole => Self::new(422, error.code(), String::new()),
            StoreError::UnknownScope => Self::new(404, "no-competition", String::new()),
            _ => Self::failed(&error.to_string()),
        }
    }
}

impl From<Failure> for NodeRefusal {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Store(error) => error.into(),
            other => Self::failed(&other.to_string()),
        }
    }
}

impl NodeRefusal {
    /// What broke here is logged here; who asked learns that something did.
    pub(super) fn failed(cause: &str) -> Self {
        tracing::error!(cause, "a node could not be answered");
        Self::new(500, "internal", String::new())
    }
}

impl App {
    /// A one-time code with which another node may connect to this one, and what it then reads.
    ///
    /// # Errors
    /// What the database says.
    pub(crate) async fn pairing_code(&self, reads: pairing::Reads) -> Result<PairingCode, Failure> {
        let mut random = [0; 12];
        getrandom::fill(&mut random).map_err(|error| Failure::Internal(error.to_string()))?;
        let code = PairingCode::new(random, self.fingerprint()?);
        let reads = match reads {
            pairing::Reads::Everything => Reads::Everything,
            pairing::Reads::JudgesDesk => Reads::JudgesDesk,
            pairing::Reads::Standby => Reads::Standby,
            pairing::Reads::Carrier => Reads::Carrier,
            pairing::Reads::Public => Reads::Public,
        };
        if matches!(reads, Reads::Standby | Reads::Public) && self.carries().await? {
            // Who stands by would be sent what the host may not read; and one that carries is no level above.
            let code = if reads == Reads::Standby { "carrier-standby" } else { "carrier-public" };
            return Err(Refusal::new(code).into());
        }
        self.0.store.pairing_code_put(&code.secret(), self.0.host.now_ms() + CODE_LASTS, reads).await?;
        Ok(code)
    }

    /// Answers a node. `key` and `signature` (hex) say who asks; only `pair` is answered without.
    ///
    /// # Errors
    /// `unknown-node` (401), `revoked`, `pairing-code`, `standby-waiting`, `not-standby` (403), `bad-request` (400), `records-refused`, `carrier-plain`,
    /// `public-plain`, `public-part`, `public-whole` (422),
    /// `no-competition`, `unknown-question` (404), `too-often` (429), `too-long` (413: more records than are taken at once), `internal` (500).
    pub async fn answer_node(
        &self,
        what: &str,
        key: Option<&str>,
        signature: Option<&str>,
        body: &[u8],
    ) -> Result<Answer, NodeRefusal> {
        let _beside = self.0.gate.read().await;
        if what == "pair" {
            return self.let_in(&read(body)?).await;
        }
        let (who, request) = self.authenticate(what, key, signature, body).await?;
        self.0.quota.request(who.key)?;
        let mut answer = self.answer_known(who, what, body).await?;
        answer.signature = sign(&self.0.store.node_key(), &signed_answer(&request, &answer.body)).to_string();
        Ok(answer)
    }

    /// Answers a node that may ask.
    async fn answer_known(&self, who: Asking, what: &str, body: &[u8]) -> Result<Answer, NodeRefusal> {
        let asking = who;
        let Asking { key: who, reads, .. } = who;
        match what {
            "scopes" => answer(200, &self.told_scopes(reads).await?),
            "heads" => {
                let About { scope } = read(body)?;
                answer(200, &self.heads_of(scope).await?)
            }
            "push" => {
                let push: Push = read(body)?;
                self.0.quota.records(who, push.records.len())?;
                if reads == Reads::JudgesDesk && push.records.iter().any(|one| erases(one) || one.sealed.is_some()) {
                    let why = "a judge's desk erases nothing, and hides nothing";
                    return Err(NodeRefusal::new(422, "records-refused", why));
                }
                self.take_push(&asking, push).await
            }
            "pull" => {
                let pull: Pull = read(body)?;
                let pull = Pull { limit: pull.limit.clamp(1, MOST), ..pull };
                if reads == Reads::Public {
                    return self.hand_out_nothing(&pull).await;
                }
                self.hand_out(&pull, reads.of_records()).await
            }
            "report" => answer(200, &self.take_report(who, &read(body)?).await?),
            "readers" => answer(200, &self.take_asks(who, reads, read(body)?).await?),
            "standby" => answer(200, &self.who_stands_by().await?),
            "paired" => answer(200, &self.take_standing(who, read(body)?).await?),
            _ => Err(NodeRefusal::new(404, "unknown-question", what)),
        }
    }

    /// What is held here of a competition.
    pub(super) async fn heads_of(&self, scope: ScopeId) -> Result<Heads, NodeRefusal> {
        let store = &self.0.store;
        let (incarnation, ends) = (store.incarnation().await?, store.ends(scope).await?);
        let next = ends.iter().map(|(log, (next, _))| (*log, *next)).collect();
        let last = ends.into_iter().map(|(log, (_, last))| (log, last)).collect();
        Ok(Heads { incarnation, next, last, carrier: self.carries().await? })
    }

    /// The competitions that a node is told of. What desks read has its body nowhere in one that is received as public facts alone, and whoever sends
    /// those pulls none.
    async fn told_scopes(&self, reads: Reads) -> Result<Vec<ScopeId>, NodeRefusal> {
        let store = &self.0.store;
        Ok(match reads {
            Reads::Everything | Reads::Standby => store.scopes().await?,
            Reads::JudgesDesk | Reads::Carrier => store.scopes_whole().await?,
            Reads::Public => Vec::new(),
        })
    }

    async fn let_in(&self, who: &Introduction) -> Result<Answer, NodeRefusal> {
        if VerifyingKey::from_bytes(who.key.bytes()).is_err() || who.name.chars().count() > 100 {
            return Err(NodeRefusal::new(400, "bad-request", "not a node"));
        }
        let now = self.0.host.now_ms();
        let node = report::named(who.node.as_deref());
        self.is_let_in(who.key).await?;
        if let Some(node) = node
            && self.0.store.is_revoked(node).await?
        {
            return Err(revoked());
        }
        let offered = self.0.store.pairing_reads(&who.code, now).await?;
        if who.holds && offered.is_some_and(|reads| !reads.holds_whole()) {
            return Err(NodeRefusal::new(409, "pairing-holds", String::new()));
        }
        let paired = self.0.store.pair(&who.code, who.key, &who.name, now).await?;
        let reads = paired.ok_or_else(|| NodeRefusal::new(403, "pairing-code", String::new()))?;
        if let Some(node) = node {
            self.0.store.node_named(who.key, node).await?;
        }
        tracing::info!(node = %who.key, reads = reads.word(), "a node was paired");
        let key = self.public_key()?;
        // Whoever sends public facts has this node above, and nothing that it could say of others.
        let above = if reads == Reads::Public { None } else { self.whole_above().await? };
        let root = above.map_or(key, |above| above.root);
        let sealing = Some(crate::bundle::public_key(self.0.store.sealing_secret())?);
        answer(200, &Welcome { key, root, sealing, reads, carrier: self.carries().await? })
    }

    /// Is a node with this key (hex) paired? Whoever answers asks before anything is read of a request but its head.
    ///
    /// # Errors
    /// `unknown-node` (401), `revoked`, `standby-waiting` (403).
    pub async fn knows_node(&self, key: Option<&str>) -> Result<(), NodeRefusal> {
        let _beside = self.0.gate.read().await;
        self.peer(key).await.map(drop)
    }

    async fn peer(&self, key: Option<&str>) -> Result<Asking, NodeRefusal> {
        let unknown = || NodeRefusal::new(401, "unknown-node", String::new());
        let key: Hash = key.and_then(|text| text.parse().ok()).ok_or_else(unknown)?;
        let known = self.0.store.known_peer(key).await?.ok_or_else(unknown)?;
        if known.shut_out {
            return Err(revoked());
        }
        // It is for the hub to let them in, until somebody says that this one does.
        if known.handed_down && self.serving_since().await?.is_none() {
            return Err(NodeRefusal::new(403, "standby-waiting", String::new()));
        }
        Ok(Asking { key, reads: known.reads, ahead: known.ahead })
    }

    /// The door is not closed to a node with this key.
    pub(super) async fn is_let_in(&self, key: Hash) -> Result<(), NodeRefusal> {
        if self.0.store.is_shut_out(key).await? { Err(revoked()) } else { Ok(()) }
    }

    /// Who asks, and the signed bytes of the request, when a node that was paired signed them.
    pub(super) async fn authenticate(
        &self,
        what: &str,
        key: Option<&str>,
        signature: Option<&str>,
        body: &[u8],
    ) -> Result<(Asking, Vec<u8>), NodeRefusal> {
        let unknown = || NodeRefusal::new(401, "unknown-node", String::new());
        let who = self.peer(key).await?;
        let signature = signature.and_then(Signature::from_hex).ok_or_else(unknown)?;
        let verifying = VerifyingKey::from_bytes(who.key.bytes()).map_err(|_| unknown())?;
        let message = signed_request(self.public_key()?, what, body);
        if signature.is_by(&verifying, &message) { Ok((who, message)) } else { Err(unknown()) }
    }

    async fn take_push(&self, who: &Asking, mut push: Push) -> Result<Answer, NodeRefusal> {
        let store = &self.0.store;
        let incarnation = store.incarnation().await?;
        let ingested = if who.reads == Reads::Public {
            Reads::Public.takes(&push).map_err(|why| NodeRefusal::new(422, "public-plain", why.to_string()))?;
            if push.records.iter().any(erases) {
                return Err(NodeRefusal::new(422, "records-refused", "what is public erases nothing"));
            }
            store.ingest_part(&push).await?
        } else if self.carries().await? {
            // Whoever sends it does not know yet that this node carries, and asks for the heads before it sends again.
            Reads::Carrier.takes(&push).map_err(|why| NodeRefusal::new(422, "carrier-plain", why.to_string()))?;
            store.ingest(&push).await?
        } else {
            let boxes = self.open_run(&mut push).await?;
            let ingested = store.ingest(&push).await?;
            if boxes {
                self.0.carriage.tried.boxes_came(push.scope);
            }
            ingested
        };
        match ingested {
            Ingested::Gap { expected } => answer(200, &Pushed::Gap { expected }),
            Ingested::Diverged => answer(200, &Pushed::Diverged),
            Ingested::Fork { at } => {
                tracing::warn!(log = %push.log, at, "a fork: a log was written on two computers; the later branch is kept apart");
                self.standing_changed();
                answer(409, &Pushed::Fork { at })
            }
            Ingested::Held { .. } => {
                // Also when it was here before: whoever brought it may have gone before it was taken up.
                self.arrives(push.scope);
                if let Err(failure) = self.compare_clocks(who, &push, self.0.host.now_ms()).await {
                    tracing::warn!(cause = %failure, "the clock of a node was not compared");
                }
                answer(200, &Pushed::Receipt(self.receipt(incarnation, &push)))
            }
        }
    }

    /// Says that a run, which is not empty, is durable here.
    pub(super) fn receipt(&self, incarnation: Hash, run: &Push) -> Receipt {
        let receipt = Receipt {
            issuer: Hash::ZERO,
            incarnation,
            scope: run.scope,
            log: run.log,
            seq: (run.from + run.records.len() as u64).saturating_sub(1),
            head: run.records.last().map_or(Hash::ZERO, |one| Hash::of(one.header.as_bytes())),
            at: self.0.host.now_ms(),
            signature: Signature([0; 64]),
        };
        receipt.sign(&self.0.store.node_key())
    }
}

fn revoked() -> NodeRefusal {
    NodeRefusal::new(403, "revoked", String::new())
}

/// A node that may ask.
#[derive(Clone, Copy)]
pub(super) struct Asking {
    pub key: Hash,
    pub reads: Reads,
    /// By so many milliseconds its clock is known to be ahead.
    pub ahead: Option<i64>,
}

/// Is it a fact after which bodies are gone for good? Those who hold everything may say it; a desk in a hall, which is the easiest to get at, never
/// has a reason to, nor has whoever sends what is public.
fn erases(one: &Carried) -> bool {
    let body = one.body.as_ref().and_then(|body| Body::read(body.as_bytes()).ok());
    body.is_some_and(|body| ERASING.contains(&body.kind.as_str()))
}

pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, NodeRefusal> {
    // Where, and not what: it would quote the request, and stands in logs.
    let place = |error: serde_json::Error| format!("line {} column {}", error.line(), error.column());
    serde_json::from_slice(body).map_err(|error| NodeRefusal::new(400, "bad-request", place(error)))
}

pub(super) fn answer(status: u16, what: &impl Serialize) -> Result<Answer, NodeRefusal> {
    let body = serde_json::to_vec(what).map_err(|error| NodeRefusal::failed(&error.to_string()))?;
    Ok(Answer { status, body, signature: String::new() })
}
