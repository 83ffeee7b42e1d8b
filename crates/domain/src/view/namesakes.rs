//! Names on lists that hang where everybody reads them: namesakes of one unit are told apart by the last four digits of their document,
//! and nobody else's digits are shown.

use super::entries;
use crate::command::registration::FieldId;
use crate::competition::Competition;
use crate::ids::EntryId;
use std::collections::HashMap;

/// Names of entries as they stand on a list of just these entries. Who has no document number is told apart by the 参赛号.
#[must_use]
pub fn names(state: &Competition, entries: &[EntryId]) -> HashMap<EntryId, String> {
    let called =
        |id: &EntryId| state.entries.get(id).map(|entry| entries::name_and_unit(state, entry)).unwrap_or_default();
    let mut bearers: HashMap<(String, String), usize> = HashMap::new();
    for id in entries {
        *bearers.entry(called(id)).or_default() += 1;
    }
    let name = |id: &EntryId| {
        let own = called(id);
        let alone = own.0.is_empty() || bearers.get(&own).is_none_or(|bearers| *bearers < 2);
        let mark = if alone { String::new() } else { mark(state, id) };
        (id.clone(), if mark.is_empty() { own.0 } else { format!("{}（{mark}）", own.0) })
    };
    entries.iter().map(name).collect()
}

fn mark(state: &Competition, id: &EntryId) -> String {
    let Some(entry) = state.entries.get(id) else { return String::new() };
    let document = state.form_of(entry).and_then(|form| form.get(&FieldId::DocumentNumber));
    let digits: Vec<char> = document.map(|number| number.chars().collect()).unwrap_or_default();
    match digits.len().checked_sub(4) {
        Some(from) => digits[from..].iter().collect(),
        None => entry.numbers().number,
    }
}
