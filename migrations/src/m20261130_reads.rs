//! What the nodes below read: every record whole, or what judges' desks need and of the rest the headers. A record without its body has an
//! empty one, and an empty salt, in the columns that there are: no body is empty.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::string;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Peer {
    Table,
    Reads,
}

#[derive(DeriveIden)]
enum PairingCode {
    Table,
    Reads,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Whoever was paired before receives everything, as it did.
        let peer = Table::alter().table(Peer::Table).add_column(string(Peer::Reads).default("everything")).take();
        manager.alter_table(peer).await?;
        let reads = string(PairingCode::Reads).default("everything").take();
        let code = Table::alter().table(PairingCode::Table).add_column(reads).take();
        manager.alter_table(code).await?;
        // Asked for at every turn of the connection, and nearly always of none.
        let withheld = r#"CREATE INDEX "record_withheld" ON "record" ("scope", "log") WHERE length("body") = 0"#;
        manager.get_connection().execute_unprepared(withheld).await?;
        Ok(())
    }
}
