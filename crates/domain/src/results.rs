//! From the state to the scoring engine and back: which marks count, who sits where, the standings of an event.

use crate::competition::{Competition, Event};
use crate::fact::MarkPlace;
use crate::ids::{EntryId, EventId, JudgeId};
use jiangsai_scoring::input::check_value;
use jiangsai_scoring::rulebook::{Item, Rulebook};
use jiangsai_scoring::{Engine, Entry, Evaluated, Field, Mark, MarkRow, Outcome, Seats};
use std::sync::Arc;

/// The present results of an event.
pub struct Results {
    /// What computed them.
    pub engine: Arc<Engine>,
    /// What went in.
    pub field: Field,
    /// What came out.
    pub outcome: Outcome,
    /// Marks on record that the rulebook has no place for.
    pub orphaned: u32,
}

/// Why there are no results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoResults {
    /// No such event.
    #[error("no such event")]
    UnknownEvent,
    /// No rulebook that this build can compute.
    #[error("no rulebook")]
    NoRulebook,
    /// Facts of a newer version are on record: standings without them would be wrong.
    #[error("needs a newer version")]
    NeedsNewer,
    /// What went in does not fit the rulebook.
    #[error("the marks do not fit the rulebook")]
    Misfit,
}

/// The rulebook of an event, ready to compute.
///
/// # Errors
/// Why there is none.
pub fn engine_of<'a>(state: &'a Competition, event: &EventId) -> Result<(&'a Event, &'a Arc<Engine>), NoResults> {
    if !state.newer.is_empty() {
        return Err(NoResults::NeedsNewer);
    }
    let event = state.events.get(event).ok_or(NoResults::UnknownEvent)?;
    Ok((event, event.engine().ok_or(NoResults::NoRulebook)?))
}

/// Computes the results of an event as they stand.
///
/// # Errors
/// Why there are none.
pub fn results(state: &Competition, event: &EventId) -> Result<Results, NoResults> {
    let (_, engine) = engine_of(state, event)?;
    results_with(state, event, engine)
}

/// Computes the results of an event under another rulebook.
///
/// # Errors
/// Why there are none.
pub fn results_with(state: &Competition, event: &EventId, engine: &Arc<Engine>) -> Result<Results, NoResults> {
    let (field, orphaned) = field(state, event, engine)?;
    let outcome = engine.score(&field).map_err(|_| NoResults::Misfit)?;
    Ok(Results { engine: Arc::clone(engine), field, outcome, orphaned })
}

/// Evaluates one entry alone; the seats are needed to explain what was computed.
///
/// # Errors
/// Why it cannot be.
pub fn evaluate(state: &Competition, event: &EventId, entry: &EntryId) -> Result<(Seats, Evaluated), NoResults> {
    let (setup, engine) = engine_of(state, event)?;
    let mut field = Field { panels: panels(setup, engine.rulebook()), ..Field::default() };
    let one = state.entries.get(entry).ok_or(NoResults::Misfit)?;
    let scored = scored_entry(entry, one);
    add_marks(state, event, entry, setup, engine.rulebook(), &mut field.marks);
    let seats = engine.seats(&field).map_err(|_| NoResults::Misfit)?;
    let evaluated = engine.evaluate_entry(&seats, &scored, &field.marks).map_err(|_| NoResults::Misfit)?;
    Ok((seats, evaluated))
}

/// What the engine is given, and how many marks on record it is not given.
fn field(state: &Competition, event: &EventId, engine: &Engine) -> Result<(Field, u32), NoResults> {
    let setup = state.events.get(event).ok_or(NoResults::UnknownEvent)?;
    let rulebook = engine.rulebook();
    let mut field = Field { panels: panels(setup, rulebook), ..Field::default() };
    let mut orphaned = 0;
    for (id, entry) in state.entries_of(event) {
        field.entries.push(scored_entry(id, entry));
        orphaned += add_marks(state, event, id, setup, rulebook, &mut field.marks);
    }
    Ok((field, orphaned))
}

fn scored_entry(id: &EntryId, entry: &crate::competition::Entry) -> Entry {
    Entry { id: id.to_string(), status: entry.status(), team: None, data: std::collections::BTreeMap::new() }
}

/// Judges by panel, never more than there are seats.
fn panels(setup: &Event, rulebook: &Rulebook) -> std::collections::BTreeMap<String, Vec<String>> {
    let judges = |panel: &jiangsai_scoring::rulebook::Panel| {
        let mut members: Vec<String> = Vec::new();
        for judge in setup.members(&panel.id).iter().map(ToString::to_string) {
            if !members.contains(&judge) && members.len() < usize::from(panel.seats) {
                members.push(judge);
            }
        }
        (panel.id.clone(), members)
    };
    rulebook.panels.iter().map(judges).collect()
}

/// Adds the marks of an entry that count; answers how many on record have no place under this rulebook.
fn add_marks(
    state: &Competition,
    event: &EventId,
    entry: &EntryId,
    setup: &Event,
    rulebook: &Rulebook,
    rows: &mut Vec<MarkRow>,
) -> u32 {
    let mut orphaned = 0;
    for (place, register) in state.marks_of(event, entry) {
        // Different values that cross do not count until somebody settles them.
        let Some(mark) = register.agreed().filter(|mark| **mark != Mark::NotYet) else { continue };
        if fits(place, mark, setup, rulebook) {
            rows.push(MarkRow {
                entry: entry.to_string(),
                item: place.item.to_string(),
                judge: place.judge.as_ref().map(ToString::to_string),
                stage: None,
                attempt: 1,
                mark: mark.clone(),
            });
        } else {
            orphaned += 1;
        }
    }
    orphaned
}

/// Has the rulebook a place for this mark?
fn fits(place: &MarkPlace, mark: &Mark, setup: &Event, rulebook: &Rulebook) -> bool {
    let Some(item) = rulebook.item(place.item.as_str()) else { return false };
    let seated = match (item.panel(), &place.judge) {
        (None, None) => true,
        (Some(panel), Some(judge)) => setup.members(panel).contains(judge),
        _ => false,
    };
    let allowed = match mark {
        Mark::Value(value) => check_value(item, value).is_ok(),
        Mark::NotYet | Mark::Absent | Mark::Void => true,
    };
    seated && allowed
}

/// Who has to mark an item: nobody in particular, or every judge of its panel.
#[must_use]
pub fn markers(setup: &Event, item: &Item) -> Vec<Option<JudgeId>> {
    match item.panel() {
        None => vec![None],
        Some(panel) => setup.members(panel).iter().cloned().map(Some).collect(),
    }
}
