//! Files beside the records, by name: scans of paper sheets, pictures for certificates, templates that an organiser replaced. They are in the
//! database, and so in every backup. Only scans are named by facts; a picture that is missing here stops nothing.

use crate::App;
use crate::blocking::blocking;
use crate::failure::Failure;
use jiangsai_domain::ids::{AttachmentId, CompetitionId};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Before the hash of a scan in its name.
const SCAN: &str = "scan/";
/// Before the name of a template in its name.
const TEMPLATE: &str = "template/";

impl App {
    /// Keeps a scan and answers its id.
    pub(crate) async fn keep_scan(&self, id: &CompetitionId, bytes: Vec<u8>) -> Result<AttachmentId, Failure> {
        let hash = named(&bytes);
        self.0.store.attachment_put(Some(Self::scope(id)?), &format!("{SCAN}{hash}"), bytes).await?;
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

    /// Where an organiser puts templates of the own.
    fn template_folder(&self) -> PathBuf {
        self.0.store.dir().join("templates")
    }

    /// The templates that the organiser put into the folder `templates` of the data folder, by name.
    pub(crate) async fn own_templates(&self) -> Result<Vec<(String, String)>, Failure> {
        let folder = self.template_folder();
        Ok(blocking(move || read_templates(&folder)).await??)
    }

    /// Takes the templates in the folder into the database, before it is backed up.
    pub(crate) async fn keep_templates(&self) -> Result<(), Failure> {
        let (store, own) = (&self.0.store, self.own_templates().await?);
        for name in store.attachment_names(None).await? {
            if name.strip_prefix(TEMPLATE).is_some_and(|name| own.iter().all(|(own, _)| own != name)) {
                store.attachment_drop(None, &name).await?;
            }
        }
        for (name, text) in own {
            let name = format!("{TEMPLATE}{name}");
            if store.attachment(None, &name).await?.as_deref() != Some(text.as_bytes()) {
                store.attachment_put(None, &name, text.into_bytes()).await?;
            }
        }
        Ok(())
    }

    /// Puts the templates of the database into the folder, after a restore. One of the same name that says something else stays beside it as
    /// `….before`; others stay as they are.
    pub(crate) async fn put_back_templates(&self) -> Result<(), Failure> {
        let store = &self.0.store;
        for name in store.attachment_names(None).await? {
            // A backup comes from elsewhere: nothing in it names another folder.
            let Some(own) = name.strip_prefix(TEMPLATE).filter(|own| is_template(own)) else { continue };
            let Some(bytes) = store.attachment(None, &name).await? else { continue };
            let path = self.template_folder().join(own);
            blocking(move || put_back(&path, &bytes)).await??;
        }
        Ok(())
    }
}

/// The hash that a scan goes by.
fn named(bytes: &[u8]) -> AttachmentId {
    hex::encode(Sha256::digest(bytes)).into()
}

/// The plain name of a template and nothing else.
fn is_template(name: &str) -> bool {
    name.ends_with(".typ") && !name.starts_with('.') && !name.contains(['/', '\\', ':'])
}

fn read_templates(folder: &Path) -> std::io::Result<Vec<(String, String)>> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_template(&name) {
            found.push((name, std::fs::read_to_string(entry.path())?));
        }
    }
    found.sort();
    Ok(found)
}

fn put_back(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    match std::fs::read(path) {
        Ok(own) if own == bytes => return Ok(()),
        Ok(_) => std::fs::rename(path, path.with_extension("typ.before"))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    crate::whole::replace(path, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_leads_elsewhere_is_no_template() {
        for name in ["frame.typ", "获奖证书.typ"] {
            assert!(is_template(name), "{name}");
        }
        for name in ["../frame.typ", "a/frame.typ", "a\\frame.typ", "C:frame.typ", ".frame.typ", "frame.txt", ""] {
            assert!(!is_template(name), "{name}");
        }
    }
}
