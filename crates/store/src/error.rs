//! What can go wrong with a data folder, told apart so that a person can act.

use crate::backup::Damage;
use sea_orm::{DbErr, RuntimeErr, sqlx};

/// Why the store cannot.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process holds the data folder.
    #[error("another process holds the data folder")]
    InUse,
    /// The disk or the folder cannot be written to.
    #[error("cannot be written to")]
    ReadOnly,
    /// The disk is full. Nothing was half-written.
    #[error("the disk is full")]
    DiskFull,
    /// A newer build wrote the database.
    #[error("written by a newer version: {0}")]
    Newer(String),
    /// The file is not a database, or damaged.
    #[error("damaged or not a database: {0}")]
    Corrupt(String),
    /// A connection does not keep what it is told; it was refused before anything was written.
    #[error("the connection is not durable: {0}")]
    NotDurable(String),
    /// A record is over the limits of the format.
    #[error("too large: {0}")]
    TooLarge(jiangsai_ledger::SealError),
    /// Nothing is known under this id.
    #[error("no such scope")]
    UnknownScope,
    /// Records from elsewhere do not verify. Nothing of them was stored.
    #[error("{0}")]
    Refused(jiangsai_ledger::replication::Refused),
    /// Public facts alone are received of this competition here, and something else came. Nothing of it was stored.
    #[error("public facts alone are received of this competition here")]
    HeldInPart,
    /// Headers without their bodies came of a competition that is here whole. Nothing of them was stored.
    #[error("this competition is here whole")]
    HeldWhole,
    /// The system refuses.
    #[error("{0}")]
    Io(std::io::Error),
    /// The database refuses.
    #[error("{0}")]
    Database(DbErr),
    /// The key of this node is in the keychain of the system, which is locked or does not answer.
    #[error("the key is in the system keychain, which does not give it: {0}")]
    KeyLocked(String),
    /// The keychain of this system does not have the key of the node with this id, whose folder it is.
    #[error("the system keychain does not have the key of node {0}")]
    KeyMissing(String),
    /// The key of this node is in a keychain, and this program has none.
    #[error("the key is in the system keychain, which cannot be used here")]
    KeyElsewhere,
    /// A PIN could not be hashed.
    #[error("the PIN could not be kept")]
    Pin,
    /// Accounts were made with another secret than the one in this folder, or there is none.
    #[error("the accounts were made with another accounts.key than the one in this folder")]
    AccountsKey,
    /// A backup is not what was written.
    #[error("the backup {path} is damaged: {damage}")]
    Damaged {
        /// The file.
        path: String,
        /// What is wrong with it, and where.
        damage: Damage,
    },
    /// There is no backup at this path.
    #[error("no backup at {0}")]
    NoBackup(String),
    /// The folder that backups go to is not there.
    #[error("no folder {0}")]
    PlaceMissing(String),
    /// A backup would take the room that records need.
    #[error("{needed} bytes are needed, {free} are free")]
    NoRoom {
        /// Bytes that have to be free.
        needed: u64,
        /// Bytes that are.
        free: u64,
    },
    /// The records are on a database server, where this is not done.
    #[error("the records are on a database server")]
    NoFile,
    /// There is something in the database that a backup was to be restored into.
    #[error("the database is not empty")]
    NotEmpty,
}

impl StoreError {
    /// A small stable code; `error-<code>` in the locale files.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::InUse => "in-use",
            Self::ReadOnly => "read-only",
            Self::DiskFull => "disk-full",
            Self::Newer(_) => "newer",
            Self::Corrupt(_) => "corrupt",
            Self::NotDurable(_) => "not-durable",
            Self::TooLarge(_) => "too-large",
            Self::UnknownScope => "no-competition",
            Self::Refused(_) => "records-refused",
            Self::HeldInPart => "public-part",
            Self::HeldWhole => "public-whole",
            Self::Io(_) => "io",
            Self::Database(_) => "database",
            Self::KeyLocked(_) => "key-locked",
            Self::KeyMissing(_) => "key-missing",
            Self::KeyElsewhere => "key-elsewhere",
            Self::Pin => "internal",
            Self::AccountsKey => "accounts-key",
            Self::Damaged { damage, .. } => damage.code(),
            Self::NoBackup(_) => "backup-none",
            Self::PlaceMissing(_) => "backup-place-missing",
            Self::NoRoom { .. } => "backup-no-room",
            Self::NoFile => "backup-server",
            Self::NotEmpty => "database-not-empty",
        }
    }

    /// Is it for the person to mend, by choosing something else?
    #[must_use]
    pub const fn is_refusal(&self) -> bool {
        use StoreError::{Damaged, HeldInPart, HeldWhole, NoBackup, NoFile, NoRoom, NotEmpty, PlaceMissing};
        let of_place =
            matches!(self, Damaged { .. } | NoBackup(_) | PlaceMissing(_) | NoRoom { .. } | NoFile | NotEmpty);
        of_place || matches!(self, HeldInPart | HeldWhole)
    }

    /// Is it what is stored that does not hold together, rather than the disk or the request?
    #[must_use]
    pub const fn is_damage(&self) -> bool {
        matches!(self, Self::Corrupt(_) | Self::Damaged { .. })
    }

    /// Does the folder lack the key that its records are written with?
    #[must_use]
    pub const fn lacks_key(&self) -> bool {
        matches!(self, Self::KeyMissing(_) | Self::KeyElsewhere)
    }

    /// Particulars by name, for the message.
    #[must_use]
    pub fn args(&self) -> Vec<(String, String)> {
        match self {
            Self::Newer(found) => vec![("found".to_owned(), found.clone())],
            Self::Refused(why) => vec![("why".to_owned(), why.to_string())],
            Self::KeyLocked(why) => vec![("why".to_owned(), why.clone())],
            Self::KeyMissing(node) => vec![("node".to_owned(), node.chars().take(8).collect())],
            Self::Io(error) => vec![("why".to_owned(), error.to_string())],
            Self::Damaged { path, damage } => {
                let place = ("place".to_owned(), damage.to_string());
                vec![("path".to_owned(), path.clone()), place]
            }
            Self::NoRoom { needed, free } => {
                let mb = |bytes: &u64| bytes.div_ceil(1 << 20).to_string();
                vec![("needed".to_owned(), mb(needed)), ("free".to_owned(), mb(free))]
            }
            Self::NoBackup(path) | Self::PlaceMissing(path) => vec![("path".to_owned(), path.clone())],
            _ => Vec::new(),
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Io(error),
        }
    }
}

impl From<jiangsai_ledger::SealError> for StoreError {
    fn from(error: jiangsai_ledger::SealError) -> Self {
        Self::TooLarge(error)
    }
}

impl From<jiangsai_ledger::replication::Refused> for StoreError {
    fn from(error: jiangsai_ledger::replication::Refused) -> Self {
        Self::Refused(error)
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        let runtime = match &error {
            DbErr::Conn(runtime) | DbErr::Exec(runtime) | DbErr::Query(runtime) => runtime,
            _ => return Self::Database(error),
        };
        match runtime {
            RuntimeErr::SqlxError(sqlx) => Self::from_sqlx(sqlx).unwrap_or(Self::Database(error)),
            _ => Self::Database(error),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let known = Self::from_sqlx(&error);
        known.unwrap_or_else(|| Self::Database(DbErr::Conn(RuntimeErr::SqlxError(error.into()))))
    }
}

impl StoreError {
    /// By SQLite's primary result code or PostgreSQL's SQLSTATE, never by message.
    fn from_sqlx(error: &sqlx::Error) -> Option<Self> {
        match error {
            sqlx::Error::Io(io) => match io.kind() {
                std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => Some(Self::ReadOnly),
                std::io::ErrorKind::StorageFull => Some(Self::DiskFull),
                _ => None,
            },
            sqlx::Error::Configuration(inner) => Some(Self::NotDurable(inner.to_string())),
            sqlx::Error::Database(inner) => {
                let code = inner.code()?;
                match (code.as_ref(), code.parse::<u32>().map(|code| code & 0xff)) {
                    // 4874 is SQLITE_IOERR_SHMSIZE: no room for the shared index of the log.
                    ("53100" | "4874", _) => Some(Self::DiskFull),
                    ("25006", _) => Some(Self::ReadOnly),
                    ("XX001" | "XX002", _) => Some(Self::Corrupt(inner.message().to_owned())),
                    // SQLITE_READONLY, SQLITE_CANTOPEN
                    (_, Ok(8 | 14)) => Some(Self::ReadOnly),
                    // SQLITE_FULL
                    (_, Ok(13)) => Some(Self::DiskFull),
                    // SQLITE_CORRUPT, SQLITE_NOTADB
                    (_, Ok(11 | 26)) => Some(Self::Corrupt(inner.message().to_owned())),
                    // SQLITE_BUSY, SQLITE_LOCKED: somebody holds the file without the folder's lock.
                    (_, Ok(5 | 6)) => Some(Self::InUse),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}
