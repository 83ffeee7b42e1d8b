//! Files that belong to a competition, or to this computer, without standing in a record. They are in every backup.
//!
//! Left out: what they are and what they are called.

use crate::append::random;
use crate::entity::attachment::{ActiveModel, Column, Entity};
use crate::entity::attachment_key;
use crate::personal::{close, is_closed, open};
use crate::{Store, StoreError};
use jiangsai_ledger::ScopeId;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeSet;

/// Whose files: of a competition, or of no competition in particular.
fn key(scope: Option<ScopeId>) -> Vec<u8> {
    scope.map(|scope| scope.hash().bytes().to_vec()).unwrap_or_default()
}

/// What is encrypted is this file and no other.
fn named(scope: &[u8], name: &str) -> Vec<u8> {
    [scope, name.as_bytes()].concat()
}

/// Does a file begin as what is encrypted does? Asked without reading it.
const fn closed_in(backend: DatabaseBackend) -> &'static str {
    match backend {
        DatabaseBackend::Postgres => r"substr(bytes, 1, 1) = '\x01'::bytea",
        _ => "substr(bytes, 1, 1) = x'01'",
    }
}

impl Store {
    /// Keeps a file in the place of the one of this name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn attachment_put(&self, scope: Option<ScopeId>, name: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
        // Only what is encrypted may begin as that does.
        if is_closed(&bytes) {
            return self.attachment_put_closed(scope, name, bytes).await;
        }
        let row = ActiveModel { scope: Set(key(scope)), name: Set(name.to_owned()), bytes: Set(bytes) };
        let replace = OnConflict::columns([Column::Scope, Column::Name]).update_column(Column::Bytes).to_owned();
        Entity::insert(row).on_conflict(replace).exec_without_returning(&self.writer).await?;
        Ok(())
    }

    /// As [`Store::attachment_put`], of a file about a person: it is kept encrypted, and can be erased.
    ///
    /// # Errors
    /// What the database says.
    pub async fn attachment_put_closed(
        &self,
        scope: Option<ScopeId>,
        name: &str,
        bytes: Vec<u8>,
    ) -> Result<(), StoreError> {
        let (scope, key_of_file) = (key(scope), random()?);
        let closed = close(&key_of_file, &named(&scope, name), &bytes)?;
        let transaction = self.begin().await?;
        let row = ActiveModel { scope: Set(scope.clone()), name: Set(name.to_owned()), bytes: Set(closed) };
        let replace = OnConflict::columns([Column::Scope, Column::Name]).update_column(Column::Bytes).to_owned();
        Entity::insert(row).on_conflict(replace).exec_without_returning(&transaction).await?;
        let own = attachment_key::ActiveModel {
            scope: Set(scope),
            name: Set(name.to_owned()),
            key: Set(key_of_file.to_vec()),
        };
        let replace = OnConflict::columns([attachment_key::Column::Scope, attachment_key::Column::Name])
            .update_column(attachment_key::Column::Key)
            .to_owned();
        attachment_key::Entity::insert(own).on_conflict(replace).exec_without_returning(&transaction).await?;
        self.commit(transaction).await
    }

    /// A file; `None` where there is none of this name, or none that can be read here.
    ///
    /// # Errors
    /// What the database says.
    pub async fn attachment(&self, scope: Option<ScopeId>, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let found = Entity::find_by_id((key(scope), name.to_owned())).one(&self.reader).await?;
        let Some(row) = found else { return Ok(None) };
        if !is_closed(&row.bytes) {
            return Ok(Some(row.bytes));
        }
        let id = (row.scope.clone(), row.name.clone());
        let own = attachment_key::Entity::find_by_id(id).one(&self.reader).await?;
        Ok(own.and_then(|own| open(&own.key, &named(&row.scope, name), &row.bytes)))
    }

    /// The names of all files, without reading them; of what is encrypted those that have a key here.
    ///
    /// # Errors
    /// What the database says.
    pub async fn attachment_names(&self, scope: Option<ScopeId>) -> Result<Vec<String>, StoreError> {
        let own = Entity::find().filter(Column::Scope.eq(key(scope))).order_by_asc(Column::Name);
        let closed = Expr::cust(closed_in(self.reader.get_database_backend()));
        let rows: Vec<(String, bool)> =
            own.select_only().column(Column::Name).column_as(closed, "closed").into_tuple().all(&self.reader).await?;
        let keys = attachment_key::Entity::find().filter(attachment_key::Column::Scope.eq(key(scope)));
        let keys: Vec<String> =
            keys.select_only().column(attachment_key::Column::Name).into_tuple().all(&self.reader).await?;
        let keys: BTreeSet<String> = keys.into_iter().collect();
        let readable = |(name, closed): (String, bool)| Some(name).filter(|name| !closed || keys.contains(name));
        Ok(rows.into_iter().filter_map(readable).collect())
    }

    /// Removes a file, if there is one of this name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn attachment_drop(&self, scope: Option<ScopeId>, name: &str) -> Result<(), StoreError> {
        Entity::delete_by_id((key(scope), name.to_owned())).exec(&self.writer).await?;
        attachment_key::Entity::delete_by_id((key(scope), name.to_owned())).exec(&self.writer).await?;
        Ok(())
    }
}
