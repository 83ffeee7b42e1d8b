//! A table as read from a file: rows of text, the header included. Reading files is the application's matter.

use std::collections::{BTreeMap, BTreeSet};

/// Rows of cells in file order; the first is usually the header. Rows may differ in length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Cells as text.
    pub rows: Vec<Vec<String>>,
    /// Cells, by row and column, that hold a time whose seconds nobody sees: `0:45` may be minutes or seconds.
    pub minutes: BTreeSet<(usize, usize)>,
    /// Cells of a text file whose quotation marks are broken, by row and column, each with the locale key of what is wrong: what stands in
    /// them, and sometimes in what follows, is not what was meant.
    pub broken: BTreeMap<(usize, usize), &'static str>,
}

/// What a spreadsheet shows where a formula has no value.
const ERRORS: [&str; 11] = [
    "#N/A",
    "#VALUE!",
    "#REF!",
    "#DIV/0!",
    "#NUM!",
    "#NAME?",
    "#NULL!",
    "#DATA!",
    "#GETTING_DATA",
    "#SPILL!",
    "#CALC!",
];

/// Is it what a spreadsheet shows where a formula has no value?
#[must_use]
pub fn is_error(text: &str) -> bool {
    ERRORS.iter().any(|error| text.eq_ignore_ascii_case(error))
}

impl Table {
    /// The cell as text, trimmed; empty where the row is shorter.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|cells| cells.get(column)).map_or("", |text| text.trim())
    }

    /// Is nothing in the row?
    #[must_use]
    pub fn is_blank(&self, row: usize) -> bool {
        self.rows.get(row).is_none_or(|cells| cells.iter().all(|text| text.trim().is_empty()))
    }

    /// Are the quotation marks of a cell in this row broken?
    #[must_use]
    pub fn is_broken(&self, row: usize) -> bool {
        self.broken.range((row, 0)..(row + 1, 0)).next().is_some()
    }

    /// The first of the first ten rows with at least `least` cells that `known` recognises; titles often stand above the header.
    #[must_use]
    pub fn header_row(&self, least: usize, known: impl Fn(&str) -> bool) -> Option<usize> {
        (0..self.rows.len().min(10)).find(|row| self.rows[*row].iter().filter(|text| known(text)).count() >= least)
    }
}

/// A column as a spreadsheet names it: `A`, `B` … `Z`, `AA`.
#[must_use]
pub fn column_letter(mut index: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(index % 26).unwrap_or_default()));
        match (index / 26).checked_sub(1) {
            Some(rest) => index = rest,
            None => return letters.into_iter().rev().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::column_letter;

    #[test]
    fn columns_are_named_as_in_a_spreadsheet() {
        let names = [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")];
        assert!(names.iter().all(|(index, name)| column_letter(*index) == *name), "A, Z, AA, ZZ, AAA");
    }
}
