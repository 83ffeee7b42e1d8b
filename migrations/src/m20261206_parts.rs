//! Competitions of which public facts alone are received, as the level above an organising headquarters does.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::boolean;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Scope {
    Table,
    /// No body that is not public is taken in here.
    Part,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let part = Table::alter().table(Scope::Table).add_column(boolean(Scope::Part).default(false)).take();
        manager.alter_table(part).await
    }
}
