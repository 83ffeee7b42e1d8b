//! The rulebook of an event as a tree in words, and its versions.

use crate::command::competition::{RuleLine, RulebookVersion};
use crate::competition::{Competition, Event};
use crate::ids::EventId;
use jiangsai_scoring::words::{item_in_brief, node_in_brief};
use jiangsai_scoring::{Column, ColumnKind, Rulebook, Text};
use std::collections::HashMap;

/// The lines of the rulebook as a tree: the total, then whatever else belongs to nothing, each followed by what it is made of.
#[must_use]
pub fn lines(setup: &Event) -> Vec<RuleLine> {
    setup.engine().map(|engine| lines_of(engine.rulebook())).unwrap_or_default()
}

fn lines_of(rulebook: &Rulebook) -> Vec<RuleLine> {
    let line = |column: Column| {
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
    tree(rulebook.columns()).into_iter().map(line).collect()
}

/// Columns with each directly below what it is part of, parts in reading order.
fn tree(columns: Vec<Column>) -> Vec<Column> {
    let mut below: HashMap<Option<String>, Vec<Column>> = HashMap::new();
    for column in columns {
        below.entry(column.parent.clone()).or_default().push(column);
    }
    let mut waiting = below.remove(&None).unwrap_or_default();
    // Taken from the end: the total comes first.
    waiting.sort_by_key(|column| column.kind != ColumnKind::Total);
    waiting.reverse();
    let mut lines = Vec::new();
    while let Some(column) = waiting.pop() {
        let own = below.remove(&Some(column.id.clone())).unwrap_or_default();
        waiting.extend(own.into_iter().rev());
        lines.push(column);
    }
    lines
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use jiangsai_scoring::templates::templates;

    #[test]
    fn every_line_stands_below_what_it_is_part_of_one_step_deeper() {
        for (name, json) in templates() {
            let rulebook = Rulebook::from_json(json).unwrap();
            let columns = rulebook.columns();
            let lines = lines_of(&rulebook);
            assert_eq!(lines.len(), columns.len(), "{name}: nothing is left out");
            assert_eq!(lines[0].depth, 0, "{name} begins with a root");
            let total = columns.iter().find(|column| column.kind == ColumnKind::Total && column.parent.is_none());
            assert!(total.is_none_or(|total| total.id == lines[0].id), "{name} begins with the total");
            // The way from the root to the line before.
            let mut way: Vec<&str> = Vec::new();
            for line in &lines {
                let column = columns.iter().find(|column| column.id == line.id).unwrap();
                way.truncate(usize::from(line.depth));
                assert_eq!(way.len(), usize::from(line.depth), "{name}: {} is one step below another", line.id);
                assert_eq!(way.last().copied(), column.parent.as_deref(), "{name}: above {}", line.id);
                way.push(&line.id);
            }
        }
    }
}
