//! Carrying without reading (只转送): records that a node hands on encrypted to the readers of the competition. What is encrypted here, what opens here,
//! and who may read.
//!
//! Left out: which records a carrier reads (`jiangsai_ledger::replication::Reads`), where boxes lie (`jiangsai_store`), which key counts
//! (`jiangsai_domain::readers`).

mod anew;
mod asks;
mod boxes;
mod grant;
mod opening;
mod show;
#[cfg(test)]
mod tests;

pub(crate) use asks::{Asks, Heard};
pub(crate) use opening::Tried;

use crate::App;
use crate::failure::Failure;
use crate::sync::Upstream;
use jiangsai_domain::competition::Competition;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::{CompetitionId, NodeKey};
use jiangsai_domain::readers::{ReadersKey, current};
use jiangsai_ledger::replication::{Push, Reads, Sealed};
use jiangsai_ledger::{Hash, ScopeId, Signature, VerifyingKey};
use std::collections::BTreeSet;

/// What this node knows of carrying, in memory.
#[derive(Default)]
pub(crate) struct Carriage {
    pub heard: Heard,
    pub tried: Tried,
}

/// Is a readers' key signed by the computer that it says grants it?
pub(crate) fn is_signed(key: &ReadersKey, scope: ScopeId) -> bool {
    let by: Option<Hash> = key.by.as_str().parse().ok();
    let by = by.and_then(|by| VerifyingKey::from_bytes(by.bytes()).ok());
    let signature = Signature::from_hex(&key.signature);
    by.zip(signature).is_some_and(|(by, signature)| signature.is_by(&by, &key.signed(&scope.to_string())))
}

/// What opens here, and what is encrypted to, of one competition. Where it is not here, nothing.
async fn of_state<T>(
    app: &App,
    scope: ScopeId,
    view: impl FnOnce(&Competition) -> T + Send,
) -> Result<Option<T>, Failure> {
    match app.look(&CompetitionId::new(scope.to_string())).await {
        Ok(live) => Ok(Some(view(&live.state))),
        Err(Failure::Refused(why)) if why.code == "no-competition" => Ok(None),
        Err(failure) => Err(failure),
    }
}

impl App {
    /// Does this node carry what it may not read?
    pub(crate) async fn carries(&self) -> Result<bool, Failure> {
        Ok(self.paired().await?.is_some_and(|above| above.reads == Reads::Carrier))
    }

    /// This node as facts name it.
    fn own_key(&self) -> Result<NodeKey, Failure> {
        Ok(NodeKey::new(self.public_key()?.to_string()))
    }

    /// Computers whose grants count here: this one, those that read everything and are paired with it, and those above it, unless the way there leads through one that
    /// carries: it could say anything.
    pub(crate) async fn trusts_grants_of(&self) -> Result<BTreeSet<NodeKey>, Failure> {
        let mut trusted = BTreeSet::from([self.own_key()?]);
        if let Some(Upstream { key, root, reads, carrier: false, .. }) = self.paired().await?
            && matches!(reads, Reads::Everything | Reads::Standby)
        {
            trusted.extend([key, root].map(|key| NodeKey::new(key.to_string())));
        }
        let below = self.0.store.nodes_below().await?.into_iter();
        let whole = below.filter(|peer| !peer.shut_out && peer.reads.of_records() == Reads::Everything);
        trusted.extend(whole.map(|peer| NodeKey::new(peer.key)));
        Ok(trusted)
    }

    /// The key to encrypt to in a competition, if there is one that counts here.
    pub(crate) async fn encrypts_to(&self, scope: ScopeId) -> Result<Option<Hash>, Failure> {
        let trusted = self.trusts_grants_of().await?;
        let of = |state: &Competition| {
            let keys = state.readers_keys().into_iter().map(|(_, key)| key);
            current(keys, &trusted).and_then(|key| key.public.parse().ok())
        };
        Ok(of_state(self, scope, of).await?.flatten())
    }

    /// A run as a carrier gets it, encrypted to this key; bodies that it may not read are left out where there is none.
    pub(crate) fn carried_to(&self, runs: Vec<Push>, key: Option<Hash>) -> Result<Vec<Push>, Failure> {
        let mut failed = None;
        let mut seal = |one: &jiangsai_ledger::replication::Carried| -> Option<Sealed> {
            let (salt, body) = (one.salt?, one.body.as_ref()?);
            let sealed = boxes::seal_body(key?, Hash::of(one.header.as_bytes()), salt, body);
            sealed.map_err(|failure| failed = Some(failure)).ok()
        };
        let runs = runs.into_iter().map(|run| Reads::Carrier.of_run_with(run, &mut seal)).collect();
        failed.map_or(Ok(runs), Err)
    }

    /// A run for a carrier above; nothing where some of it may not be read there and there is no key to encrypt it to.
    pub(crate) async fn for_carrier(&self, push: Push) -> Result<Option<Push>, Failure> {
        if Reads::Carrier.takes(&push).is_ok() {
            return Ok(Some(push));
        }
        // What a judge's desk sends stands open, or it does not go: else it could hide what a desk may not say.
        let desk = self.paired().await?.is_some_and(|above| above.reads == Reads::JudgesDesk);
        let Some(key) = self.encrypts_to(push.scope).await?.filter(|_| !desk) else { return Ok(None) };
        Ok(self.carried_to(vec![push], Some(key))?.pop())
    }

    /// Only computers that read everything grant.
    async fn may_grant(&self) -> Result<(), Failure> {
        if self.carries().await? { Err(Refusal::new("readers-carrier").into()) } else { Ok(()) }
    }
}
