//! How many entries have each result. Where results alone decide and equal ones share a rank, a rank is the number of better results: nothing need
//! stand in order, and a change costs the same in a small and in a large field.

/// Results of a larger magnitude are kept in order instead.
const WIDEST: i64 = 1 << 15;
/// Results counted together.
const GROUP: usize = 128;

/// Entries by result; the smaller is the better.
#[derive(Clone, Debug)]
pub(super) struct Counts {
    low: i32,
    of: Vec<u32>,
    groups: Vec<u32>,
}

impl Counts {
    /// For results of a magnitude up to `most`; `None` where that is too large.
    pub fn new(most: i64) -> Option<Self> {
        let most = i32::try_from(most).ok().filter(|most| (0..=WIDEST).contains(&i64::from(*most)))?;
        let range = usize::try_from(most).ok()? * 2 + 1;
        Some(Self { low: -most, of: vec![0; range], groups: vec![0; range.div_ceil(GROUP)] })
    }

    fn place(&self, key: i32) -> Option<usize> {
        usize::try_from(key.checked_sub(self.low)?).ok().filter(|place| *place < self.of.len())
    }

    /// One more of a result; false where it is not in range, and nothing is counted.
    pub fn add(&mut self, key: i32) -> bool {
        self.change(key, |count| count.checked_add(1))
    }

    /// One less of a result; false where there was none.
    pub fn take(&mut self, key: i32) -> bool {
        self.change(key, |count| count.checked_sub(1))
    }

    fn change(&mut self, key: i32, change: impl Fn(u32) -> Option<u32>) -> bool {
        let Some(place) = self.place(key) else { return false };
        let (Some(own), Some(group)) = (self.of.get_mut(place), self.groups.get_mut(place / GROUP)) else {
            return false;
        };
        match (change(*own), change(*group)) {
            (Some(one), Some(all)) => {
                (*own, *group) = (one, all);
                true
            }
            _ => false,
        }
    }

    /// How many results are better.
    pub fn before(&self, key: i32) -> u32 {
        let place = self.place(key).unwrap_or(if key < self.low { 0 } else { self.of.len() });
        let whole = place / GROUP;
        self.groups[..whole].iter().chain(&self.of[whole * GROUP..place]).sum()
    }

    /// [`Counts::before`] of every result in range, as a function.
    pub fn all_before(&self) -> impl Fn(i32) -> Option<u32> + '_ {
        let sums = self.of.iter().scan(0, |sum, own| {
            *sum += own;
            Some(*sum - own)
        });
        let before: Vec<u32> = sums.collect();
        move |key| before.get(self.place(key)?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::{Counts, GROUP, WIDEST};

    #[test]
    fn it_says_how_many_are_better_while_results_come_and_go() {
        let most = i32::try_from(GROUP).unwrap() * 3;
        let mut counts = Counts::new(i64::from(most)).unwrap();
        let mut all: Vec<i32> = Vec::new();
        // 7 and 769 have no common divisor: every result of the range, some twice.
        for turn in 0..1000 {
            let key = turn * 7 % (2 * most + 1) - most;
            if turn % 3 == 2 {
                let old = all.swap_remove(all.len() / 2);
                assert!(counts.take(old), "{old} was counted");
            }
            assert!(counts.add(key), "{key} is in range");
            all.push(key);
        }
        let before = counts.all_before();
        for key in -most..=most {
            let better = u32::try_from(all.iter().filter(|own| **own < key).count()).unwrap();
            assert_eq!((counts.before(key), before(key)), (better, Some(better)), "{key}");
        }
    }

    #[test]
    fn it_refuses_what_is_out_of_range_and_what_is_not_there() {
        assert!(Counts::new(WIDEST + 1).is_none(), "too large to be counted");
        let mut counts = Counts::new(WIDEST).unwrap();
        let most = i32::try_from(WIDEST).unwrap();
        assert!(counts.add(most) && counts.add(-most), "the ends are in range");
        assert!(!counts.add(most + 1) && !counts.add(-most - 1) && !counts.take(0));
        assert_eq!((counts.before(most), counts.before(most + 1), counts.before(-most - 1)), (1, 2, 0));
        assert!(!counts.take(i32::MIN), "no overflow");
    }
}
