//! Computers that are not let in any more (吊销): closed out here, or revoked in a competition that is here. And how far the logs of a computer
//! are here, which is where a revocation cuts them.

use crate::append::{hash, signed};
use crate::entity::{log, peer, record, revoked};
use crate::offer::number;
use crate::{Store, StoreError};
use jiangsai_ledger::{Hash, LogId, ScopeId};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeMap, BTreeSet};

impl Store {
    /// Notes how the logs of a node below name it. What it said first stays, and no two have one name: whoever is revoked by it is the one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn node_named(&self, key: Hash, node: &str) -> Result<(), StoreError> {
        let taken = peer::Entity::find().filter(peer::Column::Node.eq(node)).count(&self.reader).await?;
        if taken > 0 || node == self.node() {
            return Ok(());
        }
        peer::Entity::update_many()
            .col_expr(peer::Column::Node, Expr::value(node))
            .filter(peer::Column::Key.eq(key.to_string()))
            .filter(peer::Column::Node.is_null())
            .exec(&self.writer)
            .await?;
        Ok(())
    }

    /// How the logs of a node below name it, as far as it said so.
    ///
    /// # Errors
    /// What the database says.
    pub async fn name_of(&self, key: Hash) -> Result<Option<String>, StoreError> {
        Ok(peer::Entity::find_by_id(key.to_string()).one(&self.reader).await?.and_then(|row| row.node))
    }

    /// Is the door closed to a node with this key?
    ///
    /// # Errors
    /// What the database says.
    pub async fn is_shut_out(&self, key: Hash) -> Result<bool, StoreError> {
        match peer::Entity::find_by_id(key.to_string()).one(&self.reader).await? {
            Some(row) => self.is_closed_to(&row).await,
            None => Ok(false),
        }
    }

    /// As [`Store::is_shut_out`], of a node that was looked up already.
    pub(crate) async fn is_closed_to(&self, row: &peer::Model) -> Result<bool, StoreError> {
        match &row.node {
            _ if row.revoked_at.is_some() => Ok(true),
            Some(node) => self.is_revoked(node).await,
            None => Ok(false),
        }
    }

    /// The nodes that are revoked in any competition here, by the names that their logs have for them.
    pub(crate) async fn revoked_nodes(&self) -> Result<BTreeSet<String>, StoreError> {
        Ok(revoked::Entity::find().all(&self.reader).await?.into_iter().map(|row| row.node).collect())
    }

    /// The nodes that are kept as revoked in a scope, in order of name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn revoked_in(&self, scope: ScopeId) -> Result<BTreeSet<String>, StoreError> {
        let own = revoked::Column::Scope.eq(scope.hash().bytes().to_vec());
        Ok(revoked::Entity::find().filter(own).all(&self.reader).await?.into_iter().map(|row| row.node).collect())
    }

    /// Is a node revoked in any competition here, by the name that its logs have for it?
    ///
    /// # Errors
    /// What the database says.
    pub async fn is_revoked(&self, node: &str) -> Result<bool, StoreError> {
        let named = revoked::Entity::find().filter(revoked::Column::Node.eq(node));
        Ok(named.count(&self.reader).await? > 0)
    }

    /// Closes the door to a node, by the name that its logs have for it, or opens it again (`since` is `None`).
    ///
    /// # Errors
    /// What the database says.
    pub async fn shut_out(&self, node: &str, since: Option<i64>) -> Result<(), StoreError> {
        peer::Entity::update_many()
            .col_expr(peer::Column::RevokedAt, Expr::value(since))
            .filter(peer::Column::Node.eq(node))
            .exec(&self.writer)
            .await?;
        Ok(())
    }

    /// Keeps which nodes are revoked in a scope, in the place of what was kept before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn revoked_put(&self, scope: ScopeId, nodes: &[String]) -> Result<(), StoreError> {
        let id = scope.hash().bytes().to_vec();
        let transaction = self.begin().await?;
        revoked::Entity::delete_many().filter(revoked::Column::Scope.eq(id.clone())).exec(&transaction).await?;
        if !nodes.is_empty() {
            let row = |node: &String| revoked::ActiveModel { scope: Set(id.clone()), node: Set(node.clone()) };
            let once = OnConflict::columns([revoked::Column::Scope, revoked::Column::Node]).do_nothing().to_owned();
            let rows = revoked::Entity::insert_many(nodes.iter().map(row)).on_conflict(once);
            rows.exec_without_returning(&transaction).await?;
        }
        self.commit(transaction).await
    }

    /// Nodes that wrote records which are here, and that do not connect to this one: how their logs name them, in how many scopes, and whether they are
    /// revoked in any.
    ///
    /// # Errors
    /// What the database says.
    pub async fn writers_elsewhere(&self) -> Result<Vec<(String, u32, bool)>, StoreError> {
        let peers = peer::Entity::find().all(&self.reader).await?.into_iter().filter_map(|row| row.node);
        let near: BTreeSet<String> = peers.chain([self.node()]).collect();
        let revoked = self.revoked_nodes().await?;
        let mut scopes: BTreeMap<String, BTreeSet<Vec<u8>>> = BTreeMap::new();
        for row in log::Entity::find().all(&self.reader).await?.into_iter().filter(|row| !near.contains(&row.node)) {
            scopes.entry(row.node).or_default().insert(row.scope);
        }
        let count = |scopes: &BTreeSet<Vec<u8>>| u32::try_from(scopes.len()).unwrap_or(u32::MAX);
        let told = |(node, scopes): (String, BTreeSet<Vec<u8>>)| {
            let is_revoked = revoked.contains(&node);
            (node, count(&scopes), is_revoked)
        };
        Ok(scopes.into_iter().map(told).collect())
    }

    /// Cursor of a record of a scope.
    ///
    /// # Errors
    /// What the database says.
    pub async fn cursor_of(&self, scope: ScopeId, name: Hash) -> Result<Option<u64>, StoreError> {
        let row = record::Entity::find_by_id(name.bytes().to_vec())
            .filter(record::Column::Scope.eq(scope.hash().bytes().to_vec()))
            .one(&self.reader)
            .await?;
        row.map(|row| number(row.accepted)).transpose()
    }

    /// The last record of each log that a node wrote, of what was accepted here up to a cursor.
    ///
    /// # Errors
    /// What the database says.
    pub async fn ends_of(
        &self,
        scope: ScopeId,
        node: &str,
        until: Option<u64>,
    ) -> Result<Vec<(LogId, u64, Hash)>, StoreError> {
        let id = scope.hash().bytes().to_vec();
        let own = log::Entity::find()
            .filter(log::Column::Scope.eq(id.clone()))
            .filter(log::Column::Node.eq(node))
            .order_by_asc(log::Column::Id);
        let mut ends = Vec::new();
        for one in own.all(&self.reader).await? {
            let mut last = record::Entity::find()
                .filter(record::Column::Scope.eq(id.clone()))
                .filter(record::Column::Log.eq(one.id.clone()));
            if let Some(until) = until {
                last = last.filter(record::Column::Accepted.lte(signed(until)?));
            }
            if let Some(row) = last.order_by_desc(record::Column::Seq).one(&self.reader).await? {
                ends.push((LogId::new(hash(&one.id)?), number(row.seq)?, hash(&row.hash)?));
            }
        }
        Ok(ends)
    }
}

/// Is the door closed to this one, where these nodes are revoked?
pub(crate) fn is_shut(row: &peer::Model, revoked: &BTreeSet<String>) -> bool {
    row.revoked_at.is_some() || row.node.as_ref().is_some_and(|node| revoked.contains(node))
}
