//! Commands of bulletins (公告栏).

use super::{Needs, Role};
use crate::bulletin::{Bulletin, BulletinKind, Columns, Period};
use crate::command;
use crate::ids::{EventId, FactId};
use crate::view::Words;
use serde::{Deserialize, Serialize};

command! {
    /// The bulletins of an event, the newest first, and which kind can be published now.
    ListBulletins in competition = "bulletins.list", Query, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge, Role::Supervisor, Role::Arbitrator]), {
        /// Which event.
        event: EventId
    } => BulletinsView
}

/// Reply of [`ListBulletins`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulletinsView {
    /// The bulletins, the newest number first; of one number every version that was published.
    pub lines: Vec<BulletinLine>,
    /// Every kind, and why it cannot be published now; `None` where it can.
    pub kinds: Vec<(BulletinKind, Option<Words>)>,
    /// A 公示 of the usual length that begins today.
    pub usual: Period,
}

/// What became of a bulletin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulletinState {
    /// It stands.
    Stands,
    /// Another one was published under the same number at the same time; neither stands until one is chosen.
    Crosses,
    /// A later one corrects it.
    Corrected,
    /// Another one of this number was chosen.
    Dropped,
}

impl BulletinState {
    /// Its name in locale keys and attributes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stands => "stands",
            Self::Crosses => "crosses",
            Self::Corrected => "corrected",
            Self::Dropped => "dropped",
        }
    }
}

/// A bulletin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulletinLine {
    /// Its number.
    pub number: u32,
    /// The record that published it.
    pub fact: FactId,
    /// Milliseconds since 1970.
    pub at: i64,
    /// What kind.
    pub kind: BulletinKind,
    /// Who published it, by name.
    pub by: String,
    /// When it hangs.
    pub period: Option<Period>,
    /// The period is over.
    pub over: bool,
    /// The number of the bulletin it corrects.
    pub corrects: Option<u32>,
    /// The number of the bulletin that corrects it.
    pub corrected_by: Option<u32>,
    /// Why it corrects another; masked while it may name somebody.
    pub reason: String,
    /// What became of it.
    pub state: BulletinState,
    /// The standings are still those that it publishes.
    pub holds: bool,
    /// What it says; `None` while names are sealed that it would join to codes.
    pub content: Option<Bulletin>,
}

command! {
    /// Publishes a bulletin, or only shows it. What is published is what the token of the preview stands for.
    PublishBulletin in competition = "bulletins.publish", Mutation, Needs::AnyOf(&[Role::Organiser]), {
        /// Which event.
        event: EventId,
        /// What kind.
        kind: BulletinKind,
        /// Who stands in it, with what.
        columns: Columns,
        /// When it hangs; of a 公示 alone.
        period: Option<Period>,
        /// Where to object, in words, or empty.
        contact: String,
        /// Who publishes it, by name; not looked at in a preview.
        by: String,
        /// The number of the bulletin it corrects.
        corrects: Option<u32>,
        /// Why; required for a correction and for a period that is shorter than usual.
        reason: String,
        /// The token of the preview; empty to preview.
        token: String
    } => Published
}

/// Reply of [`PublishBulletin`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Its number.
    pub number: u32,
    /// What it says.
    pub bulletin: Bulletin,
    /// Stands for all that it says.
    pub token: String,
    /// True when it was published.
    pub done: bool,
}

command! {
    /// Chooses between bulletins that were published under one number at the same time. The others stay visible, struck through.
    ChooseBulletin in competition = "bulletins.choose", Mutation, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge]), {
        /// Which event.
        event: EventId,
        /// Which number.
        number: u32,
        /// The record of the one that stands.
        fact: FactId,
        /// Why; required.
        reason: String
    } => ()
}
