//! Bodies about documents, and files in and out.

use super::body;
use crate::App;
use crate::failure::Failure;
use crate::print::{Made, words};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiangsai_domain::command::files::{
    DocumentKind, DocumentPage, DocumentRequest, File, OpenFile, PreviewDocument, RenderDocument, SaveDocument,
    SavedFile, Upload,
};
use jiangsai_domain::envelope::Refusal;
use jiangsai_locales::Lang;
use sha2::{Digest, Sha256};
use std::fmt::Debug;
use std::path::{Path, PathBuf};

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
    let (name, ending, bytes) = render(&app, &command.competition, &command.document).await?;
    Ok(file(&name, ending, &bytes))
});

body!(SaveDocument, |command, app, _| {
    let (name, ending, bytes) = render(&app, &command.competition, &command.document).await?;
    let folder = app.0.store.dir().join("exports");
    let moment = app.0.host.moment(app.0.host.now_ms()).replace([':', ' '], "-");
    let size = bytes.len() as u64;
    let path = tokio::task::spawn_blocking(move || write(&folder, &format!("{name} {moment}"), ending, &bytes));
    let path = path.await.map_err(|error| Failure::Internal(error.to_string()))??;
    Ok(SavedFile { path: path.display().to_string(), bytes: size })
});

body!(OpenFile, |command, app, _| {
    let exports = app.0.store.dir().join("exports");
    // Only what was saved there: a path in a request opens nothing else.
    let inside = Path::new(&command.path).canonicalize().ok().zip(exports.canonicalize().ok());
    let path = inside.filter(|(path, exports)| path.starts_with(exports)).map(|(path, _)| path);
    let path = path.ok_or_else(|| Failure::from(Refusal::new("not-found")))?;
    app.0.host.open_file(&path).map_err(Failure::Io)
});

/// Name, ending and bytes of a document.
async fn render(
    app: &App,
    competition: &jiangsai_domain::ids::CompetitionId,
    request: &DocumentRequest,
) -> Result<(String, &'static str, Vec<u8>), Failure> {
    let lang: Lang = request.language.parse().map_err(|_| Failure::BadRequest(request.language.clone()))?;
    let key = match &request.kind {
        DocumentKind::MarkSheets { .. } => "print-mark-sheet",
        DocumentKind::ScoreSummary | DocumentKind::StandingsWorkbook => "print-score-summary",
        DocumentKind::ResultList { .. } => "print-result-list",
        DocumentKind::DrawRegister { .. } => "print-draw-register",
        DocumentKind::RosterWorkbook => "print-roster",
    };
    let name = words(lang, key);
    Ok(match app.make(competition, request).await? {
        Made::Pages(pages) => {
            let (frame, document) = *pages;
            (name, "pdf", app.pdf(frame, document).await?.bytes)
        }
        Made::Workbook(bytes) => (name, "xlsx", bytes),
    })
}

/// Writes a file whole or not at all, under a name that is not taken.
fn write(folder: &Path, name: &str, ending: &str, bytes: &[u8]) -> std::io::Result<PathBuf> {
    use std::io::Write as _;
    std::fs::create_dir_all(folder)?;
    let fresh = folder.join(format!(".{}.part", std::process::id()));
    let mut file = std::fs::File::create(&fresh)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if let Err(error) = written {
        // What is left of it would only take the space that is missing.
        let _ = std::fs::remove_file(&fresh);
        return Err(error);
    }
    let named = |number: u32| match number {
        1 => folder.join(format!("{name}.{ending}")),
        _ => folder.join(format!("{name} ({number}).{ending}")),
    };
    let path = (1..u32::MAX).map(named).find(|path| !path.exists()).unwrap_or_else(|| named(1));
    std::fs::rename(&fresh, &path)?;
    Ok(path)
}

/// A file as it goes over the wire.
pub(super) fn file(name: &str, ending: &str, bytes: &[u8]) -> File {
    let mime = match ending {
        "pdf" => "application/pdf",
        "csv" => "text/csv",
        _ => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    File { name: format!("{name}.{ending}"), mime: mime.to_owned(), base64: STANDARD.encode(bytes) }
}

/// The bytes of a file that came in.
pub(super) fn decode(upload: &Upload) -> Result<Vec<u8>, Failure> {
    STANDARD.decode(&upload.base64).map_err(|error| Failure::BadRequest(error.to_string()))
}

/// Names a file and what it would do, so that what is applied is what was shown.
pub(super) fn upload_token(bytes: &[u8], would_do: &impl Debug) -> String {
    hex::encode(Sha256::new().chain_update(Sha256::digest(bytes)).chain_update(format!("{would_do:?}")).finalize())
}
