//! Receipts of headquarters as they are handed down: each is written down once, and goes to whoever asks once.

use super::super::server::NodeRefusal;
use super::json;
use crate::App;
use crate::people::random;
use jiangsai_ledger::replication::{Pull, Receipt, ReceiptMark};
use jiangsai_ledger::{Hash, LogId, ScopeId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// Receipts that are kept at most, each about half a kilobyte.
const KEPT: usize = 65_536;

/// Of which competition, and by whom.
type Place = (ScopeId, Hash);

/// Receipts as they stand in an answer.
type Written = Vec<Arc<str>>;

/// Receipts of headquarters as they stand in answers.
#[derive(Default)]
pub(crate) struct Relayed(Mutex<BTreeMap<Place, Row>>);

/// In the order in which they came here.
struct Row {
    /// Of the store, when they were read.
    version: u64,
    last: ReceiptMark,
    receipts: BTreeMap<LogId, One>,
}

struct One {
    at: u64,
    receipt: Receipt,
    json: Arc<str>,
}

impl Row {
    /// What came after a mark, if it is one of this order; else all.
    fn since(&self, mark: ReceiptMark) -> (Written, ReceiptMark) {
        let known = if mark.order == self.last.order { mark.at } else { 0 };
        let new = self.receipts.values().filter(|one| one.at > known).map(|one| Arc::clone(&one.json));
        (new.collect(), self.last)
    }

    /// What was read in a version, in an order that begins anew where something is gone.
    fn after(before: Option<Self>, version: u64, receipts: Vec<Receipt>) -> Result<Self, NodeRefusal> {
        let logs: BTreeSet<LogId> = receipts.iter().map(|receipt| receipt.log).collect();
        let before = before.filter(|row| row.receipts.keys().all(|log| logs.contains(log)));
        let mut row = match before {
            Some(row) => Self { version, ..row },
            None => {
                let last = ReceiptMark { order: Hash::of(&random()?), at: 0 };
                Self { version, last, receipts: BTreeMap::new() }
            }
        };
        for receipt in receipts {
            if row.receipts.get(&receipt.log).is_none_or(|one| one.receipt != receipt) {
                row.last.at += 1;
                let json = json(&receipt)?.into();
                row.receipts.insert(receipt.log, One { at: row.last.at, receipt, json });
            }
        }
        Ok(row)
    }
}

impl Relayed {
    fn with<T>(&self, change: impl FnOnce(&mut BTreeMap<Place, Row>) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn since(&self, place: Place, version: u64, mark: ReceiptMark) -> Option<(Written, ReceiptMark)> {
        self.with(|rows| rows.get(&place).filter(|row| row.version == version).map(|row| row.since(mark)))
    }

    fn was_read(
        &self,
        place: Place,
        (version, receipts): (u64, Vec<Receipt>),
        mark: ReceiptMark,
    ) -> Result<(Written, ReceiptMark), NodeRefusal> {
        self.with(|rows| {
            let others = rows.iter().filter(|(of, _)| **of != place);
            if others.map(|(_, row)| row.receipts.len()).sum::<usize>() + receipts.len() > KEPT {
                rows.retain(|of, _| *of == place);
            }
            let before = rows.remove(&place);
            // Whoever read sooner may come later.
            let row = match before {
                Some(newer) if newer.version > version => newer,
                before => Row::after(before, version, receipts)?,
            };
            let since = row.since(mark);
            rows.insert(place, row);
            Ok(since)
        })
    }
}

impl App {
    /// The receipts of an issuer that whoever asks does not have, and what to say of them next time. All of them where another process may keep some,
    /// and to whoever says nothing of those that are there.
    pub(super) async fn relayed(
        &self,
        pull: &Pull,
        issuer: Hash,
    ) -> Result<(Written, Option<ReceiptMark>), NodeRefusal> {
        let (store, place) = (&self.0.store, (pull.scope, issuer));
        // An older build would not read an answer with a mark.
        let counted = store.receipts_version().zip(pull.receipts_after);
        let known = counted.and_then(|(version, mark)| self.0.relayed.since(place, version, mark));
        if let Some((written, last)) = known {
            return Ok((written, Some(last)));
        }
        let receipts = store.receipts(pull.scope, issuer).await?;
        let Some((version, mark)) = counted else {
            let written = receipts.iter().map(|one| Ok(json(one)?.into())).collect::<Result<_, NodeRefusal>>()?;
            return Ok((written, None));
        };
        let (written, last) = self.0.relayed.was_read(place, (version, receipts), mark)?;
        Ok((written, Some(last)))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::super::super::Upstream;
    use super::*;
    use jiangsai_ledger::Signature;
    use jiangsai_ledger::replication::{Pulled, Reads};
    use std::ops::Range;

    #[tokio::test]
    async fn receipts_of_headquarters_come_once_to_whoever_kept_them() {
        let (_folder, app) = App::in_new_folder().await;
        let scope = app.founds().await;
        let (key, root) = (Hash::of(b"hub"), Hash::of(b"headquarters"));
        let url = "https://127.0.0.1:1".to_owned();
        let above = Upstream { url, key, root, sealing: None, reads: Reads::Everything, carrier: false };
        app.keep_paired(&above).await.unwrap();

        let receipt = |log: &str, seq| Receipt {
            issuer: root,
            incarnation: Hash::of(b"incarnation"),
            scope,
            log: LogId::new(Hash::of(log.as_bytes())),
            seq,
            head: Hash::of(b"head"),
            at: 0,
            signature: Signature([0; 64]),
        };
        let put = async |receipts: &[Receipt]| app.0.store.receipts_put(receipts).await.unwrap();
        let told = async |after: Option<ReceiptMark>| {
            let receipts_after = Some(after.unwrap_or(ReceiptMark::NONE));
            let pull = Pull { receipts_after, ..Pull::after(scope, 0, 100) };
            let answer = app.hand_out(&pull, Reads::Everything).await.unwrap();
            let pulled: Pulled = serde_json::from_slice(&answer.body).unwrap();
            assert_eq!(serde_json::to_vec(&pulled).unwrap(), answer.body, "written as any other answer");
            let of_root = pulled.receipts.into_iter().filter(|one| one.issuer == root);
            let mut of_root: Vec<u64> = of_root.map(|one| one.seq).collect();
            of_root.sort_unstable();
            (of_root, pulled.receipts_until)
        };
        put(&[receipt("one", 1), receipt("two", 2)]).await;
        let (seqs, first) = told(None).await;
        assert_eq!(seqs, [1, 2]);
        assert_eq!(told(first).await, (Vec::new(), first), "nothing came since");

        put(&[receipt("two", 3), receipt("three", 4)]).await;
        let (seqs, second) = told(first).await;
        assert_eq!(seqs, [3, 4], "what came since, and of a log the last alone");
        assert_eq!(told(second).await, (Vec::new(), second));
        assert_eq!(told(None).await, (vec![1, 3, 4], second), "all to whoever begins");
        let answer = app.hand_out(&Pull::after(scope, 0, 100), Reads::Everything).await.unwrap();
        let older: Pulled = serde_json::from_slice(&answer.body).unwrap();
        let of_root = older.receipts.iter().filter(|one| one.issuer == root).count();
        assert_eq!((of_root, older.receipts_until), (3, None), "an older build knows no marks");
        assert_eq!(told(first).await.0, [3, 4], "also to whoever lost the answer");

        put(&[receipt("two", 3)]).await;
        assert_eq!(told(second).await, (Vec::new(), second), "the same once more is nothing new");

        // As after a new start: what was said before says nothing.
        app.0.relayed.with(BTreeMap::clear);
        put(&[receipt("four", 5)]).await;
        let (seqs, third) = told(second).await;
        assert_eq!(seqs, [1, 3, 4, 5]);
        assert_ne!(third.unwrap().order, second.unwrap().order);
    }

    /// Of a log each.
    fn receipts(numbers: Range<usize>) -> Vec<Receipt> {
        let (scope, incarnation, head) = (ScopeId::new(Hash::ZERO), Hash::ZERO, Hash::ZERO);
        let of = |number: usize| {
            let log = LogId::new(Hash::of(&number.to_be_bytes()));
            Receipt { issuer: Hash::ZERO, incarnation, scope, log, seq: 0, head, at: 0, signature: Signature([0; 64]) }
        };
        numbers.map(of).collect()
    }

    #[tokio::test]
    async fn where_a_receipt_is_gone_it_is_counted_anew_and_an_older_reading_changes_nothing() {
        let (relayed, place) = (Relayed::default(), (ScopeId::new(Hash::ZERO), Hash::ZERO));
        let read = |version, numbers: Range<usize>, mark| {
            let (written, last) = relayed.was_read(place, (version, receipts(numbers)), mark).unwrap();
            (written.len(), last)
        };
        let (all, first) = read(1, 0..3, ReceiptMark::NONE);
        assert_eq!((all, first.at), (3, 3));
        let (new, second) = read(3, 0..4, first);
        assert_eq!((new, second.order), (1, first.order));
        assert_eq!(read(2, 0..3, second), (0, second), "read before, and late");
        let (all, third) = read(4, 1..4, second);
        assert_eq!(all, 3);
        assert_ne!(third.order, first.order);
    }

    #[tokio::test]
    async fn of_many_competitions_the_one_that_was_asked_about_last_is_kept() {
        let relayed = Relayed::default();
        let place = |name: &[u8]| (ScopeId::new(Hash::of(name)), Hash::ZERO);
        for name in [b"one", b"two"] {
            let (written, _) =
                relayed.was_read(place(name), (1, receipts(0..KEPT / 2 + 1)), ReceiptMark::NONE).unwrap();
            assert_eq!(written.len(), KEPT / 2 + 1);
        }
        assert!(relayed.since(place(b"one"), 1, ReceiptMark::NONE).is_none());
        assert!(relayed.since(place(b"two"), 1, ReceiptMark::NONE).is_some());
    }
}
