//! Bodies about records in quarantine.

use super::body;
use jiangsai_domain::command::quarantine::{AdoptRecords, AdoptedEffect, ListQuarantine};
use jiangsai_domain::competition::Competition;
use jiangsai_domain::decide::trust;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::view::quarantine;

body!(ListQuarantine, |command, app, _| app.ask(&command.competition, |state| Ok(quarantine::list(state))).await);

body!(AdoptRecords, |command, app, _| {
    let effects = |state: &Competition| {
        let then = state.with_released(&command.records);
        trust::keeps_seals(state, &then)?;
        Ok::<_, Refusal>(trust::effects(state, &then))
    };
    if command.preview {
        let live = app.look(&command.competition).await?;
        // The reason may still be missing.
        trust::adopt(&live.state, &command.records, "-")?;
        return Ok(AdoptedEffect { events: effects(&live.state)?, applied: false });
    }
    let decide = |state: &Competition, _: &_| {
        let drafts = trust::adopt(state, &command.records, &command.reason)?;
        Ok((drafts, effects(state)?))
    };
    let applied = |_: &_, _: &[_], events| Ok(AdoptedEffect { events, applied: true });
    app.change(&command.competition, decide, applied).await
});
