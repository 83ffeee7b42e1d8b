//! Reading records back, and verifying all of them.

use crate::append::{hash, signed};
use crate::entity::{log, record, scope, snapshot};
use crate::offer::number;
use crate::personal::boxed::is_boxed;
use crate::personal::{Lying, erased_of, is_closed, open_all, open_with};
use crate::{Store, StoreError, Stored};
use jiangsai_ledger::{Checkpoint, Fault, Hash, Header, LogId, Record, ScopeId, Verifier};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseConnection, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, Select, Statement, Value,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// What verifying found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Records checked.
    pub records: u64,
    /// Of these, without their bodies, which are for others.
    pub withheld: u64,
    /// Of these, whose bodies were erased, or lie here without their keys.
    pub erased: u64,
    /// Logs.
    pub logs: u64,
    /// Checkpoints whose signatures were checked.
    pub checkpoints: u64,
    /// Hash of the newest record of the first log.
    pub head: String,
    /// The first fault, if any.
    pub fault: Option<Fault>,
}

/// Hash, log, number, header, salt, body and cursor of a record.
type Row = (Vec<u8>, Vec<u8>, i64, Vec<u8>, Vec<u8>, Vec<u8>, i64);

/// Records fetched at once while verifying.
const PAGE: u64 = 2_000;

/// Places asked about with one statement.
const PLACES: usize = 64;

impl Store {
    /// Every scope.
    ///
    /// # Errors
    /// What the database says.
    pub async fn scopes(&self) -> Result<Vec<ScopeId>, StoreError> {
        scopes_of(&self.reader).await
    }

    /// Cursor of the record of a scope that was accepted last, whoever wrote it.
    ///
    /// # Errors
    /// [`StoreError::UnknownScope`], and what the database says.
    pub async fn head(&self, scope: ScopeId) -> Result<u64, StoreError> {
        let row = scope::Entity::find_by_id(scope.hash().bytes().to_vec()).one(&self.reader).await?;
        number(row.ok_or(StoreError::UnknownScope)?.head)
    }

    /// Every record of a scope, by display order and then hash.
    ///
    /// # Errors
    /// What the database says, or a record that cannot be read.
    pub async fn read(&self, scope: ScopeId) -> Result<Vec<Stored>, StoreError> {
        Ok(self.read_accepted(scope, 0).await?.0)
    }

    /// Records of a scope that were accepted after a cursor, by display order and then hash; the cursor of the last of them.
    ///
    /// # Errors
    /// As for [`Store::read`].
    pub async fn read_accepted(&self, scope: ScopeId, after: u64) -> Result<(Vec<Stored>, u64), StoreError> {
        let mut rows: Vec<Row> = record::Entity::find()
            .select_only()
            .columns([
                record::Column::Hash,
                record::Column::Log,
                record::Column::Seq,
                record::Column::Header,
                record::Column::Salt,
                record::Column::Body,
                record::Column::Accepted,
            ])
            .filter(record::Column::Scope.eq(scope.hash().bytes().to_vec()))
            .filter(record::Column::Accepted.gt(signed(after)?))
            .order_by_asc(record::Column::Accepted)
            .into_tuple()
            .all(&self.reader)
            .await?;
        let last = rows.last().map_or(Ok(after), |(.., accepted)| number(*accepted))?;
        let nodes = self.writers(scope).await?;
        let lying = rows.iter_mut().map(|(hash, _, _, _, salt, body, _)| Lying { hash, salt, body });
        open_all(&self.reader, lying).await?;
        let read = rows.iter().map(|(name, log, seq, header, _, body, _)| {
            let log = LogId::new(hash(log)?);
            let node = nodes.get(&log).map(String::as_str).unwrap_or_default();
            Stored::read((node, log, number(*seq)?), hash(name)?, header, body)
        });
        let mut read = read.collect::<Result<Vec<Stored>, StoreError>>()?;
        if read.iter().any(|one| one.withheld) {
            let gone = erased_of(&self.reader, scope).await?;
            for one in read.iter_mut().filter(|one| one.withheld && gone.contains(&one.hash)) {
                (one.withheld, one.erased) = (false, true);
            }
        }
        read.sort_unstable_by_key(|one| (one.order, one.hash));
        Ok((read, last))
    }

    /// The node of each log of a scope.
    ///
    /// # Errors
    /// What the database says.
    pub async fn writers(&self, scope: ScopeId) -> Result<HashMap<LogId, String>, StoreError> {
        let own = log::Column::Scope.eq(scope.hash().bytes().to_vec());
        let logs = log::Entity::find().filter(own).all(&self.reader).await?;
        logs.into_iter().map(|one| Ok((LogId::new(hash(&one.id)?), one.node))).collect()
    }

    /// Verifies every hash, chain and signature of a scope.
    ///
    /// # Errors
    /// What the database says; a fault of the ledger is part of the report.
    pub async fn verify_scope(&self, scope: ScopeId) -> Result<Report, StoreError> {
        verify(&self.reader, scope, &HashMap::new()).await
    }

    /// The snapshot of a scope made by this fold. `None` when there is none, or another fold made it. It holds for the branch its heads stand
    /// on only; see [`Store::stands`].
    ///
    /// # Errors
    /// What the database says.
    pub async fn snapshot_load(&self, scope: ScopeId, fold: u32) -> Result<Option<(Covered, Vec<u8>)>, StoreError> {
        let row = snapshot::Entity::find_by_id(scope.hash().bytes().to_vec()).one(&self.reader).await?;
        let Some(row) = row.filter(|row| u32::try_from(row.fold) == Ok(fold)) else { return Ok(None) };
        // A snapshot is only a cache: one that cannot be read is none.
        Ok(serde_json::from_str(&row.heads).ok().map(|covered| (covered, row.state)))
    }

    /// Keeps a snapshot in the place of the one before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn snapshot_save(
        &self,
        scope: ScopeId,
        fold: u32,
        covered: &Covered,
        state: Vec<u8>,
    ) -> Result<(), StoreError> {
        let row = snapshot::ActiveModel {
            scope: Set(scope.hash().bytes().to_vec()),
            fold: Set(i32::try_from(fold).unwrap_or(i32::MAX)),
            heads: Set(serde_json::to_string(covered).unwrap_or_default()),
            state: Set(state),
        };
        let replace = OnConflict::column(snapshot::Column::Scope)
            .update_columns([snapshot::Column::Fold, snapshot::Column::Heads, snapshot::Column::State])
            .to_owned();
        snapshot::Entity::insert(row).on_conflict(replace).exec_without_returning(&self.writer).await?;
        Ok(())
    }

    /// Throws the snapshot of a scope away.
    ///
    /// # Errors
    /// What the database says.
    pub async fn snapshot_drop(&self, scope: ScopeId) -> Result<(), StoreError> {
        drop_snapshot(&self.writer, scope).await
    }

    /// Do all of these records stand? A state that was made from others is of a branch that lost.
    ///
    /// # Errors
    /// What the database says.
    pub async fn stands(&self, scope: ScopeId, heads: &[(LogId, u64, Hash)]) -> Result<bool, StoreError> {
        let places: Vec<(LogId, u64)> = heads.iter().map(|(log, seq, _)| (*log, *seq)).collect();
        let found: HashMap<(LogId, u64), Hash> = at_places(&self.reader, scope, &places).await?.into_iter().collect();
        Ok(heads.iter().all(|(log, seq, head)| found.get(&(*log, *seq)) == Some(head)))
    }
}

/// What a snapshot was made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covered {
    /// Everything that was accepted up to this cursor is in it.
    pub cursor: u64,
    /// The last record of each log that is in it, by number and hash.
    pub heads: Vec<(LogId, u64, Hash)>,
}

/// Hashes of the records that stand at these numbers of logs.
pub(crate) async fn at_places(
    database: &impl ConnectionTrait,
    scope: ScopeId,
    places: &[(LogId, u64)],
) -> Result<Vec<((LogId, u64), Hash)>, StoreError> {
    let mut found = Vec::with_capacity(places.len());
    for places in places.chunks(PLACES) {
        // As many as a power of two, so that few statements are prepared; some are asked about twice then.
        let count = places.len().next_power_of_two();
        let mut values: Vec<Value> = vec![scope.hash().bytes().to_vec().into()];
        for (log, seq) in places.iter().cycle().take(count) {
            values.extend([Value::from(log.hash().bytes().to_vec()), Value::from(signed(*seq)?)]);
        }
        // One lookup each in the index of places. Joined with a list of places, a database that has no statistics of a table which grew since
        // it looked may read the whole of it instead.
        let one = |at: usize| {
            format!(
                "SELECT log, seq, hash FROM record WHERE scope = $1 AND log = ${} AND seq = ${}",
                2 * at + 2,
                2 * at + 3
            )
        };
        let asked = (0..count).map(one).collect::<Vec<_>>().join(" UNION ALL ");
        let statement = Statement::from_sql_and_values(database.get_database_backend(), asked, values);
        for row in database.query_all_raw(statement).await? {
            let (log, seq): (Vec<u8>, i64) = (row.try_get("", "log")?, row.try_get("", "seq")?);
            let name: Vec<u8> = row.try_get("", "hash")?;
            found.push(((LogId::new(hash(&log)?), number(seq)?), hash(&name)?));
        }
    }
    Ok(found)
}

/// Every scope of a database, also of one that an older build wrote: nothing else of them is looked at.
pub(crate) async fn scopes_of(database: &DatabaseConnection) -> Result<Vec<ScopeId>, StoreError> {
    let ids = scope::Entity::find().select_only().column(scope::Column::Id).order_by_asc(scope::Column::FoundedAt);
    let ids: Vec<Vec<u8>> = ids.into_tuple().all(database).await?;
    ids.iter().map(|id| Ok(ScopeId::new(hash(id)?))).collect()
}

/// Verifies every hash, chain and signature of a scope in a database.
/// `beside`: keys that are not in it.
pub(crate) async fn verify(
    database: &DatabaseConnection,
    scope: ScopeId,
    beside: &HashMap<Vec<u8>, Vec<u8>>,
) -> Result<Report, StoreError> {
    let own = log::Column::Scope.eq(scope.hash().bytes().to_vec());
    let logs = log::Entity::find().filter(own).order_by_asc(log::Column::Id).all(database).await?;
    let mut verifier = Verifier::new(scope);
    let gone = erased_of(database, scope).await?;
    let mut report = Report {
        records: 0,
        withheld: 0,
        erased: 0,
        logs: logs.len() as u64,
        checkpoints: 0,
        head: String::new(),
        fault: None,
    };
    for one in logs {
        let id = LogId::new(hash(&one.id)?);
        if let Err(fault) = verify_log(database, &mut verifier, (scope, id), (&gone, beside), &mut report).await? {
            report.fault = Some(fault);
            return Ok(report);
        }
    }
    match verifier.finish() {
        Ok(verified) => {
            report.records = verified.records;
            report.withheld = verified.withheld;
            report.erased = verified.erased;
            report.checkpoints = verified.checkpoints;
            if let Some((_, head)) = verified.heads.values().next() {
                report.head = head.to_string();
            }
        }
        Err(fault) => report.fault = Some(fault),
    }
    Ok(report)
}

/// Records of a log from a number on. By scope as well: the index begins with it, and without it every page of every log would read the whole table.
fn page(scope: ScopeId, log: LogId, from: i64) -> Select<record::Entity> {
    let rows = record::Entity::find().filter(of_log(scope, log)).filter(record::Column::Seq.gte(from));
    rows.order_by_asc(record::Column::Seq).limit(PAGE)
}

async fn verify_log(
    database: &DatabaseConnection,
    verifier: &mut Verifier,
    (scope, log): (ScopeId, LogId),
    (gone, beside): (&BTreeSet<Hash>, &HashMap<Vec<u8>, Vec<u8>>),
    report: &mut Report,
) -> Result<Result<(), Fault>, StoreError> {
    let mut next = 0;
    loop {
        let mut rows = page(scope, log, next).all(database).await?;
        let Some(last) = rows.last().map(|row| row.seq) else { break };
        let closed: BTreeSet<i64> = rows.iter().filter(|row| is_closed(&row.body)).map(|row| row.seq).collect();
        let lying = rows.iter_mut().map(|row| Lying { hash: &row.hash, salt: &mut row.salt, body: &mut row.body });
        open_with(database, lying, beside).await?;
        for mut row in rows {
            // What opens it is for others; here it is a header alone.
            if is_boxed(&row.body) {
                (row.salt, row.body) = (Vec::new(), Vec::new());
            }
            let salt = row.salt.as_slice().try_into().unwrap_or([0; 32]);
            let record = Record { hash: hash(&row.hash)?, header: row.header, salt, body: row.body };
            let seq = u64::try_from(row.seq).unwrap_or(u64::MAX);
            let is_gone = closed.contains(&row.seq) || gone.contains(&record.hash);
            // A note of a judge, restored without its key.
            let unread = || Header::read(&record.header).is_ok_and(|header| header.audience.starts_with("desk:"));
            let taken = match record.is_withheld() {
                true if is_gone => verifier.erased(log, seq, &record),
                true if unread() => verifier.unread(log, seq, &record),
                _ => verifier.record(log, seq, &record),
            };
            if let Err(fault) = taken {
                return Ok(Err(fault));
            }
            report.records += 1;
            let Some(signature) = row.signature else { continue };
            let signature = signature.as_slice().try_into().unwrap_or([0; 64]);
            if let Err(fault) = verifier.checkpoint(&Checkpoint { log, seq, head: record.hash, signature }) {
                return Ok(Err(fault));
            }
            report.checkpoints += 1;
        }
        next = last + 1;
    }
    Ok(Ok(()))
}

/// Throws a snapshot away, in the transaction that makes it void where there is one.
pub(crate) async fn drop_snapshot(database: &impl ConnectionTrait, scope: ScopeId) -> Result<(), StoreError> {
    snapshot::Entity::delete_by_id(scope.hash().bytes().to_vec()).exec(database).await?;
    Ok(())
}

/// The records of a log that stand.
pub(crate) fn of_log(scope: ScopeId, log: LogId) -> Condition {
    Condition::all()
        .add(record::Column::Scope.eq(scope.hash().bytes().to_vec()))
        .add(record::Column::Log.eq(log.hash().bytes().to_vec()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use sea_orm::QueryTrait as _;

    #[tokio::test]
    async fn a_page_of_a_log_is_found_by_the_index_and_not_by_reading_the_table() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).await.unwrap();
        let (scope, log) = (ScopeId::new(Hash::of(b"scope")), LogId::new(Hash::of(b"log")));
        let mut asked = page(scope, log, 0).build(store.reader.get_database_backend());
        asked.sql.insert_str(0, "EXPLAIN QUERY PLAN ");
        let plan = store.reader.query_all_raw(asked).await.unwrap();
        let plan: Vec<String> = plan.iter().map(|row| row.try_get("", "detail").unwrap()).collect();
        assert_eq!(plan.len(), 1, "nothing is sorted: {plan:?}");
        assert!(plan[0].contains("USING INDEX record_log (scope=? AND log=? AND seq>?)"), "{plan:?}");
    }
}
