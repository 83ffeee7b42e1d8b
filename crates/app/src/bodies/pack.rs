//! Bodies about the result pack. A pack that is being written is a hidden folder in `exports`; nothing about it is kept in memory, so
//! that it can be gone on with, or dropped, after anything.

use super::{body, files};
use crate::App;
use crate::blocking::blocking;
use crate::failure::Failure;
use crate::print::{pack, title_key, words};
use crate::whole::{free, take_name};
use jiangsai_domain::command::pack::{
    BeginPack, ClosePack, ClosedPack, DropPack, Pack, PackRequest, PartWritten, PlanPack, WritePart,
};
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::CompetitionId;
use jiangsai_locales::Lang;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A hidden file that was not written to for so long was left by a program that was killed.
const LEFT: Duration = Duration::from_secs(24 * 60 * 60);

body!(PlanPack, |command, app, _| {
    let (_, parts) = plan(&app, &command.competition, &command.pack).await?;
    Ok(parts.iter().map(pack::Part::file_name).collect())
});

body!(BeginPack, |command, app, _| {
    if command.pack.records && !app.0.store.has_file() {
        // Before the first part is written, not at the last.
        return Err(Refusal::new("pack-records-server").into());
    }
    let (facts, parts) = plan(&app, &command.competition, &command.pack).await?;
    let mut id = [0; 16];
    getrandom::fill(&mut id).map_err(|error| Failure::Internal(error.to_string()))?;
    let id = hex::encode(id);
    let (folder, exports) = (folder(&app, &id)?, app.exports());
    let make = move || {
        clear_parts(&exports);
        std::fs::create_dir_all(folder)
    };
    blocking(make).await??;
    Ok(Pack { id, facts, parts: parts.iter().map(pack::Part::file_name).collect() })
});

body!(WritePart, |command, app, _| {
    let folder = folder(&app, &command.id)?;
    let (facts, parts) = plan(&app, &command.competition, &command.pack).await?;
    if facts != command.facts {
        return Err(Refusal::new("stale-pack").into());
    }
    let part = parts.get(command.part as usize).ok_or(Refusal::new("not-found"))?;
    let path = folder.join(part.file_name());
    match &part.holds {
        pack::Holds::Document(document) => {
            let made = files::render(&app, &command.competition, document, None).await?;
            tokio::fs::write(path, made.bytes).await?;
            Ok(PartWritten { missing_glyphs: made.missing_glyphs })
        }
        pack::Holds::Records => {
            app.0.store.extract(App::scope(&command.competition)?, &path).await?;
            Ok(PartWritten { missing_glyphs: Vec::new() })
        }
    }
});

body!(ClosePack, |command, app, _| {
    let lang = language(&command.pack)?;
    let from = folder(&app, &command.id)?;
    let (facts, parts) = plan(&app, &command.competition, &command.pack).await?;
    if facts != command.facts {
        return Err(Refusal::new("stale-pack").into());
    }
    let names: Vec<String> = parts.iter().map(pack::Part::file_name).collect();
    if let Some(missing) = names.iter().find(|name| !from.join(name).is_file()) {
        return Err(Refusal::new("pack-unfinished").with("name", missing).into());
    }
    let title = command.pack.only.as_ref().map_or("file-pack", title_key);
    let title = format!("{} {}", words(lang, title), app.moment_in_names());
    let exports = app.exports();
    let (folder, zip) = blocking(move || close(&from, &exports, &title, &names)).await??;
    Ok(ClosedPack { folder: folder.display().to_string(), zip: zip.display().to_string() })
});

/// Removes what a program that was killed left: the .zip of a pack that was being closed, and files under hidden names. Those of today may
/// still be written.
fn clear_parts(exports: &Path) {
    let Ok(entries) = std::fs::read_dir(exports) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let left = name.starts_with('.') && (name.ends_with(".part") || name.ends_with(".zip")) && path.is_file();
        let age = path.metadata().and_then(|about| about.modified()).ok().and_then(|time| time.elapsed().ok());
        if left && age.is_some_and(|age| age > LEFT) {
            let _ = std::fs::remove_file(&path);
        }
    }
}

body!(DropPack, |command, app, _| {
    match tokio::fs::remove_dir_all(folder(&app, &command.id)?).await {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
});

fn language(pack: &PackRequest) -> Result<Lang, Failure> {
    pack.language.parse().map_err(|_| Failure::BadRequest(pack.language.clone()))
}

/// How many facts there are, and the parts they make.
async fn plan(app: &App, id: &CompetitionId, pack: &PackRequest) -> Result<(u64, Vec<pack::Part>), Failure> {
    let lang = language(pack)?;
    app.ask(id, |state| Ok((state.facts() as u64, pack::parts(state, pack, lang)?))).await
}

/// The hidden folder of a pack that is being written.
fn folder(app: &App, id: &str) -> Result<PathBuf, Failure> {
    let sound = id.len() == 32 && id.bytes().all(|letter| letter.is_ascii_hexdigit());
    if sound { Ok(app.exports().join(format!(".pack-{id}"))) } else { Err(Refusal::new("not-found").into()) }
}

/// The .zip first, so that the folder has its name only when all is there.
fn close(from: &Path, exports: &Path, title: &str, names: &[String]) -> Result<(PathBuf, PathBuf), Failure> {
    let folder = free(exports, title, "");
    let part = from.with_extension("zip");
    let written = zip(from, &part, names);
    if let Err(error) = written {
        // What is left of it would only take the space that is missing.
        let _ = std::fs::remove_file(&part);
        return Err(error);
    }
    let zip = take_name(&part, exports, title, ".zip")?;
    std::fs::rename(from, &folder)?;
    Ok((folder, zip))
}

fn zip(from: &Path, to: &Path, names: &[String]) -> Result<(), Failure> {
    let mut archive = zip::ZipWriter::new(std::fs::File::create(to)?);
    for name in names {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(name, options).map_err(|error| Failure::Io(error.to_string()))?;
        archive.write_all(&std::fs::read(from.join(name))?)?;
    }
    let file = archive.finish().map_err(|error| Failure::Io(error.to_string()))?;
    Ok(file.sync_all()?)
}
