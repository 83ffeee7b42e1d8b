//! The rulebook of an event as a tree in words, and its versions.

use crate::command::competition::{RuleLine, RulebookVersion};
use crate::competition::{Competition, Event};
use crate::ids::EventId;
use jiangsai_scoring::words::{item_in_brief, node_in_brief};
use jiangsai_scoring::{ColumnKind, Rulebook, Text};

/// The lines of the rulebook in reading order: the total and its parts first, each followed by what it is made of.
#[must_use]
pub fn lines(setup: &Event) -> Vec<RuleLine> {
    setup.engine().map(|engine| lines_of(engine.rulebook())).unwrap_or_default()
}

fn lines_of(rulebook: &Rulebook) -> Vec<RuleLine> {
    let line = |column: jiangsai_scoring::Column| {
        let how = match column.kind {
            ColumnKind::Item => rulebook.item(&column.id).map(|item| item_in_brief(rulebook, item)),
            _ => rulebook.node(&column.id).map(node_in_brief),
        };
        RuleLine {
            depth: column.depth,
            max: column.max.as_ref().map(ToString::to_string).unwrap_or_default(),
            how: how.unwrap_or_else(|| Text::same("")),
            id: column.id,
            name: column.name,
        }
    };
    rulebook.columns().into_iter().map(line).collect()
}

/// Every version of the rulebook, the newest first; `hash` makes the hex SHA-256 of a document.
#[must_use]
pub fn versions(
    state: &Competition,
    event: &EventId,
    setup: &Event,
    hash: impl Fn(&str) -> String,
) -> Vec<RulebookVersion> {
    let mut all: Vec<_> = setup.rulebook.versions().collect();
    all.sort_by_key(|(id, version)| (version.order, *id));
    let own = state.marks.iter().filter(|(place, _)| place.event == *event);
    let first_mark = own.flat_map(|(_, register)| register.versions().map(|(id, version)| (version.order, id))).min();
    let before = |mark: (u64, &crate::ids::FactId)| all.iter().rposition(|(id, version)| (version.order, *id) < mark);
    let pinned = first_mark.and_then(before);
    let holds = setup.rulebook.last().map(|(id, _)| id);
    let row =
        |(at, (id, version)): (usize, &(&crate::ids::FactId, &crate::register::Version<String>))| RulebookVersion {
            number: u32::try_from(at + 1).unwrap_or(u32::MAX),
            hash: hash(&version.value),
            at: version.at,
            actor: super::judges::actor_shown(state, version.actor.as_str()),
            reason: version.reason.clone(),
            holds: holds == Some(*id),
            pinned: pinned == Some(at),
        };
    let mut rows: Vec<RulebookVersion> = all.iter().enumerate().map(row).collect();
    rows.reverse();
    rows
}
