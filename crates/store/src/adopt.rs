//! Writing again, in the log of today, what this node wrote in a log whose other branch stands: adoption by the author.

use crate::append::{NAMES, NewFact, Stored};
use crate::entity::{apart, log, scope};
use crate::{Store, StoreError};
use jiangsai_ledger::{Body, Class, Hash, Header, ScopeId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;

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
        let rows = apart::Entity::find()
            .filter(apart::Column::Scope.eq(id))
            .filter(apart::Column::Log.is_in(own))
            .filter(apart::Column::Adopted.eq(false))
            .order_by_asc(apart::Column::Log)
            .order_by_asc(apart::Column::Seq)
            .all(&transaction)
            .await?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let mut lost = Vec::with_capacity(rows.len());
        let mut names = Vec::with_capacity(rows.len());
        for row in rows {
            let damaged = |error| StoreError::Corrupt(format!("a record that was set apart: {error}"));
            let (header, body) = (Header::read(&row.header).map_err(damaged)?, Body::read(&row.body).map_err(damaged)?);
            names.push(row.hash.clone());
            // The start of a log, or an earlier adoption, says nothing in another log.
            if header.class != Class::Trust {
                lost.push((crate::append::hash(&row.hash)?, header, body));
            }
        }
        let hashes: Vec<&Hash> = lost.iter().map(|(hash, ..)| hash).collect();
        let said = NewFact {
            class: Class::Trust,
            audience: "public".to_owned(),
            actor: actor.to_owned(),
            kind: ADOPTED.to_owned(),
            version: 1,
            replaces: Vec::new(),
            reason: String::new(),
            fact: serde_json::json!({ "records": hashes }),
        };
        let mut first = Vec::new();
        let facts = std::slice::from_ref(&said);
        let mut end = self.find_end(&transaction, scope, facts, at, &mut first).await?;
        let mut stored = self.seal(&transaction, &mut end.writer, first, std::iter::once(said), at, &end.nonce).await?;
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
        for names in names.chunks(NAMES) {
            apart::Entity::update_many()
                .col_expr(apart::Column::Adopted, Expr::value(true))
                .filter(apart::Column::Hash.is_in(names.iter().cloned()))
                .exec(&transaction)
                .await?;
        }
        self.commit(transaction).await?;
        if let Some(ends) = &mut ends {
            ends.remove(&scope);
        }
        Ok(stored)
    }
}
