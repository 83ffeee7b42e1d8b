//! Commands of the chief judge's view of the hall (裁判长).

use super::desk::SheetStage;
use super::marks::SheetCell;
use super::{Needs, Role};
use crate::command;
use crate::ids::{EntryId, EventId, ItemId, JudgeId, PanelId};
use crate::sheet::{Confirmation, SeatChange};
use jiangsai_scoring::text::Text;
use serde::{Deserialize, Serialize};

command! {
    /// The hall at a glance: who is behind, what is out of line, what waits for a decision.
    ShowHall in competition = "hall.show", Query, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge, Role::Supervisor]), {
        /// Which event.
        event: EventId
    } => Hall
}

/// Reply of [`ShowHall`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hall {
    /// By 场次, module and judge.
    pub groups: Vec<HallGroup>,
    /// Who competes, by 场次 and 赛位号, to choose from: entry, 场次 or empty, blind code.
    pub entries: Vec<(EntryId, String, String)>,
    /// Every sheet by 场次, 赛位号 and module. Those that are not handed in are the 未交表清单.
    pub sheets: Vec<HallSheet>,
    /// Panel marks that are out of line, or that cannot be checked.
    pub checks: Vec<HallCheck>,
    /// Marks to be given again.
    pub rescores: Vec<HallRescore>,
    /// Seats that somebody else sits in for one entry, or nobody.
    pub seats: Vec<HallSeat>,
    /// What contestants said to results on site, and 补时: session, 赛位号, module, what was said, seconds, reason.
    pub remarks: Vec<HallRemark>,
    /// Panels with their judges in seat order, to choose from.
    pub panels: Vec<(PanelId, Text, Vec<JudgeId>)>,
    /// Judges who did not retire, by code, to choose from.
    pub judges: Vec<(JudgeId, String)>,
    /// Items that panels mark, with the largest difference that the rules allow, as printed; empty where they set none.
    pub panel_items: Vec<(ItemId, Text, String)>,
    /// Items that the chief judge adjusts, with how many attempts each has.
    pub adjustable: Vec<(ItemId, Text, u16)>,
    /// What was adjusted, or taken back again.
    pub adjusted: Vec<HallAdjusted>,
}

/// What the chief judge adjusted (处罚、调整).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HallAdjusted {
    /// Which entry.
    pub entry: EntryId,
    /// 场次, or empty.
    pub session: String,
    /// Blind code.
    pub station: String,
    /// Which item.
    pub item: ItemId,
    /// Its name.
    pub name: Text,
    /// Which attempt, from 1.
    pub attempt: u16,
    /// What stands.
    pub cell: SheetCell,
    /// Why.
    pub reason: String,
}

/// A judge's work on a module in a 场次.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HallGroup {
    /// 场次, or empty.
    pub session: String,
    /// Name of the module.
    pub module: Text,
    /// The judge's code; empty for values marked once that nobody was named for.
    pub judge: String,
    /// Items still to mark.
    pub missing: u32,
    /// Items in all.
    pub items: u32,
    /// Sheets handed in.
    pub signed: u32,
    /// Sheets in all.
    pub sheets: u32,
}

/// A sheet in the hall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HallSheet {
    /// Which entry.
    pub entry: EntryId,
    /// Module id.
    pub module: String,
    /// The judge; `None` for values that are marked once.
    pub judge: Option<JudgeId>,
    /// 场次, or empty.
    pub session: String,
    /// Blind code.
    pub station: String,
    /// Name of the module.
    pub name: Text,
    /// The code of who writes it; empty where nobody was named.
    pub who: String,
    /// Ids of the items still to mark.
    pub missing: Vec<ItemId>,
    /// Is it signed?
    pub state: SheetStage,
    /// A mark changed after it was signed: it has to be opened and signed again.
    pub changed: bool,
    /// Its paper sheet is verified.
    pub verified: bool,
}

impl HallSheet {
    /// Is what stands on it what was signed for, or complete and verified on paper?
    #[must_use]
    pub fn is_handed_in(&self) -> bool {
        (self.state == SheetStage::Signed && !self.changed) || (self.verified && self.missing.is_empty())
    }
}

/// A check of a panel that did not pass, or could not run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HallCheck {
    /// Which entry.
    pub entry: EntryId,
    /// 场次, or empty.
    pub session: String,
    /// Blind code.
    pub station: String,
    /// Which item.
    pub item: ItemId,
    /// Its name.
    pub name: Text,
    /// Largest minus smallest mark, as printed; `None` when the check was not possible.
    pub spread: Option<String>,
    /// The limit in the rulebook, as printed.
    pub limit: String,
    /// How many judges have marked.
    pub marked: u16,
    /// Marks by judge: id, code, mark as shown.
    pub marks: Vec<(JudgeId, String, String)>,
}

/// A mark to be given again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HallRescore {
    /// Which entry.
    pub entry: EntryId,
    /// 场次, or empty.
    pub session: String,
    /// Blind code.
    pub station: String,
    /// Which item.
    pub item: ItemId,
    /// Whose mark; `None` for a value that is marked once.
    pub judge: Option<JudgeId>,
    /// The judge's code.
    pub who: String,
    /// Marks that stood when it was asked for.
    pub first: String,
    /// Marks as they stand now.
    pub now: String,
    /// It was marked again.
    pub done: bool,
    /// Why.
    pub reason: String,
}

/// A seat that somebody else sits in for one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HallSeat {
    /// Which entry.
    pub entry: EntryId,
    /// 场次, or empty.
    pub session: String,
    /// Blind code.
    pub station: String,
    /// Which panel.
    pub panel: PanelId,
    /// Whose seat.
    pub seat: JudgeId,
    /// That judge's code.
    pub judge: String,
    /// Who sits there, by code; empty where nobody does.
    pub sitting: String,
    /// Why; `None` while different answers stand side by side.
    pub why: Option<SeatChange>,
    /// The reason.
    pub reason: String,
}

/// What happened at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HallRemark {
    /// 场次, or empty.
    pub session: String,
    /// Blind code.
    pub station: String,
    /// Name of the module.
    pub module: Text,
    /// What the contestant said to the results.
    pub confirmed: Option<Confirmation>,
    /// 补时 in seconds.
    pub seconds: u32,
    /// Why.
    pub reason: String,
}

command! {
    /// Opens a signed sheet again.
    ReopenSheet in competition = "sheets.reopen", Mutation, Needs::AnyOf(&[Role::ChiefJudge]), {
        /// Which event.
        event: EventId,
        /// Which entry.
        entry: EntryId,
        /// Which module; empty for items that stand in none.
        module: String,
        /// Whose; `None` for values that are marked once.
        judge: Option<JudgeId>,
        /// Why; required.
        reason: String
    } => ()
}

command! {
    /// Asks for a mark to be given again, and opens its sheet; or takes the request back. The first mark stays on record.
    RequestRescore in competition = "marks.rescore", Mutation, Needs::AnyOf(&[Role::ChiefJudge]), {
        /// Which event.
        event: EventId,
        /// Which entry.
        entry: EntryId,
        /// Which item.
        item: ItemId,
        /// Whose marks; empty for everybody who marked it.
        judges: Vec<JudgeId>,
        /// Take the request back.
        withdraw: bool,
        /// Why; required.
        reason: String
    } => ()
}

command! {
    /// 回避: a judge does not mark an entry, and a 候补裁判 does; or that judge does after all.
    SetSeat in competition = "seats.set", Mutation, Needs::AnyOf(&[Role::ChiefJudge]), {
        /// Which event.
        event: EventId,
        /// Which entry.
        entry: EntryId,
        /// Which panel.
        panel: PanelId,
        /// Whose seat.
        seat: JudgeId,
        /// 回避; false when the judge marks the entry after all.
        recused: bool,
        /// 候补裁判; `None` leaves the seat empty, and the rulebook says what that means.
        substitute: Option<JudgeId>,
        /// Why; required.
        reason: String
    } => ()
}

command! {
    /// Replaces a judge on a panel. Entries that the judge has marked to the end keep those marks; the new judge marks the others, and
    /// what was half-marked from the beginning. Signed sheets are never set aside: it is refused while that would be so.
    ReplaceJudge in competition = "judges.replace", Mutation, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge]), {
        /// Which event.
        event: EventId,
        /// Which panel.
        panel: PanelId,
        /// Who leaves.
        judge: JudgeId,
        /// Who comes.
        by: JudgeId,
        /// Why; required unless this is a preview.
        reason: String,
        /// Only say what it would do.
        #[serde(default)]
        preview: bool
    } => Replaced
}

/// What replacing a judge does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// Entries that keep the marks of who leaves.
    pub kept: u32,
    /// Entries that who leaves had begun and who comes marks from the beginning.
    pub anew: u32,
    /// Marks on those that no longer count.
    pub marks: u32,
}
