//! What typst sees: our templates, one JSON file, the fonts; no other file, no clock, no network.

use crate::DocumentError;
use crate::fonts::Fonts;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

const TEMPLATES: &[(&str, &str)] = &[
    ("/frame.typ", include_str!("../templates/frame.typ")),
    ("/mark-sheets.typ", include_str!("../templates/mark-sheets.typ")),
    ("/signed-table.typ", include_str!("../templates/signed-table.typ")),
    ("/result-list.typ", include_str!("../templates/result-list.typ")),
];

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// The world of one document.
pub(crate) struct Desk<'a> {
    fonts: &'a Fonts,
    main: FileId,
    data: FileId,
    json: Bytes,
    sources: Vec<Source>,
}

impl<'a> Desk<'a> {
    /// Template and data; the data are at `/d.json`.
    ///
    /// # Errors
    /// [`DocumentError::Typesetting`] for a path that is none.
    pub(crate) fn new(fonts: &'a Fonts, template: &str, json: String) -> Result<Self, DocumentError> {
        let sources = TEMPLATES.iter().map(|(path, text)| Ok(Source::new(id(path)?, (*text).to_owned())));
        Ok(Self {
            fonts,
            main: id(template)?,
            data: id("/d.json")?,
            json: Bytes::from_string(json),
            sources: sources.collect::<Result<_, DocumentError>>()?,
        })
    }
}

fn id(path: &str) -> Result<FileId, DocumentError> {
    let path = VirtualPath::new(path).map_err(|_| DocumentError::Typesetting(format!("no path: {path}")))?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.store().book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.iter().find(|source| source.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data { Ok(self.json.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.store().font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        // The print time comes with the data, so that the same data give the same bytes.
        None
    }
}
