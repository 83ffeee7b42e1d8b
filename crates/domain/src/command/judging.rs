//! Commands about judges and panels.

use super::people::OwnKey;
use super::{Needs, Role};
use crate::command;
use crate::ids::{EventId, JudgeId, PanelId};
use jiangsai_scoring::text::Text;
use serde::{Deserialize, Serialize};

/// Kind of judge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JudgeKind {
    /// 现场裁判.
    #[default]
    OnSite,
    /// 评分裁判.
    Scoring,
    /// 计时裁判.
    Timing,
    /// 检录裁判.
    CheckIn,
    /// 加密裁判.
    Encryption,
    /// 裁判组长.
    GroupLeader,
    /// 裁判长.
    Chief,
}

impl JudgeKind {
    /// Locale key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::OnSite => "judge-kind-on-site",
            Self::Scoring => "judge-kind-scoring",
            Self::Timing => "judge-kind-timing",
            Self::CheckIn => "judge-kind-check-in",
            Self::Encryption => "judge-kind-encryption",
            Self::GroupLeader => "judge-kind-group-leader",
            Self::Chief => "judge-kind-chief",
        }
    }
}

/// A judge.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judge {
    /// Short code shown on sheets and grids (`P05`), unique in the competition.
    pub code: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: JudgeKind,
    /// Unit, or empty.
    pub unit: String,
    /// No longer judges.
    pub retired: bool,
}

command! {
    /// Judges and panels.
    ListJudges in competition = "judges.list", Query, Needs::SignedIn, {
        /// Event whose panels are wanted.
        event: EventId
    } => JudgeList
}

/// Reply of [`ListJudges`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JudgeList {
    /// Judges by code, with whether a PIN is set on this computer.
    pub judges: Vec<(JudgeId, Judge, bool)>,
    /// The keys with which they sign sheets, of those who have one or had one at this computer.
    pub keys: Vec<JudgeKeys>,
    /// Panels of the event's rulebook.
    pub panels: Vec<PanelView>,
    /// Modules with values that are marked once, each with its name and who writes them (裁判组长).
    pub leaders: Vec<(String, Text, Option<JudgeId>)>,
}

/// The keys of a judge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JudgeKeys {
    /// Whose.
    pub judge: JudgeId,
    /// The one at this computer.
    pub here: KeyHere,
    /// Those that count, at whichever computer.
    pub keys: Vec<OwnKey>,
}

/// How far a judge's key at this computer is: the one that was made known last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyHere {
    /// There is none.
    None,
    /// It waits for an organiser. The judge signs with it all the same.
    Waits,
    /// It counts.
    Counts,
    /// It was revoked: another PIN brings another.
    Revoked,
}

/// A panel and who sits on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PanelView {
    /// Panel id in the rulebook.
    pub id: PanelId,
    /// Name.
    pub name: Text,
    /// Seats the rulebook wants.
    pub seats: u32,
    /// Judges in seat order.
    pub members: Vec<JudgeId>,
    /// Marks by this panel exist.
    pub in_use: bool,
}

command! {
    /// Adds a judge (`id` empty) or changes one.
    SaveJudge in competition = "judges.save", Mutation, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge]), {
        /// Which judge, or `None` for a new one.
        id: Option<JudgeId>,
        /// The judge.
        judge: Judge
    } => JudgeId
}

command! {
    /// Sets a judge's PIN on this computer (4 to 12 digits), and makes a new key, with which the judge signs sheets. Neither the PIN nor what
    /// verifies it is ever a fact. Whoever signed in with the PIN of before is signed out.
    SetPin in competition = "judges.set_pin", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// Which judge.
        judge: JudgeId,
        /// The PIN.
        pin: String
    } => ()
}

command! {
    /// Seats judges on a panel.
    SetPanel in competition = "panels.set", Mutation, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge]), {
        /// Which event.
        event: EventId,
        /// Which panel.
        panel: PanelId,
        /// Judges in seat order.
        members: Vec<JudgeId>,
        /// Why; required once marks by this panel exist.
        reason: String
    } => ()
}

command! {
    /// Names who writes the values of a module that are marked once (裁判组长), at whose desk they then stand.
    SetLeader in competition = "modules.set_leader", Mutation, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge]), {
        /// Which event.
        event: EventId,
        /// Which module; empty for items that stand in none.
        module: String,
        /// Who, or nobody.
        judge: Option<JudgeId>
    } => ()
}
