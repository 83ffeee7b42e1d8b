//! Word of what is written into a database that several processes share, so that each can say on its own side what came through another.

use crate::append::hash;
use crate::entity::scope;
use crate::offer::number;
use crate::{Store, StoreError};
use jiangsai_ledger::ScopeId;
use sea_orm::sqlx::postgres::PgListener;
use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseConnection, DatabaseTransaction, EntityTrait, Statement};
use std::collections::HashMap;
use std::time::Duration;

/// What the server calls it.
const CHANNEL: &str = "jiangsai_accepted";
/// How often is looked all the same: something between here and the server may pass on no word.
const LOOK: Duration = Duration::from_secs(10);

/// Says, once the transaction is committed, that something was accepted in a scope. In a file that is held alone there is nobody to hear it.
pub(crate) async fn tell(transaction: &DatabaseTransaction, scope: ScopeId) -> Result<(), StoreError> {
    if transaction.get_database_backend() != DatabaseBackend::Postgres {
        return Ok(());
    }
    let word = [CHANNEL.into(), scope.to_string().into()];
    let said = Statement::from_sql_and_values(DatabaseBackend::Postgres, "SELECT pg_catalog.pg_notify($1, $2)", word);
    transaction.query_one_raw(said).await?;
    Ok(())
}

/// Hears of what is accepted, by this process or another.
#[derive(Debug)]
pub struct Watch {
    listener: PgListener,
    database: DatabaseConnection,
    /// How far each scope was.
    heads: HashMap<ScopeId, u64>,
}

impl Store {
    /// Hears from now on of what is accepted; `None` where no other process can write.
    ///
    /// # Errors
    /// What the database says.
    pub async fn watch(&self) -> Result<Option<Watch>, StoreError> {
        if !self.is_shared() {
            return Ok(None);
        }
        let mut listener = PgListener::connect_with(self.reader.get_postgres_connection_pool()).await?;
        listener.listen(CHANNEL).await?;
        let mut watch = Watch { listener, database: self.reader.clone(), heads: HashMap::new() };
        // After it listens: nothing falls in between.
        watch.grown().await?;
        Ok(Some(watch))
    }
}

impl Watch {
    /// Waits until something was accepted, and says in which scopes.
    ///
    /// # Errors
    /// What the database says; it is to be watched anew then.
    pub async fn next(&mut self) -> Result<Vec<ScopeId>, StoreError> {
        loop {
            let grown = match tokio::time::timeout(LOOK, self.listener.try_recv()).await {
                Ok(Ok(Some(word))) => match word.payload().parse() {
                    Ok(scope) => self.has_grown(scope).await?.then_some(scope).into_iter().collect(),
                    // Somebody else's word.
                    Err(_) => Vec::new(),
                },
                // The connection was lost and is there again, or nothing was heard for long: what was said meanwhile nobody repeats.
                Ok(Ok(None)) | Err(_) => self.grown().await?,
                Ok(Err(error)) => return Err(error.into()),
            };
            if !grown.is_empty() {
                return Ok(grown);
            }
        }
    }

    /// Is a scope further than it was?
    async fn has_grown(&mut self, scope: ScopeId) -> Result<bool, StoreError> {
        let row = scope::Entity::find_by_id(scope.hash().bytes().to_vec()).one(&self.database).await?;
        // Of another schema of the same database, perhaps.
        let Some(row) = row else { return Ok(false) };
        let head = number(row.head)?;
        Ok(self.heads.insert(scope, head) != Some(head))
    }

    /// The scopes that are further than they were.
    async fn grown(&mut self) -> Result<Vec<ScopeId>, StoreError> {
        let mut grown = Vec::new();
        for row in scope::Entity::find().all(&self.database).await? {
            let (scope, head) = (ScopeId::new(hash(&row.id)?), number(row.head)?);
            if self.heads.insert(scope, head) != Some(head) {
                grown.push(scope);
            }
        }
        Ok(grown)
    }
}
