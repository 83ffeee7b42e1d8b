//! Taking records in from other nodes: verified before, all or nothing, durable before it is answered. What a run is to what is here already
//! is decided by `jiangsai_ledger::replication::judge`.

use crate::adopt::{adopted, remember};
use crate::append::{End, NAMES, advance, hash, insert_records, next_order, signed};
use crate::entity::{apart, link, log, record, scope};
use crate::read::{drop_snapshot, of_log};
use crate::{Store, StoreError};
use jiangsai_ledger::replication::{Batch, Pulled, Push, Verdict, Window, judge, key_of};
use jiangsai_ledger::{Body, Hash, LogId, Opening, Record, ScopeId, VerifyingKey};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
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
    /// It does not follow what is here; nothing was kept.
    pub missing: bool,
}

/// Whose branch stands when two cross.
#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    Below,
    Upstream,
}

struct Taken {
    outcome: Ingested,
    set_apart: usize,
}

impl Store {
    /// Takes a run of records from a node below.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when it does not verify; whatever the database says. Nothing is stored then.
    pub async fn ingest(&self, push: &Push) -> Result<Ingested, StoreError> {
        let Some(batch) = self.verified(push).await? else { return Ok(Ingested::Gap { expected: 0 }) };
        let mut ends = self.hold_ends().await;
        let transaction = self.begin().await?;
        let taken = self.take(&transaction, push, batch, From::Below).await?;
        if matches!(taken.outcome, Ingested::Gap { .. } | Ingested::Diverged) {
            transaction.rollback().await?;
            return Ok(taken.outcome);
        }
        self.commit(transaction).await?;
        if let Some(ends) = &mut ends {
            ends.remove(&push.scope);
        }
        Ok(taken.outcome)
    }

    /// Keeps what was pulled and the cursor that goes with it, in one transaction.
    ///
    /// # Errors
    /// As for [`Store::ingest`].
    pub async fn keep(&self, scope: ScopeId, pulled: &Pulled) -> Result<Kept, StoreError> {
        let before = self.link(scope).await?;
        let same = before == Some((pulled.incarnation, pulled.cursor));
        if pulled.runs.is_empty() && same && self.root_incarnation(scope).await? == pulled.root {
            return Ok(Kept::default());
        }
        let last = pulled.runs.last().and_then(|run| run.records.last());
        let head = match last {
            Some(last) => Some(Hash::of(last.header.as_bytes())),
            None if same => self.pulled_head(scope, pulled.cursor).await?,
            None => None,
        };
        let mut ends = self.hold_ends().await;
        let transaction = self.begin().await?;
        let mut kept = Kept::default();
        for push in &pulled.runs {
            // Runs of one answer may build on each other, so the key is looked for in what they wrote.
            let key = log_key(&transaction, push).await?;
            if push.scope != scope {
                return Err(StoreError::Corrupt("an answer about another scope".to_owned()));
            }
            if key.is_none() && push.from > 0 {
                return Ok(Kept { missing: true, ..Kept::default() });
            }
            let batch = Batch::verify(push, key)?;
            let taken = self.take(&transaction, push, batch, From::Upstream).await?;
            match taken.outcome {
                Ingested::Held { new } => kept.new += new,
                _ => return Ok(Kept { missing: true, ..Kept::default() }),
            }
            kept.set_apart += taken.set_apart;
        }
        if kept.set_apart > 0 {
            drop_snapshot(&transaction, scope).await?;
        }
        let row = link::ActiveModel {
            scope: Set(scope.hash().bytes().to_vec()),
            incarnation: Set(pulled.incarnation.bytes().to_vec()),
            cursor: Set(signed(pulled.cursor)?),
            head: Set(head.map(|head| head.bytes().to_vec())),
            root: Set(pulled.root.map(|root| root.bytes().to_vec())),
        };
        let replace = OnConflict::column(link::Column::Scope)
            .update_columns([link::Column::Incarnation, link::Column::Cursor, link::Column::Head, link::Column::Root])
            .to_owned();
        link::Entity::insert(row).on_conflict(replace).exec_without_returning(&transaction).await?;
        self.commit(transaction).await?;
        if let Some(ends) = &mut ends {
            ends.remove(&scope);
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

    /// Verifies outside the transaction, so that others do not wait for it. `None` when the log is not known and does not begin here.
    async fn verified(&self, push: &Push) -> Result<Option<Batch>, StoreError> {
        let key = log_key(&self.reader, push).await?;
        if key.is_none() && push.from > 0 {
            return Ok(None);
        }
        Ok(Some(Batch::verify(push, key)?))
    }

    async fn take(
        &self,
        transaction: &DatabaseTransaction,
        push: &Push,
        batch: Batch,
        from: From,
    ) -> Result<Taken, StoreError> {
        let scope_id = push.scope.hash().bytes().to_vec();
        let at = batch.records.first().map_or(0, |(_, header, _)| header.at);
        let row = scope::ActiveModel { id: Set(scope_id.clone()), founded_at: Set(at), head: Set(0) };
        let once = OnConflict::column(scope::Column::Id).do_nothing().to_owned();
        scope::Entity::insert(row).on_conflict(once).exec_without_returning(transaction).await?;
        scope::Entity::find_by_id(scope_id).lock_exclusive().one(transaction).await?;
        if from == From::Below {
            // What stands above stands for all: there it is too late to refuse it, and writers stop at the last order.
            batch.leaps_nowhere(next_order(transaction, push.scope).await?)?;
        }
        let window = window(transaction, push).await?;
        let held = |outcome| Taken { outcome, set_apart: 0 };
        match judge(&window, push.from, &batch.named()) {
            Verdict::Gap { expected } => Ok(held(Ingested::Gap { expected })),
            Verdict::Diverged => Ok(held(Ingested::Diverged)),
            Verdict::Take { known } => {
                let new = batch.records.len() - known;
                if new > 0 {
                    self.put(transaction, push, batch, known).await?;
                }
                Ok(held(Ingested::Held { new }))
            }
            Verdict::Fork { known } if from == From::Upstream => {
                let set_apart = set_apart(transaction, push, push.from + known as u64).await?;
                let new = batch.records.len() - known;
                self.put(transaction, push, batch, known).await?;
                Ok(Taken { outcome: Ingested::Held { new }, set_apart })
            }
            Verdict::Fork { known } => {
                let at = push.from + known as u64;
                keep_apart(transaction, push, batch, known).await?;
                Ok(held(Ingested::Fork { at }))
            }
        }
    }

    /// Inserts the records behind the first `known`. A log of this node that grows elsewhere is left to it: its key was used twice.
    async fn put(
        &self,
        transaction: &DatabaseTransaction,
        push: &Push,
        batch: Batch,
        known: usize,
    ) -> Result<(), StoreError> {
        let log_id = push.log.hash().bytes().to_vec();
        if let (0, 0, Some((first, ..))) = (push.from, known, batch.records.first()) {
            let row = log::ActiveModel {
                id: Set(log_id.clone()),
                scope: Set(push.scope.hash().bytes().to_vec()),
                node: Set(opened_by(first)?),
                nonce: Set(Vec::new()),
                closed: Set(true),
            };
            let once = OnConflict::column(log::Column::Id).do_nothing().to_owned();
            log::Entity::insert(row).on_conflict(once).exec_without_returning(transaction).await?;
        }
        log::Entity::update_many()
            .col_expr(log::Column::Closed, Expr::value(true))
            .filter(log::Column::Id.eq(log_id.clone()))
            .exec(transaction)
            .await?;
        let fresh: Vec<_> = batch.records.into_iter().skip(known).collect();
        let names: Vec<Vec<u8>> = fresh.iter().map(|(record, ..)| record.hash.bytes().to_vec()).collect();
        // What was set apart once stands again.
        for names in names.chunks(NAMES) {
            let again = apart::Column::Hash.is_in(names.iter().cloned());
            apart::Entity::delete_many().filter(again).exec(transaction).await?;
        }
        let mut cursor = advance(transaction, push.scope, fresh.len()).await?;
        let mut rows = Vec::with_capacity(fresh.len());
        let mut written_again = Vec::new();
        for (record, header, signature) in fresh {
            written_again.extend(adopted(&header, &record.body));
            rows.push(record::ActiveModel {
                hash: Set(record.hash.bytes().to_vec()),
                scope: Set(push.scope.hash().bytes().to_vec()),
                log: Set(log_id.clone()),
                seq: Set(signed(header.seq)?),
                ord: Set(signed(header.order)?),
                header: Set(record.header),
                salt: Set(record.salt.to_vec()),
                body: Set(record.body),
                signature: Set(signature.map(|bytes| bytes.to_vec())),
                accepted: Set(cursor),
            });
            cursor += 1;
        }
        remember(transaction, &written_again).await?;
        insert_records(transaction, rows).await
    }
}

fn opened_by(first: &Record) -> Result<String, StoreError> {
    let damaged = |error: String| StoreError::Corrupt(error);
    let body = Body::read(&first.body).map_err(|error| damaged(error.to_string()))?;
    let opening: Opening = serde_json::from_value(body.fact).map_err(|error| damaged(error.to_string()))?;
    Ok(opening.node)
}

/// The key of a log that is here.
async fn log_key(database: &impl sea_orm::ConnectionTrait, push: &Push) -> Result<Option<VerifyingKey>, StoreError> {
    let first = record::Entity::find_by_id(push.log.hash().bytes().to_vec()).one(database).await?;
    let Some(first) = first else { return Ok(None) };
    let salt = first.salt.as_slice().try_into().unwrap_or([0; 32]);
    let own = Record { hash: hash(&first.hash)?, header: first.header, salt, body: first.body };
    let key = key_of(push.scope, push.log, &own).map_err(jiangsai_ledger::replication::Refused::Fault)?;
    Ok(Some(key))
}

async fn window(transaction: &DatabaseTransaction, push: &Push) -> Result<Window, StoreError> {
    let last: Option<Option<i64>> = record::Entity::find()
        .select_only()
        .column_as(record::Column::Seq.max(), "last")
        .filter(of_log(push.scope, push.log))
        .into_tuple()
        .one(transaction)
        .await?;
    let next = last.flatten().and_then(|last| u64::try_from(last).ok()).map_or(0, |last| last + 1);
    let (begin, end) = (push.from.saturating_sub(1), push.from + push.records.len() as u64);
    let rows: Vec<(i64, Vec<u8>)> = record::Entity::find()
        .select_only()
        .columns([record::Column::Seq, record::Column::Hash])
        .filter(of_log(push.scope, push.log))
        .filter(record::Column::Seq.gte(signed(begin)?))
        .filter(record::Column::Seq.lt(signed(end)?))
        .order_by_asc(record::Column::Seq)
        .into_tuple()
        .all(transaction)
        .await?;
    let mut found = Window { next, before: None, here: Vec::new() };
    for (seq, name) in rows {
        let name: Hash = hash(&name)?;
        if u64::try_from(seq).is_ok_and(|seq| seq < push.from) {
            found.before = Some(name);
        } else {
            found.here.push(name);
        }
    }
    Ok(found)
}

/// Moves what stands of a log from a number on to the branches that lost. How many records that were.
async fn set_apart(transaction: &DatabaseTransaction, push: &Push, at: u64) -> Result<usize, StoreError> {
    let lost = sea_orm::Condition::all().add(of_log(push.scope, push.log)).add(record::Column::Seq.gte(signed(at)?));
    let rows = record::Entity::find().filter(lost.clone()).order_by_asc(record::Column::Seq).all(transaction).await?;
    let count = rows.len();
    for (number, row) in rows.into_iter().enumerate() {
        let tip = number + 1 == count;
        insert_apart(
            transaction,
            apart::ActiveModel {
                hash: Set(row.hash),
                scope: Set(row.scope),
                log: Set(row.log),
                seq: Set(row.seq),
                header: Set(row.header),
                salt: Set(row.salt),
                body: Set(row.body),
                signature: Set(row.signature),
                first: Set(if tip { Some(signed(at)?) } else { None }),
                adopted: Set(false),
            },
        )
        .await?;
    }
    record::Entity::delete_many().filter(lost).exec(transaction).await?;
    Ok(count)
}

/// Keeps a branch that came second.
async fn keep_apart(
    transaction: &DatabaseTransaction,
    push: &Push,
    batch: Batch,
    known: usize,
) -> Result<(), StoreError> {
    let at = push.from + known as u64;
    let count = batch.records.len();
    for (number, (record, header, signature)) in batch.records.into_iter().enumerate().skip(known) {
        let tip = number + 1 == count;
        insert_apart(
            transaction,
            apart::ActiveModel {
                hash: Set(record.hash.bytes().to_vec()),
                scope: Set(push.scope.hash().bytes().to_vec()),
                log: Set(push.log.hash().bytes().to_vec()),
                seq: Set(signed(header.seq)?),
                header: Set(record.header),
                salt: Set(record.salt.to_vec()),
                body: Set(record.body),
                signature: Set(signature.map(|bytes| bytes.to_vec())),
                first: Set(if tip { Some(signed(at)?) } else { None }),
                adopted: Set(false),
            },
        )
        .await?;
    }
    Ok(())
}

async fn insert_apart(transaction: &DatabaseTransaction, row: apart::ActiveModel) -> Result<(), StoreError> {
    let tip = matches!(row.first, Set(Some(_)));
    let mut again = OnConflict::column(apart::Column::Hash);
    // A longer branch may have gone through here before; a shorter one makes this its end.
    if tip {
        again.update_column(apart::Column::First)
    } else {
        again.do_nothing()
    };
    apart::Entity::insert(row).on_conflict(again).exec_without_returning(transaction).await?;
    Ok(())
}

impl Store {
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
