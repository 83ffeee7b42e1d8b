//! Faults stop: everything must arrive, everybody hold the same, and everybody know it.

use crate::disk::Disk;
use crate::message::{hash, issuer};
use crate::world::{HQ, HUB, Node, World};
use jiangsai_ledger::Hash;
use std::collections::BTreeSet;

impl World {
    pub fn settle(&mut self) -> Result<(), String> {
        // Also the door is open to whoever was revoked: its disk is carried there, and what stands on it taken in as a push is.
        self.faulty = false;
        self.net.clear();
        for node in 0..self.nodes.len() {
            self.restart(node);
        }
        self.grant();
        let everything: BTreeSet<Hash> = self.living().flat_map(|(_, node)| node.disk.all()).collect();
        let mut quiet = 0;
        for _ in 0..400 {
            let before = self.state();
            for node in 0..self.nodes.len() {
                for _ in 0..6 {
                    self.turn(node)?;
                    while !self.net.is_empty() {
                        self.deliver(0)?;
                    }
                }
                let (fresh, secret) = (&mut self.fresh, self.known.secrets(self.carrier && node != HUB));
                let next = || {
                    *fresh += 1;
                    hash(*fresh)
                };
                self.nodes[node].disk.adopt(next, secret);
                self.opened(node);
            }
            quiet = if self.state() == before { quiet + 1 } else { 0 };
            if quiet == 3 && self.nodes[HQ].view.quarantined() > 0 && !self.known.adopted {
                // An honest record among those that came late.
                self.adopt_one();
                quiet = 0;
            }
            if quiet == 6 {
                return self.check(&everything);
            }
        }
        Err("it does not come to rest".to_owned())
    }

    fn living(&self) -> impl Iterator<Item = (usize, &Node)> {
        self.nodes.iter().enumerate().filter(|(_, node)| node.alive)
    }

    fn state(&self) -> Vec<(u64, usize, Hash)> {
        self.living().map(|(_, node)| (node.disk.head, node.disk.apart.len(), node.disk.incarnation)).collect()
    }

    fn check(&self, everything: &BTreeSet<Hash>) -> Result<(), String> {
        if self.lost_bodies() {
            return Ok(());
        }
        let hq = &self.nodes[HQ].disk;
        for (at, node) in self.living() {
            if node.disk.standing != hq.standing {
                return Err(format!("node {at} does not hold what headquarters holds"));
            }
            let said: BTreeSet<u64> = hq.standing.values().flatten().map(|one| one.payload).collect();
            let own = node.disk.apart.values().filter(|one| node.disk.keys.contains(&one.log));
            if let Some(lost) = own.into_iter().find(|one| !said.contains(&one.payload)) {
                return Err(format!("what node {at} wrote in {} is nowhere", lost.hash));
            }
            check_told(at, &node.disk)?;
            self.check_trust(at)?;
            self.check_bodies(at)?;
            self.check_receipts(at, node)?;
        }
        match everything.difference(&hq.all()).next() {
            Some(lost) => Err(format!("{lost} never reached headquarters: lost, or a fork not reported")),
            None => Ok(()),
        }
    }

    /// Everybody has the receipts of the node above, and of headquarters, for all that stands.
    fn check_receipts(&self, at: usize, node: &Node) -> Result<(), String> {
        let Some(upstream) = node.upstream else { return Ok(()) };
        let above = node.disk.link.map(|(incarnation, _)| incarnation);
        let top = if upstream == HQ { above } else { node.disk.root };
        for (log, records) in &node.disk.standing {
            let Some(last) = records.last() else { continue };
            for (who, incarnation) in [(upstream, above), (HQ, top)] {
                let told = node.disk.receipts.get(&(issuer(who), *log));
                let counts = told.filter(|one| Some(one.incarnation) == incarnation && one.head == last.hash);
                if counts.is_none() {
                    return Err(format!("node {at} was never told that {who} holds log {log} up to {}", last.seq));
                }
            }
        }
        Ok(())
    }
}

/// Whatever was set apart is part of a branch that is listed.
fn check_told(at: usize, disk: &Disk) -> Result<(), String> {
    let mut listed = BTreeSet::new();
    for branch in &disk.tips {
        let mut name = branch.tip;
        while let Some(one) = disk.apart.get(&name) {
            listed.insert(name);
            name = one.prev;
        }
    }
    match disk.apart.keys().find(|name| !listed.contains(*name)) {
        Some(hidden) => Err(format!("node {at} keeps {hidden} apart and lists no branch with it: a fork not reported")),
        None => Ok(()),
    }
}
