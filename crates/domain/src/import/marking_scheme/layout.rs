//! Header rows: where a block begins, which column is what, which criterion it is and the total it gives.

use super::number::number;
use super::scheme::{Declared, is_criterion};
use crate::document::half_width;
use crate::form::fold;
use crate::import::{Faults, one_line, why};
use crate::table::Table;

/// The columns of a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    /// Sub-criterion id.
    pub id: usize,
    /// Its name.
    pub name: usize,
    /// Aspect type.
    pub kind: usize,
    /// Aspect description.
    pub description: usize,
    /// Judgement score.
    pub score: usize,
    /// Extra description, or what a score stands for.
    pub text: usize,
    /// Requirement.
    pub requirement: Option<usize>,
    /// Section of the standard, where the layout has one.
    pub section: Option<usize>,
    /// Maximum mark.
    pub max: usize,
}

/// The first header row from `row` on.
pub(super) fn next_header(table: &Table, row: usize) -> Option<usize> {
    (row..table.rows.len()).find(|row| id_column(table, *row).is_some())
}

fn id_column(table: &Table, row: usize) -> Option<usize> {
    find(table, row, 0, |text| matches!(text, "subcriterionid" | "subcriteriaid"))
}

/// The first cell from `from` on whose folded text is what `is` looks for.
fn find(table: &Table, row: usize, from: usize, is: impl Fn(&str) -> bool) -> Option<usize> {
    let width = table.rows.get(row).map_or(0, Vec::len);
    (from..width).find(|column| is(&fold(table.cell(row, *column))))
}

impl Columns {
    /// The columns of the block with this header. A column that has no name is where the layout has it.
    ///
    /// # Errors
    /// Names of the columns that are not there.
    pub(super) fn of(table: &Table, row: usize) -> Result<Self, Vec<&'static str>> {
        let named = |is: fn(&str) -> bool| find(table, row, 0, is);
        let id = id_column(table, row).unwrap_or_default();
        let max = named(|text| text.starts_with("maxmark") || text.starts_with("maximummark"));
        let kind = named(|text| text.starts_with("aspecttype")).or(match max {
            Some(10) => Some(3),
            Some(8) => Some(2),
            _ => None,
        });
        let (Some(kind), Some(max)) = (kind, max) else {
            let missing = [(kind, "Aspect Type"), (max, "Max Mark")];
            return Err(missing.into_iter().filter(|(at, _)| at.is_none()).map(|(_, name)| name).collect());
        };
        let text = named(|text| text.starts_with("extraaspect"));
        Ok(Self {
            id,
            name: id + 1,
            kind,
            description: named(|text| text == "aspectdescription").unwrap_or(kind + 1),
            score: named(|text| text.starts_with("judg") && text.ends_with("score")).unwrap_or(kind + 2),
            text: text.unwrap_or(kind + 3),
            requirement: named(|text| text.starts_with("requirement")),
            section: named(|text| {
                text.ends_with("section") && ["wsos", "wsss", "standard"].iter().any(|name| text.starts_with(name))
            }),
            max,
        })
    }
}

/// The criterion a header row names right of its columns, as in `Criterion A`: id, a name if one follows, and the column.
pub(super) fn criterion(table: &Table, row: usize, after: usize) -> Option<(String, String, usize)> {
    let width = table.rows.get(row).map_or(0, Vec::len);
    (after + 1..width).find_map(|column| {
        let text: String = one_line(table.cell(row, column)).chars().map(half_width).collect();
        let (word, rest) = text.split_once(' ')?;
        let (id, name) = rest.split_once([' ', ':', '-']).unwrap_or((rest, ""));
        let name = name.trim_start_matches([' ', ':', '-', '–', '—']).to_owned();
        (matches!(fold(word).as_str(), "criterion" | "criteria") && is_criterion(id))
            .then(|| (id.to_owned(), name, column))
    })
}

/// The total a row gives right of its columns: beside the words `Total Mark`, or else beside what stands in the column `beside`. `None`
/// where the cell is empty, as it is for a formula that no program has computed.
pub(super) fn total(
    table: &Table,
    row: usize,
    after: usize,
    beside: Option<usize>,
    faults: &mut Faults<'_>,
) -> Option<Declared> {
    let words = find(table, row, after + 1, |text| text == "totalmark");
    let column = words.or(beside)? + 1;
    let text = table.cell(row, column);
    match number(text) {
        // Programs that write a formula without computing it leave a zero.
        Some(value) => (!value.is_zero()).then_some(Declared { row, column, value }),
        None => {
            if words.is_some() && !text.is_empty() {
                let header = one_line(table.cell(row, column - 1));
                faults.named_cell(row, column, header, why("fault-mark-not-a-number", &[("value", text)]));
            }
            None
        }
    }
}
