//! Bodies about paper sheets.

use super::body;
use jiangsai_domain::command::paper::{
    CheckSheet, ChoosePaper, FindSheet, ListSheets, RecordSheet, SettleSheet, SheetForm,
};
use jiangsai_domain::competition::Competition;
use jiangsai_domain::decide::paper;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::EventId;
use jiangsai_domain::results;
use jiangsai_domain::view::paper::{find, form, list};

/// The sheet as it is now.
fn shown(state: &Competition, event: &EventId, number: &str, called: bool) -> Result<SheetForm, Refusal> {
    let (_, engine) = results::engine_of(state, event)?;
    let paper = find(state, event, number)?;
    Ok(form(state, engine.rulebook(), &paper, called))
}

body!(ListSheets, |command, app, _| {
    let sheets = |state: &Competition| list(state, &command.event);
    app.ask(&command.competition, sheets).await
});

body!(FindSheet, |command, app, _| {
    app.ask(&command.competition, |state| shown(state, &command.event, &command.number, command.called)).await
});

body!(ChoosePaper, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((paper::choose(state, &command)?, ()));
    app.change(&command.competition, decide, |_, _, ()| Ok(())).await
});

body!(RecordSheet, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((paper::record(state, &command)?, ()));
    let answer = |state: &_, _: &[_], ()| shown(state, &command.event, &command.number, false);
    app.change(&command.competition, decide, answer).await
});

body!(CheckSheet, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((paper::check(state, &command)?, ()));
    let answer = |state: &_, _: &[_], ()| shown(state, &command.event, &command.number, false);
    app.change(&command.competition, decide, answer).await
});

body!(SettleSheet, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((paper::settle(state, &command)?, ()));
    let answer = |state: &_, _: &[_], ()| shown(state, &command.event, &command.number, false);
    app.change(&command.competition, decide, answer).await
});
