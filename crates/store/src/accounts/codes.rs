//! Codes that were right, each used up once, over all instances.

use super::{Accounts, Session, sessions};
use crate::StoreError;
use crate::entity::{account, account_recovery};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, TransactionTrait};

/// A code that was right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Code {
    /// Of the authenticator, at this step of time.
    Step(i64),
    /// A recovery code of this hash.
    Recovery(Vec<u8>),
}

impl Accounts {
    /// Lets somebody in who has shown the password of a verifier, and a code: uses up the code and opens the session; `false` where the code was used
    /// before, here or elsewhere, or the account is no longer what it was.
    ///
    /// # Errors
    /// What the database says.
    pub async fn enter(&self, verifier: &str, code: &Code, session: Session) -> Result<bool, StoreError> {
        let change = self.writer.begin().await?;
        if !use_up(&change, &session.account, verifier, code).await? {
            change.rollback().await?;
            return Ok(false);
        }
        sessions::open(&change, session).await?;
        change.commit().await?;
        Ok(true)
    }

    /// Uses up a code of somebody who has shown the password of a verifier; `false` as for [`Accounts::enter`].
    ///
    /// # Errors
    /// What the database says.
    pub async fn use_code(&self, id: &str, verifier: &str, code: &Code) -> Result<bool, StoreError> {
        let change = self.writer.begin().await?;
        let used = use_up(&change, id, verifier, code).await?;
        if used {
            change.commit().await?
        } else {
            change.rollback().await?
        }
        Ok(used)
    }
}

/// Uses up a code, once, while the account is verified by what it was: whoever changes that in the meantime waits for this, or this finds it changed.
pub(super) async fn use_up(
    change: &impl ConnectionTrait,
    id: &str,
    verifier: &str,
    code: &Code,
) -> Result<bool, StoreError> {
    use account::Column;
    let own = account::Entity::update_many().filter(Column::Id.eq(id)).filter(Column::Verifier.eq(verifier));
    match code {
        Code::Step(step) => {
            let own = own.col_expr(Column::Step, Expr::value(*step)).filter(Column::Step.lt(*step));
            Ok(own.exec(change).await?.rows_affected > 0)
        }
        Code::Recovery(hash) => {
            // Changed to what it is, so that it is held.
            let held = own.col_expr(Column::Verifier, Expr::value(verifier)).exec(change).await?;
            let code = account_recovery::Entity::delete_by_id((id.to_owned(), hash.clone())).exec(change).await?;
            Ok(held.rows_affected > 0 && code.rows_affected > 0)
        }
    }
}
