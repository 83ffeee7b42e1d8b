//! What stands above the blocks: the name of the skill, and the table of criteria.

use super::number::number;
use super::scheme::{Declared, Scheme, is_criterion};
use crate::form::fold;
use crate::import::one_line;
use crate::table::Table;

/// Lines of the heading that make the title.
const TITLE_LINES: usize = 2;

/// Reads title, names of criteria, and the totals their table gives. `id` is the column of ids, `first` the first header row.
pub(super) fn read(table: &Table, id: usize, first: usize, scheme: &mut Scheme) {
    scheme.title = title(table, first);
    for row in 0..first {
        let (letters, name) = (table.cell(row, id), one_line(table.cell(row, id + 1)));
        if !is_criterion(letters) || name.is_empty() || letters == "ID" {
            continue;
        }
        let criterion = scheme.criterion(letters);
        criterion.name = name;
        let width = table.rows.get(row).map_or(0, Vec::len);
        criterion.declared = (id + 2..width).rev().find_map(|column| {
            let value = number(table.cell(row, column)).filter(|value| !value.is_zero())?;
            Some(Declared { row, column, value })
        });
    }
}

/// The first lines of the sheet, up to the first table.
fn title(table: &Table, first: usize) -> String {
    let mut lines = Vec::new();
    for row in 0..first {
        let cells: Vec<String> =
            table.rows[row].iter().map(|text| one_line(text)).filter(|text| !text.is_empty()).collect();
        let Some(label) = cells.first() else { continue };
        let folded = fold(label);
        if ["worldskillsstandard", "section", "criteri"].iter().any(|word| folded.starts_with(word)) {
            break;
        }
        let labelled = matches!(folded.as_str(), "skill" | "skillname" | "testproject");
        match (cells.as_slice(), labelled) {
            ([_, text, ..], true) => lines.push(text.clone()),
            ([text], false) => lines.push(without_label(text).to_owned()),
            _ => {}
        }
        if lines.len() == TITLE_LINES {
            break;
        }
    }
    lines.join(" · ")
}

/// `Web Technologies` of `Skill: Web Technologies`.
fn without_label(text: &str) -> &str {
    let labelled =
        text.split_once([':', '：']).filter(|(label, _)| matches!(fold(label).as_str(), "skill" | "testproject"));
    labelled.map_or(text, |(_, rest)| rest.trim())
}
