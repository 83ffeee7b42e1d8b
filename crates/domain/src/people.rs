//! People who work for a competition (工作人员): who they are, what they may do and at which computers, and what they approve.
//!
//! Left out: PINs and the secret halves of keys, which stay on the computer they were made on; which facts want approvals
//! ([`crate::approval`]); judges, who sign in at desks.

use crate::command::Role;
use crate::ids::{Actor, FactId, NodeKey, OfficerId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A person who works for a competition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Officer {
    /// Name, by which one signs in; unique among those who still work here.
    pub name: String,
    /// Unit, or empty.
    pub unit: String,
    /// What the person may do, of [`Role::GRANTED`].
    pub roles: BTreeSet<Role>,
    /// At which computers, by their public keys; empty for every one.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub nodes: BTreeSet<NodeKey>,
    /// No longer works here.
    #[serde(default)]
    pub retired: bool,
}

impl Officer {
    /// Does the grant hold at this computer?
    #[must_use]
    pub fn works_at(&self, node: &NodeKey) -> bool {
        !self.retired && (self.nodes.is_empty() || self.nodes.contains(node))
    }
}

/// That a person approves a record, with a key of the person's own. It is made from a signature that was found good: who takes a record in
/// checks it, and one that is not good is no fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Who.
    pub officer: OfficerId,
    /// The public key it is signed with.
    pub key: String,
    /// Ed25519 over `jiangsai.approval.v0` and the hash of the record, a line each: 128 lower-case hex digits.
    pub signature: String,
}

/// That a key counts no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRevocation {
    /// Whose it is.
    pub officer: OfficerId,
    /// At which computer it was made.
    pub node: NodeKey,
    /// The records of approvals with it that are still trusted.
    pub trusted: BTreeSet<FactId>,
}

/// How an actor begins that is a person signed in; the officer's id follows.
const SIGNED_IN: &str = "officer:";

/// Who acts when a person signed in acts.
#[must_use]
pub fn actor(officer: &OfficerId) -> Actor {
    Actor::new(format!("{SIGNED_IN}{officer}"))
}

/// The officer that an actor is.
#[must_use]
pub fn officer_of(actor: &str) -> Option<OfficerId> {
    actor.strip_prefix(SIGNED_IN).map(OfficerId::from)
}
