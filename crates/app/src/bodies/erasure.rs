//! Bodies of erasing a person. Files are rewritten after the change is durable, and whoever asked learns whether all of them were there.

use super::body;
use jiangsai_domain::command::erasure::{ErasePerson, Erased, PreviewErasure};
use jiangsai_domain::decide::erasure;

body!(PreviewErasure, |command, app, _| {
    app.ask(&command.competition, |state| erasure::preview(state, &command.entry)).await
});

body!(outside ErasePerson, |command, app, _| {
    let records = {
        let _beside = app.0.gate.read().await;
        let decide = |state: &_, _: &_| erasure::erase(state, &command);
        let records = app.change(&command.competition, decide, |_, _, records| Ok(records)).await?;
        app.erased(&command.competition).await?;
        records
    };
    let rewritten = app.scrub_if_wanted().await;
    app.copy_to_second().await;
    Ok(Erased { records, rewritten: rewritten && !app.lacks_second() })
});
