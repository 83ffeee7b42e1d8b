//! Commands of finalising (定稿): what is missing step by step, and the confirmations. Making final and reopening are in
//! [`super::results`].

use super::competition::PhaseState;
use super::draw::SealView;
use super::duties::DutiesView;
use super::proposals::ProposalGroup;
use super::results::Finality;
use super::teams::TeamsView;
use super::{Needs, Role};
use crate::command;
use crate::confirmation::Duty;
use crate::ids::EventId;
use crate::view::Words;
use jiangsai_scoring::text::Text;
use serde::{Deserialize, Serialize};

command! {
    /// The way from the last mark to final results: every step with what is still missing.
    ShowFinalising in competition = "results.steps", Query, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge, Role::Supervisor, Role::Arbitrator]), {
        /// Which event.
        event: EventId
    } => FinalisingView
}

/// Reply of [`ShowFinalising`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinalisingView {
    /// The steps in order; the first that is not done comes next.
    pub steps: Vec<FinalStep>,
    /// Equal totals and how they were set apart, in order of rank.
    pub ties: Vec<TieNote>,
    /// Confirmations on record, the chief judge's first.
    pub confirmations: Vec<ConfirmedBy>,
    /// Whether names are sealed, and who confirmed that they are opened.
    pub seal: SealView,
    /// Who gets what, the highest award first; empty where the rules have no awards.
    pub awards: Vec<AwardLine>,
    /// 团体名次; `None` where the rulebook has no teams.
    pub teams: Option<TeamsView>,
    /// Honours and levels of the rulebook with those who are proposed (推荐、拟晋升); empty where the rulebook has none.
    pub proposals: Vec<ProposalGroup>,
    /// Who held which duties (人员与职责).
    pub duties: DutiesView,
    /// What is on screen, to confirm just that; see [`ConfirmResults::seen`].
    pub seen: String,
    /// Marks are missing, a re-check is not done, findings or borders of awards are open: the chief judge confirms with a reason or not at
    /// all.
    pub incomplete: bool,
    /// Final, and when and by whom.
    pub finalised: Option<Finality>,
}

impl FinalisingView {
    /// Is a confirmation wanted from this duty? The supervisor signs what the chief judge confirmed, though other steps be open: the chief
    /// judge said why.
    #[must_use]
    pub fn awaits(&self, duty: Duty) -> bool {
        let holds = |of: Duty| self.confirmations.iter().any(|own| own.duty == of && own.holds);
        !holds(duty) && (duty == Duty::ChiefJudge || holds(Duty::ChiefJudge))
    }

    /// Does locking want a reason: are names sealed, or borders of awards open?
    #[must_use]
    pub fn lock_wants_reason(&self) -> bool {
        let before = |step: &&FinalStep| matches!(step.id, FinalStepId::Unseal | FinalStepId::Awards);
        self.steps.iter().filter(before).any(|step| !step.missing.is_empty())
    }
}

/// A step of finalising.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FinalStepId {
    /// 全部交表.
    Sheets,
    /// 核对完成.
    Checked,
    /// 并列处理.
    Ties,
    /// 裁判长确认.
    ChiefJudge,
    /// 监督签字.
    Supervisor,
    /// 解密.
    Unseal,
    /// 奖项评定.
    Awards,
    /// 锁定.
    Lock,
}

impl FinalStepId {
    /// Its name in locale keys and test ids.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sheets => "sheets",
            Self::Checked => "checked",
            Self::Ties => "ties",
            Self::ChiefJudge => "chief-judge",
            Self::Supervisor => "supervisor",
            Self::Unseal => "unseal",
            Self::Awards => "awards",
            Self::Lock => "lock",
        }
    }
}

/// A step with what is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinalStep {
    /// Which.
    pub id: FinalStepId,
    /// Done, next or later.
    pub state: PhaseState,
    /// What is missing, in words.
    pub missing: Vec<Words>,
    /// What is to be known besides, in words.
    pub notes: Vec<Words>,
}

/// How an entry was set apart from the one before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TieNote {
    /// Its rank.
    pub rank: u32,
    /// 参赛号, or the blind code while names are sealed.
    pub number: String,
    /// Why, in words.
    pub why: Words,
}

/// A confirmation on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmedBy {
    /// In which duty.
    pub duty: Duty,
    /// Name.
    pub name: String,
    /// Milliseconds since 1970.
    pub at: i64,
    /// The standings are still what was confirmed.
    pub holds: bool,
}

/// An award and who gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwardLine {
    /// Its name.
    pub name: Text,
    /// Rank, number and name of each winner, in order of rank; no name while names are sealed.
    pub winners: Vec<(u32, String, String)>,
    /// Places nobody takes (空缺).
    pub vacant: u32,
    /// Equals on its border between whom somebody has to decide, by number.
    pub unsettled: Vec<String>,
}

command! {
    /// Confirms the standings as they were shown. Whatever changes them afterwards makes the confirmation void.
    ConfirmResults in competition = "results.confirm", Mutation, Needs::AnyOf(&[Role::ChiefJudge, Role::Supervisor]), {
        /// Which event.
        event: EventId,
        /// In which duty.
        duty: Duty,
        /// The name of the person who confirms.
        name: String,
        /// [`FinalisingView::seen`] of the standings that are confirmed: when they have changed since, nothing is.
        seen: String,
        /// Why it is done although marks are missing, findings or borders of awards are open; may be empty when nothing is.
        reason: String
    } => ()
}
