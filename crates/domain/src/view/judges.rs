//! Judges and panels as the organiser sees them.

use crate::command::judging::{JudgeList, PanelView};
use crate::competition::Competition;
use crate::decide::judges::panel_in_use;
use crate::ids::{EntryId, EventId, JudgeId};
use crate::sheet::Modules;

/// Judges by code, and the panels of an event. `with_pin` are the ids of judges with a PIN on this computer.
#[must_use]
pub fn list(state: &Competition, event: &EventId, with_pin: &[String]) -> JudgeList {
    let mut judges: Vec<_> = state
        .judges
        .iter()
        .filter_map(|(id, register)| {
            let pin = with_pin.iter().any(|own| own == id.as_str());
            Some((id.clone(), register.value()?.clone(), pin))
        })
        .collect();
    judges.sort_by(|(id, one, _), (other_id, other, _)| (&one.code, id).cmp(&(&other.code, other_id)));
    let Some(setup) = state.events.get(event) else {
        return JudgeList { judges, panels: Vec::new(), leaders: Vec::new() };
    };
    let panels = setup.engine().map_or(&[][..], |engine| engine.rulebook().panels.as_slice());
    let panels = panels
        .iter()
        .map(|panel| PanelView {
            id: panel.id.as_str().into(),
            name: panel.name.clone(),
            seats: u32::from(panel.seats),
            members: setup.members(&panel.id).to_vec(),
            in_use: panel_in_use(state, setup, event, &panel.id),
        })
        .collect();
    let leaders = setup.engine().map_or_else(Vec::new, |engine| {
        let modules = Modules::of(engine.rulebook());
        let leader = |(id, name): &(String, _)| (id.clone(), Clone::clone(name), setup.leader(id).cloned());
        modules.with_leader().into_iter().map(leader).collect()
    });
    JudgeList { judges, panels, leaders }
}

/// The short code of a judge, or its id where nobody knows it.
#[must_use]
pub fn code(state: &Competition, judge: &JudgeId) -> String {
    let known = state.judges.get(judge).and_then(|register| register.value());
    known.map_or_else(|| judge.to_string(), |judge| judge.code.clone())
}

/// Codes of judges by id, to read a derivation of an entry: a seat goes by whoever sits in it for this entry.
#[must_use]
pub fn codes_for(state: &Competition, event: &EventId, entry: &EntryId) -> Vec<(String, String)> {
    let panels = state.events.get(event).and_then(|setup| setup.seats.get(entry));
    let sitting = |seat: &JudgeId| {
        let registers = panels?.values().filter_map(|seats| seats.get(seat));
        let mut sitting = registers.filter_map(|register| register.agreed()?.as_ref()?.judge.as_ref());
        sitting.next()
    };
    state.judges.keys().map(|id| (id.to_string(), code(state, sitting(id).unwrap_or(id)))).collect()
}

/// How an actor begins that is a judge at a desk; the judge's id follows.
const AT_DESK: &str = "judge:";

/// Who acts when a judge signed in at a desk acts.
#[must_use]
pub fn actor(judge: &JudgeId) -> crate::ids::Actor {
    crate::ids::Actor::new(format!("{AT_DESK}{judge}"))
}

/// The judge that an actor is.
#[must_use]
pub fn judge_of(actor: &crate::ids::Actor) -> Option<JudgeId> {
    actor.as_str().strip_prefix(AT_DESK).map(JudgeId::from)
}

/// Does a judge act who is signed in at a desk?
#[must_use]
pub fn is_judge(actor: &crate::ids::Actor) -> bool {
    actor.as_str().starts_with(AT_DESK)
}

/// Who did something, as it is shown: a judge at a desk by code, somebody who signed in by name.
#[must_use]
pub fn actor_shown(state: &Competition, actor: &str) -> String {
    if let Some(officer) = crate::people::officer_of(actor) {
        return super::people::name(state, &officer);
    }
    actor.strip_prefix(AT_DESK).map_or_else(|| actor.to_owned(), |id| code(state, &JudgeId::from(id)))
}
