//! What typst sees: our templates, one JSON file, the pictures of the document, the fonts; no other file, no clock, no network.

use crate::DocumentError;
use crate::fonts::Fonts;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{DiagSpan, DiagSpanKind, FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

const TEMPLATES: &[(&str, &str)] = &[
    ("/frame.typ", include_str!("../templates/frame.typ")),
    ("/mark-sheets.typ", include_str!("../templates/mark-sheets.typ")),
    ("/signed-table.typ", include_str!("../templates/signed-table.typ")),
    ("/parts.typ", include_str!("../templates/parts.typ")),
    ("/listings.typ", include_str!("../templates/listings.typ")),
    ("/rules.typ", include_str!("../templates/rules.typ")),
    ("/reasons.typ", include_str!("../templates/reasons.typ")),
    ("/script.typ", include_str!("../templates/script.typ")),
    ("/certificates.typ", include_str!("../templates/certificates.typ")),
];

/// Names of our templates, as their files are called.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    TEMPLATES.iter().filter_map(|(path, _)| path.strip_prefix('/'))
}

/// The text of one of our templates.
pub(crate) fn ours(name: &str) -> Option<&'static str> {
    TEMPLATES.iter().find(|(path, _)| path.strip_prefix('/') == Some(name)).map(|(_, text)| *text)
}

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// The world of one document.
pub(crate) struct Desk<'a> {
    fonts: &'a Fonts,
    main: FileId,
    files: Vec<(FileId, Bytes)>,
    sources: Vec<Source>,
}

impl<'a> Desk<'a> {
    /// Template, data and further files by path; the data are at `/d.json`. `own` templates take the place of ours of that name.
    ///
    /// # Errors
    /// [`DocumentError::Typesetting`] for a path that is none.
    pub(crate) fn new(
        fonts: &'a Fonts,
        template: &str,
        json: String,
        files: Vec<(String, Bytes)>,
        own: &[(String, String)],
    ) -> Result<Self, DocumentError> {
        let data = ("/d.json".to_owned(), Bytes::from_string(json));
        let files = std::iter::once(data).chain(files).map(|(path, bytes)| Ok((id(&path)?, bytes)));
        let ours = TEMPLATES.iter().map(|(path, text)| ((*path).to_owned(), *text));
        // Whoever is asked for a file takes the first of its name.
        let all = own.iter().map(|(name, text)| (format!("/{name}"), text.as_str())).chain(ours);
        let sources = all.map(|(path, text)| Ok(Source::new(id(&path)?, text.to_owned())));
        Ok(Self {
            fonts,
            main: id(template)?,
            files: files.collect::<Result<_, DocumentError>>()?,
            sources: sources.collect::<Result<_, DocumentError>>()?,
        })
    }

    /// Where a fault lies: in which template, by its file name, and in which line from 1.
    pub(crate) fn place(&self, span: DiagSpan) -> Option<(String, usize)> {
        let source = self.sources.iter().find(|source| Some(source.id()) == span.id())?;
        let name = source.id().vpath().get_without_slash().to_owned();
        Some((name, line(source, span)?))
    }
}

/// The line of a fault, from 1.
pub(crate) fn line(source: &Source, span: DiagSpan) -> Option<usize> {
    let range = match span.get() {
        DiagSpanKind::Detached => None,
        DiagSpanKind::Number { num, sub_range, .. } => source.range(num, sub_range),
        DiagSpanKind::Range { range, .. } => Some(range),
    };
    Some(source.lines().byte_to_line(range?.start)? + 1)
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
        let found = self.files.iter().find(|(own, _)| *own == id);
        found.map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.store().font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        // The print time comes with the data, so that the same data give the same bytes.
        None
    }
}
