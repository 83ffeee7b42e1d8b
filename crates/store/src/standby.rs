//! Nodes that are let in because a hub named them to the node that stands by for it, and how those are told from the ones that were paired here.

use crate::entity::{held, peer};
use crate::shut::is_shut;
use crate::{Store, StoreError};
use jiangsai_ledger::Hash;
use jiangsai_ledger::replication::Reads;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::BTreeSet;

/// A node as a hub names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its public key.
    pub key: Hash,
    /// Its name.
    pub name: String,
    /// What it reads.
    pub reads: Reads,
}

/// A node that may connect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// What it reads.
    pub reads: Reads,
    /// It was not paired here: a hub named it.
    pub handed_down: bool,
    /// The door is closed to it: it was revoked.
    pub shut_out: bool,
    /// By so many milliseconds its clock was ahead of the one here when records of its own arrived last; `None` where it was not.
    pub ahead: Option<i64>,
}

impl Store {
    /// A node by its key; `None` where it may not connect.
    ///
    /// # Errors
    /// What the database says.
    pub async fn known_peer(&self, key: Hash) -> Result<Option<Known>, StoreError> {
        let Some(row) = peer::Entity::find_by_id(key.to_string()).one(&self.reader).await? else { return Ok(None) };
        let (reads, handed_down) = (Reads::of(&row.reads), row.through.is_some());
        Ok(Some(Known { reads, handed_down, shut_out: self.is_closed_to(&row).await?, ahead: row.ahead }))
    }

    /// The nodes that are paired here, but for one, as they are named to that one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn named_but(&self, one: Hash) -> Result<Vec<Named>, StoreError> {
        let paired = peer::Column::Through.is_null().and(peer::Column::Key.ne(one.to_string()));
        let rows = peer::Entity::find().filter(paired).all(&self.reader).await?;
        let named = |row: peer::Model| {
            let key = row.key.parse().map_err(|_| StoreError::Corrupt("the key of a node".to_owned()))?;
            Ok(Named { key, name: row.name, reads: Reads::of(&row.reads) })
        };
        // Whoever is shut out here is not let in there either.
        let revoked = self.revoked_nodes().await?;
        rows.into_iter().filter(|row| !is_shut(row, &revoked)).map(named).collect()
    }

    /// Lets in the nodes that a hub names, in the place of those that it named before, in one transaction. Whoever was paired here stays as it was
    /// paired. None of them stands by for this node.
    ///
    /// # Errors
    /// What the database says; nothing is changed then.
    pub async fn hand_down(&self, hub: Hash, nodes: &[Named], now: i64) -> Result<(), StoreError> {
        let hub = hub.to_string();
        let peers = peer::Entity::find().all(&self.reader).await?;
        let (before, own): (Vec<_>, Vec<_>) = peers.into_iter().partition(|row| row.through.is_some());
        let own: BTreeSet<String> = own.into_iter().map(|row| row.key).collect();
        let nodes: Vec<&Named> = nodes.iter().filter(|node| !own.contains(&node.key.to_string())).collect();
        // It is said every few seconds, and nearly always the same.
        let same = before.len() == nodes.len()
            && nodes.iter().all(|node| {
                let key = node.key.to_string();
                let is = |row: &&peer::Model| row.key == key && row.through.as_ref() == Some(&hub);
                let word = node.reads.of_records().word();
                before.iter().find(is).is_some_and(|row| row.name == node.name && row.reads == word)
            });
        if same {
            return Ok(());
        }
        let transaction = self.begin().await?;
        let gone: Vec<String> = before
            .iter()
            .filter(|row| !nodes.iter().any(|node| node.key.to_string() == row.key))
            .map(|row| row.key.clone())
            .collect();
        let_go(&transaction, gone).await?;
        for node in nodes {
            let (key, word) = (node.key.to_string(), node.reads.of_records().word());
            let row = peer::ActiveModel {
                key: Set(key.clone()),
                name: Set(node.name.clone()),
                paired_at: Set(now),
                seen_at: Set(None),
                reads: Set(word.to_owned()),
                through: Set(Some(hub.clone())),
                node: Set(None),
                revoked_at: Set(None),
                ahead: Set(None),
            };
            let once = OnConflict::column(peer::Column::Key).do_nothing().to_owned();
            peer::Entity::insert(row).on_conflict(once).exec_without_returning(&transaction).await?;
            peer::Entity::update_many()
                .col_expr(peer::Column::Name, Expr::value(node.name.as_str()))
                .col_expr(peer::Column::Reads, Expr::value(word))
                .col_expr(peer::Column::Through, Expr::value(hub.as_str()))
                .filter(peer::Column::Key.eq(key).and(peer::Column::Through.is_not_null()))
                .exec(&transaction)
                .await?;
        }
        self.commit(transaction).await
    }

    /// Lets nobody in any more whom a hub named.
    ///
    /// # Errors
    /// What the database says.
    pub async fn hand_down_nobody(&self) -> Result<(), StoreError> {
        let handed_down = peer::Entity::find().filter(peer::Column::Through.is_not_null()).all(&self.reader).await?;
        if handed_down.is_empty() {
            return Ok(());
        }
        let transaction = self.begin().await?;
        let_go(&transaction, handed_down.into_iter().map(|row| row.key).collect()).await?;
        self.commit(transaction).await
    }
}

/// Nodes that were handed down are let in no more, and what they said of themselves goes with them.
async fn let_go(database: &impl ConnectionTrait, keys: Vec<String>) -> Result<(), StoreError> {
    for key in keys {
        let handed_down = peer::Column::Through.is_not_null().and(peer::Column::Key.eq(key.as_str()));
        let gone = peer::Entity::delete_many().filter(handed_down).exec(database).await?;
        if gone.rows_affected > 0 {
            held::Entity::delete_many().filter(held::Column::Key.eq(key)).exec(database).await?;
        }
    }
    Ok(())
}
