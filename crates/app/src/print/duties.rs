//! Who held which duties, as notes of the score summary.

use super::words;
use jiangsai_domain::command::duties::PersonDuties;
use jiangsai_domain::competition::Competition;
use jiangsai_domain::ids::EventId;
use jiangsai_domain::view::duties::{combinations, people};
use jiangsai_locales::{Lang, message, text};

/// What one person should not hold together, besides what the summary says anyway of sealing and of sheets; then everybody's duties.
pub(super) fn notes(state: &Competition, event: &EventId, lang: Lang) -> Vec<String> {
    let Some(setup) = state.events.get(event) else { return Vec::new() };
    let mut notes: Vec<String> =
        combinations(state, event, setup).iter().map(|(key, args)| message(lang, key, args)).collect();
    let people: Vec<String> = people(state, event, setup).iter().map(|own| person(lang, own)).collect();
    if !people.is_empty() {
        let people = people.join(&words(lang, "print-step-separator"));
        notes.push(text(lang, "print-duties", &[("people", &people)]));
    }
    notes
}

fn person(lang: Lang, own: &PersonDuties) -> String {
    let held: Vec<String> = own.held.iter().map(|(key, args)| message(lang, key, args)).collect();
    let held = held.join(&words(lang, "print-list-separator"));
    text(lang, "print-duties-person", &[("name", &own.name), ("duties", &held)])
}
