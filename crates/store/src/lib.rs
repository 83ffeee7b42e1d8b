//! Keeping records: appending and reading them durably on SQLite or PostgreSQL, the lock on a data folder, snapshots.
//!
//! What a record means is none of its business. `append` answers only once what it wrote would survive a power cut.
#![forbid(unsafe_code)]

mod accounts;
mod adopt;
mod append;
mod aside;
mod attachment;
mod backup;
mod connect;
mod entity;
mod error;
mod folder;
mod held;
mod ingest;
mod keychain;
mod offer;
mod orders;
mod peers;
mod personal;
mod pin;
mod read;
mod restore;
mod server;
mod settings;
mod shut;
mod standby;
mod tables;
mod watch;
mod writes;

pub use accounts::{Account, Accounts, Code, Link, Proofs, Secret, Session, Tries};
pub use append::{NewFact, ReplyWhen, Stored};
pub use aside::{put_back, set_aside};
pub use backup::{About, Backup, Damage, Manifest, Reason, find_backups, list_backups, prove_backup, prune_backups};
pub use error::StoreError;
pub use held::{Held, Peer};
pub use ingest::{Ingested, Kept};
pub use keychain::{KeeperFault, KeyIn, KeyKeeper, Keychain};
pub use offer::MOST_KNOWN;
pub use peers::Progress;
pub use personal::Kinds;
pub use personal::boxed::{Boxed, Opened};
#[doc(hidden)]
pub use personal::{keys::keys_beside, readable_in};
pub use read::{Covered, Report};
pub use restore::{Lost, Staged, StagedScope};
pub use server::EmptyServer;
pub use standby::{Known, Named};
pub use tables::IndexRow;
pub use watch::Watch;

use append::End;
use folder::Folder;
use ingest::{Keys, Queue};
use jiangsai_ledger::{ScopeId, SigningKey};
use orders::Orders;
use sea_orm::DatabaseConnection;
use settings::Settings;
use std::collections::HashMap;
use std::path::Path;
use tokio::sync::Mutex;
use writes::Writes;

/// One open data folder, or one database server with the folder of this node.
#[derive(Debug)]
pub struct Store {
    /// The only connection that writes (SQLite), or the pool (PostgreSQL).
    writer: DatabaseConnection,
    /// Connections that cannot write (SQLite), or the same pool.
    reader: DatabaseConnection,
    folder: Folder,
    reply: ReplyWhen,
    /// The ends of this node's logs, as this process wrote them. Only where nobody else can write: in a folder that is held alone.
    ends: Option<Mutex<HashMap<ScopeId, End>>>,
    /// Keys of logs of other nodes.
    keys: Keys,
    /// Highest display orders that were met.
    orders: Orders,
    /// Records of other nodes that wait to be committed.
    queue: Queue,
    /// Settings as they were read.
    settings: Settings,
    /// Writes of receipts.
    receipts: Writes,
    /// What is about persons.
    kinds: Kinds,
    /// One file of keys is written at a time.
    key_files: Mutex<()>,
    /// Where backups leave the keys.
    backup_keys: BackupKeys,
}

/// Where a backup leaves the keys of what is about persons.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BackupKeys {
    /// In a file beside all backups.
    #[default]
    Beside,
    /// In each backup: the mutation that the tests of erasing must find.
    Inside,
}

/// What is done before the tables of an older build are brought up to date.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum BeforeUpgrade {
    /// Keep what is there.
    BackUp,
    /// Nothing: it is a copy already.
    Nothing,
}

impl Store {
    /// Opens the database in a folder, makes it when there is none, and holds the folder alone until it is dropped.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another process holds the folder, [`StoreError::Newer`] when a newer build wrote the database,
    /// [`StoreError::ReadOnly`], [`StoreError::DiskFull`], [`StoreError::Corrupt`], and whatever else the disk says.
    pub async fn open(dir: &Path) -> Result<Self, StoreError> {
        Self::open_replying(dir, ReplyWhen::Durable).await
    }

    /// As [`Store::open`], with the key of this node in the keychain of the system, as far as this program may use that.
    ///
    /// # Errors
    /// As for [`Store::open`]; [`StoreError::KeyLocked`], [`StoreError::KeyMissing`] and [`StoreError::KeyElsewhere`] where the key of the folder is in
    /// a keychain and does not come out of it. Nothing has changed then.
    pub async fn open_with(dir: &Path, keychain: Keychain) -> Result<Self, StoreError> {
        let folder = Folder::open(dir, keychain).await?;
        Self::open_folder(folder, ReplyWhen::Durable, BeforeUpgrade::BackUp).await
    }

    /// As [`Store::open`], with the moment of the reply chosen: the tests show that answering any earlier loses marks.
    ///
    /// # Errors
    /// As for [`Store::open`].
    #[doc(hidden)]
    pub async fn open_replying(dir: &Path, reply: ReplyWhen) -> Result<Self, StoreError> {
        Self::open_folder(Folder::open(dir, Keychain::None).await?, reply, BeforeUpgrade::BackUp).await
    }

    /// Opens the database of a folder that is held.
    pub(crate) async fn open_folder(
        folder: Folder,
        reply: ReplyWhen,
        before: BeforeUpgrade,
    ) -> Result<Self, StoreError> {
        let path = folder.database();
        let is_new = !path.exists();
        let writer = connect::sqlite_writer(&path).await?;
        if let (BeforeUpgrade::BackUp, Some(found)) = (before, connect::older(&writer).await?) {
            backup::before_upgrade(&folder, &found).await?;
        }
        connect::migrate(&writer).await?;
        if is_new {
            folder.sync()?;
        }
        let reader = connect::sqlite_reader(&path).await?;
        let store = Self::of(folder, (writer, reader), reply, Some(Mutex::default()));
        // The key first: settings belong to the node that has it.
        store.finish_restore().await?;
        store.claim().await?;
        Ok(store)
    }

    /// Opens a PostgreSQL database; the folder holds the key of this node.
    ///
    /// # Errors
    /// As for [`Store::open`].
    pub async fn open_postgres(url: &str, dir: &Path) -> Result<Self, StoreError> {
        let folder = Folder::open(dir, Keychain::None).await?;
        server::tidy(dir).await?;
        let pool = connect::postgres(url).await?;
        connect::migrate(&pool).await?;
        let store = Self::on_server(folder, pool);
        // The key first: settings belong to the node that has it.
        store.finish_restore().await?;
        store.claim().await?;
        store.own_server().await?;
        Ok(store)
    }

    /// As [`Store::open_postgres`], beside the process that serves from this folder: for a backup. The folder has the key already.
    ///
    /// # Errors
    /// As for [`Store::open`]; [`StoreError::Newer`] also where the tables are of an older build.
    pub async fn beside_on_server(url: &str, dir: &Path) -> Result<Self, StoreError> {
        let folder = Folder::beside(dir)?;
        let pool = connect::postgres(url).await?;
        connect::migrated(&pool).await?;
        Ok(Self::on_server(folder, pool))
    }

    fn on_server(folder: Folder, pool: DatabaseConnection) -> Self {
        Self::of(folder, (pool.clone(), pool), ReplyWhen::Durable, None)
    }

    fn of(
        folder: Folder,
        (writer, reader): (DatabaseConnection, DatabaseConnection),
        reply: ReplyWhen,
        ends: Option<Mutex<HashMap<ScopeId, End>>>,
    ) -> Self {
        Self {
            writer,
            reader,
            folder,
            reply,
            ends,
            keys: Keys::default(),
            orders: Orders::default(),
            queue: Queue::default(),
            settings: Settings::default(),
            receipts: Writes::default(),
            kinds: Kinds::NONE,
            key_files: Mutex::default(),
            backup_keys: BackupKeys::Beside,
        }
    }

    /// Says what is about persons: before the first record is taken.
    #[must_use]
    pub fn with_kinds(mut self, kinds: Kinds) -> Self {
        self.kinds = kinds;
        self
    }

    /// Chooses where backups leave the keys.
    #[doc(hidden)]
    #[must_use]
    pub fn with_backup_keys(mut self, keys: BackupKeys) -> Self {
        self.backup_keys = keys;
        self
    }

    /// Can another process write to the same database?
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.ends.is_none()
    }

    /// The id of this node.
    #[must_use]
    pub fn node(&self) -> String {
        self.folder.node()
    }

    /// Where the key of this node is.
    #[must_use]
    pub fn key_in(&self) -> KeyIn {
        self.folder.key_in()
    }

    /// The key this node signs requests and receipts with.
    #[must_use]
    pub fn node_key(&self) -> SigningKey {
        self.folder.node_key()
    }

    /// What the key is made of with which bundles for this node are opened: 32 bytes that never leave this computer.
    #[must_use]
    pub fn sealing_secret(&self) -> [u8; 32] {
        self.folder.sealing_secret()
    }

    /// The database file.
    ///
    /// # Errors
    /// [`StoreError::NoFile`] on a database server.
    pub(crate) fn file(&self) -> Result<std::path::PathBuf, StoreError> {
        if self.has_file() { Ok(self.folder.database()) } else { Err(StoreError::NoFile) }
    }

    /// Are the records in a file of this folder, which is backed up by itself and restored here?
    #[must_use]
    pub fn has_file(&self) -> bool {
        !self.is_shared()
    }

    /// The data folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        self.folder.dir()
    }

    /// Closes the database; what was answered is durable without it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn close(self) -> Result<(), StoreError> {
        self.reader.close().await?;
        self.writer.close().await?;
        Ok(())
    }
}
