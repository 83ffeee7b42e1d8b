//! Whose a row of results is when its number does not say so for certain: a question to a person, with who it might be.

use super::Known;
use crate::command::marks::{Candidate, Question};
use crate::form::fold;
use crate::ids::EntryId;

/// Who has the number of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// One entry.
    One(EntryId),
    /// Nobody.
    Nobody,
    /// Several entries.
    Several,
}

/// What a row says of the person.
pub(super) struct Whose<'a> {
    pub row: u32,
    pub number: &'a str,
    pub name: &'a str,
    pub unit: &'a str,
}

/// What has to be asked about a row: nothing where number and name belong together, or where it has no name.
pub(super) fn question(whose: &Whose<'_>, found: &Found, people: &[Known]) -> Option<Question> {
    let name = fold(whose.name);
    if name.is_empty() || people.is_empty() {
        return None;
    }
    let named = people.iter().filter(|one| fold(&one.name) == name);
    let key = match found {
        Found::Several => return None,
        Found::One(entry) => {
            if named.clone().any(|one| one.entry == *entry) {
                return None;
            }
            "question-other-name"
        }
        Found::Nobody if named.clone().next().is_none() => "question-not-entered",
        Found::Nobody => "question-by-name",
    };
    let numbered = people.iter().filter(|one| *found == Found::One(one.entry.clone()));
    // Who is of the same unit comes first.
    let mut candidates: Vec<&Known> = numbered.chain(named).collect();
    candidates.sort_by_key(|one| fold(&one.unit) != fold(whose.unit));
    Some(Question {
        row: whose.row,
        number: whose.number.to_owned(),
        name: whose.name.to_owned(),
        unit: whose.unit.to_owned(),
        why: (key.to_owned(), Vec::new()),
        candidates: candidates.into_iter().map(Candidate::from).collect(),
    })
}

impl From<&Known> for Candidate {
    fn from(known: &Known) -> Self {
        let Known { entry, number, name, unit, .. } = known.clone();
        Self { entry, number, name, unit }
    }
}
