//! What a node of the model keeps on disk, and what it does with records that come in. The decisions are the real ones.

use jiangsai_ledger::replication::{Branch, Named, Ours, Receipt, Tip, Verdict, Window, judge};
use jiangsai_ledger::{Hash, LogId};
use std::collections::{BTreeMap, BTreeSet};

/// How a body lies, or travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Plain,
    /// Encrypted to the readers, with the key that a record of this payload speaks of.
    Boxed(u64),
    /// The header alone.
    Bare,
}

#[derive(Clone, Copy, Debug)]
pub struct Rec {
    pub hash: Hash,
    pub prev: Hash,
    pub log: LogId,
    pub seq: u64,
    /// What it says; a record that was written again says the same.
    pub payload: u64,
    /// The last of its transaction.
    pub checkpoint: bool,
    /// Nothing for who carries.
    pub secret: bool,
    pub form: Form,
}

/// The same record, however its body lies.
impl PartialEq for Rec {
    fn eq(&self, other: &Self) -> bool {
        let of = |one: &Self| (one.hash, one.prev, one.log, one.seq, one.payload, one.checkpoint);
        of(self) == of(other)
    }
}

impl Eq for Rec {}

/// What of a batch was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    Stored,
    Gap(u64),
    Diverged,
    Fork(u64),
}

#[derive(Clone, Debug)]
pub struct Disk {
    pub incarnation: Hash,
    pub standing: BTreeMap<LogId, Vec<Rec>>,
    /// In the order of acceptance, each with its cursor.
    pub accepted: Vec<(u64, Rec)>,
    pub head: u64,
    pub apart: BTreeMap<Hash, Rec>,
    pub tips: BTreeSet<Branch>,
    /// Kept of the link: incarnation and cursor of the upstream, and the record at that cursor.
    pub link: Option<(Hash, u64)>,
    pub pulled: Option<Hash>,
    /// Incarnation of headquarters, as the upstream said it.
    pub root: Option<Hash>,
    /// The newest receipt of each issuer for each log.
    pub receipts: BTreeMap<(Hash, LogId), Receipt>,
    /// The log it writes, and all it holds the keys of.
    pub own: Option<LogId>,
    pub keys: BTreeSet<LogId>,
    pub adopted: BTreeSet<Hash>,
    /// Of one that carries: the readers' key of the node above with which it pulled from the beginning, if no headers alone came since.
    pub pulled_with: Option<Hash>,
}

impl Disk {
    pub fn new(incarnation: Hash) -> Self {
        Self {
            incarnation,
            standing: BTreeMap::new(),
            accepted: Vec::new(),
            head: 0,
            apart: BTreeMap::new(),
            tips: BTreeSet::new(),
            link: None,
            pulled: None,
            root: None,
            receipts: BTreeMap::new(),
            own: None,
            keys: BTreeSet::new(),
            adopted: BTreeSet::new(),
            pulled_with: None,
        }
    }

    /// Of each log with headers alone the number after the last of them.
    pub fn partial(&self) -> BTreeMap<LogId, u64> {
        let bare = |one: &&Rec| one.form == Form::Bare;
        let last = |records: &Vec<Rec>| records.iter().rfind(bare).map(|one| one.seq + 1);
        let standing = self.standing.iter().filter_map(|(log, records)| Some((*log, last(records)?)));
        let mut partial: BTreeMap<LogId, u64> = standing.collect();
        partial.extend(self.apart.values().filter(bare).map(|one| (one.log, u64::MAX)));
        partial
    }

    /// What need not come again: each log but for those of which it lacks a body.
    pub fn known(&self, lacking: &BTreeMap<LogId, u64>) -> BTreeMap<LogId, Tip> {
        let whole = self.standing.iter().filter(|(log, _)| !lacking.contains_key(log));
        whole.filter_map(|(log, of)| of.last().map(|last| (*log, Tip { seq: last.seq, head: last.hash }))).collect()
    }

    /// Without what is known of it, but for the run at the cursor; whether anything was left out.
    pub fn leaves_out(&self, runs: &mut Vec<Vec<Rec>>, known: &BTreeMap<LogId, Tip>, compares: bool) -> bool {
        let stands = |log: &LogId, tip: &Tip| {
            let here = usize::try_from(tip.seq).ok().and_then(|seq| self.standing.get(log)?.get(seq));
            here.is_some_and(|one| !compares || one.hash == tip.head)
        };
        let has = |one: &Rec| known.get(&one.log).is_some_and(|tip| one.seq <= tip.seq && stands(&one.log, tip));
        let Some(end) = runs.pop() else { return false };
        let before = runs.len();
        runs.retain(|run| !run.last().is_some_and(has));
        let any = runs.len() < before;
        runs.push(end);
        any
    }

    /// Does it hold a record that says this?
    pub fn says(&self, payload: u64) -> bool {
        self.standing.values().flatten().any(|one| one.payload == payload)
    }

    fn every(&mut self) -> impl Iterator<Item = &mut Rec> {
        let standing = self.standing.values_mut().flatten();
        standing.chain(self.accepted.iter_mut().map(|(_, one)| one)).chain(self.apart.values_mut())
    }

    /// Opens what lies here in boxes of these keys; whether any did.
    pub fn open_boxes(&mut self, keys: &[u64]) -> bool {
        let mut any = false;
        for one in self.every().filter(|one| matches!(one.form, Form::Boxed(key) if keys.contains(&key))) {
            (one.form, any) = (Form::Plain, true);
        }
        any
    }

    /// Takes bodies that came for records which are here as less; whether any was.
    fn fill(&mut self, known: &[Rec]) -> bool {
        let mut any = false;
        for came in known.iter().filter(|came| came.form != Form::Bare) {
            let log = self.standing.get_mut(&came.log).unwrap();
            let here = &mut log[usize::try_from(came.seq).unwrap()];
            let more = here.form != came.form && here.form != Form::Plain;
            if more {
                here.form = came.form;
                let accepted = self.accepted.iter_mut().find(|(_, one)| one.hash == came.hash);
                accepted.unwrap().1.form = came.form;
                any = true;
            }
        }
        any
    }

    pub fn next(&self, log: LogId) -> u64 {
        self.standing.get(&log).map_or(0, |records| records.len() as u64)
    }

    pub fn all(&self) -> BTreeSet<Hash> {
        self.standing.values().flatten().map(|one| one.hash).chain(self.apart.keys().copied()).collect()
    }

    pub fn holds(&self, hash: Hash) -> bool {
        self.apart.contains_key(&hash) || self.standing.values().flatten().any(|one| one.hash == hash)
    }

    pub fn ours(&self) -> Ours {
        let next = self.standing.keys().map(|&log| (log, self.next(log))).collect();
        let last = self.standing.iter().filter_map(|(&log, records)| Some((log, records.last()?.hash))).collect();
        let withheld = self.partial();
        let whole = |branch: &&Branch| !withheld.contains_key(&branch.log);
        Ours { next, last, apart: self.tips.iter().filter(whole).copied().collect(), withheld }
    }

    /// Writes a transaction of its own; `fresh` gives hashes, `secret` says what is nothing for who carries.
    pub fn write(&mut self, payloads: &[u64], mut fresh: impl FnMut() -> Hash, secret: impl Fn(u64) -> bool) {
        let log = *self.own.get_or_insert_with(|| LogId::new(fresh()));
        self.keys.insert(log);
        let mut records = Vec::new();
        if self.next(log) == 0 {
            records.push((*log.hash(), 0));
        }
        records.extend(payloads.iter().map(|payload| (fresh(), *payload)));
        let count = records.len();
        for (at, (hash, payload)) in records.into_iter().enumerate() {
            let prev = self.standing.get(&log).and_then(|own| own.last()).map_or(Hash::ZERO, |one| one.hash);
            let (secret, form) = (secret(payload), Form::Plain);
            let one = Rec { hash, prev, log, seq: self.next(log), payload, checkpoint: at + 1 == count, secret, form };
            self.put(one);
        }
    }

    fn put(&mut self, one: Rec) {
        self.standing.entry(one.log).or_default().push(one);
        self.head += 1;
        self.accepted.push((self.head, one));
    }

    fn window(&self, log: LogId, from: u64) -> Window {
        let own = self.standing.get(&log).map_or(&[][..], Vec::as_slice);
        let at = usize::try_from(from).unwrap();
        Window {
            next: own.len() as u64,
            before: at.checked_sub(1).and_then(|at| own.get(at)).map(|one| one.hash),
            here: own.iter().skip(at).map(|one| one.hash).collect(),
        }
    }

    /// Takes a batch of a log, and says whether bodies were filled in. `upstream`: it comes from there, so its branch stands.
    pub fn accept(&mut self, batch: &[Rec], upstream: bool, gap_checked: bool, fork_kept: bool) -> (Made, bool) {
        let (log, from) = (batch[0].log, batch[0].seq);
        let named: Vec<Named> = batch.iter().map(|one| Named { hash: one.hash, prev: one.prev }).collect();
        assert!(batch.last().unwrap().checkpoint, "a batch ends with a checkpoint");
        let mut filled = false;
        match judge(&self.window(log, from), from, &named) {
            Verdict::Gap { expected } if gap_checked => return (Made::Gap(expected), false),
            Verdict::Gap { .. } => batch.iter().for_each(|one| self.put(*one)),
            Verdict::Diverged => return (Made::Diverged, false),
            Verdict::Take { known } => {
                filled = upstream && self.fill(&batch[..known]);
                if known < batch.len() && self.own == Some(log) {
                    // Somebody else writes with its key.
                    self.own = None;
                }
                batch[known..].iter().for_each(|one| self.put(*one));
            }
            Verdict::Fork { .. } if !fork_kept => {}
            Verdict::Fork { known } if upstream => {
                let at = from + known as u64;
                let lost = self.standing.get_mut(&log).unwrap().split_off(usize::try_from(at).unwrap());
                let names: BTreeSet<Hash> = lost.iter().map(|one| one.hash).collect();
                self.accepted.retain(|(_, one)| !names.contains(&one.hash));
                self.tips.insert(Branch { log, at, tip: lost.last().unwrap().hash });
                self.apart.extend(lost.iter().map(|one| (one.hash, *one)));
                batch[known..].iter().for_each(|one| {
                    self.apart.remove(&one.hash);
                    self.put(*one);
                });
                self.own = self.own.filter(|own| *own != log);
            }
            Verdict::Fork { known } => {
                let at = from + known as u64;
                let tip = batch.last().unwrap().hash;
                self.tips.insert(Branch { log, at, tip });
                self.apart.extend(batch[known..].iter().map(|one| (one.hash, *one)));
                return (Made::Fork(at), false);
            }
        }
        (Made::Stored, filled)
    }

    /// Records of a log from a number on, cut at a checkpoint.
    pub fn run(&self, log: LogId, from: u64, limit: u64) -> Vec<Rec> {
        let own = self.standing[&log].iter().skip(usize::try_from(from).unwrap());
        let mut out: Vec<Rec> = Vec::new();
        for one in own {
            if out.len() as u64 >= limit && out.last().is_some_and(|last| last.checkpoint) {
                break;
            }
            out.push(*one);
        }
        out
    }

    /// A branch from a number to its tip, followed backwards.
    pub fn branch(&self, branch: Branch, from: u64) -> Vec<Rec> {
        let mut out = Vec::new();
        let mut name = branch.tip;
        let named = |hash: Hash| {
            self.apart.get(&hash).or_else(|| self.standing.values().flatten().find(|one| one.hash == hash)).copied()
        };
        while let Some(one) = named(name) {
            out.push(one);
            if one.seq <= from {
                break;
            }
            name = one.prev;
        }
        out.reverse();
        out
    }

    /// What was accepted after a cursor, in runs; the cursor reached; whether there is more.
    pub fn after(&self, cursor: u64, limit: u64) -> (Vec<Vec<Rec>>, u64, bool) {
        let mut runs: Vec<Vec<Rec>> = Vec::new();
        let (mut reached, mut count) = (self.head.min(cursor), 0);
        for (at, one) in self.accepted.iter().filter(|(at, _)| *at > cursor) {
            let last = runs.last().and_then(|run| run.last()).copied();
            if count >= limit && last.is_some_and(|last| last.checkpoint) {
                return (runs, reached, true);
            }
            match runs.last_mut() {
                Some(run) if last.is_some_and(|last| last.hash == one.prev && last.log == one.log) => run.push(*one),
                _ => runs.push(vec![*one]),
            }
            reached = *at;
            count += 1;
        }
        (runs, self.head, false)
    }

    /// Writes again, in a log of its own, what was set apart of logs it wrote.
    pub fn adopt(&mut self, fresh: impl FnMut() -> Hash, secret: impl Fn(u64) -> bool) -> bool {
        let lost: Vec<Rec> = self
            .apart
            .values()
            .filter(|one| one.seq > 0 && self.keys.contains(&one.log) && !self.adopted.contains(&one.hash))
            .copied()
            .collect();
        if lost.is_empty() {
            return false;
        }
        self.adopted.extend(lost.iter().map(|one| one.hash));
        let payloads: Vec<u64> = lost.iter().map(|one| one.payload).collect();
        self.write(&payloads, fresh, secret);
        true
    }
}
