//! The records of one scope in a database file of their own.

use super::integrity;
use super::write::{blocking, durable, gone, vacuum};
use crate::connect::{Can, sqlite_alone};
use crate::{Store, StoreError};
use jiangsai_ledger::ScopeId;
use sea_orm::sqlx::{self, AssertSqlSafe, Connection as _};
use std::path::Path;

/// What belongs to this computer alone, by scope or not.
const PRIVATE: [&str; 2] = ["pin", "snapshot"];
/// Names of records that were written again, but not in this scope: the names stand in its own records.
const FOREIGN_ADOPTIONS: &str = "DELETE FROM adoption WHERE lower(hex(hash)) NOT IN (
    SELECT named.value FROM record, json_each(iif(length(body) > 0 AND substr(body, 1, 1) NOT IN (x'01', x'02'), CAST(body AS TEXT), '{}'), '$.fact.records') AS named
    WHERE scope = ? AND json_extract(iif(length(body) > 0 AND substr(body, 1, 1) NOT IN (x'01', x'02'), CAST(body AS TEXT), '{}'), '$.kind') = 'log.adopted')";

impl Store {
    /// Writes the records of one scope alone into a database file, as something to hand over or keep: without keys of nodes, PINs and
    /// settings. What is about persons is in it with its keys, as in any list that is handed over: an erasure does not reach it. It can be restored like a backup. A file of that name is replaced.
    ///
    /// # Errors
    /// [`StoreError::NoFile`] on a database server; whatever the disk says. Nothing is left then.
    pub async fn extract(&self, scope: ScopeId, to: &Path) -> Result<(), StoreError> {
        let from = self.file()?;
        let (fresh, to) = (to.with_extension("part"), to.to_owned());
        // What a program that was killed in the middle of it left.
        let left = [fresh.clone(), to.clone()];
        blocking(move || left.iter().try_for_each(|left| gone(std::fs::remove_file(left)))).await?;
        let written = extract(&from, scope, &fresh, &to).await;
        let failed = written.is_err();
        blocking(move || {
            let _ = std::fs::remove_file(&fresh);
            if failed {
                let _ = std::fs::remove_file(&to);
            }
            Ok(())
        })
        .await?;
        written
    }
}

async fn extract(from: &Path, scope: ScopeId, fresh: &Path, to: &Path) -> Result<(), StoreError> {
    vacuum(from, fresh).await?;
    let mut connection = sqlite_alone(fresh, Can::Write).await?;
    let tables: Vec<(String, bool)> = sqlx::query_as(
        "SELECT name, EXISTS (SELECT 1 FROM pragma_table_info(tables.name) AS own WHERE own.name = 'scope') FROM sqlite_master AS tables
         WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN ('scope', 'adoption', 'seaql_migrations')",
    )
    .fetch_all(&mut connection)
    .await?;
    // First: what says whose they are goes with the others.
    let foreign = sqlx::query(FOREIGN_ADOPTIONS).bind(scope.hash().bytes().to_vec());
    foreign.execute(&mut connection).await?;
    for (table, by_scope) in tables {
        // Names of our own tables, from our own migrations.
        let own = if by_scope && !PRIVATE.contains(&table.as_str()) { " WHERE scope <> ?" } else { "" };
        let delete = sqlx::query(AssertSqlSafe(format!("DELETE FROM \"{table}\"{own}")));
        let delete = if own.is_empty() { delete } else { delete.bind(scope.hash().bytes().to_vec()) };
        delete.execute(&mut connection).await?;
    }
    let delete = sqlx::query("DELETE FROM scope WHERE id <> ?").bind(scope.hash().bytes().to_vec());
    delete.execute(&mut connection).await?;
    connection.close().await?;
    vacuum(fresh, to).await?;
    let copied = to.to_owned();
    blocking(move || durable(&copied)).await?;
    integrity(to, Can::Copy).await.map(drop)
}
