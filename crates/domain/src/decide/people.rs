//! Who works here, whether people sign in, and what they approve.

use super::judges::is_pin;
use super::{draft, needs_reason, person};
use crate::approval::Edition;
use crate::command::Role;
use crate::competition::Competition;
use crate::envelope::{Context, Draft, Refusal};
use crate::fact::Fact;
use crate::ids::{FactId, NodeKey, OfficerId};
use crate::people::{Approval, KeyRevocation, Officer, Signer};
use crate::register::{Register, Version};
use crate::view::approvals;
use std::collections::BTreeSet;

/// Somebody new who works here, or a change.
///
/// # Errors
/// `missing-name`, `too-long`, `officer-roles`, `officer-judges` for a role of judges, `node-form`, `unknown-officer`, `duplicate-officer`,
/// `last-organiser` where people sign in and nobody else could grant anything, `reason-needed`.
pub fn save(
    state: &Competition,
    id: Option<&OfficerId>,
    officer: &Officer,
    reason: &str,
    context: &Context,
) -> Result<(Vec<Draft>, OfficerId), Refusal> {
    let tidy = Officer { name: person(&officer.name)?, unit: officer.unit.trim().to_owned(), ..officer.clone() };
    if tidy.unit.chars().count() > 100 {
        return Err(Refusal::new("too-long").with("max", 100));
    }
    if tidy.roles.is_empty() {
        return Err(Refusal::new("officer-roles"));
    }
    if tidy.roles.iter().any(|role| !Role::GRANTED.contains(role)) {
        return Err(Refusal::new("officer-judges"));
    }
    if !tidy.nodes.iter().all(|node| is_key(node.as_str())) {
        return Err(Refusal::new("node-form"));
    }
    let mut others = state.people.working().filter(|(other, _)| Some(*other) != id);
    if !tidy.retired && others.any(|(_, other)| other.name == tidy.name) {
        return Err(Refusal::new("duplicate-officer").with("name", &tidy.name));
    }
    let (id, replaces) = match id {
        None => (OfficerId::new(context.fresh(0)), Vec::new()),
        Some(id) => {
            let register = state.people.heard().officers.get(id).ok_or(Refusal::new("unknown-officer"))?;
            let known = state.people.officers.get(id).and_then(Register::agreed);
            if known == Some(&tidy) && !register.crosses() {
                return Ok((Vec::new(), id.clone()));
            }
            if tidy.retired {
                needs_reason(reason)?;
            }
            (id.clone(), register.current())
        }
    };
    let organises = |officer: &Officer| !officer.retired && officer.roles.contains(&Role::Organiser);
    let mut others = state.people.working().filter(|(other, _)| **other != id);
    if state.people.signs_in() && !organises(&tidy) && !others.any(|(_, other)| organises(other)) {
        return Err(Refusal::new("last-organiser"));
    }
    Ok((vec![draft(Fact::Officer { officer: id.clone(), value: tidy }, replaces, reason)], id))
}

/// May this PIN be somebody's at this computer?
///
/// # Errors
/// `unknown-officer`, `officer-elsewhere` where the person does not work at this computer, `pin-form`.
pub fn check_pin(state: &Competition, officer: &OfficerId, node: &NodeKey, pin: &str) -> Result<(), Refusal> {
    works_at(state, officer, node)?;
    if is_pin(pin) { Ok(()) } else { Err(Refusal::new("pin-form")) }
}

/// Somebody who works at this computer.
///
/// # Errors
/// `unknown-officer`, `officer-elsewhere`.
pub fn works_at<'a>(state: &'a Competition, officer: &OfficerId, node: &NodeKey) -> Result<&'a Officer, Refusal> {
    let known = state.people.officer(officer).filter(|known| !known.retired).ok_or(Refusal::new("unknown-officer"))?;
    if known.works_at(node) { Ok(known) } else { Err(Refusal::new("officer-elsewhere")) }
}

/// The public half of a new key.
#[must_use]
pub fn key(state: &Competition, signer: &Signer, node: &NodeKey, key: &str) -> Draft {
    let register = state.people.heard().keys.get(signer).and_then(|nodes| nodes.get(node));
    let (node, key) = (node.clone(), key.to_owned());
    match signer {
        Signer::Officer(officer) => {
            let replaces = register.map(Register::current).unwrap_or_default();
            draft(Fact::OfficerKey { officer: officer.clone(), node, key }, replaces, "")
        }
        // A judge works with a key that still waits, and signs with it: it waits until an organiser approved it, whatever comes after it.
        Signer::Judge(judge) => draft(Fact::JudgeKey { judge: judge.clone(), node, key }, Vec::new(), ""),
    }
}

/// Did anybody say that somebody has this key at a computer?
#[must_use]
pub fn knows_key(state: &Competition, signer: &Signer, node: &NodeKey, key: &str) -> bool {
    let register = state.people.heard().keys.get(signer).and_then(|nodes| nodes.get(node));
    register.into_iter().flat_map(Register::versions).any(|(_, version)| version.value == key)
}

/// People sign in from now on. `with_pin` are the ids of officers with a PIN at this computer.
///
/// # Errors
/// `sign-in-nobody` where no organiser could sign in here.
pub fn begin(state: &Competition, with_pin: &[OfficerId], node: &NodeKey) -> Result<Vec<Draft>, Refusal> {
    if state.people.signs_in() {
        return Ok(Vec::new());
    }
    if !somebody(state, with_pin, node) {
        return Err(Refusal::new("sign-in-nobody"));
    }
    let replaces = state.people.heard().sign_in.versions().map(|(id, _)| id.clone()).collect();
    Ok(vec![draft(Fact::SignIn { on: true, approvals: Edition::NEWEST }, replaces, "")])
}

/// Can an organiser sign in at this computer?
#[must_use]
pub fn somebody(state: &Competition, with_pin: &[OfficerId], node: &NodeKey) -> bool {
    let trust = state.people.trust();
    let mut ready = state.people.working().filter(|(id, own)| own.works_at(node) && with_pin.contains(id));
    ready.any(|(id, own)| own.roles.contains(&Role::Organiser) && trust.has_key(&Signer::Officer(id.clone()), node))
}

/// People no longer sign in.
///
/// # Errors
/// `reason-needed`.
pub fn end(state: &Competition, reason: &str) -> Result<Vec<Draft>, Refusal> {
    if !state.people.signs_in() {
        return Ok(Vec::new());
    }
    needs_reason(reason)?;
    // Every one, not those alone that stand: an end that nobody approved stands there without effect.
    let replaces = state.people.heard().sign_in.versions().map(|(id, _)| id.clone()).collect();
    Ok(vec![draft(Fact::SignIn { on: false, approvals: Edition::FIRST }, replaces, reason)])
}

/// A person's key counts no more; of what was approved with it the named approvals stay. Nothing where exactly that is said already.
///
/// # Errors
/// `reason-needed`; `unknown-key` where nobody has this key, `unknown-approval` for a record that is no approval with it.
pub fn revoke_key(
    state: &Competition,
    (signer, node, key): (&Signer, &NodeKey, &str),
    trusted: &[FactId],
    reason: &str,
) -> Result<Vec<Draft>, Refusal> {
    needs_reason(reason)?;
    if !knows_key(state, signer, node, key) {
        return Err(Refusal::new("unknown-key"));
    }
    let made: BTreeSet<&FactId> = approvals_with(state, signer, key).map(|(_, id, _)| id).collect();
    if !trusted.iter().all(|id| made.contains(id)) {
        return Err(Refusal::new("unknown-approval"));
    }
    let register = state.people.heard().revoked.get(key);
    let wanted =
        KeyRevocation { signer: signer.clone(), node: node.clone(), trusted: trusted.iter().cloned().collect() };
    if register.and_then(Register::agreed) == Some(&wanted) && state.people.trust().is_revoked(key, signer) {
        return Ok(Vec::new());
    }
    let replaces = register.map(Register::current).unwrap_or_default();
    let trusted = wanted.trusted.into_iter().collect();
    let fact = Fact::KeyRevoked { signer: signer.clone(), node: node.clone(), key: key.to_owned(), trusted };
    Ok(vec![draft(fact, replaces, reason)])
}

/// What was approved with a key: the record that was approved, that of the approval, and its place and moment.
pub fn approvals_with<'a>(
    state: &'a Competition,
    signer: &'a Signer,
    key: &'a str,
) -> impl Iterator<Item = (&'a FactId, &'a FactId, &'a Version<Approval>)> {
    let all = state.people.heard().approvals.iter();
    let all = all.flat_map(|(record, register)| register.versions().map(move |(id, version)| (record, id, version)));
    all.filter(move |(.., version)| version.value.signer == *signer && version.value.key == key)
}

/// Can an organiser still sign in somewhere, and does what was said of a key hold?
///
/// # Errors
/// `revoke-key-founder` for a key of the founding computer, which is revoked there, `revoke-key-awaits` where it would not hold, `revoke-last-key`
/// where no organiser has a key that counts.
pub fn may_revoke(then: &Competition, said: &FactId, (signer, key): (&Signer, &str)) -> Result<(), Refusal> {
    if !then.people.signs_in() {
        return Ok(());
    }
    let trust = then.people.trust();
    let organises = |id: &OfficerId, node: &NodeKey| {
        then.people.officer(id).is_some_and(|own| own.works_at(node) && own.roles.contains(&Role::Organiser))
    };
    if !trust.keys().any(|(_, own, node)| own.officer().is_some_and(|officer| organises(officer, node))) {
        return Err(Refusal::new("revoke-last-key"));
    }
    match (trust.counts(said), trust.is_revoked(key, signer)) {
        (true, true) => Ok(()),
        (true, false) => Err(Refusal::new("revoke-key-founder")),
        (false, _) => Err(Refusal::new("revoke-key-awaits")),
    }
}

/// May somebody approve a decision that lacks it?
///
/// # Errors
/// `nothing-to-approve`, `approve-judge` where only the judge can, `approve-role` with the roles that are wanted, `approve-twice` where the other
/// person has to.
pub fn may_approve(state: &Competition, record: &FactId, officer: &OfficerId) -> Result<(), Refusal> {
    let awaited = approvals::awaited(state).into_iter().find(|own| own.record == *record);
    let awaited = awaited.ok_or(Refusal::new("nothing-to-approve"))?;
    let held = state.people.officer(officer).map(|officer| officer.roles.clone()).unwrap_or_default();
    let mut missing = awaited.missing.iter().flatten();
    if !missing.any(|role| held.contains(role)) {
        let roles: Vec<&str> = awaited.missing.iter().flatten().map(|role| role.key()).collect();
        if awaited.missing.iter().flatten().all(|role| *role == Role::Judge) {
            return Err(Refusal::new("approve-judge"));
        }
        return Err(Refusal::new("approve-role").with("roles", roles.join(" ")));
    }
    let trust = state.people.trust();
    if trust.approvers(record, &Role::GRANTED).any(|own| own == officer) {
        return Err(Refusal::new("approve-twice"));
    }
    Ok(())
}

/// That somebody approves a record.
#[must_use]
pub fn approved(record: FactId, approval: Approval) -> Draft {
    draft(Fact::Approved { record, approval }, Vec::new(), "")
}

/// Is it a public key: 64 lower-case hex digits?
fn is_key(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests;
