//! Writing again, in the log of today, what this node wrote in a log whose other branch stands: adoption by the author. And knowing what others
//! adopted: the branch and the word that it was written again come in any order.

use crate::append::{CHUNK, NewFact, Stored, hash};
use crate::entity::{adoption, apart, log, scope};
use crate::personal::boxed::is_boxed;
use crate::personal::{Lying, open_all};
use crate::{Store, StoreError};
use jiangsai_ledger::{Body, Class, Hash, Header, LogId, ScopeId};
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::BTreeMap;

/// Names in one such fact: a body has a limit.
const NAMED: usize = 2_000;

/// Kind of the fact that says which records are written again behind it.
const ADOPTED: &str = "log.adopted";

impl Store {
    /// Adopts every record that was set apart and not adopted yet of the logs this node wrote: a fact that names them, then each of them
    /// again, in the order in which they were written. What they replace is what they replaced. Nothing when there are none.
    ///
    /// # Errors
    /// Nothing is stored then.
    pub async fn adopt(&self, scope: ScopeId, actor: &str, at: i64) -> Result<Vec<Stored>, StoreError> {
        let mut ends = self.hold_ends().await;
        // Before: whether a commit that is never answered came through, the next one to write looks.
        if let Some(ends) = &mut ends {
            ends.remove(&scope);
        }
        let transaction = self.begin().await?;
        let id = scope.hash().bytes().to_vec();
        scope::Entity::find_by_id(id.clone()).lock_exclusive().one(&transaction).await?;
        let own = log::Entity::find()
            .filter(log::Column::Scope.eq(id.clone()))
            .filter(log::Column::Node.eq(self.node()))
            .all(&transaction)
            .await?;
        // A log that came from elsewhere has no nonce here: its key is not ours.
        let own: Vec<Vec<u8>> = own.into_iter().filter(|log| !log.nonce.is_empty()).map(|log| log.id).collect();
        let mut rows = apart::Entity::find()
            .filter(apart::Column::Scope.eq(id))
            .filter(apart::Column::Log.is_in(own))
            .filter(open())
            .order_by_asc(apart::Column::Log)
            .order_by_asc(apart::Column::Seq)
            .all(&transaction)
            .await?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let lying = rows.iter_mut().map(|row| Lying { hash: &row.hash, salt: &mut row.salt, body: &mut row.body });
        open_all(&transaction, lying).await?;
        let mut lost = Vec::with_capacity(rows.len());
        let mut names = Vec::with_capacity(rows.len());
        for row in rows {
            // What was erased is not written again, nor what cannot be read here.
            if row.body.is_empty() || is_boxed(&row.body) {
                names.push(row.hash);
                continue;
            }
            let damaged = |error| StoreError::Corrupt(format!("a record that was set apart: {error}"));
            let (header, body) = (Header::read(&row.header).map_err(damaged)?, Body::read(&row.body).map_err(damaged)?);
            names.push(row.hash.clone());
            // The start of a log, or an earlier adoption, says nothing in another log.
            if header.class != Class::Trust {
                lost.push((hash(&row.hash)?, header, body));
            }
        }
        let hashes = names.iter().map(|name| hash(name)).collect::<Result<Vec<Hash>, _>>()?;
        let said = hashes.chunks(NAMED).map(|named| NewFact {
            class: Class::Trust,
            audience: "public".to_owned(),
            actor: actor.to_owned(),
            kind: ADOPTED.to_owned(),
            version: 1,
            replaces: Vec::new(),
            reason: String::new(),
            fact: serde_json::json!({ "records": named }),
        });
        let said: Vec<NewFact> = said.collect();
        let mut first = Vec::new();
        let mut end = self.find_end(&transaction, scope, &said, at, &mut first).await?;
        let mut stored = self.seal(&transaction, &mut end.writer, first, said.into_iter(), at, &end.nonce).await?;
        let mut again: BTreeMap<Hash, Hash> = BTreeMap::new();
        for (name, header, body) in lost {
            let fact = NewFact {
                class: header.class,
                audience: header.audience,
                actor: header.actor,
                kind: body.kind,
                version: body.version,
                replaces: body.replaces.iter().map(|one| again.get(one).copied().unwrap_or(*one)).collect(),
                reason: body.reason,
                fact: body.fact,
            };
            let once = std::iter::once(fact);
            let one = self.seal(&transaction, &mut end.writer, Vec::new(), once, at, &end.nonce).await?;
            again.extend(one.iter().map(|one| (name, one.hash)));
            stored.extend(one);
        }
        remember(&transaction, &hashes).await?;
        self.commit(transaction).await?;
        Ok(stored)
    }

    /// Branches that were set apart and that nobody has written again, as far as is known here: of which log, and the record each ends with.
    ///
    /// # Errors
    /// What the database says.
    pub async fn branches(&self, scope: ScopeId) -> Result<Vec<(LogId, Hash)>, StoreError> {
        let tips: Vec<(Vec<u8>, Vec<u8>)> = apart::Entity::find()
            .select_only()
            .columns([apart::Column::Log, apart::Column::Hash])
            .filter(apart::Column::Scope.eq(scope.hash().bytes().to_vec()))
            .filter(apart::Column::First.is_not_null())
            .filter(open())
            .order_by_asc(apart::Column::Hash)
            .into_tuple()
            .all(&self.reader)
            .await?;
        tips.iter().map(|(log, tip)| Ok((LogId::new(hash(log)?), hash(tip)?))).collect()
    }

    /// Branches that were set apart and that nobody has written again, as far as is known here.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forks(&self, scope: ScopeId) -> Result<u64, StoreError> {
        let tips = apart::Entity::find()
            .filter(apart::Column::Scope.eq(scope.hash().bytes().to_vec()))
            .filter(apart::Column::First.is_not_null())
            .filter(open());
        Ok(tips.count(&self.reader).await?)
    }
}

/// Set apart, and not written again.
fn open() -> sea_orm::Condition {
    let named = Query::select().column(adoption::Column::Hash).from(adoption::Entity).to_owned();
    sea_orm::Condition::all().add(apart::Column::Adopted.eq(false)).add(apart::Column::Hash.not_in_subquery(named))
}

/// The records that are written again, if that is what a record says.
pub(crate) fn adopted(header: &Header, body: &[u8]) -> Vec<Hash> {
    if header.class != Class::Trust {
        return Vec::new();
    }
    let said = Body::read(body).ok().filter(|body| body.kind == ADOPTED);
    let named = said.and_then(|mut body| body.fact.get_mut("records").map(serde_json::Value::take));
    named.and_then(|named| serde_json::from_value(named).ok()).unwrap_or_default()
}

/// Keeps the names of records that were written again.
pub(crate) async fn remember(database: &impl ConnectionTrait, names: &[Hash]) -> Result<(), StoreError> {
    for names in names.chunks(CHUNK) {
        let rows = names.iter().map(|name| adoption::ActiveModel { hash: Set(name.bytes().to_vec()) });
        let once = OnConflict::column(adoption::Column::Hash).do_nothing().to_owned();
        adoption::Entity::insert_many(rows).on_conflict(once).exec_without_returning(database).await?;
    }
    Ok(())
}
