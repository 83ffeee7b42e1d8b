//! Commands of re-checking results (成绩复核) and of what delegations ask (查分).

use super::paper::SheetLine;
use super::{Needs, Role};
use crate::command;
use crate::ids::{EntryId, EventId, InquiryId};
use crate::recheck::{Answer, Extent, Finding};
use serde::{Deserialize, Serialize};

const CHECKERS: Needs =
    Needs::AnyOf(&[Role::Checker, Role::ChiefJudge, Role::Organiser, Role::Supervisor, Role::Arbitrator]);

command! {
    /// The re-check of an event: its sheets, what was found, what was asked.
    ShowRecheck in competition = "recheck.show", Query, CHECKERS, {
        /// Which event.
        event: EventId
    } => RecheckView
}

/// Reply of [`ShowRecheck`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecheckView {
    /// Whose sheets; `None` before it was begun.
    pub extent: Option<Extent>,
    /// Seed of the sample, or empty.
    pub seed: String,
    /// Sheets to re-check, in the order in which they are printed.
    pub sheets: Vec<RecheckLine>,
    /// How many were re-checked.
    pub done: u32,
    /// How many of them have errors.
    pub wrong: u32,
    /// More than 5 % had errors: everything is re-checked.
    pub all: bool,
    /// What was asked, the unanswered first; none while names are sealed.
    pub inquiries: Vec<InquiryLine>,
    /// Names are sealed: nothing can be asked about anybody yet.
    pub sealed: bool,
}

/// A sheet to re-check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecheckLine {
    /// The sheet.
    pub sheet: SheetLine,
    /// Why it is re-checked: locale key.
    pub why: String,
    /// What was found; `None` before somebody looked, or where findings cross.
    pub finding: Option<Finding>,
}

/// What a delegation asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InquiryLine {
    /// The inquiry.
    pub inquiry: InquiryId,
    /// 参赛号 of the entry.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Who asks.
    pub by: String,
    /// What is asked.
    pub text: String,
    /// The answer, if there is one.
    pub answer: Option<Answer>,
}

command! {
    /// Begins the re-check, or begins it anew: a sample is drawn by the computer, and its seed recorded.
    BeginRecheck in competition = "recheck.begin", Mutation, Needs::AnyOf(&[Role::ChiefJudge, Role::Organiser]), {
        /// Which event.
        event: EventId,
        /// Whose sheets.
        extent: Extent,
        /// Why; required when one was begun already.
        reason: String
    } => ()
}

command! {
    /// Records what the re-check of a sheet found.
    RecheckSheet in competition = "recheck.sheet", Mutation, Needs::AnyOf(&[Role::Checker, Role::ChiefJudge]), {
        /// Which event.
        event: EventId,
        /// Number of the sheet.
        number: String,
        /// Who looked, by name.
        by: String,
        /// Errors found.
        errors: u32,
        /// What they are; required where there are any, and empty where there are none.
        note: String
    } => ()
}

command! {
    /// Records what a delegation asks about a result (查分).
    RaiseInquiry in competition = "inquiry.raise", Mutation, Needs::AnyOf(&[Role::ChiefJudge, Role::Organiser]), {
        /// Which event.
        event: EventId,
        /// About whom.
        entry: EntryId,
        /// Who asks.
        by: String,
        /// What.
        text: String
    } => InquiryId
}

command! {
    /// Answers an inquiry.
    AnswerInquiry in competition = "inquiry.answer", Mutation, Needs::AnyOf(&[Role::ChiefJudge, Role::Organiser]), {
        /// Which event.
        event: EventId,
        /// Which inquiry.
        inquiry: InquiryId,
        /// Who answers, by name.
        by: String,
        /// The result was corrected.
        corrected: bool,
        /// The answer.
        text: String
    } => ()
}
