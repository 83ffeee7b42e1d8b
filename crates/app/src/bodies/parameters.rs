//! Bodies about values of parameters.

use super::body;
use jiangsai_domain::command::parameters::{SetParameters, ShowParameters};
use jiangsai_domain::decide::parameters::set;
use jiangsai_domain::decide::rulebook::in_use;
use jiangsai_domain::view::parameters::parameters;
use jiangsai_store::Reason;

body!(ShowParameters, |command, app, _| {
    app.ask(&command.competition, |state| parameters(state, &command.event)).await
});

body!(SetParameters, |command, app, _| {
    let decide = |state: &_, _: &_| set(state, &command);
    let answer = |_: &_, _: &[_], effect| Ok(effect);
    // Before there are marks nothing hangs on a value.
    if app.ask(&command.competition, |state| Ok(in_use(state, &command.event))).await? {
        return app.change_after_backup(Reason::Parameters, &command.competition, decide, answer).await;
    }
    app.change(&command.competition, decide, answer).await
});
