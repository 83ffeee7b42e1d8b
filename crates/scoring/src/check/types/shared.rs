//! Whether all values of an expression, over any number of entries, are whole numbers of parts of one denominator, and how long that is.

use super::{Checker, Place};
use crate::exact::Exact;
use crate::rulebook::{AcrossFold, Expr, Item, Operands, PlaceTies};
use std::collections::HashMap;

/// Bits of the denominator of anything a person can type: 64 characters.
const TYPED: u64 = 212;
/// Longer denominators are none that is shared.
const LONGEST: u64 = 4096;

impl Checker<'_> {
    /// Bits of the denominator that all values of the expression share.
    pub(super) fn shared(&self, expr: &Expr, at: Place) -> Option<u64> {
        let mut known = HashMap::new();
        Search { checker: self, known: &mut known }.of(expr, at.own).filter(|bits| *bits <= LONGEST)
    }
}

struct Search<'a, 'c> {
    checker: &'a Checker<'c>,
    known: &'a mut HashMap<usize, Option<u64>>,
}

fn bits(value: &Exact) -> u64 {
    if value.is_whole() { 1 } else { value.bits() }
}

impl Search<'_, '_> {
    fn of(&mut self, expr: &Expr, own: Option<usize>) -> Option<u64> {
        match expr {
            Expr::Mark | Expr::Reading(_) | Expr::Own(_) | Expr::Panel { .. } | Expr::Datum(_) | Expr::Parameter(_) => {
                Some(TYPED)
            }
            Expr::Item(id) | Expr::Node(id) => self.slot(id),
            Expr::Constant(value) | Expr::Seconds(value) => Some(bits(value)),
            Expr::Answer { .. }
            | Expr::Age { .. }
            | Expr::Count(_)
            | Expr::MajorityPlace(_)
            | Expr::Skating(_)
            | Expr::Rank
            | Expr::Place { .. } => Some(64),
            // Any number of entries can share, and the mean of their points has their number below.
            Expr::PlacePoints { ties: PlaceTies::Mean, .. } => None,
            Expr::PlacePoints { points, .. } => Some(points.iter().map(bits).fold(1, u64::saturating_add)),
            Expr::InSeconds(of) | Expr::InPlaces(of) | Expr::Abs(of) => self.of(of, own),
            Expr::EachJudge { of, .. } | Expr::EachAttempt { of, .. } | Expr::Members { of, .. } => self.of(of, own),
            Expr::Sum(of) | Expr::Min(of) | Expr::Max(of) => self.all(of, own),
            Expr::Take { of, .. } => self.all(of, own),
            Expr::Trim(trim) => self.all(&trim.of, own),
            // The numbers up to 99 have a common multiple of 134 bits; a panel is no larger, and lists are made of a few panels.
            Expr::Mean(of) => Some(self.all(of, own)?.saturating_add(256)),
            Expr::Median(of) => Some(self.all(of, own)?.saturating_add(1)),
            Expr::Times(of) => {
                let flat = of.0.iter().all(|one| {
                    !matches!(
                        one,
                        Expr::Panel { .. }
                            | Expr::Trim(_)
                            | Expr::Take { .. }
                            | Expr::EachJudge { .. }
                            | Expr::EachAttempt { .. }
                            | Expr::Members { .. }
                    )
                });
                if flat { self.all(of, own) } else { None }
            }
            Expr::Weigh { of, .. } => {
                let mut sum = 0u64;
                for weight in of {
                    sum = sum.saturating_add(self.of(&weight.of, own)?).saturating_add(bits(&weight.by));
                }
                Some(sum)
            }
            Expr::Scale { of, from, to } => {
                Some(self.of(of, own)?.saturating_add(from.bits()).saturating_add(bits(to)))
            }
            Expr::Minus { from, less, floor } => {
                let floor = floor.as_ref().map_or(0, bits);
                Some(self.of(from, own)?.saturating_add(self.all(less, own)?).saturating_add(floor))
            }
            Expr::Clamp { of, low, high } => {
                let limits: u64 = [low, high].into_iter().flatten().map(bits).sum();
                Some(self.of(of, own)?.saturating_add(limits))
            }
            Expr::Divide { of, by, .. } => match &**by {
                Expr::Constant(value) | Expr::Seconds(value) => Some(self.of(of, own)?.saturating_add(value.bits())),
                _ => None,
            },
            Expr::Round { digits, .. } | Expr::Root { digits, .. } | Expr::Standardise { digits, .. } => {
                Some(u64::from(*digits) * 4 + 1)
            }
            Expr::Settle { of, absent, void } => {
                let limits: u64 = [absent, void].into_iter().flatten().map(bits).sum();
                Some(self.of(of, own)?.saturating_add(limits))
            }
            Expr::Table(table) => {
                let points = table.bands.iter().map(|band| bits(&band.points));
                Some(points.fold(bits(&table.otherwise), u64::saturating_add))
            }
            Expr::AwardPoints { points, otherwise } => {
                Some(points.values().map(bits).fold(bits(otherwise), u64::saturating_add))
            }
            Expr::When { then, otherwise, .. } => Some(self.of(then, own)?.saturating_add(self.of(otherwise, own)?)),
            Expr::Across { of, fold, .. } => match fold {
                AcrossFold::Count => Some(1),
                AcrossFold::Max | AcrossFold::Min | AcrossFold::Sum => self.of(of, own),
                AcrossFold::Median => Some(self.of(of, own)?.saturating_add(1)),
                // One mean for the whole field, or one for each group: how many groups there are is not known.
                AcrossFold::Mean => None,
            },
        }
    }

    fn all(&mut self, of: &Operands, own: Option<usize>) -> Option<u64> {
        of.0.iter().try_fold(0u64, |sum, one| Some(sum.saturating_add(self.of(one, own)?)))
    }

    fn slot(&mut self, id: &str) -> Option<u64> {
        let slot = self.checker.by_id.get(id).copied()?;
        if let Some(known) = self.known.get(&slot) {
            return *known;
        }
        let rulebook = self.checker.rulebook;
        let found = match rulebook.items.get(slot) {
            Some(item) => {
                let settle = rulebook.settle_of(item);
                let limits: u64 = [settle.not_yet, settle.absent, settle.void].iter().flatten().map(bits).sum();
                self.of(&Item::score_expr(item), Some(slot)).map(|own| own.saturating_add(limits))
            }
            None => rulebook.nodes.get(slot - rulebook.items.len()).and_then(|node| self.of(&node.value, None)),
        };
        self.known.insert(slot, found);
        found
    }
}
