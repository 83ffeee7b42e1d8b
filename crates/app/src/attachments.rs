//! Files beside the records, by name: scans of paper sheets, and beside them pictures for certificates (`artwork`) and templates that an
//! organiser replaced (`layouts`). They are in the database, and so in every backup, scans without their keys: they show what somebody wrote about a person. Only scans are named by facts; a picture that is missing
//! here stops nothing.

use crate::App;
use crate::failure::Failure;
use jiangsai_domain::ids::{AttachmentId, CompetitionId};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Before the hash of a scan in its name.
pub(crate) const SCAN: &str = "scan/";

impl App {
    /// Keeps a scan and answers its id.
    pub(crate) async fn keep_scan(&self, id: &CompetitionId, bytes: Vec<u8>) -> Result<AttachmentId, Failure> {
        let hash = named(&bytes);
        self.0.store.attachment_put_closed(Some(Self::scope(id)?), &format!("{SCAN}{hash}"), bytes).await?;
        Ok(hash)
    }

    /// A scan, where it is here and is what its id says.
    pub(crate) async fn scan(&self, id: &CompetitionId, scan: &AttachmentId) -> Result<Option<Vec<u8>>, Failure> {
        let found = self.0.store.attachment(Some(Self::scope(id)?), &format!("{SCAN}{scan}")).await?;
        Ok(found.filter(|bytes| named(bytes) == *scan))
    }

    /// The scans that are here.
    pub(crate) async fn scans(&self, id: &CompetitionId) -> Result<BTreeSet<AttachmentId>, Failure> {
        let names = self.0.store.attachment_names(Some(Self::scope(id)?)).await?;
        Ok(names.iter().filter_map(|name| Some(name.strip_prefix(SCAN)?.into())).collect())
    }
}

/// The hash that a scan goes by.
fn named(bytes: &[u8]) -> AttachmentId {
    hex::encode(Sha256::digest(bytes)).into()
}
