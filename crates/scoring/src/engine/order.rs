//! Entries in order of rank, kept so while single ones change place: a list in buckets, so that a change costs about the same in a field of a
//! thousand and of a hundred thousand.

use super::near;

/// A bucket larger than this is split.
const LARGEST: usize = 128;
/// Buckets counted together.
const GROUP: usize = 64;

/// Where an entry stands. What is compared first lies here, in few bytes, so that finding a place looks at little else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub key: Key,
    /// The place of the entry's id among all ids.
    pub id: u32,
}

/// What is compared first, as numbers of which the smaller is the better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub result: i32,
    /// The first thing that tells equal results apart; 0 where nothing does, or nothing that is such a number.
    pub then: i32,
}

/// Places, best first.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    buckets: Vec<Vec<Place>>,
    /// The last place of each bucket.
    lasts: Vec<Place>,
    /// How many there are in each bucket.
    sizes: Vec<u32>,
    /// How many there are in each group of buckets.
    groups: Vec<u32>,
}

impl Order {
    /// From places that are in order.
    pub fn new(sorted: &[Place]) -> Self {
        let buckets: Vec<Vec<Place>> = sorted.chunks(LARGEST / 2).map(<[Place]>::to_vec).collect();
        let lasts = buckets.iter().filter_map(|own| own.last().copied()).collect();
        let sizes = buckets.iter().map(|own| size(own)).collect();
        let mut order = Self { buckets, lasts, sizes, groups: Vec::new() };
        order.regroup();
        order
    }

    /// Counts the groups after a bucket came or went.
    fn regroup(&mut self) {
        self.groups.clear();
        self.groups.extend(self.sizes.chunks(GROUP).map(|group| group.iter().sum::<u32>()));
    }

    pub fn iter(&self) -> impl Iterator<Item = Place> + '_ {
        self.buckets.iter().flatten().copied()
    }

    /// How many places at the front `is_before` holds for; it must hold for a front part of the order and for nothing behind.
    pub fn partition_point(&self, is_before: impl Fn(&Place) -> bool) -> usize {
        let bucket = self.lasts.partition_point(&is_before);
        let (groups, from) = (bucket / GROUP, bucket / GROUP * GROUP);
        let whole: u32 = self.groups[..groups].iter().chain(&self.sizes[from..bucket]).sum();
        usize::try_from(whole).unwrap_or(usize::MAX)
            + self.buckets.get(bucket).map_or(0, |own| own.partition_point(is_before))
    }

    /// Puts a place in; `is_before` says which others come before it.
    pub fn insert(&mut self, place: Place, is_before: impl Fn(&Place) -> bool) {
        let bucket = self.lasts.partition_point(&is_before).min(self.buckets.len().saturating_sub(1));
        let Some(own) = self.buckets.get_mut(bucket) else {
            *self = Self::new(&[place]);
            return;
        };
        near::bring(Some(own));
        own.insert(own.partition_point(is_before), place);
        if own.len() > LARGEST {
            let rest = own.split_off(LARGEST / 2);
            self.lasts.insert(bucket + 1, rest.last().copied().unwrap_or(place));
            self.sizes.insert(bucket + 1, size(&rest));
            self.buckets.insert(bucket + 1, rest);
            self.mend(bucket);
            self.regroup();
        } else {
            self.mend(bucket);
        }
    }

    /// The bucket of a place, for [`Order::remove`]; memory brings it meanwhile. `is_before` says which others come before the place.
    pub fn seek(&self, is_before: impl Fn(&Place) -> bool) -> usize {
        let bucket = self.lasts.partition_point(is_before);
        near::bring(self.buckets.get(bucket).map(Vec::as_slice));
        bucket
    }

    /// Takes a place out of the bucket that [`Order::seek`] found, with nothing changed since; `is_before` says which others come before it. False
    /// when it was not there.
    pub fn remove(&mut self, bucket: usize, place: Place, is_before: impl Fn(&Place) -> bool) -> bool {
        let Some(own) = self.buckets.get_mut(bucket) else { return false };
        let at = own.partition_point(is_before);
        if own.get(at) != Some(&place) {
            return false;
        }
        own.remove(at);
        if own.is_empty() {
            self.buckets.remove(bucket);
            self.lasts.remove(bucket);
            self.sizes.remove(bucket);
            self.regroup();
        } else {
            self.mend(bucket);
        }
        true
    }

    /// The last place and the size of a bucket that has changed.
    fn mend(&mut self, bucket: usize) {
        let Some(own) = self.buckets.get(bucket) else { return };
        if let (Some(known), Some(last)) = (self.lasts.get_mut(bucket), own.last()) {
            *known = *last;
        }
        if let (Some(known), Some(group)) = (self.sizes.get_mut(bucket), self.groups.get_mut(bucket / GROUP)) {
            *group = (*group + size(own)).saturating_sub(*known);
            *known = size(own);
        }
    }
}

fn size(bucket: &[Place]) -> u32 {
    u32::try_from(bucket.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Key, Order, Place};

    #[test]
    fn it_stays_in_order_while_entries_come_and_go() {
        let mut order = Order::default();
        let place =
            |id: u32| Place { key: Key { result: (id / 3).cast_signed(), then: (id % 3 / 2).cast_signed() }, id };
        // 7 and 4096 have no common divisor: every number once, far from sorted.
        let scattered: Vec<u32> = (0..4096u32).map(|n| n * 7 % 4096).collect();
        for id in &scattered {
            order.insert(place(*id), |other| *other < place(*id));
        }
        assert!(order.iter().map(|place| place.id).eq(0..4096), "put in one by one, they come out sorted");
        for id in scattered.iter().filter(|id| *id % 3 == 0) {
            assert!(
                order.remove(order.seek(|other| *other < place(*id)), place(*id), |other| *other < place(*id)),
                "{id} was there"
            );
        }
        let left: Vec<u32> = (0..4096).filter(|id| id % 3 != 0).collect();
        assert!(order.iter().map(|place| place.id).eq(left.iter().copied()), "a third was taken out");
        let before = left.iter().filter(|id| **id < 1000).count();
        assert_eq!(order.partition_point(|other| other.id < 1000), before, "counted to a place within");
        assert!(
            !order.remove(order.seek(|other| *other < place(3)), place(3), |other| *other < place(3)),
            "3 is gone already"
        );
    }
}
