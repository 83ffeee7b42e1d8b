//! Who works for a competition, as it is on record; and what counts of it ([`KeyTrust`]): whether people sign in, who may do what where, whose
//! keys count, who approved what.
//!
//! Everything that was said about people is kept beside the rest of the state, as what was said about trust is, and what follows is worked out
//! from all of it.

mod counting;
mod key_trust;

pub use key_trust::KeyTrust;

use crate::envelope::Envelope;
use crate::fact::Fact;
use crate::ids::{FactId, NodeId, NodeKey, OfficerId};
use crate::people::{Approval, KeyRevocation, Officer, Signer};
use crate::register::{Register, Version};
use crate::trust::Origin;
use counting::Facts;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A place in display order: the number, and of equal ones the hash of the record.
pub type Place<'a> = (u64, &'a FactId);

/// Who works for a competition (工作人员).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct People {
    /// Everything that was said about people, whoever said it.
    said: BTreeMap<FactId, Envelope>,
    /// Officers, as far as what was said of them counts.
    #[serde(skip)]
    pub officers: BTreeMap<OfficerId, Register<Officer>>,
    /// Whether people sign in, as far as what was said of it counts. What holds is said by [`People::signs_in`].
    #[serde(skip)]
    pub sign_in: Register<bool>,
    #[serde(skip)]
    heard: Heard,
    #[serde(skip)]
    trust: KeyTrust,
}

/// What was said about people at computers that are trusted, whether it counts or waits for an organiser.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// Officers.
    pub officers: BTreeMap<OfficerId, Register<Officer>>,
    /// Whether people sign in.
    pub sign_in: Register<bool>,
    /// Public keys, by person and computer.
    pub keys: BTreeMap<Signer, BTreeMap<NodeKey, Register<String>>>,
    /// Keys that are to count no more, by key.
    pub revoked: BTreeMap<String, Register<KeyRevocation>>,
    /// What people approve, by record; all of it stands.
    pub approvals: BTreeMap<FactId, Register<Approval>>,
}

/// Is a fact about people?
#[must_use]
pub const fn is_about_people(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Officer { .. }
            | Fact::SignIn { .. }
            | Fact::OfficerKey { .. }
            | Fact::JudgeKey { .. }
            | Fact::KeyRevoked { .. }
            | Fact::Approved { .. }
    )
}

impl People {
    /// Takes in what was said about people.
    pub(super) fn hear(&mut self, envelope: Envelope) {
        self.said.entry(envelope.id.clone()).or_insert(envelope);
    }

    /// Takes in an approval of something that is not about people, from which nothing else follows; `false` where it is something else.
    pub(super) fn hear_beside(&mut self, envelope: &Envelope, trusted: bool) -> bool {
        let Ok(Fact::Approved { record, approval }) = &envelope.fact else { return false };
        if self.said.contains_key(record) || self.said.contains_key(&envelope.id) {
            return false;
        }
        if trusted {
            self.heard.take(envelope);
            self.trust.hear(record, (envelope.order, &envelope.id), approval);
        }
        self.hear(envelope.clone());
        true
    }

    /// Did anybody ever say that people sign in?
    pub(super) fn ever_sign_in(&self) -> bool {
        self.said.values().any(|own| matches!(own.fact, Ok(Fact::SignIn { on: true, .. })))
    }

    /// Everything that was said, with where it stands.
    pub fn said(&self) -> impl Iterator<Item = (&FactId, &Envelope)> {
        self.said.iter()
    }

    /// How many facts it was made from.
    #[must_use]
    pub(super) fn facts(&self) -> usize {
        self.said.len()
    }

    /// What would count of what was said at computers that are trusted.
    pub(super) fn trust_of(&self, founder: Option<&NodeId>, trusts: impl Fn(&Envelope) -> bool) -> KeyTrust {
        KeyTrust::of(&Facts::of(self.said.values().filter(|own| trusts(own)), founder))
    }

    /// Takes up what counts.
    pub(super) fn follow(&mut self, trust: KeyTrust, trusts: impl Fn(&Origin) -> bool) {
        self.heard = Heard::default();
        let mut counting = Heard::default();
        for own in self.said.values().filter(|own| trusts(&own.origin)) {
            self.heard.take(own);
            if trust.counts(&own.id) {
                counting.take(own);
            }
        }
        (self.officers, self.sign_in) = (counting.officers, counting.sign_in);
        self.trust = trust;
        let last = self.heard.keys.iter().flat_map(|(signer, nodes)| {
            let last = nodes.iter().filter_map(|(node, register)| Some((node, register.last()?.1)));
            last.map(|(node, version)| ((signer.clone(), node.clone()), version.value.clone()))
        });
        self.trust.knows_last(last.collect());
    }

    /// What was said at computers that are trusted, whether it counts or not.
    #[must_use]
    pub const fn heard(&self) -> &Heard {
        &self.heard
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
        self.trust.signs_in()
    }

    /// What counts of all that was said.
    #[must_use]
    pub const fn trust(&self) -> &KeyTrust {
        &self.trust
    }
}

impl Heard {
    fn take(&mut self, own: &Envelope) {
        let id = own.id.clone();
        match &own.fact {
            Ok(Fact::Officer { officer, value }) => {
                self.officers.entry(officer.clone()).or_default().insert(id, version(own, value.clone()));
            }
            Ok(Fact::SignIn { on, .. }) => self.sign_in.insert(id, version(own, *on)),
            Ok(Fact::OfficerKey { officer, node, key }) => {
                let keys = self.keys.entry(Signer::Officer(officer.clone())).or_default();
                keys.entry(node.clone()).or_default().insert(id, version(own, key.clone()));
            }
            Ok(Fact::JudgeKey { judge, node, key }) => {
                let keys = self.keys.entry(Signer::Judge(judge.clone())).or_default();
                keys.entry(node.clone()).or_default().insert(id, version(own, key.clone()));
            }
            Ok(Fact::KeyRevoked { signer, node, key, trusted }) => {
                let value = KeyRevocation {
                    signer: signer.clone(),
                    node: node.clone(),
                    trusted: trusted.iter().cloned().collect(),
                };
                self.revoked.entry(key.clone()).or_default().insert(id, version(own, value));
            }
            Ok(Fact::Approved { record, approval }) => {
                self.approvals.entry(record.clone()).or_default().insert(id, version(own, approval.clone()));
            }
            _ => {}
        }
    }
}

fn version<T>(own: &Envelope, value: T) -> Version<T> {
    Version {
        value,
        replaces: own.replaces.clone(),
        order: own.order,
        at: own.at,
        actor: own.actor.clone(),
        reason: own.reason.clone(),
        floor: 0,
    }
}

#[cfg(test)]
mod tests;
