//! Bodies about documents, and files in and out.

use super::body;
use crate::App;
use crate::failure::Failure;
use crate::print::{Made, title_key, words};
use crate::whole::write;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiangsai_domain::command::files::{
    DocumentKind, DocumentPage, DocumentRequest, FetchFile, File, OpenFile, PreviewDocument, RenderDocument,
    SaveDocument, SavedFile, Upload,
};
use jiangsai_domain::envelope::Refusal;
use jiangsai_locales::{Lang, text};
use sha2::{Digest, Sha256};
use std::fmt::Debug;

body!(PreviewDocument, |command, app, _| {
    let Made::Pages(pages) = app.make(&command.competition, &command.document).await? else {
        return Err(Refusal::new("no-preview").into());
    };
    let (frame, document) = *pages;
    let preview = app.picture(frame, document, command.page as usize).await?;
    Ok(DocumentPage {
        svg: preview.svg,
        pages: u32::try_from(preview.pages).unwrap_or(u32::MAX),
        missing_glyphs: preview.missing_glyphs,
    })
});

body!(RenderDocument, |command, app, _| {
    let made = render(&app, &command.competition, &command.document, command.page).await?;
    Ok(File { missing_glyphs: made.missing_glyphs, ..file(&made.name, made.ending, &made.bytes) })
});

body!(SaveDocument, |command, app, _| {
    let Rendering { name, ending, bytes, missing_glyphs } =
        render(&app, &command.competition, &command.document, command.page).await?;
    let (folder, moment) = (app.exports(), app.moment_in_names());
    let size = bytes.len() as u64;
    let path = tokio::task::spawn_blocking(move || write(&folder, &format!("{name} {moment}"), ending, &bytes));
    let path = path.await.map_err(|error| Failure::Internal(error.to_string()))??;
    Ok(SavedFile { path: path.display().to_string(), bytes: size, missing_glyphs })
});

body!(OpenFile, |command, app, _| {
    let path = app.exported(&command.path)?;
    app.0.host.open_file(&path).map_err(Failure::Io)
});

body!(FetchFile, |command, app, _| {
    let path = app.exported(&command.path)?;
    let bytes = tokio::fs::read(&path).await?;
    let part = |of: Option<&std::ffi::OsStr>| of.map(|of| of.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(file(&part(path.file_stem()), &part(path.extension()), &bytes))
});

/// A document as a file.
pub(super) struct Rendering {
    /// Its name without the ending.
    name: String,
    ending: &'static str,
    pub(super) bytes: Vec<u8>,
    /// Characters no font has, with where they stand.
    pub(super) missing_glyphs: Vec<(String, String)>,
}

/// Makes a file of a document, or of one of its pages, counted from 0.
pub(super) async fn render(
    app: &App,
    competition: &jiangsai_domain::ids::CompetitionId,
    request: &DocumentRequest,
    page: Option<u32>,
) -> Result<Rendering, Failure> {
    let lang: Lang = request.language.parse().map_err(|_| Failure::BadRequest(request.language.clone()))?;
    let name = match &request.kind {
        DocumentKind::Bulletin { number } => text(lang, "print-bulletin-file", &[("number", &number.to_string())]),
        kind => words(lang, title_key(kind)),
    };
    Ok(match (app.make(competition, request).await?, page) {
        (Made::Pages(pages), None) => {
            let (frame, document) = *pages;
            let pdf = app.pdf(frame, document).await?;
            Rendering { name, ending: "pdf", bytes: pdf.bytes, missing_glyphs: pdf.missing_glyphs }
        }
        (Made::Pages(pages), Some(page)) => {
            let (frame, document) = *pages;
            let name = text(lang, "file-page", &[("name", &name), ("page", &page.saturating_add(1).to_string())]);
            let pdf = app.page(frame, document, page as usize).await?;
            Rendering { name, ending: "pdf", bytes: pdf.bytes, missing_glyphs: pdf.missing_glyphs }
        }
        (Made::File(..), Some(_)) => return Err(Refusal::new("no-preview").into()),
        // Whoever opens it has fonts of their own.
        (Made::File(ending, bytes), None) => Rendering { name, ending, bytes, missing_glyphs: Vec::new() },
    })
}

/// A file as it goes over the wire.
pub(super) fn file(name: &str, ending: &str, bytes: &[u8]) -> File {
    let mime = match ending {
        "pdf" => "application/pdf",
        "jpg" => "image/jpeg",
        "csv" => "text/csv",
        "zip" => "application/zip",
        "typ" => "text/plain",
        "jsbundle" => "application/octet-stream",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    File {
        name: format!("{name}.{ending}"),
        mime: mime.to_owned(),
        base64: STANDARD.encode(bytes),
        missing_glyphs: Vec::new(),
    }
}

/// The bytes of a file that came in.
pub(super) fn decode(upload: &Upload) -> Result<Vec<u8>, Failure> {
    STANDARD.decode(&upload.base64).map_err(|error| Failure::BadRequest(error.to_string()))
}

/// Names a file and what it would do, so that what is applied is what was shown.
pub(super) fn upload_token(bytes: &[u8], would_do: &impl Debug) -> String {
    hex::encode(Sha256::new().chain_update(Sha256::digest(bytes)).chain_update(format!("{would_do:?}")).finalize())
}
