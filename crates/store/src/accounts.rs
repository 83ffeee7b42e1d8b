//! Accounts (帐号) of those who come in by a browser from elsewhere, as rows: who there is, how far each is set up, what verifies them.
//!
//! Everything lies in the database, so that several instances on one server have the same; what it is kept with lies in a file beside
//! (`secret`). Every change is one statement or one transaction that says what it expects to find: two instances that do the same at once
//! do it once. Left out: which passwords may be chosen (`domain`), what time it is, and who may try how often (`app`).

mod change;
mod codes;
mod guesses;
mod secret;
mod sessions;

pub use change::{Link, Proofs};
pub use codes::Code;
pub use guesses::Tries;
pub use secret::Secret;
pub(crate) use secret::{KEY, key_comes};
pub use sessions::Session;

use crate::connect::{migrated, postgres, sqlite_reader, sqlite_writer};
use crate::entity::{account, account_recovery};
use crate::folder::DATABASE;
use crate::{Store, StoreError};
use sea_orm::{ColumnTrait, DatabaseConnection, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use std::path::{Path, PathBuf};

/// The accounts of a database.
#[derive(Clone, Debug)]
pub struct Accounts {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
    dir: PathBuf,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Never changes.
    pub id: String,
    /// As it is shown.
    pub name: String,
    /// What it may do: a word of the caller's.
    pub may: String,
    /// Which secret it is kept with.
    pub kept_with: String,
    /// The hashed password, where it is set up.
    pub verifier: Option<String>,
    /// The authenticator's secret, encrypted.
    pub authenticator: Option<Vec<u8>>,
    /// Another one that has shown no code yet, encrypted, and until when it may.
    pub pending: Option<(Vec<u8>, i64)>,
    /// The last step of time whose code was accepted.
    pub step: i64,
    /// Until when its set-up code counts, where there is one.
    pub link_until: Option<i64>,
}

impl From<account::Model> for Account {
    fn from(row: account::Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            may: row.may,
            kept_with: row.kept_with,
            verifier: row.verifier,
            authenticator: row.authenticator,
            pending: row.pending.zip(row.pending_until),
            step: row.step,
            link_until: row.link.and(row.link_until),
        }
    }
}

impl Store {
    /// The accounts of this database.
    #[must_use]
    pub fn accounts(&self) -> Accounts {
        Accounts { writer: self.writer.clone(), reader: self.reader.clone(), dir: self.dir().to_owned() }
    }
}

impl Accounts {
    /// Those of a folder that another process holds: it goes on meanwhile. Nothing else of the database is touched this way.
    ///
    /// # Errors
    /// [`StoreError::Newer`], also where the tables are of an older build; what the database says.
    pub async fn beside(dir: &Path) -> Result<Self, StoreError> {
        let path = dir.join(DATABASE);
        let writer = sqlite_writer(&path).await?;
        migrated(&writer).await?;
        let reader = sqlite_reader(&path).await?;
        Ok(Self { writer, reader, dir: dir.to_owned() })
    }

    /// As [`Accounts::beside`], on a database server; the folder has the file of the secret.
    ///
    /// # Errors
    /// As for [`Accounts::beside`].
    pub async fn beside_on_server(url: &str, dir: &Path) -> Result<Self, StoreError> {
        let pool = postgres(url).await?;
        migrated(&pool).await?;
        Ok(Self { writer: pool.clone(), reader: pool, dir: dir.to_owned() })
    }

    /// Every account, by name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn list(&self) -> Result<Vec<Account>, StoreError> {
        let rows = account::Entity::find().order_by_asc(account::Column::Folded).all(&self.reader).await?;
        Ok(rows.into_iter().map(Account::from).collect())
    }

    /// The account of a name, as it is compared.
    ///
    /// # Errors
    /// What the database says.
    pub async fn named(&self, folded: &str) -> Result<Option<Account>, StoreError> {
        let own = account::Entity::find().filter(account::Column::Folded.eq(folded));
        Ok(own.one(&self.reader).await?.map(Account::from))
    }

    /// The account whose set-up code this is the hash of, at a moment.
    ///
    /// # Errors
    /// What the database says.
    pub async fn linked(&self, link: &[u8], now: i64) -> Result<Option<Account>, StoreError> {
        let own = account::Entity::find().filter(linked(link, now));
        Ok(own.one(&self.reader).await?.map(Account::from))
    }

    /// Hashes of the recovery codes that are left.
    ///
    /// # Errors
    /// What the database says.
    pub async fn recovery(&self, id: &str) -> Result<Vec<Vec<u8>>, StoreError> {
        let own = account_recovery::Entity::find().filter(account_recovery::Column::Account.eq(id));
        Ok(own.all(&self.reader).await?.into_iter().map(|row| row.hash).collect())
    }

    /// How many recovery codes are left.
    ///
    /// # Errors
    /// What the database says.
    pub async fn recovery_left(&self, id: &str) -> Result<u64, StoreError> {
        let own = account_recovery::Entity::find().filter(account_recovery::Column::Account.eq(id));
        Ok(own.count(&self.reader).await?)
    }
}

/// Rows whose set-up code this is the hash of, at a moment.
fn linked(link: &[u8], now: i64) -> sea_orm::sea_query::SimpleExpr {
    use sea_orm::sea_query::ExprTrait;
    account::Column::Link.eq(link.to_vec()).and(account::Column::LinkUntil.gt(now))
}
