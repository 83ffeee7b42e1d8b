//! Connections that keep what they are told, or refuse to start.

use crate::StoreError;
use jiangsai_migrations::{Migrator, MigratorTrait};
use sea_orm::sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
};
use sea_orm::sqlx::{self, ConnectOptions as _, Connection as _};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, SqlxSqliteConnector, Statement};
use std::path::Path;
use std::time::Duration;

/// How often, and after how long, a connection that is in use is asked for again.
const TRIES: u32 = 250;
const TRY_AGAIN: Duration = Duration::from_millis(20);

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        // By name, not by URL: a folder may be called anything.
        .filename(path)
        .busy_timeout(Duration::from_secs(5))
        .foreign_keys(true)
        .synchronous(SqliteSynchronous::Full)
        .pragma("fullfsync", if cfg!(target_os = "macos") { "1" } else { "0" })
        // What a schema calls by itself may do nothing but compute: a backup may come from anybody.
        .pragma("trusted_schema", "0")
        // What was deleted does not lie about in free pages.
        .pragma("secure_delete", "1")
        // Statements hold personal data.
        .disable_statement_logging()
}

/// The one connection that writes.
pub(crate) async fn sqlite_writer(path: &Path) -> Result<DatabaseConnection, StoreError> {
    let options = options(path).create_if_missing(true).journal_mode(SqliteJournalMode::Wal);
    pool(options, 1).await
}

/// Connections that cannot write.
pub(crate) async fn sqlite_reader(path: &Path) -> Result<DatabaseConnection, StoreError> {
    pool(options(path).read_only(true), 4).await
}

/// A connection by itself, for what a pool is in the way of.
pub(crate) async fn sqlite_alone(path: &Path, can: Can) -> Result<SqliteConnection, StoreError> {
    // A copy was closed in order, on a disk that perhaps cannot be written to: it has no log beside it and nobody writes it.
    let options = options(path).read_only(can != Can::Write).immutable(can == Can::Copy);
    Ok(options.connect().await?)
}

/// A copy that nobody writes, for what reads through a pool.
pub(crate) async fn sqlite_copy(path: &Path) -> Result<DatabaseConnection, StoreError> {
    let options = options(path).read_only(true).immutable(true);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

/// Closes the connections of a pool that nobody uses; the next one that is wanted opens the file of that name anew.
///
/// # Errors
/// [`StoreError::InUse`] when somebody goes on using one.
pub(crate) async fn let_go(database: &DatabaseConnection) -> Result<(), StoreError> {
    let pool = database.get_sqlite_connection_pool();
    for _ in 0..TRIES {
        while let Some(connection) = pool.try_acquire() {
            connection.close().await?;
        }
        if pool.size() == 0 {
            return Ok(());
        }
        tokio::time::sleep(TRY_AGAIN).await;
    }
    Err(StoreError::InUse)
}

/// What a connection may do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Can {
    Read,
    Write,
    /// Read a copy that nobody writes.
    Copy,
}

async fn pool(options: SqliteConnectOptions, connections: u32) -> Result<DatabaseConnection, StoreError> {
    // A pool would ask a connection that is refused again and again until its time is up. The first one is asked by itself, so that
    // the refusal comes at once and says why.
    let mut first = options.connect().await?;
    durable(&mut first).await?;
    first.close().await?;
    let pool = SqlitePoolOptions::new()
        .max_connections(connections)
        // A connection that idles for a day is still checked: nothing closes it meanwhile.
        .idle_timeout(None)
        .max_lifetime(None)
        .after_connect(|connection, _| Box::pin(durable(connection)))
        // SQLite ends a transaction by itself when the disk is full; a connection whose book-keeping no longer agrees with it would
        // take later commits for parts of that lost transaction. It is closed instead.
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
        .connect_with(options)
        .await?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

/// Reads back what durability depends on.
async fn durable(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let journal: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut *connection).await?;
    let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&mut *connection).await?;
    let full: i64 = sqlx::query_scalar("PRAGMA fullfsync").fetch_one(&mut *connection).await?;
    let wanted_full = i64::from(cfg!(target_os = "macos"));
    if journal == "wal" && synchronous == 2 && full == wanted_full {
        return Ok(());
    }
    let why = format!("journal_mode={journal}, synchronous={synchronous}, fullfsync={full}");
    Err(sqlx::Error::Configuration(why.into()))
}

/// A pool of PostgreSQL connections.
pub(crate) async fn postgres(url: &str) -> Result<DatabaseConnection, StoreError> {
    let mut options = ConnectOptions::new(url);
    // One of them listens for word of what other instances write.
    options.max_connections(9).sqlx_logging(false).connect_timeout(Duration::from_secs(10));
    Ok(Database::connect(options).await?)
}

/// Brings the tables up to date; refuses a database that a newer build wrote.
pub(crate) async fn migrate(database: &DatabaseConnection) -> Result<(), StoreError> {
    applied(database).await?;
    Ok(Migrator::up(database, None).await?)
}

/// Looks whether the tables are those of this build, and changes nothing.
///
/// # Errors
/// [`StoreError::Newer`] where they are of another build, older or newer.
pub(crate) async fn migrated(database: &DatabaseConnection) -> Result<(), StoreError> {
    let found = applied(database).await?;
    if found.len() == Migrator::migrations().len() {
        return Ok(());
    }
    Err(StoreError::Newer(found.into_iter().max().unwrap_or_default()))
}

/// The newest migration of a database that an older build wrote; `None` for a new one and one that is up to date.
pub(crate) async fn older(database: &DatabaseConnection) -> Result<Option<String>, StoreError> {
    let applied = applied(database).await?;
    let behind = applied.len() < Migrator::migrations().len();
    Ok(applied.into_iter().max().filter(|_| behind))
}

/// Migrations that were applied; none in a new database.
async fn applied(database: &DatabaseConnection) -> Result<Vec<String>, StoreError> {
    let known: Vec<String> = Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    let asked = Statement::from_string(database.get_database_backend(), "SELECT version FROM seaql_migrations");
    let rows = match database.query_all_raw(asked).await {
        Ok(rows) => rows,
        // A new database has no such table. Anything worse shows itself when the tables are made.
        Err(error) => match StoreError::from(error) {
            StoreError::Database(_) => return Ok(Vec::new()),
            worse => return Err(worse),
        },
    };
    let mut applied = Vec::with_capacity(rows.len());
    for row in rows {
        let version: String = row.try_get("", "version")?;
        if !known.contains(&version) {
            return Err(StoreError::Newer(version));
        }
        applied.push(version);
    }
    Ok(applied)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[tokio::test]
    async fn a_connection_that_would_lose_marks_refuses_to_start() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("jiangsai.db");
        let lax = [
            options(&path).create_if_missing(true).journal_mode(SqliteJournalMode::Delete),
            options(&path)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal),
            options(&path)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Off),
        ];
        for options in lax {
            let refused = pool(options, 1).await;
            assert!(matches!(refused, Err(StoreError::NotDurable(_))), "not wal, or not full: {refused:?}");
        }
        assert!(sqlite_writer(&path).await.is_ok(), "wal and full");
        assert!(sqlite_reader(&path).await.is_ok(), "readers are checked too");
    }
}
