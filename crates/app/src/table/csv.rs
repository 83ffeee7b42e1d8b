//! RFC 4180: text with a delimiter as rows of cells. Left out: what the text is encoded in, and what the cells mean.

/// A place where the text is not RFC 4180.
#[derive(Debug, PartialEq, Eq)]
pub struct Broken {
    /// The row, from 1.
    pub row: usize,
    /// The cell, from 0.
    pub column: usize,
    /// What is wrong with it.
    pub reason: &'static str,
}

/// Where the reader is within a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Start,
    Plain,
    Quoted,
    Closed,
}

/// Rows of cells without spaces around them, each row in its place: a blank line is a row, as people count. A line end is CRLF, LF or
/// CR; one within quotation marks belongs to the cell. What is broken is read as well as it can be.
#[must_use]
pub fn records(text: &str, delimiter: char) -> (Vec<Vec<String>>, Vec<Broken>) {
    let (mut rows, mut broken): (Vec<Vec<String>>, Vec<Broken>) = (Vec::new(), Vec::new());
    let (mut row, mut cell, mut at) = (Vec::new(), String::new(), At::Start);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let mut fault = |reason| broken.push(Broken { row: rows.len() + 1, column: row.len(), reason });
        match (at, c) {
            (At::Quoted, '"') if chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            (At::Quoted, '"') => at = At::Closed,
            (At::Quoted, _) => cell.push(c),
            (_, _) if c == delimiter => {
                row.push(std::mem::take(&mut cell).trim().to_owned());
                at = At::Start;
            }
            (_, '\r' | '\n') => {
                if c == '\r' && chars.peek() == Some(&'\n') {
                    chars.next();
                }
                row.push(std::mem::take(&mut cell).trim().to_owned());
                rows.push(std::mem::take(&mut row));
                at = At::Start;
            }
            (At::Start, '"') => at = At::Quoted,
            (At::Plain, '"') => {
                fault("a quotation mark in a cell that does not begin with one");
                cell.push(c);
            }
            (At::Closed, _) => {
                fault("text after the closing quotation mark");
                cell.push(c);
                at = At::Plain;
            }
            (At::Start | At::Plain, _) => {
                at = At::Plain;
                cell.push(c);
            }
        }
    }
    if at == At::Quoted {
        broken.push(Broken { row: rows.len() + 1, column: row.len(), reason: "the quotation mark is never closed" });
    }
    if at != At::Start || !row.is_empty() {
        row.push(cell.trim().to_owned());
        rows.push(row);
    }
    (rows, broken)
}
