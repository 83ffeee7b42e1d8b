//! Bodies about scans of paper sheets.

use super::{body, files};
use crate::App;
use crate::blocking::blocking;
use crate::failure::Failure;
use crate::scans;
use jiangsai_domain::command::scans::{AttachScan, ListScans, RemoveScan, ScanLine, ShowScan};
use jiangsai_domain::decide::scans::{attach, remove};
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::{CompetitionId, EventId};
use jiangsai_domain::view::paper::find;
use jiangsai_domain::view::scans::{list, one};

/// What is attached to a sheet, and which of it is here.
async fn listed(
    app: &App,
    competition: &CompetitionId,
    event: &EventId,
    number: &str,
) -> Result<Vec<ScanLine>, Failure> {
    let here = app.scans(competition).await?;
    app.ask(competition, |state| list(state, event, number, |id| here.contains(id))).await
}

body!(ListScans, |command, app, _| listed(&app, &command.competition, &command.event, &command.number).await);

body!(AttachScan, |command, app, _| {
    let (competition, event, number) = (&command.competition, &command.event, &command.number);
    // First: nothing is kept for a sheet that is none.
    app.ask(competition, |state| find(state, event, number).map(drop)).await?;
    let bytes = files::decode(&command.file)?;
    let kept = {
        // Unpacked pictures are large: one at a time.
        let _turn = app.0.unpacking.lock().await;
        blocking(move || scans::keep(&bytes)).await??
    };
    let size = kept.len() as u64;
    // The picture before the fact that names it.
    let attachment = app.keep_scan(competition, kept).await?;
    let decide = |state: &_, _: &_| Ok((attach(state, event, number, &attachment, size)?, ()));
    app.change(competition, decide, |_, _, ()| Ok(())).await?;
    listed(&app, competition, event, number).await
});

body!(RemoveScan, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((remove(state, &command)?, ()));
    app.change(&command.competition, decide, |_, _, ()| Ok(())).await?;
    listed(&app, &command.competition, &command.event, &command.number).await
});

body!(ShowScan, |command, app, _| {
    let (competition, attachment) = (&command.competition, &command.attachment);
    let shown = |state: &_| Ok(one(state, &command.event, &command.number, attachment)?.page);
    let page = app.ask(competition, shown).await?;
    let missing = || Failure::from(Refusal::new("scan-missing"));
    let kept = app.scan(competition, attachment).await?.ok_or_else(missing)?;
    let picture = if command.small {
        let _turn = app.0.unpacking.lock().await;
        blocking(move || scans::small(&kept)).await?.ok_or_else(missing)?
    } else {
        kept
    };
    Ok(files::file(&format!("{}-{page}", command.number), "jpg", &picture))
});
