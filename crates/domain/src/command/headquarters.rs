//! Commands of whoever looks on from above (上级平台): where each competition stands, and the computers below with what they still hold.
//!
//! Left out: the list of competitions itself ([`super::competition::ListCompetitions`]), results and bulletins, which have their own pages.

use super::{Needs, Role};
use crate::bulletin::BulletinKind;
use crate::command;
use crate::figures::Figures;
use crate::ids::{EventId, NodeId};
use crate::pairing::Reads;
use serde::{Deserialize, Serialize};

/// Said by hosts in the place of the id of a competition that changed: a computer below told how it is.
pub const NODES: &str = "nodes";

command! {
    /// Where the events of a competition stand, and what waits for somebody.
    ShowOverview in competition = "headquarters.overview", Query, Needs::AnyOf(&[Role::Organiser, Role::ChiefJudge, Role::Supervisor]), {} => Overview
}

/// Reply of [`ShowOverview`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// Its events, in their order.
    pub events: Vec<EventOverview>,
    /// Records that computers below said they hold and were not receipted from here.
    pub held: u64,
    /// Branches that were set apart and not written again by their author.
    pub forks: u32,
    /// Public facts and figures alone are received of it here: nothing is known of entries and marks.
    #[serde(default)]
    pub public: bool,
}

/// Where an event stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventOverview {
    /// Which.
    pub event: EventId,
    /// Its name.
    pub name: String,
    /// Entries that compete.
    pub entries: u32,
    /// Cells that are marked.
    pub marked: u32,
    /// Cells that have to be marked.
    pub cells: u32,
    /// Findings (待办事项).
    pub findings: u32,
    /// Groups of equals that somebody has to decide between.
    pub undecided: u32,
    /// How far the results are.
    pub state: ResultsState,
    /// The newest bulletin that stands.
    pub bulletin: Option<Published>,
    /// The figures that were published last.
    #[serde(default)]
    pub figures: Option<PublishedFigures>,
}

/// Figures that were published with a bulletin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedFigures {
    /// The figures.
    #[serde(flatten)]
    pub figures: Figures,
    /// Milliseconds since 1970.
    pub at: i64,
}

/// How far the results of an event are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultsState {
    /// 暂定.
    Provisional,
    /// 已定稿.
    Final,
    /// They were final and are not what was confirmed any more.
    Changed,
}

impl ResultsState {
    /// Its name in locale keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Provisional => "provisional",
            Self::Final => "final",
            Self::Changed => "changed",
        }
    }
}

/// A bulletin that was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// What kind.
    pub kind: BulletinKind,
    /// Its number.
    pub number: u32,
    /// Milliseconds since 1970.
    pub at: i64,
}

command! {
    /// The computers that may connect to this one.
    ListNodes = "headquarters.nodes", Query, Needs::AnyOf(&[Role::Organiser, Role::Supervisor]), {} => Nodes
}

/// Reply of [`ListNodes`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nodes {
    /// Milliseconds since 1970, for ages.
    pub now: i64,
    /// The computers, by name.
    pub nodes: Vec<NodeRow>,
    /// Computers that wrote records which are here and that connect elsewhere, such as desks of a hall behind its hub.
    #[serde(default)]
    pub others: Vec<OtherNode>,
}

/// A computer that wrote records which are here, and does not connect to this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherNode {
    /// How its logs name it.
    pub node: NodeId,
    /// In how many competitions here it wrote.
    pub competitions: u32,
    /// It was revoked (吊销) in one of them.
    pub revoked: bool,
}

/// A computer below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeRow {
    /// Its public key, hex.
    pub key: String,
    /// How its logs name it; `None` until it has said so.
    #[serde(default)]
    pub node: Option<NodeId>,
    /// It was revoked (吊销): it is not let in any more.
    #[serde(default)]
    pub revoked: bool,
    /// Its name.
    pub name: String,
    /// Milliseconds since 1970 of its pairing.
    pub paired_at: i64,
    /// Milliseconds since 1970 of when it told how it is last; it does so every minute while it is connected.
    pub seen_at: Option<i64>,
    /// What it reads.
    pub reads: Reads,
    /// Records that it then held and had no receipt for.
    pub held: u64,
    /// Milliseconds since 1970 of the oldest of them, by its own clock.
    pub oldest: Option<i64>,
    /// By so many milliseconds its clock was ahead of the one here when records of its own arrived last; `None` where it was not.
    #[serde(default)]
    pub ahead: Option<i64>,
}
