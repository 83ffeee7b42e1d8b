//! What is done to all records at once: verifying, rebuilding what is computed from them; a backup into a
//! folder of its own, and going back to one, for programs without a window.

use crate::App;
use crate::failure::Failure;
use crate::host::Host;
use jiangsai_domain::command::backups::{BackupPreview, PreviewBackup, RestoreBackup, RestoredBackup};
use jiangsai_domain::command::{Command, WireError};
use jiangsai_domain::envelope::Refusal;
use jiangsai_locales::Lang;
use jiangsai_store::{About, Reason, Store, put_back, set_aside};
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What verifying one scope found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The scope.
    pub scope: String,
    /// Records checked.
    pub records: u64,
    /// Of these, without their bodies, which are for others.
    pub withheld: u64,
    /// Of these, whose bodies were erased.
    pub erased: u64,
    /// Logs.
    pub logs: u64,
    /// Checkpoints checked.
    pub checkpoints: u64,
    /// The first fault, in words.
    pub fault: Option<String>,
}

/// What a restore brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What was in the backup.
    pub held: BackupPreview,
    /// Folder of what was here before; `None` where nothing was.
    pub before: Option<String>,
}

fn wire(failure: impl Into<Failure>) -> WireError {
    failure.into().wire("upkeep", Lang::Zh)
}

impl App {
    /// Verifies every hash, chain and signature.
    ///
    /// # Errors
    /// What the database says; faults of the records are part of the answer.
    pub async fn verify_everything(&self) -> Result<Vec<Verified>, WireError> {
        let mut found = Vec::new();
        for scope in self.0.store.scopes().await.map_err(wire)? {
            let report = self.0.store.verify_scope(scope).await.map_err(wire)?;
            found.push(Verified {
                scope: scope.to_string(),
                records: report.records,
                withheld: report.withheld,
                erased: report.erased,
                logs: report.logs,
                checkpoints: report.checkpoints,
                fault: report.fault.map(|fault| fault.to_string()),
            });
        }
        Ok(found)
    }

    /// Makes everything again that is computed from the records; how many competitions that were.
    ///
    /// # Errors
    /// What the database says.
    pub async fn rebuild(&self) -> Result<usize, WireError> {
        let scopes = self.0.store.scopes().await.map_err(wire)?;
        for scope in &scopes {
            self.arrived(*scope, true).await.map_err(wire)?;
        }
        Ok(scopes.len())
    }

    /// Writes a backup into a place; its folder.
    ///
    /// # Errors
    /// What the database or the disk says.
    pub async fn back_up_to(&self, place: &Path) -> Result<PathBuf, WireError> {
        let about = About { at: self.0.host.now_ms(), reason: Reason::Asked, computer: self.0.host.computer() };
        let name = format!("{}-{}", self.moment_in_names(), Reason::Asked.code());
        self.with_templates().await;
        Ok(self.0.store.backup(place, &name, about).await.map_err(wire)?.path)
    }

    /// Goes back to a backup. Where records would be missing afterwards it is refused, unless `over` is said: then what is here is backed up
    /// before, or put aside where it does not hold together.
    ///
    /// # Errors
    /// `restore-loses`, `restore-damaged`, and those of `backups.preview` and `backups.restore`.
    pub async fn restore_from(&self, from: &Path, over: bool) -> Result<Restored, WireError> {
        let from = std::path::absolute(from).map_err(|error| wire(Failure::from(error)))?.display().to_string();
        let held: BackupPreview = self.called(PreviewBackup { from: from.clone() }).await?;
        let missing: u64 = held.missing.iter().map(|one| one.records).sum();
        if missing > 0 && !over {
            return Err(wire(Refusal::new("restore-loses").with("count", missing)));
        }
        if held.damaged && !over {
            return Err(wire(Refusal::new("restore-damaged")));
        }
        let restored: RestoredBackup = self.called(RestoreBackup { from, token: held.token.clone() }).await?;
        Ok(Restored { held, before: restored.before })
    }

    /// As [`App::restore_from`], into a folder that is not open, also where its database or key cannot be opened: with `over` they are put
    /// aside, and put back when the backup cannot take their place.
    ///
    /// # Errors
    /// As for [`App::restore_from`] and [`App::open`].
    pub async fn restore_into(
        data: &Path,
        host: Arc<dyn Host>,
        from: &Path,
        over: bool,
    ) -> Result<(Self, Restored), WireError> {
        let damage = match Store::open(data).await {
            Ok(store) => {
                let app = Self::over(store, host);
                let restored = app.restore_from(from, over).await?;
                return Ok((app, restored));
            }
            Err(error) if error.is_damage() => error,
            Err(error) => return Err(Failure::from(error).not_opened()),
        };
        tracing::warn!(cause = %damage, "the data folder does not open");
        if !over {
            return Err(wire(Refusal::new("restore-damaged")));
        }
        let moment = host.moment(host.now_ms()).replace([':', ' '], "-");
        let aside = set_aside(data, &format!("damaged-{moment}")).await.map_err(wire)?;
        let began = async {
            let app = Self::over(Store::open(data).await.map_err(wire)?, host);
            let restored = app.restore_from(from, over).await?;
            Ok((app, Restored { before: Some(aside.display().to_string()), ..restored }))
        };
        let done = began.await;
        if done.is_err() {
            // The folder is as it was, or says where what was in it is.
            put_back(data, &aside).await.map_err(wire)?;
        }
        done
    }

    async fn called<C: Command, R: DeserializeOwned>(&self, command: C) -> Result<R, WireError> {
        let broke = |error: serde_json::Error| wire(Failure::Internal(error.to_string()));
        let reply = self.dispatch_own(C::NAME, serde_json::to_value(command).map_err(broke)?, None).await?;
        serde_json::from_value(reply).map_err(broke)
    }
}
