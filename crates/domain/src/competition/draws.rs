//! Which draws stand, which numbers an entry has by them, and whether an event is sealed.

use super::{Competition, Entry, Event};
use crate::draw::{Held, Layer, Lot, Office, Seal};
use crate::fact::Numbers;
use crate::ids::EventId;
use crate::register::Register;

/// The draw of a layer that an entry takes part in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Covering<'a> {
    /// Nobody drew.
    None,
    /// This one.
    Draw(&'a Held),
    /// Several that cross: none stands until one is chosen.
    Crossing,
}

/// What an entry drew in a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn<'a> {
    /// There is no draw: numbers as registered hold.
    NoDraw,
    /// There is one, and the entry has no lot in it, or draws or lots cross.
    Missing,
    /// This lot.
    Lot(&'a Lot),
}

impl Event {
    /// The draw of a layer that covers a 场次. A draw of the whole event crosses with those of single sessions.
    #[must_use]
    pub fn draw(&self, layer: Layer, session: &str) -> Covering<'_> {
        let Some(draws) = self.draws.get(&layer) else { return Covering::None };
        let live =
            |register: &&Register<Option<Held>>| register.standing().iter().any(|(_, held)| held.value.is_some());
        let whole = draws.get("").filter(live);
        let own = if session.is_empty() { None } else { draws.get(session).filter(live) };
        let register = match (whole, own) {
            (None, None) => return Covering::None,
            (Some(_), Some(_)) => return Covering::Crossing,
            (Some(only), None) | (None, Some(only)) => only,
        };
        match register.agreed() {
            Some(Some(held)) => Covering::Draw(held),
            _ => Covering::Crossing,
        }
    }

    /// Is it sealed (加密), and not opened (解密) by two people? While two seals cross, both have to be opened.
    #[must_use]
    pub fn is_sealed(&self) -> bool {
        self.unopened().next().is_some()
    }

    /// The seals that stand and were not opened.
    pub(crate) fn unopened(&self) -> impl Iterator<Item = &Seal> {
        let seals = self.seal.standing().into_iter().map(|(_, version)| &version.value);
        seals.filter(|seal| !self.is_opened(seal))
    }

    fn is_opened(&self, seal: &Seal) -> bool {
        if seal.lock.is_some() {
            return self.keys.contains_key(&seal.seal);
        }
        let confirmed = |office| self.openings.get(&office).and_then(Register::agreed);
        let [Some(officer), Some(supervisor)] = Office::PAIR.map(confirmed) else { return false };
        officer.name != supervisor.name && [officer, supervisor].iter().all(|own| own.seals.contains(&seal.seal))
    }

    /// Was it sealed, and opened since?
    #[must_use]
    pub fn was_opened(&self) -> bool {
        !self.seal.standing().is_empty() && !self.is_sealed()
    }

    /// The place in display order of the first seal that stands; 0 without one.
    #[must_use]
    pub fn sealed_at(&self) -> u64 {
        self.seal.standing().iter().map(|(_, seal)| seal.order).min().unwrap_or_default()
    }
}

impl Competition {
    /// Is the event of an entry sealed?
    #[must_use]
    pub fn is_sealed(&self, entry: &Entry) -> bool {
        self.event_of(entry).is_some_and(Event::is_sealed)
    }

    /// Is an event sealed?
    #[must_use]
    pub fn is_event_sealed(&self, event: &EventId) -> bool {
        self.events.get(event).is_some_and(Event::is_sealed)
    }

    fn event_of(&self, entry: &Entry) -> Option<&Event> {
        self.events.get(entry.event()?)
    }

    /// The draw of a layer that an entry takes part in.
    #[must_use]
    pub fn covering<'a>(&'a self, entry: &Entry, layer: Layer) -> Covering<'a> {
        let Some(event) = self.event_of(entry).filter(|event| event.draws.contains_key(&layer)) else {
            return Covering::None;
        };
        let session = match layer {
            Layer::Number => String::new(),
            Layer::Place => entry.registered_numbers().session,
            Layer::Work => self.numbers(entry).session,
        };
        event.draw(layer, &session)
    }

    /// Do different lots of an entry stand side by side in the draw that holds?
    #[must_use]
    pub fn lots_cross(&self, entry: &Entry, layer: Layer) -> bool {
        match self.covering(entry, layer) {
            Covering::Draw(held) => entry.lots.get(&held.draw).is_some_and(Register::crosses),
            Covering::None | Covering::Crossing => false,
        }
    }

    /// What an entry drew in a layer.
    #[must_use]
    pub fn drawn<'a>(&'a self, entry: &'a Entry, layer: Layer) -> Drawn<'a> {
        match self.covering(entry, layer) {
            Covering::None => Drawn::NoDraw,
            Covering::Crossing => Drawn::Missing,
            Covering::Draw(held) => {
                let lot = entry.lots.get(&held.draw).and_then(Register::agreed);
                lot.and_then(Option::as_ref).map_or(Drawn::Missing, Drawn::Lot)
            }
        }
    }

    /// The numbers of an entry that hold: as drawn, and where nobody drew as registered; empty where not given.
    #[must_use]
    pub fn numbers(&self, entry: &Entry) -> Numbers {
        if let Some(told) = entry.told() {
            let (session, station) = (told.session.clone(), told.code.clone());
            return Numbers { number: String::new(), session, station };
        }
        let Numbers { mut number, mut session, mut station } = entry.registered_numbers();
        match self.drawn(entry, Layer::Number) {
            Drawn::NoDraw => {}
            Drawn::Missing => number.clear(),
            Drawn::Lot(lot) => number.clone_from(&lot.code),
        }
        match self.drawn(entry, Layer::Place) {
            Drawn::NoDraw => {}
            Drawn::Missing => station.clear(),
            Drawn::Lot(lot) => {
                station.clone_from(&lot.code);
                if !lot.session.is_empty() {
                    session.clone_from(&lot.session);
                }
            }
        }
        Numbers { number, session, station }
    }
}
