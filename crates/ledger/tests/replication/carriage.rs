//! A hub of the model that carries what it may not read: what is sent to it, what it keeps, and when a body that came encrypted is opened.

use crate::disk::{Disk, Form, Rec};
use crate::fault::{Fault, Flaw};
use crate::message::hash;
use crate::trust::Word;
use crate::world::{HQ, HUB, World};
use jiangsai_ledger::Hash;
use std::collections::BTreeSet;

impl World {
    /// Is this node one that carries?
    pub fn is_carrier(&self, node: usize) -> bool {
        self.carrier && node == HUB
    }

    /// Headquarters grants a readers' key to everybody else.
    pub fn grant(&mut self) {
        if self.carrier {
            let payload = self.next_payload();
            self.keys.push(payload);
            self.known.words.insert(payload, Word::Key);
            self.writes(HQ, &[payload]);
        }
    }

    /// The readers' keys that are here; the last is encrypted to.
    pub fn keys_at(&self, disk: &Disk) -> Vec<u64> {
        self.keys.iter().copied().filter(|key| disk.says(*key)).collect()
    }

    /// Records as they are sent to a node that carries.
    pub fn sent_to_carrier(&self, disk: &Disk, mut run: Vec<Rec>) -> Vec<Rec> {
        let form = self.keys_at(disk).last().map_or(Form::Bare, |key| Form::Boxed(*key));
        if self.flaw != Flaw::PlainToCarrier {
            run.iter_mut().filter(|one| one.secret && one.form == Form::Plain).for_each(|one| one.form = form);
        }
        run
    }

    /// What came, as a node looks at it before it takes it.
    pub fn received(&mut self, node: usize, disk: &Disk, mut run: Vec<Rec>) -> Result<Vec<Rec>, String> {
        if self.is_carrier(node) {
            return match run.iter().find(|one| one.secret && one.form == Form::Plain) {
                Some(one) => Err(format!("who carries is sent {} plain", one.hash)),
                None => Ok(run),
            };
        }
        let opens = self.keys_at(disk);
        for one in &mut run {
            let Form::Boxed(key) = one.form else { continue };
            self.hits.count(Fault::Carried);
            if opens.contains(&key) {
                one.form = Form::Plain;
            }
        }
        Ok(run)
    }

    /// What follows in the same transaction, or at once: a key that came opens what lay here, and who pulled it from here is to pull anew.
    pub fn opens(&mut self, node: usize, disk: &mut Disk, filled: bool) {
        if filled {
            self.hits.count(Fault::FilledIn);
        }
        let keys = self.keys_at(disk);
        let opened = !self.is_carrier(node) && disk.open_boxes(&keys);
        if opened {
            self.hits.count(Fault::OpenedLate);
        }
        if (filled || opened) && self.flaw != Flaw::NotToldAnew {
            self.fresh += 1;
            disk.incarnation = hash(self.fresh);
        }
    }

    /// Has a node that carries pull from the beginning again, where headers alone would come encrypted now, or with another key.
    pub fn pulls_anew(&self, disk: &mut Disk, runs: &[Vec<Rec>], above: Option<Hash>) -> bool {
        if above.is_none() {
            let bare = runs.iter().flatten().any(|one| one.form == Form::Bare);
            disk.pulled_with = disk.pulled_with.filter(|_| !bare);
            return false;
        }
        if disk.pulled_with == above || self.flaw == Flaw::NotPulledAnew {
            return false;
        }
        disk.pulled_with = above;
        let anew = disk.standing.values().flatten().any(|one| one.form != Form::Plain);
        if anew {
            disk.link = disk.link.map(|(incarnation, _)| (incarnation, 0));
            disk.pulled = None;
        }
        anew
    }

    /// Is a body nowhere any more, though a node that carries has the header? Whoever had it was set back to before, and headers alone are not sent on.
    pub fn lost_bodies(&self) -> bool {
        let living = || self.nodes.iter().filter(|node| node.alive).map(|node| &node.disk);
        let records = |disk: &Disk| -> Vec<Rec> {
            disk.standing.values().flatten().chain(disk.apart.values()).copied().collect()
        };
        let is_bare = |one: &Rec| one.form == Form::Bare;
        let whole: BTreeSet<Hash> =
            living().flat_map(records).filter(|one| !is_bare(one)).map(|one| one.hash).collect();
        self.carrier && living().flat_map(records).any(|one| is_bare(&one) && !whole.contains(&one.hash))
    }

    /// Whoever may read has everything whole, and who carries has nothing that it may not. A key that every computer lost opens nothing any more.
    pub fn check_bodies(&self, node: usize) -> Result<(), String> {
        let disk = &self.nodes[node].disk;
        let carries = self.is_carrier(node);
        let known = self.keys_at(&self.nodes[HQ].disk);
        let fits = |one: &Rec| match one.form {
            Form::Plain => !(carries && one.secret),
            Form::Boxed(key) => one.secret && (carries || !known.contains(&key)),
            Form::Bare => false,
        };
        let other = |one: &&Rec| !fits(one);
        match disk.standing.values().flatten().find(other) {
            Some(one) => Err(format!("a body: node {node} holds {} as {:?}", one.hash, one.form)),
            None => Ok(()),
        }
    }
}
