//! The list of entries as a registrar sees it.

use crate::command::registration::{EntryList, EntryRow, FieldId, Form};
use crate::competition::{Competition, Entry};
use crate::document;
use crate::form;
use crate::ids::{EntryId, EventId};

/// Entries of an event that contain the text, by 参赛号, then name.
#[must_use]
pub fn list(state: &Competition, event: &EventId, search: &str) -> EntryList {
    let wanted = search.trim().to_lowercase();
    let mut rows: Vec<EntryRow> = Vec::new();
    let mut total = 0;
    for (id, entry) in state.entries_of(event) {
        total += 1;
        let form = state.form_of(entry).cloned().unwrap_or_default();
        if wanted.is_empty() || contains(&form, entry, &wanted) {
            rows.push(row(id, entry, form));
        }
    }
    rows.sort_by(|one, other| sort_key(one).cmp(&sort_key(other)));
    EntryList { fields: form::in_use(&state.settings().fields), rows, total }
}

fn sort_key(row: &EntryRow) -> (bool, usize, &str, Option<&String>, &EntryId) {
    // Short numbers first, so that 9 comes before 10 where nobody filled them up with zeros.
    (row.number.is_empty(), row.number.chars().count(), &row.number, row.form.get(&FieldId::Name), &row.id)
}

/// One entry with its document number masked.
fn row(id: &EntryId, entry: &Entry, mut form: Form) -> EntryRow {
    let numbers = entry.numbers();
    if let Some(number) = form.get_mut(&FieldId::DocumentNumber) {
        *number = document::mask(number);
    }
    form::join(&mut form, &numbers);
    EntryRow {
        id: id.clone(),
        number: numbers.number,
        session: numbers.session,
        station: numbers.station,
        status: entry.status(),
        form,
    }
}

fn contains(form: &Form, entry: &Entry, wanted: &str) -> bool {
    let numbers = entry.numbers();
    let last_four = form.get(&FieldId::DocumentNumber).and_then(|number| {
        let start = number.char_indices().rev().nth(3)?.0;
        number.get(start..)
    });
    [FieldId::Name, FieldId::Unit]
        .iter()
        .filter_map(|field| form.get(field))
        .any(|text| text.to_lowercase().contains(wanted))
        || numbers.number.to_lowercase().contains(wanted)
        || numbers.station.to_lowercase() == wanted
        || last_four.is_some_and(|four| four.to_lowercase() == wanted)
}

/// Names and units by entry, for those who may see them.
#[must_use]
pub fn name_and_unit(state: &Competition, entry: &Entry) -> (String, String) {
    let form = state.form_of(entry);
    let field = |field| form.and_then(|form| form.get(&field)).cloned().unwrap_or_default();
    (field(FieldId::Name), field(FieldId::Unit))
}
