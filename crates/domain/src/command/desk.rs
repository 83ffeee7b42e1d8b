//! Commands of the judge's desk (评分台). A judge signs in by PIN and gets a token; everything at the desk is asked for with it, and
//! shows blind codes and the judge's own sheets alone.

use super::marks::SheetCell;
use super::{Needs, Role};
use crate::command;
use crate::command::judging::JudgeKind;
use crate::ids::{EntryId, EventId, FactId, ItemId, JudgeId};
use crate::sheet::Confirmation;
use jiangsai_scoring::EntryStatus;
use jiangsai_scoring::rulebook::Item;
use jiangsai_scoring::text::Text;
use serde::{Deserialize, Serialize};

/// What a desk is for; what is empty is not limited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskLock {
    /// Only this judge signs in here.
    pub judge: Option<JudgeId>,
    /// Only this 场次 is marked here.
    pub session: String,
    /// Only this 赛位号 is marked here.
    pub station: String,
}

command! {
    /// Who can sign in at this desk.
    ShowSeats in competition = "desk.seats", Query, Needs::Anyone, {} => DeskSeats
}

/// Reply of [`ShowSeats`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskSeats {
    /// Judges with a PIN on this computer, by code: id, code and kind.
    pub judges: Vec<(JudgeId, String, JudgeKind)>,
    /// What this desk is for.
    pub lock: DeskLock,
    /// 场次 one may choose from.
    pub sessions: Vec<String>,
}

command! {
    /// Says what this desk is for, on this computer, and whether its windows and browsers show anything else. Never a fact.
    LockDesk in competition = "desk.lock", Mutation, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge]), {
        /// What it is for.
        lock: DeskLock,
        /// Digits that whoever leaves the desk has to type; empty leaves the other pages open.
        #[serde(default)]
        release: String
    } => ()
}

command! {
    /// Opens the other pages of this computer again. After five wrong codes one has to wait, each time longer.
    ReleaseDesk in competition = "desk.release", Mutation, Needs::Anyone, {
        /// The digits that were set.
        release: String
    } => ()
}

command! {
    /// Signs a judge in at this desk. After five wrong PINs the judge has to wait, each time longer.
    SignIn in competition = "desk.sign_in", Mutation, Needs::Anyone, {
        /// Who.
        judge: JudgeId,
        /// The PIN.
        pin: String
    } => SignedIn
}

/// Reply of [`SignIn`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// The token to ask with; good until one signs out or the program ends.
    pub token: String,
    /// The judge's code.
    pub code: String,
}

command! {
    /// Signs out.
    SignOut in competition = "desk.sign_out", Mutation, Needs::Anyone, {
        /// The token.
        token: String
    } => ()
}

command! {
    /// Lets a colleague look: from now on nothing can be typed with this token.
    LetLook in competition = "desk.look", Mutation, Needs::Anyone, {
        /// The token.
        token: String
    } => ()
}

/// A sheet at a desk.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskPlace {
    /// Which entry.
    pub entry: EntryId,
    /// Which module; empty for items that stand in none.
    pub module: String,
    /// The sheet of values that are marked once, which the group leader writes; else the judge's own.
    pub common: bool,
}

command! {
    /// The sheets of a judge, and one of them.
    ShowDesk in competition = "desk.show", Query, Needs::Desk, {
        /// Which event.
        event: EventId,
        /// The token.
        token: String,
        /// Which sheet; `None` for the first that is not signed.
        at: Option<DeskPlace>
    } => DeskView
}

/// Reply of [`ShowDesk`] and of everything that changes a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskView {
    /// The judge's code.
    pub code: String,
    /// The judge's kind.
    pub kind: JudgeKind,
    /// A colleague looks on: nothing can be typed.
    pub looking: bool,
    /// The results are final: nothing can be typed.
    pub locked: bool,
    /// The judge's sheets by 场次, 赛位号 and module.
    pub sheets: Vec<DeskLine>,
    /// The sheet asked for; `None` when the judge has none.
    pub sheet: Option<DeskSheet>,
}

/// A sheet in the list of a desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskLine {
    /// Which sheet.
    pub at: DeskPlace,
    /// 场次, or empty.
    pub session: String,
    /// Blind code.
    pub station: String,
    /// Name of the module.
    pub module: Text,
    /// Marks as shown, by item.
    pub cells: Vec<(ItemId, String)>,
    /// Items still to mark.
    pub missing: u32,
    /// Is it signed?
    pub state: SheetStage,
}

/// How far a sheet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetStage {
    /// Not signed yet.
    Open,
    /// Signed.
    Signed,
    /// Opened again by the chief judge.
    Reopened,
    /// Signed and opened at the same time: the chief judge opens it again, or the judge signs again.
    Crossing,
}

impl DeskSheet {
    /// The versions of all its marks, as [`SignSheet`] wants them.
    #[must_use]
    pub fn marks(&self) -> Vec<FactId> {
        let cells = self.items.iter().flat_map(|item| &item.cells);
        cells.flat_map(|cell| cell.current.iter().cloned()).collect()
    }
}

/// A sheet as a judge sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskSheet {
    /// Which sheet.
    pub at: DeskPlace,
    /// 场次, or empty.
    pub session: String,
    /// Whom: the blind code.
    pub station: String,
    /// Status of the entry.
    pub status: EntryStatus,
    /// Name of the module.
    pub module: Text,
    /// What is marked.
    pub items: Vec<DeskItem>,
    /// Sum of what the marks are worth, as printed.
    pub total: String,
    /// Sum of the 配分, as printed; empty where none of the items has one.
    pub max: String,
    /// Ids of the items still to mark.
    pub missing: Vec<ItemId>,
    /// Is it signed?
    pub state: SheetStage,
    /// Why it was opened again, or empty.
    pub reason: String,
    /// 补时 in seconds.
    pub extra_time: u32,
    /// What the contestant said to the results on site.
    pub confirmed: Option<Confirmation>,
}

/// An item on a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskItem {
    /// The item of the rulebook, so that the screen checks range and step with the same code as the core.
    pub rule: Item,
    /// The rule in words.
    pub about: Text,
    /// Marks, one for each attempt.
    pub cells: Vec<SheetCell>,
    /// What it is worth, as printed; empty where it is not marked.
    pub worth: String,
    /// It need not be marked.
    pub optional: bool,
    /// The note beside it, or empty.
    pub note: String,
    /// Marks that stood when the chief judge asked to mark it again; empty where nobody asked.
    pub first: Vec<String>,
    /// Why the chief judge asked, or empty.
    pub why: String,
}

command! {
    /// Enters, changes or clears one mark of a judge's own sheet.
    DeskMark in competition = "desk.mark", Mutation, Needs::Desk, {
        /// Which event.
        event: EventId,
        /// The token.
        token: String,
        /// Which sheet.
        at: DeskPlace,
        /// Which item.
        item: ItemId,
        /// Which attempt, from 1.
        attempt: u16,
        /// As typed; see [`super::marks::EnterMark`].
        text: String,
        /// The versions on screen.
        replaces: Vec<FactId>,
        /// Why, once results were final; empty for the reason that the sheet was opened again with.
        reason: String
    } => DeskView
}

command! {
    /// Writes a note beside an item.
    DeskNote in competition = "desk.note", Mutation, Needs::Desk, {
        /// Which event.
        event: EventId,
        /// The token.
        token: String,
        /// Which sheet.
        at: DeskPlace,
        /// Which item.
        item: ItemId,
        /// The note, at most 200 letters; empty to take it back.
        text: String
    } => DeskView
}

command! {
    /// Signs a sheet as it was shown. Nothing may be missing on it.
    SignSheet in competition = "desk.sign", Mutation, Needs::Desk, {
        /// Which event.
        event: EventId,
        /// The token.
        token: String,
        /// Which sheet.
        at: DeskPlace,
        /// The versions of all marks on screen: when one has changed since, nothing is signed.
        marks: Vec<FactId>
    } => DeskView
}

command! {
    /// Records whether the contestant confirmed the results of the module on site.
    ConfirmResults in competition = "desk.confirm", Mutation, Needs::Desk, {
        /// Which event.
        event: EventId,
        /// The token.
        token: String,
        /// Which sheet.
        at: DeskPlace,
        /// What the contestant said.
        confirmation: Confirmation,
        /// Why; required for a refusal.
        reason: String
    } => DeskView
}

command! {
    /// Records 补时 of the module.
    AddTime in competition = "desk.extra_time", Mutation, Needs::Desk, {
        /// Which event.
        event: EventId,
        /// The token.
        token: String,
        /// Which sheet.
        at: DeskPlace,
        /// Seconds in all, at most four hours.
        seconds: u32,
        /// Why; required.
        reason: String
    } => DeskView
}
