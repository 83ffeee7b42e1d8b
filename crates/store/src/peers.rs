//! Whom this node knows: its incarnation, nodes that may connect, codes they pair with, receipts it was given, how far its upstream was pulled.

use crate::append::{CHUNK, NAMES, hash, random, signed};
use crate::entity::{link, pairing_code, peer, receipt, record, setting};
use crate::offer::number;
use crate::read::at_places;
use crate::{Store, StoreError};
use jiangsai_ledger::replication::{Reads, Receipt};
use jiangsai_ledger::{Hash, LogId, ScopeId, Signature};
use sea_orm::sea_query::{Expr, OnConflict, Query, SimpleExpr};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;

/// Setting that holds the incarnation of this store.
pub(crate) const INCARNATION: &str = "incarnation";

/// How far a scope got: records, and those that an issuer has not receipted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Records here.
    pub saved: u64,
    /// Of these, not receipted.
    pub pending: u64,
    /// Milliseconds since 1970 of the oldest that is not receipted.
    pub oldest: Option<i64>,
}

/// Log, number and record of a receipt, and the record that stands here at that number.
type Receipted = (Vec<u8>, i64, Vec<u8>, Option<Vec<u8>>);

fn of_receipt(record: record::Column, receipt: receipt::Column) -> SimpleExpr {
    use sea_orm::sea_query::ExprTrait as _;
    Expr::col((record::Entity, record)).equals((receipt::Entity, receipt))
}

/// A link in the place of the one before to the same upstream.
pub(crate) fn link_again() -> OnConflict {
    OnConflict::columns([link::Column::Scope, link::Column::Upstream])
        .update_columns([link::Column::Incarnation, link::Column::Cursor, link::Column::Head, link::Column::Root])
        .to_owned()
}

/// Makes the incarnation another one: records that were handed out without their bodies have them now, and whoever pulled them is to pull anew.
pub(crate) async fn renew_incarnation(transaction: &impl ConnectionTrait) -> Result<(), StoreError> {
    let row = setting::ActiveModel {
        node: Set(String::new()),
        key: Set(INCARNATION.to_owned()),
        value: Set(Hash::of(&random()?).to_string()),
    };
    let again = OnConflict::columns([setting::Column::Node, setting::Column::Key])
        .update_column(setting::Column::Value)
        .to_owned();
    setting::Entity::insert(row).on_conflict(again).exec_without_returning(transaction).await?;
    Ok(())
}

impl Store {
    /// The incarnation of this store: random, made once, and again by a restore, and where bodies came that were handed out without.
    ///
    /// # Errors
    /// What the database says.
    pub async fn incarnation(&self) -> Result<Hash, StoreError> {
        // Of the database, whichever node asks.
        if let Some(value) = self.setting_of(String::new(), INCARNATION).await? {
            return value.parse().map_err(|_| StoreError::Corrupt("the incarnation".to_owned()));
        }
        // Two processes on one database: the first to write is right.
        let fresh = Hash::of(&random()?);
        let id = (String::new(), INCARNATION.to_owned());
        let (node, key) = id.clone();
        let row = setting::ActiveModel { node: Set(node), key: Set(key), value: Set(fresh.to_string()) };
        let once = OnConflict::columns([setting::Column::Node, setting::Column::Key]).do_nothing().to_owned();
        let write = self.settings.begin();
        setting::Entity::insert(row).on_conflict(once).exec_without_returning(&self.writer).await?;
        write.answered();
        let kept = setting::Entity::find_by_id(id).one(&self.writer).await?;
        kept.and_then(|row| row.value.parse().ok()).ok_or_else(|| StoreError::Corrupt("the incarnation".to_owned()))
    }

    /// Keeps a pairing code, by its hash alone, until a moment, and what whoever shows it will read.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pairing_code_put(&self, code: &str, expires_at: i64, reads: Reads) -> Result<(), StoreError> {
        let code = Hash::of(code.as_bytes()).to_string();
        let reads = Set(reads.word().to_owned());
        let row = pairing_code::ActiveModel { code: Set(code), expires_at: Set(expires_at), reads };
        pairing_code::Entity::insert(row).exec_without_returning(&self.writer).await?;
        Ok(())
    }

    /// What a node will read that is let in by this code; `None` when there is no such code.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pairing_reads(&self, code: &str, now: i64) -> Result<Option<Reads>, StoreError> {
        let valid = pairing_code::Column::ExpiresAt.gte(now);
        let code = Hash::of(code.as_bytes()).to_string();
        let kept = pairing_code::Entity::find_by_id(code).filter(valid).one(&self.reader).await?;
        Ok(kept.map(|kept| Reads::of(&kept.reads)))
    }

    /// Uses a pairing code up and lets the node in, in one transaction; what it reads from now on. `None` when there is no such code any more.
    /// Where it is to stand by, the one that did so before reads everything and stands by no longer.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pair(&self, code: &str, key: Hash, name: &str, now: i64) -> Result<Option<Reads>, StoreError> {
        let transaction = self.begin().await?;
        let code = Hash::of(code.as_bytes()).to_string();
        let valid = pairing_code::Column::ExpiresAt.gte(now);
        let kept = pairing_code::Entity::find_by_id(code.clone()).filter(valid).one(&transaction).await?;
        let Some(kept) = kept else { return Ok(None) };
        // Whoever deletes it has it: on a server two may have read it.
        let used = pairing_code::Entity::delete_by_id(code).exec(&transaction).await?;
        if used.rows_affected == 0 {
            return Ok(None);
        }
        let reads = Reads::of(&kept.reads);
        if reads == Reads::Standby {
            peer::Entity::update_many()
                .col_expr(peer::Column::Reads, Expr::value(Reads::Everything.word()))
                .filter(peer::Column::Reads.eq(Reads::Standby.word()))
                .exec(&transaction)
                .await?;
        }
        let row = peer::ActiveModel {
            key: Set(key.to_string()),
            name: Set(name.to_owned()),
            paired_at: Set(now),
            seen_at: Set(None),
            reads: Set(reads.word().to_owned()),
            through: Set(None),
            node: Set(None),
            revoked_at: Set(None),
            ahead: Set(None),
        };
        let again = OnConflict::column(peer::Column::Key)
            .update_columns([peer::Column::Name, peer::Column::Reads, peer::Column::Through])
            .to_owned();
        peer::Entity::insert(row).on_conflict(again).exec_without_returning(&transaction).await?;
        self.commit(transaction).await?;
        Ok(Some(reads))
    }

    /// May a node with this key connect?
    ///
    /// # Errors
    /// What the database says.
    pub async fn is_peer(&self, key: Hash) -> Result<bool, StoreError> {
        Ok(self.peer_reads(key).await?.is_some())
    }

    /// What a node with this key reads; `None` where it may not connect.
    ///
    /// # Errors
    /// What the database says.
    pub async fn peer_reads(&self, key: Hash) -> Result<Option<Reads>, StoreError> {
        let row = peer::Entity::find_by_id(key.to_string()).one(&self.reader).await?;
        Ok(row.map(|row| Reads::of(&row.reads)))
    }

    /// Incarnation and cursor up to which an upstream, by its key, was pulled. There may be two: a hub, and the node that stands by for it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn link(&self, scope: ScopeId, upstream: Hash) -> Result<Option<(Hash, u64)>, StoreError> {
        let row = self.link_row(scope, upstream).await?;
        row.map(|row| Ok((hash(&row.incarnation)?, number(row.cursor)?))).transpose()
    }

    async fn link_row(&self, scope: ScopeId, upstream: Hash) -> Result<Option<link::Model>, StoreError> {
        let id = (scope.hash().bytes().to_vec(), upstream.bytes().to_vec());
        Ok(link::Entity::find_by_id(id).one(&self.reader).await?)
    }

    /// Hash of the record at a cursor up to which an upstream was pulled: with it, a store that was copied back to an earlier state is found
    /// out though it keeps its incarnation.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pulled_head(&self, scope: ScopeId, upstream: Hash, cursor: u64) -> Result<Option<Hash>, StoreError> {
        let row = self.link_row(scope, upstream).await?;
        let head = row.filter(|row| u64::try_from(row.cursor) == Ok(cursor)).and_then(|row| row.head);
        head.as_deref().map(hash).transpose()
    }

    /// Incarnation of headquarters that an upstream named last.
    ///
    /// # Errors
    /// What the database says.
    pub async fn root_incarnation(&self, scope: ScopeId, upstream: Hash) -> Result<Option<Hash>, StoreError> {
        let row = self.link_row(scope, upstream).await?;
        row.and_then(|row| row.root).as_deref().map(hash).transpose()
    }

    /// Notes which incarnation an upstream has, and headquarters where it is known, by an answer or a bundle of the upstream's. What was pulled
    /// from another incarnation counts no longer; the next pull begins anew.
    ///
    /// # Errors
    /// What the database says.
    pub async fn link_told(
        &self,
        scope: ScopeId,
        upstream: Hash,
        incarnation: Hash,
        root: Option<Hash>,
    ) -> Result<(), StoreError> {
        let (id, root) = (scope.hash().bytes().to_vec(), root.map(|root| root.bytes().to_vec()));
        let whose = upstream.bytes().to_vec();
        if self.link(scope, upstream).await?.is_some_and(|(known, _)| known == incarnation) {
            if root.is_some() {
                link::Entity::update_many()
                    .col_expr(link::Column::Root, Expr::value(root))
                    .filter(link::Column::Scope.eq(id))
                    .filter(link::Column::Upstream.eq(whose))
                    .exec(&self.writer)
                    .await?;
            }
            return Ok(());
        }
        let row = link::ActiveModel {
            scope: Set(id),
            upstream: Set(whose),
            incarnation: Set(incarnation.bytes().to_vec()),
            cursor: Set(0),
            head: Set(None),
            root: Set(root),
        };
        link::Entity::insert(row).on_conflict(link_again()).exec_without_returning(&self.writer).await?;
        Ok(())
    }

    /// A scope is pulled from the beginning again: bodies may come that were not handed out before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn link_from_beginning(&self, scope: ScopeId, upstream: Hash) -> Result<(), StoreError> {
        link::Entity::update_many()
            .col_expr(link::Column::Cursor, Expr::value(0_i64))
            .col_expr(link::Column::Head, Expr::value(None::<Vec<u8>>))
            .filter(link::Column::Scope.eq(scope.hash().bytes().to_vec()))
            .filter(link::Column::Upstream.eq(upstream.bytes().to_vec()))
            .exec(&self.writer)
            .await?;
        Ok(())
    }

    /// Forgets how far upstreams were pulled: there is another one now.
    ///
    /// # Errors
    /// What the database says.
    pub async fn links_drop(&self) -> Result<(), StoreError> {
        link::Entity::delete_many().exec(&self.writer).await?;
        Ok(())
    }

    /// Keeps receipts that verify, in one transaction, each in the place of the one before from the same issuer for the same log. There may be one
    /// of each issuer for each log.
    ///
    /// # Errors
    /// What the database says; nothing is kept then.
    pub async fn receipts_put(&self, receipts: &[Receipt]) -> Result<(), StoreError> {
        if receipts.is_empty() {
            return Ok(());
        }
        let transaction = self.begin().await?;
        put_receipts(&transaction, receipts).await?;
        let write = self.receipts.begin();
        self.commit(transaction).await?;
        write.answered();
        Ok(())
    }

    /// A number that is another one whenever receipts were kept in between; nothing while some are, or where another process may keep some.
    #[must_use]
    pub fn receipts_version(&self) -> Option<u64> {
        self.receipts.version().filter(|_| !self.is_shared())
    }

    /// The receipts of an issuer for a scope.
    ///
    /// # Errors
    /// What the database says.
    pub async fn receipts(&self, scope: ScopeId, issuer: Hash) -> Result<Vec<Receipt>, StoreError> {
        let rows = receipt::Entity::find()
            .filter(receipt::Column::Scope.eq(scope.hash().bytes().to_vec()))
            .filter(receipt::Column::Issuer.eq(issuer.bytes().to_vec()))
            .all(&self.reader)
            .await?;
        let read = |row: receipt::Model| {
            let damaged = || StoreError::Corrupt("a receipt".to_owned());
            Ok(Receipt {
                issuer,
                incarnation: hash(&row.incarnation)?,
                scope,
                log: LogId::new(hash(&row.log)?),
                seq: number(row.seq)?,
                head: hash(&row.head)?,
                at: row.at,
                signature: Signature::from_bytes(&row.signature).ok_or_else(damaged)?,
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// The last record of each log that an issuer has receipted. A receipt counts for what stands here only, and only from the incarnation that
    /// is named: the one that answers today. What another one held says nothing.
    ///
    /// # Errors
    /// What the database says.
    pub async fn reached(&self, scope: ScopeId, by: Option<(Hash, Hash)>) -> Result<BTreeMap<LogId, u64>, StoreError> {
        let Some((issuer, incarnation)) = by else { return Ok(BTreeMap::new()) };
        // One lookup for each receipt, in one statement: pages ask every second, of halls with hundreds of logs.
        let here = Query::select()
            .column((record::Entity, record::Column::Hash))
            .from(record::Entity)
            .and_where(of_receipt(record::Column::Scope, receipt::Column::Scope))
            .and_where(of_receipt(record::Column::Log, receipt::Column::Log))
            .and_where(of_receipt(record::Column::Seq, receipt::Column::Seq))
            .to_owned();
        let rows: Vec<Receipted> = receipt::Entity::find()
            .select_only()
            .columns([receipt::Column::Log, receipt::Column::Seq, receipt::Column::Head])
            .column_as(Expr::from(here), "here")
            .filter(receipt::Column::Scope.eq(scope.hash().bytes().to_vec()))
            .filter(receipt::Column::Issuer.eq(issuer.bytes().to_vec()))
            .filter(receipt::Column::Incarnation.eq(incarnation.bytes().to_vec()))
            .into_tuple()
            .all(&self.reader)
            .await?;
        let standing = rows.into_iter().filter(|(_, _, head, here)| here.as_ref() == Some(head));
        standing.map(|(log, seq, ..)| Ok((LogId::new(hash(&log)?), number(seq)?))).collect()
    }

    /// How much of a scope an issuer has receipted, as [`Store::reached`] counts it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn progress(&self, scope: ScopeId, by: Option<(Hash, Hash)>) -> Result<Progress, StoreError> {
        let reached = self.reached(scope, by).await?;
        let heads = self.heads(scope).await?;
        let mut next = Vec::new();
        let mut progress = Progress::default();
        // A log has no gaps, so counting is subtracting.
        for (log, end) in heads {
            let begin = reached.get(&log).map_or(0, |seq| seq + 1).min(end);
            progress.saved += end;
            progress.pending += end - begin;
            if begin < end {
                next.push((log, begin));
            }
        }
        let names: Vec<Hash> = at_places(&self.reader, scope, &next).await?.into_iter().map(|(_, name)| name).collect();
        let mut oldest: Option<(i64, Vec<u8>)> = None;
        for names in names.chunks(NAMES) {
            let first: Option<(i64, Vec<u8>)> = record::Entity::find()
                .select_only()
                .columns([record::Column::Accepted, record::Column::Header])
                .filter(record::Column::Hash.is_in(names.iter().map(|name| name.bytes().to_vec())))
                .order_by_asc(record::Column::Accepted)
                .limit(1)
                .into_tuple()
                .one(&self.reader)
                .await?;
            oldest = [oldest, first].into_iter().flatten().min();
        }
        progress.oldest =
            oldest.and_then(|(_, header)| jiangsai_ledger::Header::read(&header).ok()).map(|header| header.at);
        Ok(progress)
    }
}

/// As [`Store::receipts_put`], with whatever else the transaction writes.
pub(crate) async fn put_receipts(database: &impl ConnectionTrait, receipts: &[Receipt]) -> Result<(), StoreError> {
    use receipt::{ActiveModel, Column, Entity};
    let row = |one: &Receipt| {
        Ok(ActiveModel {
            scope: Set(one.scope.hash().bytes().to_vec()),
            log: Set(one.log.hash().bytes().to_vec()),
            issuer: Set(one.issuer.bytes().to_vec()),
            incarnation: Set(one.incarnation.bytes().to_vec()),
            seq: Set(signed(one.seq)?),
            head: Set(one.head.bytes().to_vec()),
            at: Set(one.at),
            signature: Set(one.signature.0.to_vec()),
        })
    };
    let rows = receipts.iter().map(row).collect::<Result<Vec<ActiveModel>, StoreError>>()?;
    let replace = OnConflict::columns([Column::Scope, Column::Log, Column::Issuer])
        .update_columns([Column::Incarnation, Column::Seq, Column::Head, Column::At, Column::Signature])
        .to_owned();
    for rows in rows.chunks(CHUNK) {
        let insert = Entity::insert_many(rows.to_vec()).on_conflict(replace.clone());
        insert.exec_without_returning(database).await?;
    }
    Ok(())
}
