//! The keys of logs that were met, so that not every run asks for them anew. A log is named by the record that holds its key: there is no
//! other one that it could have.

use crate::StoreError;
use crate::append::hash;
use crate::entity::record;
use jiangsai_ledger::replication::{Batch, Push, Refused, key_of};
use jiangsai_ledger::{LogId, Record, ScopeId, VerifyingKey};
use sea_orm::{ConnectionTrait, EntityTrait};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Keys that are kept; a hundred bytes each.
const MOST: usize = 20_000;

#[derive(Debug, Default)]
pub(crate) struct Keys(Mutex<HashMap<(ScopeId, LogId), VerifyingKey>>);

impl Keys {
    fn with<T>(&self, use_it: impl FnOnce(&mut HashMap<(ScopeId, LogId), VerifyingKey>) -> T) -> T {
        use_it(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn put(&self, scope: ScopeId, log: LogId, key: VerifyingKey) {
        self.with(|keys| {
            if keys.len() >= MOST {
                keys.clear();
            }
            keys.insert((scope, log), key);
        });
    }

    /// Verifies a run. `None` when its log is not known and does not begin with it.
    pub(super) async fn verify(
        &self,
        database: &impl ConnectionTrait,
        push: &Push,
    ) -> Result<Option<Batch>, StoreError> {
        if push.from == 0 {
            let batch = Batch::verify(push, None)?;
            if let Some((first, ..)) = batch.records.first() {
                let key = key_of(push.scope, push.log, first).map_err(Refused::Fault)?;
                self.put(push.scope, push.log, key);
            }
            return Ok(Some(batch));
        }
        let known = self.with(|keys| keys.get(&(push.scope, push.log)).copied());
        let key = match known {
            Some(key) => key,
            None => match kept(database, push).await? {
                Some(key) => key,
                None => return Ok(None),
            },
        };
        self.put(push.scope, push.log, key);
        Ok(Some(Batch::verify(push, Some(key))?))
    }
}

/// The key of a log that is here.
async fn kept(database: &impl ConnectionTrait, push: &Push) -> Result<Option<VerifyingKey>, StoreError> {
    let first = record::Entity::find_by_id(push.log.hash().bytes().to_vec()).one(database).await?;
    let Some(first) = first else { return Ok(None) };
    let salt = first.salt.as_slice().try_into().unwrap_or([0; 32]);
    let own = Record { hash: hash(&first.hash)?, header: first.header, salt, body: first.body };
    Ok(Some(key_of(push.scope, push.log, &own).map_err(Refused::Fault)?))
}
