//! Bodies about backups.

use super::body;
use crate::App;
use crate::backups::{SECOND, row};
use crate::bodies::start::LANGUAGE;
use crate::failure::Failure;
use jiangsai_domain::command::backups::{
    BackedUp, BackupPreview, FindBackups, ListBackups, MakeBackup, MissingRecords, PreviewBackup, RestoreBackup,
    RestoredBackup, SetBackupPlace,
};
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::CompetitionId;
use jiangsai_store::{Lost, Reason, Staged, StagedScope, find_backups};
use std::path::Path;

body!(ListBackups, |_command, app, lang| app.backups(lang).await);

body!(MakeBackup, |_command, app, lang| {
    app.back_up(Reason::Asked).await?;
    app.copy_to_second().await;
    app.backups(lang).await
});

body!(SetBackupPlace, |command, app, lang| {
    app.set_second_place(&command.folder).await?;
    app.copy_to_second().await;
    app.backups(lang).await
});

body!(FindBackups, |command, _app, _| Ok(find_backups(Path::new(command.from.trim()))?.iter().map(row).collect()));

// Looked at alone: there is one place beside the data for a copy.
body!(alone PreviewBackup, |command, app, _| {
    let staged = app.0.store.stage(Path::new(command.from.trim())).await?;
    let preview = preview(&app, &staged).await;
    staged.discard().await?;
    preview
});

body!(alone RestoreBackup, |command, app, _| {
    let staged = app.0.store.stage(Path::new(command.from.trim())).await?;
    let restored = restore(&app, &staged, &command.token).await;
    staged.discard().await?;
    restored
});

async fn preview(app: &App, staged: &Staged) -> Result<BackupPreview, Failure> {
    let competition = |one: &StagedScope| BackedUp {
        title: one.row.title.clone(),
        date: one.row.date.clone(),
        entries: u32::try_from(one.row.entries).unwrap_or_default(),
        records: one.records,
        newest: one.newest,
    };
    let titles = app.0.store.index_list().await?;
    let missing = |one: Lost| {
        let own = titles.iter().find(|(scope, _)| *scope == one.scope);
        let title = own.map(|(_, row)| row.title.clone()).unwrap_or_default();
        MissingRecords { title, records: one.records, marks: one.marks, first: one.first, last: one.last }
    };
    Ok(BackupPreview {
        backup: row(&staged.backup),
        competitions: staged.scopes.iter().map(competition).collect(),
        missing: app.0.store.lost(staged).await?.into_iter().map(missing).collect(),
        token: staged.token.clone(),
    })
}

async fn restore(app: &App, staged: &Staged, token: &str) -> Result<RestoredBackup, Failure> {
    if staged.token != token {
        return Err(Refusal::new("stale-preview").into());
    }
    let scopes = app.0.store.scopes().await?;
    let before = if scopes.is_empty() { None } else { Some(app.back_up(Reason::Restore).await?) };
    app.0.store.restore(staged, &[SECOND, LANGUAGE]).await?;
    app.forget().await;
    for scope in app.0.store.scopes().await? {
        app.arrived(scope, true).await?;
    }
    for scope in scopes {
        // Whoever looks at what is not here any more learns it.
        let _ = app.0.changes.send(CompetitionId::new(scope.to_string()));
    }
    Ok(RestoredBackup {
        records: staged.scopes.iter().map(|one| one.records).sum(),
        before: before.map(|backup| backup.path.display().to_string()),
    })
}
