//! What this node can offer to others: its heads, runs of records cut at checkpoints, branches set apart.

use crate::append::{hash, signed};
use crate::entity::{apart, erased, log, record, scope};
use crate::personal::boxed::box_of;
use crate::personal::{Lying, erased_among, erased_of, open_all};
use crate::read::of_log;
use crate::{Store, StoreError};
use futures::TryStreamExt as _;
use jiangsai_ledger::replication::{Branch, Carried, Ours, Pull, Push, Reads, Tip};
use jiangsai_ledger::{Hash, Header, LogId, ScopeId, Signature};
use sea_orm::sea_query::{Expr, Order, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use std::collections::{BTreeMap, BTreeSet};

/// Logs that are said to be known in a pull, at most; of what is beyond them all comes again.
pub const MOST_KNOWN: usize = 4_096;

/// A log, and number and hash of its last record where it has one.
type Ending = (Vec<u8>, Option<i64>, Option<Vec<u8>>);

impl Store {
    /// The next number of each log of a scope.
    ///
    /// # Errors
    /// What the database says.
    pub async fn heads(&self, scope: ScopeId) -> Result<BTreeMap<LogId, u64>, StoreError> {
        let ends: Vec<(Vec<u8>, Option<i64>)> =
            ends(scope, &[(record::Column::Seq, "last")]).into_tuple().all(&self.reader).await?;
        let ends = ends.iter().filter_map(|(log, last)| last.map(|last| (log, last)));
        ends.map(|(log, last)| Ok((LogId::new(hash(log)?), number(last)? + 1))).collect()
    }

    /// As [`Store::heads`], each with the hash of the last record.
    ///
    /// # Errors
    /// What the database says.
    pub async fn ends(&self, scope: ScopeId) -> Result<BTreeMap<LogId, (u64, Hash)>, StoreError> {
        let of = ends(scope, &[(record::Column::Seq, "last"), (record::Column::Hash, "name")]);
        let rows: Vec<Ending> = of.into_tuple().all(&self.reader).await?;
        let mut ends = BTreeMap::new();
        for (log, last, name) in rows {
            if let (Some(last), Some(name)) = (last, name) {
                ends.insert(LogId::new(hash(&log)?), (number(last)? + 1, hash(&name)?));
            }
        }
        Ok(ends)
    }

    /// What need not come again from a node above that was not asked before, of whom so much `reads`: where each log ends, but for those of which a
    /// body is lacking that may be read.
    ///
    /// # Errors
    /// What the database says.
    pub async fn known(&self, scope: ScopeId, reads: Reads) -> Result<BTreeMap<LogId, Tip>, StoreError> {
        let lacking: BTreeSet<LogId> = match reads.reads_whole() {
            true => self.partial(scope).await?.into_keys().collect(),
            false => self.lacking(scope, reads).await?,
        };
        let ends = self.ends(scope).await?.into_iter().filter(|(log, _)| !lacking.contains(log));
        Ok(ends.take(MOST_KNOWN).map(|(log, (next, head))| (log, Tip { seq: next - 1, head })).collect())
    }

    /// Logs of which a body is withheld here that may be read all the same: this node was paired for something else before.
    async fn lacking(&self, scope: ScopeId, reads: Reads) -> Result<BTreeSet<LogId>, StoreError> {
        let withheld = withheld(scope).select_only().columns([record::Column::Log, record::Column::Header]);
        let mut rows = withheld.into_tuple::<(Vec<u8>, Vec<u8>)>().stream(&self.reader).await?;
        let mut lacking = BTreeSet::new();
        while let Some((log, header)) = rows.try_next().await? {
            let header = Header::read(&header).map_err(|error| StoreError::Corrupt(error.to_string()))?;
            if reads.may(&header.audience) {
                lacking.insert(LogId::new(hash(&log)?));
            }
        }
        Ok(lacking)
    }

    /// Of what somebody says to know, as far as it is what stands here: the number after it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn standing_of(
        &self,
        scope: ScopeId,
        known: &BTreeMap<LogId, Tip>,
    ) -> Result<BTreeMap<LogId, u64>, StoreError> {
        let mut standing = BTreeMap::new();
        let names: Vec<Vec<u8>> = known.values().take(MOST_KNOWN).map(|tip| tip.head.bytes().to_vec()).collect();
        if names.is_empty() {
            return Ok(standing);
        }
        // By name alone: asked for the scope as well, SQLite goes through all of that.
        let rows: Vec<(Vec<u8>, Vec<u8>, i64)> = record::Entity::find()
            .select_only()
            .columns([record::Column::Scope, record::Column::Log, record::Column::Seq])
            .filter(record::Column::Hash.is_in(names))
            .into_tuple()
            .all(&self.reader)
            .await?;
        for (of, log, seq) in rows {
            let (log, seq) = (LogId::new(hash(&log)?), number(seq)?);
            // The hash names the record, and with it everything before it.
            if of == scope.hash().bytes() && known.get(&log).is_some_and(|tip| tip.seq == seq) {
                standing.insert(log, seq + 1);
            }
        }
        Ok(standing)
    }

    /// What the connection to the upstream needs to know before it takes a turn; the last record of each log where it `compares`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn ours(&self, scope: ScopeId, compares: bool) -> Result<Ours, StoreError> {
        let withheld = self.partial(scope).await?;
        self.ours_but(scope, compares, withheld).await
    }

    /// As [`Store::ours`], where the node above receives what is public alone: what has no body here needs none there.
    ///
    /// # Errors
    /// What the database says.
    pub async fn ours_public(&self, scope: ScopeId, compares: bool) -> Result<Ours, StoreError> {
        self.ours_but(scope, compares, BTreeMap::new()).await
    }

    async fn ours_but(
        &self,
        scope: ScopeId,
        compares: bool,
        withheld: BTreeMap<LogId, u64>,
    ) -> Result<Ours, StoreError> {
        let tips = apart::Entity::find()
            .filter(apart::Column::Scope.eq(scope.hash().bytes().to_vec()))
            .filter(apart::Column::First.is_not_null())
            .all(&self.reader)
            .await?;
        let mut found = Vec::with_capacity(tips.len());
        for row in tips {
            let at = number(row.first.unwrap_or_default())?;
            let branch = Branch { log: LogId::new(hash(&row.log)?), at, tip: hash(&row.hash)? };
            found.push(branch);
        }
        found.retain(|branch| !withheld.contains_key(&branch.log));
        if !compares {
            return Ok(Ours { next: self.heads(scope).await?, last: BTreeMap::new(), apart: found, withheld });
        }
        let ends = self.ends(scope).await?;
        let next = ends.iter().map(|(log, (next, _))| (*log, *next)).collect();
        let last = ends.into_iter().map(|(log, (_, last))| (log, last)).collect();
        Ok(Ours { next, last, apart: found, withheld })
    }

    /// Logs of which bodies are withheld here, with the number after the last of them. These records are for others to send on: who has the
    /// headers alone would have them kept so.
    ///
    /// # Errors
    /// What the database says.
    pub async fn partial(&self, scope: ScopeId) -> Result<BTreeMap<LogId, u64>, StoreError> {
        let standing: Vec<(Vec<u8>, Option<i64>)> = withheld(scope)
            .select_only()
            .column(record::Column::Log)
            .column_as(record::Column::Seq.max(), "last")
            .group_by(record::Column::Log)
            .into_tuple()
            .all(&self.reader)
            .await?;
        let lost: Vec<Vec<u8>> = apart::Entity::find()
            .select_only()
            .column(apart::Column::Log)
            .distinct()
            .filter(apart::Column::Scope.eq(scope.hash().bytes().to_vec()))
            .filter(Expr::cust(WITHHELD))
            .filter(apart::Column::Hash.not_in_subquery(gone()))
            .into_tuple()
            .all(&self.reader)
            .await?;
        let mut partial = BTreeMap::new();
        for (log, last) in standing {
            partial.insert(LogId::new(hash(&log)?), last.map(number).transpose()?.map_or(0, |last| last + 1));
        }
        for log in lost {
            partial.insert(LogId::new(hash(&log)?), u64::MAX);
        }
        Ok(partial)
    }

    /// Records of a log from a number on: at most about `limit`, cut at a checkpoint.
    ///
    /// # Errors
    /// What the database says.
    pub async fn run_from(&self, scope: ScopeId, log: LogId, from: u64, limit: u64) -> Result<Push, StoreError> {
        let of_log = of_log(scope, log);
        // The first checkpoint that the limit does not cut off.
        let enough = from.saturating_add(limit.max(1)) - 1;
        let cut = record::Entity::find()
            .filter(of_log.clone())
            .filter(record::Column::Seq.gte(signed(enough)?))
            .filter(record::Column::Signature.is_not_null())
            .order_by_asc(record::Column::Seq)
            .one(&self.reader)
            .await?;
        let mut wanted = record::Entity::find().filter(of_log).filter(record::Column::Seq.gte(signed(from)?));
        if let Some(cut) = cut {
            wanted = wanted.filter(record::Column::Seq.lte(cut.seq));
        }
        let mut rows = wanted.order_by_asc(record::Column::Seq).all(&self.reader).await?;
        let gone = self.opened(scope, &mut rows).await?;
        let records = rows.into_iter().map(|row| carried(row, &gone)).collect::<Result<Vec<_>, _>>()?;
        Ok(Push { scope, log, from, records })
    }

    /// A branch that was set apart, from a number to its tip.
    ///
    /// # Errors
    /// What the database says.
    pub async fn branch(&self, scope: ScopeId, branch: Branch, from: u64) -> Result<Push, StoreError> {
        let mut records = Vec::new();
        let (mut name, mut first) = (branch.tip, from);
        loop {
            let id = name.bytes().to_vec();
            let row = match apart::Entity::find_by_id(id.clone()).one(&self.reader).await? {
                Some(row) => Some((row.header, row.salt, row.body, row.signature)),
                None => record::Entity::find_by_id(id)
                    .one(&self.reader)
                    .await?
                    .map(|row| (row.header, row.salt, row.body, row.signature)),
            };
            let Some((header, mut salt, mut body, signature)) = row else { break };
            let lying = Lying { hash: name.bytes(), salt: &mut salt, body: &mut body };
            open_all(&self.reader, std::iter::once(lying)).await?;
            let erased = body.is_empty() && !erased_among(&self.reader, &[name.bytes().to_vec()]).await?.is_empty();
            let read = Header::read(&header).map_err(|error| StoreError::Corrupt(error.to_string()))?;
            records.push(carry(header, &salt, body, signature.as_deref(), erased)?);
            (name, first) = (read.prev, read.seq);
            if read.seq <= from {
                break;
            }
        }
        records.reverse();
        Ok(Push { scope, log: branch.log, from: first, records })
    }

    /// What was accepted after a cursor, as runs, as far as whoever asks may read it; the cursor that was reached; whether there is more. A cursor that was given out for another
    /// record reaches 0.
    ///
    /// # Errors
    /// What the database says.
    pub async fn accepted_after(&self, pull: &Pull, reads: Reads) -> Result<(Vec<Push>, u64, bool), StoreError> {
        let id = pull.scope.hash().bytes().to_vec();
        let head = match scope::Entity::find_by_id(id.clone()).one(&self.reader).await? {
            Some(row) => number(row.head)?,
            None => return Err(StoreError::UnknownScope),
        };
        let of_scope = record::Column::Scope.eq(id);
        if !self.gave_out(pull).await? {
            // This cursor was never given out here for that record: the store was copied back. Whoever asks begins anew.
            return Ok((Vec::new(), 0, true));
        }
        let enough = pull.after.saturating_add(pull.limit.max(1));
        let cut = record::Entity::find()
            .filter(of_scope.clone())
            .filter(record::Column::Accepted.gte(signed(enough.min(head + 1))?))
            .filter(record::Column::Signature.is_not_null())
            .order_by_asc(record::Column::Accepted)
            .one(&self.reader)
            .await?;
        let until = cut.as_ref().map_or(signed(head)?, |row| row.accepted);
        let mut rows = record::Entity::find()
            .filter(of_scope)
            .filter(record::Column::Accepted.gt(signed(pull.after.min(head))?))
            .filter(record::Column::Accepted.lte(until))
            .order_by_asc(record::Column::Accepted)
            .all(&self.reader)
            .await?;
        let gone = self.opened(pull.scope, &mut rows).await?;
        let mut runs: Vec<Push> = Vec::new();
        for row in rows {
            let (log, seq) = (LogId::new(hash(&row.log)?), number(row.seq)?);
            let one = carried(row, &gone)?;
            match runs.last_mut() {
                Some(run) if run.log == log && run.from + run.records.len() as u64 == seq => run.records.push(one),
                _ => runs.push(Push { scope: pull.scope, log, from: seq, records: vec![one] }),
            }
        }
        let reached = number(until)?;
        let runs = runs.into_iter().map(|run| reads.of_run(run)).collect();
        Ok((runs, reached, reached < head))
    }

    /// Opens what is encrypted of some records of a scope; those that were erased, where any has no body.
    async fn opened(&self, scope: ScopeId, rows: &mut [record::Model]) -> Result<BTreeSet<Hash>, StoreError> {
        let lying = rows.iter_mut().map(|row| Lying { hash: &row.hash, salt: &mut row.salt, body: &mut row.body });
        open_all(&self.reader, lying).await?;
        let any = rows.iter().any(|row| row.body.is_empty());
        if any { erased_of(&self.reader, scope).await } else { Ok(BTreeSet::new()) }
    }

    /// Was the cursor of a pull given out here for the record that it names, if it names one? Where it was not, the store was copied back.
    ///
    /// # Errors
    /// What the database says.
    pub async fn gave_out(&self, pull: &Pull) -> Result<bool, StoreError> {
        let Some(known) = pull.head else { return Ok(true) };
        let at = record::Entity::find()
            .select_only()
            .column(record::Column::Hash)
            .filter(record::Column::Scope.eq(pull.scope.hash().bytes().to_vec()))
            .filter(record::Column::Accepted.eq(signed(pull.after)?));
        let name: Option<Vec<u8>> = at.into_tuple().one(&self.reader).await?;
        Ok(name.map(|name| hash(&name)).transpose()? == Some(known))
    }
}

/// No body is empty: this one is withheld. As it stands in the index of those records.
const WITHHELD: &str = r#"length("body") = 0"#;

/// What was erased nobody has: it goes on its way as it is.
fn gone() -> SelectStatement {
    Query::select().column(erased::Column::Hash).from(erased::Entity).to_owned()
}

/// Records of a scope that stand here without their bodies.
fn withheld(scope: ScopeId) -> Select<record::Entity> {
    record::Entity::find()
        .filter(record::Column::Scope.eq(scope.hash().bytes().to_vec()))
        .filter(Expr::cust(WITHHELD))
        .filter(record::Column::Hash.not_in_subquery(gone()))
}

pub(crate) fn number(column: i64) -> Result<u64, StoreError> {
    u64::try_from(column).map_err(|_| StoreError::Corrupt("a negative number".to_owned()))
}

fn carried(row: record::Model, gone: &BTreeSet<Hash>) -> Result<Carried, StoreError> {
    let erased = row.body.is_empty() && gone.contains(&hash(&row.hash)?);
    carry(row.header, &row.salt, row.body, row.signature.as_deref(), erased)
}

fn carry(
    header: Vec<u8>,
    salt: &[u8],
    body: Vec<u8>,
    signature: Option<&[u8]>,
    erased: bool,
) -> Result<Carried, StoreError> {
    let text = |bytes| String::from_utf8(bytes).map_err(|_| StoreError::Corrupt("a record is not text".to_owned()));
    let signature = signature
        .map(|bytes| Signature::from_bytes(bytes).ok_or_else(|| StoreError::Corrupt("not a signature".to_owned())))
        .transpose()?;
    if body.is_empty() {
        return Ok(Carried { header: text(header)?, salt: None, body: None, signature, erased, sealed: None });
    }
    if let Some(sealed) = box_of(salt, &body) {
        let sealed = Some(sealed);
        return Ok(Carried { header: text(header)?, salt: None, body: None, signature, erased: false, sealed });
    }
    let (salt, body) = (Some(hash(salt)?), Some(text(body)?));
    Ok(Carried { header: text(header)?, salt, body, signature, erased: false, sealed: None })
}

/// Each log of a scope with these columns of its last record, under these names. The end of each log by itself: grouping would walk over every record of the scope.
fn ends(scope: ScopeId, columns: &[(record::Column, &str)]) -> Select<log::Entity> {
    use sea_orm::sea_query::ExprTrait as _;
    let logs = log::Entity::find()
        .select_only()
        .column(log::Column::Id)
        .filter(log::Column::Scope.eq(scope.hash().bytes().to_vec()));
    columns.iter().fold(logs, |logs, (column, called)| {
        let last = Query::select()
            .column((record::Entity, *column))
            .from(record::Entity)
            .and_where(Expr::col((record::Entity, record::Column::Scope)).equals((log::Entity, log::Column::Scope)))
            .and_where(Expr::col((record::Entity, record::Column::Log)).equals((log::Entity, log::Column::Id)))
            .order_by((record::Entity, record::Column::Seq), Order::Desc)
            .limit(1)
            .to_owned();
        logs.column_as(Expr::from(last), *called)
    })
}
