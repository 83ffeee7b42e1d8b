//! What belongs to one computer names it: several may stand on one PostgreSQL database, each with a folder of its own.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{blob, string, text};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Settings of a node; those without one are of the database.
#[derive(DeriveIden)]
enum Setting {
    Table,
    Node,
    Key,
    Value,
}

/// Verifiers of PINs, keyed with the secret of their node.
#[derive(DeriveIden)]
enum Pin {
    Table,
    Node,
    Scope,
    Judge,
    Verifier,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let setting = Table::create()
            .table(Setting::Table)
            .col(string(Setting::Node))
            .col(string(Setting::Key))
            .col(text(Setting::Value))
            .primary_key(Index::create().col(Setting::Node).col(Setting::Key))
            .take();
        let pin = Table::create()
            .table(Pin::Table)
            .col(string(Pin::Node))
            .col(blob(Pin::Scope))
            .col(string(Pin::Judge))
            .col(text(Pin::Verifier))
            .primary_key(Index::create().col(Pin::Node).col(Pin::Scope).col(Pin::Judge))
            .take();
        // A key of a table cannot be changed everywhere. What is there gets its node when the store is opened, which knows it.
        let database = manager.get_connection();
        for (name, table, columns) in
            [("setting", setting, r#""key", "value""#), ("pin", pin, r#""scope", "judge", "verifier""#)]
        {
            database.execute_unprepared(&format!(r#"ALTER TABLE "{name}" RENAME TO "{name}_before""#)).await?;
            manager.create_table(table).await?;
            let copy = format!(r#"INSERT INTO "{name}" ("node", {columns}) SELECT '', {columns} FROM "{name}_before""#);
            database.execute_unprepared(&copy).await?;
            database.execute_unprepared(&format!(r#"DROP TABLE "{name}_before""#)).await?;
        }
        Ok(())
    }
}
