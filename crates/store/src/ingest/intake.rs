//! What is taken in with one transaction: runs of any logs and scopes. The rows are inserted together at the end.

use super::apart::{keep_apart, set_apart};
use super::window::{Around, window};
use super::{Ingested, Run, part};
use crate::StoreError;
use crate::adopt::{adopted, remember};
use crate::append::{NAMES, insert_records, signed};
use crate::entity::{apart, erased, log, record, scope};
use crate::orders::Orders;
use crate::personal::boxed::{holds_box, in_use, kept, keys_of_boxes, put_body};
use crate::personal::erase::{Named, erase, is_personal};
use crate::personal::{Kinds, Lying, close_all};
use crate::watch;
use jiangsai_ledger::replication::{Batch, Verdict, Window, judge};
use jiangsai_ledger::{Body, Hash, Header, LogId, Opening, Record, ScopeId};
use sea_orm::sea_query::{Expr, OnConflict, Query, SimpleExpr};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Whose branch stands when two cross.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    Below,
    Upstream,
}

/// What became of a run.
pub(super) struct Taken {
    pub outcome: Ingested,
    pub set_apart: usize,
    /// Records that were headers alone or boxes here, and have their bodies now, or their boxes.
    pub filled: usize,
}

impl Taken {
    const fn of(outcome: Ingested) -> Self {
        Self { outcome, set_apart: 0, filled: 0 }
    }
}

/// Where a scope ends, while its row is held.
pub(super) struct End {
    /// Cursor of the record accepted last.
    head: i64,
    /// One more than any display order; asked for when it is wanted.
    order: Option<u64>,
    moved: bool,
    /// Public facts alone are received of it.
    pub part: bool,
}

/// A row by its number: its hash, salt and body.
type Open = (usize, [Vec<u8>; 3]);

pub(super) struct Intake<'a> {
    transaction: &'a DatabaseTransaction,
    orders: &'a Orders,
    around: Around,
    scopes: BTreeMap<ScopeId, End>,
    /// Scopes that had no row when their places were looked at.
    fresh: BTreeSet<ScopeId>,
    /// Logs that grew in this transaction: the number wanted next, and the last record.
    tails: HashMap<LogId, (u64, Hash)>,
    rows: Vec<record::ActiveModel>,
    /// Of these rows, by number, which are about persons, or boxes.
    personal: Vec<usize>,
    written_again: Vec<Hash>,
    kinds: Kinds,
    /// What is to be erased, by what came in.
    named: BTreeMap<ScopeId, Named>,
}

impl<'a> Intake<'a> {
    /// Holds the rows of the scopes of what will be taken, and looks at what is there.
    pub(super) async fn of(
        transaction: &'a DatabaseTransaction,
        orders: &'a Orders,
        runs: &[Run],
        kinds: Kinds,
    ) -> Result<Self, StoreError> {
        let mut scopes = BTreeMap::new();
        // In one order, so that two processes on one database do not wait for each other.
        for scope in runs.iter().map(|run| run.scope).collect::<BTreeSet<ScopeId>>() {
            if let Some(end) = end_of(transaction, scope).await? {
                scopes.insert(scope, end);
            }
        }
        Ok(Self {
            transaction,
            orders,
            around: Around::of(transaction, runs).await?,
            scopes,
            fresh: BTreeSet::new(),
            tails: HashMap::new(),
            rows: Vec::new(),
            personal: Vec::new(),
            written_again: Vec::new(),
            kinds,
            named: BTreeMap::new(),
        })
    }

    /// Takes a run.
    ///
    /// # Errors
    /// [`StoreError::Refused`], [`StoreError::HeldInPart`] or [`StoreError::HeldWhole`] when the run must not come in: nothing of it was written then, and
    /// the others are not touched. Whatever the
    /// database says: the whole transaction is lost then.
    pub(super) async fn take(&mut self, run: &Run, batch: Batch, from: From) -> Result<Taken, StoreError> {
        if !self.hold(run, &batch, from).await? {
            return Ok(Taken::of(Ingested::Gap { expected: 0 }));
        }
        if from == From::Below {
            // What stands above stands for all: there it is too late to refuse it, and writers stop at the last order.
            batch.leaps_nowhere(self.next_order(run.scope).await?)?;
        }
        if let Some(end) = self.scopes.get_mut(&run.scope) {
            part::fits(self.transaction, run, &batch, end).await?;
        }
        let window = self.window(run, batch.records.len()).await?;
        match judge(&window, run.from, &batch.named()) {
            Verdict::Gap { expected } => Ok(Taken::of(Ingested::Gap { expected })),
            Verdict::Diverged => Ok(Taken::of(Ingested::Diverged)),
            Verdict::Take { known } => {
                let new = batch.records.len() - known;
                let filled = if from == From::Upstream { self.fill(run, &batch, known).await? } else { 0 };
                if new > 0 {
                    self.put(run, batch, known).await?;
                }
                Ok(Taken { filled, ..Taken::of(Ingested::Held { new }) })
            }
            Verdict::Fork { known } if from == From::Upstream => {
                self.flush().await?;
                let set_apart = set_apart(self.transaction, run, run.from + known as u64).await?;
                let new = batch.records.len() - known;
                self.put(run, batch, known).await?;
                Ok(Taken { outcome: Ingested::Held { new }, set_apart, filled: 0 })
            }
            Verdict::Fork { known } => {
                let at = run.from + known as u64;
                keep_apart(self.transaction, run, batch, known, self.kinds).await?;
                Ok(Taken::of(Ingested::Fork { at }))
            }
        }
    }

    /// Writes what was taken. The transaction still has to be committed.
    pub(super) async fn finish(mut self) -> Result<(), StoreError> {
        self.flush().await?;
        for (id, end) in self.scopes.iter().filter(|(_, end)| end.moved) {
            scope::Entity::update_many()
                .col_expr(scope::Column::Head, Expr::value(end.head))
                .filter(scope::Column::Id.eq(id.hash().bytes().to_vec()))
                .exec(self.transaction)
                .await?;
            watch::tell(self.transaction, *id).await?;
        }
        // A log of this node that grows elsewhere is left to it: its key was used twice.
        let grown: Vec<Vec<u8>> = self.tails.keys().map(|log| log.hash().bytes().to_vec()).collect();
        for grown in grown.chunks(NAMES) {
            log::Entity::update_many()
                .col_expr(log::Column::Closed, Expr::value(true))
                .filter(log::Column::Id.is_in(grown.iter().cloned()))
                .filter(log::Column::Closed.eq(false))
                .exec(self.transaction)
                .await?;
        }
        Ok(())
    }

    /// Makes the scope of a run where the run may be the first there. False when there is none.
    async fn hold(&mut self, run: &Run, batch: &Batch, from: From) -> Result<bool, StoreError> {
        if self.scopes.contains_key(&run.scope) {
            return Ok(true);
        }
        if run.from > 0 {
            return Ok(false);
        }
        if from == From::Below {
            // Before there is a row: what is refused leaves nothing.
            batch.leaps_nowhere(0)?;
        }
        let at = batch.records.first().map_or(0, |(_, header, _)| header.at);
        let id = run.scope.hash().bytes().to_vec();
        let new = scope::ActiveModel { id: Set(id), founded_at: Set(at), head: Set(0), part: Set(run.part) };
        let once = OnConflict::column(scope::Column::Id).do_nothing().to_owned();
        scope::Entity::insert(new).on_conflict(once).exec_without_returning(self.transaction).await?;
        let Some(end) = end_of(self.transaction, run.scope).await? else { return Ok(false) };
        self.fresh.insert(run.scope);
        self.scopes.insert(run.scope, end);
        Ok(true)
    }

    async fn next_order(&mut self, scope: ScopeId) -> Result<u64, StoreError> {
        if let Some(known) = self.scopes.get(&scope).and_then(|end| end.order) {
            return Ok(known);
        }
        let order = self.orders.next(self.transaction, scope).await?;
        if let Some(end) = self.scopes.get_mut(&scope) {
            end.order = Some(order);
        }
        Ok(order)
    }

    async fn window(&mut self, run: &Run, count: usize) -> Result<Window, StoreError> {
        match self.tails.get(&run.log) {
            Some((next, last)) if *next == run.from => {
                Ok(Window { next: *next, before: Some(*last), here: Vec::new() })
            }
            Some(_) => {
                self.flush().await?;
                window(self.transaction, run, count).await
            }
            None => match self.around.end(run).filter(|_| !self.fresh.contains(&run.scope)) {
                Some(window) => Ok(window),
                None => window(self.transaction, run, count).await,
            },
        }
    }

    /// Gives records that are here as headers alone the bodies that came, or the boxes, unless they were erased; and those that are here as boxes their
    /// bodies, or boxes of another key: the one before may be lost.
    async fn fill(&mut self, run: &Run, batch: &Batch, known: usize) -> Result<usize, StoreError> {
        let came = batch.records.iter().take(known);
        let came = came.filter(|(record, ..)| !record.is_withheld() || batch.sealed.contains_key(&record.hash));
        let came: HashMap<Vec<u8>, (&Record, &Header)> =
            came.map(|(record, header, _)| (record.hash.bytes().to_vec(), (record, header))).collect();
        if came.is_empty() {
            return Ok(0);
        }
        let gone = Query::select().column(erased::Column::Hash).from(erased::Entity).to_owned();
        let lacking = async |what: SimpleExpr| -> Result<Vec<Vec<u8>>, StoreError> {
            let lacking = record::Entity::find()
                .select_only()
                .column(record::Column::Hash)
                .filter(record::Column::Scope.eq(run.scope.hash().bytes().to_vec()))
                .filter(record::Column::Log.eq(run.log.hash().bytes().to_vec()))
                .filter(what)
                .filter(record::Column::Hash.not_in_subquery(gone.clone()));
            Ok(lacking.into_tuple().all(self.transaction).await?)
        };
        let bare = lacking(Expr::cust(r#"length("body") = 0"#)).await?;
        let boxed = lacking(holds_box(self.transaction)).await?;
        let mut filled = 0;
        let boxed: Vec<Vec<u8>> = boxed.into_iter().filter(|name| came.contains_key(name)).collect();
        let own = keys_of_boxes(self.transaction, &boxed).await?;
        for name in bare.iter().chain(&boxed) {
            let Some((record, header)) = came.get(name) else { continue };
            let (salt, body) = match batch.sealed.get(&record.hash) {
                // It has one that the same opens.
                Some(sealed) if own.get(name) == Some(&sealed.key) => continue,
                Some(sealed) => in_use(sealed),
                None => (record.salt.to_vec(), record.body.clone()),
            };
            self.named.entry(run.scope).or_default().by_record(self.kinds, header, &record.body);
            put_body(self.transaction, run.scope, self.kinds, header, (name, &salt, &body)).await?;
            filled += 1;
        }
        Ok(filled)
    }

    /// Takes the records behind the first `known`.
    async fn put(&mut self, run: &Run, batch: Batch, known: usize) -> Result<(), StoreError> {
        let log_id = run.log.hash().bytes().to_vec();
        let scope_id = run.scope.hash().bytes().to_vec();
        if let (0, 0, Some((first, ..))) = (run.from, known, batch.records.first()) {
            let row = log::ActiveModel {
                id: Set(log_id.clone()),
                scope: Set(scope_id.clone()),
                node: Set(opened_by(first)?),
                nonce: Set(Vec::new()),
                closed: Set(true),
            };
            let once = OnConflict::column(log::Column::Id).do_nothing().to_owned();
            log::Entity::insert(row).on_conflict(once).exec_without_returning(self.transaction).await?;
        }
        let Some(end) = self.scopes.get_mut(&run.scope) else { return Err(StoreError::UnknownScope) };
        end.moved = true;
        for (mut record, header, signature) in batch.records.into_iter().skip(known) {
            self.written_again.extend(adopted(&header, &record.body));
            self.named.entry(run.scope).or_default().by_record(self.kinds, &header, &record.body);
            let sealed = batch.sealed.get(&record.hash);
            if sealed.is_some() || is_personal(self.kinds, &header, &record.body) {
                self.personal.push(self.rows.len());
            }
            let (salt, body) = kept(&mut record, sealed);
            self.tails.insert(run.log, (header.seq + 1, record.hash));
            end.head += 1;
            end.order = end.order.map(|order| order.max(header.order.saturating_add(1)));
            self.rows.push(record::ActiveModel {
                hash: Set(record.hash.bytes().to_vec()),
                scope: Set(scope_id.clone()),
                log: Set(log_id.clone()),
                seq: Set(signed(header.seq)?),
                ord: Set(signed(header.order)?),
                salt: Set(salt),
                header: Set(record.header),
                body: Set(body),
                signature: Set(signature.map(|bytes| bytes.to_vec())),
                accepted: Set(end.head),
            });
        }
        Ok(())
    }

    /// Inserts what is waiting.
    async fn flush(&mut self) -> Result<(), StoreError> {
        let mut rows = std::mem::take(&mut self.rows);
        self.close(&mut rows).await?;
        self.stand_again(&rows).await?;
        remember(self.transaction, &std::mem::take(&mut self.written_again)).await?;
        insert_records(self.transaction, rows).await?;
        for (scope, named) in std::mem::take(&mut self.named) {
            if !named.is_empty() {
                erase(self.transaction, scope, self.kinds, &named).await?;
            }
        }
        Ok(())
    }

    /// What was set apart once stands again. Nearly always nothing is: to look is cheaper than to name every row.
    async fn stand_again(&self, rows: &[record::ActiveModel]) -> Result<(), StoreError> {
        let any = apart::Entity::find().select_only().column(apart::Column::Hash).limit(1);
        if any.into_tuple::<Vec<u8>>().one(self.transaction).await?.is_none() {
            return Ok(());
        }
        let names: Vec<Vec<u8>> = rows.iter().filter_map(|row| row.hash.try_as_ref().cloned()).collect();
        for names in names.chunks(NAMES) {
            let again = apart::Column::Hash.is_in(names.iter().cloned());
            apart::Entity::delete_many().filter(again).exec(self.transaction).await?;
        }
        Ok(())
    }

    /// Encrypts what is about persons, and keeps nothing of what was erased.
    async fn close(&mut self, rows: &mut [record::ActiveModel]) -> Result<(), StoreError> {
        let mut by_scope: BTreeMap<Vec<u8>, Vec<Open>> = BTreeMap::new();
        for at in std::mem::take(&mut self.personal) {
            let Some(row) = rows.get_mut(at) else { continue };
            let taken = (row.scope.try_as_ref(), row.hash.try_as_ref(), row.salt.try_as_ref(), row.body.try_as_ref());
            if let (Some(scope), Some(hash), Some(salt), Some(body)) = taken {
                by_scope.entry(scope.clone()).or_default().push((at, [hash.clone(), salt.clone(), body.clone()]));
            }
        }
        for (scope, mut own) in by_scope {
            let scope = ScopeId::new(crate::append::hash(&scope)?);
            let mut lying: Vec<Lying<'_>> =
                own.iter_mut().map(|(_, [hash, salt, body])| Lying { hash, salt, body }).collect();
            close_all(self.transaction, scope, &mut lying).await?;
            for (at, [_, salt, body]) in own {
                if let Some(row) = rows.get_mut(at) {
                    (row.salt, row.body) = (Set(salt), Set(body));
                }
            }
        }
        Ok(())
    }
}

/// Holds the row of a scope until the transaction ends.
async fn end_of(transaction: &DatabaseTransaction, scope: ScopeId) -> Result<Option<End>, StoreError> {
    let row = scope::Entity::find_by_id(scope.hash().bytes().to_vec()).lock_exclusive().one(transaction).await?;
    Ok(row.map(|row| End { head: row.head, order: None, moved: false, part: row.part }))
}

fn opened_by(first: &Record) -> Result<String, StoreError> {
    let damaged = |error: String| StoreError::Corrupt(error);
    let body = Body::read(&first.body).map_err(|error| damaged(error.to_string()))?;
    let opening: Opening = serde_json::from_value(body.fact).map_err(|error| damaged(error.to_string()))?;
    Ok(opening.node)
}
