//! Bodies about draws, sealing and unsealing.

use super::body;
use jiangsai_domain::command::draw::{
    ChooseDraw, DrawByComputer, OpenSeal, RecordLot, SealNames, ShowDraw, SwapLots, VoidDraw,
};
use jiangsai_domain::decide::{draw, seal, swap};
use jiangsai_domain::view;
use jiangsai_store::Reason;

body!(ShowDraw, |command, app, _| {
    app.ask(&command.competition, |state| view::draw::show(state, &command.event, command.of.as_ref())).await
});

body!(RecordLot, |command, app, _| {
    let decide = |state: &_, context: &_| Ok((draw::record(state, &command, context)?, ()));
    app.change(&command.competition, decide, |_, _, ()| Ok(())).await
});

body!(DrawByComputer, |command, app, _| {
    let decide = |state: &_, context: &_| draw::by_computer(state, &command, context);
    let answer = |_: &_, _: &[_], lots| Ok(lots);
    if command.voids.is_some() {
        return app.change_after_backup(Reason::VoidDraw, &command.competition, decide, answer).await;
    }
    app.change(&command.competition, decide, answer).await
});

body!(SwapLots, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((swap::swap(state, &command)?, ()));
    app.change(&command.competition, decide, |_, _, ()| Ok(())).await
});

body!(VoidDraw, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((draw::void(state, &command)?, ()));
    app.change_after_backup(Reason::VoidDraw, &command.competition, decide, |_, _, ()| Ok(())).await
});

body!(ChooseDraw, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((draw::choose(state, &command)?, ()));
    app.change(&command.competition, decide, |_, _, ()| Ok(())).await
});

body!(SealNames, |command, app, _| {
    let decide = |state: &_, context: &_| Ok((seal::seal(state, &command, context)?, ()));
    app.change_after_backup(Reason::Seal, &command.competition, decide, |_, _, ()| Ok(())).await
});

body!(OpenSeal, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((seal::open(state, &command)?, ()));
    app.change_after_backup(Reason::Unseal, &command.competition, decide, |_, _, ()| Ok(())).await
});
