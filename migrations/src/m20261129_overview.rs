//! What whoever looks on from above asks: where a competition is held and by whom, and what the nodes below say they still hold.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, blob, string, text};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum CompetitionIndex {
    Table,
    Place,
    Level,
    Host,
}

#[derive(DeriveIden)]
enum Peer {
    Table,
    /// Milliseconds since 1970 of its last report.
    SeenAt,
}

/// Records of a scope that a node had no receipt for when it reported last; no row where it had all.
#[derive(DeriveIden)]
enum Held {
    Table,
    Key,
    Scope,
    Pending,
    Oldest,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column at a time: SQLite takes no more.
        for mut column in [text(CompetitionIndex::Place), text(CompetitionIndex::Level), text(CompetitionIndex::Host)] {
            let table = Table::alter().table(CompetitionIndex::Table).add_column(column.default("")).take();
            manager.alter_table(table).await?;
        }
        let seen = Table::alter().table(Peer::Table).add_column(big_integer_null(Peer::SeenAt)).take();
        manager.alter_table(seen).await?;
        let held = Table::create()
            .table(Held::Table)
            .col(string(Held::Key))
            .col(blob(Held::Scope))
            .col(big_integer(Held::Pending))
            .col(big_integer_null(Held::Oldest))
            .primary_key(Index::create().col(Held::Key).col(Held::Scope))
            .take();
        manager.create_table(held).await
    }
}
