//! Backups that happen by themselves: before every step that is hard to take back, and every hour in which something was recorded; here and
//! in a second place. A place that cannot be written to is said, and tried again; work goes on meanwhile.

use crate::App;
use crate::failure::Failure;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::backups::{BackupRow, Backups};
use jiangsai_domain::envelope::Refusal;
use jiangsai_locales::Lang;
use jiangsai_store::{About, Backup, Reason, StoreError, copy_backup, list_backups, prune_backups};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Setting that holds the folder of the second place.
pub(crate) const SECOND: &str = "backup.place";
/// The folder in the second place that backups go into. While it is not there, the stick is not in.
const INSIDE: &str = "jiangsai-backups";
/// A backup is made so long after the last, in milliseconds, when something was recorded since.
const EVERY: i64 = 60 * 60 * 1_000;
/// How often is looked whether one is due, and a place that did not work is tried again.
const LOOK: Duration = Duration::from_secs(60);

/// How the backups are.
#[derive(Default)]
pub(crate) struct Keeper {
    /// One backup, copy or restore at a time.
    turn: tokio::sync::Mutex<()>,
    troubles: Mutex<Troubles>,
}

#[derive(Default)]
struct Troubles {
    here: Option<Failure>,
    second: Option<Failure>,
}

impl Keeper {
    fn with<T>(&self, look: impl FnOnce(&mut Troubles) -> T) -> T {
        look(&mut self.troubles.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Why the last backup was not written; the own place counts more than the second.
    pub(crate) fn trouble(&self, lang: Lang) -> Option<WireError> {
        self.with(|troubles| {
            let first = troubles.here.as_ref().or(troubles.second.as_ref());
            first.map(|failure| failure.said(lang))
        })
    }
}

impl App {
    /// Makes backups when they are due, until the task is dropped or aborted.
    pub async fn keep_backups(self) {
        loop {
            self.back_up_if_due().await;
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Makes a backup when an hour with new records passed, and brings the second place up to date.
    pub async fn back_up_if_due(&self) {
        if !self.0.store.has_file() {
            return;
        }
        let _beside = self.0.gate.read().await;
        {
            let _turn = self.0.backups.turn.lock().await;
            match self.is_due().await {
                // What went wrong is kept for whoever looks.
                Ok(true) => drop(self.write(Reason::Hourly).await),
                Ok(false) => {}
                Err(failure) => tracing::warn!(cause = %failure, "whether a backup is due"),
            }
        }
        self.copy_to_second().await;
    }

    async fn is_due(&self) -> Result<bool, Failure> {
        let newest = self.newest_backup();
        let now = self.0.host.now_ms();
        if newest.as_ref().is_some_and(|backup| (0..EVERY).contains(&(now - backup.at))) {
            return Ok(false);
        }
        let heads = self.0.store.heads_digest().await?;
        let known = newest.and_then(|backup| backup.manifest).map(|manifest| manifest.heads);
        Ok(known.as_ref() != Some(&heads) && !self.0.store.scopes().await?.is_empty())
    }

    /// The folder of the backups on this computer.
    pub(crate) fn backup_folder(&self) -> PathBuf {
        self.0.store.dir().join("backups")
    }

    /// The newest sound backup of this node here.
    fn newest_backup(&self) -> Option<Backup> {
        let node = self.0.store.node();
        let own = |backup: &Backup| backup.manifest.as_ref().is_some_and(|manifest| manifest.node == node);
        list_backups(&self.backup_folder()).into_iter().find(|backup| own(backup) && backup.has_its_size())
    }

    /// Backs up before a step. A backup that could not be written does not hold the step up: it is said.
    pub(crate) async fn back_up_before(&self, reason: Reason) {
        if !self.0.store.has_file() || self.back_up(reason).await.is_err() {
            return;
        }
        if matches!(self.second_place().await, Ok(Some(_))) {
            let app = self.clone();
            // A slow stick holds nobody up.
            tokio::spawn(async move { app.copy_to_second().await });
        }
    }

    /// Writes a backup on this computer and removes those that are not wanted any more.
    pub(crate) async fn back_up(&self, reason: Reason) -> Result<Backup, Failure> {
        let _turn = self.0.backups.turn.lock().await;
        self.write(reason).await
    }

    /// Whoever calls has the turn.
    async fn write(&self, reason: Reason) -> Result<Backup, Failure> {
        let now = self.0.host.now_ms();
        let name = format!("{}-{}", self.moment_in_names(), reason.code());
        let about = About { at: now, reason, computer: self.0.host.computer() };
        let folder = self.backup_folder();
        match self.0.store.backup(&folder, &name, about).await {
            Ok(backup) => {
                self.prune(&folder);
                self.0.backups.with(|troubles| troubles.here = None);
                Ok(backup)
            }
            Err(error) => {
                tracing::error!(cause = %error, "a backup was not written");
                let said = Failure::from(error);
                let wire = said.said(Lang::Zh);
                self.0.backups.with(|troubles| troubles.here = Some(said));
                Err(Refusal::new("backup-not-written").with("why", wire.message).into())
            }
        }
    }

    fn prune(&self, folder: &Path) {
        if let Err(error) = prune_backups(folder, &self.0.store.node(), self.0.host.now_ms()) {
            tracing::warn!(%error, "an old backup was not removed");
        }
    }

    /// Copies the newest backup to the second place, where one is set and does not have it yet.
    pub(crate) async fn copy_to_second(&self) {
        let _turn = self.0.backups.turn.lock().await;
        let copied = match self.second_place().await {
            Ok(Some(place)) => match self.newest_backup() {
                Some(newest) => {
                    copy_backup(&newest, &place.join(INSIDE)).await.map(|_| self.prune(&place.join(INSIDE)))
                }
                None if place.join(INSIDE).is_dir() => Ok(()),
                None => Err(StoreError::PlaceMissing(place.display().to_string())),
            },
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        if let Err(error) = &copied {
            tracing::warn!(cause = %error, "the second place has no new backup");
        }
        self.0.backups.with(|troubles| troubles.second = copied.err().map(Failure::from));
    }

    async fn second_place(&self) -> Result<Option<PathBuf>, StoreError> {
        let set = self.0.store.setting(SECOND).await?;
        Ok(set.filter(|place| !place.is_empty()).map(PathBuf::from))
    }

    /// Sets the second place, or none. It must be there and take a folder.
    pub(crate) async fn set_second_place(&self, folder: &str) -> Result<(), Failure> {
        let folder = folder.trim();
        if !folder.is_empty() {
            let place = Path::new(folder);
            if !place.is_absolute() || !place.is_dir() {
                return Err(Refusal::new("backup-place-missing").with("path", folder).into());
            }
            let own = self.0.store.dir().canonicalize()?;
            if place.canonicalize()?.starts_with(own) {
                return Err(Refusal::new("backup-place-own").into());
            }
            std::fs::create_dir_all(place.join(INSIDE))?;
        }
        Ok(self.0.store.set_setting(SECOND, folder).await?)
    }

    /// Which backups there are, and how they are.
    pub(crate) async fn backups(&self, lang: Lang) -> Result<Backups, Failure> {
        let second = self.second_place().await?;
        let rows = |place: &Path| list_backups(place).iter().map(row).collect::<Vec<_>>();
        let said = |failure: &Option<Failure>| failure.as_ref().map(|failure| failure.said(lang));
        let (trouble, second_trouble): (Option<WireError>, Option<WireError>) =
            self.0.backups.with(|troubles| (said(&troubles.here), said(&troubles.second)));
        Ok(Backups {
            possible: self.0.store.has_file(),
            folder: self.backup_folder().display().to_string(),
            trouble,
            second_trouble,
            here: rows(&self.backup_folder()),
            there: second.as_ref().map(|place| rows(&place.join(INSIDE))).unwrap_or_default(),
            second: second.map(|place| place.display().to_string()),
        })
    }
}

/// A backup as it is shown.
pub(crate) fn row(backup: &Backup) -> BackupRow {
    let manifest = backup.manifest.as_ref();
    let computer = manifest
        .map(|own| if own.computer.is_empty() { own.node.chars().take(8).collect() } else { own.computer.clone() });
    BackupRow {
        folder: backup.path.display().to_string(),
        at: backup.at,
        bytes: backup.bytes,
        reason: manifest.map_or("copied", |manifest| manifest.reason.code()).to_owned(),
        computer: computer.unwrap_or_default(),
        records: manifest.map(|manifest| manifest.records),
        verified: manifest.is_some() && backup.has_its_size(),
    }
}
