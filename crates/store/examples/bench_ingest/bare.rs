//! The same rows into a table with the same columns and indexes, and nothing else: many rows to a statement, as fast as the database takes them.

use jiangsai_ledger::replication::Push;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sea_orm::sqlx::{ConnectOptions as _, SqlitePool};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, SqlxSqliteConnector, Statement, TransactionTrait, Value};
use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const COLUMNS: usize = 10;

pub struct Bare {
    database: DatabaseConnection,
}

/// The values of the rows of one commit.
pub type Rows = Vec<Value>;

/// The rows of some pushes, those of each push together.
pub fn rows(pushes: &[Push], accepted: &mut i64) -> Vec<Rows> {
    let commit = |push: &Push| {
        let mut rows = Vec::with_capacity(push.records.len() * COLUMNS);
        for (seq, carried) in (push.from..).zip(&push.records) {
            *accepted += 1;
            let record = carried.record();
            let order = *accepted + 1_000;
            rows.extend([
                Value::from(record.hash.bytes().to_vec()),
                push.scope.hash().bytes().to_vec().into(),
                push.log.hash().bytes().to_vec().into(),
                i64::try_from(seq).unwrap().into(),
                order.into(),
                record.header.into(),
                record.salt.to_vec().into(),
                record.body.into(),
                carried.signature.map(|signature| signature.0.to_vec()).into(),
                (*accepted).into(),
            ]);
        }
        rows
    };
    pushes.iter().map(commit).collect()
}

impl Bare {
    /// A file with the same promises as the store's.
    pub async fn sqlite(dir: &Path) -> Self {
        let options = SqliteConnectOptions::new()
            .filename(dir.join("bare.db"))
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("fullfsync", if cfg!(target_os = "macos") { "1" } else { "0" })
            .disable_statement_logging();
        // One writes at a time, as everywhere in SQLite.
        let pool: SqlitePool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
        Self::with_table(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool), "blob").await
    }

    pub async fn postgres(url: &str, connections: usize) -> Self {
        let mut options = sea_orm::ConnectOptions::new(url);
        options.max_connections(u32::try_from(connections).unwrap()).sqlx_logging(false);
        Self::with_table(Database::connect(options).await.unwrap(), "bytea").await
    }

    async fn with_table(database: DatabaseConnection, bytes: &str) -> Self {
        let table = format!(
            "CREATE TABLE bare (hash {bytes} NOT NULL PRIMARY KEY, scope {bytes} NOT NULL, log {bytes} NOT NULL, \
             seq bigint NOT NULL, ord bigint NOT NULL, header {bytes} NOT NULL, salt {bytes} NOT NULL, \
             body {bytes} NOT NULL, signature {bytes}, accepted bigint NOT NULL)"
        );
        database.execute_unprepared(&table).await.unwrap();
        for index in ["scope, log, seq", "scope, ord, hash", "scope, accepted"] {
            let name = index.replace(", ", "_");
            let made = format!("CREATE UNIQUE INDEX bare_{name} ON bare ({index})");
            database.execute_unprepared(&made).await.unwrap();
        }
        Self { database }
    }

    /// Every commit on the next connection that is free, so many at once.
    pub async fn insert_all(self: &Arc<Self>, commits: Vec<Rows>, connections: usize) -> Duration {
        let waiting = Arc::new(Mutex::new(VecDeque::from(commits)));
        let started = Instant::now();
        let tasks: Vec<_> = (0..connections)
            .map(|_| {
                let (own, waiting) = (Arc::clone(self), Arc::clone(&waiting));
                tokio::spawn(async move {
                    loop {
                        let Some(rows) = waiting.lock().unwrap().pop_front() else { return };
                        own.insert(rows).await;
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        started.elapsed()
    }

    async fn insert(&self, rows: Rows) {
        let row = |at: usize| {
            let marks: Vec<String> = (1..=COLUMNS).map(|column| format!("${}", at * COLUMNS + column)).collect();
            format!("({})", marks.join(","))
        };
        let all: Vec<String> = (0..rows.len() / COLUMNS).map(row).collect();
        let text = format!(
            "INSERT INTO bare (hash, scope, log, seq, ord, header, salt, body, signature, accepted) VALUES {}",
            all.join(",")
        );
        let statement = Statement::from_sql_and_values(self.database.get_database_backend(), text, rows);
        let transaction = self.database.begin().await.unwrap();
        transaction.execute_raw(statement).await.unwrap();
        transaction.commit().await.unwrap();
    }
}
