//! Facts between the domain, which decides and evolves, and the store, which seals and reads them: a draft as it is sealed, with what judges'
//! desks are told beside it; a record as the domain reads it.

use crate::failure::Failure;
use jiangsai_domain::coded;
use jiangsai_domain::competition::Competition;
use jiangsai_domain::envelope::{Context, Draft, Envelope, Refusal};
use jiangsai_domain::fact::{Class, ERASING, Fact, NotAFact, audience_of, is_personal};
use jiangsai_domain::ids::{FactId, NodeId};
use jiangsai_domain::trust::Origin;
use jiangsai_domain::view::judges;
use jiangsai_ledger::{Hash, ScopeId};
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
        (false, false) => Fact::read(&stored.kind, stored.version, stored.fact),
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
