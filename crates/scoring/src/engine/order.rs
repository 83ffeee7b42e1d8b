//! Entries in order of rank, kept so while single ones change place: a list in buckets, so that a change costs about the same in a field of a
//! thousand and of a hundred thousand.

use std::cmp::Ordering;

/// A bucket larger than this is split.
const LARGEST: usize = 512;

/// Entries, best first.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    buckets: Vec<Vec<u32>>,
}

impl Order {
    /// From entries that are in order.
    pub fn new(sorted: &[u32]) -> Self {
        Self { buckets: sorted.chunks(LARGEST / 2).map(<[u32]>::to_vec).collect() }
    }

    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.buckets.iter().flatten().map(|entry| usize::try_from(*entry).unwrap_or(usize::MAX))
    }

    /// How many entries at the front `is_before` holds for; it must hold for a front part of the order and for nothing behind.
    pub fn partition_point(&self, is_before: impl Fn(usize) -> bool) -> usize {
        let before = |entry: &u32| is_before(usize::try_from(*entry).unwrap_or(usize::MAX));
        let bucket = self.bucket(&before);
        let whole: usize = self.buckets[..bucket].iter().map(Vec::len).sum();
        whole + self.buckets.get(bucket).map_or(0, |own| own.partition_point(before))
    }

    /// The first bucket whose last entry it does not hold for.
    fn bucket(&self, before: &impl Fn(&u32) -> bool) -> usize {
        self.buckets.partition_point(|own| own.last().is_some_and(before))
    }

    /// Puts an entry in its place; `compare` says how another one stands to it.
    pub fn insert(&mut self, entry: u32, compare: impl Fn(usize) -> Ordering) {
        let before = |other: &u32| compare(usize::try_from(*other).unwrap_or(usize::MAX)).is_lt();
        let bucket = self.bucket(&before).min(self.buckets.len().saturating_sub(1));
        let Some(own) = self.buckets.get_mut(bucket) else {
            self.buckets.push(vec![entry]);
            return;
        };
        own.insert(own.partition_point(before), entry);
        if own.len() > LARGEST {
            let rest = own.split_off(LARGEST / 2);
            self.buckets.insert(bucket + 1, rest);
        }
    }

    /// Takes an entry out; `compare` says how another one stands to it, by what both were when it was put in.
    pub fn remove(&mut self, entry: u32, compare: impl Fn(usize) -> Ordering) -> bool {
        let before = |other: &u32| compare(usize::try_from(*other).unwrap_or(usize::MAX)).is_lt();
        let bucket = self.bucket(&before);
        let Some(own) = self.buckets.get_mut(bucket) else { return false };
        let place = own.partition_point(before);
        if own.get(place) != Some(&entry) {
            return false;
        }
        own.remove(place);
        if own.is_empty() {
            self.buckets.remove(bucket);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::Order;

    #[test]
    fn it_stays_in_order_while_entries_come_and_go() {
        let mut order = Order::default();
        // 7 and 4096 have no common divisor: every number once, far from sorted.
        let scattered: Vec<u32> = (0..4096u32).map(|n| n * 7 % 4096).collect();
        for entry in &scattered {
            order.insert(*entry, |other| other.cmp(&usize::try_from(*entry).unwrap()));
        }
        assert!(order.iter().eq(0..4096), "put in one by one, they come out sorted");
        for entry in scattered.iter().filter(|entry| *entry % 3 == 0) {
            assert!(order.remove(*entry, |other| other.cmp(&usize::try_from(*entry).unwrap())), "{entry} was there");
        }
        let left: Vec<usize> = (0..4096).filter(|entry| entry % 3 != 0).collect();
        assert!(order.iter().eq(left.iter().copied()), "a third was taken out");
        assert_eq!(order.partition_point(|other| other < 1000), left.iter().filter(|entry| **entry < 1000).count());
        assert!(!order.remove(3, |other| other.cmp(&3)), "3 is gone already");
    }
}
