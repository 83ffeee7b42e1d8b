//! Which of the things that were said about trust stand, where one takes another away.
//!
//! One takes another away where it names it as the version before ([`Said::replaces`]), or where it revokes the computer of the other with a
//! cut before it. The latter is stronger: nobody whose record is behind a cut lifts or moves that cut. A revocation by the very computer that
//! it is about stands before its own cut only. Then: whatever nobody takes away that stands, stands; whatever something takes away that
//! stands, does not; and so on until nothing changes. Those that are left take each other away. Of these, what the computer said that founded
//! the competition stands against what others said; it is the anchor. What is left after that is open.

use super::{Label, Said, Says};
use crate::ids::{FactId, NodeId};
use std::collections::{BTreeMap, BTreeSet};

/// By id, the ids of those that take it away.
type Attackers<'a> = BTreeMap<&'a FactId, BTreeSet<&'a FactId>>;

pub(super) fn labels(all: &BTreeMap<&FactId, &Said>, founder: Option<&NodeId>) -> BTreeMap<FactId, Label> {
    let mut attackers = attackers(all);
    let mut labels = settled(&attackers);
    let is_open = |labels: &BTreeMap<&FactId, Label>, id: &FactId| labels.get(id) == Some(&Label::Open);
    let by_founder = |id: &FactId| founder.is_some() && all.get(id).map(|said| &said.origin.node) == founder;
    if labels.values().any(|label| *label == Label::Open) {
        for (id, others) in &mut attackers {
            if by_founder(id) && is_open(&labels, id) {
                others.retain(|other| by_founder(other) || !is_open(&labels, other));
            }
        }
        labels = settled(&attackers);
    }
    labels.into_iter().map(|(id, label)| (id.clone(), label)).collect()
}

fn attackers<'a>(all: &BTreeMap<&'a FactId, &Said>) -> Attackers<'a> {
    let mut attackers: Attackers<'a> = all.keys().map(|id| (*id, BTreeSet::new())).collect();
    for (by, attack) in all {
        let Says::Revoked(node, _) = &attack.says else { continue };
        for (id, said) in all {
            let same = matches!(&said.says, Says::Revoked(other, _) if other == node);
            let replaces = same && id != by && attack.replaces.contains(id) && !cuts(said, attack);
            if (replaces || cuts(attack, said))
                && let Some(own) = attackers.get_mut(id)
            {
                own.insert(by);
            }
        }
    }
    attackers
}

/// Does one revoke the computer of another with a cut before it?
fn cuts(attack: &Said, said: &Said) -> bool {
    match &attack.says {
        Says::Revoked(node, Some(revocation)) => {
            *node == said.origin.node && !revocation.trusts(&said.origin.log, said.origin.seq)
        }
        _ => false,
    }
}

/// The grounded labelling.
fn settled<'a>(attackers: &Attackers<'a>) -> BTreeMap<&'a FactId, Label> {
    // One that takes itself away was written behind its own cut.
    let out = |(id, others): (&&'a FactId, &BTreeSet<&FactId>)| others.contains(*id).then_some((*id, Label::Out));
    let mut labels: BTreeMap<&FactId, Label> = attackers.iter().filter_map(out).collect();
    loop {
        let mut found = Vec::new();
        for (id, others) in attackers.iter().filter(|(id, _)| !labels.contains_key(*id)) {
            if others.iter().all(|other| labels.get(other) == Some(&Label::Out)) {
                found.push((*id, Label::In));
            } else if others.iter().any(|other| labels.get(other) == Some(&Label::In)) {
                found.push((*id, Label::Out));
            }
        }
        if found.is_empty() {
            break;
        }
        labels.extend(found);
    }
    for id in attackers.keys() {
        labels.entry(id).or_insert(Label::Open);
    }
    labels
}
