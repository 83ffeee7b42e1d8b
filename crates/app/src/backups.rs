//! Backups that happen by themselves: before every step that is hard to take back, and every hour in which something was recorded; here and
//! in a second place. A place that cannot be written to is said, and tried again; work goes on meanwhile.
//!
//! The gate is held while the database is read for a backup, never while a stick is: one that hangs holds up nothing but its own copy.

mod place;

use crate::blocking::blocking;
use crate::failure::Failure;
use crate::{App, Boxed};
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::backups::BackupRow;
use jiangsai_locales::Lang;
use jiangsai_store::{About, Backup, Reason, StoreError, list_backups, prove_backup, prune_backups};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

pub(crate) use place::SECOND;

/// A backup is made so long after the last, in milliseconds, when something was recorded since.
const EVERY: i64 = 60 * 60 * 1_000;
/// The records of a backup are verified so long after the last time, in milliseconds.
const PROVED_EVERY: i64 = 24 * EVERY;
/// How often is looked whether one is due, and a place that did not work is tried again.
const LOOK: Duration = Duration::from_secs(60);
/// After a backup that was not written the next is tried so much later, in milliseconds; twice as late each time, up to an hour.
const AFTER_FAILURE: i64 = 2 * 60 * 1_000;

/// How the backups are.
#[derive(Default)]
pub(crate) struct Keeper {
    /// One backup in the data folder at a time.
    here: tokio::sync::Mutex<()>,
    /// One copy to the second place at a time.
    second: tokio::sync::Mutex<()>,
    /// There is one place beside the data for a backup that is looked at.
    pub(crate) staging: tokio::sync::Mutex<()>,
    troubles: Mutex<Troubles>,
}

#[derive(Default)]
struct Troubles {
    here: Option<Failure>,
    /// A record in the newest backup that was looked at does not verify.
    unproved: Option<Failure>,
    second: Option<Failure>,
    /// When the last backup was not written, in milliseconds since 1970, and how often in a row.
    failed: Option<(i64, u32)>,
}

impl Keeper {
    fn with<T>(&self, look: impl FnOnce(&mut Troubles) -> T) -> T {
        look(&mut self.troubles.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Why the last backup was not written; the own place counts more than the second.
    pub(crate) fn trouble(&self, lang: Lang) -> Option<WireError> {
        self.with(|troubles| {
            let first = troubles.here.as_ref().or(troubles.unproved.as_ref()).or(troubles.second.as_ref());
            first.map(|failure| failure.said(lang))
        })
    }

    /// Failed a moment ago, so that it is too early to try again?
    fn rests(&self, now: i64) -> bool {
        self.with(|troubles| {
            troubles.failed.is_some_and(|(at, times)| {
                let pause = AFTER_FAILURE.saturating_mul(1 << times.saturating_sub(1).min(5)).min(EVERY);
                (0..pause).contains(&(now - at))
            })
        })
    }
}

impl App {
    /// Makes backups when they are due, until the task is dropped or aborted.
    #[must_use]
    #[inline(never)]
    pub fn keep_backups(self) -> Boxed<'static, ()> {
        Box::pin(async move {
            loop {
                self.scrub_if_wanted().await;
                self.back_up_here_if_due().await;
                let app = self.clone();
                // A stick that hangs holds up no backup here.
                tokio::spawn(async move {
                    app.copy_if_none_does().await;
                    app.tell_of_standing().await;
                });
                tokio::time::sleep(LOOK).await;
            }
        })
    }

    /// Makes a backup when an hour with new records passed, and brings the second place up to date.
    pub async fn back_up_if_due(&self) {
        self.scrub_if_wanted().await;
        self.back_up_here_if_due().await;
        self.copy_to_second().await;
    }

    async fn back_up_here_if_due(&self) {
        if !self.0.store.has_file() {
            return;
        }
        let written = {
            let _beside = self.0.gate.read().await;
            let _turn = self.0.backups.here.lock().await;
            match self.is_due().await {
                // What went wrong is kept for whoever looks.
                Ok(true) => self.write(Reason::Hourly).await.ok(),
                Ok(false) => None,
                Err(failure) => {
                    tracing::warn!(cause = %failure, "whether a backup is due");
                    None
                }
            }
        };
        if let Some(backup) = written {
            self.prove_if_due(&backup).await;
        }
    }

    /// A backup of the last hour, or one of exactly what is here, is enough. A clock that was set back makes those made before it moments
    /// to come: they are no reason to wait, and none to make one every minute.
    async fn is_due(&self) -> Result<bool, Failure> {
        let now = self.0.host.now_ms();
        if self.0.backups.rests(now) {
            return Ok(false);
        }
        let own = self.own_backups().await?;
        if own.iter().any(|backup| (0..EVERY).contains(&(now - backup.at))) {
            return Ok(false);
        }
        let heads = self.0.store.heads_digest().await?;
        let is_it = |backup: &Backup| backup.manifest.as_ref().is_some_and(|manifest| manifest.heads == heads);
        Ok(!own.iter().any(is_it) && !self.0.store.scopes().await?.is_empty())
    }

    /// The folder of the backups on this computer.
    pub(crate) fn backup_folder(&self) -> PathBuf {
        self.0.store.dir().join("backups")
    }

    /// The sound backups of this node here, the newest first.
    async fn own_backups(&self) -> Result<Vec<Backup>, Failure> {
        let (folder, node) = (self.backup_folder(), self.0.store.node());
        let own = move |backup: &Backup| {
            backup.manifest.as_ref().is_some_and(|manifest| manifest.node == node) && backup.has_its_size()
        };
        blocking(move || list_backups(&folder).into_iter().filter(own).collect()).await
    }

    /// Backs up before a step. A backup that could not be written does not hold the step up: it is said. The gate is held, no
    /// competition is.
    pub(crate) async fn back_up_before(&self, reason: Reason) {
        if !self.0.store.has_file() || self.back_up(reason).await.is_err() {
            return;
        }
        let app = self.clone();
        // A slow stick holds nobody up.
        tokio::spawn(async move { app.copy_if_none_does().await });
    }

    /// Writes a backup on this computer and removes those that are not wanted any more. The gate is held.
    pub(crate) async fn back_up(&self, reason: Reason) -> Result<Backup, Failure> {
        let _turn = self.0.backups.here.lock().await;
        self.write(reason).await.map_err(Failure::NotBackedUp)
    }

    /// Whoever calls has the turn.
    async fn write(&self, reason: Reason) -> Result<Backup, Arc<StoreError>> {
        let now = self.0.host.now_ms();
        let name = format!("{}-{}", self.moment_in_names(), reason.code());
        let about = About { at: now, reason, computer: self.0.host.computer() };
        let folder = self.backup_folder();
        // First: there may be no room for another one before.
        self.prune(folder.clone()).await;
        self.with_templates().await;
        match self.0.store.backup(&folder, &name, about).await {
            Ok(backup) => {
                self.prune(folder).await;
                self.0.backups.with(|troubles| (troubles.here, troubles.failed) = (None, None));
                Ok(backup)
            }
            Err(error) => {
                tracing::error!(cause = %error, "a backup was not written");
                let error = Arc::new(error);
                self.0.backups.with(|troubles| {
                    troubles.here = Some(Failure::NotBackedUp(Arc::clone(&error)));
                    troubles.failed = Some((now, troubles.failed.map_or(1, |(_, times)| times.saturating_add(1))));
                });
                Err(error)
            }
        }
    }

    /// A backup without templates of the own is better than none.
    pub(crate) async fn with_templates(&self) {
        if let Err(failure) = self.keep_templates().await {
            tracing::warn!(cause = %failure, "templates of the organiser's were not taken into a backup");
        }
    }

    /// Verifies every record of a backup when that was not done for a day. The backup stays, whatever is found; it is said.
    pub(crate) async fn prove_if_due(&self, backup: &Backup) {
        let now = self.0.host.now_ms();
        let lately = |one: &Backup| one.is_proved() && (0..PROVED_EVERY).contains(&(now - one.at));
        if self.own_backups().await.is_ok_and(|own| own.iter().any(lately)) {
            return;
        }
        let proved = prove_backup(backup).await;
        if let Err(error) = &proved {
            tracing::error!(cause = %error, "a backup does not verify");
        }
        self.0.backups.with(|troubles| troubles.unproved = proved.err().map(Failure::from));
    }

    async fn prune(&self, folder: PathBuf) {
        let (node, now) = (self.0.store.node(), self.0.host.now_ms());
        let pruned = blocking(move || prune_backups(&folder, &node, now)).await;
        if let Err(error) = pruned.and_then(|pruned| Ok(pruned?)) {
            tracing::warn!(%error, "an old backup was not removed");
        }
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
        proved: backup.is_proved(),
    }
}
