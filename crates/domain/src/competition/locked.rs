//! Locked events (密封): which entries stand in them, and whose they are once two codes opened the lock.
//!
//! What was said of an entry by its locked id is then what was said of the entry: facts are given the id of registration when they take
//! effect. Where some had effect before the lock was opened, the state has to be made anew ([`Competition::is_settled`]).

use super::{Competition, Entry, Event};
use crate::coded::Coded;
use crate::draw::{Office, Seal};
use crate::fact::{Fact, MarkPlace};
use crate::ids::{EntryId, EventId, FactId, SealId};
use crate::lock::{Codes, Key, Lock, OpeningCode};
use crate::register::Version;
use crate::sheet::{ModulePlace, SheetPlace};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A lock that was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// What the locked ids follow from.
    pub key: Key,
    /// The place in display order of the seal, or of the first that was set beside it: what was said of an entry by its locked id is said by somebody
    /// who had been told what stood then.
    pub at: u64,
}

/// Whose a locked id is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Of which event.
    pub event: EventId,
    /// The entry, as it was registered.
    pub entry: EntryId,
    /// As in [`Opened`].
    pub at: u64,
}

/// Which entries stand in an event.
#[derive(Default)]
pub(super) struct Standing<'a> {
    /// The locks: those with an id of theirs.
    locks: Vec<&'a SealId>,
    /// Where nothing is locked, those with an id of these besides.
    told: Vec<&'a SealId>,
}

impl Standing<'_> {
    pub(super) fn has(&self, entry: &Entry) -> bool {
        match entry.told().and_then(|told| told.lock.as_ref()) {
            None => self.locks.is_empty(),
            Some(lock) if self.locks.is_empty() => self.told.contains(&lock),
            Some(lock) => self.locks.contains(&lock),
        }
    }
}

impl Event {
    /// Is a seal that stands locked, and was not opened?
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.locks().next().is_some()
    }

    /// The seals that stand, are locked, and were not opened.
    pub(crate) fn locks(&self) -> impl Iterator<Item = &Seal> {
        self.unopened().filter(|seal| seal.lock.is_some())
    }

    /// Does this seal stand?
    pub(crate) fn has_seal(&self, seal: &SealId) -> bool {
        self.seal.standing().iter().any(|(_, version)| version.value.seal == *seal)
    }

    /// The locks that two codes open, each of another office and said by another person; whether they stand or not.
    fn unlocked(&self) -> BTreeMap<SealId, Opened> {
        let mut seals: Vec<_> = self.seal.versions().collect();
        seals.sort_by_key(|(id, version)| (version.order, *id));
        let mut opened = BTreeMap::new();
        for (id, Version { value: Seal { seal, lock, .. }, .. }) in seals {
            let Some(key) = lock.as_ref().and_then(|lock| self.key_of(seal, lock)) else { continue };
            opened.entry(seal.clone()).or_insert(Opened { key, at: self.heard_at(id) });
        }
        opened
    }

    /// Up to where in display order whoever sealed had heard of everything that is said: up to the seal, and where others were sealed side by side
    /// up to the first of them. What was said by code of one of these is then not taken to have been told by another.
    fn heard_at(&self, seal: &FactId) -> u64 {
        let before = self.sealed_before(seal);
        let beside = self.seal.versions().filter(|(other, _)| {
            *other == seal || !before.contains(other) && !self.sealed_before(other).contains(seal)
        });
        beside.map(|(_, version)| version.order).min().unwrap_or_default()
    }

    /// The seals that a seal took the place of.
    fn sealed_before(&self, seal: &FactId) -> BTreeSet<&FactId> {
        let replaced = |id: &FactId| self.seal.version(id).into_iter().flat_map(|version| &version.replaces);
        let mut before = BTreeSet::new();
        let mut next: Vec<&FactId> = replaced(seal).collect();
        while let Some(id) = next.pop() {
            if before.insert(id) {
                next.extend(replaced(id));
            }
        }
        before
    }

    fn key_of(&self, seal: &SealId, lock: &Lock) -> Option<Key> {
        let said: Vec<(Office, &str, &OpeningCode)> = self
            .openings
            .iter()
            .flat_map(|(office, register)| register.versions().map(move |(_, version)| (*office, &version.value)))
            .filter_map(|(office, opening)| Some((office, opening.name.as_str(), opening.codes.get(seal)?)))
            .filter(|(office, _, code)| lock.knows(seal, *office, code))
            .collect();
        let pairs = said.iter().flat_map(|one| said.iter().map(move |other| (one, other)));
        let mut two = pairs.filter(|(one, other)| one.0 < other.0 && one.1 != other.1);
        two.find_map(|(one, other)| lock.open(seal, &Codes::from([(one.0, one.2.clone()), (other.0, other.2.clone())])))
    }
}

impl Competition {
    /// Is an event locked?
    #[must_use]
    pub fn is_event_locked(&self, event: &EventId) -> bool {
        self.events.get(event).is_some_and(Event::is_locked)
    }

    /// Which entries stand in an event as it is now: by their locked ids while it is locked, else as they were registered.
    pub(super) fn standing_in(&self, event: &EventId) -> Standing<'_> {
        let Some(setup) = self.events.get(event) else { return Standing::default() };
        let seals = setup.seal.standing().into_iter().map(|(_, version)| &version.value);
        // Whoever may not read registration knows no others.
        let told = seals.filter(|seal| self.part && seal.lock.is_some()).map(|seal| &seal.seal).collect();
        Standing { locks: setup.locks().map(|seal| &seal.seal).collect(), told }
    }

    /// Does an entry stand in its event?
    #[must_use]
    pub fn stands(&self, entry: &Entry) -> bool {
        entry.event().is_none_or(|event| self.standing_in(event).has(entry))
    }

    /// Entries that were registered in an event, by id: also while it is locked.
    pub fn registered_in<'a>(&'a self, event: &'a EventId) -> impl Iterator<Item = (&'a EntryId, &'a Entry)> {
        self.entries.iter().filter(move |(_, entry)| entry.registered.value().is_some_and(|own| own.event == *event))
    }

    /// What was said about the status of an entry by somebody of whom whoever locked names had not heard, and went under when the status was set by
    /// code: it is settled as what crosses.
    #[must_use]
    pub fn unheard_status(&self, entry: &Entry) -> Vec<FactId> {
        let keys = entry.event().and_then(|event| self.events.get(event)).map(|setup| &setup.keys);
        let Some(keys) = keys.filter(|keys| !keys.is_empty()) else { return Vec::new() };
        // What was told when names were locked is what is told first.
        let first = entry.coded.versions().filter(|(_, version)| version.replaces.is_empty());
        let first: Vec<(u64, &Coded)> = first
            .filter_map(|(_, version)| Some((keys.get(version.value.lock.as_ref()?)?.at, &version.value)))
            .collect();
        entry.status.unheard(|floor, own| {
            first.iter().any(|(at, told)| *at == floor && told.status == own.status && told.since == own.since)
        })
    }

    /// What waits for names to be opened: results that are out of sight, or everything because the event is locked.
    #[must_use]
    pub fn waits_for_names(&self, event: &EventId) -> bool {
        self.is_event_locked(event) || self.has_veiled(event)
    }

    /// Looks at the locks of an event anew after something was said about them.
    pub(super) fn unlock(&mut self, id: &EventId) {
        let Some(event) = self.events.get_mut(id) else { return };
        let now = event.unlocked();
        if now == event.keys {
            return;
        }
        // What has the id of registration already cannot be given back.
        self.unsettled |= event.keys.iter().any(|(seal, opened)| now.get(seal) != Some(opened));
        event.keys = now;
        let own: Vec<EntryId> = self.registered_in(id).map(|(entry, _)| entry.clone()).collect();
        for entry in own {
            self.recognise(&entry);
        }
        self.compute_anew();
    }

    /// Notes by which ids an entry goes in locks that were opened.
    pub(super) fn recognise(&mut self, entry: &EntryId) {
        let versions = self.entries.get(entry).into_iter().flat_map(|own| own.registered.versions());
        let events: Vec<EventId> = versions.map(|(_, version)| version.value.event.clone()).collect();
        for event in events {
            let keys: Vec<Opened> =
                self.events.get(&event).into_iter().flat_map(|setup| setup.keys.values().cloned()).collect();
            for Opened { key, at } in keys {
                let coded = key.coded(entry);
                match self.known.get_mut(&coded) {
                    // Another seal was set beside its own, of which nobody here knew.
                    Some(known) => known.at = at,
                    None => {
                        self.unsettled |= self.names(&event, &coded);
                        self.known.insert(coded, Known { event: event.clone(), entry: entry.clone(), at });
                    }
                }
            }
        }
    }

    /// A fact with the ids of registration, and up to where in display order its author had been told what stood.
    pub(super) fn recognised(&self, mut fact: Fact) -> (Fact, u64) {
        let mut floor = 0;
        if self.known.is_empty() {
            return (fact, floor);
        }
        let tells = matches!(fact, Fact::Status { .. } | Fact::Seat { .. });
        let (event, entries) = fact.names();
        for entry in entries {
            let Some(known) = self.known.get(entry) else { continue };
            if event.is_none_or(|event| *event == known.event) {
                entry.clone_from(&known.entry);
                // Of status and seats the lock told what stood; other facts cross with those of before.
                floor = if tells { known.at } else { 0 };
            }
        }
        (fact, floor)
    }

    /// Was anything said of an entry of an event?
    fn names(&self, event: &EventId, entry: &EntryId) -> bool {
        let (event, entry) = (event.clone(), entry.clone());
        let mark = MarkPlace::once(&event, &entry, &"".into(), None);
        let mark = MarkPlace { attempt: 0, ..mark };
        let sheet = SheetPlace { event: event.clone(), entry: entry.clone(), module: String::new(), judge: None };
        let module = ModulePlace { event: event.clone(), entry: entry.clone(), module: String::new() };
        let is_marks = |place: Option<&MarkPlace>| place.is_some_and(|own| own.event == event && own.entry == entry);
        let is_sheets = |place: Option<&SheetPlace>| place.is_some_and(|own| own.event == event && own.entry == entry);
        let is_modules =
            |place: Option<&ModulePlace>| place.is_some_and(|own| own.event == event && own.entry == entry);
        let setup = self.events.get(&event);
        let seated = setup.is_some_and(|setup| setup.seats.contains_key(&entry) || setup.seatings.contains_key(&entry));
        let planned = setup.into_iter().flat_map(|setup| setup.recheck.versions());
        let mut planned = planned.flat_map(|(_, plan)| plan.value.first.iter().chain(&plan.value.drawn));
        let mut decided = self.entries.values().flat_map(|own| own.decision.versions());
        let mut asked = self.inquiries.values().flat_map(|inquiry| inquiry.asked.versions());
        self.entries.contains_key(&entry)
            || seated
            || is_marks(first(&self.marks, &mark))
            || is_marks(first(&self.notes, &mark))
            || is_marks(first(&self.rescores, &mark))
            || is_sheets(first(&self.sheets, &sheet))
            || is_sheets(first(&self.papers, &sheet))
            || is_sheets(first(&self.scans, &sheet))
            || is_sheets(first(&self.rechecked, &sheet))
            || is_modules(first(&self.confirmations, &module))
            || is_modules(first(&self.extra_times, &module))
            || planned.any(|own| *own == entry)
            || decided.any(|(_, version)| version.value.order.contains(&entry))
            || asked.any(|(_, version)| version.value.entry == entry)
    }
}

/// The first place from one on.
fn first<'a, K: Ord, V>(map: &'a BTreeMap<K, V>, from: &K) -> Option<&'a K> {
    map.range(from..).next().map(|(place, _)| place)
}
