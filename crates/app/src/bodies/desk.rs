//! Bodies of the judge's desk.

use super::body;
use crate::App;
use crate::desks::Desk;
use crate::failure::Failure;
use jiangsai_domain::command::desk::{
    AddTime, ConfirmResults, DeskLock, DeskMark, DeskNote, DeskPlace, DeskView, LetLook, LockDesk, ReleaseDesk,
    ShowDesk, ShowSeats, SignIn, SignOut, SignSheet, SignedIn,
};
use jiangsai_domain::competition::Competition;
use jiangsai_domain::decide::judges::is_pin;
use jiangsai_domain::decide::sheets;
use jiangsai_domain::envelope::{Draft, Refusal};
use jiangsai_domain::ids::{CompetitionId, EventId, JudgeId};
use jiangsai_domain::view::{desk, judges};

body!(ShowSeats, |command, app, _| {
    let with_pin = app.0.store.pins(App::scope(&command.competition)?).await?;
    let lock = app.desk_lock(&command.competition).await?;
    app.ask(&command.competition, |state| Ok(desk::seats(state, &with_pin, lock))).await
});

body!(LockDesk, |command, app, _| {
    let known = |state: &Competition| match &command.lock.judge {
        Some(judge) if !state.judges.contains_key(judge) => Err(Refusal::new("unknown-judge")),
        _ => Ok(()),
    };
    app.ask(&command.competition, known).await?;
    if !command.release.is_empty() && !is_pin(&command.release) {
        return Err(Refusal::new("pin-form").into());
    }
    app.set_desk_lock(&command.competition, &command.lock).await?;
    app.close_desk(&command.competition, &command.release).await
});

body!(ReleaseDesk, |command, app, _| app.release_desk(&command.competition, &command.release).await);

body!(SignIn, |command, app, _| {
    let lock = app.desk_lock(&command.competition).await?;
    let code = app
        .ask(&command.competition, |state| {
            let known = state.judges.get(&command.judge).and_then(|register| register.value());
            if known.is_none_or(|judge| judge.retired) {
                return Err(Refusal::new("unknown-judge"));
            }
            if lock.judge.as_ref().is_some_and(|only| *only != command.judge) {
                return Err(Refusal::new("desk-elsewhere"));
            }
            Ok(judges::code(state, &command.judge))
        })
        .await?;
    let token = app.sign_in(&command.competition, &command.judge, &command.pin).await?;
    Ok(SignedIn { token, code })
});

body!(SignOut, |command, app, _| {
    app.0.desks.close(&command.token);
    Ok(())
});

body!(LetLook, |command, app, _| {
    app.0.desks.look(&command.token);
    Ok(())
});

body!(ShowDesk, |command, app, _| {
    let own = app.0.desks.find(&command.competition, &command.token)?;
    let lock = app.desk_lock(&command.competition).await?;
    let at = command.at.as_ref();
    app.ask(&command.competition, |state| {
        if let Some(at) = at {
            desk::check_here(state, &lock, &at.entry)?;
        }
        desk::desk(state, &command.event, &own.judge, at, &lock, own.looking)
    })
    .await
});

/// Where a change is made from: the competition, the event, the token and the sheet.
struct From<'a>(&'a CompetitionId, &'a EventId, &'a str, &'a DeskPlace);

/// A change by the judge of a token; the answer is the desk as it is then.
async fn change(
    app: &App,
    From(competition, event, token, at): From<'_>,
    decide: impl FnOnce(&Competition, &JudgeId) -> Result<Vec<Draft>, Refusal> + Send,
) -> Result<DeskView, Failure> {
    let desk = app.0.desks.writer(competition, token)?;
    let app = app.at_desk(desk.clone());
    let Desk { judge, looking, .. } = desk;
    let lock: DeskLock = app.desk_lock(competition).await?;
    let decided = |state: &Competition, _: &_| {
        desk::check_here(state, &lock, &at.entry)?;
        Ok((decide(state, &judge)?, ()))
    };
    let answer = |state: &Competition, _: &[_], ()| desk::desk(state, event, &judge, Some(at), &lock, looking);
    app.change_by(judges::actor(&judge), competition, decided, answer).await
}

body!(DeskMark, |command, app, _| {
    let from = From(&command.competition, &command.event, &command.token, &command.at);
    change(&app, from, |state, judge| sheets::mark(state, judge, &command)).await
});

body!(DeskNote, |command, app, _| {
    let from = From(&command.competition, &command.event, &command.token, &command.at);
    change(&app, from, |state, judge| sheets::note(state, judge, &command)).await
});

body!(SignSheet, |command, app, _| {
    let from = From(&command.competition, &command.event, &command.token, &command.at);
    change(&app, from, |state, judge| sheets::sign(state, judge, &command)).await
});

body!(ConfirmResults, |command, app, _| {
    let from = From(&command.competition, &command.event, &command.token, &command.at);
    change(&app, from, |state, judge| sheets::confirm(state, judge, &command)).await
});

body!(AddTime, |command, app, _| {
    let from = From(&command.competition, &command.event, &command.token, &command.at);
    change(&app, from, |state, judge| sheets::add_time(state, judge, &command)).await
});
