//! Records that a node carries without reading them: what is encrypted stands in the column of the body, and begins with a byte of its own.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Asked for when records come again from the beginning, and nearly always of none.
        let begins = match manager.get_database_backend() {
            DatabaseBackend::Postgres => r"'\x02'::bytea",
            _ => "x'02'",
        };
        let boxed = format!(
            r#"CREATE INDEX "record_boxed" ON "record" ("scope", "log") WHERE substr("body", 1, 1) = {begins}"#
        );
        manager.get_connection().execute_unprepared(&boxed).await?;
        Ok(())
    }
}
