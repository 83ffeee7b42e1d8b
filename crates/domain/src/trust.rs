//! Whose records count: computers that were revoked (吊销), from which record on, and honest records that were adopted all the same. Where people
//! sign in, what was said about trust is heard only of those who had the right to say it.
//!
//! What follows from it depends on the set of facts alone. A revocation says of each log of a computer the last record that is still trusted;
//! whatever comes later in it, and whatever stands in a log that it does not name, is in quarantine. It may itself come from a computer that
//! another revocation is about: which of them stand is worked out as for arguments that attack each other (the grounded labelling).
//!
//! Left out: what quarantine does to a state ([`crate::competition::Competition::evolve`]), who may revoke ([`crate::decide::trust`]).

mod labels;

use crate::envelope::Envelope;
use crate::fact::Fact;
use crate::ids::{Actor, FactId, LogId, NodeId};
use labels::labels;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Where a record stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The computer that wrote it, as the start of its log says.
    pub node: NodeId,
    /// Its log.
    pub log: LogId,
    /// Its number in the log.
    pub seq: u64,
    /// Its log is the one with which the competition was founded.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub founding: bool,
}

/// The last record of a log that is still trusted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cut {
    /// Which log.
    pub log: LogId,
    /// Number of the record.
    pub seq: u64,
    /// Its hash, for whoever verifies: of which branch it is.
    pub head: FactId,
}

/// What is still trusted of a computer that was revoked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revocation {
    /// The last trusted record of each log; nothing of a log that is not among them.
    pub logs: Vec<Cut>,
}

impl Revocation {
    /// Does it trust the record at a place of a log of the computer that it is about?
    #[must_use]
    pub fn trusts(&self, log: &LogId, seq: u64) -> bool {
        self.logs.iter().any(|cut| cut.log == *log && seq <= cut.seq)
    }
}

/// Why a record is in quarantine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Its computer was revoked, and it stands behind the last record that is trusted.
    Revoked,
    /// People sign in, and nobody was signed in where it was written.
    Nobody,
    /// Whoever wrote it had no role at that time in which it may be written.
    Role,
    /// Whoever wrote it had such a role, but not at this computer, or has no key there.
    Elsewhere,
    /// A judge wrote what is not this judge's to write.
    Judge,
}

impl Why {
    /// Its name in locale keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Revoked => "revoked",
            Self::Nobody => "nobody",
            Self::Role => "role",
            Self::Elsewhere => "elsewhere",
            Self::Judge => "judge",
        }
    }
}

/// A record that is stored, passed on and receipted, and has no effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quarantined {
    /// Why.
    pub why: Why,
    /// The record.
    pub envelope: Envelope,
}

/// What a fact about trust says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Says {
    /// A computer is revoked, or trusted again.
    Revoked(NodeId, Option<Revocation>),
    /// Records count though they are in quarantine.
    Adopted(Vec<FactId>),
}

/// A fact about trust, as it is on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// What it says.
    pub says: Says,
    /// Where it stands.
    pub origin: Origin,
    /// Versions its author saw as current.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<FactId>,
    /// Display order.
    pub order: u64,
    /// Milliseconds since 1970, for information only.
    pub at: i64,
    /// Who.
    pub actor: Actor,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// What becomes of a fact about trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// It stands.
    In,
    /// Another that stands takes its place, or its own computer was revoked before it.
    Out,
    /// It and others take each other away. A revocation holds until that is settled; nothing else does.
    Open,
}

/// Everything that was said about trust, and what follows.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Trust {
    /// The computer that founded the competition.
    founder: Option<NodeId>,
    said: BTreeMap<FactId, Said>,
    /// The last record of each log that has effect: what a later revocation would have to take back.
    taken: BTreeMap<NodeId, BTreeMap<LogId, u64>>,
    #[serde(skip)]
    ruling: Ruling,
}

/// What follows from what was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ruling {
    labels: BTreeMap<FactId, Label>,
    /// Of each revoked computer, how many records of each log are trusted.
    trusted: BTreeMap<NodeId, BTreeMap<LogId, u64>>,
    adopted: BTreeSet<FactId>,
    /// What is not heard, because whoever said it had no right to.
    unheard: BTreeMap<FactId, Why>,
}

impl Ruling {
    /// Is a record before the cuts of its computer?
    pub(crate) fn trusts(&self, origin: &Origin) -> bool {
        let Some(trusted) = self.trusted.get(&origin.node) else { return true };
        trusted.get(&origin.log).is_some_and(|count| origin.seq < *count)
    }

    /// Leaves adoptions out for which there was no right.
    pub(crate) fn hears(&mut self, said: &Trust, why: impl Fn(&FactId, &Said) -> Option<Why>) {
        let all = said.said.iter().filter_map(|(id, own)| Some((id, own, why(id, own)?)));
        let unheard: Vec<_> = all.collect();
        for (id, _, why) in &unheard {
            self.labels.remove(*id);
            self.unheard.insert((*id).clone(), *why);
        }
        for (id, own) in &said.said {
            if let Says::Adopted(records) = &own.says
                && self.labels.get(id) == Some(&Label::In)
            {
                self.adopted.extend(records.iter().cloned());
            }
        }
    }
}

/// Is a fact about trust?
#[must_use]
pub const fn is_about_trust(fact: &Fact) -> bool {
    matches!(fact, Fact::Revoked { .. } | Fact::Adopted { .. })
}

impl Trust {
    /// The computer that founded the competition.
    #[must_use]
    pub const fn founder(&self) -> Option<&NodeId> {
        self.founder.as_ref()
    }

    /// Is a record before the cuts of its computer?
    #[must_use]
    pub fn trusts(&self, origin: &Origin) -> bool {
        self.ruling.trusts(origin)
    }

    /// Does a record count all the same, whatever speaks against it?
    #[must_use]
    pub fn is_adopted(&self, id: &FactId) -> bool {
        self.ruling.adopted.contains(id)
    }

    /// Notes which computer founded the competition; whether that was not known.
    pub(crate) fn founded(&mut self, origin: &Origin) -> bool {
        if !origin.founding || self.founder.is_some() {
            return false;
        }
        self.founder = Some(origin.node.clone());
        true
    }

    /// Takes in what was said about trust.
    pub(crate) fn hear(&mut self, id: FactId, said: Said) {
        self.said.entry(id).or_insert(said);
    }

    /// A record has effect now.
    pub(crate) fn takes(&mut self, origin: &Origin) {
        // Nearly always of a log that is known.
        if let Some(last) = self.taken.get_mut(&origin.node).and_then(|logs| logs.get_mut(&origin.log)) {
            *last = origin.seq.max(*last);
            return;
        }
        self.taken.entry(origin.node.clone()).or_default().insert(origin.log.clone(), origin.seq);
    }

    /// Has no record effect that may be in quarantine?
    pub(crate) fn fits(&self) -> bool {
        self.ruling.trusted.iter().all(|(node, trusted)| {
            let taken = self.taken.get(node).into_iter().flatten();
            taken.into_iter().all(|(log, last)| trusted.get(log).is_some_and(|count| last < count))
        })
    }

    /// What follows where only these facts about trust are heard.
    pub(crate) fn ruling_of(&self, heard: impl Fn(&FactId, &Said) -> bool) -> Ruling {
        let heard: BTreeMap<&FactId, &Said> = self.said.iter().filter(|(id, said)| heard(id, said)).collect();
        let mut ruling = Ruling { labels: labels(&heard, self.founder.as_ref()), ..Ruling::default() };
        for (id, said) in &self.said {
            if let Says::Revoked(node, Some(revocation)) = &said.says
                && matches!(ruling.labels.get(id), Some(Label::In | Label::Open))
            {
                let own: BTreeMap<LogId, u64> = counts(revocation);
                let trusted = ruling.trusted.entry(node.clone());
                // Of two the earlier cut of each log holds.
                trusted.and_modify(|trusted| both(trusted, &own)).or_insert(own);
            }
        }
        ruling
    }

    /// Takes up what follows; whether that is something else than before, and whether a record may have been adopted that is so no more.
    pub(crate) fn follow(&mut self, ruling: Ruling) -> (bool, bool) {
        let (changed, lost) = (ruling != self.ruling, !self.ruling.adopted.is_subset(&ruling.adopted));
        self.ruling = ruling;
        (changed, lost)
    }

    /// The computers that are revoked.
    pub fn revoked(&self) -> impl Iterator<Item = &NodeId> {
        self.ruling.trusted.keys()
    }

    /// Is a computer revoked?
    #[must_use]
    pub fn is_revoked(&self, node: &NodeId) -> bool {
        self.ruling.trusted.contains_key(node)
    }

    /// What was said of a computer and stands, by display order.
    #[must_use]
    pub fn of(&self, node: &NodeId) -> Vec<(&FactId, &Said)> {
        let about = |said: &Said| matches!(&said.says, Says::Revoked(own, _) if own == node);
        let stands = |id: &FactId| matches!(self.label(id), Some(Label::In | Label::Open));
        let mut standing: Vec<_> = self.said.iter().filter(|(id, said)| about(said) && stands(id)).collect();
        standing.sort_by_key(|(id, said)| (said.order, *id));
        standing
    }

    /// Was something different said of a computer side by side?
    #[must_use]
    pub fn crosses(&self, node: &NodeId) -> bool {
        let standing = self.of(node);
        standing.iter().any(|(_, said)| said.says != standing[0].1.says)
    }

    /// Is what was said of a computer, or what it said of others, open: do revocations take each other away?
    #[must_use]
    pub fn is_open(&self, node: &NodeId) -> bool {
        self.of(node).iter().any(|(id, _)| self.label(id) == Some(Label::Open))
    }

    /// What becomes of something that was said.
    #[must_use]
    pub fn label(&self, id: &FactId) -> Option<Label> {
        self.ruling.labels.get(id).copied()
    }

    /// Everything that was said, by id.
    pub fn said(&self) -> impl Iterator<Item = (&FactId, &Said)> {
        self.said.iter()
    }

    /// Everything that was said and has no effect because its own computer was revoked before, or whoever said it had no right to.
    pub fn unheard(&self) -> impl Iterator<Item = (&FactId, &Said, Why)> {
        self.said.iter().filter_map(|(id, said)| {
            let cut = self.label(id) == Some(Label::Out) && !self.trusts(&said.origin);
            let why = if cut { Some(Why::Revoked) } else { self.ruling.unheard.get(id).copied() };
            Some((id, said, why?))
        })
    }

    /// How many facts about trust there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.said.len()
    }

    /// Was nothing said about trust?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.said.is_empty()
    }
}

fn counts(revocation: &Revocation) -> BTreeMap<LogId, u64> {
    let mut counts: BTreeMap<LogId, u64> = BTreeMap::new();
    for cut in &revocation.logs {
        let count = counts.entry(cut.log.clone()).or_default();
        *count = cut.seq.saturating_add(1).max(*count);
    }
    counts
}

/// What two revocations of one computer both trust.
fn both(trusted: &mut BTreeMap<LogId, u64>, other: &BTreeMap<LogId, u64>) {
    trusted.retain(|log, _| other.contains_key(log));
    for (log, count) in trusted {
        *count = (*count).min(other[log]);
    }
}

impl Said {
    /// What a record says about trust, if that is what it is about.
    pub(crate) fn of(envelope: &Envelope) -> Option<Self> {
        let says = match envelope.fact.as_ref().ok()? {
            Fact::Revoked { node, revocation } => Says::Revoked(node.clone(), revocation.clone()),
            Fact::Adopted { records } => Says::Adopted(records.clone()),
            _ => return None,
        };
        Some(Self {
            says,
            origin: envelope.origin.clone(),
            replaces: envelope.replaces.clone(),
            order: envelope.order,
            at: envelope.at,
            actor: envelope.actor.clone(),
            reason: envelope.reason.clone(),
        })
    }
}
