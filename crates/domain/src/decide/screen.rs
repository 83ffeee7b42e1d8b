//! What may be on the big screen.

use super::{draft, event};
use crate::command::screen::{ReleaseStandings, StageScreen};
use crate::competition::Competition;
use crate::envelope::{Draft, Refusal};
use crate::fact::Fact;
use crate::screen::{Count, LONGEST, Scene, Shown, Staged};
use crate::view::{bulletins, screen};

/// Something is put on the screen.
///
/// # Errors
/// `not-found`, `unknown-session`; `screen-not-released` for standings, and for awards that are to be revealed, which nobody released;
/// `screen-no-award` for more awards than there are; those of the standings.
pub fn put(state: &Competition, staged: &Staged, command: &StageScreen) -> Result<Staged, Refusal> {
    let setup = event(state, &command.event)?;
    if !command.session.is_empty() && !bulletins::sessions(state, &command.event).contains(&command.session) {
        return Err(Refusal::new("unknown-session"));
    }
    if command.scene == Scene::Standings && !screen::shows(state, &command.event, setup) {
        return Err(Refusal::new("screen-not-released"));
    }
    if command.revealed > 0 {
        if !screen::shows(state, &command.event, setup) || screen::released(setup) != Shown::Final {
            return Err(Refusal::new("screen-not-released"));
        }
        if command.revealed as usize > screen::to_reveal(state, &command.event)?.len() {
            return Err(Refusal::new("screen-no-award"));
        }
    }
    Ok(Staged {
        event: Some(command.event.clone()),
        scene: command.scene,
        session: command.session.clone(),
        revealed: command.revealed,
        countdown: staged.countdown,
    })
}

/// Something is done to the countdown, at a moment in milliseconds since 1970.
///
/// # Errors
/// `countdown-length`, `countdown-unset`.
pub fn count(staged: Staged, act: Count, now: i64) -> Result<Staged, Refusal> {
    match act {
        Count::Set(seconds) if !(1..=LONGEST).contains(&seconds) => Err(Refusal::new("countdown-length")),
        Count::Start | Count::Pause if !staged.countdown.set => Err(Refusal::new("countdown-unset")),
        _ => Ok(Staged { countdown: staged.countdown.after(act, now), ..staged }),
    }
}

/// Standings are released for the screen, or no longer; nothing when they are already.
///
/// # Errors
/// `not-found`; `screen-final` for provisional results that are final, `screen-not-final` for final ones that are not.
pub fn release(state: &Competition, command: &ReleaseStandings) -> Result<Vec<Draft>, Refusal> {
    let setup = event(state, &command.event)?;
    match command.shown {
        Shown::Provisional if setup.is_final() => return Err(Refusal::new("screen-final")),
        Shown::Final if !setup.is_final() => return Err(Refusal::new("screen-not-final")),
        _ => {}
    }
    if setup.release.agreed().copied() == Some(command.shown) {
        return Ok(Vec::new());
    }
    let fact = Fact::Release { event: command.event.clone(), shown: command.shown };
    Ok(vec![draft(fact, setup.release.current(), "")])
}
