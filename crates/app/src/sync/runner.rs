//! The runner: does what the state machine of a connection asks for, round after round, and goes on after any interruption.

use super::client::{Client, NoAnswer};
use super::{About, Upstream};
use crate::App;
use crate::failure::Failure;
use jiangsai_ledger::ScopeId;
use jiangsai_ledger::replication::{Effect, Failed, Heads, Input, Link, Pull, Pulled, Pushed, Receipt, full_jitter};
use std::collections::BTreeSet;
use std::time::Duration;

/// Between two rounds, when nothing was written here meanwhile.
const PAUSE: Duration = Duration::from_secs(2);

/// Why a round ended early.
enum Stopped {
    /// Try again after so many milliseconds.
    Wait(u64, &'static str),
    /// Something broke here.
    Broke(Failure),
}

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Self {
        Self::Broke(failure)
    }
}

impl From<jiangsai_store::StoreError> for Stopped {
    fn from(error: jiangsai_store::StoreError) -> Self {
        Self::Broke(error.into())
    }
}

impl App {
    /// Keeps this node in touch with the one above, until the task is dropped or aborted.
    pub async fn keep_in_sync(self) {
        let client = match Client::new() {
            Ok(client) => client,
            Err(failure) => return tracing::error!(cause = %failure, "no connection can be made"),
        };
        let mut changes = self.changes();
        loop {
            let pause = match self.upstream().await {
                Ok(Some(upstream)) => self.round(&client, &upstream).await,
                _ => PAUSE,
            };
            // A pause after a failure is kept: a change here must not make a hall of desks ask all at once.
            let healthy = self.0.connection.condition().1.is_none();
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = self.0.connection.bell.notified() => {}
                _ = changes.recv(), if healthy => {}
            }
        }
    }

    /// One round over all scopes; how long to pause afterwards.
    async fn round(&self, client: &Client, upstream: &Upstream) -> Duration {
        let (trouble, pause) = match self.every_scope(client, upstream).await {
            Ok(()) => (None, PAUSE),
            Err(Stopped::Wait(ms, why)) => (Some(why), Duration::from_millis(ms)),
            Err(Stopped::Broke(failure)) => {
                tracing::error!(cause = %failure, "sync stopped");
                (Some("internal"), PAUSE)
            }
        };
        self.0.connection.with(|state| state.trouble = trouble);
        pause
    }

    async fn every_scope(&self, client: &Client, upstream: &Upstream) -> Result<(), Stopped> {
        let own = self.0.store.scopes().await?;
        let theirs: Vec<ScopeId> =
            client.ask(self, upstream, "scopes", &()).await.map_err(|none| self.stopped(&none))?;
        self.heard();
        let scopes: BTreeSet<ScopeId> = own.into_iter().chain(theirs).collect();
        for scope in scopes {
            self.one_scope(client, upstream, scope).await?;
        }
        Ok(())
    }

    async fn one_scope(&self, client: &Client, upstream: &Upstream, scope: ScopeId) -> Result<(), Stopped> {
        let known = self.0.connection.with(|state| state.links.remove(&scope));
        let mut link = match known {
            Some(link) => link,
            None => Link::new(self.0.store.link(scope).await?),
        };
        let mut next = Some(Input::Turn(self.0.store.ours(scope).await?));
        let mut ended = None;
        while let Some(input) = next.take() {
            let (stepped, effects) = link.step(input);
            link = stepped;
            for effect in effects {
                match effect {
                    Effect::Rest => ended = Some(Ok(())),
                    Effect::Wait(ms) => ended = Some(Err(ms)),
                    other => next = self.act(client, upstream, scope, other).await?.or(next),
                }
            }
            if ended.is_some() {
                break;
            }
            if next.is_none() {
                next = Some(Input::Turn(self.0.store.ours(scope).await?));
            }
        }
        self.0.connection.with(|state| state.links.insert(scope, link));
        match ended {
            Some(Err(ms)) => {
                let why = self.0.connection.with(|state| state.trouble).unwrap_or("upstream-unreachable");
                Err(Stopped::Wait(ms, why))
            }
            _ => Ok(()),
        }
    }

    /// Does one thing; what the connection is to be told of it.
    async fn act(
        &self,
        client: &Client,
        upstream: &Upstream,
        scope: ScopeId,
        effect: Effect,
    ) -> Result<Option<Input>, Stopped> {
        let store = &self.0.store;
        let answer = match effect {
            Effect::AskHeads => client.ask::<Heads>(self, upstream, "heads", &About { scope }).await.map(Input::Heads),
            Effect::Push { log, from, limit } => {
                let push = store.run_from(scope, log, from, limit).await?;
                client.ask::<Pushed>(self, upstream, "push", &push).await.map(Input::Pushed)
            }
            Effect::Report { branch, from } => {
                tracing::warn!(log = %branch.log, at = branch.at, "a branch that was set apart is reported to the node above");
                let push = store.branch(scope, branch, from).await?;
                client.ask::<Pushed>(self, upstream, "push", &push).await.map(Input::Pushed)
            }
            Effect::Pull { after, limit } => {
                let pull = Pull { scope, after, limit };
                client.ask::<Pulled>(self, upstream, "pull", &pull).await.map(Input::Pulled)
            }
            Effect::Receipt(receipt) => {
                self.keep_receipts(upstream, scope, &[receipt]).await?;
                return Ok(None);
            }
            Effect::Reported(branch, incarnation) => {
                store.branch_told(branch, incarnation).await?;
                return Ok(None);
            }
            Effect::Keep(pulled) => return Ok(Some(self.keep_pulled(upstream, scope, &pulled).await?)),
            Effect::Rest | Effect::Wait(_) => return Ok(None),
        };
        match answer {
            Ok(input) => {
                self.heard();
                Ok(Some(input))
            }
            Err(NoAnswer::Failed(why)) => {
                let code = if why == Failed::TimedOut { "upstream-slow" } else { "upstream-unreachable" };
                self.0.connection.with(|state| state.trouble = Some(code));
                Ok(Some(Input::Failed(why, random()?)))
            }
            Err(refused) => Err(self.stopped(&refused)),
        }
    }

    async fn keep_pulled(&self, upstream: &Upstream, scope: ScopeId, pulled: &Pulled) -> Result<Input, Stopped> {
        let kept = self.0.store.keep(scope, pulled).await?;
        if kept.missing {
            return Ok(Input::Missing);
        }
        // First: the state must follow what is durable, whatever becomes of the receipts.
        if kept.new > 0 || kept.set_apart > 0 {
            self.arrived(scope, kept.set_apart > 0).await?;
        }
        self.keep_receipts(upstream, scope, &pulled.receipts).await?;
        Ok(Input::Kept)
    }

    /// Keeps the receipts that count: of the node above or of headquarters, about this scope, well signed.
    async fn keep_receipts(&self, upstream: &Upstream, scope: ScopeId, receipts: &[Receipt]) -> Result<(), Stopped> {
        if receipts.is_empty() {
            return Ok(());
        }
        let mut known = self.0.store.receipts(scope, upstream.key).await?;
        if upstream.root != upstream.key {
            known.extend(self.0.store.receipts(scope, upstream.root).await?);
        }
        for receipt in receipts.iter().filter(|receipt| !known.contains(receipt)) {
            let counts = receipt.issuer == upstream.key || receipt.issuer == upstream.root;
            if counts && receipt.scope == scope && receipt.verifies() {
                self.0.store.receipt_put(receipt).await?;
            }
        }
        Ok(())
    }

    fn heard(&self) {
        let now = self.0.host.now_ms();
        self.0.connection.with(|state| {
            state.last_contact = Some(now);
            state.trouble = None;
            state.failures = 0;
        });
    }

    fn stopped(&self, none: &NoAnswer) -> Stopped {
        let failures = self.0.connection.with(|state| {
            state.failures = state.failures.saturating_add(1);
            state.failures - 1
        });
        let pause = match random() {
            Ok(random) => full_jitter(failures, random),
            Err(broke) => return broke,
        };
        match none {
            NoAnswer::Failed(Failed::TimedOut) => Stopped::Wait(pause, "upstream-slow"),
            NoAnswer::Failed(Failed::Unreachable) => Stopped::Wait(pause, "upstream-unreachable"),
            NoAnswer::Refused(code) => Stopped::Wait(pause, code),
        }
    }
}

fn random() -> Result<u64, Stopped> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(u64::from_le_bytes(bytes))
}
