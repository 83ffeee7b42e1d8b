//! Names on lists that hang where everybody reads them: namesakes of one unit are told apart by the last four digits of their document,
//! and nobody else's digits are shown.

use super::entries;
use crate::command::registration::{FieldId, Form};
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
        (id.clone(), if mark.is_empty() { own.0 } else { with_mark(&own.0, &mark) })
    };
    entries.iter().map(name).collect()
}

fn mark(state: &Competition, id: &EntryId) -> String {
    let Some(entry) = state.entries.get(id) else { return String::new() };
    let digits = digits(state.form_of(entry));
    if digits.is_empty() { state.numbers(entry).number } else { digits }
}

/// The last four digits of the document on a form; empty where there are none.
pub(super) fn digits(form: Option<&Form>) -> String {
    let document = form.and_then(|form| form.get(&FieldId::DocumentNumber));
    let digits: Vec<char> = document.map(|number| number.chars().collect()).unwrap_or_default();
    digits.len().checked_sub(4).map(|from| digits[from..].iter().collect()).unwrap_or_default()
}

/// A name with what tells it apart.
pub(super) fn with_mark(name: &str, mark: &str) -> String {
    format!("{name}（{mark}）")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::registration::Form;
    use crate::envelope::Envelope;
    use crate::fact::{Fact, Numbers};
    use crate::trust::Origin;

    /// A competition with one entry for each name, unit and document number.
    fn with(people: &[(&str, &str, &str)]) -> (Competition, Vec<EntryId>) {
        let mut state = Competition::default();
        let mut order = 0;
        let mut says = |fact: Fact| {
            order += 1;
            state.evolve(Envelope {
                id: format!("f{order}").into(),
                origin: Origin::default(),
                order,
                at: 0,
                actor: "operator".into(),
                replaces: Vec::new(),
                reason: String::new(),
                fact: Ok(fact),
            });
        };
        let mut entries = Vec::new();
        for (at, (name, unit, document)) in people.iter().enumerate() {
            let (person, entry) = (format!("p{at}"), EntryId::new(format!("e{at}")));
            let fields = [(FieldId::Name, *name), (FieldId::Unit, *unit), (FieldId::DocumentNumber, *document)];
            let form: Form = fields.into_iter().map(|(field, text)| (field, text.to_owned())).collect();
            says(Fact::Person { person: person.as_str().into(), form });
            says(Fact::Entry { entry: entry.clone(), event: "event".into(), person: person.as_str().into() });
            let numbers = Numbers { number: format!("S{at:02}"), ..Numbers::default() };
            says(Fact::Numbers { entry: entry.clone(), numbers });
            entries.push(entry);
        }
        (state, entries)
    }

    #[test]
    fn only_namesakes_of_one_unit_show_the_last_four_digits() {
        let (state, entries) = with(&[
            ("王伟", "模拟一厂", "99999919900101123X"),
            ("王伟", "模拟一厂", "999999199001015678"),
            ("王伟", "模拟二厂", "999999199001019999"),
            ("李娜", "模拟一厂", "999999199001010000"),
        ]);
        let names = names(&state, &entries);
        let told: Vec<&str> = entries.iter().map(|entry| names[entry].as_str()).collect();
        assert_eq!(told, ["王伟（123X）", "王伟（5678）", "王伟", "李娜"]);
    }

    #[test]
    fn a_namesake_who_is_not_on_the_list_changes_nothing_and_without_a_number_the_entry_number_tells() {
        let (state, entries) = with(&[("王伟", "模拟一厂", ""), ("王伟", "模拟一厂", "999999199001015678")]);
        assert_eq!(names(&state, &entries[..1])[&entries[0]], "王伟", "alone on the list");
        assert_eq!(names(&state, &entries)[&entries[0]], "王伟（S00）");
    }
}
