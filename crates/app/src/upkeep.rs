//! What is done to all records at once: verifying, rebuilding what is computed from them, backup and restore.

use crate::App;
use crate::failure::Failure;
use jiangsai_domain::command::WireError;
use jiangsai_locales::Lang;
use std::path::Path;

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

    /// Writes a copy of the database into a file that does not exist yet.
    ///
    /// # Errors
    /// What the database or the disk says.
    pub async fn backup(&self, to: &Path) -> Result<(), WireError> {
        self.0.store.backup(to).await.map_err(wire)
    }

    /// After a restore: makes this store another one, so that other nodes offer again what it lacks.
    ///
    /// # Errors
    /// What the database says.
    pub async fn restored(&self) -> Result<(), WireError> {
        self.0.store.incarnate().await.map(drop).map_err(wire)
    }
}
