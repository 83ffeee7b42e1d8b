//! What counts of what was said about people, ready to be asked for every record.

use super::Place;
use super::counting::{Counting, Facts, holds};
use crate::approval::Edition;
use crate::authority::By;
use crate::command::Role;
use crate::ids::{Actor, FactId, JudgeId, NodeId, NodeKey, OfficerId};
use crate::people::{self, Approval, Officer, Signer};
use crate::trust::Why;
use std::collections::{BTreeMap, BTreeSet};

/// A place in display order.
type OwnPlace = (u64, FactId);

/// What follows from what is on record of people.
#[derive(Clone, Debug, Default)]
pub struct KeyTrust {
    /// Facts about people that count.
    counted: BTreeSet<FactId>,
    /// Places in display order with which decisions want approvals from there on; `None` where people sign in no more.
    switches: Vec<(OwnPlace, Option<Edition>)>,
    /// By actor.
    acting: BTreeMap<Actor, Acting>,
    /// Keys that count and were not revoked, each with whose it is and where: nobody takes a key from another by naming it as the own.
    keys: BTreeSet<(String, Signer, NodeKey)>,
    /// Of each person and computer the key that was made known last.
    last_keys: BTreeMap<(Signer, NodeKey), String>,
    /// Keys that count, revoked or not, with whose: at which computers they were made.
    made: BTreeMap<(String, Signer), Vec<NodeKey>>,
    /// Keys of judges that count, revoked or not.
    judges: BTreeMap<JudgeId, Vec<JudgeKey>>,
    /// Keys that were revoked, with whose.
    revoked: BTreeMap<(String, Signer), Vec<Doubt>>,
    /// Approvals by record, with their places in display order. Whether one holds is looked at when it is asked for.
    approvals: BTreeMap<FactId, Vec<(OwnPlace, Approval)>>,
}

/// A key of a judge.
#[derive(Clone, Debug)]
struct JudgeKey {
    /// Where it was made known.
    place: OwnPlace,
    /// The computer that wrote that.
    at: NodeId,
    key: String,
}

/// A revocation of a key.
#[derive(Clone, Debug)]
struct Doubt {
    place: OwnPlace,
    /// The approvals that are still trusted.
    trusted: BTreeSet<FactId>,
}

/// What somebody may do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Acting {
    /// Grants in display order, each with whether it counts for certain.
    grants: Vec<(OwnPlace, Officer, bool)>,
    /// Computers at which the person has, or had, a key that counts: as their logs name them, and by their public keys.
    at: BTreeSet<(NodeId, NodeKey)>,
}

impl KeyTrust {
    pub(super) fn of(facts: &Facts<'_>) -> Self {
        let (counted, against) = facts.settle();
        let counting = Counting { facts, counted: &counted, against: &against };
        let mut trust = Self { counted: counted.iter().map(|id| (*id).clone()).collect(), ..Self::default() };
        for (order, id) in facts.sign_ins.iter().map(|own| own.place).filter(|(_, id)| counted.contains(id)) {
            // Behind the place itself: no hash of 64 digits comes between.
            let behind = FactId::new(format!("{id}\u{0}"));
            trust.switches.push(((order, id.clone()), counting.edition_before((order, &behind))));
        }
        for (officer, grants) in &facts.grants {
            let may = grants.iter().filter(|((_, id), _)| counted.contains(id) || against.contains(id));
            let own = may.map(|((order, id), value)| ((*order, (*id).clone()), (*value).clone(), counted.contains(id)));
            trust.acting.entry(people::actor(officer)).or_default().grants.extend(own);
        }
        for (key, all) in &facts.keys {
            for own in all {
                let whose = ((*key).to_owned(), own.signer.clone());
                let doubts = counting.doubts(key, &own.signer);
                let revoked = !doubts.is_empty();
                if revoked {
                    let doubt = |((order, id), trusted): (Place<'_>, &[FactId])| Doubt {
                        place: (order, id.clone()),
                        trusted: trusted.iter().cloned().collect(),
                    };
                    trust.revoked.insert(whose.clone(), doubts.into_iter().map(doubt).collect());
                }
                if counted.contains(own.id) {
                    match &own.signer {
                        Signer::Officer(officer) => {
                            let acting = trust.acting.entry(people::actor(officer)).or_default();
                            acting.at.insert((own.at.clone(), own.node.clone()));
                        }
                        Signer::Judge(judge) => {
                            let (place, at) = ((own.order, own.id.clone()), own.at.clone());
                            let known = JudgeKey { place, at, key: (*key).to_owned() };
                            trust.judges.entry(judge.clone()).or_default().push(known);
                        }
                    }
                    trust.made.entry(whose.clone()).or_default().push(own.node.clone());
                    if !revoked {
                        trust.keys.insert((whose.0, whose.1, own.node.clone()));
                    }
                }
            }
        }
        for (record, all) in &facts.approvals {
            let own = all.iter().map(|((order, id), own)| ((*order, (*id).clone()), (*own).clone()));
            trust.approvals.insert((*record).clone(), own.collect());
        }
        trust
    }

    /// Takes in an approval from which nothing else follows.
    pub(super) fn hear(&mut self, record: &FactId, (order, id): Place<'_>, approval: &Approval) {
        self.approvals.entry(record.clone()).or_default().push(((order, id.clone()), approval.clone()));
    }

    /// The keys that were made known last.
    pub(super) fn knows_last(&mut self, last: BTreeMap<(Signer, NodeKey), String>) {
        self.last_keys = last;
    }

    /// Do people sign in?
    #[must_use]
    pub fn signs_in(&self) -> bool {
        self.switches.last().is_some_and(|(_, edition)| edition.is_some())
    }

    /// Did people sign in when something was written at this place in display order?
    #[must_use]
    pub fn signed_in_before(&self, place: Place<'_>) -> bool {
        self.edition_before(place).is_some()
    }

    /// Which decisions wanted approvals at this place in display order; `None` where people did not sign in.
    #[must_use]
    pub fn edition_before(&self, place: Place<'_>) -> Option<Edition> {
        let before = self.switches.partition_point(|((order, id), _)| (*order, id) < place);
        before.checked_sub(1).and_then(|last| self.switches.get(last)?.1)
    }

    /// Does this fact about people count?
    #[must_use]
    pub fn counts(&self, fact: &FactId) -> bool {
        self.counted.contains(fact)
    }

    /// Is this a key of somebody at a computer that counts and was not revoked?
    #[must_use]
    pub fn holds(&self, key: &str, signer: &Signer, node: &NodeKey) -> bool {
        self.keys.contains(&(key.to_owned(), signer.clone(), node.clone()))
    }

    /// Is there a key of this person at this computer that counts: the one that was made known last?
    #[must_use]
    pub fn has_key(&self, signer: &Signer, node: &NodeKey) -> bool {
        self.last_key(signer, node).is_some_and(|key| self.holds(key, signer, node))
    }

    /// The key of a person at a computer that was made known last.
    #[must_use]
    pub fn last_key(&self, signer: &Signer, node: &NodeKey) -> Option<&str> {
        self.last_keys.get(&(signer.clone(), node.clone())).map(String::as_str)
    }

    /// Was a key of somebody revoked?
    #[must_use]
    pub fn is_revoked(&self, key: &str, signer: &Signer) -> bool {
        self.revoked.contains_key(&(key.to_owned(), signer.clone()))
    }

    /// Keys that count and were not revoked: which, whose, and at which computer.
    pub fn keys(&self) -> impl Iterator<Item = (&str, &Signer, &NodeKey)> {
        self.keys.iter().map(|(key, signer, node)| (key.as_str(), signer, node))
    }

    /// Who approved a record in one of these roles: with a key that counts, at a computer and in a role that were granted then.
    pub fn approvers<'t>(&'t self, record: &FactId, roles: &[Role]) -> impl Iterator<Item = &'t OfficerId> {
        let approvals = self.approvals.get(record).into_iter().flatten();
        approvals.filter_map(|((order, id), own)| {
            let Signer::Officer(officer) = &own.signer else { return None };
            self.approves(record, (*order, id), (own, officer), roles).then_some(officer)
        })
    }

    fn approves(
        &self,
        record: &FactId,
        place: Place<'_>,
        (own, officer): (&Approval, &OfficerId),
        roles: &[Role],
    ) -> bool {
        let Some(acting) = self.acting.get(&people::actor(officer)) else { return false };
        let has = |is: &Officer| roles.iter().any(|role| is.roles.contains(role));
        let grants = |node: &NodeKey| acting.holds(place, Some(record), |is| is.works_at(node) && has(is));
        self.stands_behind(own, place.1).is_some_and(|made| made.iter().any(grants))
    }

    /// Where the key of an approval was made, if it counts and was not revoked for this approval.
    fn stands_behind(&self, own: &Approval, approval: &FactId) -> Option<&[NodeKey]> {
        let whose = (own.key.clone(), own.signer.clone());
        let mut doubts = self.revoked.get(&whose).into_iter().flatten();
        if doubts.all(|doubt| doubt.trusted.contains(approval)) {
            self.made.get(&whose).map(Vec::as_slice)
        } else {
            None
        }
    }

    /// Did a judge approve a record with an own key that counts?
    #[must_use]
    pub fn approved_by_judge(&self, record: &FactId, judge: &JudgeId) -> bool {
        let mut approvals = self.approvals.get(record).into_iter().flatten();
        approvals.any(|((_, id), own)| {
            matches!(&own.signer, Signer::Judge(by) if by == judge) && self.stands_behind(own, id).is_some()
        })
    }

    /// Has what a judge signed at a place, at a computer, to be approved with a key of the judge's: one that was made known there before, and
    /// was not revoked before?
    #[must_use]
    pub fn wants_judge(&self, judge: &JudgeId, place: Place<'_>, node: &NodeId) -> bool {
        let before = |(order, id): &OwnPlace| (*order, id) < place;
        let whose = |own: &JudgeKey| (own.key.clone(), Signer::Judge(judge.clone()));
        let revoked =
            |own: &JudgeKey| self.revoked.get(&whose(own)).into_iter().flatten().any(|doubt| before(&doubt.place));
        let own = self.judges.get(judge).into_iter().flatten();
        let mut own = own.filter(|own| own.at == *node && before(&own.place));
        self.signed_in_before(place) && own.any(|own| !revoked(own))
    }

    /// Why what an officer wrote at a place, at a computer, does not count, where people sign in; `None` where it does. `actor` is no judge.
    #[must_use]
    pub fn why(&self, actor: &Actor, place: Place<'_>, node: &NodeId, by: By) -> Option<Why> {
        if !self.signed_in_before(place) {
            return None;
        }
        let may = |own: &Officer| match by {
            By::Roles(roles) => !own.retired && roles.iter().any(|role| own.roles.contains(role)),
            By::Anybody | By::Approval => !own.retired && !own.roles.is_empty(),
        };
        let Some(acting) = self.acting.get(actor) else {
            let officer = people::officer_of(actor.as_str()).is_some();
            return Some(if officer { Why::Role } else { Why::Nobody });
        };
        let here = acting.at.iter().filter(|(name, _)| name == node);
        let mut here = here.map(|(_, key)| key);
        if here.any(|key| acting.holds(place, None, |own| may(own) && own.works_at(key))) {
            return None;
        }
        Some(if acting.holds(place, None, may) { Why::Elsewhere } else { Why::Role })
    }

    /// May other records count than by an earlier answer?
    pub(in crate::competition) fn moved_since(&self, before: &Self) -> bool {
        self.switches != before.switches || self.acting != before.acting
    }

    /// The first number in display order from which somebody may have lost a right that an earlier answer gave; `None` where nobody did.
    pub(in crate::competition) fn lost_since(&self, before: &Self) -> Option<u64> {
        let differs = |one: &[(OwnPlace, Option<Edition>)], other: &[(OwnPlace, Option<Edition>)]| {
            let at = (0..one.len().max(other.len())).find(|at| one.get(*at) != other.get(*at))?;
            one.get(at).into_iter().chain(other.get(at)).map(|((order, _), _)| *order).min()
        };
        let switches = differs(&before.switches, &self.switches);
        let officers = before.acting.iter().filter_map(|(actor, old)| {
            let Some(new) = self.acting.get(actor).filter(|new| old.at.is_subset(&new.at)) else { return Some(0) };
            let steps = old.grants.len().max(new.grants.len());
            let at = (0..steps).find(|at| old.grants.get(*at) != new.grants.get(*at))?;
            let either = old.grants.get(at).into_iter().chain(new.grants.get(at));
            either.map(|((order, _), ..)| *order).min()
        });
        switches.into_iter().chain(officers).min()
    }
}

impl Acting {
    /// As [`holds`], leaving out one grant.
    fn holds(&self, place: Place<'_>, but: Option<&FactId>, what: impl Fn(&Officer) -> bool) -> bool {
        let until = self.grants.partition_point(|((order, id), ..)| (*order, id) <= place);
        let latest = self.grants.iter().take(until).rev().filter(|((_, id), ..)| Some(id) != but);
        holds(latest.map(|((order, id), own, counts)| ((*order, id), own, *counts, true)), place, what)
    }
}
