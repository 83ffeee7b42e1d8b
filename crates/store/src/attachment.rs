//! Files that belong to a competition, or to this computer, without standing in a record. They are in every backup.
//!
//! Left out: what they are and what they are called.

use crate::entity::attachment::{ActiveModel, Column, Entity};
use crate::{Store, StoreError};
use jiangsai_ledger::ScopeId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Whose files: of a competition, or of no competition in particular.
fn key(scope: Option<ScopeId>) -> Vec<u8> {
    scope.map(|scope| scope.hash().bytes().to_vec()).unwrap_or_default()
}

impl Store {
    /// Keeps a file in the place of the one of this name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn attachment_put(&self, scope: Option<ScopeId>, name: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
        let row = ActiveModel { scope: Set(key(scope)), name: Set(name.to_owned()), bytes: Set(bytes) };
        let replace = OnConflict::columns([Column::Scope, Column::Name]).update_column(Column::Bytes).to_owned();
        Entity::insert(row).on_conflict(replace).exec_without_returning(&self.writer).await?;
        Ok(())
    }

    /// A file; `None` where there is none of this name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn attachment(&self, scope: Option<ScopeId>, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let found = Entity::find_by_id((key(scope), name.to_owned())).one(&self.reader).await?;
        Ok(found.map(|row| row.bytes))
    }

    /// The names of all files, without reading them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn attachment_names(&self, scope: Option<ScopeId>) -> Result<Vec<String>, StoreError> {
        let own = Entity::find().filter(Column::Scope.eq(key(scope))).order_by_asc(Column::Name);
        Ok(own.select_only().column(Column::Name).into_tuple().all(&self.reader).await?)
    }

    /// Removes a file, if there is one of this name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn attachment_drop(&self, scope: Option<ScopeId>, name: &str) -> Result<(), StoreError> {
        Entity::delete_by_id((key(scope), name.to_owned())).exec(&self.writer).await?;
        Ok(())
    }
}
