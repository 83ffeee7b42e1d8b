//! Bodies about values of parameters.

use super::body;
use jiangsai_domain::command::parameters::{SetParameters, ShowParameters};
use jiangsai_domain::decide::parameters::set;
use jiangsai_domain::view::parameters::parameters;

body!(ShowParameters, |command, app, _| {
    app.ask(&command.competition, |state| parameters(state, &command.event)).await
});

body!(SetParameters, |command, app, _| {
    let decide = |state: &_, _: &_| set(state, &command);
    app.change(&command.competition, decide, |_, _, effect| Ok(effect)).await
});
