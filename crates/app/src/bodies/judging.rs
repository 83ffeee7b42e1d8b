//! Bodies about judges and panels.

use super::body;
use crate::App;
use jiangsai_domain::command::judging::{ListJudges, SaveJudge, SetLeader, SetPanel, SetPin};
use jiangsai_domain::decide::{judges, sheets};
use jiangsai_domain::view;

body!(ListJudges, |command, app, _| {
    let with_pin = app.0.store.pins(App::scope(&command.competition)?).await?;
    let node = app.node_key();
    app.ask(&command.competition, |state| Ok(view::judges::list(state, &command.event, &with_pin, &node))).await
});

body!(SaveJudge, |command, app, _| {
    let decide = |state: &_, context: &_| judges::save(state, command.id.as_ref(), &command.judge, context);
    app.change(&command.competition, decide, |_, _, id| Ok(id)).await
});

body!(SetPin, |command, app, _| app.give_judge_pin(&command.competition, &command.judge, &command.pin).await);

body!(SetPanel, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((judges::seat(state, &command)?, ()));
    app.change(&command.competition, decide, |_, _, ()| Ok(())).await
});

body!(SetLeader, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((sheets::set_leader(state, &command)?, ()));
    app.change(&command.competition, decide, |_, _, ()| Ok(())).await
});
