//! Bodies of registration.

use super::body;
use super::files::{decode, file, upload_token};
use jiangsai_domain::command::registration::{
    AddEntry, EditEntry, ImportPreview, ImportRoster, Imported, ListEntries, NumberEntries, PreviewRoster,
    RosterTemplate, SetEntryStatus,
};
use jiangsai_domain::decide::{entries, import};
use jiangsai_domain::import::roster::RosterRead;
use jiangsai_domain::view;
use jiangsai_store::Reason;

body!(ListEntries, |command, app, _| {
    app.ask(&command.competition, |state| Ok(view::entries::list(state, &command.event, &command.search))).await
});

body!(AddEntry, |command, app, _| {
    let decide = |state: &_, context: &_| entries::add(state, &command, context);
    app.change(&command.competition, decide, |_, _, saved| Ok(saved)).await
});

body!(EditEntry, |command, app, _| {
    let decide = |state: &_, context: &_| entries::edit(state, &command, context);
    app.change(&command.competition, decide, |_, _, saved| Ok(saved)).await
});

body!(SetEntryStatus, |command, app, _| {
    let decide = |state: &_, _: &_| {
        let since = command.stage.as_ref();
        Ok((entries::set_status(state, &command.entry, command.status, since, &command.reason)?, ()))
    };
    app.change(&command.competition, decide, |_, _, ()| Ok(())).await
});

body!(NumberEntries, |command, app, _| {
    let decide = |state: &_, _: &_| {
        let drafts = entries::number(state, &command)?;
        let count = u32::try_from(drafts.len()).unwrap_or(u32::MAX);
        Ok((drafts, count))
    };
    app.change(&command.competition, decide, |_, _, count| Ok(count)).await
});

body!(RosterTemplate, |command, app, lang| {
    let fields = app.ask(&command.competition, |state| Ok(state.settings().fields)).await?;
    let bytes = crate::print::workbooks::roster_template(lang, &fields)?;
    Ok(file(&crate::print::words(lang, "file-roster-template"), "xlsx", &bytes))
});

body!(PreviewRoster, |command, app, _| {
    let bytes = decode(&command.file)?;
    let table = crate::table::read(&bytes)?;
    let context = app.context()?;
    let read =
        app.ask(&command.competition, |state| import::read_roster(state, &command.event, &table, &context)).await?;
    let token = token(&bytes, &read);
    Ok(ImportPreview {
        columns: read.columns,
        rows: read.rows,
        total: read.total,
        faults: read.faults,
        notes: read.notes,
        token,
    })
});

body!(ImportRoster, |command, app, _| {
    let bytes = decode(&command.file)?;
    let table = crate::table::read(&bytes)?;
    let decide = |state: &_, context: &_| {
        let read = import::read_roster(state, &command.event, &table, context)?;
        if !read.faults.is_empty() {
            return Ok((Vec::new(), Imported::Refused(read.faults)));
        }
        if token(&bytes, &read) != command.token {
            return Err(jiangsai_domain::envelope::Refusal::new("stale-preview"));
        }
        Ok((import::roster_facts(&command.event, &read, context), Imported::Applied(read.total)))
    };
    app.change_after_backup(Reason::Import, &command.competition, decide, |_, _, imported| Ok(imported)).await
});

/// Names the file and what it would do.
fn token(bytes: &[u8], read: &RosterRead) -> String {
    upload_token(bytes, &read.forms)
}
