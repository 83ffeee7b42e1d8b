//! Records between computers: answering nodes below (`server`), asking the node above (`runner`). What to ask and what to make of it is
//! decided in `jiangsai_ledger::replication`; here are clocks, random numbers and the network.
//!
//! A request is signed with the key of the node that makes it, over the key of the node it is for, so that it says nothing elsewhere.

mod client;
mod hand_out;
mod receipts;
mod runner;
mod server;

pub(crate) use hand_out::Handed;
pub use server::{Answer, NodeRefusal};

use crate::App;
use crate::failure::Failure;
use jiangsai_ledger::replication::Link;
use jiangsai_ledger::{Hash, ScopeId};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::Instant;

/// Setting that holds the node above.
const UPSTREAM: &str = "sync.upstream";

/// The node above.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Upstream {
    /// Its address.
    pub url: String,
    /// Its public key; receipts of others are nothing.
    pub key: Hash,
    /// Public key of headquarters: its own, when it is that.
    pub root: Hash,
    /// Its key to encrypt bundles to; an older build announced none.
    #[serde(default)]
    pub sealing: Option<Hash>,
}

/// Asks to be let in.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Introduction {
    code: String,
    /// Public key of the node that asks.
    key: Hash,
    name: String,
}

/// Answer to an [`Introduction`].
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Welcome {
    key: Hash,
    root: Hash,
    /// Key to encrypt bundles to.
    #[serde(default)]
    sealing: Option<Hash>,
}

/// Asks about one scope.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    scope: ScopeId,
}

/// How the connection is.
#[derive(Default)]
pub(crate) struct Connection {
    state: Mutex<State>,
    /// Rung when something was connected or written.
    bell: Notify,
}

#[derive(Default)]
struct State {
    /// How often everything began anew.
    era: u64,
    fares: HashMap<ScopeId, Fare>,
    last_contact: Option<i64>,
    /// Why nothing goes through.
    trouble: Option<&'static str>,
    /// Rounds in a row that the node above did not answer.
    failures: u32,
}

/// How one competition fares.
#[derive(Default)]
struct Fare {
    link: Option<Link>,
    /// Why something of it does not go through.
    trouble: Option<&'static str>,
    /// Times in a row that something broke here.
    broke: u32,
    /// Nothing is asked about it before.
    until: Option<Instant>,
}

impl Connection {
    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Has the runner ask again now.
    pub(crate) fn ring(&self) {
        self.bell.notify_one();
    }

    /// Begins anew, as after a start: what a round that is under way has to say is of before.
    pub(crate) fn forget(&self) {
        self.with(|state| *state = State { era: state.era + 1, ..State::default() });
        self.bell.notify_one();
    }

    /// Moment of the last answer, and why nothing goes through at present.
    pub(crate) fn condition(&self) -> (Option<i64>, Option<&'static str>) {
        self.with(|state| (state.last_contact, state.trouble))
    }

    /// Why something of a competition does not go through at present.
    pub(crate) fn trouble(&self, scope: ScopeId) -> Option<&'static str> {
        self.with(|state| state.fares.get(&scope).and_then(|fare| fare.trouble))
    }

    /// What is known of the connection about a competition, taken out, and its trouble so far.
    fn take(&self, scope: ScopeId) -> (Option<Link>, Option<&'static str>) {
        self.with(|state| {
            let fare = state.fares.entry(scope).or_default();
            (fare.link.take(), fare.trouble)
        })
    }

    fn era(&self) -> u64 {
        self.with(|state| state.era)
    }

    fn put_back(&self, scope: ScopeId, link: Link, era: u64) {
        self.with(|state| {
            if state.era == era {
                state.fares.entry(scope).or_default().link = Some(link);
            }
        });
    }

    /// A round about a competition came to its end.
    fn fares(&self, scope: ScopeId, trouble: Option<&'static str>) {
        self.with(|state| {
            let fare = state.fares.entry(scope).or_default();
            (fare.trouble, fare.broke, fare.until) = (trouble, 0, None);
        });
    }

    /// Leaves a competition alone for a while.
    fn rest(&self, scope: ScopeId, trouble: &'static str, pause: Duration) {
        self.with(|state| {
            let fare = state.fares.entry(scope).or_default();
            (fare.trouble, fare.until) = (Some(trouble), Some(Instant::now() + pause));
        });
    }

    fn rests(&self, scope: ScopeId) -> bool {
        let until = self.with(|state| state.fares.get(&scope).and_then(|fare| fare.until));
        until.is_some_and(|until| until > Instant::now())
    }

    /// Something broke here; how often in a row before.
    fn broke(&self, scope: ScopeId) -> u32 {
        self.with(|state| {
            let fare = state.fares.entry(scope).or_default();
            fare.broke = fare.broke.saturating_add(1);
            fare.broke - 1
        })
    }
}

impl App {
    /// The node above, if this one is connected.
    pub(crate) async fn upstream(&self) -> Result<Option<Upstream>, Failure> {
        let kept = self.0.store.setting(UPSTREAM).await?;
        Ok(kept.and_then(|json| serde_json::from_str(&json).ok()))
    }

    /// Incarnation of headquarters, as far as it is known here.
    pub(crate) async fn root_of(&self, upstream: &Upstream, scope: ScopeId) -> Result<Option<Hash>, Failure> {
        let store = &self.0.store;
        if upstream.root == upstream.key {
            return Ok(store.link(scope).await?.map(|(incarnation, _)| incarnation));
        }
        Ok(store.root_incarnation(scope).await?)
    }

    /// Public key of this node.
    pub(crate) fn public_key(&self) -> Result<Hash, Failure> {
        let key = self.0.store.node_key().verifying_key();
        Hash::from_bytes(key.as_bytes()).map_err(|error| Failure::Internal(error.to_string()))
    }
}

/// The bytes of an answer that are signed: its type first, then the hash of the request's signed bytes and of its own body, a line each. So
/// an answer belongs to one question, and nobody between the two can put records into it.
fn signed_answer(request: &[u8], body: &[u8]) -> Vec<u8> {
    format!("jiangsai.answer.v0\n{}\n{}\n", Hash::of(request), Hash::of(body)).into_bytes()
}

/// The bytes of a request that are signed: their own type first, then for whom, what, and the hash of its body, a line each.
fn signed_request(to: Hash, what: &str, body: &[u8]) -> Vec<u8> {
    format!("jiangsai.request.v0\n{to}\n{what}\n{}\n", Hash::of(body)).into_bytes()
}

impl App {
    /// Connects to the node above with a code made there. The gate is not held: it may not answer.
    pub(crate) async fn connect(&self, url: &str, code: &str) -> Result<(), Failure> {
        let url = url.trim().trim_end_matches('/');
        let host = url.strip_prefix("http://").filter(|host| !host.is_empty() && !host.contains(['/', '?', '#', '@']));
        if host.is_none() {
            return Err(jiangsai_domain::envelope::Refusal::new("upstream-address").into());
        }
        let client = client::Client::new()?;
        let upstream = client.introduce(url, code, self.public_key()?, &self.0.store.node()).await?;
        let json = serde_json::to_string(&upstream).map_err(|error| Failure::Internal(error.to_string()))?;
        let _beside = self.0.gate.read().await;
        if self.upstream().await?.is_some_and(|before| before.key != upstream.key) {
            self.0.store.links_drop().await?;
        }
        self.0.store.set_setting(UPSTREAM, &json).await?;
        self.0.connection.forget();
        Ok(())
    }

    /// Ends the connection; receipts stay.
    pub(crate) async fn disconnect(&self) -> Result<(), Failure> {
        self.0.store.set_setting(UPSTREAM, "").await?;
        self.0.store.links_drop().await?;
        self.0.connection.forget();
        Ok(())
    }
}
