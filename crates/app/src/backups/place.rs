//! The second place, such as a stick: what is copied there, and whether it is there at all.

use super::row;
use crate::App;
use crate::blocking::blocking;
use crate::failure::Failure;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::backups::{BackupRow, Backups};
use jiangsai_domain::envelope::Refusal;
use jiangsai_locales::Lang;
use jiangsai_store::{StoreError, list_backups};
use std::path::{Path, PathBuf};

/// Setting that holds the folder of the second place.
pub(crate) const SECOND: &str = "backup.place";
/// The folder in the second place that backups go into. While it is not there, the stick is not in.
const INSIDE: &str = "jiangsai-backups";

impl App {
    /// Copies the newest backup to the second place, where one is set and does not have it yet. The gate is not held.
    pub(crate) async fn copy_to_second(&self) {
        let _turn = self.0.backups.second.lock().await;
        self.copy_now().await;
    }

    /// As [`App::copy_to_second`], unless something is being copied there: the next look copies what is newest then.
    pub(super) async fn copy_if_none_does(&self) {
        if let Ok(_turn) = self.0.backups.second.try_lock() {
            self.copy_now().await;
        }
    }

    async fn copy_now(&self) {
        let copied = self.copy_newest().await;
        if let Err(error) = &copied {
            tracing::warn!(cause = %error, "the second place has no new backup");
        }
        self.0.backups.with(|troubles| troubles.second = copied.err());
    }

    async fn copy_newest(&self) -> Result<(), Failure> {
        let Some(place) = self.second_place().await? else { return Ok(()) };
        let inside = place.join(INSIDE);
        if let Some(newest) = self.own_backups().await?.first() {
            self.0.store.copy_backup(newest, &inside).await?;
            self.prune(inside).await;
            return Ok(());
        }
        let missing = StoreError::PlaceMissing(place.display().to_string());
        if blocking(move || inside.is_dir()).await? { Ok(()) } else { Err(missing.into()) }
    }

    /// Could the second place not be brought up to date?
    pub(crate) fn lacks_second(&self) -> bool {
        self.0.backups.with(|troubles| troubles.second.is_some())
    }

    async fn second_place(&self) -> Result<Option<PathBuf>, StoreError> {
        let set = self.0.store.setting(SECOND).await?;
        Ok(set.filter(|place| !place.is_empty()).map(PathBuf::from))
    }

    /// Sets the second place, or none. It must be there and take a folder. The gate is not held.
    pub(crate) async fn set_second_place(&self, folder: &str) -> Result<(), Failure> {
        let folder = folder.trim().to_owned();
        let (place, own) = (folder.clone(), self.0.store.dir().to_owned());
        blocking(move || if place.is_empty() { Ok(()) } else { make_place(Path::new(&place), &own) }).await??;
        let _beside = self.0.gate.read().await;
        Ok(self.0.store.set_setting(SECOND, &folder).await?)
    }

    /// Which backups there are, and how they are. The gate is not held.
    pub(crate) async fn backups(&self, lang: Lang) -> Result<Backups, Failure> {
        let second = self.second_place().await?;
        let (folder, place) = (self.backup_folder(), second.as_ref().map(|place| place.join(INSIDE)));
        let (here, there) = blocking(move || (rows(&folder), place.as_deref().map(rows).unwrap_or_default())).await?;
        let said = |failure: &Option<Failure>| failure.as_ref().map(|failure| failure.said(lang));
        let (trouble, second_trouble): (Option<WireError>, Option<WireError>) = self
            .0
            .backups
            .with(|troubles| (said(&troubles.here).or_else(|| said(&troubles.unproved)), said(&troubles.second)));
        Ok(Backups {
            possible: self.0.store.has_file(),
            folder: self.backup_folder().display().to_string(),
            trouble,
            second_trouble,
            here,
            there,
            second: second.map(|place| place.display().to_string()),
        })
    }
}

fn rows(place: &Path) -> Vec<BackupRow> {
    list_backups(place).iter().map(row).collect()
}

/// Makes the folder in the second place; `own` is the data folder.
fn make_place(place: &Path, own: &Path) -> Result<(), Failure> {
    if !place.is_absolute() || !place.is_dir() {
        return Err(Refusal::new("backup-place-missing").with("path", place.display()).into());
    }
    if place.canonicalize()?.starts_with(own.canonicalize()?) {
        return Err(Refusal::new("backup-place-own").into());
    }
    Ok(std::fs::create_dir_all(place.join(INSIDE))?)
}
