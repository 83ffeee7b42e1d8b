//! A second node above: how far each of the two was pulled, by its key. And nodes that are let in because a hub named them to the one that
//! stands by for it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, blob, blob_null, string_null};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, Statement};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// How far an upstream was pulled.
#[derive(DeriveIden)]
enum Link {
    Table,
    Scope,
    /// Its public key.
    Upstream,
    Incarnation,
    Cursor,
    Head,
    Root,
}

/// As it was, for one upstream that it did not name.
#[derive(DeriveIden)]
enum Before {
    #[sea_orm(iden = "link_before")]
    Link,
}

#[derive(DeriveIden)]
enum Peer {
    Table,
    /// Key of the hub that named it; null where it was paired here.
    Through,
}

/// Key of the one node above, hex, out of the setting that holds it. Where there is none, or nodes that share a database had several, what was
/// pulled is asked for again, once: records that are here already change nothing.
async fn above(connection: &SchemaManagerConnection<'_>) -> Result<Option<String>, DbErr> {
    const ASKED: &str = r#"SELECT "value" FROM "setting" WHERE "key" = 'sync.upstream' AND "value" <> ''"#;
    let asked = Statement::from_string(connection.get_database_backend(), ASKED);
    let mut found = Vec::new();
    for row in connection.query_all_raw(asked).await? {
        let kept: String = row.try_get_by_index(0)?;
        let key = kept.split_once("\"key\":\"").map(|(_, rest)| rest.chars().take(64).collect::<String>());
        found.extend(key.filter(|key| key.len() == 64 && key.bytes().all(|byte| byte.is_ascii_hexdigit())));
    }
    found.dedup();
    Ok(if found.len() == 1 { found.pop() } else { None })
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let before = Table::rename().table(Link::Table, Before::Link).take();
        manager.rename_table(before).await?;
        let link = Table::create()
            .table(Link::Table)
            .col(blob(Link::Scope))
            .col(blob(Link::Upstream))
            .col(blob(Link::Incarnation))
            .col(big_integer(Link::Cursor))
            .col(blob_null(Link::Head))
            .col(blob_null(Link::Root))
            .primary_key(Index::create().col(Link::Scope).col(Link::Upstream))
            .take();
        manager.create_table(link).await?;
        let connection = manager.get_connection();
        if let Some(above) = above(connection).await? {
            let key = match manager.get_database_backend() {
                DbBackend::Postgres => format!("decode('{above}', 'hex')"),
                _ => format!("x'{above}'"),
            };
            let take = format!(
                r#"INSERT INTO "link" ("scope", "upstream", "incarnation", "cursor", "head", "root")
                   SELECT "scope", {key}, "incarnation", "cursor", "head", "root" FROM "link_before""#
            );
            connection.execute_unprepared(&take).await?;
        }
        manager.drop_table(Table::drop().table(Before::Link).take()).await?;
        let peer = Table::alter().table(Peer::Table).add_column(string_null(Peer::Through)).take();
        manager.alter_table(peer).await
    }
}
