//! One sheet with a header row: how cells are written and how wide columns are.

use crate::DocumentError;
use rust_xlsxwriter::{Color, DataValidation, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

/// What makes a spreadsheet program read a text as a formula when the file is saved as .csv and opened again.
const FORMULA_STARTS: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
/// Digits that a spreadsheet program keeps.
const KEPT_DIGITS: usize = 15;
/// Narrowest and widest column, in half-width characters.
const WIDTHS: (usize, usize) = (8, 60);
/// Longest name of a sheet.
const LONGEST_NAME: usize = 31;

/// A sheet that is being filled from the top.
pub(super) struct Sheet<'a> {
    sheet: &'a mut Worksheet,
    next: u32,
    widths: Vec<usize>,
    plain: Format,
    guarded: Format,
}

impl<'a> Sheet<'a> {
    /// A sheet with a header row that stays in sight and on every printed page.
    pub(super) fn new(workbook: &'a mut Workbook, name: &str, headers: &[String]) -> Result<Self, DocumentError> {
        let sheet = workbook.add_worksheet();
        sheet.set_name(sheet_name(name))?;
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_repeat_rows(0, 0)?;
        sheet.set_print_fit_to_pages(1, 0);
        let plain = Format::new().set_num_format("@").set_align(FormatAlign::VerticalCenter);
        let guarded = plain.clone().set_quote_prefix();
        let bold = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_border_bottom(FormatBorder::Thin)
            .set_background_color(Color::RGB(0x00EC_ECEC));
        let mut this = Self { sheet, next: 0, widths: Vec::new(), plain, guarded };
        for (column, header) in (0u16..).zip(headers) {
            let format = if is_guarded(header) { bold.clone().set_quote_prefix() } else { bold.clone() };
            this.sheet.write_string_with_format(0, column, header, &format)?;
            this.widen(usize::from(column), header);
        }
        this.next = 1;
        Ok(this)
    }

    /// Adds a row; where `numeric` says so, a plain decimal becomes a number.
    pub(super) fn row(&mut self, cells: &[String], numeric: impl Fn(usize) -> bool) -> Result<(), DocumentError> {
        for (column, text) in (0u16..).zip(cells) {
            let at = usize::from(column);
            match decimal(text).filter(|_| numeric(at)) {
                Some((number, places)) => {
                    let digits = if places == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(places)) };
                    let format = Format::new().set_num_format(digits).set_align(FormatAlign::VerticalCenter);
                    self.sheet.write_number_with_format(self.next, column, number, &format)?;
                }
                None if text.is_empty() => {}
                None => {
                    let format = if is_guarded(text) { &self.guarded } else { &self.plain };
                    self.sheet.write_string_with_format(self.next, column, text, format)?;
                }
            }
            self.widen(at, text);
        }
        self.next = self.next.saturating_add(1);
        Ok(())
    }

    /// What is typed below stays text.
    pub(super) fn all_text(&mut self) -> Result<(), DocumentError> {
        for (column, _) in (0u16..).zip(&self.widths) {
            self.sheet.set_column_format(column, &self.plain)?;
        }
        Ok(())
    }

    /// Offers a list in the rows below the header.
    pub(super) fn offer(&mut self, column: u16, rows: u32, rule: &DataValidation) -> Result<(), DocumentError> {
        self.sheet.add_data_validation(1, column, rows, column, rule)?;
        Ok(())
    }

    /// Sets the widths.
    pub(super) fn finish(self) -> Result<(), DocumentError> {
        for (column, width) in (0u16..).zip(&self.widths) {
            let width = width.saturating_add(2).clamp(WIDTHS.0, WIDTHS.1);
            self.sheet.set_column_width(column, u16::try_from(width).unwrap_or(u16::MAX))?;
        }
        Ok(())
    }

    fn widen(&mut self, at: usize, text: &str) {
        if self.widths.len() <= at {
            self.widths.resize(at.saturating_add(1), 0);
        }
        let longest = text.lines().map(half_widths).max().unwrap_or_default();
        if let Some(width) = self.widths.get_mut(at) {
            *width = longest.max(*width);
        }
    }
}

/// Width in half-width characters: Chinese ones take two.
fn half_widths(line: &str) -> usize {
    line.chars().map(|letter| if u32::from(letter) >= 0x2e80 { 2 } else { 1 }).sum()
}

fn is_guarded(text: &str) -> bool {
    text.starts_with(FORMULA_STARTS) || text.trim_start().starts_with(FORMULA_STARTS)
}

/// A plain decimal such as `-1.50`, with its places; nothing that a spreadsheet program would round.
fn decimal(text: &str) -> Option<(f64, usize)> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, places) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let padded = whole.len() > 1 && whole.starts_with('0');
    if !plain(whole) || !plain(places) || padded || whole.len().saturating_add(places.len()) > KEPT_DIGITS {
        return None;
    }
    let places = if digits.contains('.') { places.len() } else { 0 };
    text.parse().ok().map(|number| (number, places))
}

/// A name that a sheet may have.
fn sheet_name(name: &str) -> String {
    let allowed = |letter: char| if "[]:*?/\\'".contains(letter) || letter.is_control() { ' ' } else { letter };
    let mut units = 0;
    let short = name.chars().map(allowed).take_while(|letter| {
        units += letter.len_utf16();
        units <= LONGEST_NAME
    });
    let short: String = short.collect();
    let short = short.trim();
    // A workbook refuses an empty name, and this one is reserved.
    if short.is_empty() || short.eq_ignore_ascii_case("history") { "Sheet 1".to_owned() } else { short.to_owned() }
}
