//! Corrections (成绩更正): marks that were changed with a reason, what the chief judge adjusted; statuses, sealed values, rulebooks and decisions between equals that were
//! changed, or set once results had been final; the oldest first. Judges stand there by their codes, entries by their numbers; while names
//! are sealed, entries by their blind codes, without reasons of before, and of statuses and decisions of before only that they changed.

mod ranks;

use super::blind::{self, MASKED};
use super::{judges, standings};
use crate::competition::{Competition, Entry, Event};
use crate::ids::{EventId, FactId};
use crate::register::{Register, Version};
use jiangsai_scoring::rulebook::Item;
use jiangsai_scoring::{Text, input};

/// One correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The record that holds it.
    pub fact: FactId,
    /// Milliseconds since 1970, by the clock of the node that wrote it.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// 评审号, else 赛位号, else 参赛号; while sealed the blind code. Those of all equals of a decision; empty where it is of everybody.
    pub entry: String,
    /// What was corrected.
    pub of: Corrected,
    /// Code of the judge, or empty.
    pub judge: String,
    /// What stood there, as printed, or empty, as for a first adjustment; a locale key for a status, the number of the version for a rulebook.
    pub before: String,
    /// What stands there since.
    pub after: String,
    /// Why.
    pub reason: String,
}

/// What was corrected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Corrected {
    /// The mark of an item: its id and name.
    Mark(String, Text),
    /// The status of the entry.
    #[default]
    Status,
    /// A sealed value: its name, and the text that chooses it, empty where there is one for all.
    Value(Text, String),
    /// The rulebook.
    Rulebook,
    /// The order of equals.
    Decision,
}

/// The corrections of an event.
#[must_use]
pub fn corrections(state: &Competition, event: &EventId) -> Vec<Correction> {
    let Some(setup) = state.events.get(event) else { return Vec::new() };
    let engine = setup.engine();
    let first_final = first_final(setup);
    let sealed_at = sealed_at(setup);
    let mut found = ranks::values(state, event, setup);
    found.extend(ranks::rulebooks(state, event, setup));
    found.extend(ranks::decisions(state, event, setup));
    for (entry, own) in state.entries_of(event) {
        let code = code(state, setup, own);
        for (place, register) in state.marks_of(event, entry) {
            let item = engine.and_then(|engine| engine.rulebook().item(place.item.as_str()));
            let adjusted = item.is_some_and(Item::is_adjusted);
            for (id, version, before) in changed(register, adjusted) {
                let show = |mark| item.map(|item| input::show_mark(item, mark)).unwrap_or_default();
                let (before, after) = (before.map(show).unwrap_or_default(), show(&version.value));
                let judge = place.judge.as_ref().map(|judge| judges::code(state, judge)).unwrap_or_default();
                let name = item.map(|item| item.name.clone()).unwrap_or_default();
                let of = Corrected::Mark(place.item.to_string(), name);
                let (order, own) = one(id, version, Correction { of, judge, before, after, ..blank(&code) });
                found.push((order, Correction { reason: blind::reason(state, event, version), ..own }));
            }
        }
        for (id, version, before) in corrected(&own.status, first_final) {
            // It stood beside a name, and its reason may hold one.
            if sealed_at.is_some_and(|sealed_at| version.order <= sealed_at) {
                found.push(masked(id, version, Corrected::Status));
                continue;
            }
            let before = before.map(|before| before.value.clone()).unwrap_or_default();
            let before = standings::status_text(Some(setup), &before);
            let after = standings::status_text(Some(setup), &version.value);
            let changed = Correction { before, after, ..blank(&code) };
            found.push(one(id, version, changed));
        }
    }
    found.sort_by(|(one_order, one), (other_order, other)| (one_order, &one.fact).cmp(&(other_order, &other.fact)));
    let shown = |own: Correction| Correction { actor: judges::actor_shown(state, &own.actor), ..own };
    found.into_iter().map(|(_, correction)| shown(correction)).collect()
}

/// The versions of a value that took the place of another one, with a reason; where every one has a reason, also the first.
fn changed<T: PartialEq>(
    register: &Register<T>,
    every: bool,
) -> impl Iterator<Item = (&FactId, &Version<T>, Option<&T>)> {
    let reasoned = register.versions().filter(|(_, version)| !version.reason.is_empty());
    let found = reasoned.map(|(id, version)| (id, version, register.before(version)));
    found.filter(move |(.., before)| every || before.is_some())
}

/// The versions of a value with a reason that took the place of another one, which comes with it, or were set once results had been final.
fn corrected<T: PartialEq>(
    register: &Register<T>,
    first_final: Option<u64>,
) -> impl Iterator<Item = (&FactId, &Version<T>, Option<&Version<T>>)> {
    let reasoned = register.versions().filter(|(_, version)| !version.reason.is_empty());
    let all = reasoned.map(|(id, version)| (id, version, register.replaced(version)));
    all.filter(move |(_, version, before)| before.is_some() || first_final.is_some_and(|first| version.order >= first))
}

/// The place in display order at which results first became final.
fn first_final(setup: &Event) -> Option<u64> {
    setup.done.versions().filter(|(_, version)| version.value).map(|(_, version)| version.order).min()
}

/// The place in display order at which names were sealed, while they are.
fn sealed_at(setup: &Event) -> Option<u64> {
    setup.is_sealed().then(|| setup.sealed_at())
}

/// What an entry is called here.
fn code(state: &Competition, setup: &Event, entry: &Entry) -> String {
    let code = blind::blind_code(state, entry);
    if setup.is_sealed() { code.label() } else { code.code }
}

/// A correction of which no more may be seen than that it was.
fn masked<T>(id: &FactId, version: &Version<T>, of: Corrected) -> (u64, Correction) {
    let masked = Correction { of, before: MASKED.into(), after: MASKED.into(), ..blank(MASKED) };
    let (order, masked) = one(id, version, masked);
    (order, Correction { reason: MASKED.into(), ..masked })
}

fn blank(entry: &str) -> Correction {
    Correction {
        fact: FactId::default(),
        at: 0,
        actor: String::new(),
        entry: entry.to_owned(),
        of: Corrected::default(),
        judge: String::new(),
        before: String::new(),
        after: String::new(),
        reason: String::new(),
    }
}

fn one<T>(id: &FactId, version: &Version<T>, own: Correction) -> (u64, Correction) {
    let actor = version.actor.to_string();
    (version.order, Correction { fact: id.clone(), at: version.at, actor, reason: version.reason.clone(), ..own })
}
