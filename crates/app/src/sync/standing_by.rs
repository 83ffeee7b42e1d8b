//! A node that stands by for a hub, on both ends: it says how it is and is told who is paired there, so that it can let them in; and the hub
//! tells every node below where it is.
//!
//! Left out: what a person does with it (`standby`), and how a node below goes over (`doors`).

use super::client::{Client, NoAnswer};
use super::doors::{ADDRESSES, Told, WhoStandsBy};
use super::server::NodeRefusal;
use super::tls::Pin;
use super::{UPSTREAM, Upstream};
use crate::failure::Failure;
use crate::{App, Change};
use jiangsai_domain::pairing::Address;
use jiangsai_ledger::Hash;
use jiangsai_ledger::replication::Reads;
use jiangsai_store::Named;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// Setting of the hub: what the node that stands by said of itself last.
const SAID: &str = "hub.standby";
/// Setting of the node that stands by: since when it serves; empty while it waits.
const SERVING: &str = "standby.serving";
/// Setting of the node that stands by: headquarters, where it is paired with it too.
const HEADQUARTERS: &str = "standby.headquarters";
/// So often it says how it is.
const EVERY: Duration = Duration::from_secs(5);
/// A node that was silent for so many milliseconds is away: it tells how it is every minute.
const AWAY: i64 = 3 * 60 * 1_000;

/// Since when it serves, in milliseconds since 1970 by its clock, and how many nodes are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Serving {
    pub since: i64,
    pub nodes: u32,
}

/// What it says of itself: the body of `paired`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Standing {
    addresses: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sealing: Option<Hash>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    serving: Option<Serving>,
}

/// Answer to `paired`.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Paired {
    nodes: Vec<PairedNode>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PairedNode {
    key: Hash,
    name: String,
    /// A word: one that this build does not know reads as little as any.
    reads: String,
}

/// As the hub keeps it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Said {
    key: Hash,
    standing: Standing,
}

/// The node that stands by for this one.
pub(crate) struct StandbySaid {
    pub key: Hash,
    pub addresses: Vec<String>,
    pub serving: Option<Serving>,
}

/// How it is with the other of the two, on either end.
#[derive(Default)]
pub(crate) struct Abreast {
    state: Mutex<Contact>,
    /// Rung when there is something to say to the hub.
    bell: Notify,
}

/// What was heard of the other.
#[derive(Clone, Copy, Default)]
pub(crate) struct Contact {
    /// Milliseconds since 1970.
    pub heard_at: Option<i64>,
    /// It answered at the last try.
    pub answers: bool,
}

impl Abreast {
    pub(crate) fn contact(&self) -> Contact {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has it said to the hub how it is, now.
    pub(crate) fn ring(&self) {
        self.bell.notify_one();
    }

    fn heard(&self, at: i64) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = Contact { heard_at: Some(at), answers: true };
    }

    fn silent(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).answers = false;
    }

    fn forget(&self) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = Contact::default();
    }
}

/// Did a node tell how it is since this one serves, and not long ago? In milliseconds since 1970.
pub(crate) fn is_here(since: Option<i64>, seen_at: Option<i64>, now: i64) -> bool {
    since.zip(seen_at).is_some_and(|(since, seen)| seen >= since && now - seen <= AWAY)
}

/// The end that stands by.
impl App {
    /// The hub that this node stands by for.
    pub(crate) async fn stood_for(&self) -> Result<Option<Upstream>, Failure> {
        Ok(self.paired().await?.filter(|hub| hub.reads == Reads::Standby))
    }

    /// Since when it serves in the place of the hub, in milliseconds since 1970; nothing while it waits.
    pub(crate) async fn serving_since(&self) -> Result<Option<i64>, Failure> {
        Ok(self.0.store.setting(SERVING).await?.and_then(|since| since.parse().ok()))
    }

    /// It serves from now on, or waits again.
    pub(crate) async fn serves(&self, since: Option<i64>) -> Result<(), Failure> {
        let since = since.map(|since| since.to_string()).unwrap_or_default();
        self.0.store.set_setting(SERVING, &since).await?;
        self.begin_anew();
        // Whoever is here asks again, and learns it.
        self.0.hints.turned();
        self.0.abreast.ring();
        let _ = self.0.changes.send(Change::Nodes);
        Ok(())
    }

    /// Headquarters, where this node is paired with it as well as with its hub.
    pub(crate) async fn own_headquarters(&self) -> Result<Option<Upstream>, Failure> {
        let kept = self.0.store.setting(HEADQUARTERS).await?;
        Ok(kept.and_then(|json| serde_json::from_str(&json).ok()))
    }

    pub(crate) async fn keep_headquarters(&self, headquarters: &Upstream) -> Result<(), Failure> {
        let json = serde_json::to_string(headquarters).map_err(|error| Failure::Internal(error.to_string()))?;
        self.0.store.set_setting(HEADQUARTERS, &json).await?;
        self.begin_anew();
        Ok(())
    }

    /// Headquarters as the node above, while this one serves in the place of a hub and is paired with it.
    pub(super) async fn above_the_hub(&self, hub: &Upstream) -> Result<Option<Upstream>, Failure> {
        if hub.reads != Reads::Standby || self.serving_since().await?.is_none() {
            return Ok(None);
        }
        Ok(self.own_headquarters().await?.filter(|own| own.key == hub.root))
    }

    /// It stands by for nobody any more, or for another.
    pub(super) async fn forget_standing(&self) -> Result<(), Failure> {
        let store = &self.0.store;
        store.set_setting(SERVING, "").await?;
        store.set_setting(HEADQUARTERS, "").await?;
        store.hand_down_nobody().await?;
        self.0.abreast.forget();
        Ok(())
    }

    /// Since when it serves, and how many of the nodes that the hub named are here.
    pub(crate) async fn is_serving(&self) -> Result<Option<Serving>, Failure> {
        let Some(since) = self.serving_since().await? else { return Ok(None) };
        let now = self.0.host.now_ms();
        let below = self.0.store.nodes_below().await?;
        let here = below.iter().filter(|peer| peer.handed_down && is_here(Some(since), peer.seen_at, now));
        let nodes = here.count();
        Ok(Some(Serving { since, nodes: u32::try_from(nodes).unwrap_or(u32::MAX) }))
    }

    /// Says to the hub how this node is, and keeps whom it names, until the task is dropped or aborted.
    pub(super) async fn stands_by(&self) {
        let mut kept = None;
        loop {
            if let Err(failure) = self.abreast_of_hub(&mut kept).await {
                tracing::warn!(cause = %failure, "it could not be said to the hub how this node is");
            }
            tokio::select! {
                () = tokio::time::sleep(EVERY) => {}
                () = self.0.abreast.bell.notified() => {}
            }
        }
    }

    async fn abreast_of_hub(&self, kept: &mut Option<Client>) -> Result<(), Failure> {
        let Some(hub) = self.stood_for().await? else { return Ok(()) };
        let client = match kept.take().filter(|client| client.is_to(&hub, true)) {
            Some(client) => client,
            None => Client::quick(Pin::Key(hub.key))?,
        };
        let client = kept.insert(client);
        let standing = {
            let _gate = self.0.gate.read().await;
            let mut addresses = self.0.addresses.all();
            addresses.truncate(ADDRESSES);
            let sealing = Some(crate::bundle::public_key(self.0.store.sealing_secret())?);
            Standing { addresses, sealing, serving: self.is_serving().await? }
        };
        let answered_before = self.0.abreast.contact().answers;
        let answer = client.ask_first::<Paired>(self, &hub, "paired", &standing).await;
        let _gate = self.0.gate.read().await;
        if self.stood_for().await?.is_none_or(|now| now.key != hub.key) {
            return Ok(());
        }
        match answer {
            Ok(Paired { nodes }) => {
                let (own, now) = (self.public_key()?, self.0.host.now_ms());
                let named = |node: PairedNode| Named { key: node.key, name: node.name, reads: Reads::of(&node.reads) };
                // Neither end of the two is a node below.
                let other = |node: &PairedNode| node.key != own && node.key != hub.key;
                let nodes: Vec<Named> = nodes.into_iter().filter(other).map(named).collect();
                self.0.store.hand_down(hub.key, &nodes, now).await?;
                self.0.abreast.heard(now);
            }
            Err(NoAnswer::Refused("not-standby")) => self.stands_by_no_more(hub).await?,
            Err(_) => self.0.abreast.silent(),
        }
        let answers = self.0.abreast.contact().answers;
        if answers && !answered_before {
            // Records need not wait as long as it was away.
            self.0.connection.ring();
        }
        if answers != answered_before {
            let _ = self.0.changes.send(Change::Nodes);
        }
        Ok(())
    }

    /// Another node stands by for the hub now. Whoever is here already may stay until it is handed back.
    async fn stands_by_no_more(&self, hub: Upstream) -> Result<(), Failure> {
        self.0.abreast.silent();
        if self.serving_since().await?.is_some() {
            return Ok(());
        }
        let now = Upstream { reads: Reads::Everything, ..hub };
        let json = serde_json::to_string(&now).map_err(|error| Failure::Internal(error.to_string()))?;
        self.forget_standing().await?;
        Ok(self.0.store.set_setting(UPSTREAM, &json).await?)
    }
}

/// The hub's end.
impl App {
    /// The node that stands by for this one, as it said last.
    pub(crate) async fn standby_said(&self) -> Result<Option<StandbySaid>, Failure> {
        Ok(self.said().await?.map(|said| StandbySaid {
            key: said.key,
            addresses: said.standing.addresses,
            serving: said.standing.serving,
        }))
    }

    async fn said(&self) -> Result<Option<Said>, Failure> {
        let kept = self.0.store.setting(SAID).await?;
        let Some(said) = kept.and_then(|json| serde_json::from_str::<Said>(&json).ok()) else { return Ok(None) };
        let stands_by = self.0.store.peer_reads(said.key).await? == Some(Reads::Standby);
        Ok(stands_by.then_some(said))
    }

    /// Answers `standby`.
    pub(super) async fn who_stands_by(&self) -> Result<WhoStandsBy, NodeRefusal> {
        let told =
            |said: Said| Told { key: said.key, addresses: said.standing.addresses, sealing: said.standing.sealing };
        // Whoever went there would send what this one may not read.
        let standby = if self.carries().await? { None } else { self.said().await? };
        Ok(WhoStandsBy { standby: standby.map(told) })
    }

    /// Answers `paired`, to the node that stands by alone.
    pub(super) async fn take_standing(&self, from: Hash, standing: Standing) -> Result<Paired, NodeRefusal> {
        let store = &self.0.store;
        if store.peer_reads(from).await? != Some(Reads::Standby) {
            return Err(NodeRefusal::new(403, "not-standby", String::new()));
        }
        let addresses = &standing.addresses;
        if addresses.len() > ADDRESSES || addresses.iter().any(|one| Address::read(one).is_err()) {
            return Err(NodeRefusal::new(400, "bad-request", "addresses"));
        }
        let said = Said { key: from, standing };
        if self.said().await?.as_ref() != Some(&said) {
            let json = serde_json::to_string(&said).map_err(|error| NodeRefusal::failed(&error.to_string()))?;
            store.set_setting(SAID, &json).await?;
            let _ = self.0.changes.send(Change::Nodes);
        }
        self.0.abreast.heard(self.0.host.now_ms());
        let node = |one: Named| PairedNode { key: one.key, name: one.name, reads: one.reads.word().to_owned() };
        Ok(Paired { nodes: store.named_but(from).await?.into_iter().map(node).collect() })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    async fn pair(app: &App, code: &str, key: Hash, reads: Reads) {
        app.0.store.pairing_code_put(code, i64::MAX, reads).await.unwrap();
        assert!(app.0.store.pair(code, key, code, 1).await.unwrap().is_some());
    }

    fn standing(addresses: &[&str], serving: Option<Serving>) -> Standing {
        Standing { addresses: addresses.iter().map(|one| (*one).to_owned()).collect(), sealing: None, serving }
    }

    #[tokio::test]
    async fn who_is_paired_is_said_to_the_one_that_stands_by_alone() {
        let (_folder, hub) = App::in_new_folder().await;
        let [standby, desk, office, next] = ["standby", "desk", "office", "next"].map(|name| Hash::of(name.as_bytes()));
        pair(&hub, "standby", standby, Reads::Standby).await;
        pair(&hub, "desk", desk, Reads::JudgesDesk).await;
        pair(&hub, "office", office, Reads::Everything).await;
        assert!(hub.who_stands_by().await.unwrap().standby.is_none(), "it has not said yet where it is");
        for other in [desk, office, Hash::of(b"a stranger")] {
            let refused = hub.take_standing(other, standing(&[], None)).await.err().unwrap();
            assert_eq!((refused.status, refused.code), (403, "not-standby"));
        }
        assert!(hub.who_stands_by().await.unwrap().standby.is_none(), "nothing of what they said is kept");
        let refused = hub.take_standing(standby, standing(&["http://x"], None)).await.err().unwrap();
        assert_eq!(refused.code, "bad-request", "an address is none");
        let refused = hub.take_standing(standby, standing(&["10.0.0.1:1"; ADDRESSES + 1], None)).await.err().unwrap();
        assert_eq!(refused.code, "bad-request", "too many");

        let paired = hub.take_standing(standby, standing(&["10.0.0.9:7480"], None)).await.unwrap();
        let told: Vec<(Hash, &str)> = paired.nodes.iter().map(|node| (node.key, node.reads.as_str())).collect();
        assert!(told.contains(&(desk, "judges-desk")) && told.contains(&(office, "everything")), "{told:?}");
        assert_eq!(told.len(), 2, "itself left out");
        let beside = hub.who_stands_by().await.unwrap().standby.unwrap();
        assert_eq!((beside.key, beside.addresses), (standby, vec!["10.0.0.9:7480".to_owned()]));

        pair(&hub, "next", next, Reads::Standby).await;
        assert!(hub.who_stands_by().await.unwrap().standby.is_none(), "another one stands by now");
        let refused = hub.take_standing(standby, standing(&[], None)).await.err().unwrap();
        assert_eq!(refused.code, "not-standby");
        assert!(hub.take_standing(next, standing(&[], None)).await.is_ok());
    }

    #[tokio::test]
    async fn who_was_handed_down_waits_until_it_serves_and_who_was_paired_does_not() {
        let (_folder, app) = App::in_new_folder().await;
        let [hub, desk, own] = ["hub", "desk", "own"].map(|name| Hash::of(name.as_bytes()));
        pair(&app, "own", own, Reads::Everything).await;
        let named = Named { key: desk, name: "一号台".to_owned(), reads: Reads::JudgesDesk };
        app.0.store.hand_down(hub, &[named], 1).await.unwrap();
        let knocks = async |key: Hash| app.knows_node(Some(&key.to_string())).await.map_err(|no| (no.status, no.code));
        assert_eq!(knocks(desk).await, Err((403, "standby-waiting")));
        assert_eq!(knocks(own).await, Ok(()));
        assert_eq!(knocks(Hash::of(b"a stranger")).await, Err((401, "unknown-node")));
        app.serves(Some(7)).await.unwrap();
        assert_eq!(knocks(desk).await, Ok(()));
        assert_eq!(app.0.store.peer_reads(desk).await.unwrap(), Some(Reads::JudgesDesk), "no more than the hub said");
        assert_eq!(app.is_serving().await.unwrap(), Some(Serving { since: 7, nodes: 0 }));
        app.0.store.node_reported(desk, app.0.host.now_ms(), &[]).await.unwrap();
        assert_eq!(app.is_serving().await.unwrap(), Some(Serving { since: 7, nodes: 1 }));
        app.serves(None).await.unwrap();
        assert_eq!(knocks(desk).await, Err((403, "standby-waiting")));
        app.forget_standing().await.unwrap();
        assert_eq!(knocks(desk).await, Err((401, "unknown-node")));
    }
}
