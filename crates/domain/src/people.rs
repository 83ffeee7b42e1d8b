//! People who work for a competition (工作人员): who they are, what they may do and at which computers, and what they approve.
//!
//! Left out: PINs and the secret halves of keys, which stay on the computer they were made on; which facts want approvals
//! ([`crate::approval`]); judges, who sign in at desks, but for their keys.

use crate::command::Role;
use crate::ids::{Actor, FactId, JudgeId, NodeKey, OfficerId};
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

/// Whose a key is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Named", into = "Named")]
pub enum Signer {
    /// Somebody who works for the competition: the key approves decisions.
    Officer(OfficerId),
    /// A judge: the key approves the sheets that the judge signs.
    Judge(JudgeId),
}

impl Signer {
    /// The officer, where it is one.
    #[must_use]
    pub const fn officer(&self) -> Option<&OfficerId> {
        match self {
            Self::Officer(officer) => Some(officer),
            Self::Judge(_) => None,
        }
    }
}

/// A [`Signer`] as it stands in facts: under one of two names.
#[derive(Serialize, Deserialize)]
struct Named {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    officer: Option<OfficerId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    judge: Option<JudgeId>,
}

impl From<Signer> for Named {
    fn from(signer: Signer) -> Self {
        match signer {
            Signer::Officer(officer) => Self { officer: Some(officer), judge: None },
            Signer::Judge(judge) => Self { officer: None, judge: Some(judge) },
        }
    }
}

impl TryFrom<Named> for Signer {
    type Error = &'static str;

    fn try_from(named: Named) -> Result<Self, Self::Error> {
        match named {
            Named { officer: Some(officer), judge: None } => Ok(Self::Officer(officer)),
            Named { officer: None, judge: Some(judge) } => Ok(Self::Judge(judge)),
            Named { .. } => Err("either an officer or a judge"),
        }
    }
}

/// That a person approves a record, with a key of the person's own. It is made from a signature that was found good: who takes a record in
/// checks it, and one that is not good is no fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Who.
    #[serde(flatten)]
    pub signer: Signer,
    /// The public key it is signed with.
    pub key: String,
    /// Ed25519 over `jiangsai.approval.v1` and the hash of the record, a line each: 128 lower-case hex digits.
    pub signature: String,
}

/// That a key counts no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRevocation {
    /// Whose it is.
    pub signer: Signer,
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use serde_json::json;

    #[test]
    fn an_approval_names_an_officer_or_a_judge_and_not_both() {
        let read = |value| serde_json::from_value::<Approval>(value).map(|own| own.signer);
        let with = |names: serde_json::Value| {
            let mut whole = json!({"key": "k", "signature": "s"});
            whole.as_object_mut().unwrap().extend(names.as_object().unwrap().clone());
            whole
        };
        for (names, signer) in
            [(json!({"officer": "o"}), Signer::Officer("o".into())), (json!({"judge": "j"}), Signer::Judge("j".into()))]
        {
            let whole = with(names);
            assert_eq!(read(whole.clone()).unwrap(), signer);
            let approval = Approval { signer, key: "k".into(), signature: "s".into() };
            assert_eq!(serde_json::to_value(approval).unwrap(), whole, "as it was written before judges had keys");
        }
        assert!(read(with(json!({}))).is_err() && read(with(json!({"officer": "o", "judge": "j"}))).is_err());
    }
}
