//! Judges and panels as the organiser sees them.

use crate::command::judging::{JudgeList, PanelView};
use crate::competition::Competition;
use crate::decide::judges::panel_in_use;
use crate::ids::EventId;

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
    let Some(setup) = state.events.get(event) else { return JudgeList { judges, panels: Vec::new() } };
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
    JudgeList { judges, panels }
}

/// The short code of a judge, or its id where nobody knows it.
#[must_use]
pub fn code(state: &Competition, judge: &crate::ids::JudgeId) -> String {
    let known = state.judges.get(judge).and_then(|register| register.value());
    known.map_or_else(|| judge.to_string(), |judge| judge.code.clone())
}
