//! Which nodes read everything, and to which key that is encrypted: each says it of itself and signs it, and carriers pass it on, up and down. So whoever
//! grants sees who is behind a carrier, and a carrier cannot put a key of its own in the place of another's. Nobody reads anything because it was said here:
//! an organiser grants it.

use crate::App;
use crate::failure::Failure;
use crate::sync::{NodeRefusal, Upstream};
use jiangsai_ledger::replication::Reads;
use jiangsai_ledger::{Hash, Signature, VerifyingKey, sign};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// Most nodes that one node speaks for.
const MOST: usize = 64;
/// Longest name, in letters.
const LONGEST_NAME: usize = 100;
/// So often it is said where a carrier is above or this node is one; and so often elsewhere.
const EVERY: (Duration, Duration) = (Duration::from_secs(10), Duration::from_secs(60));

/// A node that reads everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ask {
    /// Its public key.
    pub key: Hash,
    /// The X25519 key to encrypt to it.
    pub sealing: Hash,
    /// Its name.
    pub name: String,
    /// By `key`, over the other two.
    pub signature: Signature,
}

/// Body of the question `readers`, and of its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asks {
    pub asks: Vec<Ask>,
}

impl Ask {
    fn signed(sealing: Hash, name: &str) -> Vec<u8> {
        format!("jiangsai.reader.v1\n{sealing}\n{}\n", Hash::of(name.as_bytes())).into_bytes()
    }

    fn is_good(&self) -> bool {
        let Ok(key) = VerifyingKey::from_bytes(self.key.bytes()) else { return false };
        let short = self.name.chars().count() <= LONGEST_NAME;
        short && self.signature.is_by(&key, &Self::signed(self.sealing, &self.name))
    }
}

/// What others said, by who passed it on.
#[derive(Default)]
pub(crate) struct Heard(Mutex<Said>);

#[derive(Default)]
struct Said {
    below: BTreeMap<Hash, Vec<Ask>>,
    above: Vec<Ask>,
    due: Option<Instant>,
}

/// A node that reads everything, as it is known here.
pub(super) struct Known {
    pub ask: Ask,
    /// It is behind a carrier.
    pub behind: bool,
}

impl Heard {
    fn with<T>(&self, change: impl FnOnce(&mut Said) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// There is another node above now, or none.
    pub(crate) fn forget_above(&self) {
        self.with(|said| (said.above, said.due) = (Vec::new(), None));
    }
}

impl App {
    /// This node, where it reads everything.
    fn own_ask(&self) -> Result<Ask, Failure> {
        let sealing = crate::bundle::public_key(self.0.store.sealing_secret())?;
        let called = Some(self.0.host.computer()).filter(|name| !name.is_empty());
        let name: String = called.unwrap_or_else(|| self.0.store.node()).chars().take(LONGEST_NAME).collect();
        let signature = sign(&self.0.store.node_key(), &Ask::signed(sealing, &name));
        Ok(Ask { key: self.public_key()?, sealing, name, signature })
    }

    /// Does this node read everything?
    async fn reads_everything(&self) -> Result<bool, Failure> {
        Ok(self.paired().await?.is_none_or(|above| above.reads.holds_whole()))
    }

    /// What nodes below said, of those that may still ask: each with whether it is behind a carrier. `but` is left out.
    async fn said_below(&self, but: Option<Hash>) -> Result<Vec<Known>, Failure> {
        let peers = self.0.store.nodes_below().await?.into_iter().filter(|peer| !peer.shut_out);
        let peers: BTreeMap<String, Reads> = peers.map(|peer| (peer.key, peer.reads)).collect();
        let below = self.0.carriage.heard.with(|said| said.below.clone());
        let mut known = Vec::new();
        for (from, asks) in below.into_iter().filter(|(from, _)| Some(*from) != but) {
            let Some(reads) = peers.get(&from.to_string()) else { continue };
            let behind = |ask: Ask| Known { behind: *reads == Reads::Carrier || ask.key != from, ask };
            known.extend(asks.into_iter().map(behind));
        }
        Ok(known)
    }

    /// Every node that is known to read everything, but this one.
    pub(super) async fn known_readers(&self) -> Result<Vec<Known>, Failure> {
        let through = self.paired().await?.is_some_and(|above| above.carrier);
        let mut known = self.said_below(None).await?;
        let above = self.0.carriage.heard.with(|said| said.above.clone());
        known.extend(above.into_iter().map(|ask| Known { ask, behind: through }));
        let own = self.public_key()?;
        let mut seen = BTreeSet::from([own]);
        known.retain(|one| seen.insert(one.ask.key));
        Ok(known)
    }

    /// Tells the node above who reads everything here and behind carriers below, now and then, and keeps what it says.
    pub(crate) async fn learn_readers(
        &self,
        upstream: &Upstream,
        ask: impl AsyncFnOnce(&Asks) -> Option<Asks>,
    ) -> Result<(), Failure> {
        // The level above opens nothing, and grants nothing.
        if upstream.receives_public() {
            return Ok(());
        }
        if !self.0.carriage.heard.with(|said| said.due.is_none_or(|due| due <= Instant::now())) {
            return Ok(());
        }
        let (carries, whole) = (self.carries().await?, self.reads_everything().await?);
        if !carries && !whole {
            return Ok(());
        }
        let mut asks = if whole { vec![self.own_ask()?] } else { Vec::new() };
        let passed_on = self.said_below(None).await?.into_iter().filter(|one| carries || one.behind);
        asks.extend(passed_on.map(|one| one.ask));
        asks.truncate(MOST);
        let answer = ask(&Asks { asks }).await;
        let often = (carries || upstream.carrier) && answer.is_some();
        let next = Instant::now() + if often { EVERY.0 } else { EVERY.1 };
        self.0.carriage.heard.with(|said| said.due = Some(next));
        if let Some(Asks { asks }) = answer {
            let own = self.public_key()?;
            let good = asks.into_iter().take(MOST).filter(|one| one.key != own && one.is_good()).collect();
            self.0.carriage.heard.with(|said| said.above = good);
        }
        Ok(())
    }

    /// Keeps what a node below says, and answers who is above and beside it.
    pub(crate) async fn take_asks(&self, from: Hash, reads: Reads, said: Asks) -> Result<Asks, NodeRefusal> {
        if said.asks.len() > MOST || !said.asks.iter().all(Ask::is_good) {
            return Err(NodeRefusal::new(400, "bad-request", "readers"));
        }
        // A desk has none behind it, and is told of none; nor does a headquarters below read what is here.
        if matches!(reads, Reads::JudgesDesk | Reads::Public) {
            return Ok(Asks::default());
        }
        let own = self.public_key()?;
        // A carrier reads nothing that it may ask for.
        let others = |one: &Ask| one.key != own && (reads != Reads::Carrier || one.key != from);
        let kept = said.asks.into_iter().filter(others).collect();
        self.0.carriage.heard.with(|heard| heard.below.insert(from, kept));
        let (carries, whole) = (self.carries().await?, self.reads_everything().await?);
        let mut asks = if whole { vec![self.own_ask()?] } else { Vec::new() };
        if carries || reads == Reads::Carrier {
            asks.extend(self.0.carriage.heard.with(|heard| heard.above.clone()));
            asks.extend(self.said_below(Some(from)).await?.into_iter().map(|one| one.ask));
        }
        asks.truncate(MOST);
        Ok(Asks { asks })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::host::SystemHost;
    use std::sync::Arc;

    #[tokio::test]
    async fn a_carrier_cannot_put_its_own_key_in_the_place_of_anothers() {
        let (_folder, app) = App::in_new_folder().await;
        let ask = app.own_ask().unwrap();
        assert!(ask.is_good());
        assert!(!Ask { sealing: Hash::of(b"the carrier's"), ..ask.clone() }.is_good());
        assert!(!Ask { name: "总部".to_owned(), ..ask.clone() }.is_good());
        assert!(!Ask { key: Hash::of(b"another"), ..ask.clone() }.is_good());
        let long = "模".repeat(LONGEST_NAME + 1);
        let signature = sign(&app.0.store.node_key(), &Ask::signed(ask.sealing, &long));
        assert!(!Ask { name: long, signature, ..ask.clone() }.is_good());

        let (carrier, desk) = (Hash::of(b"carrier"), Hash::of(b"desk"));
        let store = &app.0.store;
        for (key, reads) in [(carrier, Reads::Carrier), (desk, Reads::JudgesDesk)] {
            store.pairing_code_put("CODE", i64::MAX, reads).await.unwrap();
            store.pair("CODE", key, "", 1).await.unwrap();
        }
        let other = tempfile::tempdir().unwrap();
        let other = App::open(other.path(), Arc::new(SystemHost::new(None))).await.unwrap().own_ask().unwrap();
        let told = app.take_asks(carrier, Reads::Carrier, Asks { asks: vec![other.clone()] }).await.unwrap();
        assert_eq!(told.asks, std::slice::from_ref(&ask), "who carries is told who is above");
        let known = app.known_readers().await.unwrap();
        assert!(known.len() == 1 && known[0].behind && known[0].ask == other);
        let forged = Asks { asks: vec![Ask { sealing: Hash::of(b"the carrier's"), ..other.clone() }] };
        assert_eq!(app.take_asks(carrier, Reads::Carrier, forged).await.unwrap_err().code, "bad-request");
        let told = app.take_asks(desk, Reads::JudgesDesk, Asks { asks: vec![other] }).await.unwrap();
        assert_eq!(told, Asks::default());
        let many = Asks { asks: vec![ask; MOST + 1] };
        assert_eq!(app.take_asks(carrier, Reads::Carrier, many).await.unwrap_err().code, "bad-request");
    }
}
