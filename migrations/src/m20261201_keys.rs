//! Bodies and files about persons are kept encrypted, each under a key of its own; and the names of records whose bodies were erased, so that none
//! comes back. What was kept before stays as it is.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{blob, string};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The key of a record's salt and body. No row: they are not encrypted, or nobody can read them any more.
#[derive(DeriveIden)]
enum BodyKey {
    Table,
    Hash,
    Scope,
    Key,
}

/// The key of a file beside the records.
#[derive(DeriveIden)]
enum AttachmentKey {
    Table,
    Scope,
    Name,
    Key,
}

/// Records whose bodies were erased, whether they are here or not.
#[derive(DeriveIden)]
enum Erased {
    Table,
    Hash,
    Scope,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            Table::create()
                .table(BodyKey::Table)
                .col(blob(BodyKey::Hash).primary_key())
                .col(blob(BodyKey::Scope))
                .col(blob(BodyKey::Key))
                .take(),
            Table::create()
                .table(AttachmentKey::Table)
                .col(blob(AttachmentKey::Scope))
                .col(string(AttachmentKey::Name))
                .col(blob(AttachmentKey::Key))
                .primary_key(Index::create().col(AttachmentKey::Scope).col(AttachmentKey::Name))
                .take(),
            Table::create().table(Erased::Table).col(blob(Erased::Hash).primary_key()).col(blob(Erased::Scope)).take(),
        ];
        for table in tables {
            manager.create_table(table).await?;
        }
        Ok(())
    }
}
