//! Bodies about backups. A stick may hang, so none of them holds the gate while it waits for one.

use super::body;
use crate::App;
use crate::backups::{SECOND, row};
use crate::blocking::blocking;
use crate::bodies::start::LANGUAGE;
use crate::closing::CLOSED;
use crate::failure::Failure;
use crate::hub::OPEN_AT;
use jiangsai_domain::command::backups::{
    BackedUp, BackupPreview, FindBackups, ListBackups, MakeBackup, MissingRecords, PreviewBackup, RestoreBackup,
    RestoredBackup, SetBackupPlace,
};
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::CompetitionId;
use jiangsai_store::{Lost, Reason, Staged, StagedScope, find_backups};
use std::path::{Path, PathBuf};

body!(outside ListBackups, |_command, app, lang| app.backups(lang).await);

body!(outside MakeBackup, |_command, app, lang| {
    let backup = {
        let _beside = app.0.gate.read().await;
        app.back_up(Reason::Asked).await?
    };
    app.prove_if_due(&backup).await;
    app.copy_to_second().await;
    app.backups(lang).await
});

body!(outside SetBackupPlace, |command, app, lang| {
    app.set_second_place(&command.folder).await?;
    app.copy_to_second().await;
    app.backups(lang).await
});

body!(outside FindBackups, |command, _app, _| {
    let from = PathBuf::from(command.from.trim());
    blocking(move || Ok(find_backups(&from)?.iter().map(row).collect())).await?
});

body!(outside PreviewBackup, |command, app, _| {
    let _staging = app.0.backups.staging.lock().await;
    let staged = app.0.store.stage(Path::new(command.from.trim())).await?;
    let preview = {
        let _beside = app.0.gate.read().await;
        preview(&app, &staged).await
    };
    throw_away(staged).await;
    preview
});

body!(outside RestoreBackup, |command, app, _| {
    let _staging = app.0.backups.staging.lock().await;
    let staged = app.0.store.stage(Path::new(command.from.trim())).await?;
    let restored = restore(&app, &staged, &command.token).await;
    throw_away(staged).await;
    restored
});

/// What is left of a copy changes nothing; the next one clears it away.
async fn throw_away(staged: Staged) {
    if let Err(error) = staged.discard().await {
        tracing::warn!(cause = %error, "the copy of a backup beside the data was not removed");
    }
}

async fn preview(app: &App, staged: &Staged) -> Result<BackupPreview, Failure> {
    let competition = |one: &StagedScope| BackedUp {
        title: one.row.title.clone(),
        date: one.row.date.clone(),
        entries: u32::try_from(one.row.entries).unwrap_or_default(),
        records: one.records,
        newest: one.newest,
    };
    // First: what is written from here on makes it stale.
    let token = app.0.store.token(staged).await?;
    let (lost, damaged) = match app.0.store.lost(staged).await {
        Err(error) if error.is_damage() => (Vec::new(), true),
        lost => (lost?, false),
    };
    // A list of what does not hold together is not needed to go back.
    let titles = app.0.store.index_list().await.unwrap_or_default();
    let missing = |one: Lost| {
        let own = titles.iter().find(|(scope, _)| *scope == one.scope);
        let title = own.map(|(_, row)| row.title.clone()).unwrap_or_default();
        MissingRecords { title, records: one.records, marks: one.marks, first: one.first, last: one.last }
    };
    Ok(BackupPreview {
        backup: row(&staged.backup),
        competitions: staged.scopes.iter().map(competition).collect(),
        missing: lost.into_iter().map(missing).collect(),
        damaged,
        unread: staged.unread,
        token,
    })
}

/// What becomes of what was here.
enum Before {
    /// Nothing was.
    Nothing,
    /// It is in this backup.
    BackedUp(PathBuf),
    /// It does not hold together, so that it cannot be copied: it is put aside as it is.
    Damaged,
}

async fn restore(app: &App, staged: &Staged, token: &str) -> Result<RestoredBackup, Failure> {
    let store = &app.0.store;
    let before = {
        let _beside = app.0.gate.read().await;
        still(app, staged, token).await?;
        keep_what_is_here(app).await?
    };
    let _alone = app.0.gate.write().await;
    // Nothing came in since it was backed up.
    still(app, staged, token).await?;
    let scopes = store.scopes().await.unwrap_or_default();
    let (before, aside) = match before {
        Before::Nothing => (None, None),
        Before::BackedUp(path) => (Some(path), None),
        Before::Damaged => {
            let aside = store.set_aside(&format!("damaged-{}", app.moment_in_names())).await?;
            (Some(aside.clone()), Some(aside))
        }
    };
    let restored = store.restore(staged, &[SECOND, LANGUAGE, CLOSED, OPEN_AT]).await;
    if let (Err(_), Some(aside)) = (&restored, &aside) {
        store.put_back(aside).await?;
    }
    // Whatever became of it: what is in memory may not be what is in the tables.
    app.forget().await;
    restored?;
    app.after_restore().await?;
    for scope in scopes {
        // Whoever looks at what is not here any more learns it.
        let _ = app.0.changes.send(crate::Change::Competition(CompetitionId::new(scope.to_string())));
    }
    Ok(RestoredBackup {
        records: staged.scopes.iter().map(|one| one.records).sum(),
        before: before.map(|path| path.display().to_string()),
    })
}

impl App {
    /// What follows once the tables of a backup are in place. Whoever calls has the store alone.
    pub(crate) async fn after_restore(&self) -> Result<(), Failure> {
        // What was erased since the backup is in it no more; nor where it lay before.
        if let Err(error) = self.0.store.scrub().await {
            tracing::warn!(%error, "what was erased may lie in files yet; they are rewritten later");
        }
        if let Err(failure) = self.put_back_templates().await {
            // The records are in place; pages are set with the templates that are there.
            tracing::error!(cause = %failure, "templates of a backup were not put into their folder");
        }
        for scope in self.0.store.scopes().await? {
            if let Err(failure) = self.arrived(scope, true).await {
                // The records are in place; the state is made from them when it is asked for next.
                tracing::error!(cause = %failure, "what was restored could not be taken up");
            }
        }
        Ok(())
    }
}

/// Is it what was shown?
async fn still(app: &App, staged: &Staged, token: &str) -> Result<(), Failure> {
    if app.0.store.token(staged).await? == token { Ok(()) } else { Err(Refusal::new("restore-stale").into()) }
}

async fn keep_what_is_here(app: &App) -> Result<Before, Failure> {
    match app.0.store.scopes().await {
        Ok(scopes) if scopes.is_empty() => return Ok(Before::Nothing),
        Err(error) if error.is_damage() => return Ok(Before::Damaged),
        scopes => drop(scopes?),
    }
    match app.back_up(Reason::Restore).await {
        Ok(backup) => Ok(Before::BackedUp(backup.path)),
        Err(Failure::NotBackedUp(error)) if error.is_damage() => Ok(Before::Damaged),
        Err(failure) => Err(failure),
    }
}
