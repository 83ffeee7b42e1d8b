//! What a judge's desk is told of entries while names are sealed (加密): behind an opaque id the blind code, the status and who sits in the
//! place of a judge, and nothing that says whose entry it is. A desk that may not read registration, draws and rulings has its sheets from
//! this alone.
//!
//! It is told when an event is sealed, of all its entries in the order of their codes, and again of those of which it changed. Never before:
//! what was said of an id while names stood beside it would say whose it is.

use crate::competition::{Competition, Entry, Event};
use crate::envelope::{Draft, Envelope};
use crate::fact::Fact;
use crate::ids::{EntryId, EventId, FactId, JudgeId, PanelId, SealId};
use crate::register::{Register, Version};
use crate::trust::{Origin, is_about_trust};
use crate::view::blind::{BlindCode, blind_code};
use crate::view::home::is_marked;
use jiangsai_scoring::EntryStatus;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Code and status of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coded {
    /// In which event.
    pub event: EventId,
    /// 场次, where the code is a 赛位号; else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub session: String,
    /// The blind code: of the topmost layer alone.
    pub code: String,
    /// Its status.
    #[serde(default)]
    pub status: EntryStatus,
    /// The stage from which its status holds, where that is not the beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// The seal that locked its event, where the id is one that this gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock: Option<SealId>,
}

impl Coded {
    /// Is it the same code, whatever became of the entry?
    #[must_use]
    pub fn is_same_code(&self, other: &Self) -> bool {
        let Self { event, session, code, lock, .. } = self;
        (event, session, code, lock) == (&other.event, &other.session, &other.code, &other.lock)
    }
}

/// Who sits in a seat for one entry, by panel and judge of the seat; nobody where it is empty. Why is not told.
pub type Seating = BTreeMap<PanelId, BTreeMap<JudgeId, Option<JudgeId>>>;

/// What has to be told beside these facts, in the order of the codes: whoever reads it learns nothing from the order of the records.
/// `anew`: facts of others came since that was last seen to, and together they may say something else than either.
#[must_use]
pub fn alongside(state: &Competition, drafts: &[Draft], anew: bool) -> Vec<Draft> {
    let sealed = state.events.iter().filter(|(_, setup)| anew && setup.is_sealed()).map(|(event, _)| event);
    let touched = drafts.iter().filter_map(|draft| touches(state, &draft.fact));
    let touched: BTreeSet<EventId> = touched.chain(sealed).cloned().collect();
    let sealing = |draft: &Draft| matches!(draft.fact, Fact::Sealed { .. });
    if !touched.iter().any(|event| state.is_event_sealed(event)) && !drafts.iter().any(sealing) {
        return Vec::new();
    }
    let mut then = state.outline(&touched);
    for (number, draft) in drafts.iter().enumerate() {
        then.evolve(Envelope {
            id: format!("draft {number}").into(),
            origin: Origin::default(),
            order: u64::MAX,
            at: 0,
            actor: String::new().into(),
            replaces: draft.replaces.clone(),
            reason: String::new(),
            fact: Ok(draft.fact.clone()),
        });
    }
    let mut told = Vec::new();
    // Whoever locks names tells everything by itself.
    let tells =
        |id: &EntryId| drafts.iter().any(|draft| matches!(&draft.fact, Fact::Coded { entry, .. } if entry == id));
    for (event, setup) in then.events.iter().filter(|(_, setup)| setup.is_sealed()) {
        for (id, entry) in then.entries_of(event) {
            let seats_before = state.events.get(event).and_then(|setup| setup.seatings.get(id));
            let locked = entry.told().is_some_and(|told| told.lock.is_some());
            // Of crossing ones any: what is said by the locked id is laid over it, and what was told before is in all.
            let of_before = seats_before.and_then(Register::value).filter(|_| locked).cloned().unwrap_or_default();
            let (coded, seats) = (coded(&then, event, entry), seating(setup, id, of_before));
            // What was told under a lock that was opened stays beside what is told now.
            let before = state.entries.get(id).map(|entry| entry.coded.standing()).unwrap_or_default();
            let before: Vec<_> = before.into_iter().filter(|(_, version)| version.value.lock == coded.lock).collect();
            if tells(id) || before.is_empty() && (coded.code.is_empty() || !is_marked(setup, coded.status)) {
                continue;
            }
            let seats_with =
                |fact: &FactId| seats_before.and_then(|register| register.version(fact)).map(|own| &own.value);
            let same = |(fact, version): &(&FactId, &Version<Coded>)| {
                version.value == coded && seats_with(fact) == Some(&seats)
            };
            if before.is_empty() || !before.iter().all(same) {
                let replaces = before.into_iter().map(|(fact, _)| fact.clone()).collect();
                told.push((coded, seats, id.clone(), replaces));
            }
        }
    }
    told.sort_by(|(one, .., one_id, _), (other, .., other_id, _)| key(one, one_id).cmp(&key(other, other_id)));
    let draft = |(coded, seats, entry, replaces)| Draft {
        fact: Fact::Coded { entry, coded, seats },
        replaces,
        reason: String::new(),
    };
    told.into_iter().map(draft).collect()
}

/// May a fact of somebody else change what is told? Those that are looked for among one's own, and what was told.
#[must_use]
pub const fn bears(fact: &Fact) -> bool {
    matches!(fact, Fact::Coded { .. }) || is_about_trust(fact) || subject(fact).is_some()
}

/// The event in which a fact may change what is told.
fn touches<'a>(state: &'a Competition, fact: &'a Fact) -> Option<&'a EventId> {
    match subject(fact)? {
        Subject::Event(event) => Some(event),
        Subject::Entry(entry) => state.entries.get(entry)?.event(),
    }
}

/// Of what a fact may change what is told.
enum Subject<'a> {
    Event(&'a EventId),
    Entry(&'a EntryId),
}

const fn subject(fact: &Fact) -> Option<Subject<'_>> {
    match fact {
        Fact::Sealed { event, .. }
        | Fact::Seat { event, .. }
        | Fact::Draw { event, .. }
        | Fact::Entry { event, .. } => Some(Subject::Event(event)),
        Fact::Lot { entry, .. } | Fact::Numbers { entry, .. } | Fact::Status { entry, .. } => {
            Some(Subject::Entry(entry))
        }
        _ => None,
    }
}

fn coded(state: &Competition, event: &EventId, entry: &Entry) -> Coded {
    let BlindCode { session, code } = blind_code(state, entry);
    let lock = entry.told().and_then(|told| told.lock.clone());
    Coded { event: event.clone(), session, code, status: entry.status(), since: entry.status_stage().cloned(), lock }
}

/// Who sits where for an entry: what was told when it was locked, and what was said by the id that it has.
pub(crate) fn seating(setup: &Event, entry: &EntryId, of_before: Seating) -> Seating {
    let mut told = of_before;
    for (panel, seats) in setup.seats.get(entry).into_iter().flatten() {
        for (seat, register) in seats {
            let judge = match register.agreed() {
                Some(None) => {
                    told.get_mut(panel).map(|seats| seats.remove(seat));
                    continue;
                }
                // Different answers stand side by side: nobody.
                None => None,
                Some(Some(sitting)) => sitting.judge.clone(),
            };
            told.entry(panel.clone()).or_default().insert(seat.clone(), judge);
        }
    }
    told
}

fn key<'a>(coded: &'a Coded, id: &'a EntryId) -> (&'a EventId, &'a str, &'a str, &'a EntryId) {
    (&coded.event, &coded.session, &coded.code, id)
}
