//! What is done to all records at once: verifying, rebuilding what is computed from them; a backup into a
//! folder of its own, and going back to one, for programs without a window.

use crate::App;
use crate::failure::Failure;
use jiangsai_domain::command::backups::{BackupPreview, PreviewBackup, RestoreBackup};
use jiangsai_domain::command::{Command, WireError};
use jiangsai_domain::envelope::Refusal;
use jiangsai_locales::Lang;
use jiangsai_store::{About, Reason};
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};

/// What verifying one scope found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The scope.
    pub scope: String,
    /// Records checked.
    pub records: u64,
    /// Logs.
    pub logs: u64,
    /// Checkpoints checked.
    pub checkpoints: u64,
    /// The first fault, in words.
    pub fault: Option<String>,
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
        Ok(self.0.store.backup(place, &name, about).await.map_err(wire)?.path)
    }

    /// Goes back to a backup; what was in it. Where records would be missing afterwards it is refused, unless `over` is said: then what is
    /// here is backed up before.
    ///
    /// # Errors
    /// `restore-loses`, and those of `backups.preview` and `backups.restore`.
    pub async fn restore_from(&self, from: &Path, over: bool) -> Result<BackupPreview, WireError> {
        let from = std::path::absolute(from).map_err(|error| wire(Failure::from(error)))?.display().to_string();
        let preview: BackupPreview = self.called(PreviewBackup { from: from.clone() }).await?;
        let missing: u64 = preview.missing.iter().map(|one| one.records).sum();
        if missing > 0 && !over {
            return Err(wire(Refusal::new("restore-loses").with("count", missing)));
        }
        let _restored: <RestoreBackup as Command>::Reply =
            self.called(RestoreBackup { from, token: preview.token.clone() }).await?;
        Ok(preview)
    }

    async fn called<C: Command, R: DeserializeOwned>(&self, command: C) -> Result<R, WireError> {
        let broke = |error: serde_json::Error| wire(Failure::Internal(error.to_string()));
        let reply = self.dispatch(C::NAME, serde_json::to_value(command).map_err(broke)?, None).await?;
        serde_json::from_value(reply).map_err(broke)
    }
}
