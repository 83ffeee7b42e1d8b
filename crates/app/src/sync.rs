//! Records between computers: answering nodes below (`server`), asking the node above (`runner`). What to ask and what to make of it is
//! decided in `jiangsai_ledger::replication`; here are clocks, random numbers and the network.
//!
//! A request is signed with the key of the node that makes it, over the key of the node it is for, so that it says nothing elsewhere. It travels
//! over TLS that is pinned to that key (`tls`).

mod client;
mod clock;
mod doors;
mod foot;
mod hand_out;
mod hints;
mod nearby;
mod public;
mod quota;
mod receipts;
mod report;
mod runner;
mod schemas;
mod server;
mod standing_by;
mod tally;
mod tls;
mod waking;

pub(crate) use foot::Foot;
pub(crate) use hand_out::{Handed, Relayed};
pub(crate) use hints::Hints;
pub use hints::Word;
pub use nearby::Announced;
pub use quota::NodeLimits;
pub(crate) use quota::Quota;
pub use schemas::{Asked, REFUSALS, Refused, asked};
pub use server::{Answer, NodeRefusal};
pub(crate) use standing_by::{Abreast, is_here};
pub use tally::Tally;
pub use tls::pinned_to;

use crate::App;
use crate::failure::Failure;
use client::Client;
use jiangsai_domain::pairing::{self, Fingerprint, Invitation};
use jiangsai_ledger::replication::{Doors, Link, Ours, Reads};
use jiangsai_ledger::{Hash, ScopeId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tls::Pin;
use tokio::sync::Notify;
use tokio::time::Instant;

/// Every question that a node may ask, and what it is for.
pub const QUESTIONS: [(&str, &str); 10] = [
    ("pair", "Lets a node in that shows a one-time code; the only one that is not signed"),
    ("scopes", "Ids of the competitions here"),
    ("heads", "What is held of a competition: the number wanted next of each log"),
    ("push", "Records of one log, without a gap, ending at a checkpoint"),
    ("pull", "What was accepted after a cursor"),
    ("report", "What the node that asks holds and has no receipt for; only told"),
    ("readers", "Which nodes read everything, each signed by itself: said by the node that asks, and answered"),
    ("standby", "Which node stands by for this one: its key and where it is reached"),
    ("paired", "Of the node that stands by alone: how it is. Answered with the nodes that are paired here"),
    ("changes", "Word that there is something to ask for: a stream of events, a hint only"),
];

/// Setting that holds the node above.
const UPSTREAM: &str = "sync.upstream";

/// The node above.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Upstream {
    /// Its address, `https://host:port`.
    pub url: String,
    /// Its public key; receipts of others are nothing, and nothing is sent to whoever has another.
    pub key: Hash,
    /// Public key of headquarters: its own, when it is that.
    pub root: Hash,
    /// Its key to encrypt bundles to; an older build announced none.
    #[serde(default)]
    pub sealing: Option<Hash>,
    /// What it lets this one read, or reads of it.
    #[serde(default)]
    pub reads: Reads,
    /// It carries what it may not read. Once it said so it holds until this node is paired anew: a carrier cannot talk others out of encrypting.
    #[serde(default)]
    pub carrier: bool,
}

/// Where other computers reach this one, while it lets any in.
#[derive(Clone)]
pub struct Reached {
    /// At this port.
    pub port: u16,
    /// Of whatever addresses it has at the time.
    pub everywhere: bool,
    /// Host and port as others are told them, at present: a computer changes its network while it hosts.
    pub now: Arc<dyn Fn() -> Vec<String> + Send + Sync>,
}

#[derive(Default)]
pub(crate) struct Addresses(Mutex<Option<Reached>>);

impl Addresses {
    pub(crate) fn reached(&self) -> Option<Reached> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn all(&self) -> Vec<String> {
        self.reached().map(|reached| (reached.now)()).unwrap_or_default()
    }
}

/// Asks to be let in.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Introduction {
    code: String,
    /// Public key of the node that asks.
    key: Hash,
    name: String,
    /// It has whole competitions: a code for a judge's desk would take away what it reads, and leave the names it has.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    holds: bool,
    /// How its logs name it. An older build does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    node: Option<String>,
}

/// Answer to an [`Introduction`].
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Welcome {
    key: Hash,
    root: Hash,
    /// Key to encrypt bundles to.
    #[serde(default)]
    sealing: Option<Hash>,
    /// What the node that asked will read. An older build knows of no such thing, and cannot be let in for a part.
    #[serde(default, skip_serializing_if = "is_everything")]
    reads: Reads,
    /// The node that answers carries what it may not read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    carrier: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the form serde asks for")]
const fn is_everything(reads: &Reads) -> bool {
    matches!(reads, Reads::Everything)
}

/// As people choose it.
pub(crate) const fn reads_of(reads: Reads) -> pairing::Reads {
    match reads {
        Reads::Everything => pairing::Reads::Everything,
        Reads::JudgesDesk => pairing::Reads::JudgesDesk,
        Reads::Standby => pairing::Reads::Standby,
        Reads::Carrier => pairing::Reads::Carrier,
        Reads::Public => pairing::Reads::Public,
    }
}

/// Asks about one scope.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct About {
    scope: ScopeId,
}

/// What a node holds and has no receipt for.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Report {
    holds: Vec<Holding>,
    /// How its logs name it. An older build does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    node: Option<String>,
}

/// Records of one scope that a node has no receipt for.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Holding {
    scope: ScopeId,
    pending: u64,
    /// Milliseconds since 1970 of the oldest, by the node's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    oldest: Option<i64>,
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
    /// The competition at which the last round was cut.
    cut: Option<ScopeId>,
    /// What was told of this node.
    told: report::Told,
    /// How it went with the two computers that may be above.
    doors: Doors,
    /// When the hub was asked who stands by for it.
    asked: doors::Asked,
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

/// Fingerprint of a node by its key.
pub(crate) fn fingerprint_of(key: Hash) -> Fingerprint {
    tls::fingerprint(key)
}

impl Upstream {
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        tls::fingerprint(self.key)
    }
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

    /// Every link begins anew, also one that a round is under way with; what is known of the node above itself stays.
    fn links_begin_anew(&self) {
        let doors = self.with(|state| state.doors);
        self.moves(doors);
        self.bell.notify_one();
    }

    /// The node above may have been copied back: before anything else it is asked what it holds.
    pub(crate) fn is_unsure(&self) {
        self.with(|state| state.fares.values_mut().filter_map(|fare| fare.link.as_mut()).for_each(Link::ask_again));
    }

    /// Moment of the last answer, and why nothing goes through at present.
    pub(crate) fn condition(&self) -> (Option<i64>, Option<&'static str>) {
        self.with(|state| (state.last_contact, state.trouble))
    }

    /// Why something of a competition does not go through at present.
    pub(crate) fn trouble(&self, scope: ScopeId) -> Option<&'static str> {
        self.with(|state| state.fares.get(&scope).and_then(|fare| fare.trouble))
    }

    /// Every competition of which something does not go through, and why.
    fn stuck(&self) -> Vec<(ScopeId, &'static str)> {
        let of = |(scope, fare): (&ScopeId, &Fare)| Some((*scope, fare.trouble?));
        self.with(|state| state.fares.iter().filter_map(of).collect())
    }

    /// Does everything of every competition go through?
    fn is_smooth(&self) -> bool {
        self.with(|state| state.trouble.is_none() && state.fares.values().all(|fare| fare.trouble.is_none()))
    }

    /// What is known of the connection about a competition, taken out, and its trouble so far.
    fn take(&self, scope: ScopeId) -> (Option<Link>, Option<&'static str>) {
        self.with(|state| {
            let fare = state.fares.entry(scope).or_default();
            (fare.link.take(), fare.trouble)
        })
    }

    /// Would a round about a competition send something of what is here, or is there anything else that it has to do before its time?
    fn has_to_send(&self, scope: ScopeId, ours: &Ours) -> bool {
        self.with(|state| {
            let fare = state.fares.get(&scope);
            let Some((link, trouble)) = fare.and_then(|fare| Some((fare.link.as_ref()?, fare.trouble))) else {
                return true;
            };
            trouble.is_some() || link.has_to_send(ours)
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
    /// Computers below are let in now, or no more: where stands beside a pairing code.
    pub fn is_reached(&self, at: Option<Reached>) {
        *self.0.addresses.0.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }

    /// The node above, if this one is connected: the one it is paired with, the one that stands by for that, or, where this one serves in the place
    /// of its hub, headquarters.
    pub(crate) async fn upstream(&self) -> Result<Option<Upstream>, Failure> {
        let Some(paired) = self.paired().await? else { return Ok(None) };
        if let Some(headquarters) = self.above_the_hub(&paired).await? {
            return Ok(Some(headquarters));
        }
        Ok(Some(self.at_standby(&paired).await?.unwrap_or(paired)))
    }

    /// The node that this one is paired with.
    pub(crate) async fn paired(&self) -> Result<Option<Upstream>, Failure> {
        let kept = self.0.store.setting(UPSTREAM).await?;
        let mut upstream: Option<Upstream> = kept.and_then(|json| serde_json::from_str(&json).ok());
        // As a build kept it that did not encrypt. The key is the same, and it is what the way there is pinned to now.
        if let Some(upstream) = &mut upstream
            && let Some(rest) = upstream.url.strip_prefix("http://")
        {
            upstream.url = format!("https://{rest}");
        }
        Ok(upstream)
    }

    /// The node that this one is paired with is reached at another address now.
    pub(crate) async fn is_paired_at(&self, paired: &Upstream, url: String) -> Result<(), Failure> {
        if paired.url == url {
            return Ok(());
        }
        self.keep_paired(&Upstream { url, ..paired.clone() }).await
    }

    /// The node that this one is paired with said that it carries what it may not read.
    pub(crate) async fn is_below_carrier(&self, upstream: &Upstream) -> Result<(), Failure> {
        match self.paired().await? {
            Some(paired) if paired.key == upstream.key && !paired.carrier => {
                self.keep_paired(&Upstream { carrier: true, ..paired }).await
            }
            _ => Ok(()),
        }
    }

    async fn keep_paired(&self, paired: &Upstream) -> Result<(), Failure> {
        let json = serde_json::to_string(paired).map_err(|error| Failure::Internal(error.to_string()))?;
        Ok(self.0.store.set_setting(UPSTREAM, &json).await?)
    }

    /// Incarnation of headquarters, as far as it is known here.
    pub(crate) async fn root_of(&self, upstream: &Upstream, scope: ScopeId) -> Result<Option<Hash>, Failure> {
        let store = &self.0.store;
        if upstream.root == upstream.key {
            return Ok(store.link(scope, upstream.key).await?.map(|(incarnation, _)| incarnation));
        }
        Ok(store.root_incarnation(scope, upstream.key).await?)
    }

    /// Fingerprint of this node, as a computer below compares it.
    pub(crate) fn fingerprint(&self) -> Result<Fingerprint, Failure> {
        Ok(tls::fingerprint(self.public_key()?))
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
    format!("jiangsai.answer.v1\n{}\n{}\n", Hash::of(request), Hash::of(body)).into_bytes()
}

/// The bytes of a request that are signed: their own type first, then for whom, what, and the hash of its body, a line each.
fn signed_request(to: Hash, what: &str, body: &[u8]) -> Vec<u8> {
    format!("jiangsai.request.v1\n{to}\n{what}\n{}\n", Hash::of(body)).into_bytes()
}

impl App {
    /// Connects to the node above with a code made there. The gate is not held: it may not answer.
    pub(crate) async fn connect(&self, url: &str, code: &str) -> Result<(), Failure> {
        let to = Invitation::of(url, code)?;
        let upstream = self.introduce(&to).await?;
        let _beside = self.0.gate.read().await;
        if self.paired().await?.is_some_and(|before| before.key != upstream.key) {
            self.0.store.links_drop().await?;
        }
        self.forget_standing().await?;
        self.forget_beside().await?;
        self.0.carriage.heard.forget_above();
        self.keep_paired(&upstream).await?;
        self.begin_anew();
        if upstream.reads == Reads::Standby {
            self.be_reached().await;
        }
        Ok(())
    }

    /// Shows a code to the node that made it, and to no other.
    pub(crate) async fn introduce(&self, to: &Invitation) -> Result<Upstream, Failure> {
        let client = Client::pinned(Pin::Fingerprint(to.code.fingerprint()))?;
        let called = Some(self.0.host.computer()).filter(|name| !name.is_empty());
        let name = called.unwrap_or_else(|| self.0.store.node());
        let reads_part = self.paired().await?.is_some_and(|before| !before.reads.holds_whole());
        let holds = !reads_part && !self.0.store.scopes().await?.is_empty();
        let node = Some(self.0.store.node());
        let who = Introduction { code: to.code.secret(), key: self.public_key()?, name, holds, node };
        client.introduce(to, &who).await
    }

    /// Ends the connection; receipts stay.
    pub(crate) async fn disconnect(&self) -> Result<(), Failure> {
        self.0.store.set_setting(UPSTREAM, "").await?;
        self.forget_standing().await?;
        self.forget_beside().await?;
        self.0.carriage.heard.forget_above();
        self.0.store.links_drop().await?;
        self.begin_anew();
        Ok(())
    }

    /// Asks and listens as after a start.
    pub(crate) fn begin_anew(&self) {
        self.0.connection.forget();
        self.0.hints.forget();
        self.0.abreast.ring();
        self.standing_changed();
    }
}
