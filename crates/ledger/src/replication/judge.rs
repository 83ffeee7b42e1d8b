//! What a batch of a log is to a node that holds some of that log already.

use crate::hash::Hash;

/// What matters of a record here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// Hash of its header.
    pub hash: Hash,
    /// Hash of the header before; zeros in the first of a log.
    pub prev: Hash,
}

/// What a node holds of a log, as far as a batch touches it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// The number wanted next: all before are here.
    pub next: u64,
    /// Hash of the record before the batch, if there is one and it is here.
    pub before: Option<Hash>,
    /// Hashes of what is here from the batch's first number on.
    pub here: Vec<Hash>,
}

/// What becomes of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The first `known` are here already, the rest goes behind them.
    Take {
        /// Records that are duplicates.
        known: usize,
    },
    /// Records are missing before the batch.
    Gap {
        /// The number wanted next.
        expected: u64,
    },
    /// It follows a record that is not the one here.
    Diverged,
    /// From this record of the batch on, another branch is here.
    Fork {
        /// Records that are duplicates.
        known: usize,
    },
}

/// Judges a batch that begins with the number `from`.
#[must_use]
pub fn judge(window: &Window, from: u64, batch: &[Named]) -> Verdict {
    if from > window.next {
        return Verdict::Gap { expected: window.next };
    }
    if let (Some(first), Some(before)) = (batch.first(), window.before)
        && first.prev != before
    {
        return Verdict::Diverged;
    }
    let known = batch.iter().zip(&window.here).take_while(|(one, here)| one.hash == **here).count();
    if known < batch.len() && known < window.here.len() { Verdict::Fork { known } } else { Verdict::Take { known } }
}
