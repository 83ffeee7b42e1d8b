//! The world of the model: nodes, messages under way, faults, and what must hold.

use crate::disk::{Disk, Made, Rec};
use jiangsai_ledger::replication::{Effect, Failed, Heads, Input, Link, Pulled, Pushed, Receipt};
use jiangsai_ledger::{Hash, LogId, ScopeId, Signature};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    LostRequest,
    LostReply,
    Duplicate,
    Reorder,
    Truncation,
    Delay,
    CrashBeforeCommit,
    CrashAfterCommit,
    DeskCrash,
    HqRestored,
    HubRestored,
    DeskRestored,
    Clone,
    OtherUpstream,
    ClockJump,
    Fork,
    Refusal,
    CopiedBack,
}

impl Fault {
    pub const ALL: [Self; 18] = [
        Self::LostRequest,
        Self::LostReply,
        Self::Duplicate,
        Self::Reorder,
        Self::Truncation,
        Self::Delay,
        Self::CrashBeforeCommit,
        Self::CrashAfterCommit,
        Self::DeskCrash,
        Self::HqRestored,
        Self::HubRestored,
        Self::DeskRestored,
        Self::Clone,
        Self::OtherUpstream,
        Self::ClockJump,
        Self::Fork,
        Self::Refusal,
        Self::CopiedBack,
    ];
}

/// What is built wrong on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    None,
    ReceiptBeforeCommit,
    GapNotChecked,
    ForkDropped,
    CursorNotChecked,
}

#[derive(Clone)]
enum Request {
    Heads,
    Push(Vec<Rec>),
    /// Cursor, limit, and the record that is known at the cursor.
    Pull(u64, u64, Option<Hash>),
}

#[derive(Clone)]
enum Reply {
    Heads(Heads),
    Pushed(Pushed),
    /// The message as it is, and the records the model carries beside it.
    Pulled(Pulled, Vec<Vec<Rec>>),
}

#[derive(Clone)]
enum Message {
    Request(Request),
    Reply(Reply),
}

#[derive(Clone)]
struct Envelope {
    /// Who asked, and its how manieth question.
    asker: usize,
    question: u64,
    server: usize,
    message: Message,
}

struct Node {
    disk: Disk,
    backups: Vec<Disk>,
    link: Link,
    upstream: Option<usize>,
    question: u64,
    waits: bool,
    alive: bool,
}

const HQ: usize = 0;
const HUB: usize = 1;
const SPARE: usize = 5;

pub struct World {
    nodes: Vec<Node>,
    net: Vec<Envelope>,
    random: u64,
    fresh: u64,
    payload: u64,
    flaw: Flaw,
    pub hit: BTreeMap<Fault, u64>,
}

fn hash(number: u64) -> Hash {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    Hash::from_bytes(&bytes).unwrap()
}

impl World {
    pub fn new(seed: u64, flaw: Flaw) -> Self {
        let upstreams = [None, Some(HQ), Some(HUB), Some(HUB), Some(HQ), None];
        let nodes = upstreams.iter().enumerate().map(|(at, upstream)| Node {
            disk: Disk::new(hash(1_000_000 + at as u64)),
            backups: Vec::new(),
            link: Link::new(None),
            upstream: *upstream,
            question: 0,
            waits: false,
            alive: at != SPARE,
        });
        let nodes = nodes.collect();
        Self { nodes, net: Vec::new(), random: seed, fresh: 2_000_000, payload: 0, flaw, hit: BTreeMap::new() }
    }

    /// SplitMix64.
    fn random(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.random() % bound.max(1) as u64).unwrap()
    }

    fn count(&mut self, fault: Fault) {
        *self.hit.entry(fault).or_insert(0) += 1;
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
            50..78 => {
                let at = self.below(self.net.len());
                if at > 0 && at < self.net.len() {
                    self.count(Fault::Reorder);
                }
                self.deliver(at, true)?;
            }
            78..82 => self.lose(),
            82..85 => {
                let at = self.below(self.net.len());
                if let Some(one) = self.net.get(at).cloned() {
                    self.count(Fault::Duplicate);
                    self.net.push(one);
                }
            }
            85..89 => self.time_out(node, Fault::Delay)?,
            89..91 => self.crash(node),
            91..94 => {
                let copy = self.nodes[node].disk.clone();
                self.nodes[node].backups.push(copy);
            }
            94..96 => self.restore(node),
            96 => self.clone_desk(),
            97 => {
                if node >= 2 && self.nodes[node].alive {
                    self.count(Fault::OtherUpstream);
                    let other = if self.nodes[node].upstream == Some(HQ) { HUB } else { HQ };
                    self.nodes[node].upstream = Some(other);
                    self.nodes[node].disk.link = None;
                    self.restart(node);
                }
            }
            _ => {
                // Every waiting time is over at once, and every answer too late.
                self.count(Fault::ClockJump);
                for node in 0..self.nodes.len() {
                    self.nodes[node].waits = false;
                    self.time_out(node, Fault::ClockJump)?;
                }
            }
        }
        Ok(())
    }

    fn write(&mut self, node: usize) {
        if !self.nodes[node].alive {
            return;
        }
        let payloads: Vec<u64> = (0..=self.below(3))
            .map(|_| {
                self.payload += 1;
                self.payload
            })
            .collect();
        let fresh = &mut self.fresh;
        self.nodes[node].disk.write(&payloads, || {
            *fresh += 1;
            hash(*fresh)
        });
    }

    /// The program starts again: what is not on disk is gone.
    fn restart(&mut self, node: usize) {
        let one = &mut self.nodes[node];
        one.link = Link::new(one.disk.link);
        one.question += 1;
        one.waits = false;
    }

    fn crash(&mut self, node: usize) {
        self.count(Fault::DeskCrash);
        self.restart(node);
    }

    fn restore(&mut self, node: usize) {
        let at = self.below(self.nodes[node].backups.len());
        let Some(backup) = self.nodes[node].backups.get(at).cloned() else { return };
        self.count(match node {
            HQ => Fault::HqRestored,
            HUB => Fault::HubRestored,
            _ => Fault::DeskRestored,
        });
        if self.below(3) == 0 {
            // By copying the folder: nobody is told. What was answered before is not on its way any more.
            self.count(Fault::CopiedBack);
            self.net.retain(|one| one.server != node);
            self.nodes[node].disk = backup;
        } else {
            self.fresh += 1;
            self.nodes[node].disk = Disk { incarnation: hash(self.fresh), ..backup };
        }
        self.restart(node);
    }

    fn clone_desk(&mut self) {
        let from = 2 + self.below(3);
        self.count(Fault::Clone);
        let (disk, upstream) = (self.nodes[from].disk.clone(), self.nodes[from].upstream);
        let other = self.below(2) == 0;
        let spare = &mut self.nodes[SPARE];
        spare.disk = Disk { link: if other { None } else { disk.link }, ..disk };
        spare.upstream = if other { Some(if upstream == Some(HQ) { HUB } else { HQ }) } else { upstream };
        spare.backups.clear();
        spare.alive = true;
        self.restart(SPARE);
    }

    fn lose(&mut self) {
        let at = self.below(self.net.len());
        if at < self.net.len() {
            let lost = self.net.remove(at);
            let truncated = self.below(2) == 0;
            self.count(match lost.message {
                // A message cut short does not verify; whoever gets it does nothing with it.
                _ if truncated => Fault::Truncation,
                Message::Request(_) => Fault::LostRequest,
                Message::Reply(_) => Fault::LostReply,
            });
        }
    }

    fn time_out(&mut self, node: usize, fault: Fault) -> Result<(), String> {
        let random = self.random();
        if fault == Fault::Delay && random.is_multiple_of(3) {
            // The database there is busy: an answer, and it is no.
            self.count(Fault::Refusal);
            self.nodes[node].question += 1;
            return self.step(node, Input::Refused(random), &[]);
        }
        let why = if random.is_multiple_of(2) { Failed::TimedOut } else { Failed::Unreachable };
        if fault == Fault::Delay {
            self.count(Fault::Delay);
        }
        self.nodes[node].question += 1;
        self.step(node, Input::Failed(why, random), &[])
    }

    fn turn(&mut self, node: usize) -> Result<(), String> {
        if self.nodes[node].upstream.is_none() {
            return Ok(());
        }
        if std::mem::take(&mut self.nodes[node].waits) {
            return Ok(());
        }
        let ours = self.nodes[node].disk.ours();
        self.step(node, Input::Turn(ours), &[])
    }

    fn step(&mut self, node: usize, input: Input, runs: &[Vec<Rec>]) -> Result<(), String> {
        let link = std::mem::replace(&mut self.nodes[node].link, Link::new(None));
        let (link, effects) = link.step(input);
        self.nodes[node].link = link;
        for effect in effects {
            let disk = &self.nodes[node].disk;
            match effect {
                Effect::AskHeads => self.send(node, Request::Heads),
                Effect::Push { log, from, limit } => {
                    let run = disk.run(log, from, limit);
                    self.send(node, Request::Push(run));
                }
                Effect::Report { branch, from } => {
                    let run = disk.branch(branch, from);
                    self.send(node, Request::Push(run));
                }
                Effect::Pull { after, limit } => {
                    let known = disk.pulled.filter(|_| disk.link.is_some_and(|(_, cursor)| cursor == after));
                    self.send(node, Request::Pull(after, limit, known));
                }
                Effect::Receipt(receipt) => self.check_receipt(&receipt)?,
                Effect::Keep(pulled) => self.keep(node, &pulled, runs)?,
                Effect::Wait(_) => self.nodes[node].waits = true,
                Effect::Rest => {}
            }
        }
        Ok(())
    }

    fn send(&mut self, node: usize, request: Request) {
        let one = &mut self.nodes[node];
        one.question += 1;
        let Some(server) = one.upstream else { return };
        let message = Message::Request(request);
        self.net.push(Envelope { asker: node, question: one.question, server, message });
    }

    fn keep(&mut self, node: usize, pulled: &Pulled, runs: &[Vec<Rec>]) -> Result<(), String> {
        let (gap, fork) = (self.flaw != Flaw::GapNotChecked, self.flaw != Flaw::ForkDropped);
        let mut disk = self.nodes[node].disk.clone();
        for run in runs {
            match disk.accept(run, true, gap, fork) {
                Made::Stored => {}
                _ => return self.step(node, Input::Missing, &[]),
            }
        }
        let same = disk.link == Some((pulled.incarnation, pulled.cursor));
        let last = runs.last().and_then(|run| run.last()).map(|one| one.hash);
        disk.pulled = last.or(disk.pulled.filter(|_| same));
        disk.link = Some((pulled.incarnation, pulled.cursor));
        if disk.tips.len() > self.nodes[node].disk.tips.len() {
            self.count(Fault::Fork);
        }
        self.commit(node, disk)?;
        self.step(node, Input::Kept, &[])
    }

    /// Nothing that was on disk may go.
    fn commit(&mut self, node: usize, disk: Disk) -> Result<(), String> {
        let before = &self.nodes[node].disk;
        if before.head != disk.head {
            let (old, new) = (before.all(), disk.all());
            if let Some(lost) = old.difference(&new).next() {
                return Err(format!("node {node} lost {lost}"));
            }
            for records in disk.standing.values() {
                for (at, one) in records.iter().enumerate() {
                    let prev = at.checked_sub(1).map_or(Hash::ZERO, |at| records[at].hash);
                    if one.seq != at as u64 || one.prev != prev {
                        return Err(format!("node {node} has a gap before record {at}"));
                    }
                }
            }
            let names: BTreeSet<Hash> = disk.accepted.iter().map(|(_, one)| one.hash).collect();
            if names.len() != disk.accepted.len() {
                return Err(format!("node {node} holds a record twice"));
            }
        }
        self.nodes[node].disk = disk;
        Ok(())
    }

    fn check_receipt(&self, receipt: &Receipt) -> Result<(), String> {
        let issuer = self.nodes.iter().find(|node| node.disk.incarnation == receipt.incarnation);
        match issuer {
            Some(node) if !node.disk.holds(receipt.head) => {
                Err(format!("a receipt for {} that is not there", receipt.head))
            }
            _ => Ok(()),
        }
    }

    fn deliver(&mut self, at: usize, faults: bool) -> Result<(), String> {
        if at >= self.net.len() {
            return Ok(());
        }
        let Envelope { asker, question, server, message } = self.net.remove(at);
        match message {
            Message::Request(request) => {
                let Some((reply, disk)) = self.answer(server, request) else { return Ok(()) };
                let crash = if faults { self.below(16) } else { 9 };
                let reply = Envelope { asker, question, server, message: Message::Reply(reply) };
                match crash {
                    0 => {
                        self.count(Fault::CrashBeforeCommit);
                        self.restart(server);
                        if self.flaw == Flaw::ReceiptBeforeCommit {
                            self.net.push(reply);
                        }
                    }
                    1 => {
                        self.count(Fault::CrashAfterCommit);
                        self.commit(server, disk)?;
                        self.restart(server);
                    }
                    _ => {
                        self.commit(server, disk)?;
                        self.net.push(reply);
                    }
                }
                Ok(())
            }
            // Only the last question is waited for.
            Message::Reply(_) if self.nodes[asker].question != question => Ok(()),
            Message::Reply(Reply::Heads(heads)) => self.step(asker, Input::Heads(heads), &[]),
            Message::Reply(Reply::Pushed(pushed)) => self.step(asker, Input::Pushed(pushed), &[]),
            Message::Reply(Reply::Pulled(pulled, runs)) => self.step(asker, Input::Pulled(pulled), &runs),
        }
    }

    fn answer(&mut self, server: usize, request: Request) -> Option<(Reply, Disk)> {
        let mut disk = self.nodes[server].disk.clone();
        let incarnation = disk.incarnation;
        let reply = match request {
            Request::Heads => Reply::Heads(Heads { incarnation, next: disk.ours().next }),
            Request::Push(run) => {
                let last = run.last().copied()?;
                let (gap, fork) = (self.flaw != Flaw::GapNotChecked, self.flaw != Flaw::ForkDropped);
                let tips = disk.tips.len();
                let made = disk.accept(&run, false, gap, fork);
                if disk.tips.len() > tips {
                    self.count(Fault::Fork);
                }
                Reply::Pushed(match made {
                    Made::Stored => Pushed::Receipt(receipt(incarnation, &last)),
                    Made::Gap(expected) => Pushed::Gap { expected },
                    Made::Diverged => Pushed::Diverged,
                    Made::Fork(at) => Pushed::Fork { at },
                })
            }
            Request::Pull(after, limit, known) => {
                let here = disk.accepted.iter().find(|(cursor, _)| *cursor == after).map(|(_, one)| one.hash);
                let (runs, cursor, more) = match known {
                    Some(known) if here != Some(known) && self.flaw != Flaw::CursorNotChecked => (Vec::new(), 0, true),
                    _ => disk.after(after, limit.min(7)),
                };
                let (receipts, root) = (Vec::new(), None);
                let pulled = Pulled { incarnation, cursor, more, runs: Vec::new(), receipts, root };
                Reply::Pulled(pulled, runs)
            }
        };
        Some((reply, disk))
    }

    /// Faults stop: everything must arrive, and everybody hold the same.
    fn settle(&mut self) -> Result<(), String> {
        self.net.clear();
        for node in 0..self.nodes.len() {
            self.restart(node);
        }
        let everything: BTreeSet<Hash> = self.living().flat_map(|node| node.disk.all()).collect();
        let mut quiet = 0;
        for _ in 0..400 {
            let before: Vec<(u64, usize)> = self.state();
            for node in 0..self.nodes.len() {
                for _ in 0..6 {
                    self.turn(node)?;
                    while !self.net.is_empty() {
                        self.deliver(0, false)?;
                    }
                }
                let fresh = &mut self.fresh;
                self.nodes[node].disk.adopt(|| {
                    *fresh += 1;
                    hash(*fresh)
                });
            }
            quiet = if self.state() == before { quiet + 1 } else { 0 };
            if quiet == 6 {
                return self.check(&everything);
            }
        }
        Err("it does not come to rest".to_owned())
    }

    fn living(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter().filter(|node| node.alive)
    }

    fn state(&self) -> Vec<(u64, usize)> {
        self.living().map(|node| (node.disk.head, node.disk.apart.len())).collect()
    }

    fn check(&self, everything: &BTreeSet<Hash>) -> Result<(), String> {
        let hq = &self.nodes[HQ].disk;
        for (at, node) in self.nodes.iter().enumerate().filter(|(_, node)| node.alive) {
            if node.disk.standing != hq.standing {
                return Err(format!("node {at} does not hold what headquarters holds"));
            }
            let said: BTreeSet<u64> = hq.standing.values().flatten().map(|one| one.payload).collect();
            let own = node.disk.apart.values().filter(|one| node.disk.keys.contains(&one.log));
            if let Some(lost) = own.into_iter().find(|one| !said.contains(&one.payload)) {
                return Err(format!("what node {at} wrote in {} is nowhere", lost.hash));
            }
        }
        let held = hq.all();
        match everything.difference(&held).next() {
            Some(lost) => Err(format!("{lost} never reached headquarters: lost, or a fork not reported")),
            None => Ok(()),
        }
    }
}

fn receipt(incarnation: Hash, last: &Rec) -> Receipt {
    Receipt {
        issuer: Hash::ZERO,
        incarnation,
        scope: ScopeId::new(Hash::ZERO),
        log: LogId::new(*last.log.hash()),
        seq: last.seq,
        head: last.hash,
        at: 0,
        signature: Signature([0; 64]),
    }
}
