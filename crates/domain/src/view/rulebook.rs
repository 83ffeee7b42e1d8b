//! The rulebook of an event as a tree in words.

use super::words;
use crate::command::competition::RuleLine;
use crate::competition::Event;
use jiangsai_scoring::{ColumnKind, Rulebook, Text};

/// The lines of the rulebook in reading order: the total and its parts first, each followed by what it is made of.
#[must_use]
pub fn lines(setup: &Event) -> Vec<RuleLine> {
    setup.engine().map(|engine| lines_of(engine.rulebook())).unwrap_or_default()
}

fn lines_of(rulebook: &Rulebook) -> Vec<RuleLine> {
    let line = |column: jiangsai_scoring::Column| {
        let how = match column.kind {
            ColumnKind::Item => rulebook.item(&column.id).map(|item| words::item(rulebook, item)),
            _ => rulebook.node(&column.id).map(words::node),
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
