//! What is done to all records at once: verifying, rebuilding what is computed from them; a backup into a
//! folder of its own, and going back to one, for programs without a window.

use crate::App;
use crate::failure::Failure;
use crate::host::Host;
use jiangsai_domain::command::backups::{BackupPreview, PreviewBackup, RestoreBackup, RestoredBackup};
use jiangsai_domain::command::{Command, WireError};
use jiangsai_domain::envelope::Refusal;
use jiangsai_ledger::ScopeId;
use jiangsai_locales::Lang;
use jiangsai_store::{About, EmptyServer, IndexRow, Reason, Store, put_back, set_aside};
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

/// What making a competition again found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebuilt {
    /// Its scope.
    pub scope: String,
    /// What had been kept and was not what the records give: `list`, `revoked`, `snapshot`. It is now.
    pub differed: Vec<&'static str>,
}

/// What a restore brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What was in the backup.
    pub held: BackupPreview,
    /// Folder of what was here before; `None` where nothing was.
    pub before: Option<String>,
}

/// As much of the id of a node as tells it from others.
fn short(node: &str) -> String {
    node.chars().take(8).collect()
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

    /// Makes everything again that is computed from the records, and says what had been kept and was not what the records give.
    ///
    /// # Errors
    /// What the database says.
    pub async fn rebuild(&self) -> Result<Vec<Rebuilt>, WireError> {
        let mut rebuilt = Vec::new();
        for scope in self.0.store.scopes().await.map_err(wire)? {
            rebuilt.push(self.rebuild_one(scope).await.map_err(wire)?);
        }
        Ok(rebuilt)
    }

    async fn rebuild_one(&self, scope: ScopeId) -> Result<Rebuilt, Failure> {
        let store = &self.0.store;
        // A time that was noted is no statement about the records.
        let line = |row: Option<IndexRow>| row.map(|row| IndexRow { changed_at: 0, ..row });
        let (before, revoked_before) = (line(self.line_of(scope).await?), store.revoked_in(scope).await?);
        let is_sound = self.snapshot_is_sound(scope).await?;
        self.arrived(scope, true).await?;
        let mut differed = Vec::new();
        if line(self.line_of(scope).await?) != before {
            differed.push("list");
        }
        if store.revoked_in(scope).await? != revoked_before {
            differed.push("revoked");
        }
        if !is_sound {
            differed.push("snapshot");
        }
        Ok(Rebuilt { scope: scope.to_string(), differed })
    }

    async fn line_of(&self, scope: ScopeId) -> Result<Option<IndexRow>, Failure> {
        let list = self.0.store.index_list().await?;
        Ok(list.into_iter().find(|(own, _)| *own == scope).map(|(_, row)| row))
    }

    /// Refuses a folder whose key is not the one that the database on a server belongs to: the computers that are paired there know that key.
    ///
    /// # Errors
    /// `database-other-key`; what the database says.
    pub async fn check_owner(&self) -> Result<(), WireError> {
        match self.0.store.other_owner().await.map_err(wire)? {
            None => Ok(()),
            Some(other) => {
                let refusal = Refusal::new("database-other-key").with("node", short(&other));
                Err(wire(refusal.with("own", short(&self.0.store.node()))))
            }
        }
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

    /// As [`App::restore_from`], into a folder that is not open, also where its database or key cannot be opened, or its key is not here: with `over` they are put
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
        let keychain = host.keychain();
        let damage = match Store::open_with(data, keychain.clone()).await {
            Ok(store) => {
                let app = Self::over(store, host);
                let restored = app.restore_from(from, over).await?;
                return Ok((app, restored));
            }
            Err(error) if error.is_damage() || (over && error.lacks_key()) => error,
            Err(error) => return Err(Failure::from(error).not_opened()),
        };
        tracing::warn!(cause = %damage, "the data folder does not open");
        if !over {
            return Err(wire(Refusal::new("restore-damaged")));
        }
        let moment = host.moment(host.now_ms()).replace([':', ' '], "-");
        let aside = set_aside(data, &format!("damaged-{moment}"), keychain.clone()).await.map_err(wire)?;
        let began = async {
            let app = Self::over(Store::open_with(data, keychain).await.map_err(wire)?, host);
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

    /// Restores a backup into a database on a server in which nothing is; the folder gets the key that came with it. The backup is restored and
    /// verified in a folder beside before, as on any computer.
    ///
    /// # Errors
    /// `database-not-empty`; as for [`App::restore_from`] and [`App::open`]. Nothing is in the database then.
    pub async fn restore_into_database(
        url: &str,
        data: &Path,
        host: Arc<dyn Host>,
        from: &Path,
    ) -> Result<(Self, Restored), WireError> {
        let server = EmptyServer::open(url, data).await.map_err(|error| Failure::from(error).not_opened())?;
        let filled = async {
            let staging = server.staging().await.map_err(wire)?;
            let beside = Self::over(Store::open(&staging).await.map_err(wire)?, Arc::clone(&host));
            let restored = beside.restore_from(from, false).await?;
            drop(beside);
            server.fill().await.map_err(wire)?;
            Ok::<_, WireError>(restored)
        };
        let filled = filled.await;
        let discarded = server.discard().await;
        let restored = filled?;
        discarded.map_err(wire)?;
        let app = Self::open_database(url, data, host).await?;
        app.after_restore().await.map_err(wire)?;
        Ok((app, restored))
    }

    async fn called<C: Command, R: DeserializeOwned>(&self, command: C) -> Result<R, WireError> {
        let broke = |error: serde_json::Error| wire(Failure::Internal(error.to_string()));
        let reply = self.dispatch_own(C::NAME, serde_json::to_value(command).map_err(broke)?, None).await?;
        serde_json::from_value(reply).map_err(broke)
    }
}
