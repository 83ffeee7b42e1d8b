//! People have keys of their own: beside the verifier of a PIN stands the secret half of a key, wrapped with that PIN. Judges have none.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::blob_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Pin {
    Table,
    Secret,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let pin = Table::alter().table(Pin::Table).add_column(blob_null(Pin::Secret)).take();
        manager.alter_table(pin).await
    }
}
