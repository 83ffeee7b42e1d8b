//! What of a sealed event is shown to nobody: results that were imported while names stood beside them. Whoever has that list would know
//! everybody behind the blind codes by them.

use super::{Competition, Event};
use crate::fact::MarkPlace;
use crate::ids::{EntryId, EventId};
use crate::register::Register;
use crate::results;
use jiangsai_scoring::Mark;
use jiangsai_scoring::rulebook::MarkedBy;
use std::collections::BTreeSet;

/// What was left out of an event.
#[derive(Clone, Debug, Default)]
pub struct Veil {
    /// How many imported results.
    pub results: usize,
    /// Entries with items of stages that they do not go on to: decided by what is left out.
    out: BTreeSet<(EntryId, String)>,
}

impl Veil {
    /// Does an entry go on to the stage of an item?
    #[must_use]
    pub fn goes_on(&self, entry: &EntryId, item: &str) -> bool {
        !self.out.contains(&(entry.clone(), item.to_owned()))
    }
}

impl Competition {
    /// Is a mark kept out of sight until the names of its event are opened: imported before they were sealed?
    #[must_use]
    pub fn is_veiled(&self, place: &MarkPlace) -> bool {
        let Some(setup) = self.events.get(&place.event).filter(|setup| setup.is_sealed()) else { return false };
        self.marks.get(place).is_some_and(|register| veiled(setup, place, register))
    }

    /// Is anything of an event kept out of sight until its names are opened?
    #[must_use]
    pub fn has_veiled(&self, event: &EventId) -> bool {
        if self.veiled.contains_key(event) {
            return true;
        }
        let Some(setup) = self.events.get(event).filter(|setup| setup.is_sealed()) else { return false };
        self.marks.iter().any(|(place, register)| place.event == *event && veiled(setup, place, register))
    }

    /// The competition as it may be looked at: without what is kept out of sight. `None` where all of it may be.
    #[must_use]
    pub fn in_sight(&self) -> Option<Self> {
        if !self.events.keys().any(|event| self.has_veiled(event)) {
            return None;
        }
        let mut seen = self.clone();
        seen.marks.retain(|place, _| !self.is_veiled(place));
        for place in self.marks.keys().filter(|place| !seen.marks.contains_key(*place)) {
            let veil = seen.veiled.entry(place.event.clone()).or_insert_with(|| self.veil(&place.event));
            veil.results += 1;
        }
        seen.compute_anew();
        Some(seen)
    }

    fn veil(&self, event: &EventId) -> Veil {
        let engine = self.events.get(event).and_then(Event::engine);
        let items = engine.into_iter().flat_map(|engine| engine.rulebook().items());
        let entries = || self.entries_of(event).map(|(id, _)| id);
        let all = items.flat_map(|item| entries().map(move |entry| (entry, item.id.as_str())));
        let out = all.filter(|(entry, item)| !results::takes_part(self, event, entry, item));
        Veil { results: 0, out: out.map(|(entry, item)| (entry.clone(), item.to_owned())).collect() }
    }
}

fn veiled(setup: &Event, place: &MarkPlace, register: &Register<Mark>) -> bool {
    let item = setup.engine().and_then(|engine| engine.rulebook().item(place.item.as_str()));
    let imported = item.is_some_and(|item| matches!(item.by, MarkedBy::Imported));
    imported && register.versions().any(|(_, version)| version.order <= setup.sealed_at())
}
