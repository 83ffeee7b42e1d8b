//! Who works for a competition, as it is on record; and what follows from it: whether people sign in, whose keys count, who approved what.

use crate::command::Role;
use crate::ids::{FactId, NodeKey, OfficerId};
use crate::people::{Approval, Officer};
use crate::register::{Register, Version};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Who works for a competition (工作人员).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct People {
    /// Officers.
    pub officers: BTreeMap<OfficerId, Register<Officer>>,
    /// Whether people sign in. What holds is said by [`People::signs_in`].
    pub sign_in: Register<bool>,
    /// Public keys, by person and computer. Which of them count is said by [`KeyTrust`].
    pub keys: BTreeMap<OfficerId, BTreeMap<NodeKey, Register<String>>>,
    /// What people approve, by record; all of it stands.
    pub approvals: BTreeMap<FactId, Register<Approval>>,
}

impl People {
    /// How many facts it was made from.
    #[must_use]
    pub(super) fn facts(&self) -> usize {
        self.officers.values().map(Register::len).sum::<usize>()
            + self.sign_in.len()
            + self.keys.values().flat_map(BTreeMap::values).map(Register::len).sum::<usize>()
            + self.approvals.values().map(Register::len).sum::<usize>()
    }

    /// Somebody who works here, as it holds.
    #[must_use]
    pub fn officer(&self, officer: &OfficerId) -> Option<&Officer> {
        self.officers.get(officer)?.value()
    }

    /// Everybody who works here still, by id.
    pub fn working(&self) -> impl Iterator<Item = (&OfficerId, &Officer)> {
        let known = self.officers.iter().filter_map(|(id, register)| Some((id, register.value()?)));
        known.filter(|(_, officer)| !officer.retired)
    }

    /// Do people sign in?
    #[must_use]
    pub fn signs_in(&self) -> bool {
        // Nearly nowhere anything was ever said of it.
        !self.sign_in.is_empty() && self.trust().signs_in()
    }

    /// What follows from all that is on record of people.
    #[must_use]
    pub fn trust(&self) -> KeyTrust<'_> {
        KeyTrust::of(self)
    }

    /// Somebody as it was known at a place in display order.
    fn officer_at(&self, officer: &OfficerId, order: u64) -> Option<&Officer> {
        let versions = self.officers.get(officer)?.versions();
        let before = versions.filter(|(_, version)| version.order <= order);
        before.max_by_key(|(id, version)| (version.order, *id)).map(|(_, version)| &version.value)
    }

    fn all_keys(&self) -> impl Iterator<Item = (&OfficerId, &NodeKey, &FactId, &Version<String>)> {
        let nodes =
            self.keys.iter().flat_map(|(officer, nodes)| nodes.iter().map(move |(node, own)| (officer, node, own)));
        nodes.flat_map(|(officer, node, own)| own.versions().map(move |(id, version)| (officer, node, id, version)))
    }
}

/// What follows from what is on record of people.
///
/// A key counts that was made known while nobody signed in, or that an organiser approved with a key that counts. People sign in until an
/// organiser approved that they no longer do. Both are the least that satisfies this: neither a key nor an end vouches for itself, nor do two
/// for each other.
#[derive(Clone, Debug)]
pub struct KeyTrust<'a> {
    people: &'a People,
    /// Facts that ended signing in, and count.
    ends: BTreeSet<&'a FactId>,
    /// Keys that count, each with whose it is and where: nobody takes a key from another by naming it as the own.
    keys: BTreeSet<(&'a str, &'a OfficerId, &'a NodeKey)>,
    /// The facts they are from.
    known: BTreeSet<&'a FactId>,
}

impl<'a> KeyTrust<'a> {
    fn of(people: &'a People) -> Self {
        let mut trust = Self { people, ends: BTreeSet::new(), keys: BTreeSet::new(), known: BTreeSet::new() };
        loop {
            let before = (trust.ends.len(), trust.known.len());
            let (mut keys, mut known) = (trust.keys.clone(), trust.known.clone());
            for (officer, node, id, version) in people.all_keys() {
                if !trust.signed_in_before(version.order) || trust.is_approved(id, Role::Organiser) {
                    keys.insert((version.value.as_str(), officer, node));
                    known.insert(id);
                }
            }
            let ends = people.sign_in.versions().filter(|(_, version)| !version.value).map(|(id, _)| id);
            let ends = ends.filter(|id| trust.is_approved(id, Role::Organiser)).collect();
            trust = Self { people, ends, keys, known };
            // Both only grow.
            if (trust.ends.len(), trust.known.len()) == before {
                return trust;
            }
        }
    }

    /// Do people sign in?
    #[must_use]
    pub fn signs_in(&self) -> bool {
        self.signed_in_before(u64::MAX)
    }

    /// Did people sign in when something was written at this place in display order?
    #[must_use]
    pub fn signed_in_before(&self, order: u64) -> bool {
        let versions = || self.people.sign_in.versions().filter(|(_, version)| version.order < order);
        let counts = || versions().filter(|(id, version)| version.value || self.ends.contains(id));
        let replaced: BTreeSet<&FactId> = counts().flat_map(|(_, version)| &version.replaces).collect();
        let mut standing = counts().filter(|(id, _)| !replaced.contains(id));
        standing.any(|(_, version)| version.value)
    }

    /// Does this fact make a key known that counts?
    #[must_use]
    pub fn counts(&self, fact: &FactId) -> bool {
        self.known.contains(fact)
    }

    /// Is this a key of somebody at a computer, and counts?
    #[must_use]
    pub fn holds(&self, key: &str, officer: &OfficerId, node: &NodeKey) -> bool {
        self.keys.contains(&(key, officer, node))
    }

    /// Is there a key of this person at this computer that counts: the one that was made known last?
    #[must_use]
    pub fn has_key(&self, officer: &OfficerId, node: &NodeKey) -> bool {
        let register = self.people.keys.get(officer).and_then(|nodes| nodes.get(node));
        register.and_then(Register::last).is_some_and(|(id, _)| self.counts(id))
    }

    /// Who approved a record in a role: with a key that counts, at a computer and in a role that were granted then.
    pub fn approvers(&self, record: &FactId, role: Role) -> impl Iterator<Item = &'a OfficerId> {
        let approvals = self.people.approvals.get(record);
        let versions = approvals.into_iter().flat_map(Register::versions);
        versions.filter_map(move |(_, version)| {
            let Approval { officer, key, .. } = &version.value;
            let granted = self.people.officer_at(officer, version.order).filter(|own| own.roles.contains(&role))?;
            let own = self.keys.iter().filter(|(counts, whose, _)| *counts == key.as_str() && *whose == officer);
            own.into_iter().any(|(_, _, node)| granted.works_at(node)).then_some(officer)
        })
    }

    fn is_approved(&self, record: &FactId, role: Role) -> bool {
        self.approvers(record, role).next().is_some()
    }
}

#[cfg(test)]
mod tests;
