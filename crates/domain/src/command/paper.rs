//! Commands of paper sheets (统分): finding a sheet by its number, typing it, confirming it, settling what differs.

use super::{Needs, Role};
use crate::command;
use crate::ids::EventId;
use crate::paper::How;
use jiangsai_scoring::text::Text;
use serde::{Deserialize, Serialize};

/// Who works with paper.
pub(super) const CLERKS: Needs = Needs::AnyOf(&[Role::Recorder, Role::Checker, Role::ChiefJudge, Role::Organiser]);

command! {
    /// Every sheet and how far it is.
    ListSheets in competition = "paper.list", Query, CLERKS, {
        /// Which event.
        event: EventId
    } => SheetList
}

/// Reply of [`ListSheets`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetList {
    /// Results become final only with every sheet verified, or with a reason; otherwise only with those verified that were typed.
    pub wanted: bool,
    /// Sheets in the order in which they are printed.
    pub sheets: Vec<SheetLine>,
    /// Sheets that one person both typed and confirmed: sheet number and name.
    pub alone: Vec<(String, String)>,
}

/// One sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetLine {
    /// Its number, twelve digits.
    pub number: String,
    /// 场次, or empty.
    pub session: String,
    /// Blind code.
    pub code: String,
    /// Module.
    pub module: Text,
    /// Code of the judge; empty for agreed and measured items.
    pub judge: String,
    /// How far it is.
    pub state: SheetState,
}

/// How far a sheet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetState {
    /// Nobody typed it.
    Missing,
    /// Typed, and not confirmed: its marks count in provisional standings only.
    Recorded,
    /// The two entries differ, or marks changed since it was confirmed.
    Differs,
    /// The total on the paper is not that of its marks.
    TotalDiffers,
    /// Confirmed.
    Verified,
}

command! {
    /// Chooses whether results need every paper sheet verified.
    ChoosePaper in competition = "paper.choose", Mutation, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge]), {
        /// Which event.
        event: EventId,
        /// They do.
        wanted: bool
    } => ()
}

command! {
    /// One sheet by its number, as typed or scanned. Its marks are shown only for 唱分: a blind second entry does not see the first.
    FindSheet in competition = "paper.find", Query, CLERKS, {
        /// Which event.
        event: EventId,
        /// Its number.
        number: String,
        /// With its marks, to call them out.
        called: bool
    } => SheetForm
}

/// Reply of [`FindSheet`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetForm {
    /// The sheet.
    pub sheet: SheetLine,
    /// Its lines in reading order.
    pub lines: Vec<FormLine>,
    /// The sheet has a total that its marks can be compared with.
    pub has_total: bool,
    /// What differs and has to be settled; empty unless both entries are there.
    pub differences: Vec<Difference>,
    /// Total as typed and as computed, where they differ.
    pub totals: Option<(String, String)>,
    /// Who typed it, or empty: somebody else should confirm it.
    pub recorder: String,
}

/// One line to type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormLine {
    /// Item id, with the attempt where there are several.
    pub id: String,
    /// Name.
    pub name: Text,
    /// The item, so that the screen checks with the same code as the core.
    pub rule: jiangsai_scoring::rulebook::Item,
    /// It may stay empty.
    pub optional: bool,
    /// The mark, only where it is called out.
    pub mark: Option<String>,
}

/// A mark on which two entries differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Which line of the sheet, from 0.
    pub line: u32,
    /// The mark that stands.
    pub first: String,
    /// The mark that the checker found.
    pub second: String,
}

command! {
    /// Types a sheet: one text a line, as for single marks, and the total on the paper (`-` where it has none).
    RecordSheet in competition = "paper.record", Mutation, Needs::AnyOf(&[Role::Recorder, Role::ChiefJudge]), {
        /// Which event.
        event: EventId,
        /// Its number.
        number: String,
        /// The recorder, by name.
        by: String,
        /// Marks in the order of the lines.
        texts: Vec<String>,
        /// The total on the paper.
        total: String,
        /// Why; required when it changes marks that were there.
        reason: String
    } => SheetForm
}

command! {
    /// Confirms a sheet by typing it again, or by 唱分.
    CheckSheet in competition = "paper.check", Mutation, Needs::AnyOf(&[Role::Checker, Role::ChiefJudge]), {
        /// Which event.
        event: EventId,
        /// Its number.
        number: String,
        /// The checker, by name.
        by: String,
        /// How.
        how: How,
        /// Marks in the order of the lines.
        texts: Vec<String>
    } => SheetForm
}

command! {
    /// Settles what differs, with the paper at hand: the right mark for every difference, and the right total where that differs.
    SettleSheet in competition = "paper.settle", Mutation, Needs::AnyOf(&[Role::Checker, Role::ChiefJudge]), {
        /// Which event.
        event: EventId,
        /// Its number.
        number: String,
        /// Who settles it, by name.
        by: String,
        /// Line and right mark.
        texts: Vec<(u32, String)>,
        /// The total on the paper, or empty to leave it.
        total: String,
        /// Why; required.
        reason: String
    } => SheetForm
}
