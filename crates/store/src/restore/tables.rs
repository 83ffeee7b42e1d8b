//! The tables of a restored database in the place of the own ones. Which there are and what columns they have is said by the own database;
//! a file from elsewhere has no say in it.

use crate::StoreError;
use crate::backup::{Damage, Head, Heads};
use crate::connect::{Can, sqlite_alone};
use sea_orm::sqlx::{self, AssertSqlSafe, Connection as _, SqliteConnection};
use std::path::Path;

/// What is made again, or is not to be valid twice.
const LEFT_OUT: [&str; 4] = ["snapshot", "pairing_code", "account_session", "account_guess"];
/// Who may come in by a browser: those who are here stay, whatever a backup from elsewhere says. Only where there is nobody yet come those of the
/// backup.
const STAYING: [&str; 2] = ["account", "account_recovery"];
/// Every table that this build or an older one has.
pub(crate) const OURS: [&str; 23] = [
    "account",
    "account_guess",
    "account_recovery",
    "account_session",
    "adoption",
    "apart",
    "attachment",
    "attachment_key",
    "body_key",
    "competition_index",
    "erased",
    "held",
    "link",
    "log",
    "pairing_code",
    "peer",
    "pin",
    "receipt",
    "record",
    "revoked",
    "scope",
    "seaql_migrations",
    "setting",
];

/// A setting as it is after a restore: whose, which, and its value.
pub(super) type Setting = (String, &'static str, Option<String>);

/// Kind, name, table and statement of something in a schema.
type Object = (String, String, String, Option<String>);

/// Looks whether a database holds tables of ours and their indexes and nothing that acts by itself: no view, no trigger.
///
/// # Errors
/// [`Damage::Foreign`] with the name of what is there besides.
pub(super) async fn only_ours(path: &Path, can: Can) -> Result<(), StoreError> {
    let damaged = |error: StoreError| match error {
        StoreError::Corrupt(place) => Damage::Pages(place).of(path),
        other => other,
    };
    let mut connection = sqlite_alone(path, can).await.map_err(damaged)?;
    let found = sqlx::query_as("SELECT type, name, tbl_name, sql FROM sqlite_master").fetch_all(&mut connection).await;
    let found: Vec<Object> = found.map_err(|error| damaged(error.into()))?;
    connection.close().await?;
    for (kind, name, table, sql) in found {
        let plain = sql.is_none_or(|sql| !sql.to_ascii_uppercase().starts_with("CREATE VIRTUAL"));
        let own = match kind.as_str() {
            "table" => plain && (is_ours(&name) || name == "sqlite_sequence" || name.starts_with("sqlite_stat")),
            "index" => is_ours(&table),
            _ => false,
        };
        if !own {
            return Err(Damage::Foreign(format!("{kind} {name}")).of(path));
        }
    }
    Ok(())
}

fn is_ours(table: &str) -> bool {
    OURS.contains(&table) || LEFT_OUT.contains(&table)
}

/// All tables of the other database in the place of the own ones, in one transaction.
pub(super) async fn take_over(connection: &mut SqliteConnection, settings: &[Setting]) -> Result<(), StoreError> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'seaql_migrations'",
    )
    .fetch_all(&mut *transaction)
    .await?;
    let wanted: Heads = {
        let found =
            "SELECT scope, log, MAX(seq), hash, COUNT(*) FROM restored.record GROUP BY scope, log ORDER BY scope, log";
        let rows: Vec<Head> = sqlx::query_as(found).fetch_all(&mut *transaction).await?;
        Heads::of(rows)
    };
    let staying = has_accounts(&mut transaction).await?;
    for table in tables {
        if staying && STAYING.contains(&table.as_str()) {
            continue;
        }
        let own = columns(&mut transaction, "main", &table).await?;
        let theirs = columns(&mut transaction, "restored", &table).await?;
        if own.is_empty() || own != theirs {
            return Err(Damage::Foreign(format!("table {table}")).of(Path::new("")));
        }
        // Names of our own database, from our own migrations.
        let clear = AssertSqlSafe(format!("DELETE FROM main.\"{table}\""));
        sqlx::query(clear).execute(&mut *transaction).await?;
        if LEFT_OUT.contains(&table.as_str()) {
            continue;
        }
        let named = own.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        let take = format!("INSERT INTO main.\"{table}\" ({named}) SELECT {named} FROM restored.\"{table}\"");
        sqlx::query(AssertSqlSafe(take)).execute(&mut *transaction).await?;
    }
    sqlx::query("UPDATE main.log SET closed = 1").execute(&mut *transaction).await?;
    for (node, key, value) in settings {
        let clear = sqlx::query("DELETE FROM main.setting WHERE node = ? AND key = ?").bind(node).bind(*key);
        clear.execute(&mut *transaction).await?;
        if let Some(value) = value {
            sqlx::query("INSERT INTO main.setting (node, key, value) VALUES (?, ?, ?)")
                .bind(node)
                .bind(*key)
                .bind(value)
                .execute(&mut *transaction)
                .await?;
        }
    }
    if Heads::read(&mut transaction).await? != wanted {
        return Err(StoreError::Corrupt("the restored records are not those of the backup".to_owned()));
    }
    Ok(transaction.commit().await?)
}

/// Are there accounts in the own database?
pub(super) async fn has_accounts(connection: &mut SqliteConnection) -> Result<bool, StoreError> {
    let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM main.account").fetch_one(connection).await?;
    Ok(count > 0)
}

/// The columns of a plain table, in order of name; none where there is no such table.
async fn columns(connection: &mut SqliteConnection, schema: &str, table: &str) -> Result<Vec<String>, StoreError> {
    let found = format!(
        "SELECT name FROM pragma_table_info(?, '{schema}') WHERE EXISTS
         (SELECT 1 FROM {schema}.sqlite_master WHERE type = 'table' AND name = ?) ORDER BY name"
    );
    Ok(sqlx::query_scalar(AssertSqlSafe(found)).bind(table).bind(table).fetch_all(connection).await?)
}
