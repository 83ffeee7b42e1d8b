//! Commands about draws (抽签), sealing (加密) and unsealing (解密).

use super::{Needs, Role};
use crate::command;
use crate::draw::{Layer, Office};
use crate::ids::{DrawId, EntryId, EventId};
use jiangsai_scoring::{EntryStatus, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who keeps draws.
const DRAWERS: Needs = Needs::AnyOf(&[Role::Organiser, Role::DrawOfficer]);
/// Who may look on.
const WATCHERS: Needs = Needs::AnyOf(&[Role::Organiser, Role::DrawOfficer, Role::Supervisor]);
/// Who seals and unseals.
const OFFICERS: Needs = Needs::AnyOf(&[Role::DrawOfficer, Role::Supervisor]);

command! {
    /// One draw: who has which lot, who has none yet. While sealed only codes and statuses.
    ShowDraw in competition = "draw.show", Query, WATCHERS, {
        /// Which event.
        event: EventId,
        /// Layer and 场次 (empty for the whole event); `None` for the first draw that is not complete.
        of: Option<(Layer, String)>
    } => DrawView
}

/// Reply of [`ShowDraw`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawView {
    /// Everything that can be drawn: each layer for the whole event and, above 参赛号, for each 场次.
    pub choices: Vec<DrawChoice>,
    /// Layer and 场次 of what is shown.
    pub of: (Layer, String),
    /// The draw that stands.
    pub held: Option<HeldView>,
    /// Draws that cross, to choose from; empty unless they do.
    pub crossing: Vec<HeldView>,
    /// Rows by 场次 and the number of the layer below; while sealed by blind code.
    pub rows: Vec<DrawRow>,
    /// Entries among them that have marks already; not counted while sealed.
    #[serde(default)]
    pub marked: u32,
    /// Whether names are sealed, and what stands in the way.
    pub seal: SealView,
    /// The results are final: nothing can be drawn any more.
    pub locked: bool,
    /// Stages from which a status can hold; none where the event has but one.
    pub stages: Vec<(String, Text)>,
}

impl DrawView {
    /// The draw that is begun and not complete, or where none is begun the one that is shown: layer, and how many have no lot. Names can be
    /// sealed all the same: who has no lot goes by the number of before.
    #[must_use]
    pub fn undrawn(&self) -> Option<(Layer, u32)> {
        let left = |choice: &DrawChoice| (choice.layer, choice.entries.saturating_sub(choice.drawn));
        let begun = self.choices.iter().filter(|choice| choice.begun);
        let found = match begun.clone().next() {
            Some(_) => begun.map(left).find(|(_, left)| *left > 0),
            None => {
                self.choices.iter().find(|choice| (choice.layer, &choice.session) == (self.of.0, &self.of.1)).map(left)
            }
        };
        found.filter(|(_, left)| *left > 0)
    }
}

/// Something that can be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawChoice {
    /// Layer.
    pub layer: Layer,
    /// 场次, or empty for the whole event.
    pub session: String,
    /// Entries with a lot.
    pub drawn: u32,
    /// Entries that draw.
    pub entries: u32,
    /// A draw stands here, or several cross.
    pub begun: bool,
}

/// A draw that was held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldView {
    /// Its id.
    pub draw: DrawId,
    /// Seed of a computer's draw; `None` for paper lots.
    pub seed: Option<String>,
    /// Whether seed and lots agree; `None` for paper lots and while sealed.
    pub agrees: Option<bool>,
    /// When it began, milliseconds since 1970.
    pub at: i64,
    /// Who recorded it.
    pub actor: String,
    /// Lots in it.
    pub lots: u32,
    /// How many draws were voided before it.
    pub voided: u32,
}

/// One entry in a draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawRow {
    /// Its id; its blind code while sealed.
    pub entry: EntryId,
    /// Name; empty while sealed.
    pub name: String,
    /// Unit; empty while sealed.
    pub unit: String,
    /// 参赛号, or 场次 and 赛位号 for 评审号: what it had before; empty while sealed.
    pub before: String,
    /// 场次: drawn or registered.
    pub session: String,
    /// What it drew, or empty; its blind code while sealed.
    pub code: String,
    /// Two lots cross: it has none until it is typed again.
    pub crossing: bool,
    /// Another entry has the same.
    pub double: bool,
    /// Its status.
    pub status: EntryStatus,
    /// The stage from which the status holds, where that is not the beginning.
    pub stage: Option<String>,
}

/// Sealing as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealView {
    /// Names are sealed.
    pub sealed: bool,
    /// By a lock: any two of three codes open it.
    #[serde(default)]
    pub locked: bool,
    /// The marks on the papers of the locks that wait for codes; several where computers locked side by side.
    #[serde(default)]
    pub marks: Vec<String>,
    /// Names of draw officer and supervisor who sealed last, and when (milliseconds since 1970).
    pub by: Option<(String, String, i64)>,
    /// Who confirmed the unsealing: office, name, when.
    pub opened: Vec<(Office, String, i64)>,
    /// Entries that compete and have no blind code of their own; none may when names are sealed.
    pub missing: u32,
    /// It can be unsealed without a reason: results are final or confirmed, or wait for the names; of a lock, everything is marked and signed.
    pub done: bool,
    /// Who seals and marks too: locale keys with arguments.
    pub warnings: Vec<(String, Vec<(String, String)>)>,
}

command! {
    /// Records what one entry drew; the first lot begins the draw. An empty code takes a lot back.
    RecordLot in competition = "draw.record", Mutation, DRAWERS, {
        /// Which event.
        event: EventId,
        /// Which layer.
        layer: Layer,
        /// 场次, or empty for the whole event.
        session: String,
        /// Which entry.
        entry: EntryId,
        /// 场次 on the lot, where the whole event draws places; else empty.
        lot_session: String,
        /// The number on the lot.
        code: String,
        /// Why; required to change a lot.
        reason: String
    } => ()
}

command! {
    /// Draws for everybody by computer. The seed is recorded.
    DrawByComputer in competition = "draw.by_computer", Mutation, DRAWERS, {
        /// Which event.
        event: EventId,
        /// Which layer.
        layer: Layer,
        /// 场次, or empty for the whole event.
        session: String,
        /// Letters before the number.
        prefix: String,
        /// Stations of a 场次, where the whole event draws places; 0 for one 场次.
        stations: u32,
        /// The draw it voids, if one stands.
        voids: Option<DrawId>,
        /// Why; required when it voids one.
        reason: String
    } => u32
}

command! {
    /// Exchanges what two entries drew in a layer, or were given where nobody drew: also while sealed, by blind code and without a name.
    SwapLots in competition = "draw.swap", Mutation, DRAWERS, {
        /// Which event.
        event: EventId,
        /// Which layer; that of their blind codes where none is named.
        layer: Option<Layer>,
        /// One of the two, by its id; by its blind code while sealed.
        one: EntryId,
        /// The other.
        other: EntryId,
        /// Why; required.
        reason: String
    } => ()
}

command! {
    /// Voids a draw, so that it can be held again.
    VoidDraw in competition = "draw.void", Mutation, DRAWERS, {
        /// Which event.
        event: EventId,
        /// Which layer.
        layer: Layer,
        /// 场次, or empty for the whole event.
        session: String,
        /// The draw to void.
        draw: DrawId,
        /// Why; required.
        reason: String
    } => ()
}

command! {
    /// Chooses one of several draws that cross.
    ChooseDraw in competition = "draw.choose", Mutation, DRAWERS, {
        /// Which event.
        event: EventId,
        /// Which layer.
        layer: Layer,
        /// 场次, or empty for the whole event.
        session: String,
        /// The draw that stands.
        draw: DrawId,
        /// Why; required.
        reason: String
    } => ()
}

command! {
    /// 加密: names disappear until two people open the seal.
    SealNames in competition = "draw.seal", Mutation, OFFICERS, {
        /// Which event.
        event: EventId,
        /// The draw officer, by name.
        officer: String,
        /// The supervisor, by name.
        supervisor: String
    } => ()
}

command! {
    /// What it takes to lock (密封) the names of an event: a key and three opening codes that are kept nowhere yet, and what they make of the numbers.
    PrepareLock in competition = "draw.prepare_lock", Query, OFFICERS, {
        /// Which event.
        event: EventId,
        /// Letters before the 评审号.
        prefix: String
    } => LockPlan
}

/// Reply of [`PrepareLock`]: to be printed, handed out, and given to [`LockNames`]. Nothing of it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockPlan {
    /// What the ids while locked follow from: 64 hex digits.
    pub key: String,
    /// The three opening codes, thirty letters in groups of five.
    pub codes: BTreeMap<Office, String>,
    /// By the number of now.
    pub labels: Vec<Label>,
    /// Four letters that tell these papers from others.
    #[serde(default)]
    pub mark: String,
}

/// Which 评审号 goes on the work of a station.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// 场次 and 赛位号, or 参赛号, until it is locked.
    pub before: String,
    /// 评审号, once it is locked.
    pub code: String,
}

command! {
    /// 密封: from now on works go by new numbers, and nobody can say whose they are without two of the three codes.
    LockNames in competition = "draw.lock", Mutation, OFFICERS, {
        /// Which event.
        event: EventId,
        /// The draw officer, by name.
        officer: String,
        /// The supervisor, by name.
        supervisor: String,
        /// Letters before the 评审号.
        prefix: String,
        /// As in [`LockPlan`].
        key: String,
        /// As in [`LockPlan`].
        codes: BTreeMap<Office, String>,
        /// As in [`LockPlan`]: they were printed.
        labels: Vec<Label>
    } => ()
}

command! {
    /// The envelope that was put away (备用信封) is opened: it stands in for one of the two who open a lock.
    OpenEnvelope in competition = "draw.open_envelope", Mutation, Needs::AnyOf(&[Role::ChiefJudge]), {
        /// Which event.
        event: EventId,
        /// Who opens it, by name.
        name: String,
        /// The opening code in it.
        code: String,
        /// Why; required while marks are missing or sheets not signed.
        reason: String
    } => ()
}

command! {
    /// 解密 by one of two people. Names appear when both have confirmed.
    OpenSeal in competition = "draw.unseal", Mutation, OFFICERS, {
        /// Which event.
        event: EventId,
        /// In which office; the envelope is opened by [`OpenEnvelope`].
        office: Office,
        /// Who confirms, by name.
        name: String,
        /// The opening code of the office; empty where the seal is no lock.
        #[serde(default)]
        code: String,
        /// Why; required before the results are final.
        reason: String
    } => ()
}
