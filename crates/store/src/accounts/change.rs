//! Changes of accounts. Whatever changes how one is verified ends its sessions in the same transaction.

use super::{Accounts, Code, Session, codes, linked, sessions};
use crate::StoreError;
use crate::entity::{account, account_recovery, account_session};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, TransactionTrait,
};

/// A one-time set-up code: its hash, and until when it counts.
#[derive(Clone, Debug)]
pub struct Link {
    /// Of the code.
    pub hash: Vec<u8>,
    /// Milliseconds since 1970.
    pub until: i64,
}

/// What an account is verified by from now on.
#[derive(Clone, Debug)]
pub struct Proofs {
    /// The authenticator's secret, encrypted.
    pub authenticator: Vec<u8>,
    /// Step of time of the code that proved it.
    pub step: i64,
    /// Hashes of recovery codes.
    pub recovery: Vec<Vec<u8>>,
}

impl Accounts {
    /// Adds an account that waits for its set-up; `false` where there is one of that name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add(
        &self,
        (id, name, folded): (&str, &str, &str),
        may: &str,
        kept_with: &str,
        link: Link,
    ) -> Result<bool, StoreError> {
        let row = account::ActiveModel {
            id: Set(id.to_owned()),
            name: Set(name.to_owned()),
            folded: Set(folded.to_owned()),
            may: Set(may.to_owned()),
            kept_with: Set(kept_with.to_owned()),
            verifier: Set(None),
            authenticator: Set(None),
            step: Set(0),
            pending: Set(None),
            pending_until: Set(None),
            link: Set(Some(link.hash)),
            link_until: Set(Some(link.until)),
        };
        let one_of_each_name = OnConflict::column(account::Column::Folded).do_nothing().to_owned();
        let added = account::Entity::insert(row)
            .on_conflict(one_of_each_name)
            .try_insert()
            .exec_without_returning(&self.writer)
            .await?;
        Ok(matches!(added, sea_orm::TryInsertResult::Inserted(1..)))
    }

    /// Takes away what an account is verified by, signs it out everywhere, and gives it another set-up code.
    ///
    /// # Errors
    /// What the database says.
    pub async fn reset(&self, id: &str, kept_with: &str, link: Link) -> Result<(), StoreError> {
        use account::Column;
        let change = self.writer.begin().await?;
        account::Entity::update_many()
            .col_expr(Column::KeptWith, Expr::value(kept_with))
            .col_expr(Column::Verifier, Expr::value(None::<String>))
            .col_expr(Column::Authenticator, Expr::value(None::<Vec<u8>>))
            .col_expr(Column::Pending, Expr::value(None::<Vec<u8>>))
            .col_expr(Column::PendingUntil, Expr::value(None::<i64>))
            .col_expr(Column::Link, Expr::value(link.hash))
            .col_expr(Column::LinkUntil, Expr::value(link.until))
            .filter(Column::Id.eq(id))
            .exec(&change)
            .await?;
        dismiss(&change, id).await?;
        forget_recovery(&change, id).await?;
        Ok(change.commit().await?)
    }

    /// Removes an account and signs it out everywhere.
    ///
    /// # Errors
    /// What the database says.
    pub async fn remove(&self, id: &str) -> Result<(), StoreError> {
        let change = self.writer.begin().await?;
        dismiss(&change, id).await?;
        forget_recovery(&change, id).await?;
        account::Entity::delete_by_id(id.to_owned()).exec(&change).await?;
        Ok(change.commit().await?)
    }

    /// Keeps the secret of an authenticator that has shown no code yet, in the place of the one there was.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_pending(&self, id: &str, sealed: Vec<u8>, until: i64) -> Result<(), StoreError> {
        use account::Column;
        account::Entity::update_many()
            .col_expr(Column::Pending, Expr::value(sealed))
            .col_expr(Column::PendingUntil, Expr::value(until))
            .filter(Column::Id.eq(id))
            .exec(&self.writer)
            .await?;
        Ok(())
    }

    /// Ends a set-up, uses up its code, and opens a session; `false` where somebody used it up before, or its time is over.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_up(
        &self,
        (link, session): (&[u8], Session),
        now: i64,
        verifier: &str,
        proofs: Proofs,
    ) -> Result<bool, StoreError> {
        use account::Column;
        let change = self.writer.begin().await?;
        let done = account::Entity::update_many()
            .col_expr(Column::Verifier, Expr::value(verifier))
            .col_expr(Column::Link, Expr::value(None::<Vec<u8>>))
            .col_expr(Column::LinkUntil, Expr::value(None::<i64>))
            .filter(Column::Id.eq(session.account.as_str()))
            .filter(linked(link, now))
            .exec(&change)
            .await?;
        prove_and_open(change, done.rows_affected > 0, proofs, session).await
    }

    /// Another password in the place of one that was shown, with a code. Every session ends, and one is opened; `false` as for [`Accounts::enter`].
    ///
    /// # Errors
    /// What the database says.
    pub async fn change_verifier(
        &self,
        (before, after): (&str, &str),
        code: &Code,
        session: Session,
    ) -> Result<bool, StoreError> {
        let change = self.writer.begin().await?;
        if !codes::use_up(&change, &session.account, before, code).await? {
            change.rollback().await?;
            return Ok(false);
        }
        account::Entity::update_many()
            .col_expr(account::Column::Verifier, Expr::value(after))
            .filter(account::Column::Id.eq(session.account.as_str()))
            .exec(&change)
            .await?;
        dismiss(&change, &session.account).await?;
        sessions::open(&change, session).await?;
        change.commit().await?;
        Ok(true)
    }

    /// The pending authenticator in the place of the one there was, with other recovery codes. Every session ends, and one is opened; `false` where
    /// another one is pending, or none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn turn_authenticator(
        &self,
        pending: &[u8],
        proofs: Proofs,
        session: Session,
    ) -> Result<bool, StoreError> {
        let change = self.writer.begin().await?;
        let same = account::Entity::update_many()
            .col_expr(account::Column::Pending, Expr::value(None::<Vec<u8>>))
            .filter(account::Column::Id.eq(session.account.as_str()))
            .filter(account::Column::Pending.eq(pending.to_vec()))
            .exec(&change)
            .await?;
        prove_and_open(change, same.rows_affected > 0, proofs, session).await
    }
}

/// Ends a change that brings an authenticator: with it and a session where the change `fits`, else with nothing.
async fn prove_and_open(
    change: DatabaseTransaction,
    fits: bool,
    proofs: Proofs,
    session: Session,
) -> Result<bool, StoreError> {
    if !fits {
        change.rollback().await?;
        return Ok(false);
    }
    prove_by(&change, &session.account, proofs).await?;
    sessions::open(&change, session).await?;
    change.commit().await?;
    Ok(true)
}

async fn prove_by(change: &impl ConnectionTrait, id: &str, proofs: Proofs) -> Result<(), StoreError> {
    use account::Column;
    account::Entity::update_many()
        .col_expr(Column::Authenticator, Expr::value(proofs.authenticator))
        .col_expr(Column::Step, Expr::value(proofs.step))
        .col_expr(Column::Pending, Expr::value(None::<Vec<u8>>))
        .col_expr(Column::PendingUntil, Expr::value(None::<i64>))
        .filter(Column::Id.eq(id))
        .exec(change)
        .await?;
    dismiss(change, id).await?;
    forget_recovery(change, id).await?;
    let rows = proofs.recovery.into_iter();
    let rows = rows.map(|hash| account_recovery::ActiveModel { account: Set(id.to_owned()), hash: Set(hash) });
    account_recovery::Entity::insert_many(rows).exec_without_returning(change).await?;
    Ok(())
}

/// Ends every session of an account.
pub(super) async fn dismiss(change: &impl ConnectionTrait, id: &str) -> Result<(), StoreError> {
    let own = account_session::Entity::delete_many().filter(account_session::Column::Account.eq(id));
    own.exec(change).await?;
    Ok(())
}

async fn forget_recovery(change: &impl ConnectionTrait, id: &str) -> Result<(), StoreError> {
    let own = account_recovery::Entity::delete_many().filter(account_recovery::Column::Account.eq(id));
    own.exec(change).await?;
    Ok(())
}
