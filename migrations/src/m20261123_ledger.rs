//! The ledger, its caches, and what belongs to this computer alone.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, blob, blob_null, boolean, integer, string, text};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What records belong to.
#[derive(DeriveIden)]
enum Scope {
    Table,
    Id,
    FoundedAt,
}

/// One writer's chain.
#[derive(DeriveIden)]
enum Log {
    Table,
    Id,
    Scope,
    Node,
    Nonce,
}

/// A record: the bytes that were hashed, and of the header what is searched by.
#[derive(DeriveIden)]
enum Record {
    Table,
    Hash,
    Scope,
    Log,
    Seq,
    Ord,
    Header,
    Salt,
    Body,
    /// Of the checkpoint at this record: every last record of a transaction has one.
    Signature,
}

/// A cache of the state of a scope.
#[derive(DeriveIden)]
enum Snapshot {
    Table,
    Scope,
    Fold,
    Heads,
    State,
}

/// The list of competitions, made again from the ledger.
#[derive(DeriveIden)]
enum CompetitionIndex {
    Table,
    Scope,
    Title,
    Date,
    Entries,
    Synthetic,
    ChangedAt,
}

/// Verifiers of PINs on this computer; never in the ledger.
#[derive(DeriveIden)]
enum Pin {
    Table,
    Scope,
    Judge,
    Verifier,
}

/// Settings of this computer.
#[derive(DeriveIden)]
enum Setting {
    Table,
    Key,
    Value,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        // SQLite's default would be none: a crash could leave half a migration.
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let create = |mut table: TableCreateStatement| async move { manager.create_table(table.take()).await };
        create(
            Table::create()
                .table(Scope::Table)
                .col(blob(Scope::Id).primary_key())
                .col(big_integer(Scope::FoundedAt))
                .take(),
        )
        .await?;
        create(
            Table::create()
                .table(Log::Table)
                .col(blob(Log::Id).primary_key())
                .col(blob(Log::Scope))
                .col(string(Log::Node))
                .col(blob(Log::Nonce))
                .take(),
        )
        .await?;
        create(
            Table::create()
                .table(Record::Table)
                .col(blob(Record::Hash).primary_key())
                .col(blob(Record::Scope))
                .col(blob(Record::Log))
                .col(big_integer(Record::Seq))
                .col(big_integer(Record::Ord))
                .col(blob(Record::Header))
                .col(blob(Record::Salt))
                .col(blob(Record::Body))
                .col(blob_null(Record::Signature))
                .take(),
        )
        .await?;
        for (name, columns) in [
            ("record_log", [Record::Scope, Record::Log, Record::Seq]),
            ("record_ord", [Record::Scope, Record::Ord, Record::Hash]),
        ] {
            let mut index = Index::create().name(name).table(Record::Table).unique().take();
            for column in columns {
                index.col(column);
            }
            manager.create_index(index).await?;
        }
        create(
            Table::create()
                .table(Snapshot::Table)
                .col(blob(Snapshot::Scope).primary_key())
                .col(integer(Snapshot::Fold))
                .col(text(Snapshot::Heads))
                .col(blob(Snapshot::State))
                .take(),
        )
        .await?;
        create(
            Table::create()
                .table(CompetitionIndex::Table)
                .col(blob(CompetitionIndex::Scope).primary_key())
                .col(text(CompetitionIndex::Title))
                .col(string(CompetitionIndex::Date))
                .col(big_integer(CompetitionIndex::Entries))
                .col(boolean(CompetitionIndex::Synthetic))
                .col(big_integer(CompetitionIndex::ChangedAt))
                .take(),
        )
        .await?;
        create(
            Table::create()
                .table(Pin::Table)
                .col(blob(Pin::Scope))
                .col(string(Pin::Judge))
                .col(text(Pin::Verifier))
                .primary_key(Index::create().col(Pin::Scope).col(Pin::Judge))
                .take(),
        )
        .await?;
        create(
            Table::create()
                .table(Setting::Table)
                .col(string(Setting::Key).primary_key())
                .col(text(Setting::Value))
                .take(),
        )
        .await
    }
}
