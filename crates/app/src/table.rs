//! Files that come in, as tables of text: .xlsx workbooks, .csv in UTF-8, GB 18030 or, where the file says so, UTF-16.

mod cells;
pub mod csv;

use calamine::{Reader as _, Xlsx};
use cells::{Said, said};
use encoding_rs::{Encoding, GB18030};
use jiangsai_domain::table::Table;
use std::io::Cursor;

/// Largest file, in bytes.
pub const LARGEST: usize = 10 * 1024 * 1024;
/// Most cells; a workbook of a few bytes can claim billions.
const MOST_CELLS: usize = 400_000;
/// Most rows.
const MOST_ROWS: usize = 100_000;
/// Most columns.
const MOST_COLUMNS: usize = 1_000;

/// Why a file is no table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// Over [`LARGEST`], or too many cells.
    #[error("too large")]
    TooLarge,
    /// Neither a workbook nor text.
    #[error("not a workbook or a text file: {0}")]
    Unreadable(String),
    /// A workbook that ends too early.
    #[error("cut short")]
    Truncated,
    /// Text in neither UTF-8 nor GB 18030 nor UTF-16.
    #[error("neither UTF-8 nor GB 18030 nor UTF-16")]
    Encoding,
    /// Nothing in it.
    #[error("empty")]
    Empty,
    /// Not an .xlsx workbook, where one is needed.
    #[error("not a workbook")]
    NoWorkbook,
    /// A workbook without the sheet that is needed.
    #[error("no sheet {wanted:?} among {found:?}")]
    NoSheet {
        /// Its name.
        wanted: String,
        /// The sheets there are.
        found: Vec<String>,
    },
}

impl TableError {
    /// A small stable code; `error-<code>` in the locale files.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "file-too-large",
            Self::Unreadable(_) => "file-unreadable",
            Self::Truncated => "file-truncated",
            Self::Encoding => "file-encoding",
            Self::Empty => "file-empty",
            Self::NoWorkbook => "file-no-workbook",
            Self::NoSheet { .. } => "file-no-sheet",
        }
    }

    /// Arguments of the message.
    #[must_use]
    pub fn args(&self) -> Vec<(String, String)> {
        match self {
            Self::NoSheet { wanted, found } => {
                vec![("wanted".to_owned(), wanted.clone()), ("found".to_owned(), found.join(" / "))]
            }
            _ => Vec::new(),
        }
    }
}

/// Reads a file by what it holds; its name does not matter.
///
/// # Errors
/// Why it is no table.
pub fn read(bytes: &[u8]) -> Result<Table, TableError> {
    if bytes.len() > LARGEST {
        return Err(TableError::TooLarge);
    }
    not_empty(if is_zip(bytes) { workbook(bytes)? } else { text(bytes)? })
}

/// Reads the sheet of this name, exactly, of a workbook. A formula is the value that was last computed for it, and empty where none was.
///
/// # Errors
/// Why there is no such table.
pub fn read_sheet(bytes: &[u8], name: &str) -> Result<Table, TableError> {
    if bytes.len() > LARGEST {
        return Err(TableError::TooLarge);
    }
    if !is_zip(bytes) {
        return Err(if bytes.is_empty() { TableError::Empty } else { TableError::NoWorkbook });
    }
    let mut book = open(bytes)?;
    let found = book.sheet_names();
    if !found.iter().any(|own| own == name) {
        return Err(TableError::NoSheet { wanted: name.to_owned(), found });
    }
    not_empty(sheet(&mut book, name)?)
}

fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

fn not_empty(table: Table) -> Result<Table, TableError> {
    if table.rows.iter().flatten().all(|cell| cell.trim().is_empty()) { Err(TableError::Empty) } else { Ok(table) }
}

fn open(bytes: &[u8]) -> Result<Xlsx<Cursor<&[u8]>>, TableError> {
    // The directory of a zip file stands at its end: without it the file was cut short.
    let tail = &bytes[bytes.len().saturating_sub(66_000)..];
    if !tail.windows(4).any(|window| window == b"PK\x05\x06") {
        return Err(TableError::Truncated);
    }
    Xlsx::new(Cursor::new(bytes)).map_err(unreadable)
}

/// The first sheet with anything in it.
fn workbook(bytes: &[u8]) -> Result<Table, TableError> {
    let mut book = open(bytes)?;
    for name in book.sheet_names() {
        let table = sheet(&mut book, &name)?;
        if !table.rows.is_empty() {
            return Ok(table);
        }
    }
    Err(TableError::Empty)
}

/// One sheet. Cells are taken one by one: a sheet may claim dimensions that no memory holds.
fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Table, TableError> {
    let mut table = Table::default();
    let mut cells = 0;
    let mut reader = book.worksheet_cells_reader(name).map_err(unreadable)?;
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        let (row, column) = (row as usize, column as usize);
        let text = match said(cell.get_value(), reader.styles().get(style)) {
            Said::Text(text) if text.is_empty() => continue,
            Said::Text(text) => text,
            Said::Minutes(text) => {
                table.minutes.insert((row, column));
                text
            }
        };
        cells += 1;
        if cells > MOST_CELLS || row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err(TableError::TooLarge);
        }
        if table.rows.len() <= row {
            table.rows.resize(row + 1, Vec::new());
        }
        if table.rows[row].len() <= column {
            table.rows[row].resize(column + 1, String::new());
        }
        table.rows[row][column] = text;
    }
    Ok(table)
}

fn unreadable(error: impl std::fmt::Display) -> TableError {
    TableError::Unreadable(error.to_string())
}

/// The text of a file: in the encoding that its mark names, else in UTF-8 or GB 18030.
fn decoded(bytes: &[u8]) -> Result<String, TableError> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    if marked.is_none()
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return Ok(text.to_owned());
    }
    match marked.unwrap_or(GB18030).decode(bytes) {
        (text, _, false) => Ok(text.into_owned()),
        _ => Err(TableError::Encoding),
    }
}

/// The sign that stands most often in the first lines; a title above the header has none. A comma where none stands out.
fn delimiter(text: &str) -> char {
    let lines = || text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).take(10);
    let count = |sign: char| lines().map(|line| line.matches(sign).count()).sum::<usize>();
    // Of equals the last one is taken.
    [';', '\t', ','].into_iter().max_by_key(|sign| count(*sign)).unwrap_or(',')
}

fn text(bytes: &[u8]) -> Result<Table, TableError> {
    let text = decoded(bytes)?;
    if text.contains('\0') {
        return Err(TableError::Unreadable("binary".to_owned()));
    }
    let delimiter = delimiter(&text);
    // Counted before the cells are made: a few bytes could ask for much memory.
    if text.matches([delimiter, '\n', '\r']).count() > 4 * MOST_CELLS {
        return Err(TableError::TooLarge);
    }
    let (rows, broken) = csv::records(&text, delimiter);
    if rows.len() > MOST_ROWS || rows.iter().map(Vec::len).sum::<usize>() > MOST_CELLS {
        return Err(TableError::TooLarge);
    }
    let broken = broken.iter().map(|one| ((one.row - 1, one.column), one.what.key())).collect();
    Ok(Table { rows, broken, ..Table::default() })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "tests")]
    use super::*;
    use rust_xlsxwriter::{Format, Workbook};

    fn workbook_bytes() -> Vec<u8> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "姓名").unwrap();
        sheet.write(0, 1, "手机号码").unwrap();
        sheet.write(2, 0, "模拟甲").unwrap();
        sheet.write(2, 1, 13_800_000_000_f64).unwrap();
        sheet.write(2, 2, 17.5).unwrap();
        book.save_to_buffer().unwrap()
    }

    #[test]
    fn a_workbook_is_read_with_its_blank_rows() {
        let table = read(&workbook_bytes()).unwrap();
        assert_eq!(table.rows.len(), 3, "the blank row counts, as it does on screen");
        assert_eq!(table.rows[2], ["模拟甲", "13800000000", "17.5"], "numbers as they are seen");
    }

    #[test]
    fn a_sheet_is_found_by_its_name_and_not_by_its_place() {
        let mut book = Workbook::new();
        book.add_worksheet().set_name("Notes").unwrap().write(0, 0, "first").unwrap();
        let sheet = book.add_worksheet().set_name("Scheme").unwrap();
        sheet.write(0, 0, "second").unwrap();
        sheet.write_formula(0, 1, rust_xlsxwriter::Formula::new("=0.1+0.2").set_result("0.3")).unwrap();
        sheet.set_formula_result_default("").write_formula(0, 2, "=1+1").unwrap();
        let bytes = book.save_to_buffer().unwrap();
        assert_eq!(read_sheet(&bytes, "Scheme").unwrap().rows, [["second", "0.3"]], "the values of the formulas");
        let missing = read_sheet(&bytes, "scheme").unwrap_err();
        let found = vec!["Notes".to_owned(), "Scheme".to_owned()];
        assert_eq!(missing, TableError::NoSheet { wanted: "scheme".to_owned(), found }, "case counts");
        assert_eq!(read_sheet(b"a,b\n1,2\n", "Scheme"), Err(TableError::NoWorkbook), "text has no sheets");
        assert_eq!(read_sheet(b"", "Scheme"), Err(TableError::Empty));
    }

    #[test]
    fn a_workbook_cut_short_is_called_so() {
        let bytes = workbook_bytes();
        for length in [100, bytes.len() / 2, bytes.len() - 30] {
            assert_eq!(read(&bytes[..length]), Err(TableError::Truncated), "{length} bytes of {}", bytes.len());
        }
        let mut damaged = bytes.clone();
        damaged[bytes.len() / 3..bytes.len() / 2].fill(7);
        assert!(matches!(read(&damaged), Err(TableError::Unreadable(_))), "damaged in the middle");
    }

    #[test]
    fn text_is_read_in_both_encodings() {
        let plain = "姓名,单位\n模拟甲,\"水务,一厂\"\n";
        let wanted = [vec!["姓名", "单位"], vec!["模拟甲", "水务,一厂"]];
        let (gbk, ..) = GB18030.encode(plain);
        let with_mark = [b"\xef\xbb\xbf".as_slice(), plain.as_bytes()].concat();
        for bytes in [plain.as_bytes(), &with_mark, &gbk] {
            assert_eq!(read(bytes).unwrap().rows, wanted);
        }
        assert_eq!(read("姓名\t单位\n甲\t乙\n".as_bytes()).unwrap().rows[1], ["甲", "乙"], "tabs");
    }

    #[test]
    fn the_unicode_text_of_a_spreadsheet_is_read() {
        let plain = "\u{feff}姓名\t单位\r\n模拟甲\t水务\r\n";
        let wanted = [["姓名", "单位"], ["模拟甲", "水务"]];
        let little: Vec<u8> = plain.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = plain.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [&little, &big] {
            assert_eq!(read(bytes).unwrap().rows, wanted);
        }
        assert_eq!(read(&little[..little.len() - 1]), Err(TableError::Encoding), "cut within a letter");
        let lone = [0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00];
        assert_eq!(read(&lone), Err(TableError::Encoding), "half a letter");
    }

    #[test]
    fn a_title_above_the_header_does_not_choose_the_delimiter() {
        let wanted = |sign: char| {
            format!("模拟竞赛报名表；共 2 人\n\n姓名{sign}单位{sign}工种\n模拟甲{sign}\"水务{sign}一厂\"{sign}\n")
        };
        for sign in [',', '\t', ';'] {
            let plain = wanted(sign);
            let (gbk, ..) = GB18030.encode(&plain);
            for bytes in [plain.as_bytes(), &gbk] {
                let table = read(bytes).unwrap();
                assert_eq!(table.rows[2], ["姓名", "单位", "工种"], "{sign:?}");
                assert_eq!(table.rows[3], ["模拟甲".to_owned(), format!("水务{sign}一厂"), String::new()], "{sign:?}");
            }
        }
        assert_eq!(read("姓名\n模拟;甲,乙\n".as_bytes()).unwrap().rows[1], ["模拟;甲", "乙"], "a comma among equals");
    }

    #[test]
    fn broken_quotation_marks_have_their_place() {
        let broken = |text: &str| read(text.as_bytes()).unwrap().broken;
        assert_eq!(broken("姓名,单位\n\"模拟甲\",\"水务\"\"一厂\"\n"), [].into());
        assert_eq!(broken("姓名,单位\n模\"拟\"甲,水务\n"), [((1, 0), "fault-quote-inside")].into(), "named once");
        assert_eq!(broken("姓名,单位\n\n甲,\"水务\"一厂\n"), [((2, 1), "fault-quote-text-after")].into());
        assert_eq!(broken("姓名,单位\n甲,\"水务\n乙,电力\n"), [((1, 1), "fault-quote-open")].into(), "where it begins");
    }

    #[test]
    fn rows_of_text_are_counted_as_people_count_them() {
        let table = read("姓名,单位\r\n\r\n模拟甲,\"水务\r\n一厂\"\n\n模拟乙,\"电\"\"力\"\n".as_bytes()).unwrap();
        assert_eq!(table.rows.len(), 5, "blank lines are rows; a line end in quotation marks is none");
        assert_eq!(table.rows[2], ["模拟甲", "水务\r\n一厂"]);
        assert_eq!(table.rows[4], ["模拟乙", "电\"力"]);
    }

    #[test]
    fn times_keep_their_fractions_and_those_without_seconds_are_marked() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let day = 86_400.0;
        let cells = [
            (45.37 / day, "mm:ss.0", "0:45.37"),
            (45.12 / day, "mm:ss.0", "0:45.12"),
            (2_700.0 / day, "h:mm", "0:45"),
            (2_700.0 / day, "h:mm:ss", "45:00"),
            (3_723.5 / day, "h:mm:ss", "1:02:03.5"),
            (163_800.0 / day, "[h]:mm:ss", "45:30"),
            (163_801.0 / day, "[h]:mm:ss", "45:30:01"),
        ];
        for (row, (value, format, _)) in (0..).zip(cells) {
            sheet.write_number_with_format(row, 0, value, &Format::new().set_num_format(format)).unwrap();
        }
        let table = read(&book.save_to_buffer().unwrap()).unwrap();
        for (row, (_, format, text)) in cells.iter().enumerate() {
            assert_eq!(table.cell(row, 0), *text, "{format}");
        }
        assert_eq!(table.minutes.iter().copied().collect::<Vec<_>>(), [(2, 0), (5, 0)], "minutes, or seconds");
    }

    #[test]
    fn a_formula_without_a_value_says_so() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_formula(0, 0, rust_xlsxwriter::Formula::new("=NA()").set_result("#N/A")).unwrap();
        sheet.write_formula(0, 1, rust_xlsxwriter::Formula::new("=A2+B2").set_result("99.89999999999999")).unwrap();
        let table = read(&book.save_to_buffer().unwrap()).unwrap();
        assert_eq!(table.rows, [["#N/A", "99.9"]]);
        assert!(jiangsai_domain::table::is_error(table.cell(0, 0)));
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert_eq!(read(b""), Err(TableError::Empty));
        assert_eq!(read(b" \n \n"), Err(TableError::Empty));
        assert_eq!(read(&[0xff, 0xfe, 0x41]), Err(TableError::Encoding));
        assert!(matches!(read(b"%PDF\x00\x01"), Err(TableError::Unreadable(_))), "binary");
        assert_eq!(read(&vec![b'a'; LARGEST + 1]), Err(TableError::TooLarge));
    }
}
