//! Who works here, as the start screen and the organiser see it.

use super::{Words, approvals, history, judges, words};
use crate::command::Role;
use crate::command::people::{Door, DoorState, KeyApproval, Me, OfficerRow, OwnKey, PeopleView, SignInView};
use crate::competition::Competition;
use crate::decide::people::{approvals_with, somebody};
use crate::ids::{FactId, NodeKey, OfficerId};
use crate::people::{Approval, Officer, Signer};
use crate::register::Version;
use std::collections::BTreeSet;

/// What a person's PIN goes by beside those of judges: no judge's id holds a colon.
const PIN: &str = "officer:";

/// The name under which a person's PIN is kept.
#[must_use]
pub fn pin_name(officer: &OfficerId) -> String {
    format!("{PIN}{officer}")
}

/// The officers of a list of names of PINs.
#[must_use]
pub fn with_pin(names: &[String]) -> Vec<OfficerId> {
    names.iter().filter_map(|name| name.strip_prefix(PIN)).map(OfficerId::from).collect()
}

/// The name of somebody, or the id where nobody knows it.
#[must_use]
pub fn name(state: &Competition, officer: &OfficerId) -> String {
    state.people.officer(officer).map_or_else(|| officer.to_string(), |officer| officer.name.clone())
}

/// What somebody with a key is called: an officer by name, a judge by code.
#[must_use]
pub fn called(state: &Competition, signer: &Signer) -> String {
    match signer {
        Signer::Officer(officer) => name(state, officer),
        Signer::Judge(judge) => judges::code(state, judge),
    }
}

/// The beginning of a public key, in groups of four.
#[must_use]
pub fn short(key: &str) -> String {
    let letters: Vec<char> = key.chars().take(16).collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// Somebody who is signed in.
#[must_use]
pub fn me(officer: &OfficerId, value: &Officer) -> Me {
    Me { officer: officer.clone(), name: value.name.clone(), roles: value.roles.iter().copied().collect() }
}

/// What the start screen needs. `pins` are the officers with a PIN at this computer, `signed_in` is who asks.
#[must_use]
pub fn start(state: &Competition, node: &NodeKey, pins: &[OfficerId], signed_in: Option<&OfficerId>) -> SignInView {
    let trust = state.people.trust();
    let here = state.people.working().filter(|(_, officer)| officer.works_at(node));
    let mut people: Vec<Door> = here
        .map(|(id, officer)| {
            let signer = Signer::Officer(id.clone());
            let revoked = trust.last_key(&signer, node).is_some_and(|key| trust.is_revoked(key, &signer));
            let state = match (pins.contains(id) && !revoked, trust.has_key(&signer, node)) {
                (false, _) => DoorState::New,
                (true, false) => DoorState::Awaiting,
                (true, true) => DoorState::Ready,
            };
            Door { officer: id.clone(), name: officer.name.clone(), state }
        })
        .collect();
    people.sort_by(|one, other| (&one.name, &one.officer).cmp(&(&other.name, &other.officer)));
    let events = state.events.iter().map(|(id, event)| (id.clone(), event.name.value().cloned().unwrap_or_default()));
    SignInView {
        on: trust.signs_in(),
        title: state.settings().title,
        events: events.collect(),
        me: signed_in.and_then(|id| Some(me(id, state.people.officer(id)?))),
        people,
    }
}

/// Everybody who works here.
#[must_use]
pub fn list(state: &Competition, node: &NodeKey, pins: &[OfficerId]) -> PeopleView {
    let row = |(id, register): (&OfficerId, &crate::register::Register<Officer>)| {
        let keys = keys_of(state, &Signer::Officer(id.clone()));
        let officer = register.value()?.clone();
        Some(OfficerRow { id: id.clone(), officer, pin: pins.contains(id), keys, crosses: register.crosses() })
    };
    let mut officers: Vec<OfficerRow> = state.people.officers.iter().filter_map(row).collect();
    officers.sort_by(|one, other| {
        (one.officer.retired, &one.officer.name, &one.id).cmp(&(other.officer.retired, &other.officer.name, &other.id))
    });
    PeopleView {
        on: state.people.signs_in(),
        node: node.clone(),
        officers,
        warnings: warnings(state),
        awaited: approvals::awaited(state),
        nobody: !somebody(state, pins, node),
    }
}

/// The keys of somebody that count.
#[must_use]
pub fn keys_of(state: &Competition, signer: &Signer) -> Vec<OwnKey> {
    let own = state.people.trust().keys().filter(|(_, whose, _)| *whose == signer);
    own.map(|(key, _, node)| OwnKey { node: node.clone(), key: key.to_owned() }).collect()
}

/// Roles that one person should not hold together, and judges who hold one of them by their name.
fn warnings(state: &Competition) -> Vec<Words> {
    let pairs = [
        (Role::Recorder, Role::Checker, "people-types-and-checks"),
        (Role::ChiefJudge, Role::Supervisor, "duties-chief-judge-supervises"),
        (Role::DrawOfficer, Role::Supervisor, "people-seals-alone"),
        (Role::DrawOfficer, Role::ChiefJudge, "people-seals-and-judges"),
        (Role::DrawOfficer, Role::Recorder, "people-seals-and-types"),
        (Role::DrawOfficer, Role::Checker, "people-seals-and-types"),
        (Role::ChiefJudge, Role::Recorder, "duties-chief-judge-types"),
        (Role::ChiefJudge, Role::Checker, "duties-chief-judge-types"),
        (Role::Supervisor, Role::Recorder, "duties-supervisor-types"),
        (Role::Supervisor, Role::Checker, "duties-supervisor-types"),
    ];
    let judges: Vec<(&str, &str)> = state
        .judges
        .values()
        .filter_map(|register| register.value())
        .filter(|judge| !judge.retired && !matches!(judge.kind, crate::command::judging::JudgeKind::Chief))
        .map(|judge| (judge.name.as_str(), judge.code.as_str()))
        .collect();
    let mut found: Vec<Words> = Vec::new();
    for (_, officer) in state.people.working() {
        let holds = |role: Role| officer.roles.contains(&role);
        let held = pairs.iter().filter(|(one, other, _)| holds(*one) && holds(*other));
        found.extend(held.map(|(_, _, key)| words(key, &[("name", &officer.name)])));
        let own = judges.iter().filter(|(name, _)| *name == officer.name && holds(Role::DrawOfficer));
        found.extend(own.map(|(name, code)| words("people-seals-and-marks", &[("name", name), ("code", code)])));
    }
    found.sort();
    found.dedup();
    found
}

/// What was approved with a key, the newest first.
#[must_use]
pub fn approved_with(state: &Competition, signer: &Signer, key: &str) -> Vec<KeyApproval> {
    let mut made: Vec<_> = approvals_with(state, signer, key).collect();
    made.sort_by_key(|(_, id, version)| std::cmp::Reverse((version.order, *id)));
    let records: BTreeSet<&FactId> = made.iter().map(|(record, ..)| *record).collect();
    let mut lines = history::lines_of(state, &records);
    let one = |(record, id, version): (&FactId, &FactId, &Version<Approval>)| KeyApproval {
        approval: id.clone(),
        line: lines.remove(record),
        at: version.at,
    };
    made.into_iter().map(one).collect()
}
