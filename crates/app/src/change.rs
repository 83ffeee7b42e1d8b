//! Word that something changed, for whoever looks on. It says neither what nor how much.

use jiangsai_domain::command::headquarters::NODES;
use jiangsai_domain::ids::CompetitionId;

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A competition.
    Competition(CompetitionId),
    /// What computers below said of themselves. No computer has to ask for anything because of it.
    Nodes,
}

impl Change {
    /// As it is said to pages: the id of a competition, or [`NODES`].
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Competition(id) => id.as_str(),
            Self::Nodes => NODES,
        }
    }
}
