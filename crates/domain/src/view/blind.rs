//! What an entry is called where no name may stand, and how it is named in commands while the event is sealed (加密).
//!
//! While sealed, an entry goes by its blind code alone: its id was on screens beside its name before.

use crate::coded::Coded;
use crate::competition::{Competition, Drawn, Entry};
use crate::draw::Layer;
use crate::envelope::Refusal;
use crate::ids::{EntryId, EventId};
use crate::register::Version;
use std::collections::BTreeMap;

/// Stands where something is sealed.
pub(super) const MASKED: &str = "***";

/// The number of the topmost layer an entry has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlindCode {
    /// 场次, when the code is a 赛位号; a layer above says nothing about it.
    pub session: String,
    /// 评审号, else 赛位号, else 参赛号.
    pub code: String,
}

impl BlindCode {
    /// In one word, which tells entries of different sessions apart: `A-07`.
    #[must_use]
    pub fn label(&self) -> String {
        // Many halls write the session into the station, as in A07.
        let told = self.session.is_empty() || self.code.starts_with(&self.session) && self.code != self.session;
        if told || self.code.is_empty() { self.code.clone() } else { format!("{}-{}", self.session, self.code) }
    }
}

/// The blind code of an entry.
#[must_use]
pub fn blind_code(state: &Competition, entry: &Entry) -> BlindCode {
    if let Some(code) = locked_code(state, entry) {
        return BlindCode { session: String::new(), code: code.clone() };
    }
    if let Drawn::Lot(lot) = state.drawn(entry, Layer::Work) {
        return BlindCode { session: String::new(), code: lot.code.clone() };
    }
    let numbers = state.numbers(entry);
    let code = if numbers.station.is_empty() { numbers.number } else { numbers.station };
    BlindCode { session: numbers.session, code }
}

/// The code that the lock gave which stands: its 评审号, also when it was opened. What was told of the entry under other seals stands beside it. While
/// a seal stands beside a lock that was opened, entries go by the codes of that.
fn locked_code<'a>(state: &'a Competition, entry: &'a Entry) -> Option<&'a String> {
    if !entry.registered.is_empty() && state.is_sealed(entry) {
        return None;
    }
    let stands = |coded: &&Coded| {
        let setup = state.events.get(&coded.event);
        coded.lock.as_ref().is_some_and(|lock| setup.is_some_and(|setup| setup.has_seal(lock)))
    };
    let told = entry.coded.standing().into_iter().rev().map(|(_, version)| &version.value);
    told.filter(stands).map(|coded| &coded.code).next()
}

/// Does an entry go by the number that a lock gave it?
#[must_use]
pub fn is_coded(state: &Competition, entry: &Entry) -> bool {
    locked_code(state, entry).is_some()
}

/// What an entry is called in results and records: its 参赛号, and while sealed its blind code.
#[must_use]
pub fn called(state: &Competition, id: &EntryId) -> String {
    let Some(entry) = state.entries.get(id) else { return String::new() };
    if state.is_sealed(entry) { blind_code(state, entry).label() } else { state.numbers(entry).number }
}

/// The id of an entry on screens and in replies: while sealed, its blind code.
#[must_use]
pub fn handle(state: &Competition, id: &EntryId, entry: &Entry) -> EntryId {
    if state.is_sealed(entry) { EntryId::new(blind_code(state, entry).label()) } else { id.clone() }
}

/// The entries of an event by [`handle`], without those whose handle is not theirs alone.
#[must_use]
pub fn by_handle<'a>(state: &'a Competition, event: &'a EventId) -> BTreeMap<EntryId, &'a EntryId> {
    let mut found: BTreeMap<EntryId, Option<&EntryId>> = BTreeMap::new();
    for (id, entry) in state.entries_of(event) {
        found.entry(handle(state, id, entry)).and_modify(|other| *other = None).or_insert(Some(id));
    }
    found.into_iter().filter_map(|(handle, id)| Some((handle, id?))).collect()
}

/// For what says who stands behind a code, or joins names to results.
///
/// # Errors
/// `names-sealed`.
pub fn needs_names(state: &Competition, event: &EventId) -> Result<(), Refusal> {
    if state.is_event_sealed(event) { Err(Refusal::new("names-sealed")) } else { Ok(()) }
}

/// For what rests on who is who.
///
/// # Errors
/// `names-locked`.
pub fn needs_unlocked(state: &Competition, event: &EventId) -> Result<(), Refusal> {
    if state.is_event_locked(event) { Err(Refusal::new("names-locked")) } else { Ok(()) }
}

/// Why something was done, where it stands beside a blind code: a reason of before sealing may name somebody.
#[must_use]
pub fn reason<T>(state: &Competition, event: &EventId, version: &Version<T>) -> String {
    if is_of_before(state, event, version) && !version.reason.is_empty() {
        MASKED.to_owned()
    } else {
        version.reason.clone()
    }
}

/// Is a version of before its event was sealed, so that what was written freely in it may name somebody?
#[must_use]
pub fn is_of_before<T>(state: &Competition, event: &EventId, version: &Version<T>) -> bool {
    state.events.get(event).is_some_and(|event| event.is_sealed() && version.order <= event.sealed_at())
}

/// The [`handle`] of an entry by its id; the id itself where there is no such entry.
#[must_use]
pub fn handle_of(state: &Competition, id: &EntryId) -> EntryId {
    state.entries.get(id).map_or_else(|| id.clone(), |entry| handle(state, id, entry))
}

/// The entry that a [`handle`] names.
///
/// # Errors
/// `unknown-entry`; while sealed also for the id an entry had before.
pub fn resolve(state: &Competition, handle: &EntryId) -> Result<EntryId, Refusal> {
    if let Some(entry) = state.entries.get(handle) {
        return if state.is_sealed(entry) { Err(Refusal::new("unknown-entry")) } else { Ok(handle.clone()) };
    }
    let sealed = state.entries.iter().filter(|(_, entry)| state.is_sealed(entry) && state.stands(entry));
    let mut found = sealed.filter(|(_, entry)| blind_code(state, entry).label() == handle.as_str());
    match (found.next(), found.next()) {
        (Some((id, _)), None) => Ok(id.clone()),
        _ => Err(Refusal::new("unknown-entry")),
    }
}

/// The event of a person that a row of the sealed list of entries names.
#[must_use]
pub fn sealed_person<'a>(state: &'a Competition, handle: &EntryId) -> Option<&'a EventId> {
    let own =
        state.entries.values().filter(|entry| state.is_sealed(entry)).filter_map(|entry| entry.registered.value());
    own.filter(|own| own.person.as_str() == handle.as_str()).map(|own| &own.event).next()
}
