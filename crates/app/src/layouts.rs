//! Templates that documents are set by: ours, and those that an organiser puts into the folder `templates` of the data folder, by hand or
//! through the window. They are taken into the database before it is backed up, and put back after a restore.

use crate::App;
use crate::blocking::blocking;
use crate::failure::Failure;
use jiangsai_documents::{DocumentError, LETTER, check_template, template, template_names};
use jiangsai_domain::command::layouts::LayoutRow;
use jiangsai_domain::envelope::Refusal;
use jiangsai_locales::Lang;
use std::path::{Path, PathBuf};

/// Before the name of a template in its name in the database.
const TEMPLATE: &str = "template/";

/// How an organiser wants documents to look.
#[derive(Default)]
pub(crate) struct OwnLook {
    /// Templates by name, with their text.
    pub templates: Vec<(String, String)>,
    /// The text document that lists are set into.
    pub letter: Option<Vec<u8>>,
}

impl App {
    /// Every template, and whether an organiser's own stands in its place.
    pub(crate) async fn layouts(&self) -> Result<Vec<LayoutRow>, Failure> {
        let own = self.own_templates().await?;
        let row = |name: &str| LayoutRow { name: name.to_owned(), own: own.iter().any(|(own, _)| own == name) };
        Ok(template_names().map(row).collect())
    }

    /// The template that is in use: the organiser's own, or ours.
    pub(crate) async fn layout(&self, name: &str, lang: Lang) -> Result<Vec<u8>, Failure> {
        let own = self.own_templates().await?.into_iter().find(|(own, _)| own == name);
        match own {
            Some((_, bytes)) => Ok(bytes),
            None => Ok(template(name, lang)?.ok_or(Refusal::new("no-template"))?),
        }
    }

    /// Puts an organiser's own template in the place of ours, or takes it away.
    pub(crate) async fn set_layout(&self, name: &str, bytes: Option<Vec<u8>>) -> Result<(), Failure> {
        if !template_names().any(|own| own == name) {
            return Err(Refusal::new("no-template").into());
        }
        let path = self.template_folder().join(name);
        let Some(bytes) = bytes else {
            return Ok(blocking(move || set_aside(&path)).await??);
        };
        let name = name.to_owned();
        blocking(move || -> Result<(), Failure> {
            check_template(&name, &bytes)?;
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            if std::fs::read(&path).is_ok_and(|own| own != bytes) {
                set_aside(&path)?;
            }
            Ok(crate::whole::replace(&path, &bytes)?)
        })
        .await?
    }

    /// Where an organiser puts templates of the own.
    fn template_folder(&self) -> PathBuf {
        self.0.store.dir().join("templates")
    }

    /// The templates that the organiser put into the folder `templates` of the data folder, by name.
    pub(crate) async fn own_templates(&self) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let folder = self.template_folder();
        Ok(blocking(move || read_templates(&folder)).await??)
    }

    /// The same, told apart and read.
    pub(crate) async fn own_look(&self) -> Result<OwnLook, Failure> {
        let mut look = OwnLook::default();
        for (name, bytes) in self.own_templates().await? {
            if name == LETTER {
                look.letter = Some(bytes);
                continue;
            }
            let text = String::from_utf8(bytes).map_err(|_| DocumentError::OwnTemplate { name: name.clone(), line: 1 });
            look.templates.push((name, text?));
        }
        Ok(look)
    }

    /// Takes the templates in the folder into the database, before it is backed up.
    pub(crate) async fn keep_templates(&self) -> Result<(), Failure> {
        let (store, own) = (&self.0.store, self.own_templates().await?);
        for name in store.attachment_names(None).await? {
            if name.strip_prefix(TEMPLATE).is_some_and(|name| own.iter().all(|(own, _)| own != name)) {
                store.attachment_drop(None, &name).await?;
            }
        }
        for (name, bytes) in own {
            let name = format!("{TEMPLATE}{name}");
            if store.attachment(None, &name).await?.as_ref() != Some(&bytes) {
                store.attachment_put(None, &name, bytes).await?;
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

/// The plain name of a template and nothing else.
fn is_template(name: &str) -> bool {
    (name.ends_with(".typ") || name == LETTER) && !name.starts_with('.') && !name.contains(['/', '\\', ':'])
}

fn read_templates(folder: &Path) -> std::io::Result<Vec<(String, Vec<u8>)>> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_template(&name) {
            found.push((name, std::fs::read(entry.path())?));
        }
    }
    found.sort();
    Ok(found)
}

/// Keeps what an organiser made beside its place as `….before`.
fn set_aside(path: &Path) -> std::io::Result<()> {
    let mut before = path.as_os_str().to_owned();
    before.push(".before");
    match std::fs::rename(path, before) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        renamed => renamed,
    }
}

fn put_back(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    match std::fs::read(path) {
        Ok(own) if own == bytes => return Ok(()),
        Ok(_) => set_aside(path)?,
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
        for name in ["frame.typ", "获奖证书.typ", "letter.docx"] {
            assert!(is_template(name), "{name}");
        }
        for name in
            ["../frame.typ", "a/frame.typ", "a\\frame.typ", "C:frame.typ", ".frame.typ", "frame.txt", "a.docx", ""]
        {
            assert!(!is_template(name), "{name}");
        }
    }
}
