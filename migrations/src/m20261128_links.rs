//! What tells a connection that the store above is not the one it was, and which branches were written again.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{blob, blob_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Link {
    Table,
    /// Hash of the record at the cursor.
    Head,
    /// Incarnation of headquarters.
    Root,
}

#[derive(DeriveIden)]
enum Apart {
    Table,
    /// Kept by each connection instead.
    Told,
}

/// Records that a `log.adopted` names, whether they were set apart before it came or after.
#[derive(DeriveIden)]
enum Adoption {
    Table,
    Hash,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [Link::Head, Link::Root] {
            let alter = Table::alter().table(Link::Table).add_column(blob_null(column)).take();
            manager.alter_table(alter).await?;
        }
        manager.alter_table(Table::alter().table(Apart::Table).drop_column(Apart::Told).take()).await?;
        let table = Table::create().table(Adoption::Table).col(blob(Adoption::Hash).primary_key()).take();
        manager.create_table(table).await
    }
}
