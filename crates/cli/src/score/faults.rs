//! What is wrong with the input, each with its place, one line each.

use std::path::Path;

/// One fault of an input file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    file: String,
    place: Place,
    reason: String,
}

/// Where a fault is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// The whole file.
    File,
    /// A JSON pointer.
    Pointer(String),
    /// Row from 1, the header being 1; place of the column, for the order; its name, `-` where the whole row is meant.
    Cell { row: usize, index: usize, column: String },
}

/// The name of a file as it is said in faults.
#[must_use]
pub fn file_name(file: &Path) -> String {
    one_line(&file.display().to_string())
}

impl Fault {
    /// A fault of a whole file.
    pub fn file(file: &str, reason: impl Into<String>) -> Self {
        Self { file: file.to_owned(), place: Place::File, reason: reason.into() }
    }

    /// A fault of a JSON document.
    pub fn pointer(file: &str, pointer: &str, reason: impl Into<String>) -> Self {
        let pointer = if pointer.is_empty() { "/" } else { pointer };
        Self { file: file.to_owned(), place: Place::Pointer(pointer.to_owned()), reason: reason.into() }
    }

    /// A fault of a cell.
    pub fn cell(file: &str, row: usize, index: usize, column: &str, reason: impl Into<String>) -> Self {
        let column = if column.is_empty() { "-" } else { column };
        let place = Place::Cell { row, index, column: column.to_owned() };
        Self { file: file.to_owned(), place, reason: reason.into() }
    }

    /// Row and column, for the order within one file.
    #[must_use]
    pub const fn order(&self) -> (usize, usize) {
        match &self.place {
            Place::File | Place::Pointer(_) => (0, 0),
            Place::Cell { row, index, .. } => (*row, *index),
        }
    }

    /// The line it is printed as.
    #[must_use]
    pub fn line(&self) -> String {
        let (file, reason) = (&self.file, &self.reason);
        one_line(&match &self.place {
            Place::File => format!("{file}: {reason}"),
            Place::Pointer(pointer) => format!("{file}:{pointer}: {reason}"),
            Place::Cell { row, column, .. } => format!("{file}:{row}:{column}: {reason}"),
        })
    }
}

/// Text from a file on one line of a terminal: no line ends, tabs or escapes.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
