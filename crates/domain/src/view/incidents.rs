//! What happened in the hall (赛场情况): extra time, results a contestant would not sign, statuses, judges who gave their seat up for an entry,
//! sheets that were opened again; the oldest first. Entries go by the codes judges know them by; while names are sealed, of statuses of before
//! only that there was one.

use super::blind::{self, MASKED};
use super::{Words, judges, key, standings, words};
use crate::competition::{Competition, Event};
use crate::ids::{EntryId, EventId, FactId};
use crate::register::Register;
use crate::sheet::{Confirmation, SeatChange, SheetState, Sitting};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// Milliseconds since 1970, by the clock of the node that wrote it.
    pub at: i64,
    /// 评审号, else 赛位号, else 参赛号; while sealed the blind code.
    pub entry: String,
    /// Module of the rulebook, or empty.
    pub module: String,
    /// What, in words.
    pub what: Words,
    /// Why.
    pub reason: String,
}

/// What was recorded about the hall in an event.
#[must_use]
pub fn incidents(state: &Competition, event: &EventId) -> Vec<Incident> {
    let Some(setup) = state.events.get(event) else { return Vec::new() };
    let mut found = Found { state, setup, event, all: Vec::new() };
    for (place, register) in state.extra_times.iter().filter(|(place, _)| place.event == *event) {
        let said = |seconds: &u32| {
            let time = format!("{}:{:02}", seconds / 60, seconds % 60);
            Some(words("incident-extra-time", &[("time", &time)]))
        };
        found.take(register, &place.entry, &place.module, said);
    }
    for (place, register) in state.confirmations.iter().filter(|(place, _)| place.event == *event) {
        let refused = |said: &Confirmation| (*said == Confirmation::Refused).then(|| key("incident-refused"));
        found.take(register, &place.entry, &place.module, refused);
    }
    for (place, register) in state.sheets.iter().filter(|(place, _)| place.event == *event) {
        let judge = place.judge.as_ref().map(|judge| judges::code(state, judge)).unwrap_or_default();
        let opened = |sheet: &SheetState| {
            matches!(sheet, SheetState::Reopened).then(|| words("incident-reopened", &[("judge", &judge)]))
        };
        found.take(register, &place.entry, &place.module, opened);
    }
    for (entry, panels) in &setup.seats {
        for (seat, register) in panels.values().flatten() {
            let judge = judges::code(state, seat);
            let sat = |sitting: &Option<Sitting>| {
                let other = sitting.as_ref().and_then(|own| own.judge.as_ref()).map(|own| judges::code(state, own));
                match (sitting, other) {
                    (None, _) => words("incident-seat-back", &[("judge", &judge)]),
                    (Some(_), None) => words("incident-seat-empty", &[("judge", &judge)]),
                    (Some(_), Some(other)) => words("incident-seat", &[("judge", &judge), ("other", &other)]),
                }
            };
            // Who was replaced gave up a seat for all, not for this one.
            let for_all =
                |sitting: &Option<Sitting>| sitting.as_ref().is_some_and(|own| own.why == SeatChange::Replaced);
            found.take(register, entry, "", |sitting| (!for_all(sitting)).then(|| sat(sitting)));
        }
    }
    found.statuses();
    found.all.sort_by(|(one, _), (other, _)| one.cmp(other));
    found.all.into_iter().map(|(_, incident)| incident).collect()
}

struct Found<'a> {
    state: &'a Competition,
    setup: &'a Event,
    event: &'a EventId,
    all: Vec<((u64, FactId), Incident)>,
}

impl Found<'_> {
    fn take<T: PartialEq>(
        &mut self,
        register: &Register<T>,
        entry: &EntryId,
        module: &str,
        said: impl Fn(&T) -> Option<Words>,
    ) {
        for (id, version) in register.versions() {
            if let Some(what) = said(&version.value) {
                let incident = Incident {
                    at: version.at,
                    entry: self.called(entry),
                    module: module.to_owned(),
                    what,
                    reason: blind::reason(self.state, self.event, version),
                };
                self.all.push(((version.order, id.clone()), incident));
            }
        }
    }

    fn called(&self, entry: &EntryId) -> String {
        let code = self.state.entries.get(entry).map(|entry| blind::blind_code(self.state, entry));
        // With its session: two sessions have a station 07 each.
        code.map(|code| code.label()).unwrap_or_default()
    }

    fn statuses(&mut self) {
        let (state, setup, event) = (self.state, self.setup, self.event);
        for (id, entry) in state.entries_of(event) {
            for (fact, version) in entry.status.versions() {
                // It stood beside a name, and its reason may hold one.
                let masked = blind::is_of_before(state, event, version);
                let shown = |text: String| if masked { MASKED.to_owned() } else { text };
                let incident = Incident {
                    at: version.at,
                    entry: shown(self.called(id)),
                    module: String::new(),
                    what: words(
                        "incident-status",
                        &[("status", &shown(standings::status_text(Some(setup), &version.value)))],
                    ),
                    reason: shown(version.reason.clone()),
                };
                self.all.push(((version.order, fact.clone()), incident));
            }
        }
    }
}
