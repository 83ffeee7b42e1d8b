//! Decisions: whether the present state allows what a person wants, and what then happened. One file an area, one function a
//! command; each answers the facts to record or a [`Refusal`].

pub mod bulletins;
pub mod certificates;
pub mod draw;
mod effect;
pub mod entries;
pub mod equals;
pub mod erasure;
pub mod findings;
pub mod foresee;
pub mod found;
pub mod import;
pub mod judges;
pub mod lock;
pub mod marks;
mod outdated;
pub mod paper;
pub mod parameters;
pub mod people;
pub mod recheck;
pub mod rescore;
pub mod results;
pub mod rulebook;
pub mod scans;
pub mod screen;
pub mod seal;
pub mod seats;
pub mod settings;
pub mod sheets;
pub mod swap;
pub mod trust;

use crate::competition::{Competition, Entry, Event};
use crate::envelope::{Draft, Refusal};
use crate::fact::Fact;
use crate::ids::{EntryId, EventId, FactId};

/// A change of a value: the fact, naming the versions that stand.
fn draft(fact: Fact, replaces: Vec<FactId>, reason: &str) -> Draft {
    Draft { fact, replaces, reason: reason.trim().to_owned() }
}

/// The event, or that there is none.
///
/// # Errors
/// `not-found`.
pub fn event<'a>(state: &'a Competition, event: &EventId) -> Result<&'a Event, Refusal> {
    state.events.get(event).ok_or(Refusal::new("not-found"))
}

/// The entry, or that there is none.
fn entry<'a>(state: &'a Competition, entry: &EntryId) -> Result<&'a Entry, Refusal> {
    state.entries.get(entry).filter(|entry| entry.event().is_some()).ok_or(Refusal::new("unknown-entry"))
}

/// The event, unless its results are final.
fn open_event<'a>(state: &'a Competition, id: &EventId) -> Result<&'a Event, Refusal> {
    let event = event(state, id)?;
    if event.is_final() { Err(Refusal::new("finalised")) } else { Ok(event) }
}

/// Registration shows names, and would show by what it refuses who has which number.
fn not_sealed(state: &Competition, event: &EventId) -> Result<(), Refusal> {
    if state.is_event_sealed(event) { Err(Refusal::new("sealed")) } else { Ok(()) }
}

/// A reason, where one is asked for.
fn needs_reason(reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() { Err(Refusal::new("reason-needed")) } else { Ok(()) }
}

/// The name of a person: without spaces around it, so that the same name is the same person.
fn person(name: &str) -> Result<String, Refusal> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err(Refusal::new("missing-name")),
        1..=60 => Ok(name),
        _ => Err(Refusal::new("too-long").with("max", 60)),
    }
}
