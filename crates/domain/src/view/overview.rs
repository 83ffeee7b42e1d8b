//! Where the events of a competition stand, for whoever looks on from above. No names, no marks.

use super::{bulletins, equals, finalising, home};
use crate::command::headquarters::{EventOverview, Published, PublishedFigures, ResultsState};
use crate::competition::{Competition, Event};
use crate::ids::EventId;
use crate::results;
use jiangsai_scoring::EntryStatus;

/// Every event, in its order.
#[must_use]
pub fn overview(state: &Competition) -> Vec<EventOverview> {
    state.events.iter().map(|(id, setup)| of_event(state, id, setup)).collect()
}

fn of_event(state: &Competition, event: &EventId, setup: &Event) -> EventOverview {
    let competing = state.entries_of(event).filter(|(_, entry)| entry.status() != EntryStatus::Withdrawn).count();
    let (mut marked, mut cells) = (0, 0);
    let items = setup.engine().map(|engine| engine.rulebook().items()).into_iter().flatten();
    for item in items {
        let (done, all) = home::progress(state, event, setup, &item.id);
        marked += done;
        cells += all;
    }
    let undecided = match (setup.engine(), results::scored(state, event)) {
        (Some(engine), Ok(scored)) => equals::undecided(state, engine.rulebook().ranking.last, &scored.board),
        _ => 0,
    };
    let results = match (finalising::has_changed(state, event), setup.is_final()) {
        (true, _) => ResultsState::Changed,
        (false, true) => ResultsState::Final,
        (false, false) => ResultsState::Provisional,
    };
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    EventOverview {
        event: event.clone(),
        name: setup.name.value().cloned().unwrap_or_default(),
        entries: count(competing),
        marked,
        cells,
        findings: home::findings(state, event),
        undecided: count(undecided),
        state: results,
        bulletin: newest(state, event, setup),
        figures: setup
            .figures
            .last()
            .map(|(_, version)| PublishedFigures { figures: version.value.clone(), at: version.at }),
    }
}

/// The newest bulletin that no later one corrects.
fn newest(state: &Competition, event: &EventId, setup: &Event) -> Option<Published> {
    let standing = setup.bulletins.keys().rev().find(|number| bulletins::corrected_by(setup, **number).is_none())?;
    let (at, bulletin) = bulletins::one(state, event, *standing).ok()?;
    Some(Published { kind: bulletin.kind, number: *standing, at })
}
