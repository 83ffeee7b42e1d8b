//! Facts between the domain, which decides and evolves, and the store, which seals and reads them: a draft as it is sealed, with what judges'
//! desks are told beside it; a record as the domain reads it.

use crate::failure::Failure;
use crate::people::public;
use jiangsai_domain::coded;
use jiangsai_domain::competition::Competition;
use jiangsai_domain::envelope::{Context, Draft, Envelope, Refusal};
use jiangsai_domain::fact::{Class, DESKS, ERASING, Fact, NotAFact, audience_of, is_personal};
use jiangsai_domain::ids::{Actor, FactId, NodeId};
use jiangsai_domain::people::{Approval, Signer};
use jiangsai_domain::trust::Origin;
use jiangsai_domain::view::judges;
use jiangsai_ledger::{Hash, ScopeId, SigningKey, approve, approves};
use jiangsai_store::{Kinds, NewFact, Stored};

/// What the store is to know of facts: which are kept encrypted, which erase others.
pub(crate) const STORED: Kinds =
    Kinds { personal: is_personal, erasing: &ERASING, attachment: crate::attachments::SCAN };

/// A record's body as the domain reads it; the ledger's own kinds (the start of a scope or a log) are none of its business.
pub(crate) fn envelope(scope: ScopeId, stored: Stored) -> Option<Envelope> {
    if stored.class == jiangsai_ledger::Class::Trust {
        return None;
    }
    let fact = match (stored.erased, stored.withheld) {
        (true, _) => Err(NotAFact::Erased),
        (false, true) => Err(NotAFact::Withheld),
        (false, false) => Fact::read(&stored.kind, stored.version, stored.fact).and_then(|fact| signed(fact, scope)),
    };
    let origin = Origin {
        node: NodeId::new(stored.node),
        log: jiangsai_domain::ids::LogId::new(stored.log.to_string()),
        seq: stored.seq,
        founding: stored.log.hash() == scope.hash(),
    };
    Some(Envelope {
        id: FactId::new(stored.hash.to_string()),
        origin,
        order: stored.order,
        at: stored.at,
        actor: stored.actor.into(),
        replaces: stored.replaces.iter().map(|hash| FactId::new(hash.to_string())).collect(),
        reason: stored.reason,
        fact,
    })
}

/// A fact that is signed, if it is: an approval whose signature is not good is none, nor is a readers' key.
fn signed(fact: Fact, scope: ScopeId) -> Result<Fact, NotAFact> {
    if let Fact::Readers(key) = &fact
        && !crate::carriage::is_signed(key, scope)
    {
        return Err(NotAFact::Malformed);
    }
    let Fact::Approved { record, approval } = &fact else { return Ok(fact) };
    let good = record.as_str().parse().is_ok_and(|record| approves(&approval.key, record, &approval.signature));
    if good { Ok(fact) } else { Err(NotAFact::Malformed) }
}

/// An approval of a record with somebody's key.
pub(crate) fn approval(signer: Signer, key: &SigningKey, record: Hash) -> Approval {
    Approval { signer, key: public(key), signature: approve(key, record).to_string() }
}

/// That somebody who is signed in approves a record, as it is sealed behind it.
pub(crate) fn approved(signer: Signer, key: &SigningKey, record: Hash, context: &Context) -> NewFact {
    let approval = approval(signer, key, record);
    let fact = Fact::Approved { record: FactId::new(record.to_string()), approval };
    NewFact {
        class: jiangsai_ledger::Class::Ruling,
        audience: DESKS.to_owned(),
        actor: context.actor.to_string(),
        kind: fact.kind().to_owned(),
        version: fact.version(),
        replaces: Vec::new(),
        reason: String::new(),
        fact: fact.content(),
    }
}

/// On a part of the facts nobody decides but a judge, whose own sheets are there whole.
pub(crate) fn may_change(state: &Competition, context: &Context) -> Result<(), Refusal> {
    if state.part && !judges::is_judge(&context.actor) { Err(Refusal::new("part")) } else { Ok(()) }
}

/// Drafts as the store seals them, and behind them what judges' desks are told beside.
pub(crate) fn new_facts(
    state: &Competition,
    mut drafts: Vec<Draft>,
    anew: bool,
    context: &Context,
) -> Result<Vec<NewFact>, Failure> {
    drafts.extend(coded::alongside(state, &drafts, anew && !state.part));
    drafts.into_iter().map(|draft| new_fact(state, draft, context)).collect()
}

/// A draft as the store seals it.
fn new_fact(state: &Competition, draft: Draft, context: &Context) -> Result<NewFact, Failure> {
    let class = match draft.fact.class() {
        Class::Setup => jiangsai_ledger::Class::Setup,
        Class::Roster => jiangsai_ledger::Class::Roster,
        Class::Draw => jiangsai_ledger::Class::Draw,
        Class::Mark => jiangsai_ledger::Class::Mark,
        Class::Ruling => jiangsai_ledger::Class::Ruling,
        Class::Bulletin => jiangsai_ledger::Class::Bulletin,
    };
    let replaces: Result<Vec<Hash>, _> = draft.replaces.iter().map(|id| id.as_str().parse()).collect();
    Ok(NewFact {
        class,
        audience: audience_of(state, &draft),
        actor: context.actor.to_string(),
        kind: draft.fact.kind().to_owned(),
        version: draft.fact.version(),
        replaces: replaces.map_err(|_| Refusal::new("stale"))?,
        reason: draft.reason,
        fact: draft.fact.content(),
    })
}

/// The name of a record that is only supposed.
pub(crate) fn foreseen(number: usize) -> FactId {
    FactId::new(format!("foreseen-{number}"))
}

/// A draft as if it had been recorded at a computer, behind everything that is on record.
pub(crate) fn supposed(node: &NodeId, number: usize, draft: Draft, actor: Actor) -> Envelope {
    Envelope {
        id: foreseen(number),
        origin: Origin { node: node.clone(), ..Origin::default() },
        order: u64::MAX,
        at: 0,
        actor,
        replaces: draft.replaces,
        reason: draft.reason,
        fact: Ok(draft.fact),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use jiangsai_ledger::LogId;

    fn scope() -> ScopeId {
        ScopeId::new(Hash::of(b"scope"))
    }

    /// A record as it was sealed, with this body.
    fn on_record(new: NewFact) -> Stored {
        let hash = Hash::of(b"approval");
        let NewFact { class, actor, kind, version, replaces, reason, fact, .. } = new;
        let (log, seq, order, at) = (LogId::new(hash), 1, 1, 0);
        Stored {
            hash,
            log,
            seq,
            order,
            at,
            actor,
            class,
            kind,
            version,
            replaces,
            reason,
            fact,
            withheld: false,
            erased: false,
            node: String::new(),
        }
    }

    #[test]
    fn an_approval_with_a_forged_signature_is_no_fact() {
        let key = SigningKey::from_bytes(&[1; 32]);
        let context = Context { today: String::new(), actor: "officer:o".into(), seed: 0 };
        let record = Hash::of(b"decision");
        let sealed = || approved(Signer::Officer("o".into()), &key, record, &context);
        assert!(matches!(envelope(scope(), on_record(sealed())).unwrap().fact, Ok(Fact::Approved { .. })));
        let forged = |field: &str, value: String| {
            let mut new = sealed();
            new.fact[field] = value.into();
            envelope(scope(), on_record(new)).unwrap().fact
        };
        let other = SigningKey::from_bytes(&[2; 32]);
        assert_eq!(forged("record", Hash::of(b"another").to_string()), Err(NotAFact::Malformed));
        assert_eq!(forged("key", public(&other)), Err(NotAFact::Malformed));
        assert_eq!(forged("signature", approve(&other, record).to_string()), Err(NotAFact::Malformed));
        assert_eq!(forged("signature", "0".repeat(128)), Err(NotAFact::Malformed));
        assert_eq!(forged("record", "x".to_owned()), Err(NotAFact::Malformed));
    }
}
