//! Workbooks (.xlsx): standings, rosters, and templates to fill in.
//!
//! Every text is written as text: never a formula, whatever it begins with, and never a number or a date by guess.

mod cells;

use crate::{Align, Column, DocumentError};
use cells::Sheet;
use jiangsai_locales::{Lang, text};
use rust_xlsxwriter::{DataValidation, DocProperties, Formula, Workbook};

/// A column of a template that takes one of a list of values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// The place of the column, from 0.
    pub column: u16,
    /// The values, as they are typed.
    pub values: Vec<String>,
}

/// Rows of a template that offer the values of [`Choices`].
const OFFERED_ROWS: u32 = 2000;

/// A table of a workbook, on a sheet of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tab {
    /// What the sheet is called.
    pub title: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// One text per column in every row.
    pub rows: Vec<Vec<String>>,
}

/// Standings as a workbook, which has the title of its first table. In columns whose texts stand at the right ([`Align::End`]) a plain
/// decimal becomes a number that shows the digits it was printed with; everything else is text. The notes stand on a sheet of their own.
///
/// # Errors
/// [`DocumentError::Workbook`], such as for a text longer than a cell takes.
pub fn standings_workbook(lang: Lang, tabs: &[Tab], notes: &[String]) -> Result<Vec<u8>, DocumentError> {
    let mut workbook = begun(tabs.first().map(|tab| tab.title.as_str()).unwrap_or_default());
    for Tab { title, columns, rows } in tabs {
        let headers: Vec<String> = columns.iter().map(header).collect();
        let mut sheet = Sheet::new(&mut workbook, title, &headers)?;
        for row in rows {
            let numeric = |at: usize| columns.get(at).is_some_and(|column| column.align == Align::End);
            sheet.row(row, numeric)?;
        }
        sheet.finish()?;
    }
    add_notes(&mut workbook, lang, notes)?;
    Ok(workbook.save_to_buffer()?)
}

/// A roster as a workbook: every cell is text, so that document numbers keep all their digits.
///
/// # Errors
/// [`DocumentError::Workbook`].
pub fn roster_workbook(
    lang: Lang,
    title: &str,
    headers: &[String],
    rows: &[Vec<String>],
    notes: &[String],
) -> Result<Vec<u8>, DocumentError> {
    let mut workbook = begun(title);
    let mut sheet = Sheet::new(&mut workbook, title, headers)?;
    for row in rows {
        sheet.row(row, |_| false)?;
    }
    sheet.finish()?;
    add_notes(&mut workbook, lang, notes)?;
    Ok(workbook.save_to_buffer()?)
}

/// An empty table to fill in. `rows` may hold what is already known. Columns hold text, so that long numbers stay whole; a
/// column with choices offers them; `notes` say per column how to fill it in.
///
/// # Errors
/// [`DocumentError::Workbook`].
pub fn template_workbook(
    lang: Lang,
    title: &str,
    headers: &[String],
    rows: &[Vec<String>],
    notes: &[(String, String)],
    choices: &[Choices],
) -> Result<Vec<u8>, DocumentError> {
    let mut workbook = begun(title);
    let list = text(lang, "workbook-choices", &[]);
    let mut sheet = Sheet::new(&mut workbook, title, headers)?;
    for row in rows {
        sheet.row(row, |_| false)?;
    }
    sheet.all_text()?;
    let offered: Vec<&Choices> = choices.iter().filter(|choices| !choices.values.is_empty()).collect();
    for (place, choices) in (0u16..).zip(&offered) {
        let column = rust_xlsxwriter::utility::column_number_to_name(place);
        let range = format!("='{list}'!${column}$2:${column}${}", choices.values.len().saturating_add(1));
        let rule = DataValidation::new()
            .allow_list_formula(Formula::new(range))
            .set_error_title(text(lang, "workbook-bad-value", &[]))?
            .set_error_message(text(lang, "workbook-choices-more", &[]))?;
        sheet.offer(choices.column, OFFERED_ROWS, &rule)?;
    }
    sheet.finish()?;
    let headings = [text(lang, "workbook-column", &[]), text(lang, "workbook-note", &[])];
    let mut about = Sheet::new(&mut workbook, &text(lang, "workbook-notes", &[]), &headings)?;
    for (column, note) in notes {
        about.row(&[column.clone(), note.clone()], |_| false)?;
    }
    about.finish()?;
    if !offered.is_empty() {
        let name = |choices: &&Choices| headers.get(usize::from(choices.column)).cloned().unwrap_or_default();
        let mut values = Sheet::new(&mut workbook, &list, &offered.iter().map(name).collect::<Vec<_>>())?;
        let longest = offered.iter().map(|choices| choices.values.len()).max().unwrap_or_default();
        for at in 0..longest {
            let row: Vec<String> =
                offered.iter().map(|choices| choices.values.get(at).cloned().unwrap_or_default()).collect();
            values.row(&row, |_| false)?;
        }
        values.finish()?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn begun(title: &str) -> Workbook {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_title(title));
    workbook
}

fn header(column: &Column) -> String {
    if column.note.is_empty() { column.title.clone() } else { format!("{}\n{}", column.title, column.note) }
}

fn add_notes(workbook: &mut Workbook, lang: Lang, notes: &[String]) -> Result<(), DocumentError> {
    let name = text(lang, "workbook-notes", &[]);
    let mut sheet = Sheet::new(workbook, &name, std::slice::from_ref(&name))?;
    for note in notes {
        sheet.row(std::slice::from_ref(note), |_| false)?;
    }
    sheet.finish()
}
