//! One file of marks, row by row.

use super::columns::{Column, column, find_item, is_same_code, is_same_number, judge_of};
use super::questions::{Found, Whose, question};
use super::{MarksContext, ReadMark};
use crate::command::marks::Question;
use crate::ids::{EntryId, ItemId, JudgeId};
use crate::import::{Faults, number, why};
use crate::table::{Table, is_error};
use crate::view::Words;
use jiangsai_scoring::rulebook::Input;
use jiangsai_scoring::{Mark, input};
use std::collections::BTreeMap;

/// Reads rows and collects marks, faults and notes.
pub(super) struct Reader<'t, 'c> {
    table: &'t Table,
    context: &'c MarksContext<'c>,
    columns: Vec<Option<Column>>,
    header: usize,
    pub(super) faults: Faults<'t>,
    pub(super) notes: Vec<Words>,
    pub(super) marks: Vec<ReadMark>,
    pub(super) questions: Vec<Question>,
    /// Row of each place that was read.
    seen: BTreeMap<(EntryId, String, Option<JudgeId>, u16), usize>,
}

impl<'t, 'c> Reader<'t, 'c> {
    pub(super) fn new(table: &'t Table, header: usize, context: &'c MarksContext<'c>) -> Self {
        let mut faults = Faults::new(table, header);
        let mut notes = Vec::new();
        let mut columns: Vec<Option<Column>> = Vec::new();
        for at in 0..table.rows[header].len() {
            let text = table.cell(header, at);
            let found = column(text, context).unwrap_or_else(|reason| {
                faults.cell(header, at, reason);
                Some(Column::Ignored)
            });
            let faulty = faults.list.last().is_some_and(|fault| fault.column == crate::table::column_letter(at));
            if found.is_some() && found != Some(Column::Ignored) && columns.contains(&found) {
                faults.cell(header, at, why("fault-duplicate-column", &[("column", text)]));
            }
            if !text.is_empty() && !faulty && matches!(found, None | Some(Column::Ignored)) {
                notes.push(why("note-column-left-out", &[("column", text)]));
            }
            columns.push(found);
        }
        let (marks, questions, seen) = (Vec::new(), Vec::new(), BTreeMap::new());
        let mut reader = Self { table, context, columns, header, faults, notes, marks, questions, seen };
        let whose = [Column::Entry, Column::Admission, Column::Station, Column::Name];
        if whose.iter().all(|column| reader.at(column).is_none()) {
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

    pub(super) fn is_complete(&self) -> bool {
        self.faults.list.is_empty()
    }

    pub(super) fn described(&self) -> Vec<(String, String)> {
        let key = |column: &Option<Column>| match column {
            Some(Column::Entry) => "column-entry",
            Some(Column::Admission) => "column-admission",
            Some(Column::Station) => "column-station",
            Some(Column::Name) => "column-name",
            Some(Column::Unit) => "column-unit",
            Some(Column::Item) => "column-item",
            Some(Column::Judge) => "column-judge",
            Some(Column::Attempt) => "column-attempt",
            Some(Column::Value) => "column-value",
            Some(Column::Of(..)) => "column-mark",
            Some(Column::Ignored) | None => "",
        };
        let headers = self.columns.iter().enumerate();
        headers.map(|(at, column)| (self.table.cell(self.header, at).to_owned(), key(column).to_owned())).collect()
    }

    /// Items with one value that have a column of their own.
    pub(super) fn items(&self) -> Vec<ItemId> {
        let own = self.columns.iter().filter_map(|column| match column {
            Some(Column::Of(item, None)) => self.context.rulebook.items().get(*item),
            _ => None,
        });
        own.map(|item| item.id.as_str().into()).collect()
    }

    pub(super) fn row(&mut self, row: usize) {
        if self.has_errors(row) {
            return;
        }
        let Some(entry) = self.entry(row) else { return };
        if self.is_long() {
            self.long(row, &entry);
            return;
        }
        for at in 0..self.columns.len() {
            if let Some(Column::Of(item, judge)) = self.columns[at].clone()
                && !self.table.cell(row, at).trim().is_empty()
                && let Some(judge) = self.sitting(row, at, &entry, item, judge)
            {
                self.mark(row, at, &entry, (item, judge, 1));
            }
        }
    }

    /// Names the cells of a row in which a formula has no value.
    fn has_errors(&mut self, row: usize) -> bool {
        let is_used = |at: &usize| !matches!(self.columns[*at], None | Some(Column::Ignored));
        let broken: Vec<usize> =
            (0..self.columns.len()).filter(is_used).filter(|at| is_error(self.table.cell(row, *at))).collect();
        for at in &broken {
            self.faults.cell(row, *at, why("fault-cell-error", &[("value", self.table.cell(row, *at))]));
        }
        !broken.is_empty()
    }

    /// Whose mark it is for this entry, where somebody marks it.
    fn sitting(
        &mut self,
        row: usize,
        at: usize,
        entry: &EntryId,
        item: usize,
        judge: Option<JudgeId>,
    ) -> Option<Option<JudgeId>> {
        let Some(named) = judge else { return Some(None) };
        match (self.context.judge_for)(entry, &self.context.rulebook.items()[item], &named) {
            Ok(sitting) => Some(sitting),
            Err(code) => {
                let known = self.context.judges.iter().find(|(_, id)| *id == named);
                let value = known.map_or("", |(code, _)| code.as_str());
                self.faults.cell(row, at, why(&format!("fault-{code}"), &[("value", value)]));
                None
            }
        }
    }

    /// By 参赛号, by 准考证号, or by 赛位号 where the file has no column for either; else a person says whose the row is.
    fn entry(&mut self, row: usize) -> Option<EntryId> {
        let ways = [Column::Entry, Column::Admission, Column::Station];
        let numbered = ways.iter().find_map(|column| Some((column, self.at(column)?)));
        let found = numbered.map_or(Found::Nobody, |(column, at)| self.numbered(column, self.table.cell(row, at)));
        let asked = match (&found, self.asked(row, &found)) {
            (Found::One(only), None) => return Some(only.clone()),
            (_, Some(asked)) => asked,
            (found, None) => {
                let at = numbered.map(|(_, at)| at).or_else(|| self.at(&Column::Name)).unwrap_or_default();
                let text = self.table.cell(row, at);
                let key = if *found == Found::Several { "fault-ambiguous-entry" } else { "fault-unknown-entry" };
                self.faults.cell(row, at, why(key, &[("value", text)]));
                return None;
            }
        };
        let answer = self.context.answers.get(&asked.row).cloned();
        if answer.is_none() {
            let at = self.at(&Column::Name).unwrap_or_default();
            self.faults.cell(row, at, why("fault-question", &[("name", &asked.name)]));
        }
        self.questions.push(asked);
        answer.flatten()
    }

    /// Whose number it is: as written, but for width and case, then but for leading zeros.
    fn numbered(&self, column: &Column, text: &str) -> Found {
        if text.is_empty() {
            return Found::Nobody;
        }
        let find = |same: &dyn Fn(&str) -> bool| -> Vec<EntryId> {
            let entries = self.context.entries.iter();
            let people = self.context.people.iter();
            match column {
                Column::Admission => people.filter(|one| same(&one.admission)).map(|one| one.entry.clone()).collect(),
                Column::Station => entries.filter(|(_, place, _)| same(place)).map(|(.., id)| id.clone()).collect(),
                _ => entries.filter(|(number, ..)| same(number)).map(|(.., id)| id.clone()).collect(),
            }
        };
        let ways: [&dyn Fn(&str) -> bool; 3] =
            [&|own| own == text, &|own| is_same_code(own, text), &|own| is_same_number(own, text)];
        let found = ways.into_iter().map(find).find(|found| !found.is_empty()).unwrap_or_default();
        match <[EntryId; 1]>::try_from(found) {
            Ok([only]) => Found::One(only),
            Err(none) if none.is_empty() => Found::Nobody,
            Err(_) => Found::Several,
        }
    }

    /// What a person has to be asked about a row, if anything.
    fn asked(&self, row: usize, found: &Found) -> Option<Question> {
        let text = |column: &Column| self.at(column).map_or("", |at| self.table.cell(row, at));
        let whose = Whose {
            row: number(row),
            number: [Column::Entry, Column::Admission]
                .iter()
                .map(text)
                .find(|text| !text.is_empty())
                .unwrap_or_default(),
            name: text(&Column::Name),
            unit: text(&Column::Unit),
        };
        question(&whose, found, self.context.people)
    }

    fn long(&mut self, row: usize, entry: &EntryId) {
        let (Some(item_at), Some(value_at)) = (self.at(&Column::Item), self.at(&Column::Value)) else { return };
        let text = self.table.cell(row, item_at);
        let Some(item) = find_item(text, self.context.rulebook) else {
            return self.faults.cell(row, item_at, why("fault-unknown-item", &[("value", text)]));
        };
        let judge_at = self.at(&Column::Judge);
        let code = judge_at.map_or("", |at| self.table.cell(row, at));
        let at = judge_at.unwrap_or(item_at);
        let judge = match (self.context.rulebook.items()[item].panel().is_some(), code) {
            (false, "") => None,
            (false, _) => return self.faults.cell(row, at, why("fault-judge-not-wanted", &[])),
            (true, "") => return self.faults.cell(row, at, why("fault-judge-needed", &[])),
            (true, code) => match judge_of(code, item, self.context) {
                // A row that was left empty changes nothing, whoever it names.
                Ok(named) if self.table.cell(row, value_at).trim().is_empty() => Some(named),
                Ok(named) => match self.sitting(row, at, entry, item, Some(named)) {
                    Some(judge) => judge,
                    None => return,
                },
                Err(reason) => return self.faults.cell(row, at, reason),
            },
        };
        let most = self.context.rulebook.items()[item].attempt_count();
        let attempt = match self.at(&Column::Attempt).map(|at| (at, self.table.cell(row, at))) {
            None | Some((_, "")) => 1,
            Some((at, text)) => match input::half_width(text).parse::<u16>() {
                Ok(attempt) if (1..=most).contains(&attempt) => attempt,
                _ => {
                    let most = most.to_string();
                    return self.faults.cell(
                        row,
                        at,
                        why("fault-unknown-attempt", &[("value", text), ("most", &most)]),
                    );
                }
            },
        };
        self.mark(row, value_at, entry, (item, judge, attempt));
    }

    fn mark(&mut self, row: usize, at: usize, entry: &EntryId, (item, judge, attempt): (usize, Option<JudgeId>, u16)) {
        let text = self.table.cell(row, at);
        let rule = &self.context.rulebook.items()[item];
        let place = (entry.clone(), rule.id.clone(), judge.clone(), attempt);
        if let Some(before) = self.seen.insert(place, row) {
            let before = number(before).to_string();
            return self.faults.cell(row, at, why("fault-duplicate-mark", &[("row", &before)]));
        }
        if matches!(rule.input, Input::Time { .. }) && self.table.minutes.contains(&(row, at)) {
            return self.faults.cell(row, at, why("fault-time-unclear", &[("value", text)]));
        }
        match input::parse_mark(rule, text) {
            Ok(Mark::NotYet) => {}
            Ok(_) if (self.context.crosses)(entry, rule, judge.as_ref(), attempt) => {
                self.faults.cell(row, at, why("fault-mark-crossing", &[("value", text)]));
            }
            Ok(mark) => {
                let item = rule.id.as_str().into();
                self.marks.push(ReadMark { entry: entry.clone(), item, judge, attempt, mark });
            }
            Err(fault) => {
                let mut reason = (format!("fault-mark-{}", fault.code().replace('_', "-")), fault.args());
                reason.1.push(("value".to_owned(), text.to_owned()));
                self.faults.cell(row, at, reason);
            }
        }
    }
}
