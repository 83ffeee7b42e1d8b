//! Writing a backup: under a hidden name, durable, read back, and only then called by its name.

use super::{
    About, Backup, Damage, Heads, MANIFEST, Manifest, RESERVE, Reason, backup_at, integrity, of_size, room, sha256,
};
use crate::accounts;
use crate::connect::{Can, sqlite_alone};
use crate::folder::{DATABASE, Folder, KEY, private_file, private_folder, sync_dir, write_private};
use crate::keychain::HeldKey;
use crate::personal::keys::copy_keys;
use crate::{BackupKeys, Store, StoreError, server};
use sea_orm::sqlx::{self, AssertSqlSafe, Connection as _};
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Letters of a node's id in the names of its backups.
const SHORT: usize = 8;
/// What is not in backups.
pub(crate) const LEFT_OUT: [&str; 5] = ["body_key", "attachment_key", "snapshot", "account_session", "account_guess"];

impl Store {
    /// Writes a backup into a place, while others go on reading and writing. `name` is how it is called there, without the part that
    /// tells nodes apart. What is on a database server is copied into a file of the data folder before.
    ///
    /// # Errors
    /// [`StoreError::NoRoom`] before anything is written; [`StoreError::InUse`] where another process makes a backup of the same server from this
    /// folder; whatever the disk says. Nothing is left in the place then.
    pub async fn backup(&self, place: &Path, name: &str, about: About) -> Result<Backup, StoreError> {
        let backup = if self.is_shared() {
            let copy = self.copy_of_server().await?;
            let written = write(&self.folder, &copy.database(), (place, name), about, self.backup_keys).await;
            let discarded = copy.discard().await;
            let backup = written?;
            discarded?;
            backup
        } else {
            write(&self.folder, &self.folder.database(), (place, name), about, self.backup_keys).await?
        };
        self.write_keys(place).await?;
        Ok(backup)
    }

    /// Copies a backup into another place, reads it back, and calls it as it is called here. Nothing when it is there already. The copy has the
    /// key of its node also where the backup here only names it.
    ///
    /// # Errors
    /// [`StoreError::PlaceMissing`]; [`StoreError::Damaged`] when it does not come out as it went in; [`StoreError::KeyLocked`]; whatever the disk says.
    pub async fn copy_backup(&self, from: &Backup, place: &Path) -> Result<PathBuf, StoreError> {
        let path = from.path.join(KEY);
        let key = blocking(move || HeldKey::read(&path)).await?;
        let seed = self.folder.seed_of(key.clone()).await?;
        // Of a node that was here before, and whose key nobody has any more: its records are worth a copy all the same.
        let key = seed.map_or(key, HeldKey::Seed);
        let (from, place) = (from.clone(), place.to_owned());
        blocking(move || copy(&from, &place, &key)).await
    }

    /// A name for where the logs of all scopes end: it changes with every record.
    ///
    /// # Errors
    /// What the database says.
    pub async fn heads_digest(&self) -> Result<String, StoreError> {
        if self.is_shared() {
            return Ok(server::heads(&self.reader).await?.digest());
        }
        let mut connection = sqlite_alone(&self.file()?, Can::Read).await?;
        let heads = Heads::read(&mut connection).await?;
        connection.close().await?;
        Ok(heads.digest())
    }
}

/// Keeps what an older build wrote before its tables are changed.
pub(crate) async fn before_upgrade(folder: &Folder, found: &str) -> Result<(), StoreError> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map(|age| age.as_millis()).unwrap_or_default();
    let at = i64::try_from(now).unwrap_or(i64::MAX);
    let about = About { at, reason: Reason::Upgrade, computer: String::new() };
    let (place, name) = (folder.dir().join("backups"), format!("upgrade-{found}"));
    write(folder, &folder.database(), (&place, &name), about, BackupKeys::Beside).await.map(drop)
}

/// `database`: the file that is backed up, of the node of this folder.
async fn write(
    folder: &Folder,
    database: &Path,
    (place, name): (&Path, &str),
    about: About,
    keys: BackupKeys,
) -> Result<Backup, StoreError> {
    let short: String = folder.node().chars().take(SHORT).collect();
    let fresh = place.join(format!(".part-{short}"));
    let reserve = match about.reason {
        // Without it nothing could be opened, or gone back to.
        Reason::Upgrade | Reason::Restore => 0,
        // Another disk is of use to nothing else here.
        _ if !place.starts_with(folder.dir()) => 0,
        _ => RESERVE,
    };
    let (begun, to, of) = (fresh.clone(), place.to_owned(), database.to_owned());
    blocking(move || {
        private_folder(&to)?;
        clear(&begun)?;
        room(&to, &[&of, &beside(&of, "-wal")], reserve)
    })
    .await?;
    let written = fill(folder, database, &fresh, about, keys).await;
    let (place, name) = (place.to_owned(), format!("{name}-{short}"));
    blocking(move || {
        let kept = written.and_then(|()| give_name(&fresh, &place, &name));
        if kept.is_err() {
            // What is left of it would only take the space that is missing; the next one clears it away if this does not.
            let _ = std::fs::remove_dir_all(&fresh);
        }
        let path = kept?;
        backup_at(&path).ok_or_else(|| StoreError::NoBackup(path.display().to_string()))
    })
    .await
}

/// A file of SQLite's beside a database.
pub(crate) fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut name = database.to_owned().into_os_string();
    name.push(ending);
    name.into()
}

/// A copy of a database, all of it in one file.
pub(super) async fn vacuum(from: &Path, to: &Path) -> Result<(), StoreError> {
    let name = to.to_str().ok_or_else(|| std::io::Error::other("a path that is not text"))?;
    // SQLite takes a file that is empty, and leaves it as private as it is.
    private_file().create_new(true).open(to)?;
    let mut connection = sqlite_alone(from, Can::Read).await?;
    let copied = sqlx::query("VACUUM INTO ?").bind(name).execute(&mut connection).await;
    connection.close().await?;
    copied?;
    Ok(())
}

/// Takes out of a copy what opens what is about persons in it, and the states, in which that stands open. Nothing of it stays in the file.
async fn leave_out(copy: &Path) -> Result<(), StoreError> {
    let mut connection = sqlite_alone(copy, Can::Write).await?;
    // No journal beside it, in which the old pages would stand.
    sqlx::query("PRAGMA journal_mode = MEMORY").fetch_all(&mut connection).await?;
    for table in LEFT_OUT {
        let there =
            sqlx::query_scalar::<_, i64>("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = ?");
        if there.bind(table).fetch_one(&mut connection).await? > 0 {
            // Names of our own tables. What is deleted is overwritten: `secure_delete`.
            sqlx::query(AssertSqlSafe(format!("DELETE FROM \"{table}\""))).execute(&mut connection).await?;
        }
    }
    Ok(connection.close().await?)
}

async fn fill(folder: &Folder, database: &Path, to: &Path, about: About, keys: BackupKeys) -> Result<(), StoreError> {
    private_folder(to)?;
    let copy = to.join(DATABASE);
    let mut connection = sqlite_alone(database, Can::Read).await?;
    let before = Heads::read(&mut connection).await?;
    connection.close().await?;
    // It only reads, so the one connection that writes stays free.
    vacuum(database, &copy).await?;
    if keys == BackupKeys::Beside {
        leave_out(&copy).await?;
    }
    let (written, there, own) = (copy.clone(), to.to_owned(), folder.dir().to_owned());
    let key = folder.key_for(to);
    let bytes = blocking(move || {
        key.write(&there)?;
        if own.join(accounts::KEY).exists() {
            write_private(&there.join(accounts::KEY), &std::fs::read(own.join(accounts::KEY))?)?;
        }
        durable(&written)?;
        of_size(&written)
    })
    .await?;
    let heads = integrity(&copy, Can::Copy).await?;
    if !before.are_in(&heads) {
        return Err(Damage::Records("heads".to_owned()).of(&copy));
    }
    let hashed = copy.clone();
    let manifest = Manifest {
        format: 1,
        at: about.at,
        reason: about.reason,
        node: folder.node(),
        computer: about.computer,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        records: heads.records(),
        heads: heads.digest(),
        bytes,
        sha256: blocking(move || sha256(&hashed)).await?,
        proved: false,
    };
    let json = serde_json::to_vec_pretty(&manifest).map_err(std::io::Error::from)?;
    let to = to.to_owned();
    blocking(move || {
        write_private(&to.join(MANIFEST), &json)?;
        sync_dir(&to)
    })
    .await
}

fn copy(from: &Backup, place: &Path, key: &HeldKey) -> Result<PathBuf, StoreError> {
    // A stick that is not in: its folder must not be made on whatever disk lies below.
    if !place.is_dir() {
        return Err(StoreError::PlaceMissing(place.display().to_string()));
    }
    let (Some(manifest), Some(name)) = (&from.manifest, from.path.file_name().and_then(|name| name.to_str())) else {
        return Err(StoreError::NoBackup(from.path.display().to_string()));
    };
    let there = place.join(name);
    // Also where the backup is there already: an erasure may have come since.
    if let Some(beside) = from.path.parent() {
        copy_keys(beside, place, &manifest.node)?;
    }
    let is_it = |backup: &Backup| backup.manifest.as_ref().is_some_and(|there| there.sha256 == manifest.sha256);
    if backup_at(&there).is_some_and(|backup| backup.has_its_size() && is_it(&backup)) {
        return Ok(there);
    }
    let fresh = place.join(format!(".part-{}", manifest.node.chars().take(SHORT).collect::<String>()));
    clear(&fresh)?;
    room(place, &[&from.path.join(DATABASE)], 0)?;
    let copied = || {
        private_folder(&fresh)?;
        let accounts = from.path.join(accounts::KEY).exists().then_some(accounts::KEY);
        for file in [DATABASE, MANIFEST].into_iter().chain(accounts) {
            std::fs::copy(from.path.join(file), fresh.join(file))?;
            durable(&fresh.join(file))?;
        }
        key.write(&fresh)?;
        let found = sha256(&fresh.join(DATABASE))?;
        if found != manifest.sha256 {
            return Err(Damage::Altered(found).of(&fresh.join(DATABASE)));
        }
        clear(&there)?;
        give_name(&fresh, place, name)
    };
    copied().inspect_err(|_| {
        let _ = std::fs::remove_dir_all(&fresh);
    })
}

/// Calls a folder by its name, or the next one that is free.
fn give_name(fresh: &Path, place: &Path, name: &str) -> Result<PathBuf, StoreError> {
    sync_dir(fresh)?;
    let named = |number: u32| if number == 1 { place.join(name) } else { place.join(format!("{name}-{number}")) };
    let path = (1..u32::MAX).map(named).find(|path| !path.exists()).unwrap_or_else(|| named(1));
    std::fs::rename(fresh, &path)?;
    sync_dir(place)?;
    Ok(path)
}

pub(crate) fn clear(folder: &Path) -> Result<(), StoreError> {
    gone(std::fs::remove_dir_all(folder))
}

/// What was not there is gone.
pub(super) fn gone(removed: std::io::Result<()>) -> Result<(), StoreError> {
    match removed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Writes a file in the place of one that is there, whole or not at all.
pub(crate) fn replace_private(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let fresh = path.with_extension("part");
    write_private(&fresh, bytes)?;
    std::fs::rename(&fresh, path)?;
    path.parent().map_or(Ok(()), sync_dir)
}

pub(super) fn durable(path: &Path) -> Result<(), StoreError> {
    // Windows makes only what can be written durable.
    let file = if cfg!(windows) { OpenOptions::new().write(true).open(path)? } else { File::open(path)? };
    Ok(file.sync_all()?)
}

/// Work that takes the disk's time, off the threads that answer.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| StoreError::Io(std::io::Error::other(error.to_string())))?
}
