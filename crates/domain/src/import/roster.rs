//! A roster: one contestant a row, headers in Chinese or English, columns in any order.

use super::{Faults, number, preview, why};
use crate::command::registration::{CellFault, FieldId, Form, PreviewRow};
use crate::document;
use crate::form::{self, check_fields, field_of, is_required};
use crate::table::{Table, is_error};
use crate::view::Words;
use std::collections::BTreeMap;

/// Somebody who is registered already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExistingPerson {
    /// 参赛号, or empty.
    pub number: String,
    /// 场次 and 赛位号.
    pub place: (String, String),
    /// Name.
    pub name: String,
    /// Kind and number of the document.
    pub document: (String, String),
}

/// What a roster says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterRead {
    /// Headers of the file with the locale key of the field each is read as; empty for one that is left out.
    pub columns: Vec<(String, String)>,
    /// Rows to show, document numbers masked.
    pub rows: Vec<PreviewRow>,
    /// Row in the file and form of each contestant without faults.
    pub forms: Vec<(u32, Form)>,
    /// Every fault.
    pub faults: Vec<CellFault>,
    /// What to know that stops nothing.
    pub notes: Vec<Words>,
    /// Rows with data.
    pub total: u32,
}

/// Reads a roster. `today` is `YYYY-MM-DD`.
#[must_use]
pub fn read(table: &Table, switched_on: &[FieldId], existing: &[ExistingPerson], today: &str) -> RosterRead {
    let in_use = form::in_use(switched_on);
    // A broken header may hold the whole file.
    let Some(header) = table.header_row(2, |text| field_of(text).is_some()).filter(|header| !table.is_broken(*header))
    else {
        let mut faults = Faults::new(table, 0);
        if table.broken.is_empty() {
            faults.file(why(if table.rows.is_empty() { "fault-no-rows" } else { "fault-no-header" }, &[]));
        }
        return RosterRead { faults: faults.list, ..RosterRead::default() };
    };
    let mut faults = Faults::new(table, header);
    let mut notes = Vec::new();
    let fields = fields(table, header, &in_use, &mut faults, &mut notes);
    let columns = (0..table.rows[header].len())
        .map(|column| {
            let key = fields.iter().find(|(_, at)| **at == column).map(|(field, _)| field_key(*field));
            (table.cell(header, column).to_owned(), key.unwrap_or_default())
        })
        .collect();
    let rows: Vec<usize> = (header + 1..table.rows.len()).filter(|row| !table.is_blank(*row)).collect();
    let mut read =
        RosterRead { columns, total: u32::try_from(rows.len()).unwrap_or(u32::MAX), ..RosterRead::default() };
    if rows.is_empty() {
        faults.file(why("fault-no-rows", &[]));
    }
    let mut seen = Seen::new(existing);
    // What is in a row with broken quotation marks may belong to others.
    let rows: Vec<usize> = rows.into_iter().filter(|row| !table.is_broken(*row)).collect();
    for row in &rows {
        let broken: Vec<usize> =
            fields.values().copied().filter(|column| is_error(table.cell(*row, *column))).collect();
        if !broken.is_empty() {
            for column in broken {
                faults.cell(*row, column, why("fault-cell-error", &[("value", table.cell(*row, column))]));
            }
            continue;
        }
        let typed: Form = fields.iter().map(|(field, column)| (*field, table.cell(*row, *column).to_owned())).collect();
        let place = |field: FieldId| fields.get(&field).copied();
        let (form, found) = check_fields(&typed, switched_on, today);
        let found: Vec<(FieldId, Words)> = found.into_iter().map(|fault| (fault.field, fault.why)).collect();
        let taken = seen.take(number(*row), &form);
        if found.is_empty() && taken.is_empty() {
            read.forms.push((number(*row), form));
        }
        for (field, reason) in found.into_iter().chain(taken) {
            match place(field) {
                Some(column) => faults.cell(*row, column, reason),
                // A missing column is named once, not in every row.
                None if reason.0 == "fault-required" => {}
                None => faults.row(*row, reason),
            }
        }
    }
    let number_column = fields.get(&FieldId::DocumentNumber).copied();
    read.rows = preview(table, &rows, |column, text| {
        if Some(column) == number_column { document::mask(&document::normalise(text)) } else { text.to_owned() }
    });
    read.faults = faults.sorted();
    read.notes = notes;
    read
}

/// Locale key of a field.
#[must_use]
pub fn field_key(field: FieldId) -> String {
    let name = serde_json::to_value(field).ok().and_then(|value| value.as_str().map(str::to_owned));
    format!("field-{}", name.unwrap_or_default().replace('_', "-"))
}

/// The column of each field; faults for what is missing or there twice.
fn fields(
    table: &Table,
    header: usize,
    in_use: &[FieldId],
    faults: &mut Faults<'_>,
    notes: &mut Vec<Words>,
) -> BTreeMap<FieldId, usize> {
    let mut fields: BTreeMap<FieldId, usize> = BTreeMap::new();
    for (column, text) in table.rows[header].iter().enumerate() {
        let text = text.trim();
        match field_of(text).filter(|field| in_use.contains(field)) {
            Some(field) if fields.contains_key(&field) => {
                faults.cell(header, column, why("fault-duplicate-column", &[("column", text)]));
            }
            Some(field) => {
                fields.insert(field, column);
            }
            None if text.is_empty() => {}
            None => notes.push(why("note-column-left-out", &[("column", text)])),
        }
    }
    for field in in_use.iter().filter(|field| is_required(**field) && !fields.contains_key(field)) {
        let name = form::header(*field);
        faults.file(why("fault-missing-column", &[("column", &name.zh), ("column-en", &name.en)]));
    }
    fields
}

/// Who and what was there before a row.
struct Seen {
    documents: BTreeMap<(String, String), Before>,
    numbers: BTreeMap<String, Before>,
    places: BTreeMap<(String, String), Before>,
}

#[derive(Clone)]
enum Before {
    Row(u32),
    Entry(String, String),
}

impl Seen {
    fn new(existing: &[ExistingPerson]) -> Self {
        let mut seen = Self { documents: BTreeMap::new(), numbers: BTreeMap::new(), places: BTreeMap::new() };
        for person in existing {
            let before = Before::Entry(person.number.clone(), person.name.clone());
            seen.documents.insert(person.document.clone(), before.clone());
            if !person.number.is_empty() {
                seen.numbers.insert(person.number.clone(), before.clone());
            }
            if !person.place.1.is_empty() {
                seen.places.insert(person.place.clone(), before);
            }
        }
        seen
    }

    /// What of a form is taken; the rest is taken from now on.
    fn take(&mut self, row: u32, form: &Form) -> Vec<(FieldId, Words)> {
        let field = |field| form.get(&field).cloned().unwrap_or_default();
        let mut faults = Vec::new();
        let document = (field(FieldId::DocumentKind), field(FieldId::DocumentNumber));
        if !document.1.is_empty()
            && let Some(before) = self.documents.insert(document, Before::Row(row))
        {
            faults.push((FieldId::DocumentNumber, before.duplicate()));
        }
        let number = field(FieldId::Number);
        if !number.is_empty()
            && let Some(before) = self.numbers.insert(number.clone(), Before::Row(row))
        {
            faults.push((FieldId::Number, before.taken(&number)));
        }
        let (session, station) = (field(FieldId::Session), field(FieldId::Station));
        if !station.is_empty()
            && let Some(before) = self.places.insert((session, station.clone()), Before::Row(row))
        {
            faults.push((FieldId::Station, before.taken(&station)));
        }
        faults
    }
}

impl Before {
    fn duplicate(&self) -> Words {
        match self {
            Self::Row(row) => why("fault-duplicate-row", &[("row", &row.to_string())]),
            Self::Entry(number, name) => why("fault-duplicate-entry", &[("number", number), ("name", name)]),
        }
    }

    fn taken(&self, number: &str) -> Words {
        match self {
            Self::Row(row) => why("fault-number-in-row", &[("number", number), ("row", &row.to_string())]),
            Self::Entry(..) => why("fault-number-taken", &[("number", number)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: &str = "2026-11-24";

    fn table(rows: &[&[&str]]) -> Table {
        let rows = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        Table { rows, ..Table::default() }
    }

    #[test]
    fn columns_come_in_any_order_below_a_title() {
        let table = table(&[
            &["2026年某区职业技能竞赛报名表"],
            &["单位", "备用", "身份证号", "姓名"],
            &["模拟水务", "x", "11010519491231002X", "模拟甲"],
            &["", "", "", ""],
        ]);
        let read = read(&table, &[], &[], TODAY);
        assert_eq!(read.faults, [], "nothing is wrong");
        assert_eq!(read.total, 1, "the blank row does not count");
        assert_eq!(read.forms[0].1[&FieldId::Name], "模拟甲");
        assert_eq!(read.notes[0].0, "note-column-left-out");
        assert_eq!(read.rows[0].cells[2], "110***********002X", "numbers are masked on screen");
    }

    #[test]
    fn every_fault_is_named_by_row_and_column() {
        let table = table(&[
            &["姓名", "证件号码", "单位", "手机"],
            &["模拟甲", "11010519491231002X", "模拟水务", "13800000000"],
            &["", "110105194912310021", "模拟水务", "123"],
            &["模拟丙", "11010519491231002X", "模拟水务", ""],
        ]);
        let read = read(&table, &[], &[], TODAY);
        let places: Vec<(u32, &str, &str)> =
            read.faults.iter().map(|fault| (fault.row, fault.column.as_str(), fault.why.0.as_str())).collect();
        let wanted = [
            (3, "A", "fault-required"),
            (3, "B", "fault-id-checksum"),
            (3, "D", "fault-phone"),
            (4, "B", "fault-duplicate-row"),
        ];
        assert_eq!(places, wanted);
        assert_eq!(read.faults[3].why.1, [("row".to_owned(), "2".to_owned())], "the row it collides with");
    }

    #[test]
    fn a_row_with_a_fault_is_compared_with_the_others_all_the_same() {
        let table = table(&[
            &["姓名", "证件号码", "单位", "手机", "参赛号"],
            &["模拟甲", "11010519491231002X", "模拟水务", "123", "07"],
            &["", "", "", "", ""],
            &["模拟乙", "11010519491231002x", "", "", "07"],
            &["模拟丙", "", "模拟水务", "", ""],
            &["模拟丁", "", "模拟水务", "", ""],
        ]);
        let read = read(&table, &[], &[], TODAY);
        let places: Vec<(u32, &str, &str)> =
            read.faults.iter().map(|fault| (fault.row, fault.column.as_str(), fault.why.0.as_str())).collect();
        let wanted = [
            (2, "D", "fault-phone"),
            (4, "B", "fault-duplicate-row"),
            (4, "C", "fault-required"),
            (4, "E", "fault-number-in-row"),
            (5, "B", "fault-required"),
            (6, "B", "fault-required"),
        ];
        assert_eq!(places, wanted, "two missing numbers are not the same person");
        assert_eq!(read.forms, [], "no row is without a fault");
    }

    #[test]
    fn a_row_with_broken_quotation_marks_is_named_and_neither_read_nor_shown() {
        let swallowed = "水务\n模拟乙,11010519491231002X,电力";
        let rows: &[&[&str]] = &[
            &["姓名", "证件号码", "单位"],
            &["模拟甲", "11010519491231002X", "模拟水务"],
            &["模拟丙", "x", swallowed],
        ];
        let broken = Table { broken: [((2, 2), "fault-quote-open")].into(), ..table(rows) };
        let read_rows = read(&broken, &[], &[], TODAY);
        let places: Vec<(u32, &str, &str)> =
            read_rows.faults.iter().map(|fault| (fault.row, fault.column.as_str(), fault.why.0.as_str())).collect();
        assert_eq!(places, [(3, "C", "fault-quote-open")], "and nothing is said of what is in it");
        assert_eq!((read_rows.total, read_rows.rows.len()), (2, 1), "numbers in it could not be masked");
        let header =
            Table { broken: [((0, 2), "fault-quote-open")].into(), ..table(&[&["姓名", "单位", swallowed]]) };
        let read_header = read(&header, &[], &[], TODAY);
        assert_eq!(read_header.faults.len(), 1, "{:?}", read_header.faults);
        assert_eq!((read_header.faults[0].row, read_header.columns.len()), (1, 0));
    }

    #[test]
    fn the_error_of_a_formula_is_nobodys_name() {
        let table = table(&[&["姓名", "证件号码", "单位"], &["#N/A", "11010519491231002X", "#REF!"]]);
        let read = read(&table, &[], &[], TODAY);
        let places: Vec<(u32, &str, &str)> =
            read.faults.iter().map(|fault| (fault.row, fault.column.as_str(), fault.why.0.as_str())).collect();
        assert_eq!(places, [(2, "A", "fault-cell-error"), (2, "C", "fault-cell-error")]);
        assert_eq!(read.forms, []);
    }

    #[test]
    fn somebody_registered_already_and_missing_columns_are_named() {
        let person = ExistingPerson {
            number: "07".into(),
            name: "模拟甲".into(),
            document: ("resident_id".into(), "11010519491231002X".into()),
            ..ExistingPerson::default()
        };
        let first = table(&[&["姓名", "证件号码", "单位"], &["模拟甲", "11010519491231002x", "模拟水务"]]);
        assert_eq!(read(&first, &[], &[person], TODAY).faults[0].why.0, "fault-duplicate-entry");
        let second = table(&[&["姓名", "手机"], &["模拟甲", ""]]);
        let missing: Vec<String> = read(&second, &[], &[], TODAY).faults.into_iter().map(|fault| fault.why.0).collect();
        assert_eq!(missing, ["fault-missing-column", "fault-missing-column"], "number and unit, once each");
    }
}
