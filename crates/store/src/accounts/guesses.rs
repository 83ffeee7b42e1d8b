//! Wrong tries, by what was tried. In the database, so that instances count together and a restart forgives nothing; also for names that
//! nobody has, which are then no different from those that somebody has.

use super::Accounts;
use crate::StoreError;
use crate::entity::account_guess;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, TryInsertResult};

/// Wrong tries at one thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tries {
    /// How many.
    pub wrong: i64,
    /// Milliseconds since 1970 of the last.
    pub last_at: i64,
}

impl Accounts {
    /// The wrong tries at something; `of` is a hash of what it is.
    ///
    /// # Errors
    /// What the database says.
    pub async fn tries(&self, of: &[u8]) -> Result<Tries, StoreError> {
        let row = account_guess::Entity::find_by_id(of.to_vec()).one(&self.reader).await?;
        Ok(row.map(|row| Tries { wrong: row.wrong, last_at: row.last_at }).unwrap_or_default())
    }

    /// Puts other tries in the place of those that were seen; `false` where somebody else did meanwhile.
    ///
    /// # Errors
    /// What the database says.
    pub async fn count_try(&self, of: &[u8], seen: Tries, now: Tries) -> Result<bool, StoreError> {
        use account_guess::Column;
        if seen == Tries::default() {
            let row =
                account_guess::ActiveModel { of: Set(of.to_vec()), wrong: Set(now.wrong), last_at: Set(now.last_at) };
            let one = OnConflict::column(Column::Of).do_nothing().to_owned();
            let inserted =
                account_guess::Entity::insert(row).on_conflict(one).try_insert().exec_without_returning(&self.writer);
            return Ok(matches!(inserted.await?, TryInsertResult::Inserted(1..)));
        }
        let changed = account_guess::Entity::update_many()
            .col_expr(Column::Wrong, Expr::value(now.wrong))
            .col_expr(Column::LastAt, Expr::value(now.last_at))
            .filter(Column::Of.eq(of.to_vec()))
            .filter(Column::Wrong.eq(seen.wrong))
            .filter(Column::LastAt.eq(seen.last_at))
            .exec(&self.writer)
            .await?;
        Ok(changed.rows_affected > 0)
    }

    /// Forgets the tries at something.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forgive(&self, of: &[u8]) -> Result<(), StoreError> {
        account_guess::Entity::delete_by_id(of.to_vec()).exec(&self.writer).await?;
        Ok(())
    }

    /// Forgets all tries whose last was before a moment.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_tries(&self, before: i64) -> Result<(), StoreError> {
        account_guess::Entity::delete_many()
            .filter(account_guess::Column::LastAt.lt(before))
            .exec(&self.writer)
            .await?;
        Ok(())
    }
}
