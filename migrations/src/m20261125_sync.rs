//! What replication needs: the order of acceptance, other nodes' logs, branches set apart, receipts, and who may connect.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, blob, blob_null, boolean, string, text};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Scope {
    Table,
    /// Cursor of the record accepted last; whoever accepts one holds this row.
    Head,
}

#[derive(DeriveIden)]
enum Log {
    Table,
    /// Written by this node no longer, or never.
    Closed,
}

#[derive(DeriveIden)]
enum Record {
    Table,
    Scope,
    /// Cursor: the how manieth record of its scope this database accepted.
    Accepted,
}

/// Records of branches that lost.
#[derive(DeriveIden)]
enum Apart {
    Table,
    Hash,
    Scope,
    Log,
    Seq,
    Header,
    Salt,
    Body,
    Signature,
    /// In the last record of a branch: the first number that differs.
    First,
    /// Incarnation of the upstream that was told.
    Told,
    /// Written again by its author.
    Adopted,
}

/// The newest receipt of each issuer for each log.
#[derive(DeriveIden)]
enum Receipt {
    Table,
    Scope,
    Log,
    Issuer,
    Incarnation,
    Seq,
    Head,
    At,
    Signature,
}

/// How far the upstream was pulled.
#[derive(DeriveIden)]
enum Link {
    Table,
    Scope,
    Incarnation,
    Cursor,
}

/// Nodes that may connect here.
#[derive(DeriveIden)]
enum Peer {
    Table,
    Key,
    Name,
    PairedAt,
}

/// One-time codes that are not used yet, hashed.
#[derive(DeriveIden)]
enum PairingCode {
    Table,
    Code,
    ExpiresAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let head = big_integer(Scope::Head).default(0).take();
        manager.alter_table(Table::alter().table(Scope::Table).add_column(head).take()).await?;
        let closed = boolean(Log::Closed).default(false).take();
        manager.alter_table(Table::alter().table(Log::Table).add_column(closed).take()).await?;
        let accepted = big_integer(Record::Accepted).default(0).take();
        manager.alter_table(Table::alter().table(Record::Table).add_column(accepted).take()).await?;
        let database = manager.get_connection();
        database
            .execute_unprepared(
                "UPDATE record SET accepted = numbered.place FROM (SELECT hash, ROW_NUMBER() OVER \
                 (PARTITION BY scope ORDER BY ord, hash) AS place FROM record) AS numbered WHERE numbered.hash = record.hash",
            )
            .await?;
        database
            .execute_unprepared("UPDATE scope SET head = (SELECT COUNT(*) FROM record WHERE record.scope = scope.id)")
            .await?;
        let index = Index::create()
            .name("record_accepted")
            .table(Record::Table)
            .col(Record::Scope)
            .col(Record::Accepted)
            .unique()
            .take();
        manager.create_index(index).await?;
        for mut table in tables() {
            manager.create_table(table.take()).await?;
        }
        Ok(())
    }
}

fn tables() -> Vec<TableCreateStatement> {
    vec![
        Table::create()
            .table(Apart::Table)
            .col(blob(Apart::Hash).primary_key())
            .col(blob(Apart::Scope))
            .col(blob(Apart::Log))
            .col(big_integer(Apart::Seq))
            .col(blob(Apart::Header))
            .col(blob(Apart::Salt))
            .col(blob(Apart::Body))
            .col(blob_null(Apart::Signature))
            .col(big_integer_null(Apart::First))
            .col(blob_null(Apart::Told))
            .col(boolean(Apart::Adopted))
            .take(),
        Table::create()
            .table(Receipt::Table)
            .col(blob(Receipt::Scope))
            .col(blob(Receipt::Log))
            .col(blob(Receipt::Issuer))
            .col(blob(Receipt::Incarnation))
            .col(big_integer(Receipt::Seq))
            .col(blob(Receipt::Head))
            .col(big_integer(Receipt::At))
            .col(blob(Receipt::Signature))
            .primary_key(Index::create().col(Receipt::Scope).col(Receipt::Log).col(Receipt::Issuer))
            .take(),
        Table::create()
            .table(Link::Table)
            .col(blob(Link::Scope).primary_key())
            .col(blob(Link::Incarnation))
            .col(big_integer(Link::Cursor))
            .take(),
        Table::create()
            .table(Peer::Table)
            .col(string(Peer::Key).primary_key())
            .col(text(Peer::Name))
            .col(big_integer(Peer::PairedAt))
            .take(),
        Table::create()
            .table(PairingCode::Table)
            .col(string(PairingCode::Code).primary_key())
            .col(big_integer(PairingCode::ExpiresAt))
            .take(),
    ]
}
