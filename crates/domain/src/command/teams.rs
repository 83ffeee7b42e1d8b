//! Team standings (团体名次) as replies hold them.

use crate::ids::EntryId;
use crate::view::Words;
use jiangsai_scoring::EntryStatus;
use jiangsai_scoring::text::Text;
use serde::{Deserialize, Serialize};

/// The teams of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamsView {
    /// What the rulebook calls the team result.
    pub name: Text,
    /// Teams by rank, then those without a result; none while names are sealed: a unit beside blind codes would tell who is who.
    pub rows: Vec<TeamRow>,
}

/// A line of the team standings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamRow {
    /// Rank, or `None` without a result.
    pub rank: Option<u32>,
    /// Shares its rank.
    pub shared: bool,
    /// Delegation, or unit where there is none.
    pub team: String,
    /// The result as printed; empty without one.
    pub total: String,
    /// Why it has no rank, as locale key with arguments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Words>,
    /// Its members, those with a rank first, in order of rank.
    pub members: Vec<TeamMember>,
}

/// A member of a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamMember {
    /// Entry.
    pub entry: EntryId,
    /// 参赛号.
    pub number: String,
    /// Name.
    pub name: String,
    /// Rank of its own, or `None`.
    pub rank: Option<u32>,
    /// Status.
    pub status: EntryStatus,
    /// Total of its own as printed.
    pub total: String,
}
