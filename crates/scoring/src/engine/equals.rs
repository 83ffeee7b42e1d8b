//! Equals: ranked entries that no rule sets apart, and the order somebody put them in.

use super::board::Board;
use crate::exact::Exact;

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
}
