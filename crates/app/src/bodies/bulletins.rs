//! Bodies about bulletins.

use super::body;
use jiangsai_domain::command::bulletins::{ChooseBulletin, ListBulletins, PublishBulletin};
use jiangsai_domain::decide::bulletins;
use jiangsai_domain::view;

body!(ListBulletins, |command, app, _| {
    let today = app.0.host.today();
    app.ask(&command.competition, |state| view::bulletins::list(state, &command.event, &today)).await
});

body!(PublishBulletin, |command, app, _| {
    let decide = |state: &_, context: &_| bulletins::publish(state, &command, context);
    app.change(&command.competition, decide, |_, _, published| Ok(published)).await
});

body!(ChooseBulletin, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((bulletins::choose(state, &command)?, ()));
    app.change(&command.competition, decide, |_, _, ()| Ok(())).await
});
