//! Restoring a backup: first a copy of it beside the data, looked at in every byte and record; then all tables in one transaction.
//!
//! What is restored is another store than it was. Its logs are closed, so that what is written from now on begins new ones: records that
//! were written after the backup, here or on the computer it came from, and those to come never have the same place.

mod tables;

use crate::accounts;
use crate::append::{hash, random};
use crate::backup::{Damage, RESERVE, beside, blocking, clear, find_backups, integrity, of_size, room, sha256};
use crate::connect::{Can, sqlite_alone};
use crate::entity::{record, setting};
use crate::folder::{DATABASE, Folder, KEY, fresh_seed, private_folder, write_private};
use crate::keychain::HeldKey;
use crate::peers::INCARNATION;
use crate::{Backup, BeforeUpgrade, IndexRow, ReplyWhen, Store, StoreError};
use jiangsai_ledger::{Hash, Header, ScopeId};
use sea_orm::sqlx::{self, Connection as _, SqliteConnection};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
pub(crate) use tables::OURS;
use tables::{Setting, has_accounts, only_ours, take_over};

/// The copy of a backup that is looked at, in the data folder.
const BESIDE: &str = ".restore";
/// Setting that says which node's key belongs to a database that was restored.
pub(crate) const NODE: &str = "restore.node";
/// A copy of a backup, beside the data, in which every record verifies.
#[derive(Debug)]
pub struct Staged {
    /// Where it came from.
    pub backup: Backup,
    /// What it has of each scope.
    pub scopes: Vec<StagedScope>,
    /// Records about persons that cannot be read, for want of their keys.
    pub unread: u64,
    store: Store,
    file_hash: String,
    has_key: bool,
    dir: PathBuf,
}

/// What a backup has of a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StagedScope {
    /// Which.
    pub scope: ScopeId,
    /// Its line in the list of competitions.
    pub row: IndexRow,
    /// Records.
    pub records: u64,
    /// Milliseconds since 1970 of the newest one.
    pub newest: i64,
}

/// Records of a scope that are here and not in a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// Which scope.
    pub scope: ScopeId,
    /// Records.
    pub records: u64,
    /// Of these, marks.
    pub marks: u64,
    /// Milliseconds since 1970 of the first one.
    pub first: i64,
    /// Milliseconds since 1970 of the last one.
    pub last: i64,
}

impl Store {
    /// Copies a backup beside the data and looks at all of it: its size, its bytes, every page, every record.
    ///
    /// # Errors
    /// [`StoreError::NoBackup`]; [`StoreError::NoRoom`]; [`StoreError::Damaged`] with the place; [`StoreError::NoFile`] on a database server; whatever the disk
    /// says. Nothing here has changed.
    pub async fn stage(&self, from: &Path) -> Result<Staged, StoreError> {
        self.file()?;
        let dir = self.dir().join(BESIDE);
        let staged = self.stage_in(from, dir.clone()).await;
        if staged.is_err() {
            // What is left of it is cleared away by the next one.
            let _ = blocking(move || clear(&dir)).await;
        }
        staged
    }

    async fn stage_in(&self, from: &Path, dir: PathBuf) -> Result<Staged, StoreError> {
        let (asked, to) = (from.to_owned(), dir.clone());
        let copied = blocking(move || {
            let found = find_backups(&asked)?;
            let [backup] = found.as_slice() else { return Err(StoreError::NoBackup(asked.display().to_string())) };
            Ok((copy(backup, &to)?, backup.clone()))
        });
        let ((file_hash, key, has_log), backup) = copied.await?;
        let (database, can) = (dir.join(DATABASE), if has_log { Can::Write } else { Can::Copy });
        // Before anything in it is asked: a view or a trigger of somebody else's would answer.
        only_ours(&database, can).await.map_err(|error| named(error, &backup.path))?;
        let heads = integrity(&database, can).await.map_err(|error| named(error, &backup.path))?;
        if backup.manifest.as_ref().is_some_and(|manifest| manifest.heads != heads.digest()) {
            return Err(Damage::Records("heads".to_owned()).of(&backup.path));
        }
        let seed = match key {
            Some(key) => self.folder.seed_of(key).await?,
            None => None,
        };
        let has_key = seed.is_some();
        // Settings and PINs of older builds are taken for those of the node that has the key.
        let folder = Folder::of(&dir, seed.map_or_else(fresh_seed, Ok)?)?;
        let store = Self::open_folder(folder, ReplyWhen::Durable, BeforeUpgrade::Nothing).await?;
        let unread = self.settle(&store, &backup).await?;
        let mut scopes = Vec::new();
        let index = store.index_list().await?;
        for scope in store.scopes().await? {
            let report = store.verify_scope(scope).await?;
            if let Some(fault) = report.fault {
                return Err(Damage::Records(format!("{scope}: {fault}")).of(&backup.path));
            }
            let row = index.iter().find(|(own, _)| *own == scope).map(|(_, row)| row.clone()).unwrap_or_default();
            scopes.push(StagedScope { scope, row, records: report.records, newest: store.newest(scope).await? });
        }
        Ok(Staged { backup, scopes, unread, store, file_hash, has_key, dir })
    }

    /// Names a backup and what is here now: what is restored is what was shown. Where what is here cannot be read, that is what it names.
    ///
    /// # Errors
    /// What the database says.
    pub async fn token(&self, staged: &Staged) -> Result<String, StoreError> {
        let here = match self.heads_digest().await {
            Err(error) if error.is_damage() => "damaged".to_owned(),
            heads => heads?,
        };
        Ok(hex::encode(Sha256::new().chain_update(&staged.file_hash).chain_update(here).finalize()))
    }

    /// Milliseconds since 1970 of the record of a scope that was accepted last.
    async fn newest(&self, scope: ScopeId) -> Result<i64, StoreError> {
        let newest = record::Entity::find()
            .filter(record::Column::Scope.eq(scope.hash().bytes().to_vec()))
            .order_by_desc(record::Column::Accepted)
            .one(&self.reader)
            .await?;
        Ok(newest.and_then(|row| Header::read(&row.header).ok()).map_or(0, |header| header.at))
    }

    /// What is here and not in a backup, by scope.
    ///
    /// # Errors
    /// What the database says.
    pub async fn lost(&self, staged: &Staged) -> Result<Vec<Lost>, StoreError> {
        let mut connection = self.beside(staged, Can::Read).await?;
        let found: Vec<(Vec<u8>, i64, i64, i64, i64)> = sqlx::query_as(
            "SELECT scope, COUNT(*), SUM(json_extract(CAST(header AS TEXT), '$.class') = 'mark'),
                MIN(json_extract(CAST(header AS TEXT), '$.at')), MAX(json_extract(CAST(header AS TEXT), '$.at'))
             FROM main.record WHERE hash NOT IN (SELECT hash FROM restored.record) GROUP BY scope",
        )
        .fetch_all(&mut connection)
        .await?;
        connection.close().await?;
        let count = |number: i64| u64::try_from(number).unwrap_or_default();
        let lost = |(scope, records, marks, first, last): (Vec<u8>, i64, i64, i64, i64)| {
            let scope = ScopeId::new(hash(&scope)?);
            Ok(Lost { scope, records: count(records), marks: count(marks), first, last })
        };
        found.into_iter().map(lost).collect()
    }

    async fn beside(&self, staged: &Staged, can: Can) -> Result<SqliteConnection, StoreError> {
        let other = staged.store.file()?;
        let name = other.to_str().ok_or_else(|| std::io::Error::other("a path that is not text"))?;
        let mut connection = sqlite_alone(&self.file()?, can).await?;
        sqlx::query("ATTACH DATABASE ? AS restored").bind(name).execute(&mut connection).await?;
        Ok(connection)
    }

    /// Puts what is in a backup in the place of what is here, whole or not at all, with the key it came with. Nothing else may use this
    /// store meanwhile. `keep`: settings of this computer that stay.
    ///
    /// # Errors
    /// Nothing has changed then, unless what failed came after the tables: the key that belongs to them is taken up when the folder is
    /// opened again. Whoever read from the store before reads it again in any case.
    pub async fn restore(&self, staged: &Staged, keep: &[&'static str]) -> Result<(), StoreError> {
        let mut ends = self.hold_ends().await;
        let mut kept = Vec::new();
        for key in keep {
            kept.push((*key, self.setting(key).await?));
        }
        let node = if staged.has_key { Some(self.folder.key_comes(&staged.store.folder)?) } else { None };
        let own = node.clone().unwrap_or_else(|| self.node());
        let mut settings: Vec<Setting> = kept.into_iter().map(|(key, value)| (own.clone(), key, value)).collect();
        settings.push((String::new(), INCARNATION, Some(Hash::of(&random()?).to_string())));
        settings.push((String::new(), NODE, node));
        let mut connection = self.beside(staged, Can::Write).await?;
        // Before: whatever becomes of it, the next one to write looks where the logs end.
        if let Some(ends) = &mut ends {
            ends.clear();
        }
        let accounts = staged.dir.join(accounts::KEY);
        if accounts.exists() && !has_accounts(&mut connection).await? {
            // Before the accounts themselves: without any, nothing is kept with the one that is here.
            accounts::key_comes(&accounts, self.dir())?;
        }
        let (write, receipts) = (self.settings.begin(), self.receipts.begin());
        let changed = take_over(&mut connection, &settings).await.map_err(|error| named(error, &staged.backup.path));
        let closed = connection.close().await;
        // Of what is in the database now: a commit that failed may have come through.
        let finished = self.finish_restore().await;
        changed?;
        closed?;
        write.answered();
        receipts.answered();
        finished
    }

    /// Uses the key that came with a backup, when its database is the one that is here: at once, or after a crash between the two.
    pub(crate) async fn finish_restore(&self) -> Result<(), StoreError> {
        // Of the database: whose the settings are is not known before.
        let id = (String::new(), NODE.to_owned());
        let row = setting::Entity::find_by_id(id).one(&self.reader).await?;
        self.folder.key_came(row.map(|row| row.value).as_deref()).await
    }
}

impl Staged {
    /// Closes the copy and throws it away.
    ///
    /// # Errors
    /// What the disk says; the next restore throws it away then.
    pub async fn discard(self) -> Result<(), StoreError> {
        self.store.close().await?;
        let dir = self.dir;
        blocking(move || clear(&dir)).await
    }
}

/// Copies a backup into a folder: SHA-256 of the database, the key that came with it, and whether a log of SQLite's did. The key is not copied.
fn copy(from: &Backup, to: &Path) -> Result<(String, Option<HeldKey>, bool), StoreError> {
    clear(to)?;
    private_folder(to)?;
    let file = if from.path.is_dir() { from.path.join(DATABASE) } else { from.path.clone() };
    let (own, log) = (to.join(DATABASE), beside(&file, "-wal"));
    room(to, &[&file, &log], RESERVE)?;
    // A folder that was copied by hand while its program had not ended in order.
    let has_log = log.is_file();
    std::fs::copy(&file, &own)?;
    if has_log {
        std::fs::copy(&log, beside(&own, "-wal"))?;
    } else {
        of_size(&own).map_err(|error| named(error, &file))?;
    }
    let found = sha256(&own)?;
    if let Some(manifest) = &from.manifest {
        if from.bytes < manifest.bytes {
            return Err(Damage::Truncated { has: from.bytes, wanted: manifest.bytes }.of(&file));
        }
        if found != manifest.sha256 {
            return Err(Damage::Altered(found).of(&file));
        }
    }
    let key = Some(file.with_file_name(KEY)).filter(|key| key.is_file());
    let key = key.map(|key| HeldKey::read(&key)).transpose()?;
    let accounts = file.with_file_name(accounts::KEY);
    if accounts.is_file() {
        write_private(&to.join(accounts::KEY), &std::fs::read(accounts)?)?;
    }
    Ok((found, key, has_log))
}

/// The damage of a copy is the damage of what it was copied from.
fn named(error: StoreError, path: &Path) -> StoreError {
    match error {
        StoreError::Damaged { damage, .. } => damage.of(path),
        other => other,
    }
}
