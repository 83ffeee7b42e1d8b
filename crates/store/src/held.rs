//! What the nodes below say of themselves: that they are there, and what they still hold. Said by them, so it proves nothing.

use crate::append::{hash, signed};
use crate::entity::{held, log, peer};
use crate::offer::number;
use crate::shut::is_shut;
use crate::{Store, StoreError};
use jiangsai_ledger::replication::Reads;
use jiangsai_ledger::{Hash, LogId, ScopeId};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// Records of a scope that a node has no receipt for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Which scope.
    pub scope: ScopeId,
    /// How many.
    pub pending: u64,
    /// Milliseconds since 1970 of the oldest, by the node's clock.
    pub oldest: Option<i64>,
}

/// A node that may connect to this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Its public key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Milliseconds since 1970 of its pairing.
    pub paired_at: i64,
    /// Milliseconds since 1970 of its last report.
    pub seen_at: Option<i64>,
    /// What it reads.
    pub reads: Reads,
    /// Not paired here: let in because the hub that this node stands by for named it.
    pub handed_down: bool,
    /// How its logs name it, as far as it said so.
    pub node: Option<String>,
    /// It is not let in any more.
    pub shut_out: bool,
    /// By so many milliseconds its clock was ahead of the one here when records of its own arrived last; `None` where it was not.
    pub ahead: Option<i64>,
    /// What it then held.
    pub held: Vec<Held>,
}

impl Store {
    /// Keeps what a node said, in the place of what it said before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn node_reported(&self, key: Hash, now: i64, all: &[Held]) -> Result<(), StoreError> {
        let key = key.to_string();
        let row = |one: &Held| -> Result<held::ActiveModel, StoreError> {
            Ok(held::ActiveModel {
                key: Set(key.clone()),
                scope: Set(one.scope.hash().bytes().to_vec()),
                pending: Set(signed(one.pending)?),
                oldest: Set(one.oldest),
            })
        };
        let rows: Vec<held::ActiveModel> = all.iter().map(row).collect::<Result<_, _>>()?;
        let transaction = self.begin().await?;
        peer::Entity::update_many()
            .col_expr(peer::Column::SeenAt, Expr::value(now))
            .filter(peer::Column::Key.eq(key.as_str()))
            .exec(&transaction)
            .await?;
        held::Entity::delete_many().filter(held::Column::Key.eq(key.as_str())).exec(&transaction).await?;
        if !rows.is_empty() {
            held::Entity::insert_many(rows).exec_without_returning(&transaction).await?;
        }
        self.commit(transaction).await
    }

    /// Is a log one of a node below, which said how its logs name it?
    ///
    /// # Errors
    /// What the database says.
    pub async fn is_of_peer(&self, log: LogId, key: Hash) -> Result<bool, StoreError> {
        let Some(node) = self.name_of(key).await? else { return Ok(false) };
        let row = log::Entity::find_by_id(log.hash().bytes().to_vec()).one(&self.reader).await?;
        Ok(row.is_some_and(|row| row.node == node))
    }

    /// Notes by how many milliseconds the clock of a node below is ahead; `None` where it is not.
    ///
    /// # Errors
    /// What the database says.
    pub async fn node_ahead(&self, key: Hash, ahead: Option<i64>) -> Result<(), StoreError> {
        peer::Entity::update_many()
            .col_expr(peer::Column::Ahead, Expr::value(ahead))
            .filter(peer::Column::Key.eq(key.to_string()))
            .exec(&self.writer)
            .await?;
        Ok(())
    }

    /// The nodes that may connect, by name, with what they said last.
    ///
    /// # Errors
    /// What the database says.
    pub async fn nodes_below(&self) -> Result<Vec<Peer>, StoreError> {
        let revoked = self.revoked_nodes().await?;
        let peers =
            peer::Entity::find().order_by_asc(peer::Column::Name).order_by_asc(peer::Column::Key).all(&self.reader);
        let mut peers: Vec<Peer> = peers
            .await?
            .into_iter()
            .map(|row| Peer {
                shut_out: is_shut(&row, &revoked),
                key: row.key,
                name: row.name,
                paired_at: row.paired_at,
                seen_at: row.seen_at,
                reads: Reads::of(&row.reads),
                handed_down: row.through.is_some(),
                node: row.node,
                ahead: row.ahead,
                held: Vec::new(),
            })
            .collect();
        for row in held::Entity::find().all(&self.reader).await? {
            let one =
                Held { scope: ScopeId::new(hash(&row.scope)?), pending: number(row.pending)?, oldest: row.oldest };
            if let Some(peer) = peers.iter_mut().find(|peer| peer.key == row.key) {
                peer.held.push(one);
            }
        }
        Ok(peers)
    }

    /// Records of a scope that the nodes below said they hold, all together.
    ///
    /// # Errors
    /// What the database says.
    pub async fn held_below(&self, scope: ScopeId) -> Result<u64, StoreError> {
        let rows = held::Entity::find().filter(held::Column::Scope.eq(scope.hash().bytes().to_vec()));
        let counts = rows.all(&self.reader).await?.into_iter().map(|row| number(row.pending));
        counts.sum()
    }
}
