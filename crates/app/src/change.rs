//! Word that something changed, for whoever looks on. It says neither what nor how much.

use jiangsai_domain::command::headquarters::NODES;
use jiangsai_domain::command::sync::SYNC;
use jiangsai_domain::ids::CompetitionId;

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A competition.
    Competition(CompetitionId),
    /// What computers below said of themselves. No computer has to ask for anything because of it.
    Nodes,
    /// Which computers are let in: one was revoked, or is trusted again. Whoever is connected is asked again whether it may be.
    Doors,
    /// How far the records of this computer got, or how its connection is. No computer has to ask for anything because of it.
    Sync,
}

impl Change {
    /// As it is said to pages: the id of a competition, [`NODES`] or [`SYNC`].
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Competition(id) => id.as_str(),
            Self::Nodes | Self::Doors => NODES,
            Self::Sync => SYNC,
        }
    }
}
