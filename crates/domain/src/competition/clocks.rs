//! Clocks of those who write (时钟): where the moments of a log go back. No clock decides anything; that one jumped is something to see.
//!
//! Left out: clocks that are wrong throughout. A log alone does not tell; whoever takes records in compares them with its own clock.

use crate::envelope::Envelope;
use crate::ids::{LogId, NodeId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A moment may lie so far before the one of the record before, in milliseconds: clocks are set by a network now and then.
const BACK: i64 = 60 * 1_000;

/// The clocks of all logs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Clocks(BTreeMap<LogId, Clock>);

/// The clock with which one log was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// The computer that writes the log.
    pub node: NodeId,
    /// Where it went back: number of the record, and by how many milliseconds.
    pub back: BTreeMap<u64, i64>,
    /// What is known of the log, by the number of the first record: one stretch where nothing is missing, in whatever order records came.
    stretches: BTreeMap<u64, Stretch>,
}

/// Records without a gap between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stretch {
    /// Number of the last.
    last: u64,
    /// Moment of the first.
    begins: i64,
    /// Moment of the last.
    ends: i64,
}

impl Clocks {
    /// Notes when a record was written. What is only supposed stands in no log.
    pub(super) fn note(&mut self, envelope: &Envelope) {
        let origin = &envelope.origin;
        if origin.log.as_str().is_empty() {
            return;
        }
        if let Some(clock) = self.0.get_mut(&origin.log) {
            return clock.note(origin.seq, envelope.at);
        }
        let mut clock = Clock { node: origin.node.clone(), ..Clock::default() };
        clock.note(origin.seq, envelope.at);
        self.0.insert(origin.log.clone(), clock);
    }

    /// Those that went back, by log.
    pub fn jumped(&self) -> impl Iterator<Item = (&LogId, &Clock)> {
        self.0.iter().filter(|(_, clock)| !clock.back.is_empty())
    }
}

impl Clock {
    fn note(&mut self, seq: u64, at: i64) {
        let before = self.stretches.range(..=seq).next_back().map(|(first, own)| (*first, *own));
        if before.is_some_and(|(_, own)| seq <= own.last) {
            return;
        }
        let (mut first, mut own) = (seq, Stretch { last: seq, begins: at, ends: at });
        if let Some((next, after)) = seq.checked_add(1).and_then(|next| Some((next, self.stretches.remove(&next)?))) {
            self.step(next, at, after.begins);
            (own.last, own.ends) = (after.last, after.ends);
        }
        if let Some((begin, before)) = before.filter(|(_, before)| before.last + 1 == seq) {
            self.step(seq, before.ends, at);
            (first, own.begins) = (begin, before.begins);
        }
        self.stretches.insert(first, own);
    }

    /// From one record to the next.
    fn step(&mut self, seq: u64, before: i64, at: i64) {
        let by = before.saturating_sub(at);
        if by > BACK {
            self.back.insert(seq, by);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Jumps of a log with these minutes, whose records come in this order.
    fn of(minutes: &[i64], order: impl IntoIterator<Item = usize>) -> Clock {
        let mut clock = Clock::default();
        order.into_iter().for_each(|number| clock.note(number as u64, minutes[number].saturating_mul(60_000)));
        clock
    }

    fn jumps(minutes: &[i64]) -> Vec<(u64, i64)> {
        of(minutes, 0..minutes.len()).back.into_iter().map(|(number, by)| (number, by / 60_000)).collect()
    }

    #[test]
    fn clocks_that_go_back_are_told_once_for_each_time_and_pauses_are_not() {
        assert_eq!(jumps(&[0, 1, 2, 1_440, 1_441]), [], "a night between two days");
        assert_eq!(jumps(&[10, 9, 10]), [], "a clock that was set");
        assert_eq!(jumps(&[100, 101, 41, 42, 102]), [(2, 60)]);
        assert_eq!(jumps(&[100, 101, 5_000, 102, 103]), [(3, 4_898)], "far ahead for one record");
    }

    #[test]
    fn in_whatever_order_records_come_the_jumps_are_the_same() {
        let minutes = [100, 101, 41, 42, 5_000, 43];
        let wanted = of(&minutes, 0..6);
        assert_eq!((wanted.back.len(), wanted.stretches.len()), (2, 1));
        for order in [[5, 4, 3, 2, 1, 0], [0, 2, 4, 1, 3, 5], [1, 5, 0, 4, 2, 3], [3, 0, 5, 1, 4, 2]] {
            assert_eq!(of(&minutes, order), wanted, "{order:?}");
            assert_eq!(of(&minutes, order.into_iter().chain(order)), wanted, "and what comes twice says nothing new");
        }
        let ends = of(&[100, 0, 41], [2, 0]);
        assert!(ends.back.is_empty(), "between two records of which the one between is missing nothing is known");
        assert_eq!(of(&[i64::MAX, i64::MIN], [1, 0]).back.get(&1), Some(&i64::MAX), "whatever a clock says");
    }
}
