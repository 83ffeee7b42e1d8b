//! Items, nodes and the ranking: what each named value is, and whether the total can be missing unsaid.

use super::numbers::Length;
use super::{Checker, Place, Type, unknown};
use crate::fault::{Fault, FaultCode};

impl Checker<'_> {
    pub(super) fn slot(&mut self, slot: usize) -> Option<Type> {
        let rulebook = self.rulebook;
        if let Some(item) = rulebook.items.get(slot) {
            if item.attempts.is_some() && item.score.is_none() {
                // That attempts want a score was said where they are.
                return None;
            }
            let path = if item.score.is_some() { format!("/items/{slot}/score") } else { format!("/items/{slot}") };
            let mut own = self.value(&item.score_expr(), Place::item(slot), &path)?;
            let settle = rulebook.settle_of(item);
            own.gaps.absent &= settle.absent.is_none();
            own.gaps.void &= settle.void.is_none();
            for value in [settle.not_yet, settle.absent, settle.void].into_iter().flatten() {
                own.length = own.length.or(Length::of(&value));
            }
            return Some(own);
        }
        let index = slot - rulebook.items.len();
        let node = rulebook.nodes.get(index)?;
        self.value(&node.value, Place::default(), &format!("/nodes/{index}/value"))
    }

    pub(super) fn ranking(&mut self) {
        let ranking = &self.rulebook.ranking;
        let total = self.by_id.get(ranking.by.as_str()).copied();
        match total.filter(|slot| *slot >= self.rulebook.items.len()) {
            None => self.fault(unknown("/ranking/by", &ranking.by, "node")),
            Some(slot) => {
                if let Some(total) = self.slots[slot]
                    && ranking.no_value.is_none()
                {
                    for (gap, open) in [("absent", total.gaps.absent), ("void", total.gaps.void)] {
                        if open {
                            let items = self.sources(slot, gap);
                            let path = format!("/nodes/{}/value", slot - self.rulebook.items.len());
                            self.fault(Fault::new(path, FaultCode::UnhandledGap).with("gap", gap).with("items", items));
                        }
                    }
                }
            }
        }
        for (index, key) in ranking.keys.iter().enumerate() {
            self.value(&key.by, Place::default(), &format!("/ranking/keys/{index}/by"));
        }
    }

    /// Some of the items a missing total can come from.
    fn sources(&self, total: usize, gap: &str) -> String {
        let mut seen = vec![false; self.slots.len()];
        let mut stack = vec![total];
        while let Some(slot) = stack.pop() {
            if std::mem::replace(&mut seen[slot], true) {
                continue;
            }
            let node = slot.checked_sub(self.rulebook.items.len()).and_then(|index| self.rulebook.nodes.get(index));
            let value = node.map(|node| &node.value).or_else(|| self.rulebook.items.get(slot)?.score.as_ref());
            if let Some(value) = value {
                value.names(&mut |id| stack.extend(self.by_id.get(id)));
            }
        }
        let open = |slot: &usize| {
            self.slots[*slot].is_some_and(|own| if gap == "absent" { own.gaps.absent } else { own.gaps.void })
        };
        let items = (0..self.rulebook.items.len()).filter(|slot| seen[*slot] && open(slot));
        let names: Vec<&str> = items.take(8).map(|slot| self.rulebook.items[slot].id.as_str()).collect();
        names.join(" ")
    }
}
