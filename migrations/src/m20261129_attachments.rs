//! Files that belong to records without standing in them: scans by their hash, pictures of certificates and templates by name.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{blob, string};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Attachment {
    Table,
    /// Empty for what belongs to no competition.
    Scope,
    Name,
    Bytes,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table(Attachment::Table)
            .col(blob(Attachment::Scope))
            .col(string(Attachment::Name))
            .col(blob(Attachment::Bytes))
            .primary_key(Index::create().col(Attachment::Scope).col(Attachment::Name))
            .take();
        manager.create_table(table).await
    }
}
