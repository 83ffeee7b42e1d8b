//! Which of the things that were said about people count, where each may rest on others: grants and keys that organisers approved with keys of
//! their own, in roles that were granted, until keys are revoked and grants taken back.
//!
//! A fact counts that was written while nobody signed in, or that an organiser approved; what speaks against an approval (a later grant
//! without the role, a key that was revoked) may itself count or not. So it is worked out from both sides: what counts whatever may speak
//! against it, and what may count if only that speaks against it which does; in turn, until neither changes (the alternating fixed point). What
//! is left between the two takes each other's right away: it does not count, and speaks against others all the same. So nothing vouches for
//! itself, nor do two for each other, and whose key was revoked does not lift that by revoking in turn.

use super::{Place, is_about_people};
use crate::approval::Edition;
use crate::command::Role;
use crate::envelope::Envelope;
use crate::fact::Fact;
use crate::ids::{FactId, NodeId, NodeKey, OfficerId};
use crate::people::{Approval, Officer, Signer};
use std::collections::{BTreeMap, BTreeSet};

/// Records.
pub(super) type Ids<'a> = BTreeSet<&'a FactId>;

/// A key as it was made known.
pub(super) struct Key<'a> {
    pub id: &'a FactId,
    pub signer: Signer,
    pub node: &'a NodeKey,
    /// The computer that wrote the record.
    pub at: &'a NodeId,
    pub order: u64,
}

/// A key that is to count no more.
struct Revoked<'a> {
    id: &'a FactId,
    signer: &'a Signer,
    /// The computer that wrote the record.
    at: &'a NodeId,
    order: u64,
    trusted: &'a [FactId],
    replaces: &'a [FactId],
}

/// Something said of whether people sign in.
pub(super) struct Switch<'a> {
    pub place: Place<'a>,
    pub on: bool,
    edition: Edition,
    replaces: &'a [FactId],
}

/// What was said about people, sorted for counting.
#[derive(Default)]
pub(super) struct Facts<'a> {
    /// The computer that founded the competition: the anchor.
    founder: Option<&'a NodeId>,
    /// By officer, in display order.
    pub grants: BTreeMap<&'a OfficerId, Vec<(Place<'a>, &'a Officer)>>,
    /// In display order.
    pub sign_ins: Vec<Switch<'a>>,
    /// By key.
    pub keys: BTreeMap<&'a str, Vec<Key<'a>>>,
    revoked: BTreeMap<&'a str, Vec<Revoked<'a>>>,
    /// By record that is approved.
    pub approvals: BTreeMap<&'a FactId, Vec<(Place<'a>, &'a Approval)>>,
}

impl<'a> Facts<'a> {
    pub(super) fn of(said: impl Iterator<Item = &'a Envelope>, founder: Option<&'a NodeId>) -> Self {
        let mut facts = Self { founder, ..Self::default() };
        for own in said {
            let (id, order) = (&own.id, own.order);
            match &own.fact {
                Ok(Fact::Officer { officer, value }) => {
                    facts.grants.entry(officer).or_default().push(((order, id), value));
                }
                Ok(Fact::SignIn { on, approvals }) => {
                    let (place, replaces) = ((order, id), own.replaces.as_slice());
                    facts.sign_ins.push(Switch { place, on: *on, edition: *approvals, replaces });
                }
                Ok(Fact::OfficerKey { officer, node, key }) => {
                    let signer = Signer::Officer(officer.clone());
                    facts.keys.entry(key).or_default().push(Key { id, signer, node, at: &own.origin.node, order });
                }
                Ok(Fact::JudgeKey { judge, node, key }) => {
                    let signer = Signer::Judge(judge.clone());
                    facts.keys.entry(key).or_default().push(Key { id, signer, node, at: &own.origin.node, order });
                }
                Ok(Fact::KeyRevoked { signer, key, trusted, .. }) => {
                    let (at, replaces) = (&own.origin.node, &own.replaces);
                    let revoked = Revoked { id, signer, at, order, trusted, replaces };
                    facts.revoked.entry(key).or_default().push(revoked);
                }
                Ok(Fact::Approved { record, approval }) => {
                    facts.approvals.entry(record).or_default().push(((order, id), approval));
                }
                other => debug_assert!(!other.as_ref().is_ok_and(is_about_people), "a kind about people is left out"),
            }
        }
        facts.grants.values_mut().for_each(|own| own.sort_by_key(|(place, _)| *place));
        facts.sign_ins.sort_by_key(|own| own.place);
        facts
    }

    /// What counts for certain, and what may count.
    pub(super) fn settle(&self) -> (Ids<'a>, Ids<'a>) {
        let (mut certain, mut possible) = (Ids::new(), self.all());
        loop {
            let next = self.counting(&possible);
            let may = self.counting(&next);
            if (&next, &may) == (&certain, &possible) {
                return (certain, possible);
            }
            (certain, possible) = (next, may);
        }
    }

    fn all(&self) -> Ids<'a> {
        let grants = self.grants.values().flatten().map(|((_, id), _)| *id);
        let keys = self.keys.values().flatten().map(|own| own.id);
        let revoked = self.revoked.values().flatten().map(|own| own.id);
        grants.chain(self.sign_ins.iter().map(|own| own.place.1)).chain(keys).chain(revoked).collect()
    }

    /// The least that counts where `against` speaks against it.
    fn counting(&self, against: &Ids<'a>) -> Ids<'a> {
        let mut counted: Ids<'a> = self.sign_ins.iter().filter(|own| own.on).map(|own| own.place.1).collect();
        loop {
            let view = Counting { facts: self, counted: &counted, against };
            let approved = |id: &FactId| view.is_approved(id, None);
            let free = |(order, id): Place<'_>| !view.signed_in_before((order, id));
            let grants = self.grants.values().flatten().map(|(place, _)| *place);
            let grants = grants.filter(|place| free(*place) || approved(place.1)).map(|(_, id)| id);
            let keys = self.keys.values().flatten();
            let keys = keys.filter(|own| free((own.order, own.id)) || approved(own.id)).map(|own| own.id);
            let ends = self.sign_ins.iter().filter(|own| !own.on && approved(own.place.1)).map(|own| own.place.1);
            let revoked = self.revoked.iter().flat_map(|(key, all)| all.iter().map(move |own| (*key, own)));
            let revoked =
                revoked.filter(|(key, own)| free((own.order, own.id)) || view.is_approved(own.id, Some(*key)));
            let mut next = counted.clone();
            next.extend(grants.chain(keys).chain(ends).chain(revoked.map(|(_, own)| own.id)));
            if next.len() == counted.len() {
                return next;
            }
            counted = next;
        }
    }
}

/// What counts so far, and what speaks against approvals.
pub(super) struct Counting<'f, 'a> {
    pub facts: &'f Facts<'a>,
    pub counted: &'f Ids<'a>,
    pub against: &'f Ids<'a>,
}

impl<'a> Counting<'_, 'a> {
    /// Did people sign in before a place?
    pub(super) fn signed_in_before(&self, place: Place<'_>) -> bool {
        self.edition_before(place).is_some()
    }

    /// Which decisions wanted approvals before a place; `None` where people did not sign in. Of beginnings side by side the newest edition.
    pub(super) fn edition_before(&self, place: Place<'_>) -> Option<Edition> {
        let before = || self.facts.sign_ins.iter().filter(move |own| own.place < place);
        let counts = || before().filter(|own| self.counted.contains(own.place.1));
        let replaced: BTreeSet<&FactId> = counts().flat_map(|own| own.replaces).collect();
        let standing = counts().filter(|own| own.on && !replaced.contains(own.place.1));
        // None is below the first: anybody may say that people sign in, and would end all approvals by it.
        standing.map(|own| own.edition.max(Edition::FIRST)).max()
    }

    /// Did an organiser approve a record, with another key than this?
    fn is_approved(&self, record: &FactId, but: Option<&str>) -> bool {
        let approvals = self.facts.approvals.get(record).into_iter().flatten();
        let mut approvals = approvals.filter(|(_, own)| but != Some(own.key.as_str()));
        approvals.any(|(place, own)| self.approves(record, *place, own, Role::Organiser))
    }

    /// Does an approval of a record hold in a role: with a key that counts, at a computer and in a role that were granted then? A grant neither
    /// gives nor takes the right to approve it: somebody who organises no more may have approved just that.
    fn approves(&self, record: &FactId, place: Place<'_>, approval: &Approval, role: Role) -> bool {
        let Approval { signer, key, .. } = approval;
        let Signer::Officer(officer) = signer else { return false };
        if self.is_revoked(key, signer, place.1) {
            return false;
        }
        let own = self.facts.keys.get(key.as_str()).into_iter().flatten();
        let mut own = own.filter(|own| own.signer == *signer && self.counted.contains(own.id));
        own.any(|own| self.grants(officer, (place, record), |is| is.works_at(own.node) && is.roles.contains(&role)))
    }

    /// Is a key of somebody revoked, for all but the approvals that are still trusted?
    fn is_revoked(&self, key: &str, signer: &Signer, approval: &FactId) -> bool {
        self.doubts(key, signer).into_iter().any(|(_, trusted)| !trusted.contains(approval))
    }

    /// Of each revocation of somebody's key that holds its place and the approvals that are still trusted.
    pub(super) fn doubts(&self, key: &str, signer: &Signer) -> Vec<(Place<'a>, &'a [FactId])> {
        let Some(all) = self.facts.revoked.get(key) else { return Vec::new() };
        // A key that was made at the founding computer is revoked there: else whoever has one key takes away all others.
        let known = self.facts.keys.get(key).into_iter().flatten();
        let mut known = known.filter(|own| own.signer == *signer && self.counted.contains(own.id));
        let anchored = self.facts.founder.is_some() && known.any(|own| Some(own.at) == self.facts.founder);
        let may = |own: &&Revoked<'_>| own.signer == signer && (!anchored || Some(own.at) == self.facts.founder);
        let all = || all.iter().filter(may);
        let replaced = |id: &FactId| all().any(|own| self.counted.contains(own.id) && own.replaces.contains(id));
        let holding = all().filter(|own| self.against.contains(own.id) && !replaced(own.id));
        holding.map(|own| ((own.order, own.id), own.trusted)).collect()
    }

    /// Does the latest grant of somebody that counts, and is not later than a place, grant something; and every one behind it that may count?
    fn grants(&self, officer: &OfficerId, (place, but): (Place<'_>, &FactId), what: impl Fn(&Officer) -> bool) -> bool {
        let all = self.facts.grants.get(officer).map(Vec::as_slice).unwrap_or_default();
        let steps = all.iter().filter(|((_, id), _)| *id != but);
        let steps = steps.map(|(at, own)| (*at, *own, self.counted.contains(at.1), self.against.contains(at.1)));
        holds(steps.rev(), place, what)
    }
}

/// Of grants, the latest first, each with whether it counts and whether it speaks against others: does one that counts, and is not later than a
/// place, grant something, with none behind it that takes it away?
pub(super) fn holds<'g>(
    latest_first: impl Iterator<Item = (Place<'g>, &'g Officer, bool, bool)>,
    place: Place<'_>,
    what: impl Fn(&Officer) -> bool,
) -> bool {
    for (_, own, counts, takes) in latest_first.filter(|(at, ..)| *at <= place) {
        match what(own) {
            true if counts => return true,
            false if takes => return false,
            _ => {}
        }
    }
    false
}
