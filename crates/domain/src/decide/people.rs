//! Who works here, whether people sign in, and what they approve.

use super::judges::is_pin;
use super::{draft, needs_reason, person};
use crate::command::Role;
use crate::competition::Competition;
use crate::envelope::{Context, Draft, Refusal};
use crate::fact::Fact;
use crate::ids::{FactId, NodeKey, OfficerId};
use crate::people::{Approval, Officer};
use crate::register::Register;
use crate::view::approvals;

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
            let register = state.people.officers.get(id).ok_or(Refusal::new("unknown-officer"))?;
            if register.agreed() == Some(&tidy) {
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
pub fn key(state: &Competition, officer: &OfficerId, node: &NodeKey, key: &str) -> Draft {
    let register = state.people.keys.get(officer).and_then(|nodes| nodes.get(node));
    let replaces = register.map(Register::current).unwrap_or_default();
    draft(Fact::OfficerKey { officer: officer.clone(), node: node.clone(), key: key.to_owned() }, replaces, "")
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
    let replaces = state.people.sign_in.versions().map(|(id, _)| id.clone()).collect();
    Ok(vec![draft(Fact::SignIn { on: true }, replaces, "")])
}

/// Can an organiser sign in at this computer?
#[must_use]
pub fn somebody(state: &Competition, with_pin: &[OfficerId], node: &NodeKey) -> bool {
    let trust = state.people.trust();
    let mut ready = state.people.working().filter(|(id, own)| own.works_at(node) && with_pin.contains(id));
    ready.any(|(id, own)| own.roles.contains(&Role::Organiser) && trust.has_key(id, node))
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
    let replaces = state.people.sign_in.versions().map(|(id, _)| id.clone()).collect();
    Ok(vec![draft(Fact::SignIn { on: false }, replaces, reason)])
}

/// May somebody approve a decision that lacks it?
///
/// # Errors
/// `nothing-to-approve`, `approve-role` with the roles that are wanted, `approve-twice` where the other person has to.
pub fn may_approve(state: &Competition, record: &FactId, officer: &OfficerId) -> Result<(), Refusal> {
    let awaited = approvals::awaited(state).into_iter().find(|own| own.record == *record);
    let awaited = awaited.ok_or(Refusal::new("nothing-to-approve"))?;
    let held = state.people.officer(officer).map(|officer| officer.roles.clone()).unwrap_or_default();
    if !awaited.missing.iter().any(|role| held.contains(role)) {
        let roles: Vec<&str> = awaited.missing.iter().map(|role| role.key()).collect();
        return Err(Refusal::new("approve-role").with("roles", roles.join(" ")));
    }
    let approved = state.people.approvals.get(record).into_iter().flat_map(Register::versions);
    if approved.into_iter().any(|(_, version)| version.value.officer == *officer) {
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
