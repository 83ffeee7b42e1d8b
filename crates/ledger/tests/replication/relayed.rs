//! Receipts of headquarters as a node of the model hands them down.

use jiangsai_ledger::LogId;
use jiangsai_ledger::replication::{Receipt, ReceiptMark};
use std::collections::BTreeMap;

/// In the order in which it came by them, as long as it runs.
pub struct Relayed {
    last: ReceiptMark,
    known: BTreeMap<LogId, (u64, Receipt)>,
}

impl Relayed {
    pub fn new(order: jiangsai_ledger::Hash) -> Self {
        Self { last: ReceiptMark { order, at: 0 }, known: BTreeMap::new() }
    }

    /// The program starts again, and begins to count in the order of before: a flaw.
    pub fn goes_on(&mut self) {
        *self = Self::new(self.last.order);
    }

    /// Of what it has now, what came after a mark; and the mark of all.
    pub fn since<'a>(
        &mut self,
        has: impl Iterator<Item = &'a Receipt>,
        mark: Option<ReceiptMark>,
    ) -> (Vec<Receipt>, ReceiptMark) {
        let known = mark.filter(|mark| mark.order == self.last.order).map_or(0, |mark| mark.at);
        let mut new = Vec::new();
        for one in has {
            if self.known.get(&one.log).is_none_or(|(_, before)| before != one) {
                self.last.at += 1;
                self.known.insert(one.log, (self.last.at, *one));
            }
            new.extend(self.known.get(&one.log).filter(|(at, _)| *at > known).map(|(_, one)| *one));
        }
        (new, self.last)
    }
}
