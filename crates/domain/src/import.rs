//! Files that come in, as tables: what each row means and every fault by cell. Reading the file itself is the application's matter.

pub mod marking_scheme;
pub mod marks;
pub mod roster;

use crate::command::registration::{CellFault, PreviewRow};
use crate::table::{Table, column_letter};
use crate::view::Words;

/// Most rows shown in a preview.
const SHOWN: usize = 500;

/// Collects faults with their place.
struct Faults<'t> {
    table: &'t Table,
    header: usize,
    list: Vec<CellFault>,
}

impl<'t> Faults<'t> {
    /// Begins with what is broken in the file itself.
    fn new(table: &'t Table, header: usize) -> Self {
        let mut faults = Self { table, header, list: Vec::new() };
        for ((row, column), key) in &table.broken {
            // What stands above the table has no header; and where the header itself is broken, it may hold the whole file.
            let above = if *row > header { one_line(table.cell(header, *column)) } else { String::new() };
            faults.named_cell(*row, *column, above, why(key, &[]));
        }
        faults
    }

    /// A fault in a cell; `row` counts from 0.
    fn cell(&mut self, row: usize, column: usize, why: Words) {
        let header = one_line(self.table.cell(self.header, column));
        self.named_cell(row, column, header, why);
    }

    /// A fault in a cell that is not called by what stands above it.
    fn named_cell(&mut self, row: usize, column: usize, header: String, why: Words) {
        self.list.push(CellFault { row: number(row), column: column_letter(column), header, why });
    }

    /// A fault in a whole row.
    fn row(&mut self, row: usize, why: Words) {
        self.list.push(CellFault { row: number(row), column: String::new(), header: String::new(), why });
    }

    /// A fault of the whole file.
    fn file(&mut self, why: Words) {
        self.list.push(CellFault { row: 0, column: String::new(), header: String::new(), why });
    }

    /// By row, then column.
    fn sorted(mut self) -> Vec<CellFault> {
        self.list.sort_by(|one, other| {
            (one.row, one.column.len(), &one.column).cmp(&(other.row, other.column.len(), &other.column))
        });
        self.list
    }
}

/// A row as people count it.
fn number(row: usize) -> u32 {
    u32::try_from(row + 1).unwrap_or(u32::MAX)
}

/// Text without line breaks or doubled spaces, as headers often have them.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn why(key: &str, args: &[(&str, &str)]) -> Words {
    (key.to_owned(), args.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

/// Rows to show, `hide` applied to each cell.
fn preview(table: &Table, rows: &[usize], hide: impl Fn(usize, &str) -> String) -> Vec<PreviewRow> {
    let cells = |row: usize| {
        let width = table.rows[row].len();
        (0..width).map(|column| hide(column, table.cell(row, column))).collect()
    };
    rows.iter().take(SHOWN).map(|row| PreviewRow { row: number(*row), cells: cells(*row) }).collect()
}
