//! Settings, of this computer and of its database. Every question of another node asks for several: where nobody else can write they are kept in
//! memory as they were read, until something is written.

use crate::entity::setting;
use crate::writes::{Write, Writes};
use crate::{Store, StoreError};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Whose it is, or empty for what belongs to the database, and its name.
type Name = (String, String);

/// Settings as they were read.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    writes: Writes,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    /// [`Writes::version`] when they were read.
    version: u64,
    values: BTreeMap<Name, Option<String>>,
}

impl Settings {
    /// To be called before anything is written that may be one.
    pub fn begin(&self) -> Write<'_> {
        self.writes.begin()
    }

    fn with<T>(&self, change: impl FnOnce(&mut Known) -> T) -> T {
        change(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A setting that was read, and the version to read it in otherwise.
    fn get(&self, name: &Name) -> (Option<Option<String>>, Option<u64>) {
        let version = self.writes.version();
        let of = |known: &mut Known| known.values.get(name).filter(|_| Some(known.version) == version).cloned();
        (self.with(of), version)
    }

    /// Keeps what was read in a version: it is looked for in that alone.
    fn was_read(&self, name: Name, value: Option<String>, version: u64) {
        self.with(|known| {
            if known.version != version {
                *known = Known { version, values: BTreeMap::new() };
            }
            known.values.insert(name, value);
        });
    }
}

impl Store {
    /// A setting of this computer.
    ///
    /// # Errors
    /// What the database says.
    pub async fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.setting_of(self.node(), key).await
    }

    /// `node`: whose, or empty for what belongs to the database.
    pub(crate) async fn setting_of(&self, node: String, key: &str) -> Result<Option<String>, StoreError> {
        let name = (node, key.to_owned());
        let (known, version) = self.settings.get(&name);
        if let Some(value) = known {
            return Ok(value);
        }
        let value = setting::Entity::find_by_id(name.clone()).one(&self.reader).await?.map(|row| row.value);
        if let Some(version) = version.filter(|_| !self.is_shared()) {
            self.settings.was_read(name, value.clone(), version);
        }
        Ok(value)
    }

    /// Keeps a setting of this computer.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_setting(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.put_setting(&self.node(), key, value).await
    }

    /// `node`: whose, or empty for what belongs to the database.
    pub(crate) async fn put_setting(&self, node: &str, key: &str, value: &str) -> Result<(), StoreError> {
        let (node, value) = (node.to_owned(), value.to_owned());
        let row = setting::ActiveModel { node: Set(node), key: Set(key.to_owned()), value: Set(value) };
        let replace = OnConflict::columns([setting::Column::Node, setting::Column::Key])
            .update_column(setting::Column::Value)
            .to_owned();
        let write = self.settings.begin();
        setting::Entity::insert(row).on_conflict(replace).exec_without_returning(&self.writer).await?;
        write.answered();
        Ok(())
    }
}
