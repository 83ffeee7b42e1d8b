//! Honours and levels as proposals (推荐、拟晋升) as replies hold them: a rule proposes, whoever confers decides.

use crate::view::Words;
use jiangsai_scoring::text::Text;
use serde::{Deserialize, Serialize};

/// An honour or level of the rulebook and who is proposed for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalGroup {
    /// Its name.
    pub name: Text,
    /// The condition, in words.
    pub rule: Text,
    /// Who is proposed, in order of rank.
    pub proposed: Vec<Proposal>,
}

/// Somebody who is proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Rank, or `None`.
    pub rank: Option<u32>,
    /// 参赛号; the blind code while names are sealed.
    pub number: String,
    /// Name; empty while names are sealed.
    pub name: String,
    /// Unit, likewise.
    pub unit: String,
    /// The ground, in words: awards, each part that the rule wants passed with its value and the least that passes, and that all of them
    /// were (双合格).
    pub ground: Vec<Words>,
}
