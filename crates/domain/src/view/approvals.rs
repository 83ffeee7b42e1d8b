//! Decisions and their approvals (see [`crate::approval`]): those that stand and were made while people signed in, and what they lack.

use super::{Words, key, people, words};
use crate::approval::{ADOPTED, BULLETIN, FINAL, SEALED, TRUST, of_duty, of_office};
use crate::command::Role;
use crate::command::people::Awaited;
use crate::competition::{Competition, Event, KeyTrust};
use crate::ids::{Actor, EventId, FactId, OfficerId};
use crate::people::{KeyRevocation, Officer};
use crate::register::{Register, Version};
use crate::trust::{Label, Says};
use std::collections::BTreeSet;

/// Everything that lacks an approval, the oldest first; nothing where nobody signs in.
#[must_use]
pub fn awaited(state: &Competition) -> Vec<Awaited> {
    if !state.people.signs_in() {
        return Vec::new();
    }
    decisions(state).into_iter().filter(|own| !own.missing.is_empty()).collect()
}

/// Every decision that stands and was made while people signed in, the oldest first, also where they no longer do.
#[must_use]
pub fn decisions(state: &Competition) -> Vec<Awaited> {
    let mut found = Found { state, trust: state.people.trust(), awaited: Vec::new() };
    for (id, event) in &state.events {
        found.event(id, event);
    }
    for (id, register) in &state.people.heard().officers {
        let known = |own: &Officer| words("approval-officer", &[("name", &own.name)]);
        let name = people::name(state, id);
        found.all(state.people.officers.get(id), None, TRUST, &|| words("approval-officer", &[("name", &name)]));
        found.idle(register, &known);
    }
    found.idle(&state.people.heard().sign_in, &|_| key("approval-sign-in"));
    found.all(Some(&state.people.sign_in), None, TRUST, &|| key("approval-sign-in"));
    for (own, register) in &state.people.heard().revoked {
        let what = |of: &KeyRevocation| {
            let args: [(&str, &dyn ToString); 2] =
                [("name", &people::name(state, &of.officer)), ("key", &people::short(own))];
            words("approval-key-revoked", &args)
        };
        found.idle(register, &what);
    }
    for register in state.erased.values() {
        found.all(Some(register), None, TRUST, &|| key("approval-erased"));
    }
    found.computers();
    found.keys();
    found.awaited.sort_by(|(one, _), (other, _)| one.cmp(other));
    found.awaited.into_iter().map(|(_, awaited)| awaited).collect()
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
    /// By place in display order and record.
    awaited: Vec<((u64, FactId), Awaited)>,
}

impl<'a> Found<'a> {
    fn event(&mut self, id: &EventId, event: &'a Event) {
        let name = event.name.value().cloned().unwrap_or_default();
        let of_event = |key: &str| words(key, &[("event", &name)]);
        for (duty, register) in &event.confirmations {
            self.all(Some(register), Some(id), of_duty(*duty), &|| of_event("approval-confirmed"));
        }
        self.all(Some(&event.done), Some(id), FINAL, &|| of_event("approval-final"));
        self.all(Some(&event.seal), Some(id), SEALED, &|| of_event("approval-sealed"));
        for (number, register) in &event.bulletins {
            let what = || words("approval-bulletin", &[("event", &name), ("number", number)]);
            self.all(Some(register), Some(id), BULLETIN, &what);
        }
        // Two persons together: whoever approved the one opening alone cannot approve the other as well.
        let mut one: Vec<BTreeSet<&OfficerId>> = Vec::new();
        for (office, register) in &event.openings {
            for (record, version) in self.wanting(register) {
                let role = of_office(*office)[0];
                let mut own: BTreeSet<&OfficerId> = self.trust.approvers(record, role).collect();
                if let [only] = &one[..]
                    && only.len() == 1
                {
                    own.retain(|officer| !only.contains(officer));
                }
                let missing = if own.is_empty() { vec![role] } else { Vec::new() };
                self.add(record, made(version), Some(id), of_event("approval-opened"), missing);
                if one.is_empty() && !own.is_empty() {
                    one.push(own);
                }
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
            let (roles, what) = match &said.says {
                Says::Revoked(node, _) => {
                    (TRUST, words("approval-revoked", &[("node", &people::short(node.as_str()))]))
                }
                Says::Adopted(records) => (ADOPTED, words("approval-adopted", &[("count", &records.len())])),
            };
            let approvers: Vec<BTreeSet<&OfficerId>> =
                roles.iter().map(|role| self.trust.approvers(record, *role).collect()).collect();
            let missing = unfilled(roles, &approvers);
            self.add(record, (said.order, said.at, &said.actor), None, what, missing);
        }
    }

    fn keys(&mut self) {
        let state = self.state;
        for (officer, nodes) in &state.people.heard().keys {
            if state.people.officer(officer).is_none_or(|known| known.retired) {
                continue;
            }
            for (node, register) in nodes {
                let what = |key: &String| {
                    let of = people::short(key);
                    let args: [(&str, &dyn ToString); 3] = [
                        ("name", &people::name(state, officer)),
                        ("node", &people::short(node.as_str())),
                        ("key", &of),
                    ];
                    words("approval-key", &args)
                };
                self.idle(register, &what);
            }
        }
    }

    /// What was said about people and waits for an organiser: it has no effect before, and holds up nothing.
    fn idle<T: PartialEq>(&mut self, register: &'a Register<T>, what: &dyn Fn(&T) -> Words) {
        for (record, version) in register.standing() {
            if !self.trust.counts(record) {
                self.add(record, made(version), None, what(&version.value), vec![Role::Organiser]);
                if let Some((_, last)) = self.awaited.last_mut() {
                    last.idle = true;
                }
            }
        }
    }

    /// Versions that stand and were set while people signed in.
    fn wanting<T: PartialEq>(&self, register: &'a Register<T>) -> Vec<(&'a FactId, &'a Version<T>)> {
        let standing = register.standing().into_iter();
        standing.filter(|(id, version)| self.trust.signed_in_before((version.order, *id))).collect()
    }

    /// Adds what of a register lacks the approval of as many persons as there are roles.
    fn all<T: PartialEq>(
        &mut self,
        register: Option<&'a Register<T>>,
        event: Option<&EventId>,
        roles: &[Role],
        what: &dyn Fn() -> Words,
    ) {
        for (record, version) in register.map(|register| self.wanting(register)).unwrap_or_default() {
            let approvers: Vec<BTreeSet<&OfficerId>> =
                roles.iter().map(|role| self.trust.approvers(record, *role).collect()).collect();
            self.add(record, made(version), event, what(), unfilled(roles, &approvers));
        }
    }

    /// A decision, with the roles in which nobody approved it.
    fn add(
        &mut self,
        record: &FactId,
        (order, at, actor): (u64, i64, &Actor),
        event: Option<&EventId>,
        what: Words,
        missing: Vec<Role>,
    ) {
        let by = super::judges::actor_shown(self.state, actor.as_str());
        let (record, event) = (record.clone(), event.cloned());
        let place = (order, record.clone());
        self.awaited.push((place, Awaited { record, event, what, by, at, missing, idle: false }));
    }
}

/// When a version was set, and by whom.
const fn made<T>(version: &Version<T>) -> (u64, i64, &Actor) {
    (version.order, version.at, &version.actor)
}

/// The roles that are left when every person fills one at most, as many as can be.
fn unfilled(roles: &[Role], approvers: &[BTreeSet<&OfficerId>]) -> Vec<Role> {
    fn fill<'a>(rest: &[(Role, &BTreeSet<&'a OfficerId>)], taken: &[&'a OfficerId]) -> Vec<Role> {
        let Some(((role, own), rest)) = rest.split_first() else { return Vec::new() };
        let mut left = fill(rest, taken);
        left.insert(0, *role);
        for officer in own.iter().filter(|officer| !taken.contains(officer)) {
            let with = fill(rest, &[taken, &[*officer]].concat());
            if with.len() < left.len() {
                left = with;
            }
        }
        left
    }
    let rest: Vec<_> = roles.iter().copied().zip(approvers).collect();
    fill(&rest, &[])
}
