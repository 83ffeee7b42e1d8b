//! What was handed out lately, kept as it stands in an answer for the next who asks.

use jiangsai_ledger::replication::Reads;
use jiangsai_ledger::{Hash, LogId, ScopeId};
use std::collections::{BTreeMap, VecDeque};
use std::ops::Bound::{Excluded, Included};
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes that are kept; the oldest go first.
const KEPT: usize = 32 * 1024 * 1024;

/// A run, as it stands in an answer.
pub(super) struct Written {
    pub log: LogId,
    /// The number after its last record.
    pub next: u64,
    pub records: u64,
    pub json: String,
}

/// Records that were accepted after one cursor and up to another.
pub(super) struct Piece {
    pub until: u64,
    pub records: u64,
    /// So many were asked for; it ends at a checkpoint, so there may be more.
    pub limit: u64,
    pub runs: Vec<Written>,
    /// A receipt for each log, as it stands in an answer.
    pub receipts: Vec<(LogId, String)>,
}

impl Piece {
    fn size(&self) -> usize {
        let runs = self.runs.iter().map(|run| run.json.len() + size_of::<Written>()).sum::<usize>();
        let receipts = self.receipts.iter().map(|(_, json)| json.len() + size_of::<(LogId, String)>()).sum::<usize>();
        runs + receipts + size_of::<Self>()
    }

    /// Records of it that whoever knows so much of each log does not know.
    pub fn news(&self, known: &BTreeMap<LogId, u64>) -> u64 {
        self.runs.iter().filter(|run| !run.is_known(known)).map(|run| run.records).sum()
    }
}

impl Written {
    pub fn is_known(&self, known: &BTreeMap<LogId, u64>) -> bool {
        known.get(&self.log).is_some_and(|next| self.next <= *next)
    }
}

/// By what is read, what is encrypted to, incarnation, scope, and the cursor it begins after.
pub(super) type Place = (Reads, Option<Hash>, Hash, ScopeId, u64);

/// What was handed out lately.
#[derive(Default)]
pub(crate) struct Handed(Mutex<Pieces>);

#[derive(Default)]
struct Pieces {
    by_place: BTreeMap<Place, Arc<Piece>>,
    /// In the order in which they were made.
    order: VecDeque<Place>,
    size: usize,
    /// How often everything was forgotten.
    era: u64,
}

impl Handed {
    fn with<T>(&self, change: impl FnOnce(&mut Pieces) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn get(&self, place: &Place) -> Option<Arc<Piece>> {
        self.with(|pieces| pieces.by_place.get(place).cloned())
    }

    /// Where the next piece begins behind a place.
    pub(super) fn next(&self, (reads, key, incarnation, scope, at): Place) -> Option<u64> {
        let of = |at| (reads, key, incarnation, scope, at);
        let behind = (Excluded(of(at)), Included(of(u64::MAX)));
        self.with(|pieces| pieces.by_place.range(behind).next().map(|((.., next), _)| *next))
    }

    pub(super) fn era(&self) -> u64 {
        self.with(|pieces| pieces.era)
    }

    /// Keeps what was read in an era, while that lasts.
    pub(super) fn put(&self, place: Place, piece: Arc<Piece>, era: u64) {
        self.with(|pieces| {
            if pieces.era != era {
                return;
            }
            pieces.size += piece.size();
            if let Some(before) = pieces.by_place.insert(place, piece) {
                pieces.size -= before.size();
            } else {
                pieces.order.push_back(place);
            }
            while pieces.size > KEPT {
                let Some(oldest) = pieces.order.pop_front() else { break };
                pieces.size -= pieces.by_place.remove(&oldest).map_or(0, |piece| piece.size());
            }
        });
    }

    /// Something that was accepted stands no longer.
    pub(crate) fn forget(&self) {
        self.with(|pieces| *pieces = Pieces { era: pieces.era + 1, ..Pieces::default() });
    }

    /// Records in everything that is kept.
    #[cfg(test)]
    pub(super) fn records(&self) -> u64 {
        self.with(|pieces| pieces.by_place.values().map(|piece| piece.records).sum())
    }
}
