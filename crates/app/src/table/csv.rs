//! RFC 4180: text with a delimiter as rows of cells. Left out: what the text is encoded in, and what the cells mean.

/// A place where the text is not RFC 4180.
#[derive(Debug, PartialEq, Eq)]
pub struct Broken {
    /// The row, from 1.
    pub row: usize,
    /// The cell, from 0.
    pub column: usize,
    /// What is wrong with it; a cell is named once.
    pub what: Quoting,
}

/// What is wrong with the quotation marks of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quoting {
    /// One stands in a cell that does not begin with one.
    Inside,
    /// There is text after the closing one.
    TextAfter,
    /// The closing one is missing: everything up to the end of the file is in this cell.
    Open,
}

impl Quoting {
    /// In English, for a terminal.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Inside => "a quotation mark in a cell that does not begin with one",
            Self::TextAfter => "text after the closing quotation mark",
            Self::Open => "the quotation mark is never closed",
        }
    }

    /// Its key in the locale files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Inside => "fault-quote-inside",
            Self::TextAfter => "fault-quote-text-after",
            Self::Open => "fault-quote-open",
        }
    }
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
        let mut fault = |what| {
            let (row, column) = (rows.len() + 1, row.len());
            if broken.last().is_none_or(|last: &Broken| (last.row, last.column) != (row, column)) {
                broken.push(Broken { row, column, what });
            }
        };
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
                fault(Quoting::Inside);
                cell.push(c);
            }
            (At::Closed, _) => {
                fault(Quoting::TextAfter);
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
        broken.push(Broken { row: rows.len() + 1, column: row.len(), what: Quoting::Open });
    }
    if at != At::Start || !row.is_empty() {
        row.push(cell.trim().to_owned());
        rows.push(row);
    }
    (rows, broken)
}
