//! Marks and theory results: one mark a row (`entry,item,judge,value`), or one entry a row with a column per item.
//!
//! A row is whose number it bears. A name is never enough: who it might be is asked, and a person answers.

mod columns;
mod questions;
mod reader;

use self::columns::{Column, column};
use self::reader::Reader;
use super::{Faults, preview, why};
use crate::command::marks::Question;
use crate::command::registration::{CellFault, PreviewRow};
use crate::ids::{EntryId, ItemId, JudgeId};
use crate::table::Table;
use crate::view::Words;
use jiangsai_scoring::Mark;
use jiangsai_scoring::rulebook::{Item, Rulebook};
use std::collections::BTreeMap;

/// See [`MarksContext::judge_for`].
pub type JudgeFor<'a> = dyn Fn(&EntryId, &Item, &JudgeId) -> Result<Option<JudgeId>, &'static str> + 'a;

/// See [`MarksContext::crosses`].
pub type Crosses<'a> = dyn Fn(&EntryId, &Item, Option<&JudgeId>, u16) -> bool + 'a;

/// What marks are checked against.
#[derive(Clone, Copy)]
pub struct MarksContext<'a> {
    /// 参赛号, 赛位号 and id of each entry.
    pub entries: &'a [(String, String, EntryId)],
    /// The rulebook.
    pub rulebook: &'a Rulebook,
    /// Code and id of each judge.
    pub judges: &'a [(String, JudgeId)],
    /// The judges that mark an item, be it for one entry alone.
    pub seated: &'a dyn Fn(&Item) -> Vec<JudgeId>,
    /// Whose mark of an item it is for an entry, by the judge a file names: that judge, or who sits in that judge's seat; a refusal's code
    /// where nobody does.
    pub judge_for: &'a JudgeFor<'a>,
    /// Do different values stand side by side for a judge's item and attempt? A file does not settle them.
    pub crosses: &'a Crosses<'a>,
    /// Who stands behind the entries; nobody while names are sealed, for a file would tell who has which code.
    pub people: &'a [Known],
    /// Whose a row is, as a person answered: by row of the file, from 1; `None` leaves the row out.
    pub answers: &'a BTreeMap<u32, Option<EntryId>>,
}

/// An entry as an examination knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The entry.
    pub entry: EntryId,
    /// 参赛号, or empty.
    pub number: String,
    /// 准考证号, or empty.
    pub admission: String,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
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
    /// Attempt, from 1.
    pub attempt: u16,
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
    /// Rows whose number does not say for certain whose they are, in order.
    pub questions: Vec<Question>,
    /// Items with one value that the file has a column of their own for.
    pub items: Vec<ItemId>,
    /// Every fault; a question that nobody answered is one.
    pub faults: Vec<CellFault>,
    /// What to know that stops nothing.
    pub notes: Vec<Words>,
    /// Rows with data.
    pub total: u32,
}

/// Reads a file of marks.
#[must_use]
pub fn read(table: &Table, context: &MarksContext<'_>) -> MarksRead {
    let known = |text: &str| !matches!(column(text, context), Ok(None | Some(Column::Ignored)));
    // A broken header may hold the whole file.
    let Some(header) = table.header_row(2, known).filter(|header| !table.is_broken(*header)) else {
        let mut faults = Faults::new(table, 0);
        if table.broken.is_empty() {
            faults.file(why(if table.rows.is_empty() { "fault-no-rows" } else { "fault-no-marks-header" }, &[]));
        }
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
        items: reader.items(),
        marks: reader.marks,
        questions: reader.questions,
        faults: reader.faults.sorted(),
        notes: reader.notes,
        total: u32::try_from(rows.len()).unwrap_or(u32::MAX),
    }
}

#[cfg(test)]
mod tests;
