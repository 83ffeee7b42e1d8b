//! Whose word counts: what was said about trust and about people, worked out together.
//!
//! A revocation is heard of whoever had the right to it; who has it was said in records, which revocations put out of effect. So it goes in
//! rounds. In each those revocations are added whose author had the right by what was said about people at computers that are trusted after
//! the round before, leaving out what the revocation itself cuts ([`is_silent`]): nobody takes the right to a revocation away from behind its
//! cut. Once heard it stays so. When none is added, people and adoptions are judged by what is trusted then.

use super::Competition;
use super::people::{KeyTrust, People, Place};
use crate::authority::By;
use crate::envelope::Envelope;
use crate::fact::Fact;
use crate::ids::{FactId, NodeId};
use crate::trust::{Ruling, Said, Says, Trust, Why};
use std::collections::BTreeSet;

/// What became of it when it was worked out anew whose word counts.
pub(super) struct Ruled {
    /// Other records count than before, or may.
    pub changed: bool,
    /// The first number in display order from which somebody may have lost a right that was taken for granted.
    pub lost: Option<u64>,
}

impl Competition {
    /// Works out whose word counts.
    pub(super) fn rule(&mut self) -> Ruled {
        let (ruling, people) = ruled(&self.trust, &self.people);
        let lost = people.lost_since(self.people.trust());
        let moved = people.moved_since(self.people.trust());
        let (changed, unadopted) = self.trust.follow(ruling);
        let trust = &self.trust;
        self.people.follow(people, |origin| trust.trusts(origin));
        Ruled { changed: changed || moved, lost: if unadopted { Some(0) } else { lost } }
    }
}

fn ruled(trust: &Trust, people: &People) -> (Ruling, KeyTrust) {
    if !people.ever_sign_in() {
        // Nobody has to have a right.
        let mut ruling = trust.ruling_of(|_, _| true);
        ruling.hears(trust, |_, _| None);
        let people = people.trust_of(trust.founder(), |own| ruling.trusts(&own.origin));
        return (ruling, people);
    }
    let founder = trust.founder();
    let mut heard: BTreeSet<FactId> = BTreeSet::new();
    let is_adoption = |said: &Said| matches!(said.says, Says::Adopted(_));
    loop {
        let mut ruling = trust.ruling_of(|id, said| is_adoption(said) || heard.contains(id));
        let known = people.trust_of(founder, |own| ruling.trusts(&own.origin));
        let had = |id: &FactId, said: &Said| {
            let silent = |own: &Envelope| is_silent(said, own, founder);
            if people.said().any(|(_, own)| ruling.trusts(&own.origin) && silent(own)) {
                had_right(&people.trust_of(founder, |own| ruling.trusts(&own.origin) && !silent(own)), id, said)
            } else {
                had_right(&known, id, said)
            }
        };
        let new = trust.said().filter(|(id, said)| !is_adoption(said) && !heard.contains(*id));
        let new: Vec<FactId> = new.filter(|(id, said)| had(id, said).is_none()).map(|(id, _)| id.clone()).collect();
        if new.is_empty() {
            let why = |id: &FactId, said: &Said| {
                let not_heard = !is_adoption(said) && !heard.contains(id);
                let why = if heard.contains(id) { None } else { had_right(&known, id, said) };
                why.or(not_heard.then_some(Why::Role))
            };
            ruling.hears(trust, why);
            return (ruling, known);
        }
        heard.extend(new);
    }
}

/// Does what was said about people not bear on a revocation, because that cuts it? What the founding computer said always bears on it; that people
/// sign in, unless the founding computer revokes: else whoever is at any computer would have the right to all by cutting that.
fn is_silent(said: &Said, own: &Envelope, founder: Option<&NodeId>) -> bool {
    let Says::Revoked(node, Some(revocation)) = &said.says else { return false };
    let cut = *node == own.origin.node && !revocation.trusts(&own.origin.log, own.origin.seq);
    let bears = Some(&own.origin.node) == founder
        || matches!(own.fact, Ok(Fact::SignIn { .. })) && Some(&said.origin.node) != founder;
    cut && !bears
}

/// Why somebody had no right to say something about trust; `None` where the person had.
fn had_right(people: &KeyTrust, id: &FactId, said: &Said) -> Option<Why> {
    let by = match said.says {
        Says::Revoked(..) => crate::authority::REVOKES,
        Says::Adopted(_) => crate::authority::ADOPTS,
    };
    let place: Place<'_> = (said.order, id);
    people.why(&said.actor, place, &said.origin.node, By::Roles(by))
}

/// Is a fact heard before anything has effect?
pub(super) const fn is_heard(fact: &Fact) -> bool {
    crate::trust::is_about_trust(fact) || super::people::is_about_people(fact)
}
