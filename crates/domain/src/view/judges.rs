//! Judges and panels as the organiser sees them.

use super::people::keys_of;
use crate::command::judging::{JudgeKeys, JudgeList, KeyHere, PanelView};
use crate::competition::Competition;
use crate::decide::judges::panel_in_use;
use crate::ids::{EntryId, EventId, JudgeId, NodeKey};
use crate::people::Signer;
use crate::sheet::Modules;

/// Judges by code, and the panels of an event. `with_pin` are the ids of judges with a PIN on this computer, `node` is its public key.
#[must_use]
pub fn list(state: &Competition, event: &EventId, with_pin: &[String], node: &NodeKey) -> JudgeList {
    let mut judges: Vec<_> = state
        .judges
        .iter()
        .filter_map(|(id, register)| {
            let pin = with_pin.iter().any(|own| own == id.as_str());
            Some((id.clone(), register.value()?.clone(), pin))
        })
        .collect();
    judges.sort_by(|(id, one, _), (other_id, other, _)| (&one.code, id).cmp(&(&other.code, other_id)));
    let keys: Vec<JudgeKeys> = judges.iter().filter_map(|(id, ..)| keys(state, id, node)).collect();
    let Some(setup) = state.events.get(event) else {
        return JudgeList { judges, keys, panels: Vec::new(), leaders: Vec::new() };
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
    JudgeList { judges, keys, panels, leaders }
}

/// The keys of a judge, if there are any.
fn keys(state: &Competition, judge: &JudgeId, node: &NodeKey) -> Option<JudgeKeys> {
    let (trust, signer) = (state.people.trust(), Signer::Judge(judge.clone()));
    let here = match trust.last_key(&signer, node) {
        None => KeyHere::None,
        Some(key) if trust.holds(key, &signer, node) => KeyHere::Counts,
        Some(key) if trust.is_revoked(key, &signer) => KeyHere::Revoked,
        Some(_) => KeyHere::Waits,
    };
    let keys = keys_of(state, &signer);
    (here != KeyHere::None || !keys.is_empty()).then(|| JudgeKeys { judge: judge.clone(), here, keys })
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
    let setup = state.events.get(event);
    let sitting = |seat: &JudgeId| {
        let panels = setup.into_iter().flat_map(|setup| setup.panels.keys().map(move |panel| (setup, panel.as_str())));
        let changed = panels.filter(|(setup, panel)| setup.seats_changed(entry, panel));
        let sitting = changed.filter_map(|(setup, panel)| setup.sitting(entry, panel, seat).cloned());
        sitting.into_iter().find(|judge| judge != seat)
    };
    state.judges.keys().map(|id| (id.to_string(), code(state, &sitting(id).unwrap_or_else(|| id.clone())))).collect()
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
