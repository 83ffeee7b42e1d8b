//! Bodies about standings.

use super::body;
use jiangsai_domain::command::finalising::{ConfirmResults, ShowFinalising};
use jiangsai_domain::command::foresee::Foresee;
use jiangsai_domain::command::results::{
    DecideEquals, ExplainEntry, Finalise, Reopen, ShowStandings, WithdrawDecision,
};
use jiangsai_domain::decide::{equals, foresee, results};
use jiangsai_domain::view::{finalising, standings};
use jiangsai_store::Reason;

body!(ShowStandings, |command, app, _| {
    app.ask(&command.competition, |state| standings::standings(state, &command.event)).await
});

body!(ExplainEntry, |command, app, _| {
    app.ask(&command.competition, |state| standings::explain(state, &command.event, &command.entry)).await
});

body!(DecideEquals, |command, app, _| {
    let decide = |state: &_, _: &_| equals::decide(state, &command);
    app.change(&command.competition, decide, |_, _, effect| Ok(effect)).await
});

body!(WithdrawDecision, |command, app, _| {
    let decide = |state: &_, _: &_| equals::withdraw(state, &command);
    app.change(&command.competition, decide, |_, _, effect| Ok(effect)).await
});

body!(Foresee, |command, app, _| {
    let today = app.0.host.today();
    let found = |state: &_| foresee::foresee(state, &command, &today);
    app.ask(&command.competition, found).await
});

body!(ShowFinalising, |command, app, _| {
    app.ask(&command.competition, |state| finalising::finalising(state, &command.event)).await
});

body!(ConfirmResults, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((results::confirm(state, &command)?, ()));
    app.change(&command.competition, decide, |_, _, ()| Ok(())).await
});

body!(Finalise, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((results::finalise(state, &command.event, &command.reason)?, ()));
    app.change_after_backup(Reason::Finalise, &command.competition, decide, |_, _, ()| Ok(())).await
});

body!(Reopen, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((results::reopen(state, &command.event, &command.reason)?, ()));
    app.change_after_backup(Reason::Reopen, &command.competition, decide, |_, _, ()| Ok(())).await
});
