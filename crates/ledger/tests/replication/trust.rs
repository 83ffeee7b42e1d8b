//! What records amount to in the model once a computer was revoked: which count and which are in quarantine. Taken in one by one as they are
//! accepted, and once more from all that stands; both must say the same, on every node.

use crate::disk::{Disk, Rec};
use crate::fault::{Fault, Flaw};
use crate::message::hash;
use crate::world::{HQ, HUB, World};
use jiangsai_ledger::{Hash, LogId};
use std::collections::{BTreeMap, BTreeSet};

/// What a record says that is about trust, by its payload.
#[derive(Clone)]
pub enum Word {
    /// A computer is revoked: of each log so many records are trusted.
    Revokes(usize, BTreeMap<LogId, u64>),
    /// A record counts though it is in quarantine.
    Adopts(Hash),
    /// There is a readers' key.
    Key,
}

/// What is known beside the records: words about trust, and whose each log is.
#[derive(Default)]
pub struct Known {
    pub words: BTreeMap<u64, Word>,
    pub owners: BTreeMap<LogId, usize>,
    pub revoked: Option<usize>,
    pub adopted: bool,
}

/// What a node makes of its records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// In the order in which they were taken in.
    seen: Vec<Hash>,
    cuts: Vec<(usize, BTreeMap<LogId, u64>)>,
    adopted: BTreeSet<Hash>,
    counts: BTreeMap<Hash, Rec>,
    aside: BTreeMap<Hash, Rec>,
}

/// What happened to it.
#[derive(Default)]
struct Went {
    aside: bool,
    anew: bool,
    adopted: bool,
}

impl Known {
    /// What is nothing for who carries: a third of what people write elsewhere, and no word.
    pub fn secrets(&self, carrier: bool) -> impl Fn(u64) -> bool {
        move |payload| carrier && payload > 0 && payload.is_multiple_of(3) && !self.words.contains_key(&payload)
    }
}

impl View {
    fn is_aside(&self, one: &Rec, known: &Known) -> bool {
        let owner = known.owners.get(&one.log);
        let cut = |(node, trusted): &(usize, BTreeMap<LogId, u64>)| {
            Some(node) == owner && one.seq >= trusted.get(&one.log).copied().unwrap_or(0)
        };
        self.cuts.iter().any(cut) && !self.adopted.contains(&one.hash)
    }

    fn hear(&mut self, word: &Word) {
        match word {
            Word::Revokes(node, trusted) => self.cuts.push((*node, trusted.clone())),
            Word::Adopts(record) => drop(self.adopted.insert(*record)),
            Word::Key => {}
        }
    }

    fn take(&mut self, one: Rec, known: &Known) -> Went {
        self.seen.push(one.hash);
        let mut went = Went::default();
        if let Some(word) = known.words.get(&one.payload) {
            self.hear(word);
            went.anew = self.counts.values().any(|one| self.is_aside(one, known));
            let free: Vec<Hash> =
                self.aside.values().filter(|one| !self.is_aside(one, known)).map(|one| one.hash).collect();
            went.adopted = !free.is_empty();
            for name in free {
                let one = self.aside.remove(&name).unwrap();
                self.counts.insert(name, one);
            }
        } else if self.is_aside(&one, known) {
            went.aside = self.aside.insert(one.hash, one).is_none();
        } else {
            self.counts.insert(one.hash, one);
        }
        went
    }

    /// Of all records at once, words about trust first.
    fn whole(records: &[Rec], known: &Known) -> Self {
        let mut view = Self::default();
        records.iter().filter_map(|one| known.words.get(&one.payload)).for_each(|word| view.hear(word));
        view.seen = records.iter().map(|one| one.hash).collect();
        for one in records.iter().filter(|one| !known.words.contains_key(&one.payload)) {
            if view.is_aside(one, known) {
                view.aside.insert(one.hash, *one)
            } else {
                view.counts.insert(one.hash, *one)
            };
        }
        view
    }

    fn accepted(disk: &Disk) -> Vec<Rec> {
        disk.accepted.iter().map(|(_, one)| *one).collect()
    }

    pub fn quarantined(&self) -> usize {
        self.aside.len()
    }
}

impl World {
    /// A node takes up what it has stored.
    pub fn follow(&mut self, node: usize) {
        let records = View::accepted(&self.nodes[node].disk);
        let mut view = std::mem::take(&mut self.nodes[node].view);
        // After a start, or where what it holds is something else, it is made from all.
        let goes_on = !view.seen.is_empty()
            && records.len() >= view.seen.len()
            && view.seen.iter().zip(&records).all(|(name, one)| *name == one.hash);
        if !goes_on {
            view = View::whole(&records, &self.known);
        }
        for at in view.seen.len()..records.len() {
            let went = view.take(records[at], &self.known);
            for (happened, fault) in
                [(went.aside, Fault::RevokedLate), (went.anew, Fault::RevocationLate), (went.adopted, Fault::Adopted)]
            {
                if happened {
                    self.hits.count(fault);
                }
            }
            if went.anew && self.flaw != Flaw::NotFoldedAnew {
                view = View::whole(&records, &self.known);
                break;
            }
        }
        self.nodes[node].view = view;
    }

    /// Headquarters revokes a desk, with everything it has of it or less; later it adopts a record of it.
    pub fn revoke_or_adopt(&mut self) {
        if self.known.revoked.is_some() {
            return self.adopt_one();
        }
        let (name, less) = (2 + self.below(3), self.below(3) as u64);
        let own = self.nodes[HQ].disk.standing.iter().filter(|(log, _)| self.known.owners.get(log) == Some(&name));
        let trusted = own.map(|(log, records)| (*log, (records.len() as u64).saturating_sub(less))).collect();
        self.known.revoked = Some(name);
        self.says(Word::Revokes(name, trusted));
    }

    /// Headquarters adopts a record that is in quarantine.
    pub fn adopt_one(&mut self) {
        let at = self.below(self.nodes[HQ].view.aside.len());
        let Some(record) = self.nodes[HQ].view.aside.keys().nth(at).copied() else { return };
        self.known.adopted = true;
        self.says(Word::Adopts(record));
    }

    fn says(&mut self, word: Word) {
        let payload = self.next_payload();
        self.known.words.insert(payload, word);
        self.writes(HQ, &[payload]);
    }

    /// Writes a transaction on a node.
    pub fn writes(&mut self, node: usize, payloads: &[u64]) {
        let (fresh, secret) = (&mut self.fresh, self.known.secrets(self.carrier && node != HUB));
        let next = || {
            *fresh += 1;
            hash(*fresh)
        };
        self.nodes[node].disk.write(payloads, next, secret);
        self.opened(node);
    }

    /// Notes whose the log is that a node writes.
    pub fn opened(&mut self, node: usize) {
        let name = self.nodes[node].name;
        if let Some(log) = self.nodes[node].disk.own {
            self.known.owners.entry(log).or_insert(name);
        }
        self.follow(node);
    }

    /// Does this server hold the word that whoever asks was revoked?
    pub fn shuts_out(&self, server: usize, asker: usize) -> bool {
        let name = self.nodes[asker].name;
        self.faulty && self.nodes[server].view.cuts.iter().any(|(node, _)| *node == name)
    }

    /// What a node made of its records as they came is what they amount to, and the same as at headquarters.
    pub fn check_trust(&self, node: usize) -> Result<(), String> {
        let whole = |node: usize| View::whole(&View::accepted(&self.nodes[node].disk), &self.known);
        let (own, all, hq) = (&self.nodes[node].view, whole(node), whole(HQ));
        if own.counts != all.counts || own.aside != all.aside {
            return Err(format!("quarantine: node {node} makes something else of its records than they amount to"));
        }
        if all.counts != hq.counts || all.aside != hq.aside {
            return Err(format!("quarantine: node {node} counts other records than headquarters"));
        }
        Ok(())
    }
}
