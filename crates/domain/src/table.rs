//! A table as read from a file: rows of text, the header included. Reading files is the application's matter.

/// Rows of cells in file order; the first is usually the header. Rows may differ in length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Cells as text.
    pub rows: Vec<Vec<String>>,
}
