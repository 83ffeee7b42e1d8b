//! Backups: what one is on disk, which there are in a place, and which of them are kept.
//!
//! A backup is a folder with a copy of the database, the key of its node (in the data folder only its id, where the key is in the keychain of the
//! system), and a manifest that says when, why and from where. It gets its name only when all of that is durable and was read back. Bodies of records are in it as they are in the database itself; the
//! keys of what is about persons stand beside all backups of a place (`personal::keys`), and states that were made of bodies are left out.

mod check;
mod extract;
mod prove;
mod prune;
mod room;
mod write;

pub(crate) use check::{Head, Heads, integrity, of_size, sha256};
pub use prove::prove_backup;
pub use prune::prune_backups;
pub(crate) use room::{RESERVE, room, room_for};
pub(crate) use write::{LEFT_OUT, before_upgrade, beside, blocking, clear, replace_private};

use crate::StoreError;
use crate::folder::DATABASE;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// The manifest, by name.
pub(crate) const MANIFEST: &str = "backup.json";
/// Folders in which backups are looked for when a stick or a data folder is named.
const INSIDE: [&str; 2] = ["jiangsai-backups", "backups"];

/// Why a backup was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// A person wanted it.
    Asked,
    /// An hour with new records passed.
    Hourly,
    /// Before an import over what is there.
    Import,
    /// Before another rulebook.
    Rulebook,
    /// Before results become final.
    Finalise,
    /// Before final results are opened.
    Reopen,
    /// Before names are shown again.
    Unseal,
    /// Before a draw is void.
    VoidDraw,
    /// Before names are sealed.
    Seal,
    /// Before a judge is replaced.
    Judge,
    /// Before sealed values are changed.
    Parameters,
    /// Before a re-check is begun anew.
    Recheck,
    /// Before records from a bundle are taken in.
    Bundle,
    /// Before what was set apart is written again.
    Adopt,
    /// Before a restore over what is there.
    Restore,
    /// Before the tables of an older build are changed.
    Upgrade,
}

impl Reason {
    /// Its name in manifests, names of folders and locale keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Hourly => "hourly",
            Self::Import => "import",
            Self::Rulebook => "rulebook",
            Self::Finalise => "finalise",
            Self::Reopen => "reopen",
            Self::Unseal => "unseal",
            Self::VoidDraw => "void-draw",
            Self::Seal => "seal",
            Self::Judge => "judge",
            Self::Parameters => "parameters",
            Self::Recheck => "recheck",
            Self::Bundle => "bundle",
            Self::Adopt => "adopt",
            Self::Restore => "restore",
            Self::Upgrade => "upgrade",
        }
    }
}

/// What the caller knows about a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Milliseconds since 1970.
    pub at: i64,
    /// Why.
    pub reason: Reason,
    /// What this computer is called, or empty.
    pub computer: String,
}

/// What stands in `backup.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this form.
    pub format: u32,
    /// Milliseconds since 1970.
    pub at: i64,
    /// Why.
    pub reason: Reason,
    /// Id of the node.
    pub node: String,
    /// What the computer was called, or empty.
    pub computer: String,
    /// Version of the program.
    pub program: String,
    /// Records in it.
    pub records: u64,
    /// Digest of the heads of all logs.
    pub heads: String,
    /// Size of the database in bytes.
    pub bytes: u64,
    /// SHA-256 of the database.
    pub sha256: String,
    /// Every hash, chain and signature in it was verified after it was written.
    #[serde(default)]
    pub proved: bool,
}

/// A backup that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Its folder, or the bare database file.
    pub path: PathBuf,
    /// Its manifest; none for a folder that a person copied.
    pub manifest: Option<Manifest>,
    /// Milliseconds since 1970: of the manifest, else when the file was last written.
    pub at: i64,
    /// Size of the database in bytes.
    pub bytes: u64,
}

impl Backup {
    /// Has the database the size it was written with? It was read back when it was made; whether it still is whole in every byte
    /// is looked at before it is restored.
    #[must_use]
    pub fn has_its_size(&self) -> bool {
        self.manifest.as_ref().is_none_or(|manifest| manifest.bytes == self.bytes)
    }

    /// Was every record in it verified after it was written?
    #[must_use]
    pub fn is_proved(&self) -> bool {
        self.has_its_size() && self.manifest.as_ref().is_some_and(|manifest| manifest.proved)
    }
}

/// What is wrong with a backup.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// It ends too early.
    #[error("{has} / {wanted}")]
    Truncated {
        /// Bytes that are there.
        has: u64,
        /// Bytes there should be.
        wanted: u64,
    },
    /// It was changed since it was written.
    #[error("SHA-256 {0}")]
    Altered(String),
    /// The database does not hold together, here.
    #[error("{0}")]
    Pages(String),
    /// A record does not verify, this one.
    #[error("{0}")]
    Records(String),
    /// Its database has something that no build of this program puts there.
    #[error("{0}")]
    Foreign(String),
}

impl Damage {
    /// A small stable code; `error-<code>` in the locale files.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Truncated { .. } => "backup-truncated",
            Self::Altered(_) => "backup-altered",
            Self::Pages(_) => "backup-damaged",
            Self::Records(_) => "backup-records",
            Self::Foreign(_) => "backup-foreign",
        }
    }

    pub(crate) fn of(self, path: &Path) -> StoreError {
        StoreError::Damaged { path: path.display().to_string(), damage: self }
    }
}

/// The backup that a path names: its folder, or a database file.
pub(crate) fn backup_at(path: &Path) -> Option<Backup> {
    let named = path.file_name().is_some_and(|name| name == DATABASE);
    let folder = if path.is_file() && named { path.parent()? } else { path };
    let file = if folder.is_dir() { folder.join(DATABASE) } else { folder.to_owned() };
    let about = std::fs::metadata(&file).ok().filter(std::fs::Metadata::is_file)?;
    let manifest: Option<Manifest> = std::fs::read(folder.join(MANIFEST))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .filter(|manifest: &Manifest| manifest.format == 1);
    let written = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let written = written.and_then(|age| i64::try_from(age.as_millis()).ok()).unwrap_or_default();
    let at = manifest.as_ref().map_or(written, |manifest| manifest.at);
    Some(Backup { path: folder.to_owned(), manifest, at, bytes: about.len() })
}

/// The backups with a manifest in a place, the newest first; none where there is no such folder.
#[must_use]
pub fn list_backups(place: &Path) -> Vec<Backup> {
    let Ok(entries) = std::fs::read_dir(place) else { return Vec::new() };
    let named = entries.flatten().filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    let found = named.filter(|entry| entry.path().is_dir()).filter_map(|entry| backup_at(&entry.path()));
    let mut found: Vec<Backup> = found.filter(|backup| backup.manifest.is_some()).collect();
    found.sort_by(|one, other| (other.at, &other.path).cmp(&(one.at, &one.path)));
    found
}

/// The backups that a person may mean by a path: a backup, a database file, or a folder that holds backups (a stick, a data folder).
///
/// # Errors
/// [`StoreError::NoBackup`] when there is none.
pub fn find_backups(path: &Path) -> Result<Vec<Backup>, StoreError> {
    let places = INSIDE.iter().map(|inside| path.join(inside)).chain([path.to_owned()]);
    let mut found: Vec<Backup> = places.flat_map(|place| list_backups(&place)).collect();
    if found.is_empty() || path.join(MANIFEST).is_file() {
        found = backup_at(path).into_iter().collect();
    }
    if found.is_empty() { Err(StoreError::NoBackup(path.display().to_string())) } else { Ok(found) }
}
