//! Taking records in from other nodes: verified before, all or nothing, durable before it is answered. What a run is to what is here already
//! is decided by `jiangsai_ledger::replication::judge`.

mod apart;
mod group;
mod intake;
mod key;
mod part;
mod window;

pub(crate) use group::Queue;
pub(crate) use key::Keys;

use crate::append::{End, hash, signed};
use crate::entity::{link, record};
use crate::peers::{link_again, put_receipts, renew_incarnation};
use crate::read::{drop_snapshot, of_log};
use crate::{Store, StoreError};
use intake::{From, Intake};
use jiangsai_ledger::replication::{Batch, Pulled, Push, Reads, Receipt};
use jiangsai_ledger::{Hash, LogId, ScopeId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;
use tokio::sync::MutexGuard;

/// What became of a run that came from below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ingested {
    /// All of it is durable here; so many records are new.
    Held {
        /// Records that were not here before.
        new: usize,
    },
    /// Records are missing before it.
    Gap {
        /// The number wanted next.
        expected: u64,
    },
    /// It follows a record that is not the one here.
    Diverged,
    /// Another branch stands here from this number on; this one is kept apart.
    Fork {
        /// First number with two records.
        at: u64,
    },
}

/// What became of what was pulled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Records that were not here before.
    pub new: usize,
    /// Records that no longer stand, because another branch stands upstream: what was computed from them is to be computed again.
    pub set_apart: usize,
    /// Records that were headers alone or boxes and have their bodies now, or their boxes: as for those. The incarnation is another one then.
    pub filled: usize,
    /// It does not follow what is here; nothing was kept.
    pub missing: bool,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug)]
struct Run {
    scope: ScopeId,
    log: LogId,
    from: u64,
    /// It comes from a headquarters below that sends what is public alone.
    part: bool,
}

impl Run {
    const fn of(push: &Push) -> Self {
        Self { scope: push.scope, log: push.log, from: push.from, part: false }
    }
}

impl Store {
    /// Takes a run of records from a node below. Runs that come at the same time are committed together.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when it does not verify; whatever the database says. Nothing is stored then.
    pub async fn ingest(&self, push: &Push) -> Result<Ingested, StoreError> {
        // Outside the transaction, so that others do not wait for it.
        let Some(batch) = self.keys.verify(&self.reader, push).await? else {
            return Ok(Ingested::Gap { expected: 0 });
        };
        batch.is_whole()?;
        self.take_run(Run::of(push), push, batch).await
    }

    /// As [`Store::ingest`], from a headquarters below that sends what is public alone, and of everything else the headers.
    ///
    /// # Errors
    /// As for [`Store::ingest`]; [`StoreError::Refused`] also where it holds anything else; [`StoreError::HeldWhole`].
    pub async fn ingest_part(&self, push: &Push) -> Result<Ingested, StoreError> {
        Reads::Public.takes(push)?;
        let Some(batch) = self.keys.verify(&self.reader, push).await? else {
            return Ok(Ingested::Gap { expected: 0 });
        };
        self.take_run(Run { part: true, ..Run::of(push) }, push, batch).await
    }

    /// Takes a verified run, with others or else alone.
    async fn take_run(&self, run: Run, push: &Push, batch: Batch) -> Result<Ingested, StoreError> {
        if let Some(outcome) = self.take_with_others(run, batch).await {
            return outcome;
        }
        let Some(batch) = self.keys.verify(&self.reader, push).await? else {
            return Ok(Ingested::Gap { expected: 0 });
        };
        let mut outcomes = self.take_all(vec![(run, batch)]).await?;
        outcomes.pop().unwrap_or(Ok(Ingested::Gap { expected: 0 }))
    }

    /// Keeps what was pulled from an upstream, by its key, in one transaction with the cursor that goes with it and those receipts that came with
    /// it and count. Receipts alone would say of records that are nowhere that they are held, were the upstream copied back before these came
    /// again; records alone would never be said to be held, as the cursor moves with them. What judges' desks read may be missing of what a `whole` node
    /// hands out, which may itself receive a part of some competitions.
    ///
    /// # Errors
    /// As for [`Store::ingest`]; [`StoreError::HeldInPart`].
    pub async fn keep(
        &self,
        scope: ScopeId,
        upstream: Hash,
        pulled: &Pulled,
        receipts: &[Receipt],
        whole: bool,
    ) -> Result<Kept, StoreError> {
        let before = self.link(scope, upstream).await?;
        let same = before == Some((pulled.incarnation, pulled.cursor));
        if pulled.runs.is_empty() && same && self.root_incarnation(scope, upstream).await? == pulled.root {
            self.receipts_put(receipts).await?;
            return Ok(Kept::default());
        }
        let last = pulled.runs.last().and_then(|run| run.records.last());
        let head = match last {
            Some(last) => Some(Hash::of(last.header.as_bytes())),
            None if same => self.pulled_head(scope, upstream, pulled.cursor).await?,
            None => None,
        };
        let mut ends = self.hold_ends().await;
        // Before: whether a commit that is never answered came through, the next one to write looks.
        if let Some(ends) = &mut ends {
            ends.remove(&scope);
        }
        let transaction = self.begin().await?;
        let mut kept = Kept::default();
        let runs: Vec<Run> = pulled.runs.iter().map(Run::of).collect();
        let mut intake = Intake::of(&transaction, &self.orders, &runs, self.kinds).await?;
        for (push, run) in pulled.runs.iter().zip(runs) {
            if push.scope != scope {
                return Err(StoreError::Corrupt("an answer about another scope".to_owned()));
            }
            let Some(batch) = self.keys.verify(&transaction, push).await? else {
                return Ok(Kept { missing: true, ..Kept::default() });
            };
            if !whole {
                batch.serves_desks()?;
            }
            let taken = intake.take(&run, batch, From::Upstream).await?;
            match taken.outcome {
                Ingested::Held { new } => kept.new += new,
                _ => return Ok(Kept { missing: true, ..Kept::default() }),
            }
            kept.set_apart += taken.set_apart;
            kept.filled += taken.filled;
        }
        intake.finish().await?;
        if kept.set_apart > 0 || kept.filled > 0 {
            drop_snapshot(&transaction, scope).await?;
        }
        if kept.filled > 0 {
            renew_incarnation(&transaction).await?;
        }
        let row = link::ActiveModel {
            scope: Set(scope.hash().bytes().to_vec()),
            upstream: Set(upstream.bytes().to_vec()),
            incarnation: Set(pulled.incarnation.bytes().to_vec()),
            cursor: Set(signed(pulled.cursor)?),
            head: Set(head.map(|head| head.bytes().to_vec())),
            root: Set(pulled.root.map(|root| root.bytes().to_vec())),
        };
        link::Entity::insert(row).on_conflict(link_again()).exec_without_returning(&transaction).await?;
        put_receipts(&transaction, receipts).await?;
        let write = (!receipts.is_empty()).then(|| self.receipts.begin());
        self.commit(transaction).await?;
        if let Some(write) = write {
            write.answered();
        }
        Ok(kept)
    }

    /// Nothing is appended to a scope while records come in.
    pub(crate) async fn hold_ends(&self) -> Option<MutexGuard<'_, HashMap<ScopeId, End>>> {
        match &self.ends {
            Some(ends) => Some(ends.lock().await),
            None => None,
        }
    }

    /// Hash of the record that stands here at a number of a log, if there is one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn standing_at(&self, scope: ScopeId, log: LogId, seq: u64) -> Result<Option<Hash>, StoreError> {
        let row = record::Entity::find()
            .filter(of_log(scope, log))
            .filter(record::Column::Seq.eq(signed(seq)?))
            .one(&self.reader)
            .await?;
        row.map(|row| hash(&row.hash)).transpose()
    }
}
