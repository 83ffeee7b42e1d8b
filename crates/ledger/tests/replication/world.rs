//! The world of the model: its nodes, and a schedule of what people and accidents do to them.

use crate::disk::Disk;
use crate::fault::{Fault, Flaw, Hits};
use crate::message::{Envelope, Message, Reply, hash};
use crate::relayed::Relayed;
use crate::trust::{Known, View};
use jiangsai_ledger::replication::{Failed, Input, Link, Receipt};
use jiangsai_ledger::{Hash, LogId};
use std::collections::{BTreeMap, BTreeSet};

pub struct Node {
    pub disk: Disk,
    /// What it makes of its records.
    pub view: View,
    /// Which computer it is; a copied one is the same.
    pub name: usize,
    pub backups: Vec<Disk>,
    pub link: Link,
    /// What it handed down of headquarters' receipts.
    pub relayed: Relayed,
    /// The receipts of headquarters that the node above had when it answered last.
    pub above: Vec<Receipt>,
    pub upstream: Option<usize>,
    pub question: u64,
    pub waits: bool,
    /// Something waits for a readers' key.
    pub waits_for_key: bool,
    pub alive: bool,
}

pub const HQ: usize = 0;
pub const HUB: usize = 1;
/// A computer that is a copy of a desk, once there is one.
const SPARE: usize = 5;

pub struct World {
    pub nodes: Vec<Node>,
    pub net: Vec<Envelope>,
    random: u64,
    pub fresh: u64,
    /// How often a program was started.
    starts: u64,
    payload: u64,
    pub flaw: Flaw,
    /// Do things still go wrong?
    pub faulty: bool,
    pub hits: Hits,
    /// Which node wrote a number of a log first.
    wrote: BTreeMap<(LogId, u64), usize>,
    /// Logs of which headquarters and hub held different branches.
    pub parted: BTreeSet<LogId>,
    /// What stores held, by incarnation, before they went back to an earlier state: receipts for it were true when they were given, and count
    /// again where a folder of that incarnation is copied back.
    pub forgotten: BTreeSet<(Hash, Hash)>,
    /// The hub carries what it may not read.
    pub carrier: bool,
    /// Whoever never heard of the competition refuses a pull of it.
    pub refuses_unheard: bool,
    /// What says that there is a readers' key, the oldest first.
    pub keys: Vec<u64>,
    /// Who was revoked, and what was said about it.
    pub known: Known,
}

impl World {
    pub fn new(seed: u64, flaw: Flaw) -> Self {
        let upstreams = [None, Some(HQ), Some(HUB), Some(HUB), Some(HQ), None];
        let nodes = upstreams.iter().enumerate().map(|(at, upstream)| Node {
            disk: Disk::new(hash(1_000_000 + at as u64)),
            view: View::default(),
            name: at,
            backups: Vec::new(),
            link: Link::new(None),
            relayed: Relayed::new(hash(at as u64)),
            above: Vec::new(),
            upstream: *upstream,
            question: 0,
            waits: false,
            waits_for_key: false,
            alive: at != SPARE,
        });
        Self {
            nodes: nodes.collect(),
            net: Vec::new(),
            random: seed,
            fresh: 2_000_000,
            starts: upstreams.len() as u64,
            payload: 0,
            flaw,
            faulty: true,
            hits: Hits::default(),
            wrote: BTreeMap::new(),
            parted: BTreeSet::new(),
            forgotten: BTreeSet::new(),
            // A share of the schedules; the others are what they were.
            carrier: seed % 5 == 1,
            refuses_unheard: seed % 7 == 1,
            keys: Vec::new(),
            known: Known::default(),
        }
    }

    /// SplitMix64.
    pub fn random(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.random() % bound.max(1) as u64).unwrap()
    }

    pub fn run(&mut self) -> Result<(), String> {
        for _ in 0..140 {
            self.anything()?;
        }
        self.settle()
    }

    fn anything(&mut self) -> Result<(), String> {
        let node = self.below(self.nodes.len());
        match self.below(100) {
            0..20 => self.write(node),
            20..50 => self.turn(node)?,
            50..77 => {
                let at = self.below(self.net.len());
                self.deliver(at)?;
            }
            77..80 => self.lose(),
            80..82 => self.cut(),
            82..85 => {
                let at = self.below(self.net.len());
                if let Some(one) = self.net.get(at).cloned() {
                    self.net.push(Envelope { copy: true, ..one });
                }
            }
            85..89 => self.time_out(node)?,
            89..91 => {
                if self.is_waited_for(node) {
                    self.hits.count(Fault::Crash);
                }
                self.restart(node);
            }
            91..94 => {
                let copy = self.nodes[node].disk.clone();
                self.nodes[node].backups.push(copy);
            }
            94..96 => self.restore(node),
            96 => self.clone_desk(),
            97 => self.connect(node),
            98 if self.carrier && self.below(2) == 0 => self.grant(),
            98 => self.revoke_or_adopt(),
            _ => self.jump()?,
        }
        Ok(())
    }

    fn write(&mut self, node: usize) {
        if !self.nodes[node].alive {
            return;
        }
        let payloads: Vec<u64> = (0..=self.below(3)).map(|_| self.next_payload()).collect();
        self.writes(node, &payloads);
        let Some((_, last)) = self.nodes[node].disk.accepted.last() else { return };
        let before = *self.wrote.entry((last.log, last.seq)).or_insert(node);
        if before != node {
            self.hits.count(Fault::Clone);
        }
    }

    pub fn next_payload(&mut self) -> u64 {
        self.payload += 1;
        self.payload
    }

    /// Is a message under way that this node waits for, or an answer to it?
    fn is_waited_for(&self, node: usize) -> bool {
        self.net.iter().any(|one| one.asker == node && one.question == self.nodes[node].question)
    }

    /// The program starts again: what is not on disk is gone.
    pub fn restart(&mut self, node: usize) {
        self.starts += 1;
        let order = hash(self.starts);
        let goes_on = self.flaw == Flaw::OrderGoesOn;
        let one = &mut self.nodes[node];
        if goes_on {
            one.relayed.goes_on();
        } else {
            one.relayed = Relayed::new(order);
        }
        one.link = Link::new(one.disk.link);
        one.question += 1;
        one.waits = false;
        // What it made of its records was in memory.
        one.view = View::default();
        self.follow(node);
    }

    fn restore(&mut self, node: usize) {
        let at = self.below(self.nodes[node].backups.len());
        let Some(backup) = self.nodes[node].backups.get(at).cloned() else { return };
        let now = &self.nodes[node].disk;
        let differs = (now.head, now.apart.len(), now.link) != (backup.head, backup.apart.len(), backup.link);
        let fault = match node {
            HQ => Fault::HqRestored,
            HUB => Fault::HubRestored,
            _ => Fault::DeskRestored,
        };
        let copied = self.below(3) == 0;
        if differs {
            self.hits.count(if copied { Fault::CopiedBack } else { fault });
        }
        let lost = &self.nodes[node].disk;
        self.forgotten.extend(lost.all().into_iter().map(|name| (lost.incarnation, name)));
        if copied {
            // What was answered before is not on its way any more.
            self.net.retain(|one| one.server != node);
            self.nodes[node].disk = backup;
        } else {
            // A new incarnation, and the logs it wrote are closed.
            self.fresh += 1;
            self.nodes[node].disk = Disk { incarnation: hash(self.fresh), own: None, ..backup };
        }
        self.restart(node);
    }

    fn clone_desk(&mut self) {
        let from = 2 + self.below(3);
        let (disk, upstream) = (self.nodes[from].disk.clone(), self.nodes[from].upstream);
        let other = self.below(2) == 0;
        let name = self.nodes[from].name;
        let spare = &mut self.nodes[SPARE];
        spare.name = name;
        spare.disk = Disk { link: if other { None } else { disk.link }, ..disk };
        spare.upstream = if other { Some(if upstream == Some(HQ) { HUB } else { HQ }) } else { upstream };
        spare.backups.clear();
        spare.alive = true;
        self.restart(SPARE);
    }

    /// A desk is connected to another node above, or once more to the same; it may be given a new key, and then begins a new log.
    fn connect(&mut self, node: usize) {
        if node < 2 || !self.nodes[node].alive {
            return;
        }
        if self.below(2) == 0 {
            self.hits.count(Fault::OtherUpstream);
            let other = if self.nodes[node].upstream == Some(HQ) { HUB } else { HQ };
            self.nodes[node].upstream = Some(other);
        } else {
            let new_key = self.below(2) == 0;
            let disk = &mut self.nodes[node].disk;
            if disk.link.is_some() || (new_key && disk.own.is_some()) {
                self.hits.count(Fault::Enrolled);
            }
            disk.own = disk.own.filter(|_| !new_key);
        }
        self.nodes[node].disk.link = None;
        self.restart(node);
    }

    fn lose(&mut self) {
        let at = self.below(self.net.len());
        if at >= self.net.len() {
            return;
        }
        let lost = self.net.remove(at);
        match lost.message {
            Message::Request(_) => self.hits.count(Fault::LostRequest),
            Message::Reply(_) if lost.question == self.nodes[lost.asker].question => self.hits.count(Fault::LostReply),
            Message::Reply(_) => {}
        }
    }

    /// Cuts a message short. A request does not verify any more and is refused, as an answer is by whoever asked; or the end is noticed at once.
    fn cut(&mut self) {
        let at = self.below(self.net.len());
        let noticed = self.below(2) == 0;
        let Some(one) = self.net.get_mut(at) else { return };
        let effect = matches!(one.message, Message::Request(_)) || one.question == self.nodes[one.asker].question;
        one.message = Message::Reply(if noticed { Reply::Broken } else { Reply::Refused });
        if effect {
            self.hits.count(Fault::Truncation);
        }
    }

    /// Gives up waiting.
    fn time_out(&mut self, node: usize) -> Result<(), String> {
        let random = self.random();
        let waited = self.is_waited_for(node);
        if random.is_multiple_of(3) {
            // The database there is busy: an answer, and it is no.
            if waited {
                self.hits.count(Fault::Refusal);
            }
            self.nodes[node].question += 1;
            return self.step(node, Input::Refused(random), &[]);
        }
        if waited {
            self.hits.count(Fault::Delay);
        }
        self.fail(node, random)
    }

    fn fail(&mut self, node: usize, random: u64) -> Result<(), String> {
        let why = if random.is_multiple_of(2) { Failed::TimedOut } else { Failed::Unreachable };
        self.nodes[node].question += 1;
        self.step(node, Input::Failed(why, random), &[])
    }

    /// Every waiting time is over at once, and every answer too late.
    fn jump(&mut self) -> Result<(), String> {
        for node in 0..self.nodes.len() {
            if std::mem::take(&mut self.nodes[node].waits) || self.is_waited_for(node) {
                self.hits.count(Fault::ClockJump);
            }
            let random = self.random();
            self.fail(node, random)?;
        }
        Ok(())
    }
}
