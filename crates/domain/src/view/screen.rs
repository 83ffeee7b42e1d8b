//! The big screen: stations with their progress, the standings that were released, the awards that were revealed.
//!
//! Left out on purpose: marks, judges, and in provisional standings names.

use super::awards::{AwardGroup, awards};
use super::{blind, bulletins, finalising, home, sheet, standings};
use crate::command::screen::{ScreenAward, ScreenRow, ScreenStation, ScreenView, StationState};
use crate::competition::{Competition, Entry, Event};
use crate::envelope::Refusal;
use crate::fact::MarkPlace;
use crate::ids::{EntryId, EventId};
use crate::register::Register;
use crate::results;
use crate::screen::{Scene, Shown, Staged};
use crate::sheet::Modules;
use jiangsai_scoring::Mark;

/// Ranks that are called where the rules have no awards.
const TOP: u32 = 3;

/// What is on the screen at a moment, in milliseconds since 1970; on a screen of one event alone what there is of it.
///
/// # Errors
/// `not-found` without an event.
pub fn screen(state: &Competition, staged: &Staged, alone: Option<&EventId>, now: i64) -> Result<ScreenView, Refusal> {
    let put = staged.event.as_ref().or_else(|| state.events.keys().next());
    let staged = match alone {
        Some(event) if Some(event) != put => &of_event(staged, event),
        _ => staged,
    };
    let event = alone.or(put).ok_or(Refusal::new("not-found"))?;
    let setup = crate::decide::event(state, event)?;
    let settings = state.settings();
    let shows = shows(state, event, setup);
    let finalised = finalising::holds(state, event);
    let released = released(setup);
    let groups = if finalised { to_reveal(state, event).unwrap_or_default() } else { Vec::new() };
    // Whatever was revealed before is not revealed while the results are open again.
    let open = if shows && released == Shown::Final { staged.revealed as usize } else { 0 };
    let award = |(at, group): (usize, AwardGroup)| ScreenAward {
        winners: if at < open { winners(&group) } else { Vec::new() },
        rank: group.rank,
        name: group.name,
    };
    Ok(ScreenView {
        name: named(setup),
        events: state.events.iter().map(|(id, event)| (id.clone(), named(event))).collect(),
        title: settings.title,
        synthetic: settings.synthetic,
        sealed: setup.is_sealed(),
        finalised,
        scene: staged.scene,
        session: staged.session.clone(),
        sessions: bulletins::sessions(state, event),
        stations: stations(state, event, &staged.session),
        left: staged.countdown.set.then(|| staged.countdown.left_at(now)),
        running: staged.countdown.ends.is_some(),
        released,
        crosses: setup.release.crosses(),
        shows,
        rows: if shows && staged.scene == Scene::Standings { rows(state, event, released) } else { Vec::new() },
        revealed: u32::try_from(open.min(groups.len())).unwrap_or(u32::MAX),
        awards: groups.into_iter().enumerate().map(award).collect(),
        event: event.clone(),
    })
}

/// What is there for an event that was not put there: 场次 and revealed awards were those of the other.
fn of_event(staged: &Staged, event: &EventId) -> Staged {
    Staged { event: Some(event.clone()), session: String::new(), revealed: 0, ..staged.clone() }
}

fn named(event: &Event) -> String {
    event.name.value().cloned().unwrap_or_default()
}

/// Which standings were released; none while two answers cross.
#[must_use]
pub fn released(setup: &Event) -> Shown {
    setup.release.agreed().copied().unwrap_or_default()
}

/// Is what was released what there is now? Provisional standings are not shown on as final ones, nor final ones that are open again.
#[must_use]
pub fn shows(state: &Competition, id: &EventId, setup: &Event) -> bool {
    match released(setup) {
        Shown::Nothing => false,
        Shown::Provisional => !setup.is_final(),
        Shown::Final => finalising::holds(state, id),
    }
}

/// The awards somebody gets, in the order in which they are revealed.
///
/// # Errors
/// As for [`awards`].
pub fn to_reveal(state: &Competition, event: &EventId) -> Result<Vec<AwardGroup>, Refusal> {
    let (_, mut groups) = awards(state, event, TOP)?;
    groups.retain(|group| !group.rows.is_empty());
    groups.reverse();
    Ok(groups)
}

fn winners(group: &AwardGroup) -> Vec<(String, String, String)> {
    group.rows.iter().rev().map(|row| (row.number.clone(), row.name.clone(), row.unit.clone())).collect()
}

/// Everybody who has a rank.
fn rows(state: &Competition, event: &EventId, released: Shown) -> Vec<ScreenRow> {
    let Ok(view) = standings::standings(state, event) else { return Vec::new() };
    let total = view.columns.iter().position(|column| column.total);
    let with_names = released == Shown::Final;
    let ranked = view.rows.into_iter().filter_map(|row| {
        Some(ScreenRow {
            rank: row.rank?,
            total: total.and_then(|at| row.values.get(at)).cloned().unwrap_or_default(),
            number: row.number,
            name: if with_names { row.name } else { String::new() },
            unit: if with_names { row.unit } else { String::new() },
            awards: if with_names { row.awards } else { Vec::new() },
        })
    });
    ranked.collect()
}

/// The stations of a session, or of all.
fn stations(state: &Competition, event: &EventId, session: &str) -> Vec<ScreenStation> {
    let Ok((setup, engine)) = results::engine_of(state, event) else { return Vec::new() };
    let modules = Modules::of(engine.rulebook());
    let station = |(id, entry): (&EntryId, &Entry)| {
        let blind::BlindCode { session, code } = blind::blind_code(state, entry);
        ScreenStation { session, code, state: progress(state, setup, &modules, event, id, entry) }
    };
    // Whoever has no number yet has no station either.
    let all = sheet::by_place(state, event).into_iter().map(station).filter(|own| !own.code.is_empty());
    all.filter(|own| session.is_empty() || own.session == session).collect()
}

fn progress(
    state: &Competition,
    setup: &Event,
    modules: &Modules<'_>,
    event: &EventId,
    id: &EntryId,
    entry: &Entry,
) -> StationState {
    if !home::is_marked(setup, entry.status()) {
        return StationState::Away;
    }
    let is_marked = |place: &MarkPlace| {
        let mark = state.marks.get(place).and_then(Register::agreed);
        mark.is_some_and(|mark| *mark != Mark::NotYet)
    };
    let (mut begun, mut missing) = (false, 0);
    for sheet in modules.sheets(setup, event, id) {
        let mut places = modules.on(setup, &sheet).into_iter().flat_map(|item| Modules::places(&sheet, item));
        begun |= places.any(|place| is_marked(&place));
        missing += modules.missing(state, setup, &sheet).len();
    }
    match (begun, missing) {
        (false, _) => StationState::Waiting,
        (true, 0) => StationState::Done,
        (true, _) => StationState::Working,
    }
}
