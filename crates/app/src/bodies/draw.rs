//! Bodies about draws, sealing and unsealing.

use super::body;
use crate::people::random;
use jiangsai_domain::command::draw::{
    ChooseDraw, DrawByComputer, LockNames, LockPlan, OpenEnvelope, OpenSeal, PrepareLock, RecordLot, SealNames,
    ShowDraw, SwapLots, VoidDraw,
};
use jiangsai_domain::decide::{draw, lock, seal, swap};
use jiangsai_domain::draw::Office;
use jiangsai_domain::lock::{Key, OpeningCode, mark};
use jiangsai_domain::view;
use jiangsai_store::Reason;
use std::collections::BTreeMap;

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

body!(PrepareLock, |command, app, _| {
    let key = Key::new(random()?);
    let mut codes = BTreeMap::new();
    for office in Office::ALL {
        codes.insert(office, OpeningCode::new(&random()?).to_string());
    }
    app.ask(&command.competition, |state| {
        let labels = lock::labels(state, &command.event, &key, &command.prefix)?;
        Ok(LockPlan { key: key.into(), codes, labels, mark: mark(&key.seal()) })
    })
    .await
});

body!(LockNames, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((lock::lock(state, &command)?, ()));
    app.change_after_backup(Reason::Seal, &command.competition, decide, |_, _, ()| Ok(())).await
});

body!(OpenEnvelope, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((seal::open_envelope(state, &command)?, ()));
    app.change_after_backup(Reason::Unseal, &command.competition, decide, |_, _, ()| Ok(())).await
});

body!(OpenSeal, |command, app, _| {
    let decide = |state: &_, _: &_| Ok((seal::open(state, &command)?, ()));
    app.change_after_backup(Reason::Unseal, &command.competition, decide, |_, _, ()| Ok(())).await
});
