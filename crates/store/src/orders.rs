//! Which display order comes next in a scope.
//!
//! The highest order that was met is remembered, as a bound from below: what is asked for then are the few records since. Asked without it, a
//! database whose statistics are behind may read every record of the scope to find the highest.

use crate::StoreError;
use crate::append::signed;
use crate::entity::record;
use jiangsai_ledger::ScopeId;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

#[derive(Debug, Default)]
pub(crate) struct Orders(Mutex<HashMap<ScopeId, u64>>);

impl Orders {
    fn with<T>(&self, use_it: impl FnOnce(&mut HashMap<ScopeId, u64>) -> T) -> T {
        use_it(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// One more than the display order of any record of the scope.
    pub(crate) async fn next(&self, transaction: &DatabaseTransaction, scope: ScopeId) -> Result<u64, StoreError> {
        let met = self.with(|orders| orders.get(&scope).copied()).unwrap_or(0);
        let newest = match highest(transaction, scope, met).await? {
            // What was met may be gone: with a transaction that did not come through, or by a restore.
            None if met > 0 => highest(transaction, scope, 0).await?,
            newest => newest,
        };
        let Some(newest) = newest else { return Ok(0) };
        self.with(|orders| orders.insert(scope, newest));
        Ok(newest + 1)
    }
}

/// The highest display order of a scope that is not below a bound.
async fn highest(transaction: &DatabaseTransaction, scope: ScopeId, bound: u64) -> Result<Option<u64>, StoreError> {
    // In order, not `max()`: while its statistics say that there is next to nothing, PostgreSQL takes any index for the one and the right one for
    // the other.
    let newest: Option<i64> = record::Entity::find()
        .select_only()
        .column(record::Column::Ord)
        .filter(record::Column::Scope.eq(scope.hash().bytes().to_vec()))
        .filter(record::Column::Ord.gte(signed(bound)?))
        .order_by_desc(record::Column::Ord)
        .limit(1)
        .into_tuple()
        .one(transaction)
        .await?;
    Ok(newest.and_then(|newest| u64::try_from(newest).ok()))
}
