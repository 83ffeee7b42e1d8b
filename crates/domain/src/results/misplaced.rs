//! Marks on record that do not count because the rulebook has no place for them. Desks refuse them: they were written by an older program, by one
//! that somebody made, or under other rules.

use super::{Counts, counts, engine_of, scored};
use crate::competition::Competition;
use crate::fact::MarkPlace;
use crate::ids::EventId;
use jiangsai_scoring::Mark;
use jiangsai_scoring::input::check_mark;
use jiangsai_scoring::rulebook::Item;

/// Marks that do not count.
#[derive(Default)]
pub struct Misplaced<'a> {
    /// What is not allowed for its item: where, what, and of which item.
    pub out_of_range: Vec<(&'a MarkPlace, &'a Mark, &'a Item)>,
    /// Of an item or attempt that the rulebook does not know, or of nobody who sits there.
    pub nowhere: Vec<&'a MarkPlace>,
}

/// Marks on record that the rulebook of an event has no place for.
#[must_use]
pub fn misplaced<'a>(state: &'a Competition, event: &EventId) -> Misplaced<'a> {
    let mut found = Misplaced::default();
    let Ok((setup, engine)) = engine_of(state, event) else { return found };
    // Nearly always there is none, and the board knows.
    if scored(state, event).is_ok_and(|scored| scored.orphaned == 0) {
        return found;
    }
    let rulebook = engine.rulebook();
    let own = state.marks.iter().filter(|(place, _)| {
        place.event == *event && state.entries.get(&place.entry).is_some_and(|entry| entry.event() == Some(event))
    });
    for (place, register) in own {
        let Some(mark) = register.agreed().filter(|mark| **mark != Mark::NotYet) else { continue };
        match rulebook.item(place.item.as_str()).filter(|item| check_mark(item, mark).is_err()) {
            Some(item) => found.out_of_range.push((place, mark, item)),
            None if matches!(counts(place, mark, setup, rulebook), Counts::Nowhere) => found.nowhere.push(place),
            None => {}
        }
    }
    found
}
