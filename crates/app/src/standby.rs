//! A computer that stands by for the host of its hall (备用主机), as a person sees it and acts on it: take over, hand back, and the way to
//! headquarters meanwhile.
//!
//! Left out: what the two computers say to each other, and how a computer below goes over ([`crate::sync`]).

use crate::App;
use crate::failure::Failure;
use crate::sync::{fingerprint_of, reads_of};
use jiangsai_domain::command::standby::{Standby, StandbyNode, StandsBy, StoodFor, ToHeadquarters};
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::pairing::Invitation;
use jiangsai_ledger::replication::Reads;

impl App {
    /// How it stands with the two.
    pub(crate) async fn standby(&self) -> Result<Standby, Failure> {
        Ok(Standby { now: self.0.host.now_ms(), own: self.stands_by_for().await?, other: self.stood_for_by().await? })
    }

    async fn stands_by_for(&self) -> Result<Option<StandsBy>, Failure> {
        let Some(hub) = self.stood_for().await? else { return Ok(None) };
        let contact = self.0.abreast.contact();
        let headquarters = match self.own_headquarters().await? {
            _ if hub.root == hub.key => ToHeadquarters::HubIs,
            Some(own) if own.key == hub.root => ToHeadquarters::Itself,
            _ => ToHeadquarters::ByHub,
        };
        let since = self.serving_since().await?;
        let now = self.0.host.now_ms();
        let handed_down = self.0.store.nodes_below().await?.into_iter().filter(|node| node.handed_down);
        let nodes = handed_down.map(|node| StandbyNode {
            here: crate::sync::is_here(since, node.seen_at, now),
            reads: reads_of(node.reads),
            name: node.name,
        });
        Ok(Some(StandsBy {
            hub: hub.url,
            hub_answers: contact.answers,
            heard_at: contact.heard_at,
            since,
            open: self.0.addresses.reached().is_some(),
            addresses: self.0.addresses.all(),
            headquarters,
            nodes: nodes.collect(),
        }))
    }

    async fn stood_for_by(&self) -> Result<Option<StoodFor>, Failure> {
        let Some(said) = self.standby_said().await? else { return Ok(None) };
        let key = said.key.to_string();
        let peer = self.0.store.nodes_below().await?.into_iter().find(|node| node.key == key);
        Ok(Some(StoodFor {
            name: peer.map(|peer| peer.name).unwrap_or_default(),
            fingerprint: fingerprint_of(said.key),
            addresses: said.addresses,
            heard_at: self.0.abreast.contact().heard_at,
            since: said.serving.map(|serving| serving.since),
            nodes: said.serving.map_or(0, |serving| serving.nodes),
        }))
    }

    /// Serves the hall from now on. Once is as often as twice.
    pub(crate) async fn take_over(&self) -> Result<(), Failure> {
        self.stood_for().await?.ok_or(Refusal::new("not-standby"))?;
        if self.0.addresses.reached().is_none() {
            self.open_hub(self.hub_port().await).await?;
        }
        if self.serving_since().await?.is_none() {
            tracing::warn!("this computer serves in the place of its hub from now on");
            self.serves(Some(self.0.host.now_ms())).await?;
        }
        Ok(())
    }

    /// Waits again.
    pub(crate) async fn hand_back(&self) -> Result<(), Failure> {
        self.stood_for().await?.ok_or(Refusal::new("not-standby"))?;
        if self.serving_since().await?.is_some() {
            tracing::warn!("this computer hands back to its hub");
            self.serves(None).await?;
        }
        Ok(())
    }

    /// Pairs this computer with the headquarters above its hub. Nothing is sent to another one. The gate is not held: it may not answer.
    pub(crate) async fn pair_headquarters(&self, url: &str, code: &str) -> Result<(), Failure> {
        let to = Invitation::of(url, code)?;
        let hub = self.stood_for().await?.ok_or(Refusal::new("not-standby"))?;
        if hub.root == hub.key {
            return Err(Refusal::new("standby-hub-is-headquarters").into());
        }
        if to.code.fingerprint() != fingerprint_of(hub.root) {
            return Err(Refusal::new("standby-headquarters-other").into());
        }
        let headquarters = self.introduce(&to).await?;
        if headquarters.reads != Reads::Everything {
            return Err(Refusal::new("standby-headquarters-code").into());
        }
        let _gate = self.0.gate.read().await;
        self.stood_for().await?.filter(|now| now.key == hub.key).ok_or(Refusal::new("not-standby"))?;
        self.keep_headquarters(&headquarters).await
    }
}
