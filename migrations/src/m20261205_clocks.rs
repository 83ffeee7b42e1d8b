//! By how much the clock of a node below is ahead of the one here, as far as what arrives tells.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::big_integer_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Peer {
    Table,
    /// Milliseconds by which records of its own were written later than they arrived; none where they were not.
    Ahead,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let ahead = Table::alter().table(Peer::Table).add_column(big_integer_null(Peer::Ahead)).take();
        manager.alter_table(ahead).await
    }
}
