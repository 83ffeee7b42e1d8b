//! Corrections (成绩更正): marks that were changed with a reason, what the chief judge adjusted, and statuses that were changed or set once results had been final; the
//! oldest first. Judges stand there by their codes, entries by their numbers; while names are sealed, entries by their blind codes, without reasons of
//! before, and of statuses of before only that they changed.

use super::blind::{self, MASKED};
use super::{judges, standings};
use crate::competition::Competition;
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
    /// 评审号, else 赛位号, else 参赛号; while sealed the blind code.
    pub entry: String,
    /// The item with its id; `None` for the status of the entry.
    pub item: Option<(String, Text)>,
    /// Code of the judge, or empty.
    pub judge: String,
    /// What stood there, as printed; empty for a first adjustment; a locale key for a status.
    pub before: String,
    /// What stands there since.
    pub after: String,
    /// Why.
    pub reason: String,
}

/// The corrections of an event.
#[must_use]
pub fn corrections(state: &Competition, event: &EventId) -> Vec<Correction> {
    let setup = state.events.get(event);
    let engine = setup.and_then(crate::competition::Event::engine);
    let finals = setup.iter().flat_map(|setup| setup.done.versions()).filter(|(_, version)| version.value);
    let first_final = finals.map(|(_, version)| version.order).min();
    let mut found: Vec<(u64, Correction)> = Vec::new();
    let sealed_at = setup.filter(|setup| setup.is_sealed()).map(crate::competition::Event::sealed_at);
    for (entry, own) in state.entries_of(event) {
        let code = blind::blind_code(state, own);
        let code = if sealed_at.is_some() { code.label() } else { code.code };
        for (place, register) in state.marks_of(event, entry) {
            let item = engine.and_then(|engine| engine.rulebook().item(place.item.as_str()));
            let adjusted = item.is_some_and(Item::is_adjusted);
            for (id, version, before) in changed(register, adjusted) {
                let show = |mark| item.map(|item| input::show_mark(item, mark)).unwrap_or_default();
                let (before, after) = (before.map(show).unwrap_or_default(), show(&version.value));
                let judge = place.judge.as_ref().map(|judge| judges::code(state, judge)).unwrap_or_default();
                let item = Some((place.item.to_string(), item.map(|item| item.name.clone()).unwrap_or_default()));
                let (order, own) = one(id, version, Correction { item, judge, before, after, ..blank(&code) });
                found.push((order, Correction { reason: blind::reason(state, event, version), ..own }));
            }
        }
        for (id, version) in own.status.versions().filter(|(_, version)| !version.reason.is_empty()) {
            let before = own.status.before(version);
            if before.is_none() && first_final.is_none_or(|first| version.order < first) {
                continue;
            }
            // It stood beside a name, and its reason may hold one.
            if sealed_at.is_some_and(|sealed_at| version.order <= sealed_at) {
                let masked = Correction { before: MASKED.into(), after: MASKED.into(), ..blank(MASKED) };
                let (order, masked) = one(id, version, masked);
                found.push((order, Correction { reason: MASKED.into(), ..masked }));
                continue;
            }
            let before = standings::status_text(setup, &before.cloned().unwrap_or_default());
            let after = standings::status_text(setup, &version.value);
            let changed = Correction { before, after, ..blank(&code) };
            found.push(one(id, version, changed));
        }
    }
    found.sort_by(|(one_order, one), (other_order, other)| (one_order, &one.fact).cmp(&(other_order, &other.fact)));
    found.into_iter().map(|(_, correction)| correction).collect()
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

fn blank(entry: &str) -> Correction {
    Correction {
        fact: FactId::default(),
        at: 0,
        actor: String::new(),
        entry: entry.to_owned(),
        item: None,
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
