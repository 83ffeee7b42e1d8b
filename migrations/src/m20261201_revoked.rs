//! Which computers below have no way in any more: closed here, or revoked in a competition that is here.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer_null, blob, string, string_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Peer {
    Table,
    /// How the logs of this computer name it; it says so itself.
    Node,
    /// Since when the door is closed to it by somebody at this computer.
    RevokedAt,
}

/// Computers that are revoked, as their logs name them; made again from the records of each scope.
#[derive(DeriveIden)]
enum Revoked {
    Table,
    Scope,
    Node,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let node = Table::alter().table(Peer::Table).add_column(string_null(Peer::Node)).take();
        manager.alter_table(node).await?;
        let since = Table::alter().table(Peer::Table).add_column(big_integer_null(Peer::RevokedAt)).take();
        manager.alter_table(since).await?;
        let revoked = Table::create()
            .table(Revoked::Table)
            .col(blob(Revoked::Scope))
            .col(string(Revoked::Node))
            .primary_key(Index::create().col(Revoked::Scope).col(Revoked::Node))
            .take();
        manager.create_table(revoked).await
    }
}
