//! Bodies about re-checking results and what delegations ask.

use super::body;
use jiangsai_domain::command::recheck::{AnswerInquiry, BeginRecheck, RaiseInquiry, RecheckSheet, ShowRecheck};
use jiangsai_domain::decide::recheck;
use jiangsai_domain::view;
use jiangsai_store::Reason;

body!(ShowRecheck, |command, app, _| {
    app.ask(&command.competition, |state| view::recheck::show(state, &command.event)).await
});

body!(BeginRecheck, |command, app, _| {
    let decide = |state: &_, context: &_| Ok((recheck::begin(state, &command, context)?, ()));
    app.change_after_backup(Reason::Recheck, &command.competition, decide, |_, _, ()| Ok(())).await
});

body!(RecheckSheet, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((recheck::sheet(state, &command)?, ()));
    app.change(&command.competition, decide, |_, _, ()| Ok(())).await
});

body!(RaiseInquiry, |command, app, _| {
    let decide = |state: &_, context: &_| recheck::raise(state, &command, context);
    app.change(&command.competition, decide, |_, _, id| Ok(id)).await
});

body!(AnswerInquiry, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((recheck::answer(state, &command)?, ()));
    app.change(&command.competition, decide, |_, _, ()| Ok(())).await
});
