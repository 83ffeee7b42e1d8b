//! Proving a backup: every hash, chain and signature of every record in the copy.

use super::write::{blocking, replace_private};
use super::{Backup, Damage, MANIFEST};
use crate::connect::sqlite_copy;
use crate::folder::DATABASE;
use crate::personal::keys::KeyFile;
use crate::read::{scopes_of, verify};
use crate::{Report, StoreError};
use std::collections::HashMap;

/// Verifies every record of a backup, where it lies, and notes it in the manifest.
///
/// # Errors
/// [`StoreError::Damaged`] with the record; whatever the disk says. The backup stays as it was.
pub async fn prove_backup(backup: &Backup) -> Result<Backup, StoreError> {
    let Some(manifest) = &backup.manifest else { return Err(StoreError::NoBackup(backup.path.display().to_string())) };
    let copy = sqlite_copy(&backup.path.join(DATABASE)).await?;
    let keys = KeyFile::beside(&backup.path).body_keys();
    let keys: HashMap<Vec<u8>, Vec<u8>> = keys.into_iter().map(|[hash, _, key]| (hash, key)).collect();
    for scope in scopes_of(&copy).await? {
        let Report { fault, .. } = verify(&copy, scope, &keys).await?;
        if let Some(fault) = fault {
            return Err(Damage::Records(format!("{scope}: {fault}")).of(&backup.path));
        }
    }
    copy.close().await?;
    let mut proved = backup.clone();
    let manifest = super::Manifest { proved: true, ..manifest.clone() };
    let json = serde_json::to_vec_pretty(&manifest).map_err(std::io::Error::from)?;
    let path = backup.path.join(MANIFEST);
    proved.manifest = Some(manifest);
    blocking(move || replace_private(&path, &json)).await?;
    Ok(proved)
}
