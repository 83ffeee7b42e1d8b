//! What goes into a bundle.

use super::envelope;
use crate::App;
use crate::failure::Failure;
use crate::sync::Upstream;
use jiangsai_domain::command::bundle::BundleWhat;
use jiangsai_domain::competition::Event;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::fact::is_withheld;
use jiangsai_domain::ids::CompetitionId;
use jiangsai_ledger::bundle::{Content, Head, Kind, LONGEST, Packed, Run, write};
use jiangsai_ledger::replication::Receipt;
use jiangsai_ledger::{Body, Hash, LogId, ScopeId, Signature};
use std::collections::BTreeMap;

/// Largest number of a record: what a database counts to.
const LAST: u64 = i64::MAX as u64;

/// A bundle, and what is in it.
pub(super) struct Made {
    pub bytes: Vec<u8>,
    pub logs: u32,
    pub records: u64,
    pub withheld: u64,
    pub receipts: u32,
}

impl App {
    /// Makes a bundle.
    ///
    /// # Errors
    /// `no-competition`; `bundle-not-connected`, `bundle-no-key`, `bundle-nothing` for the node above; `bundle-sealed` for a published one.
    pub(super) async fn make_bundle(&self, id: &CompetitionId, what: BundleWhat) -> Result<Made, Failure> {
        let scope = Self::scope(id)?;
        if !self.0.store.scopes().await?.contains(&scope) {
            return Err(Refusal::new("no-competition").into());
        }
        match what {
            BundleWhat::Lacking => self.for_upstream(scope, false).await,
            BundleWhat::Everything => self.for_upstream(scope, true).await,
            BundleWhat::Published => self.published(id, scope).await,
            BundleWhat::Receipts => self.receipts_back(scope).await,
        }
    }

    /// Records on their way up, encrypted to the node above.
    async fn for_upstream(&self, scope: ScopeId, everything: bool) -> Result<Made, Failure> {
        let Some(Upstream { key, sealing, .. }) = self.upstream().await? else {
            return Err(Refusal::new("bundle-not-connected").into());
        };
        let sealing = sealing.ok_or(Refusal::new("bundle-no-key"))?;
        let above = self.0.store.link(scope).await?.map(|(incarnation, _)| (key, incarnation));
        let reached = self.0.store.reached(scope, above.filter(|_| !everything)).await?;
        let runs = self.runs_behind(scope, &reached).await?;
        if runs.is_empty() {
            return Err(Refusal::new("bundle-nothing").into());
        }
        let content = Content { runs, receipts: Vec::new() };
        let mut made = self.seal_up(scope, Kind::Records, Some(key), &content).await?;
        made.bytes = envelope::close(key, sealing, &made.bytes)?;
        Ok(made)
    }

    /// A whole competition for whoever wants to verify it, without what is about persons.
    async fn published(&self, id: &CompetitionId, scope: ScopeId) -> Result<Made, Failure> {
        let sealed = self.ask(id, |state| Ok(state.events.values().any(Event::is_sealed))).await?;
        if sealed {
            return Err(Refusal::new("bundle-sealed").into());
        }
        let mut runs = self.runs_behind(scope, &BTreeMap::new()).await?;
        for one in runs.iter_mut().flat_map(|run| &mut run.records) {
            if withhold(one)? {
                one.body = None;
            }
        }
        let receipts = match self.upstream().await? {
            Some(upstream) => self.receipts_of(scope, &upstream).await?,
            None => Vec::new(),
        };
        self.seal_up(scope, Kind::Published, None, &Content { runs, receipts }).await
    }

    /// Says that what stands here is durable here, and hands on what headquarters says.
    async fn receipts_back(&self, scope: ScopeId) -> Result<Made, Failure> {
        let (store, incarnation) = (&self.0.store, self.0.store.incarnation().await?);
        let mut receipts = match self.upstream().await? {
            Some(upstream) => {
                let root = self.root_of(&upstream, scope).await?;
                let mut receipts = store.receipts(scope, upstream.root).await?;
                // What headquarters held before it was restored says nothing.
                receipts.retain(|one| Some(one.incarnation) == root);
                receipts
            }
            None => Vec::new(),
        };
        for (log, next) in store.heads(scope).await? {
            let seq = next.saturating_sub(1);
            let Some(head) = store.standing_at(scope, log, seq).await? else { continue };
            let at = self.0.host.now_ms();
            let (issuer, signature) = (Hash::ZERO, Signature([0; 64]));
            let one = Receipt { issuer, incarnation, scope, log, seq, head, at, signature };
            receipts.push(one.sign(&store.node_key()));
        }
        self.seal_up(scope, Kind::Receipts, None, &Content { runs: Vec::new(), receipts }).await
    }

    async fn receipts_of(&self, scope: ScopeId, upstream: &Upstream) -> Result<Vec<Receipt>, Failure> {
        let mut receipts = self.0.store.receipts(scope, upstream.key).await?;
        if upstream.root != upstream.key {
            receipts.extend(self.0.store.receipts(scope, upstream.root).await?);
        }
        Ok(receipts)
    }

    /// What stands here behind the last record of each log that is named.
    async fn runs_behind(&self, scope: ScopeId, reached: &BTreeMap<LogId, u64>) -> Result<Vec<Run>, Failure> {
        let mut runs = Vec::new();
        for (log, next) in self.0.store.heads(scope).await? {
            let from = reached.get(&log).map_or(0, |last| last + 1);
            if from < next {
                runs.push(Run::from(self.0.store.run_from(scope, log, from, LAST - from).await?));
            }
        }
        Ok(runs)
    }

    async fn seal_up(&self, scope: ScopeId, kind: Kind, to: Option<Hash>, content: &Content) -> Result<Made, Failure> {
        let incarnation = self.0.store.incarnation().await?;
        let head = Head { kind, scope, from: self.public_key()?, to, incarnation, at: self.0.host.now_ms() };
        let bytes = write(&head, content, &self.0.store.node_key());
        if bytes.len() as u64 > LONGEST {
            return Err(Refusal::new("bundle-too-large").into());
        }
        let records = content.runs.iter().flat_map(|run| &run.records);
        Ok(Made {
            bytes,
            logs: count(content.runs.len()),
            records: records.clone().count() as u64,
            withheld: records.filter(|one| one.body.is_none()).count() as u64,
            receipts: count(content.receipts.len()),
        })
    }
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// Is the body of a record about a person rather than about the results?
fn withhold(one: &Packed) -> Result<bool, Failure> {
    let Some((_, body)) = &one.body else { return Ok(false) };
    let body = Body::read(body.as_bytes()).map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(is_withheld(&body.kind))
}
