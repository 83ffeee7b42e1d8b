//! Corrections that move ranks though no mark is another: sealed values, the rulebook, decisions between equals.

use super::{Corrected, Correction, blank, code, corrected, first_final, masked, one, sealed_at};
use crate::competition::{Competition, Event};
use crate::fact::Decision;
use crate::ids::{EventId, FactId};
use crate::register::Version;
use crate::view::blind::{self, MASKED};
use jiangsai_scoring::Text;

/// Sealed values that were changed, each with its place in display order.
pub(super) fn values(state: &Competition, event: &EventId, setup: &Event) -> Vec<(u64, Correction)> {
    let mut found = Vec::new();
    for (parameter, texts) in &setup.parameters {
        let rule = setup.engine().and_then(|engine| engine.rulebook().parameter(parameter.as_str()));
        let name = rule.map_or_else(|| Text::same(parameter.as_str()), |rule| rule.name.clone());
        for (text, register) in texts {
            for (id, version, before) in corrected(register, first_final(setup)) {
                let of = Corrected::Value(name.clone(), text.clone());
                let before = before.map(|before| before.value.clone()).unwrap_or_default();
                let own = Correction { of, before, after: version.value.clone(), ..blank("") };
                let (order, own) = one(id, version, own);
                found.push((order, Correction { reason: blind::reason(state, event, version), ..own }));
            }
        }
    }
    found
}

/// Versions of the rulebook that took the place of others, by number.
pub(super) fn rulebooks(state: &Competition, event: &EventId, setup: &Event) -> Vec<(u64, Correction)> {
    let mut all: Vec<(&FactId, &Version<String>)> = setup.rulebook.versions().collect();
    all.sort_by_key(|(id, version)| (version.order, *id));
    let number = |wanted: &Version<String>| {
        let at = all.iter().position(|(_, version)| std::ptr::eq(*version, wanted));
        at.map(|at| (at + 1).to_string()).unwrap_or_default()
    };
    let correction = |(id, version, before): (&FactId, &Version<String>, Option<&Version<String>>)| {
        let before = before.map(number).unwrap_or_default();
        let own = Correction { of: Corrected::Rulebook, before, after: number(version), ..blank("") };
        let (order, own) = one(id, version, own);
        (order, Correction { reason: blind::reason(state, event, version), ..own })
    };
    corrected(&setup.rulebook, first_final(setup)).map(correction).collect()
}

/// Decisions between equals that were changed or taken back: one for all whose decision it was.
pub(super) fn decisions(state: &Competition, event: &EventId, setup: &Event) -> Vec<(u64, Correction)> {
    let of_before = |version: &Version<Decision>| sealed_at(setup).is_some_and(|at| version.order <= at);
    let told = |decision: &Decision| {
        let known = decision.order.iter().filter_map(|id| state.entries.get(id));
        known.map(|entry| code(state, setup, entry)).collect::<Vec<_>>().join(" › ")
    };
    let mut found: Vec<(u64, Correction)> = Vec::new();
    for (_, own) in state.entries_of(event) {
        for (id, version, before) in corrected(&own.decision, first_final(setup)) {
            let (order, correction) = if of_before(version) {
                masked(id, version, Corrected::Decision)
            } else {
                // What was decided while names were seen would join them to codes.
                let before = before.map(|before| if of_before(before) { MASKED.into() } else { told(&before.value) });
                let (before, after) = (before.unwrap_or_default(), told(&version.value));
                one(id, version, Correction { of: Corrected::Decision, before, after, ..blank("") })
            };
            let same = |(_, other): &&mut (u64, Correction)| {
                (&other.before, &other.after, &other.reason, other.at, &other.actor)
                    == (&correction.before, &correction.after, &correction.reason, correction.at, &correction.actor)
            };
            let called = code(state, setup, own);
            match found.iter_mut().find(same) {
                Some((first, group)) => {
                    *first = order.min(*first);
                    if !of_before(version) {
                        group.entry = format!("{} = {called}", group.entry);
                    }
                }
                None if of_before(version) => found.push((order, correction)),
                None => found.push((order, Correction { entry: called, ..correction })),
            }
        }
    }
    found
}
