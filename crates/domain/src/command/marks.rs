//! Commands of the scoring screen.

use super::files::{File, Upload};
use super::registration::{ImportPreview, Imported};
use super::{Needs, Role};
use crate::command;
use crate::ids::{EntryId, EventId, FactId, ItemId, JudgeId};
use jiangsai_scoring::text::Text;
use serde::{Deserialize, Serialize};

/// What the columns of a sheet are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetOf {
    /// One panel item, a column per judge.
    Item(ItemId),
    /// One judge's items of a module, a column per item. `judge` is `None` for agreed and measured items.
    Module {
        /// Module id.
        module: String,
        /// The judge.
        judge: Option<JudgeId>,
    },
}

command! {
    /// The grid for marks, rows by session and 赛位号, without names.
    ShowSheet in competition = "marks.sheet", Query, Needs::AnyOf(&[Role::Judge, Role::GroupLeader, Role::ChiefJudge, Role::Recorder]), {
        /// Which event.
        event: EventId,
        /// What to show; `None` for the first thing with marks missing.
        of: Option<SheetOf>
    } => Sheet
}

/// Reply of [`ShowSheet`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Everything one can choose from, in reading order, with how many cells are still to mark.
    pub choices: Vec<SheetChoice>,
    /// Which of them is shown.
    pub of: SheetOf,
    /// Heading.
    pub title: Text,
    /// The rule in words (配分, step, how judges' marks combine).
    pub rule: Text,
    /// Columns.
    pub columns: Vec<SheetColumn>,
    /// Rows.
    pub rows: Vec<SheetRow>,
    /// The results are final: nothing can be typed until they are reopened.
    pub locked: bool,
    /// Imported results of before the names were sealed, which are not shown until they are opened.
    #[serde(default)]
    pub veiled: usize,
}

/// Something to mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetChoice {
    /// What.
    pub of: SheetOf,
    /// Module it belongs to.
    pub module: Text,
    /// Its name.
    pub name: Text,
    /// Cells still to mark.
    pub open: u32,
    /// Cells in all.
    pub cells: u32,
}

/// A column of the grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetColumn {
    /// Heading: the judge's code or the item's id.
    pub head: String,
    /// What it means, for a tooltip and a screen reader.
    pub about: Text,
    /// Item marked in this column.
    pub item: ItemId,
    /// Judge that marks it, for a panel item.
    pub judge: Option<JudgeId>,
    /// The attempt, from 1.
    pub attempt: u16,
    /// The item of the rulebook, so that the screen checks range and step with the same code as the core.
    pub rule: jiangsai_scoring::rulebook::Item,
    /// Columns that are the entry's result of the whole row are not typed in.
    pub editable: bool,
}

/// A row of the grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRow {
    /// Entry.
    pub entry: EntryId,
    /// 场次, or empty.
    pub session: String,
    /// 赛位号 (or 参赛号 while there is none): whom, by blind code.
    pub station: String,
    /// Competes; otherwise its status as locale key.
    pub status: jiangsai_scoring::EntryStatus,
    /// Cells in column order.
    pub cells: Vec<SheetCell>,
    /// Result as printed (item or module), or empty.
    pub result: String,
    /// What to know about the row: locale key with arguments (`sheet-waiting` …, `sheet-spread`).
    pub note: Option<(String, Vec<(String, String)>)>,
}

/// A cell of the grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetCell {
    /// As shown: empty for not yet, `-` for absent, else the value.
    pub text: String,
    /// State.
    pub state: CellState,
    /// The current versions, to name in the next change.
    pub current: Vec<FactId>,
}

/// State of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellState {
    /// Nobody has marked it.
    NotYet,
    /// Nobody has marked it, and nobody will: the entry does not go on to the stage of the item.
    NotGoingOn,
    /// Saved.
    Saved,
    /// Saved, and left out by the rule (highest or lowest).
    Dropped,
    /// Saved, and out of line with the panel.
    OutOfLine,
    /// The judge is absent.
    Absent,
    /// Declared void.
    Void,
    /// Two different values cross; neither counts until the chief judge settles it.
    Crossing,
}

command! {
    /// Enters, changes or clears one mark. The reply comes only once it is durable.
    EnterMark in competition = "marks.enter", Mutation, Needs::AnyOf(&[Role::Judge, Role::GroupLeader, Role::ChiefJudge, Role::Recorder]), {
        /// Which event.
        event: EventId,
        /// Which entry.
        entry: EntryId,
        /// Which item.
        item: ItemId,
        /// Which judge, for a panel item.
        judge: Option<JudgeId>,
        /// Which attempt, from 1.
        #[serde(default = "first_attempt")]
        attempt: u16,
        /// As typed: a decimal, `mm:ss.f`, `-` for an absent judge, empty to clear. Full-width digits are accepted.
        text: String,
        /// The versions on screen; when others stand by then, the change crosses and is shown.
        replaces: Vec<FactId>,
        /// Why; required when the results were final before, and for what the chief judge adjusts.
        reason: String
    } => MarkSaved
}

/// A mark that is given once.
const fn first_attempt() -> u16 {
    1
}

/// Reply of [`EnterMark`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkSaved {
    /// The row as it is now.
    pub row: SheetRow,
    /// The record that holds the mark; `None` when nothing changed.
    pub fact: Option<FactId>,
}

command! {
    /// An empty marks file for an event: `entry,item,judge,value` with every place filled but the value.
    MarksTemplate in competition = "marks.template", Query, Needs::AnyOf(&[Role::Organiser, Role::Recorder]), {
        /// Which event.
        event: EventId
    } => File
}

/// A row of results whose number does not say for certain whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Row in the file, from 1.
    pub row: u32,
    /// Number as it stands there, or empty.
    pub number: String,
    /// Name as it stands there.
    pub name: String,
    /// Unit as it stands there, or empty.
    pub unit: String,
    /// Why it is asked: locale key (`question-…`) with arguments.
    pub why: (String, Vec<(String, String)>),
    /// Who it might be, the likeliest first; nobody where no such person is entered.
    pub candidates: Vec<Candidate>,
}

/// An entry to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The entry.
    pub entry: EntryId,
    /// 参赛号; the blind code while names are sealed.
    pub number: String,
    /// Name; empty while names are sealed.
    pub name: String,
    /// Unit, likewise.
    pub unit: String,
}

/// Whose a row is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Row in the file, from 1.
    pub row: u32,
    /// The entry; `None` leaves the row out, for somebody who is not entered.
    pub entry: Option<EntryId>,
}

command! {
    /// Reads a file of marks or theory results and says what it would do. Long form (`entry,item,judge,value`) or one row per entry
    /// with a column per item; entries by 参赛号, 准考证号 or 赛位号, headers in Chinese or English. A row with a name that its number does
    /// not bear out is a question.
    PreviewMarks in competition = "marks.preview", Query, Needs::AnyOf(&[Role::Organiser, Role::Recorder]), {
        /// Which event.
        event: EventId,
        /// The file.
        file: Upload,
        /// Answers to its questions.
        #[serde(default)]
        answers: Vec<Answer>
    } => MarksPreview
}

/// Reply of [`PreviewMarks`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarksPreview {
    /// What the file would do.
    #[serde(flatten)]
    pub file: ImportPreview,
    /// What has to be answered, and what was.
    pub questions: Vec<Question>,
    /// Entries that compete and have no result for a column of the file, neither in it nor on record.
    pub missing: Vec<Candidate>,
    /// Marks on record that the file would change, and what the chief judge adjusts: the import wants a reason for them.
    pub changes: Vec<MarkChange>,
}

/// A mark that a file would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkChange {
    /// 参赛号; the blind code while names are sealed.
    pub entry: String,
    /// Item.
    pub item: ItemId,
    /// Code of the judge, or empty.
    pub judge: String,
    /// Attempt, from 1.
    pub attempt: u16,
    /// What stands, as shown; empty for what the chief judge adjusts for the first time.
    pub before: String,
    /// What the file says.
    pub after: String,
}

command! {
    /// Imports marks, all or none.
    ImportMarks in competition = "marks.import", Mutation, Needs::AnyOf(&[Role::Organiser, Role::Recorder]), {
        /// Which event.
        event: EventId,
        /// The same file.
        file: Upload,
        /// Token of the preview.
        token: String,
        /// Answers to its questions, as previewed.
        #[serde(default)]
        answers: Vec<Answer>,
        /// Entries without a result that were absent (缺考): recorded as such for every column of the file.
        #[serde(default)]
        absent: Vec<EntryId>,
        /// Why marks on record are changed, or adjusted by the chief judge; may be empty when none is.
        #[serde(default)]
        reason: String
    } => Imported
}
