//! The keys of what is about persons, in one file beside the backups of a place. Backups hold none, so that one of last month opens with the
//! keys of today. The file is written whole with every backup and every erasure, and with it goes what was erased: a backup from before the
//! erasure knows nothing of it.
//!
//! One file for each node, as several may keep their backups in one place. Whoever restores takes all that lie there: what one of them says
//! was erased is erased.

use crate::backup::{blocking, replace_private};
use crate::entity::{attachment_key, body_key, erased};
use crate::{Store, StoreError};
use jiangsai_ledger::Hash;
use sea_orm::{ConnectionTrait, DatabaseTransaction, EntityTrait, QueryOrder, TransactionTrait};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Letters of a node's id in the name of its file.
const SHORT: usize = 8;
const BEFORE: &str = "keys-";
const AFTER: &str = ".json";
/// What somebody reads who opens it.
const ABOUT: &str = "这里是旁边各备份中姓名等个人信息的密钥，请与备份放在一起。Keys to the names in the backups beside this file: keep them together.";
/// Setting: places besides the folder of this computer that have such a file.
const PLACES: &str = "personal.places";
/// Takes the turn, on a server. Any number will do that nothing else takes.
const TURN: &str = "SELECT pg_advisory_xact_lock(7480001)";
/// Places that are remembered; the oldest are forgotten first.
const MOST: usize = 32;

/// What stands in the file. Hashes, and keys, in hex.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeyFile {
    format: u32,
    #[serde(default)]
    about: String,
    /// Keys by record.
    records: BTreeMap<String, Key>,
    /// Keys by scope and name.
    #[serde(default)]
    attachments: BTreeMap<String, BTreeMap<String, String>>,
    /// Records whose bodies were erased, and their scopes.
    #[serde(default)]
    erased: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Key {
    scope: String,
    key: String,
}

/// Whom a file is of, by name.
pub(crate) fn file_of(place: &Path, node: &str) -> PathBuf {
    let short: String = node.chars().take(SHORT).collect();
    place.join(format!("{BEFORE}{short}{AFTER}"))
}

/// The files in the folder of a backup and beside it.
pub(crate) fn files_for(backup: &Path) -> Vec<PathBuf> {
    [Some(backup), backup.parent()].into_iter().flatten().flat_map(files_in).collect()
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let named = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.starts_with(BEFORE) && name.ends_with(AFTER)
    };
    entries.map(|entry| entry.path()).filter(named).collect()
}

impl KeyFile {
    /// What a database has.
    pub(crate) async fn of(database: &impl ConnectionTrait) -> Result<Self, StoreError> {
        let mut file = Self { format: 1, about: ABOUT.to_owned(), ..Self::default() };
        for row in body_key::Entity::find().all(database).await? {
            let key = Key { scope: hex::encode(row.scope), key: hex::encode(row.key) };
            file.records.insert(hex::encode(row.hash), key);
        }
        for row in attachment_key::Entity::find().order_by_asc(attachment_key::Column::Name).all(database).await? {
            file.attachments.entry(hex::encode(row.scope)).or_default().insert(row.name, hex::encode(row.key));
        }
        for row in erased::Entity::find().all(database).await? {
            file.erased.insert(hex::encode(row.hash), hex::encode(row.scope));
        }
        Ok(file)
    }

    /// All files for a backup as one; one that cannot be read is none. What any of them says was erased has no key.
    pub(crate) fn beside(backup: &Path) -> Self {
        let mut all = Self { format: 1, about: ABOUT.to_owned(), ..Self::default() };
        for path in files_for(backup) {
            let read = std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice::<Self>(&bytes).ok());
            if let Some(one) = read.filter(|one| one.format == 1) {
                all.add(one);
            }
        }
        all
    }

    /// Takes another's as well.
    pub(crate) fn add(&mut self, other: Self) {
        self.records.extend(other.records);
        for (scope, names) in other.attachments {
            self.attachments.entry(scope).or_default().extend(names);
        }
        self.erased.extend(other.erased);
        self.drop_erased();
    }

    /// Gives up the keys of what was erased. A scan is named by its hash, as a record is.
    fn drop_erased(&mut self) {
        let erased = &self.erased;
        self.records.retain(|name, _| !erased.contains_key(name));
        for names in self.attachments.values_mut() {
            names.retain(|name, _| !erased.contains_key(name.rsplit('/').next().unwrap_or_default()));
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.records.is_empty() && self.attachments.is_empty() && self.erased.is_empty()
    }

    /// Rows of `body_key`: hash, scope, key.
    pub(crate) fn body_keys(&self) -> Vec<[Vec<u8>; 3]> {
        let row = |(hash, key): (&String, &Key)| Some([bytes(hash)?, bytes(&key.scope)?, bytes(&key.key)?]);
        self.records.iter().filter_map(row).collect()
    }

    /// Rows of `attachment_key`: scope, name, key.
    pub(crate) fn attachment_keys(&self) -> Vec<(Vec<u8>, String, Vec<u8>)> {
        let rows = self.attachments.iter().filter_map(|(scope, names)| Some((hex::decode(scope).ok()?, names)));
        rows.flat_map(|(scope, names)| {
            names.iter().filter_map(move |(name, key)| Some((scope.clone(), name.clone(), bytes(key)?)))
        })
        .collect()
    }

    /// Rows of `erased`: hash, scope.
    pub(crate) fn erased(&self) -> Vec<[Vec<u8>; 2]> {
        self.erased.iter().filter_map(|(hash, scope)| Some([bytes(hash)?, bytes(scope)?])).collect()
    }
}

/// The 32 bytes that hex says.
fn bytes(text: &str) -> Option<Vec<u8>> {
    text.parse::<Hash>().ok().map(|hash| hash.bytes().to_vec())
}

impl Store {
    /// Writes the keys of today beside the backups of a place, whole or not at all. Nothing where there never were any. The place is
    /// remembered, so that an erasure reaches it.
    pub(crate) async fn write_keys(&self, place: &Path) -> Result<(), StoreError> {
        let _turn = self.key_files.lock().await;
        let _of_all = self.turn_of_all().await?;
        let file = KeyFile::of(&self.writer).await?;
        let path = file_of(place, &self.node());
        if file.is_empty() && !path.exists() {
            return Ok(());
        }
        if !place.starts_with(self.dir()) {
            self.remember_place(place).await?;
        }
        let json = serde_json::to_vec(&file).map_err(std::io::Error::from)?;
        blocking(move || {
            strip_others(&path, &file)?;
            let same = std::fs::read(&path).is_ok_and(|before| before == json);
            if same { Ok(()) } else { replace_private(&path, &json) }
        })
        .await
    }

    /// On a server a turn of all processes: one that read the keys before an erasure would write them after it.
    async fn turn_of_all(&self) -> Result<Option<DatabaseTransaction>, StoreError> {
        if !self.is_shared() {
            return Ok(None);
        }
        // Given back when it is dropped.
        let turn = self.writer.begin().await?;
        turn.execute_unprepared(TURN).await?;
        Ok(Some(turn))
    }

    async fn remember_place(&self, place: &Path) -> Result<(), StoreError> {
        let Some(name) = place.to_str() else { return Ok(()) };
        let mut places = self.key_places().await?;
        if places.last().is_some_and(|last| last == name) {
            return Ok(());
        }
        places.retain(|one| one != name);
        places.push(name.to_owned());
        let from = places.len().saturating_sub(MOST);
        let json = serde_json::to_string(&places[from..]).map_err(std::io::Error::from)?;
        self.set_setting(PLACES, &json).await
    }

    async fn key_places(&self) -> Result<Vec<String>, StoreError> {
        let kept = self.setting(PLACES).await?;
        Ok(kept.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default())
    }

    /// Writes the keys of today into every place that has a file of this node and is there. A stick that is not in is reached when it is: its file is
    /// written with its next backup.
    ///
    /// # Errors
    /// What the disk says of the folder of this computer; of other places only whether all were reached is told.
    pub(crate) async fn write_keys_everywhere(&self) -> Result<bool, StoreError> {
        let own = self.dir().join("backups");
        if own.is_dir() {
            self.write_keys(&own).await?;
        }
        self.write_keys_elsewhere().await
    }

    /// As [`Store::write_keys_everywhere`], of the places that are not of this computer.
    pub(crate) async fn write_keys_elsewhere(&self) -> Result<bool, StoreError> {
        let mut all = true;
        for place in self.key_places().await? {
            let place = PathBuf::from(place);
            let path = file_of(&place, &self.node());
            let there = blocking(move || Ok(path.is_file())).await?;
            all &= there && self.write_keys(&place).await.is_ok();
        }
        Ok(all)
    }
}

/// Takes what was erased out of the files of other nodes beside one's own: they have it from others perhaps, or this computer had another name.
fn strip_others(own: &Path, file: &KeyFile) -> Result<(), StoreError> {
    let Some(place) = own.parent().filter(|_| !file.erased.is_empty()) else { return Ok(()) };
    for path in files_in(place).into_iter().filter(|path| path != own) {
        let read = std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice::<KeyFile>(&bytes).ok());
        let Some(before) = read.filter(|other| other.format == 1) else { continue };
        let mut after = before.clone();
        after.erased.extend(file.erased.clone());
        after.drop_erased();
        if after != before {
            let json = serde_json::to_vec(&after).map_err(std::io::Error::from)?;
            replace_private(&path, &json)?;
        }
    }
    Ok(())
}

/// Copies the file of a node to where a backup of it was copied, when it is another than the one there.
pub(crate) fn copy_keys(from: &Path, to: &Path, node: &str) -> Result<(), StoreError> {
    let (own, there) = (file_of(from, node), file_of(to, node));
    let Ok(keys) = std::fs::read(own) else { return Ok(()) };
    if let Ok(file) = serde_json::from_slice(&keys) {
        strip_others(&there, &file)?;
    }
    if std::fs::read(&there).is_ok_and(|before| before == keys) { Ok(()) } else { replace_private(&there, &keys) }
}

/// Keys by record, as they lie beside a backup: for tests of what a place can open.
#[doc(hidden)]
#[must_use]
pub fn keys_beside(backup: &Path) -> BTreeMap<String, String> {
    KeyFile::beside(backup).records.into_iter().map(|(name, key)| (name, key.key)).collect()
}
