//! Records on a database server as a file, and out of one: a backup of a server is one of SQLite like any other, and what is restored on a server
//! was restored and verified in a folder before.

mod copy;

use crate::accounts;
use crate::backup::{Head, Heads, RESERVE, blocking, clear, room_for};
use crate::connect::{self, Can, sqlite_alone};
use crate::folder::{DATABASE, Folder, KEY, hold, private_file, private_folder, read_seed, write_private};
use crate::keychain::Keychain;
use crate::tables::OWNER;
use crate::{Store, StoreError};
use copy::{copy, tables};
use jiangsai_migrations::{Migrator, MigratorTrait};
use sea_orm::sqlx::Connection as _;
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, IsolationLevel, Statement,
    TransactionOptions, TransactionTrait,
};
use std::fs::File;
use std::path::{Path, PathBuf};

/// The copy of a server that a backup is made of, in the data folder.
const COPY: &str = ".server-copy";
/// Where a backup is restored before it goes to a server, in the data folder.
const STAGING: &str = ".server-restore";

/// A copy of a server in a file. Whoever has it is the only one.
pub(crate) struct ServerCopy {
    dir: PathBuf,
    _lock: File,
}

impl ServerCopy {
    /// Where it is.
    pub(crate) fn database(&self) -> PathBuf {
        self.dir.join(DATABASE)
    }

    /// Throws it away.
    pub(crate) async fn discard(self) -> Result<(), StoreError> {
        let dir = self.dir.clone();
        // Held until nothing is left.
        blocking(move || clear(&dir)).await
    }
}

impl Store {
    /// Copies everything that belongs into a backup from the server into a file, as it was at one moment, while others go on reading and writing.
    pub(crate) async fn copy_of_server(&self) -> Result<ServerCopy, StoreError> {
        let size = size(&self.reader).await?;
        let (own, dir) = (self.dir().to_owned(), self.dir().join(COPY));
        let begun = blocking(move || {
            let lock = hold(&dir)?;
            // What a program that was killed in the middle of it left.
            for ending in ["", "-wal", "-shm"] {
                let left = crate::backup::beside(&dir.join(DATABASE), ending);
                match std::fs::remove_file(left) {
                    Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                    _ => {}
                }
            }
            // Once in its log, and once where it stays.
            room_for(&own, size.saturating_mul(2), RESERVE)?;
            // SQLite takes a file that is empty, and leaves it as private as it is.
            private_file().create_new(true).open(dir.join(DATABASE))?;
            Ok(ServerCopy { dir, _lock: lock })
        });
        let begun = begun.await?;
        let filled = self.copy_into(&begun.database()).await;
        match filled {
            Ok(()) => Ok(begun),
            Err(error) => {
                // What is left of it is thrown away by the next one.
                let _ = begun.discard().await;
                Err(error)
            }
        }
    }

    async fn copy_into(&self, path: &Path) -> Result<(), StoreError> {
        let file = connect::sqlite_writer(path).await?;
        connect::migrate(&file).await?;
        let one_moment = TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            access_mode: Some(AccessMode::ReadOnly),
            ..TransactionOptions::default()
        };
        let from = self.reader.begin_with_options(one_moment).await?;
        let to = file.begin().await?;
        for table in tables(&from).await?.iter().filter(|table| !crate::backup::LEFT_OUT.contains(&table.name())) {
            copy(&from, &to, table).await?;
        }
        let wanted = heads(&from).await?;
        to.commit().await?;
        from.rollback().await?;
        let mut alone = sqlite_alone(path, Can::Read).await?;
        let copied = Heads::read(&mut alone).await?;
        alone.close().await?;
        file.close().await?;
        if copied == wanted { Ok(()) } else { Err(other_records()) }
    }
}

/// A database on a server in which nothing is yet, to be filled out of a backup. The folder of this node is held meanwhile.
#[derive(Debug)]
pub struct EmptyServer {
    folder: Folder,
    pool: DatabaseConnection,
}

impl EmptyServer {
    /// Looks whether there is nothing in the schema that the address leads to.
    ///
    /// # Errors
    /// [`StoreError::NotEmpty`]; as for [`Store::open`].
    pub async fn open(url: &str, dir: &Path) -> Result<Self, StoreError> {
        let pool = connect::postgres(url).await?;
        empty(&pool).await?;
        Ok(Self { folder: Folder::open(dir, Keychain::None).await?, pool })
    }

    /// A folder in which a backup is restored first, as on any computer: the node that restores is this one.
    ///
    /// # Errors
    /// What the disk says.
    pub async fn staging(&self) -> Result<PathBuf, StoreError> {
        let (staging, key) = (self.folder.dir().join(STAGING), self.folder.dir().join(KEY));
        blocking(move || {
            clear(&staging)?;
            private_folder(&staging)?;
            write_private(&staging.join(KEY), &std::fs::read(key)?)?;
            Ok(staging)
        })
        .await
    }

    /// Takes over what was restored in [`EmptyServer::staging`], whole or not at all, tables and everything in them, with the key that came with it.
    ///
    /// # Errors
    /// [`StoreError::NotEmpty`] when somebody was faster; what the database says. Nothing is in the database then.
    pub async fn fill(&self) -> Result<(), StoreError> {
        let staging = self.folder.dir().join(STAGING);
        let node = self.folder.key_comes(&Folder::of(&staging, read_seed(&staging.join(KEY))?)?)?;
        let accounts = staging.join(accounts::KEY);
        if accounts.exists() {
            // Before the accounts themselves: without any, nothing is kept with the one that is here.
            accounts::key_comes(&accounts, self.folder.dir())?;
        }
        let filled = self.pour(&staging.join(DATABASE), &node).await;
        match &filled {
            Ok(()) => self.folder.key_came(Some(&node)).await?,
            // A commit that failed may have come through: then the key is taken up when the database is opened.
            Err(_) if empty(&self.pool).await.is_ok() => self.folder.key_came(None).await?,
            Err(_) => {}
        }
        filled
    }

    async fn pour(&self, file: &Path, node: &str) -> Result<(), StoreError> {
        let from = connect::sqlite_reader(file).await?;
        let to = self.pool.begin().await?;
        empty(&to).await?;
        Migrator::up(&to, None).await?;
        for table in &tables(&to).await? {
            copy(&from, &to, table).await?;
        }
        owned(&to, node).await?;
        let mut alone = sqlite_alone(file, Can::Read).await?;
        let wanted = Heads::read(&mut alone).await?;
        alone.close().await?;
        from.close().await?;
        if heads(&to).await? != wanted {
            return Err(other_records());
        }
        Ok(to.commit().await?)
    }

    /// Lets go of the database and the folder, and throws away what was restored beside: it opens what is about persons.
    ///
    /// # Errors
    /// What the disk says; it is thrown away when the database is opened then.
    pub async fn discard(self) -> Result<(), StoreError> {
        let staging = self.folder.dir().join(STAGING);
        self.pool.close().await?;
        blocking(move || clear(&staging)).await
    }
}

/// Throws away what a restore left that was killed. The folder is held.
pub(crate) async fn tidy(dir: &Path) -> Result<(), StoreError> {
    let staging = dir.join(STAGING);
    blocking(move || clear(&staging)).await
}

fn other_records() -> StoreError {
    StoreError::Corrupt("the records that were copied are not those that were read".to_owned())
}

/// Says whose key the database belongs to.
async fn owned(to: &DatabaseTransaction, node: &str) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM setting WHERE node = '' AND key = $1 AND value <> $2",
        "INSERT INTO setting (node, key, value) VALUES ('', $1, $2) ON CONFLICT DO NOTHING",
    ] {
        let said = Statement::from_sql_and_values(to.get_database_backend(), sql, [OWNER.into(), node.into()]);
        to.execute_raw(said).await?;
    }
    Ok(())
}

/// Is there nothing in the schema?
///
/// # Errors
/// [`StoreError::NotEmpty`].
async fn empty(server: &impl ConnectionTrait) -> Result<(), StoreError> {
    let sql = "SELECT COUNT(*) FROM pg_catalog.pg_class AS own JOIN pg_catalog.pg_namespace AS schema ON schema.oid = own.relnamespace \
               WHERE schema.nspname = current_schema()";
    if number(server, sql).await? == 0 { Ok(()) } else { Err(StoreError::NotEmpty) }
}

/// How much the tables of a server take, in bytes; a file takes about as much.
async fn size(server: &impl ConnectionTrait) -> Result<u64, StoreError> {
    let sql = "SELECT COALESCE(SUM(pg_catalog.pg_total_relation_size(own.oid)), 0)::bigint FROM pg_catalog.pg_class AS own \
               JOIN pg_catalog.pg_namespace AS schema ON schema.oid = own.relnamespace \
               WHERE schema.nspname = current_schema() AND own.relkind = 'r'";
    Ok(u64::try_from(number(server, sql).await?).unwrap_or_default())
}

async fn number(server: &impl ConnectionTrait, sql: &str) -> Result<i64, StoreError> {
    let asked = Statement::from_string(server.get_database_backend(), sql);
    let row = server.query_one_raw(asked).await?;
    Ok(row.map_or(Ok(0), |row| row.try_get_by_index(0))?)
}

/// Where every log of a server ends, as [`Heads::read`] says it of a file.
pub(crate) async fn heads(server: &impl ConnectionTrait) -> Result<Heads, StoreError> {
    let sql = "SELECT ends.scope, ends.log, ends.seq, record.hash, ends.count FROM \
               (SELECT scope, log, MAX(seq) AS seq, COUNT(*) AS count FROM record GROUP BY scope, log) AS ends \
               JOIN record ON record.scope = ends.scope AND record.log = ends.log AND record.seq = ends.seq \
               ORDER BY ends.scope, ends.log";
    let rows = server.query_all_raw(Statement::from_string(server.get_database_backend(), sql)).await?;
    let head = |row: &sea_orm::QueryResult| -> Result<Head, StoreError> {
        Ok((
            row.try_get_by_index(0)?,
            row.try_get_by_index(1)?,
            row.try_get_by_index(2)?,
            row.try_get_by_index(3)?,
            row.try_get_by_index(4)?,
        ))
    };
    Ok(Heads::of(rows.iter().map(head).collect::<Result<_, _>>()?))
}
