//! A CSV file as rows of cells: UTF-8, RFC 4180, a header row. Strict where a lenient reader would guess.

use super::faults::Fault;
use encoding_rs::GB18030;
use jiangsai_app::table::csv::records;
use std::collections::HashMap;

/// A file that was read. What is wrong with it is collected while it is looked at.
#[derive(Debug, Default)]
pub struct Sheet {
    file: String,
    /// Column names as written.
    pub header: Vec<String>,
    /// The rows that are whole and not blank.
    pub rows: Vec<Row>,
    /// What was found so far.
    pub faults: Vec<Fault>,
}

/// One row.
#[derive(Debug)]
pub struct Row {
    /// As in the file, the header being 1.
    pub number: usize,
    /// As many as the header has, without spaces around them.
    pub cells: Vec<String>,
}

impl Row {
    /// The cell in a column; nothing where the file has no such column.
    #[must_use]
    pub fn cell(&self, column: Option<usize>) -> &str {
        column.and_then(|column| self.cells.get(column)).map_or("", String::as_str)
    }
}

impl Sheet {
    /// Reads a file's bytes.
    #[must_use]
    pub fn read(file: &str, bytes: &[u8]) -> Self {
        let mut sheet = Self { file: file.to_owned(), ..Self::default() };
        let text = match decode(bytes) {
            Ok(text) => text,
            Err((row, reason)) => {
                sheet.fault(row, None, reason);
                return sheet;
            }
        };
        let (mut rows, broken) = records(text, ',');
        if rows.first().is_none_or(|header| is_blank(header)) {
            sheet.fault(1, None, "the header row is missing");
            return sheet;
        }
        sheet.header = rows.remove(0);
        for fault in &broken {
            sheet.fault(fault.row, Some(fault.column), fault.what.reason());
        }
        for (index, cells) in rows.into_iter().enumerate() {
            let number = index + 2;
            if is_blank(&cells) || broken.iter().any(|fault| fault.row == number) {
                continue;
            }
            if cells.len() != sheet.header.len() {
                let reason = format!("{} cells, the header has {}", cells.len(), sheet.header.len());
                sheet.fault(number, Some(cells.len()), reason);
                continue;
            }
            sheet.rows.push(Row { number, cells });
        }
        sheet.names();
        sheet
    }

    /// Notes a fault. `None` is the row as a whole.
    pub fn fault(&mut self, row: usize, column: Option<usize>, reason: impl Into<String>) {
        let name = column.and_then(|column| self.header.get(column)).map_or("", String::as_str);
        self.faults.push(Fault::cell(&self.file, row, column.unwrap_or(0), name, reason));
    }

    /// The column of this name, whatever its case.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|one| one.to_lowercase() == name.to_lowercase())
    }

    /// The column of this name, which must be there.
    pub fn needed(&mut self, name: &str) -> Option<usize> {
        let found = self.column(name);
        if found.is_none() && !self.header.is_empty() {
            self.faults.push(Fault::cell(&self.file, 1, self.header.len(), name, "the column is missing"));
        }
        found
    }

    /// Every column has a name of its own.
    fn names(&mut self) {
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (index, name) in self.header.clone().iter().enumerate() {
            if name.is_empty() {
                self.fault(1, Some(index), format!("column {} has no name", index + 1));
            } else if seen.insert(name.to_lowercase(), index).is_some() {
                self.fault(1, Some(index), "the column is there twice");
            }
        }
    }
}

fn is_blank(cells: &[String]) -> bool {
    cells.iter().all(String::is_empty)
}

/// The text of a file, or the row and the name of what it is instead.
///
/// # Errors
/// Every encoding but UTF-8.
pub fn decode(bytes: &[u8]) -> Result<&str, (usize, String)> {
    let not_utf8 = |name: &str| format!("the file is in {name}: save it as UTF-8");
    match bytes {
        [0xff, 0xfe, ..] => return Err((1, not_utf8("UTF-16 (little-endian)"))),
        [0xfe, 0xff, ..] => return Err((1, not_utf8("UTF-16 (big-endian)"))),
        _ => {}
    }
    let row_at = |at: usize| bytes.iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err((row_at(at), "the file holds zero bytes, as UTF-16 does: save it as UTF-8".to_owned()));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let chinese = GB18030.decode_without_bom_handling_and_without_replacement(bytes).is_some();
            let name = if chinese { "GBK (GB 18030)" } else { "an encoding that is not UTF-8" };
            Err((row_at(error.valid_up_to()), not_utf8(name)))
        }
    }
}
