//! What is not in the ledger: the list of competitions (made again from it), settings of this computer.

use crate::append::hash;
use crate::entity::{competition_index, setting};
use crate::folder::private_file;
use crate::{Store, StoreError};
use jiangsai_ledger::ScopeId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbBackend, EntityTrait, Statement};
use std::path::Path;

/// A line of the list of competitions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndexRow {
    /// Title.
    pub title: String,
    /// Date, `YYYY-MM-DD`, or empty.
    pub date: String,
    /// Entries that compete.
    pub entries: i64,
    /// Synthetic people only.
    pub synthetic: bool,
    /// Milliseconds since 1970 of the newest change.
    pub changed_at: i64,
}

impl Store {
    /// Keeps the line of a competition.
    ///
    /// # Errors
    /// What the database says.
    pub async fn index_put(&self, scope: ScopeId, row: IndexRow) -> Result<(), StoreError> {
        use competition_index::{ActiveModel, Column, Entity};
        let row = ActiveModel {
            scope: Set(scope.hash().bytes().to_vec()),
            title: Set(row.title),
            date: Set(row.date),
            entries: Set(row.entries),
            synthetic: Set(row.synthetic),
            changed_at: Set(row.changed_at),
        };
        let replace = OnConflict::column(Column::Scope)
            .update_columns([Column::Title, Column::Date, Column::Entries, Column::Synthetic, Column::ChangedAt])
            .to_owned();
        Entity::insert(row).on_conflict(replace).exec_without_returning(&self.writer).await?;
        Ok(())
    }

    /// Every line.
    ///
    /// # Errors
    /// What the database says.
    pub async fn index_list(&self) -> Result<Vec<(ScopeId, IndexRow)>, StoreError> {
        let rows = competition_index::Entity::find().all(&self.reader).await?;
        rows.into_iter()
            .map(|row| {
                let own = IndexRow {
                    title: row.title,
                    date: row.date,
                    entries: row.entries,
                    synthetic: row.synthetic,
                    changed_at: row.changed_at,
                };
                Ok((ScopeId::new(hash(&row.scope)?), own))
            })
            .collect()
    }

    /// A setting of this computer.
    ///
    /// # Errors
    /// What the database says.
    pub async fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(setting::Entity::find_by_id(key.to_owned()).one(&self.reader).await?.map(|row| row.value))
    }

    /// Keeps a setting of this computer.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_setting(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let row = setting::ActiveModel { key: Set(key.to_owned()), value: Set(value.to_owned()) };
        let replace = OnConflict::column(setting::Column::Key).update_column(setting::Column::Value).to_owned();
        setting::Entity::insert(row).on_conflict(replace).exec_without_returning(&self.writer).await?;
        Ok(())
    }

    /// Writes a consistent copy of the database into a new file, readable by its owner alone, while others go on reading.
    ///
    /// # Errors
    /// What the database says; PostgreSQL has its own tools for this.
    pub async fn backup(&self, to: &Path) -> Result<(), StoreError> {
        let name = to.to_str().ok_or_else(|| std::io::Error::other("a path that is not text"))?;
        // SQLite takes a file that is empty, and leaves it as private as it is.
        private_file().create_new(true).open(to)?;
        let copy = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [name.into()]);
        if let Err(error) = self.writer.execute_raw(copy).await {
            // Half a copy is none.
            std::fs::remove_file(to).ok();
            return Err(error.into());
        }
        Ok(())
    }
}
