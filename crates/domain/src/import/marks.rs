//! Marks and theory results: one mark a row (`entry,item,judge,value`), or one entry a row with a column per item.

use super::{Faults, preview, why};
use crate::command::registration::{CellFault, PreviewRow};
use crate::form::fold;
use crate::ids::{EntryId, ItemId, JudgeId};
use crate::table::Table;
use crate::view::Words;
use jiangsai_scoring::rulebook::{Item, Rulebook};
use jiangsai_scoring::{Mark, input};
use std::collections::BTreeMap;

/// What marks are checked against.
pub struct MarksContext<'a> {
    /// 参赛号, 赛位号 and id of each entry.
    pub entries: &'a [(String, String, EntryId)],
    /// The rulebook.
    pub rulebook: &'a Rulebook,
    /// Code and id of each judge.
    pub judges: &'a [(String, JudgeId)],
    /// The judges that mark an item.
    pub seated: &'a dyn Fn(&Item) -> Vec<JudgeId>,
}

/// One mark of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadMark {
    /// Entry.
    pub entry: EntryId,
    /// Item.
    pub item: ItemId,
    /// Judge, for a panel item.
    pub judge: Option<JudgeId>,
    /// The mark.
    pub mark: Mark,
}

/// What a file of marks says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarksRead {
    /// Headers with what each is read as; empty for one that is left out.
    pub columns: Vec<(String, String)>,
    /// Rows to show.
    pub rows: Vec<PreviewRow>,
    /// Marks without faults. Empty cells are left out: they change nothing.
    pub marks: Vec<ReadMark>,
    /// Every fault.
    pub faults: Vec<CellFault>,
    /// What to know that stops nothing.
    pub notes: Vec<Words>,
    /// Rows with data.
    pub total: u32,
}

/// What a column is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Column {
    /// 参赛号 (or, where no entry has it, 赛位号).
    Entry,
    /// 赛位号.
    Station,
    Item,
    Judge,
    Value,
    /// A column of its own for one item, and one judge of its panel.
    Of(usize, Option<JudgeId>),
    /// A name or unit beside the number: people want to see it, nothing is read.
    Ignored,
}

/// Reads a file of marks.
#[must_use]
pub fn read(table: &Table, context: &MarksContext<'_>) -> MarksRead {
    let known = |text: &str| column(text, context).is_some_and(|column| column != Column::Ignored);
    let Some(header) = table.header_row(2, known) else {
        let mut faults = Faults::new(table, 0);
        faults.file(why(if table.rows.is_empty() { "fault-no-rows" } else { "fault-no-marks-header" }, &[]));
        return MarksRead { faults: faults.list, ..MarksRead::default() };
    };
    let mut reader = Reader::new(table, header, context);
    let rows: Vec<usize> = (header + 1..table.rows.len()).filter(|row| !table.is_blank(*row)).collect();
    if rows.is_empty() {
        reader.faults.file(why("fault-no-rows", &[]));
    }
    if reader.is_complete() {
        rows.iter().for_each(|row| reader.row(*row));
    }
    MarksRead {
        columns: reader.described(),
        rows: preview(table, &rows, |_, text| text.to_owned()),
        marks: reader.marks,
        faults: reader.faults.sorted(),
        notes: reader.notes,
        total: u32::try_from(rows.len()).unwrap_or(u32::MAX),
    }
}

/// What a header names.
fn column(text: &str, context: &MarksContext<'_>) -> Option<Column> {
    let folded = fold(text);
    let is = |names: &[&str]| names.iter().any(|name| fold(name) == folded);
    if folded.is_empty() {
        return None;
    }
    if is(&["entry", "参赛号", "参赛编号", "选手编号", "编号", "number"]) {
        return Some(Column::Entry);
    }
    if is(&["station", "赛位号", "赛位", "工位号", "工位"]) {
        return Some(Column::Station);
    }
    if is(&["item", "评分点", "评分项", "项目"]) {
        return Some(Column::Item);
    }
    if is(&["judge", "裁判", "裁判员", "裁判编号"]) {
        return Some(Column::Judge);
    }
    if is(&["value", "mark", "score", "得分", "分数", "成绩", "打分"]) {
        return Some(Column::Value);
    }
    if let Some(own) = item_column(text, context) {
        return Some(own);
    }
    is(&["name", "姓名", "单位", "unit", "场次", "session", "备注", "note", "序号", "team"]).then_some(Column::Ignored)
}

/// A header that names an item by id, name, or the part it alone makes up; for a panel item `ITEM/JUDGE`.
fn item_column(text: &str, context: &MarksContext<'_>) -> Option<Column> {
    let (name, judge) = match text.trim().rsplit_once('/') {
        Some((name, code)) => match context.judges.iter().find(|(own, _)| own == code.trim()) {
            Some((_, judge)) => (name, Some(judge.clone())),
            None => (text, None),
        },
        None => (text, None),
    };
    let items = context.rulebook.items();
    let at = find_item(name, context.rulebook)?;
    // A panel item without a judge named cannot be read.
    (items[at].panel().is_some() == judge.is_some()).then_some(Column::Of(at, judge))
}

/// An item by id or name, or a part of the competition that is made of one item alone (理论).
fn find_item(text: &str, rulebook: &Rulebook) -> Option<usize> {
    let items = rulebook.items();
    let exact = text.trim();
    if let Some(at) = items.iter().position(|item| item.id == exact) {
        return Some(at);
    }
    let folded = fold(text);
    let named: Vec<usize> = (0..items.len())
        .filter(|at| {
            let item = &items[*at];
            [&item.name.zh, &item.name.en, &item.id].iter().any(|name| fold(name) == folded)
                || fold(&format!("{}{}", item.id, item.name.zh)) == folded
        })
        .collect();
    if let [only] = named.as_slice() {
        return Some(*only);
    }
    let of_part = |node: &&jiangsai_scoring::rulebook::Node| {
        [&node.name.zh, &node.name.en, &node.id].iter().any(|name| fold(name) == folded)
            || fold(&format!("{}成绩", node.name.zh)) == folded
    };
    let made_of = rulebook.module_items(&rulebook.nodes.iter().find(of_part)?.id);
    match made_of.as_slice() {
        [only] => items.iter().position(|item| item.id == *only),
        _ => None,
    }
}

struct Reader<'t, 'c> {
    table: &'t Table,
    context: &'c MarksContext<'c>,
    columns: Vec<Option<Column>>,
    header: usize,
    faults: Faults<'t>,
    notes: Vec<Words>,
    marks: Vec<ReadMark>,
    /// Row of each place that was read.
    seen: BTreeMap<(EntryId, String, Option<JudgeId>), usize>,
}

impl<'t, 'c> Reader<'t, 'c> {
    fn new(table: &'t Table, header: usize, context: &'c MarksContext<'c>) -> Self {
        let mut faults = Faults::new(table, header);
        let mut notes = Vec::new();
        let mut columns: Vec<Option<Column>> = Vec::new();
        for at in 0..table.rows[header].len() {
            let text = table.cell(header, at);
            let found = column(text, context);
            if found.is_some() && found != Some(Column::Ignored) && columns.contains(&found) {
                faults.cell(header, at, why("fault-duplicate-column", &[("column", text)]));
            }
            if !text.is_empty() && matches!(found, None | Some(Column::Ignored)) {
                notes.push(why("note-column-left-out", &[("column", text)]));
            }
            columns.push(found);
        }
        let mut reader =
            Self { table, context, columns, header, faults, notes, marks: Vec::new(), seen: BTreeMap::new() };
        if reader.at(&Column::Entry).is_none() && reader.at(&Column::Station).is_none() {
            reader.faults.file(why("fault-missing-column", &[("column", "参赛号"), ("column-en", "entry")]));
        }
        if reader.is_long() && reader.at(&Column::Value).is_none() {
            reader.faults.file(why("fault-missing-column", &[("column", "得分"), ("column-en", "value")]));
        }
        reader
    }

    fn at(&self, wanted: &Column) -> Option<usize> {
        self.columns.iter().position(|column| column.as_ref() == Some(wanted))
    }

    fn is_long(&self) -> bool {
        self.at(&Column::Item).is_some()
    }

    fn is_complete(&self) -> bool {
        self.faults.list.is_empty()
    }

    fn described(&self) -> Vec<(String, String)> {
        let key = |column: &Option<Column>| match column {
            Some(Column::Entry) => "column-entry",
            Some(Column::Station) => "column-station",
            Some(Column::Item) => "column-item",
            Some(Column::Judge) => "column-judge",
            Some(Column::Value) => "column-value",
            Some(Column::Of(..)) => "column-mark",
            Some(Column::Ignored) | None => "",
        };
        let headers = self.columns.iter().enumerate();
        headers.map(|(at, column)| (self.table.cell(self.header, at).to_owned(), key(column).to_owned())).collect()
    }

    fn row(&mut self, row: usize) {
        let Some(entry) = self.entry(row) else { return };
        if self.is_long() {
            self.long(row, &entry);
        } else {
            for at in 0..self.columns.len() {
                if let Some(Column::Of(item, judge)) = self.columns[at].clone() {
                    self.mark(row, at, &entry, item, judge);
                }
            }
        }
    }

    fn entry(&mut self, row: usize) -> Option<EntryId> {
        let (at, by_station) = match (self.at(&Column::Entry), self.at(&Column::Station)) {
            (Some(at), _) => (at, false),
            (None, Some(at)) => (at, true),
            (None, None) => return None,
        };
        let text = self.table.cell(row, at);
        let same = |own: &str| !own.is_empty() && (own == text || fold(own) == fold(text));
        let found: Vec<&EntryId> = self
            .context
            .entries
            .iter()
            .filter(|(number, station, _)| if by_station { same(station) } else { same(number) })
            .map(|(.., id)| id)
            .collect();
        match found.as_slice() {
            [only] => Some((*only).clone()),
            [] => {
                self.faults.cell(row, at, why("fault-unknown-entry", &[("value", text)]));
                None
            }
            _ => {
                self.faults.cell(row, at, why("fault-ambiguous-entry", &[("value", text)]));
                None
            }
        }
    }

    fn long(&mut self, row: usize, entry: &EntryId) {
        let (Some(item_at), Some(value_at)) = (self.at(&Column::Item), self.at(&Column::Value)) else { return };
        let text = self.table.cell(row, item_at);
        let Some(item) = find_item(text, self.context.rulebook) else {
            self.faults.cell(row, item_at, why("fault-unknown-item", &[("value", text)]));
            return;
        };
        let judge_at = self.at(&Column::Judge);
        let code = judge_at.map_or("", |at| self.table.cell(row, at));
        let at = judge_at.unwrap_or(item_at);
        let needs_judge = self.context.rulebook.items()[item].panel().is_some();
        let judge = match (needs_judge, code) {
            (false, "") => None,
            (false, _) => return self.faults.cell(row, at, why("fault-judge-not-wanted", &[])),
            (true, "") => return self.faults.cell(row, at, why("fault-judge-needed", &[])),
            (true, code) => match self.context.judges.iter().find(|(own, _)| own == code) {
                Some((_, judge)) => Some(judge.clone()),
                None => return self.faults.cell(row, at, why("fault-unknown-judge", &[("value", code)])),
            },
        };
        if let Some(judge) = &judge
            && !(self.context.seated)(&self.context.rulebook.items()[item]).contains(judge)
        {
            return self.faults.cell(row, at, why("fault-judge-not-on-panel", &[("value", code)]));
        }
        self.mark(row, value_at, entry, item, judge);
    }

    fn mark(&mut self, row: usize, at: usize, entry: &EntryId, item: usize, judge: Option<JudgeId>) {
        let text = self.table.cell(row, at);
        let rule = &self.context.rulebook.items()[item];
        let place = (entry.clone(), rule.id.clone(), judge.clone());
        if let Some(before) = self.seen.insert(place, row) {
            let before = super::number(before).to_string();
            return self.faults.cell(row, at, why("fault-duplicate-mark", &[("row", &before)]));
        }
        match input::parse_mark(rule, text) {
            Ok(Mark::NotYet) => {}
            Ok(mark) => {
                self.marks.push(ReadMark { entry: entry.clone(), item: rule.id.as_str().into(), judge, mark });
            }
            Err(fault) => {
                let mut reason = (format!("fault-mark-{}", fault.code().replace('_', "-")), fault.args());
                reason.1.push(("value".to_owned(), text.to_owned()));
                self.faults.cell(row, at, reason);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use jiangsai_scoring::templates::THEORY_PRACTICE_30_70;

    fn check(rows: &[&[&str]]) -> MarksRead {
        let rulebook = Rulebook::from_json(THEORY_PRACTICE_30_70).unwrap();
        let entries = [("01".to_owned(), "A1".to_owned(), "e1".into()), ("02".to_owned(), "A2".to_owned(), "e2".into())];
        let judges = [("P01".to_owned(), JudgeId::from("j1")), ("P02".to_owned(), "j2".into())];
        let seated = |_: &Item| vec![JudgeId::from("j1")];
        let context = MarksContext { entries: &entries, rulebook: &rulebook, judges: &judges, seated: &seated };
        let rows = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        read(&Table { rows }, &context)
    }

    fn reasons(read: &MarksRead) -> Vec<(u32, &str, &str)> {
        read.faults.iter().map(|fault| (fault.row, fault.column.as_str(), fault.why.0.as_str())).collect()
    }

    #[test]
    fn theory_results_come_one_entry_a_row() {
        let read = check(&[&["参赛号", "姓名", "理论"], &["01", "模拟甲", "８７"], &["02", "模拟乙", ""]]);
        assert_eq!(reasons(&read), []);
        assert_eq!(read.marks.len(), 1, "an empty cell changes nothing");
        assert_eq!(read.marks[0].item, ItemId::from("T"), "理论 is made of one item alone");
    }

    #[test]
    fn panel_marks_come_long_or_with_a_column_for_each_judge() {
        let long = check(&[&["entry", "item", "judge", "value"], &["01", "P1", "P01", "20.5"], &["02", "P1", "P01", "-"]]);
        assert_eq!(reasons(&long), []);
        assert_eq!(long.marks[1].mark, Mark::Absent);
        let wide = check(&[&["赛位号", "P1/P01"], &["A1", "20.5"]]);
        assert_eq!(wide.marks, long.marks[..1], "the same mark, written another way");
    }

    #[test]
    fn every_fault_is_named_by_cell() {
        let read = check(&[
            &["entry", "item", "judge", "value"],
            &["01", "P1", "P01", "875"],
            &["01", "P1", "P01", "20"],
            &["09", "P1", "P01", "20"],
            &["01", "P9", "P01", "20"],
            &["01", "P1", "P02", "20"],
            &["01", "P1", "", "20"],
            &["01", "T", "P01", "20"],
            &["02", "P1", "P01", "1e9"],
        ]);
        let wanted = [
            (2, "D", "fault-mark-above-maximum"),
            (3, "D", "fault-duplicate-mark"),
            (4, "A", "fault-unknown-entry"),
            (5, "B", "fault-unknown-item"),
            (6, "C", "fault-judge-not-on-panel"),
            (7, "C", "fault-judge-needed"),
            (8, "C", "fault-judge-not-wanted"),
            (9, "D", "fault-mark-not-a-number"),
        ];
        assert_eq!(reasons(&read), wanted);
    }
}
