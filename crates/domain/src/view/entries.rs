//! The list of entries as a registrar sees it.

use crate::command::registration::{EntryList, EntryRow, FieldId, Form};
use crate::competition::{Competition, Entry, Event};
use crate::document;
use crate::erasure::ERASED;
use crate::fact::Numbers;
use crate::form;
use crate::ids::{EntryId, EventId};
use jiangsai_scoring::Text;

/// Entries of an event that contain the text, by 参赛号, then name.
///
/// While names are sealed (加密) nothing here can be put beside a number: no number, no status, no order by them, and each row goes by
/// its person's id.
#[must_use]
pub fn list(state: &Competition, event: &EventId, search: &str) -> EntryList {
    let wanted = search.trim().to_lowercase();
    let mut rows: Vec<EntryRow> = Vec::new();
    let mut total = 0;
    for (id, entry) in registered(state, event) {
        total += 1;
        let form = state.form_of(entry).cloned().unwrap_or_default();
        if wanted.is_empty() || contains(state, &form, entry, &wanted) {
            rows.push(row(state, id, entry, form));
        }
    }
    rows.sort_by(|one, other| sort_key(one).cmp(&sort_key(other)));
    let sealed = state.is_event_sealed(event);
    let stages = state.events.get(event).map(status_stages).unwrap_or_default();
    EntryList { fields: form::in_use(&state.settings().fields), rows, total, sealed, stages }
}

/// Everybody who was registered; where registration is for others, whoever is known.
fn registered<'a>(state: &'a Competition, event: &'a EventId) -> Vec<(&'a EntryId, &'a Entry)> {
    if state.is_event_locked(event) { state.registered_in(event).collect() } else { state.entries_of(event).collect() }
}

/// Stages of an event from which a status can hold: all but the first, with their names.
#[must_use]
pub fn status_stages(setup: &Event) -> Vec<(String, Text)> {
    let stages = setup.engine().map_or(&[][..], |engine| &engine.rulebook().stages);
    stages.iter().skip(1).map(|stage| (stage.id.clone(), stage.name.clone())).collect()
}

fn sort_key(row: &EntryRow) -> (bool, usize, &str, Option<&String>, &EntryId) {
    // Short numbers first, so that 9 comes before 10 where nobody filled them up with zeros.
    (row.number.is_empty(), row.number.chars().count(), &row.number, row.form.get(&FieldId::Name), &row.id)
}

/// One entry with its document number masked.
fn row(state: &Competition, id: &EntryId, entry: &Entry, mut form: Form) -> EntryRow {
    if let Some(number) = form.get_mut(&FieldId::DocumentNumber) {
        *number = document::mask(number);
    }
    if state.is_sealed(entry) {
        let person = entry.registered.value().map(|own| EntryId::from(own.person.as_str()));
        return EntryRow { id: person.unwrap_or_default(), form, ..EntryRow::default() };
    }
    let erased = state.is_erased(entry);
    if erased {
        form.insert(FieldId::Name, ERASED.to_owned());
    }
    let numbers = state.numbers(entry);
    form::join(&mut form, &numbers);
    EntryRow {
        id: id.clone(),
        number: numbers.number,
        session: numbers.session,
        station: numbers.station,
        status: Some(entry.status()),
        stage: entry.status_stage().cloned(),
        facts: state.form_versions(entry),
        erased,
        form,
    }
}

fn contains(state: &Competition, form: &Form, entry: &Entry, wanted: &str) -> bool {
    let numbers = if state.is_sealed(entry) { Numbers::default() } else { state.numbers(entry) };
    let last_four = form.get(&FieldId::DocumentNumber).and_then(|number| {
        let start = number.char_indices().rev().nth(3)?.0;
        number.get(start..)
    });
    [FieldId::Name, FieldId::Unit]
        .iter()
        .filter_map(|field| form.get(field))
        .any(|text| text.to_lowercase().contains(wanted))
        || numbers.number.to_lowercase().contains(wanted)
        || !numbers.station.is_empty() && numbers.station.to_lowercase() == wanted
        || last_four.is_some_and(|four| four.to_lowercase() == wanted)
}

/// Name and unit of an entry; empty while they are sealed.
#[must_use]
pub fn name_and_unit(state: &Competition, entry: &Entry) -> (String, String) {
    if state.is_sealed(entry) {
        return Default::default();
    }
    let form = state.form_of(entry);
    if state.is_erased(entry) {
        let unit = form.and_then(|form| form.get(&FieldId::Unit)).cloned();
        return (ERASED.to_owned(), unit.unwrap_or_default());
    }
    let field = |field| form.and_then(|form| form.get(&field)).cloned().unwrap_or_default();
    (field(FieldId::Name), field(FieldId::Unit))
}
