//! Who is signed in, by the hash of the session's token: whoever reads the database does not get in with it.

use super::change::dismiss;
use super::{Account, Accounts};
use crate::StoreError;
use crate::entity::{account, account_session};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

/// A browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Of its token.
    pub hash: Vec<u8>,
    /// Whose.
    pub account: String,
    /// Milliseconds since 1970 of the sign-in.
    pub begun_at: i64,
    /// Milliseconds since 1970 of the last act that was noted.
    pub acted_at: i64,
    /// Browser and system in a few words.
    pub browser: String,
}

impl From<account_session::Model> for Session {
    fn from(row: account_session::Model) -> Self {
        let account_session::Model { hash, account, begun_at, acted_at, browser } = row;
        Self { hash, account, begun_at, acted_at, browser }
    }
}

/// Keeps a session.
pub(super) async fn open(change: &impl ConnectionTrait, session: Session) -> Result<(), StoreError> {
    let row = account_session::ActiveModel {
        hash: Set(session.hash),
        account: Set(session.account),
        begun_at: Set(session.begun_at),
        acted_at: Set(session.acted_at),
        browser: Set(session.browser),
    };
    account_session::Entity::insert(row).exec_without_returning(change).await?;
    Ok(())
}

impl Accounts {
    /// The session whose token this is the hash of, with its account.
    ///
    /// # Errors
    /// What the database says.
    pub async fn session(&self, hash: &[u8]) -> Result<Option<(Session, Account)>, StoreError> {
        let found = account_session::Entity::find_by_id(hash.to_vec()).one(&self.reader).await?;
        let Some(found) = found else { return Ok(None) };
        let own = account::Entity::find_by_id(found.account.clone()).one(&self.reader).await?;
        Ok(own.map(|own| (found.into(), own.into())))
    }

    /// Every session of an account, the newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn sessions(&self, account: &str) -> Result<Vec<Session>, StoreError> {
        let own = account_session::Entity::find().filter(account_session::Column::Account.eq(account));
        let rows = own.order_by_desc(account_session::Column::BegunAt).all(&self.reader).await?;
        Ok(rows.into_iter().map(Session::from).collect())
    }

    /// Notes an act.
    ///
    /// # Errors
    /// What the database says.
    pub async fn acted(&self, hash: &[u8], at: i64) -> Result<(), StoreError> {
        account_session::Entity::update_many()
            .col_expr(account_session::Column::ActedAt, Expr::value(at))
            .filter(account_session::Column::Hash.eq(hash.to_vec()))
            .exec(&self.writer)
            .await?;
        Ok(())
    }

    /// Ends a session.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_session(&self, hash: &[u8]) -> Result<(), StoreError> {
        account_session::Entity::delete_by_id(hash.to_vec()).exec(&self.writer).await?;
        Ok(())
    }

    /// Ends every session of an account.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_sessions(&self, account: &str) -> Result<(), StoreError> {
        dismiss(&self.writer, account).await
    }

    /// Throws away sessions that began before a moment, or in which nobody did anything since another.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_old(&self, begun_before: i64, acted_before: i64) -> Result<(), StoreError> {
        let old = Condition::any()
            .add(account_session::Column::BegunAt.lte(begun_before))
            .add(account_session::Column::ActedAt.lte(acted_before));
        account_session::Entity::delete_many().filter(old).exec(&self.writer).await?;
        Ok(())
    }
}
