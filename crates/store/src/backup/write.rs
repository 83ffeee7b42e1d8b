//! Writing a backup: under a hidden name, durable, read back, and only then called by its name.

use super::{About, Backup, Damage, Heads, MANIFEST, Manifest, Reason, backup_at, integrity, of_size, sha256};
use crate::connect::{Can, sqlite_alone};
use crate::folder::{DATABASE, Folder, KEY, private_file, private_folder, sync_dir, write_private};
use crate::{Store, StoreError};
use jiangsai_ledger::ScopeId;
use sea_orm::sqlx::{self, AssertSqlSafe, Connection as _};
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// What belongs to this computer alone, by scope or not.
const PRIVATE: [&str; 2] = ["pin", "snapshot"];
/// Letters of a node's id in the names of its backups.
const SHORT: usize = 8;

impl Store {
    /// Writes a backup into a place, while others go on reading and writing. `name` is how it is called there, without the part that
    /// tells nodes apart.
    ///
    /// # Errors
    /// [`StoreError::NoFile`] on a database server; whatever the disk says. Nothing is left in the place then.
    pub async fn backup(&self, place: &Path, name: &str, about: About) -> Result<Backup, StoreError> {
        self.file()?;
        write(&self.folder, place, name, about).await
    }

    /// Writes the records of one scope alone into a database file that is not there yet, as something to hand over or keep: without keys,
    /// PINs and settings. It can be restored like a backup.
    ///
    /// # Errors
    /// [`StoreError::NoFile`] on a database server; whatever the disk says. Nothing is left then.
    pub async fn extract(&self, scope: ScopeId, to: &Path) -> Result<(), StoreError> {
        let from = self.file()?;
        let fresh = to.with_extension("part");
        let written = extract(&from, scope, &fresh, to).await;
        let _ = std::fs::remove_file(&fresh);
        if written.is_err() {
            let _ = std::fs::remove_file(to);
        }
        written
    }

    /// A name for where the logs of all scopes end: it changes with every record.
    ///
    /// # Errors
    /// [`StoreError::NoFile`] on a database server; what the database says.
    pub async fn heads_digest(&self) -> Result<String, StoreError> {
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
    write(folder, &folder.dir().join("backups"), &format!("upgrade-{found}"), about).await.map(drop)
}

async fn write(folder: &Folder, place: &Path, name: &str, about: About) -> Result<Backup, StoreError> {
    let short: String = folder.node().chars().take(SHORT).collect();
    let fresh = place.join(format!(".part-{short}"));
    private_folder(place)?;
    clear(&fresh)?;
    let written = fill(folder, &fresh, about).await;
    let kept = match written {
        Ok(()) => give_name(&fresh, place, &format!("{name}-{short}")),
        Err(error) => Err(error),
    };
    if kept.is_err() {
        // What is left of it would only take the space that is missing; the next one clears it away if this does not.
        let _ = std::fs::remove_dir_all(&fresh);
    }
    let path = kept?;
    backup_at(&path).ok_or_else(|| StoreError::NoBackup(path.display().to_string()))
}

async fn extract(from: &Path, scope: ScopeId, fresh: &Path, to: &Path) -> Result<(), StoreError> {
    vacuum(from, fresh).await?;
    let mut connection = sqlite_alone(fresh, Can::Write).await?;
    let tables: Vec<(String, bool)> = sqlx::query_as(
        "SELECT name, EXISTS (SELECT 1 FROM pragma_table_info(tables.name) AS own WHERE own.name = 'scope') FROM sqlite_master AS tables
         WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN ('scope', 'seaql_migrations')",
    )
    .fetch_all(&mut connection)
    .await?;
    for (table, by_scope) in tables {
        // Names of our own tables, from our own migrations.
        let own = if by_scope && !PRIVATE.contains(&table.as_str()) { " WHERE scope <> ?" } else { "" };
        let delete = sqlx::query(AssertSqlSafe(format!("DELETE FROM \"{table}\"{own}")));
        let delete = if own.is_empty() { delete } else { delete.bind(scope.hash().bytes().to_vec()) };
        delete.execute(&mut connection).await?;
    }
    let delete = sqlx::query("DELETE FROM scope WHERE id <> ?").bind(scope.hash().bytes().to_vec());
    delete.execute(&mut connection).await?;
    connection.close().await?;
    vacuum(fresh, to).await?;
    durable(to)?;
    integrity(to, Can::Copy).await.map(drop)
}

/// A copy of a database, all of it in one file.
async fn vacuum(from: &Path, to: &Path) -> Result<(), StoreError> {
    let name = to.to_str().ok_or_else(|| std::io::Error::other("a path that is not text"))?;
    // SQLite takes a file that is empty, and leaves it as private as it is.
    private_file().create_new(true).open(to)?;
    let mut connection = sqlite_alone(from, Can::Read).await?;
    let copied = sqlx::query("VACUUM INTO ?").bind(name).execute(&mut connection).await;
    connection.close().await?;
    copied?;
    Ok(())
}

async fn fill(folder: &Folder, to: &Path, about: About) -> Result<(), StoreError> {
    private_folder(to)?;
    let (copy, key) = (to.join(DATABASE), to.join(KEY));
    let mut connection = sqlite_alone(&folder.database(), Can::Read).await?;
    let before = Heads::read(&mut connection).await?;
    connection.close().await?;
    // It only reads, so the one connection that writes stays free.
    vacuum(&folder.database(), &copy).await?;
    write_private(&key, &std::fs::read(folder.dir().join(KEY))?)?;
    durable(&copy)?;
    let bytes = of_size(&copy)?;
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
    };
    let json = serde_json::to_vec_pretty(&manifest).map_err(std::io::Error::from)?;
    write_private(&to.join(MANIFEST), &json)?;
    sync_dir(to)
}

/// Copies a backup into another place, reads it back, and calls it as it is called here. Nothing when it is there already.
///
/// # Errors
/// [`StoreError::PlaceMissing`]; [`StoreError::Damaged`] when it does not come out as it went in; whatever the disk says.
pub async fn copy_backup(from: &Backup, place: &Path) -> Result<PathBuf, StoreError> {
    let (from, place) = (from.clone(), place.to_owned());
    blocking(move || copy(&from, &place)).await
}

fn copy(from: &Backup, place: &Path) -> Result<PathBuf, StoreError> {
    // A stick that is not in: its folder must not be made on whatever disk lies below.
    if !place.is_dir() {
        return Err(StoreError::PlaceMissing(place.display().to_string()));
    }
    let (Some(manifest), Some(name)) = (&from.manifest, from.path.file_name().and_then(|name| name.to_str())) else {
        return Err(StoreError::NoBackup(from.path.display().to_string()));
    };
    let there = place.join(name);
    if backup_at(&there).is_some_and(|backup| backup.has_its_size() && backup.manifest.as_ref() == Some(manifest)) {
        return Ok(there);
    }
    let fresh = place.join(format!(".part-{}", manifest.node.chars().take(SHORT).collect::<String>()));
    clear(&fresh)?;
    let copied = || {
        private_folder(&fresh)?;
        for file in [DATABASE, KEY, MANIFEST] {
            std::fs::copy(from.path.join(file), fresh.join(file))?;
            durable(&fresh.join(file))?;
        }
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

fn clear(folder: &Path) -> Result<(), StoreError> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn durable(path: &Path) -> Result<(), StoreError> {
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
