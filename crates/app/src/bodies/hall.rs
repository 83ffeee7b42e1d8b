//! Bodies of the chief judge's view of the hall.

use super::body;
use jiangsai_domain::command::hall::{ReopenSheet, ReplaceJudge, RequestRescore, SetSeat, ShowHall};
use jiangsai_domain::command::panel::ShowPanelMarks;
use jiangsai_domain::decide::{rescore, seats, sheets};
use jiangsai_domain::view::{hall, panel};
use jiangsai_store::Reason;

body!(ShowHall, |command, app, _| {
    let show = |state: &_| hall::hall(state, &command.event);
    app.ask(&command.competition, show).await
});

body!(ShowPanelMarks, |command, app, _| {
    let show = |state: &_| panel::panel(state, &command.event, &command.item);
    app.ask(&command.competition, show).await
});

body!(ReopenSheet, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((sheets::reopen(state, &command)?, ()));
    app.change(&command.competition, decide, |_, _, ()| Ok(())).await
});

body!(RequestRescore, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((rescore::request(state, &command)?, ()));
    app.change(&command.competition, decide, |_, _, ()| Ok(())).await
});

body!(SetSeat, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((seats::set(state, &command)?, ()));
    app.change(&command.competition, decide, |_, _, ()| Ok(())).await
});

body!(ReplaceJudge, |command, app, _| {
    let decide = |state: &_, _: &_| seats::replace(state, &command);
    app.change_after_backup(Reason::Judge, &command.competition, decide, |_, _, replaced| Ok(replaced)).await
});
