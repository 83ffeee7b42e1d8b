//! Decisions and their approvals (see [`crate::approval`]): those that stand and were made while people signed in, and what they lack.

mod sheets;

pub use sheets::{SignedWith, signed_with};

use super::{Words, key, people, words};
use crate::approval::{ADOPTED, AnyOf, BULLETIN, DRAWN, FINAL, RULING, SEALED, TRUST, Wants, of_duty, of_office};
use crate::command::Role;
use crate::command::people::Awaited;
use crate::competition::{Competition, Event, KeyTrust, Place};
use crate::ids::{Actor, DrawId, EventId, FactId, OfficerId};
use crate::people::{KeyRevocation, Officer, Signer};
use crate::register::{Register, Version};
use crate::trust::{Label, Says};
use std::collections::BTreeSet;

/// Everything that lacks an approval, the oldest first; nothing where nobody signs in.
#[must_use]
pub fn awaited(state: &Competition) -> Vec<Awaited> {
    if !state.people.signs_in() {
        return Vec::new();
    }
    found(state, true).into_iter().map(|own| own.awaited).collect()
}

/// A decision, with what it lacks.
pub struct Decision {
    /// Kind of its fact.
    pub kind: &'static str,
    /// The decision; the approvals that it lacks may be none.
    pub awaited: Awaited,
}

/// Every decision that stands and was made while people signed in, the oldest first, also where they no longer do.
#[must_use]
pub fn decisions(state: &Competition) -> Vec<Decision> {
    found(state, false)
}

fn found(state: &Competition, lacking: bool) -> Vec<Decision> {
    let mut found = Found { state, trust: state.people.trust(), lacking, decisions: Vec::new() };
    for (id, event) in &state.events {
        found.event(id, event);
    }
    for entry in state.entries.values() {
        let event = entry.event();
        let name = event.and_then(|id| state.events.get(id)?.name.value().cloned()).unwrap_or_default();
        let what = || words("approval-decision", &[("event", &name)]);
        found.all(Some(&entry.decision), RULING, &About { kind: "entry.decision", event, what: &what });
    }
    found.lots();
    found.sheets();
    for register in state.findings.values() {
        found.all(Some(register), RULING, &About::whole("finding.settled", &|| key("approval-settled")));
    }
    for (id, register) in &state.people.heard().officers {
        let name = people::name(state, id);
        let what = || words("approval-officer", &[("name", &name)]);
        found.all(state.people.officers.get(id), TRUST, &About::whole("officer.set", &what));
        found.idle(register, "officer.set", &|own: &Officer| words("approval-officer", &[("name", &own.name)]));
    }
    found.idle(&state.people.heard().sign_in, "people.sign_in", &|_| key("approval-sign-in"));
    let what = || key("approval-sign-in");
    found.all(Some(&state.people.sign_in), TRUST, &About::whole("people.sign_in", &what));
    for (own, register) in &state.people.heard().revoked {
        let what = |of: &KeyRevocation| {
            let args: [(&str, &dyn ToString); 2] =
                [("name", &people::called(state, &of.signer)), ("key", &people::short(own))];
            words("approval-key-revoked", &args)
        };
        found.idle(register, "officer.key_revoked", &what);
    }
    for register in state.erased.values() {
        found.all(Some(register), TRUST, &About::whole("person.erased", &|| key("approval-erased")));
    }
    for register in state.readers.values() {
        found.all(Some(register), TRUST, &About::whole("readers.key", &|| key("approval-readers")));
    }
    found.computers();
    found.keys();
    found.decisions.sort_by(|(one, _), (other, _)| one.cmp(other));
    found.decisions.into_iter().map(|(_, decision)| decision).collect()
}

/// How many decisions that bear on an event lack an approval: its own, and those of the whole competition.
#[must_use]
pub fn missing(state: &Competition, event: &EventId) -> usize {
    let bears = |own: &Awaited| !own.idle && own.event.as_ref().is_none_or(|of| of == event);
    awaited(state).into_iter().filter(bears).count()
}

struct Found<'a> {
    state: &'a Competition,
    trust: &'a KeyTrust,
    /// Only what lacks an approval.
    lacking: bool,
    /// By place in display order and record.
    decisions: Vec<((u64, FactId), Decision)>,
}

/// What a decision is.
struct About<'s> {
    kind: &'static str,
    event: Option<&'s EventId>,
    what: &'s dyn Fn() -> Words,
}

impl<'s> About<'s> {
    /// Of the whole competition.
    const fn whole(kind: &'static str, what: &'s dyn Fn() -> Words) -> Self {
        Self { kind, event: None, what }
    }
}

impl<'a> Found<'a> {
    fn event(&mut self, id: &EventId, event: &'a Event) {
        let name = event.name.value().cloned().unwrap_or_default();
        let of_event = |key: &'static str| {
            let name = &name;
            move || words(key, &[("event", name)])
        };
        let (confirmed, done) = (of_event("approval-confirmed"), of_event("approval-final"));
        let (sealed, opened, drawn) =
            (of_event("approval-sealed"), of_event("approval-opened"), of_event("approval-draw"));
        let about = |kind, what| About { kind, event: Some(id), what };
        for (duty, register) in &event.confirmations {
            self.all(Some(register), of_duty(*duty), &about("results.confirmed", &confirmed));
        }
        self.all(Some(&event.done), FINAL, &about("results.final", &done));
        self.all(Some(&event.seal), SEALED, &about("draw.sealed", &sealed));
        for register in event.draws.values().flat_map(|draws| draws.values()) {
            self.all(Some(register), DRAWN, &about("draw.held", &drawn));
        }
        for (number, register) in &event.bulletins {
            let what = || words("approval-bulletin", &[("event", &name), ("number", number)]);
            self.all(Some(register), BULLETIN, &About { kind: "bulletin.published", event: Some(id), what: &what });
        }
        // Two persons together: whoever approved the one opening alone cannot approve the other as well.
        let mut one: Vec<BTreeSet<&OfficerId>> = Vec::new();
        for (office, register) in &event.openings {
            let (wants, about) = (of_office(*office), about("draw.opened", &opened));
            for (record, version) in self.wanting(register, wants) {
                let roles = wants.of[0];
                let mut own: BTreeSet<&OfficerId> = self.trust.approvers(record, roles).collect();
                if let [only] = &one[..]
                    && only.len() == 1
                {
                    own.retain(|officer| !only.contains(officer));
                }
                let missing = if own.is_empty() { vec![roles.to_vec()] } else { Vec::new() };
                self.add(record, made(version), &about, missing);
                if one.is_empty() && !own.is_empty() {
                    one.push(own);
                }
            }
        }
    }

    /// What was drawn, in the draws that stand: lots of any other say nothing any more.
    fn lots(&mut self) {
        let state = self.state;
        let draws = state.events.values().flat_map(|event| event.draws.values()).flat_map(|draws| draws.values());
        let held = draws.flat_map(Register::standing).filter_map(|(_, own)| own.value.as_ref());
        let standing: BTreeSet<&DrawId> = held.map(|held| &held.draw).collect();
        for entry in state.entries.values() {
            let event = entry.event();
            let what = || {
                let name = event.and_then(|id| state.events.get(id)?.name.value().cloned()).unwrap_or_default();
                words("approval-lot", &[("event", &name)])
            };
            let about = About { kind: "draw.lot", event, what: &what };
            for (_, register) in entry.lots.iter().filter(|(draw, _)| standing.contains(draw)) {
                self.all(Some(register), DRAWN, &about);
            }
        }
    }

    /// Which computers are trusted, and which of their records count all the same.
    fn computers(&mut self) {
        let state = self.state;
        for (record, said) in state.trust.said() {
            if !matches!(state.trust.label(record), Some(Label::In | Label::Open))
                || !self.trust.signed_in_before((said.order, record))
            {
                continue;
            }
            let what = || match &said.says {
                Says::Revoked(node, _) => words("approval-revoked", &[("node", &people::short(node.as_str()))]),
                Says::Adopted(records) => words("approval-adopted", &[("count", &records.len())]),
            };
            let (kind, wants) = match &said.says {
                Says::Revoked(..) => ("node.revoked", TRUST),
                Says::Adopted(_) => ("record.adopted", ADOPTED),
            };
            let missing = self.unfilled(record, wants);
            self.add(record, (said.order, said.at, &said.actor), &About::whole(kind, &what), missing);
        }
    }

    /// Keys that wait, of those who still work here or judge.
    fn keys(&mut self) {
        let state = self.state;
        for (signer, nodes) in &state.people.heard().keys {
            let (kind, words_key, works) = match signer {
                Signer::Officer(officer) => {
                    let known = state.people.officer(officer);
                    ("officer.key", "approval-key", known.is_some_and(|own| !own.retired))
                }
                Signer::Judge(judge) => {
                    let known = state.judges.get(judge).and_then(Register::value);
                    ("judge.key", "approval-judge-key", known.is_some_and(|own| !own.retired))
                }
            };
            for (node, register) in nodes.iter().filter(|_| works) {
                let what = |key: &String| {
                    let args: [(&str, &dyn ToString); 3] = [
                        ("name", &people::called(state, signer)),
                        ("node", &people::short(node.as_str())),
                        ("key", &people::short(key)),
                    ];
                    words(words_key, &args)
                };
                self.idle(register, kind, &what);
            }
        }
    }

    /// What was said about people and waits for an organiser: it has no effect before, and holds up nothing.
    fn idle<T: PartialEq>(&mut self, register: &'a Register<T>, kind: &'static str, what: &dyn Fn(&T) -> Words) {
        for (record, version) in register.standing() {
            if !self.trust.counts(record) {
                let own = || what(&version.value);
                let missing = TRUST.of.iter().map(|roles| roles.to_vec()).collect();
                self.add(record, made(version), &About::whole(kind, &own), missing);
                if let Some((_, last)) = self.decisions.last_mut() {
                    last.awaited.idle = true;
                }
            }
        }
    }

    /// Did people sign in before a place, and was it wanted then?
    fn is_wanted(&self, place: Place<'_>, wants: Wants) -> bool {
        self.trust.edition_before(place).is_some_and(|edition| edition >= wants.since)
    }

    /// Versions that stand and were set while people signed in and their approvals were wanted.
    fn wanting<T: PartialEq>(&self, register: &'a Register<T>, wants: Wants) -> Vec<(&'a FactId, &'a Version<T>)> {
        let standing = register.standing().into_iter();
        standing.filter(|(id, version)| self.is_wanted((version.order, id), wants)).collect()
    }

    /// Adds what of a register lacks the approval of as many persons as are wanted.
    fn all<T: PartialEq>(&mut self, register: Option<&'a Register<T>>, wants: Wants, about: &About<'_>) {
        for (record, version) in register.map(|register| self.wanting(register, wants)).unwrap_or_default() {
            let missing = self.unfilled(record, wants);
            self.add(record, made(version), about, missing);
        }
    }

    /// A decision, with the roles in which nobody approved it.
    fn add(
        &mut self,
        record: &FactId,
        (order, at, actor): (u64, i64, &Actor),
        about: &About<'_>,
        missing: Vec<Vec<Role>>,
    ) {
        // Of thousands that are approved nobody asks what they say.
        if self.lacking && missing.is_empty() {
            return;
        }
        let by = super::judges::actor_shown(self.state, actor.as_str());
        let (record, event) = (record.clone(), about.event.cloned());
        let place = (order, record.clone());
        let awaited = Awaited { record, event, what: (about.what)(), by, at, missing, idle: false };
        self.decisions.push((place, Decision { kind: about.kind, awaited }));
    }

    /// What a record lacks when every person fills one place at most, as many as can be.
    fn unfilled(&self, record: &FactId, wants: Wants) -> Vec<Vec<Role>> {
        let approvers = wants.of.iter().map(|roles| self.trust.approvers(record, roles).collect());
        let approvers: Vec<BTreeSet<&OfficerId>> = approvers.collect();
        let places: Vec<_> = wants.of.iter().copied().zip(&approvers).collect();
        fill(&places, &[])
    }
}

/// The places that are left.
fn fill<'a>(places: &[(AnyOf, &BTreeSet<&'a OfficerId>)], taken: &[&'a OfficerId]) -> Vec<Vec<Role>> {
    let Some(((roles, own), rest)) = places.split_first() else { return Vec::new() };
    let mut left = fill(rest, taken);
    left.insert(0, roles.to_vec());
    for officer in own.iter().filter(|officer| !taken.contains(officer)) {
        let with = fill(rest, &[taken, &[*officer]].concat());
        if with.len() < left.len() {
            left = with;
        }
    }
    left
}

/// When a version was set, and by whom.
const fn made<T>(version: &Version<T>) -> (u64, i64, &Actor) {
    (version.order, version.at, &version.actor)
}
