//! Questions and answers between the nodes of the model, and what they keep.

use crate::disk::{Disk, Form, Made, Rec};
use crate::fault::{Fault, Flaw};
use crate::message::{Envelope, Message, Reply, Request, hash, issuer, receipt};
use crate::world::{HQ, HUB, World};
use jiangsai_ledger::replication::{
    Effect, Failed, Heads, Input, Link, Ours, Pull, Pulled, Pushed, Receipt, ReceiptMark,
};
use jiangsai_ledger::{Hash, ScopeId};
use std::collections::{BTreeMap, BTreeSet};

/// Whether a process survives what it writes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Crash {
    BeforeCommit,
    AfterCommit,
    No,
}

impl World {
    pub fn turn(&mut self, node: usize) -> Result<(), String> {
        if self.nodes[node].upstream.is_none() || std::mem::take(&mut self.nodes[node].waits) {
            return Ok(());
        }
        if self.nodes[node].waits_for_key && !self.keys_at(&self.nodes[node].disk).is_empty() {
            self.nodes[node].waits_for_key = false;
            self.nodes[node].link.ask_again();
        }
        let ours = self.nodes[node].disk.ours();
        self.step(node, Input::Turn(ours), &[])
    }

    pub fn step(&mut self, node: usize, input: Input, runs: &[Vec<Rec>]) -> Result<(), String> {
        let link = std::mem::replace(&mut self.nodes[node].link, Link::new(None));
        let (link, effects) = link.step(input);
        self.nodes[node].link = link;
        for effect in effects {
            let disk = &self.nodes[node].disk;
            match effect {
                Effect::AskHeads => self.send(node, Request::Heads),
                Effect::Push { log, from, limit } => {
                    let run = disk.run(log, from, limit);
                    self.push(node, run)?;
                }
                Effect::Report { branch, from } => {
                    let run = disk.branch(branch, from);
                    self.push(node, run)?;
                }
                Effect::Pull { after, limit, anew, receipts } => {
                    let head = disk.pulled.filter(|_| disk.link.is_some_and(|(_, cursor)| cursor == after));
                    let lacking = if self.flaw == Flaw::LackingSaidKnown { BTreeMap::new() } else { disk.partial() };
                    let known = if anew && !self.is_carrier(node) { disk.known(&lacking) } else { BTreeMap::new() };
                    let pull = Pull::after(ScopeId::new(Hash::ZERO), after, limit);
                    self.send(node, Request::Pull(Pull { head, known, receipts_after: Some(receipts), ..pull }));
                }
                Effect::Anew(incarnation) => {
                    let disk = &mut self.nodes[node].disk;
                    if self.flaw != Flaw::OtherStoreNotKept && disk.link.is_none_or(|(known, _)| known != incarnation) {
                        (disk.link, disk.pulled, disk.root) = (Some((incarnation, 0)), None, None);
                    }
                }
                Effect::Receipt(receipt) => {
                    self.check_receipts_given(node, &[receipt])?;
                    self.keep_receipts(node, &[receipt]);
                }
                Effect::Keep(pulled) => self.keep(node, &pulled, runs)?,
                Effect::Wait(_) => self.nodes[node].waits = true,
                Effect::Rest => {}
            }
        }
        Ok(())
    }

    /// Sends records up; what the node above may not read waits for a key.
    fn push(&mut self, node: usize, run: Vec<Rec>) -> Result<(), String> {
        let run = match self.nodes[node].link.is_to_carrier() {
            true => self.sent_to_carrier(&self.nodes[node].disk, run),
            false => run,
        };
        if run.iter().any(|one| one.form == Form::Bare) {
            self.hits.count(Fault::WaitedForKey);
            self.nodes[node].waits_for_key = true;
            let random = self.random();
            return self.step(node, Input::Refused(random), &[]);
        }
        self.send(node, Request::Push(run));
        Ok(())
    }

    fn send(&mut self, node: usize, request: Request) {
        let one = &mut self.nodes[node];
        one.question += 1;
        let Some(server) = one.upstream else { return };
        let message = Message::Request(request);
        self.net.push(Envelope { asker: node, question: one.question, server, message, copy: false });
    }

    /// Receipts of the node above and of headquarters; each must be true.
    fn check_receipts_given(&self, node: usize, receipts: &[Receipt]) -> Result<(), String> {
        for receipt in self.counting(node, receipts) {
            let by = if receipt.issuer == issuer(HQ) { HQ } else { HUB };
            let issued = &self.nodes[by].disk;
            let forgotten = self.forgotten.contains(&(receipt.incarnation, receipt.head));
            if issued.incarnation == receipt.incarnation && !forgotten && !issued.holds(receipt.head) {
                return Err(format!("node {node} has a receipt of node {by} for {} that is not there", receipt.head));
            }
        }
        Ok(())
    }

    fn counting(&self, node: usize, receipts: &[Receipt]) -> Vec<Receipt> {
        let Some(upstream) = self.nodes[node].upstream else { return Vec::new() };
        let issuers = [issuer(upstream), issuer(HQ)];
        receipts.iter().filter(|one| issuers.contains(&one.issuer)).copied().collect()
    }

    fn keep_receipts(&mut self, node: usize, receipts: &[Receipt]) {
        let counting = self.counting(node, receipts);
        self.nodes[node].disk.receipts.extend(counting.into_iter().map(|one| ((one.issuer, one.log), one)));
    }

    fn keep(&mut self, node: usize, pulled: &Pulled, runs: &[Vec<Rec>]) -> Result<(), String> {
        let (gap, fork) = (self.flaw != Flaw::GapNotChecked, self.flaw != Flaw::ForkDropped);
        let mut disk = self.nodes[node].disk.clone();
        let mut filled = false;
        for run in runs {
            let run = self.received(node, &disk, run.clone())?;
            match disk.accept(&run, true, gap, fork) {
                (Made::Stored, more) => filled |= more,
                _ => return self.step(node, Input::Missing, &[]),
            }
        }
        self.opens(node, &mut disk, filled);
        let same = disk.link == Some((pulled.incarnation, pulled.cursor));
        let last = runs.last().and_then(|run| run.last()).map(|one| one.hash);
        disk.pulled = last.or(disk.pulled.filter(|_| same));
        disk.link = Some((pulled.incarnation, pulled.cursor));
        disk.root = pulled.root;
        if disk.tips.len() > self.nodes[node].disk.tips.len() {
            self.hits.count(Fault::Fork);
        }
        let anew = self.is_carrier(node) && self.pulls_anew(&mut disk, runs, pulled.readers);
        let later = self.flaw == Flaw::ReceiptsKeptLater;
        self.check_receipts_given(node, &pulled.receipts)?;
        if self.flaw == Flaw::ReceiptsKeptSooner {
            self.keep_receipts(node, &pulled.receipts);
        }
        if !later {
            let counting = self.counting(node, &pulled.receipts);
            disk.receipts.extend(counting.into_iter().map(|one| ((one.issuer, one.log), one)));
            // As if all of them had come.
            let all = self.counting(node, &self.nodes[node].above);
            if all.iter().any(|one| disk.receipts.get(&(one.issuer, one.log)) != Some(one)) {
                return Err(format!("node {node} was never told of a receipt that the node above has"));
            }
        }
        match self.crash(node, &disk) {
            Crash::BeforeCommit => {
                self.restart(node);
                return Ok(());
            }
            Crash::AfterCommit => {
                self.commit(node, disk)?;
                self.restart(node);
                return Ok(());
            }
            Crash::No => self.commit(node, disk)?,
        }
        if later {
            self.keep_receipts(node, &pulled.receipts);
        }
        self.step(node, if anew { Input::Missing } else { Input::Kept }, &[])
    }

    /// Draws whether a process ends as it writes this; it counts where there is something to write.
    fn crash(&mut self, node: usize, disk: &Disk) -> Crash {
        let before = &self.nodes[node].disk;
        let changes = (before.head, before.apart.len(), before.link) != (disk.head, disk.apart.len(), disk.link);
        if !self.faulty {
            return Crash::No;
        }
        let crash = match self.below(16) {
            0 => Crash::BeforeCommit,
            1 => Crash::AfterCommit,
            _ => Crash::No,
        };
        match crash {
            Crash::BeforeCommit if changes => self.hits.count(Fault::CrashBeforeCommit),
            Crash::AfterCommit if changes => self.hits.count(Fault::CrashAfterCommit),
            _ => {}
        }
        crash
    }

    /// Nothing that was on disk may go, come twice, or leave a gap.
    fn commit(&mut self, node: usize, disk: Disk) -> Result<(), String> {
        let before = &self.nodes[node].disk;
        let grows = before.head != disk.head;
        if grows || before.apart.len() != disk.apart.len() {
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
        self.follow(node);
        if grows && [HQ, HUB].contains(&node) {
            self.compare(node);
        }
        Ok(())
    }

    /// Do headquarters and hub hold different branches of the log that grew last?
    fn compare(&mut self, node: usize) {
        let Some((_, last)) = self.nodes[node].disk.accepted.last() else { return };
        let log = last.log;
        let of = |node: usize| self.nodes[node].disk.standing.get(&log).map_or(&[][..], Vec::as_slice);
        let differ = of(HQ).iter().zip(of(HUB)).any(|(above, below)| above.hash != below.hash);
        if differ && self.parted.insert(log) {
            self.hits.count(Fault::BranchesApart);
        }
    }

    pub fn deliver(&mut self, at: usize) -> Result<(), String> {
        if at >= self.net.len() {
            return Ok(());
        }
        let overtakes = |one: &Envelope, other: &Envelope| one.asker == other.asker || one.server == other.server;
        let reordered = self.net[..at].iter().any(|earlier| overtakes(earlier, &self.net[at]));
        let Envelope { asker, question, server, message, copy } = self.net.remove(at);
        let acted_on = matches!(message, Message::Request(_)) || self.nodes[asker].question == question;
        // Only the last question is waited for.
        if !acted_on {
            return Ok(());
        }
        if reordered {
            self.hits.count(Fault::Reorder);
        }
        if copy {
            self.hits.count(Fault::Duplicate);
        }
        match message {
            Message::Request(request) => self.serve(asker, question, server, request),
            Message::Reply(Reply::Heads(mut heads)) => {
                if self.flaw == Flaw::CursorNotChecked {
                    heads.last.clear();
                    let own = self.nodes[asker].disk.ours().next;
                    heads.next.retain(|log, next| {
                        *next = own.get(log).copied().unwrap_or(0).min(*next);
                        *next > 0
                    });
                }
                self.step(asker, Input::Heads(heads), &[])
            }
            Message::Reply(Reply::Pushed(pushed)) => self.step(asker, Input::Pushed(pushed), &[]),
            Message::Reply(Reply::Pulled(pulled, runs, above)) => {
                self.nodes[asker].above = above;
                self.step(asker, Input::Pulled(pulled), &runs)
            }
            Message::Reply(Reply::Refused) => {
                let random = self.random();
                self.step(asker, Input::Refused(random), &[])
            }
            Message::Reply(Reply::Broken) => {
                let random = self.random();
                self.step(asker, Input::Failed(Failed::Unreachable, random), &[])
            }
        }
    }

    fn serve(&mut self, asker: usize, question: u64, server: usize, request: Request) -> Result<(), String> {
        if self.shuts_out(server, asker) {
            self.hits.count(Fault::ShutOut);
            self.net.push(Envelope { asker, question, server, message: Message::Reply(Reply::Refused), copy: false });
            return Ok(());
        }
        if matches!(request, Request::Pull(_)) && self.refuses_unheard && self.nodes[server].disk.head == 0 {
            self.hits.count(Fault::Unheard);
            self.net.push(Envelope { asker, question, server, message: Message::Reply(Reply::Refused), copy: false });
            return Ok(());
        }
        let Some((reply, disk)) = self.answer(asker, server, request)? else { return Ok(()) };
        let reply = Envelope { asker, question, server, message: Message::Reply(reply), copy: false };
        match self.crash(server, &disk) {
            Crash::BeforeCommit => {
                self.restart(server);
                if self.flaw == Flaw::ReceiptBeforeCommit {
                    self.net.push(reply);
                }
            }
            Crash::AfterCommit => {
                self.commit(server, disk)?;
                self.restart(server);
            }
            Crash::No => {
                self.commit(server, disk)?;
                self.net.push(reply);
            }
        }
        Ok(())
    }

    fn answer(&mut self, asker: usize, server: usize, request: Request) -> Result<Option<(Reply, Disk)>, String> {
        let mut disk = self.nodes[server].disk.clone();
        let incarnation = disk.incarnation;
        let reply = match request {
            Request::Heads => {
                let Ours { next, last, .. } = disk.ours();
                Reply::Heads(Heads { incarnation, next, last, carrier: self.is_carrier(server) })
            }
            Request::Push(run) => {
                let Some(last) = run.last().copied() else { return Ok(None) };
                let run = self.received(server, &disk, run)?;
                let (gap, fork) = (self.flaw != Flaw::GapNotChecked, self.flaw != Flaw::ForkDropped);
                let tips = disk.tips.len();
                let (made, filled) = disk.accept(&run, false, gap, fork);
                self.opens(server, &mut disk, filled);
                if disk.tips.len() > tips {
                    self.hits.count(Fault::Fork);
                }
                Reply::Pushed(match made {
                    Made::Stored => Pushed::Receipt(receipt(server, incarnation, &last)),
                    Made::Gap(expected) => Pushed::Gap { expected },
                    Made::Diverged => Pushed::Diverged,
                    Made::Fork(at) => Pushed::Fork { at },
                })
            }
            Request::Pull(Pull { after, limit, head, known, receipts_after, .. }) => {
                let here = disk.accepted.iter().find(|(cursor, _)| *cursor == after).map(|(_, one)| one.hash);
                let (mut runs, cursor, more) = match head {
                    Some(head) if here != Some(head) && self.flaw != Flaw::CursorNotChecked => (Vec::new(), 0, true),
                    _ => disk.after(after, limit.min(7)),
                };
                let (receipts, root, receipts_until) = self.receipts_for(server, &disk, &runs, receipts_after);
                if disk.leaves_out(&mut runs, &known, self.flaw != Flaw::KnownNotCompared) {
                    self.hits.count(Fault::LeftOut);
                }
                let carries = self.is_carrier(asker);
                let readers = self.keys_at(&disk).last().filter(|_| carries).map(|key| hash(*key));
                let sent = |run| if carries { self.sent_to_carrier(&disk, run) } else { run };
                let runs = runs.into_iter().map(sent).collect();
                let none = Vec::new();
                let pulled = Pulled {
                    more,
                    runs: none,
                    receipts,
                    root,
                    readers,
                    receipts_until,
                    ..Pulled::up_to(incarnation, cursor)
                };
                let above =
                    if receipts_until.is_some() { of_headquarters(&disk).copied().collect() } else { Vec::new() };
                Reply::Pulled(pulled, runs, above)
            }
        };
        Ok(Some((reply, disk)))
    }

    /// The receipts that go with what is handed out: those of headquarters, and of the server for what it hands out.
    fn receipts_for(
        &mut self,
        server: usize,
        disk: &Disk,
        runs: &[Vec<Rec>],
        after: Option<ReceiptMark>,
    ) -> (Vec<Receipt>, Option<Hash>, Option<ReceiptMark>) {
        let lasts: Vec<&Rec> = runs.iter().filter_map(|run| run.last()).collect();
        let mut receipts: Vec<Receipt> = lasts.iter().map(|last| receipt(server, disk.incarnation, last)).collect();
        if server == HQ {
            return (receipts, Some(disk.incarnation), None);
        }
        let root = disk.link.map(|(incarnation, _)| incarnation);
        if let (Flaw::ReceiptOnBehalf, Some(root)) = (self.flaw, root) {
            receipts.extend(lasts.iter().map(|last| receipt(HQ, root, last)));
            return (receipts, Some(root), None);
        }
        let (new, until) = self.nodes[server].relayed.since(of_headquarters(disk), after);
        if new.len() < of_headquarters(disk).count() {
            self.hits.count(Fault::ReceiptsLeftOut);
        }
        receipts.extend(new);
        (receipts, root, Some(until))
    }
}

/// The receipts of headquarters that a node has.
fn of_headquarters(disk: &Disk) -> impl Iterator<Item = &Receipt> {
    disk.receipts.values().filter(|one| one.issuer == issuer(HQ))
}
