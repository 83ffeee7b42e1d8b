//! Equals: ranked entries that no rule sets apart, and the order somebody put them in.

use super::board::Board;
use crate::exact::Exact;
use std::cmp::Ordering;

impl Board {
    /// Groups of two and more ranked entries that no rule sets apart, whatever was decided between them: ids, in order of rank; within
    /// a group in order of decision, then of id, and of id alone until everybody in it has a decision.
    #[must_use]
    pub fn equals(&self) -> Vec<Vec<String>> {
        let ranked: Vec<usize> = self.ranked();
        let groups = ranked.chunk_by(|one, other| self.by_rules(*one, *other).is_eq()).filter(|group| group.len() > 1);
        groups.map(|group| group.iter().map(|entry| self.sheet.entries[*entry].id.clone()).collect()).collect()
    }

    /// Puts decisions between equals in the place of all there were: ids with their place, 1 before 2. Nothing happens where the
    /// rulebook has nobody decide; ids that are not in the field are passed over.
    pub fn decide<'a>(&mut self, places: impl IntoIterator<Item = (&'a str, u32)>) {
        let Some(index) = self.plan.decision else { return };
        let mut column = vec![None; self.len()];
        for (id, place) in places {
            if let Some(entry) = self.entry(id) {
                column[entry] = Some(Exact::from(place));
            }
        }
        if let Some(numbers) = self.sheet.numbers.get_mut(index) {
            *numbers = column;
        }
        self.compute();
    }

    /// The order that was written down, whether or not it decides: whoever has no decision comes last.
    pub(super) fn by_decision(&self, one: usize, other: usize) -> Ordering {
        match (self.decision(one), self.decision(other)) {
            (Some(one), Some(other)) => one.cmp(other),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        }
    }

    pub(super) fn decision(&self, entry: usize) -> Option<&Exact> {
        self.sheet.numbers.get(self.plan.decision?)?.get(entry)?.as_ref()
    }

    /// Entries that no rule sets apart, in the order of their decisions: in that of their ids as long as one of them has none.
    pub(super) fn by_id_while_undecided(&self, group: &mut [usize]) {
        if group.last().is_some_and(|last| self.decision(*last).is_none()) {
            group.sort_unstable_by_key(|entry| self.by_id[*entry]);
        }
    }

    /// Has everybody whom no rule sets apart from the entry a decision? Those without stand last among them.
    pub(super) fn is_decided(&self, entry: usize) -> bool {
        let upto = self.order.partition_point(|other| {
            let other = self.entry_at(*other);
            other == entry || self.by_rules(other, entry).is_le()
        });
        let last = upto.checked_sub(1).and_then(|last| self.order.iter().nth(last));
        last.is_none_or(|last| self.decision(self.entry_at(last)).is_some())
    }
}
