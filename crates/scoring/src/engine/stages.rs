//! Who goes on from a stage to the next.

use super::board::Board;
use super::eval::{At, Missing, holds};
use super::plan::{AdvancePlan, Plan, TakePlan};
use super::sheet::{Reached, Sheet};
use crate::exact::Exact;
use crate::rulebook::CutTies;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Decides for every entry of a stage whether it goes on, or that this is not decided yet.
pub(super) fn advance(plan: &Plan, sheet: &mut Sheet, stage: usize) {
    let Some(rule) = plan.stages.get(stage) else { return };
    let Some(advance) = &rule.advance else { return };
    let here: Vec<usize> = (0..sheet.entries.len())
        .filter(|entry| {
            let status = plan.rule(sheet.status(*entry));
            sheet.reached[*entry] == Reached { stage, open: false } && status.ranked
        })
        .collect();
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for entry in &here {
        let text = rule.groups.and_then(|groups| sheet.texts.get(groups)?.get(*entry)).map_or("", |text| text.trim());
        groups.entry(text).or_default().push(*entry);
    }
    let round = Round { plan, sheet, stage, advance };
    let taken = round.taken(&here, &groups);
    for (entry, goes) in taken {
        sheet.reached[entry] = match goes {
            Some(true) => Reached { stage: stage + 1, open: false },
            Some(false) => Reached { stage, open: false },
            None => Reached { stage, open: true },
        };
    }
}

struct Round<'a> {
    plan: &'a Plan,
    sheet: &'a Sheet,
    stage: usize,
    advance: &'a AdvancePlan,
}

impl Round<'_> {
    /// For each entry whether it goes on; `None` while that is not decided.
    fn taken(&self, here: &[usize], groups: &BTreeMap<&str, Vec<usize>>) -> Vec<(usize, Option<bool>)> {
        let unfinished = |entry: &usize| {
            let value = self.sheet.values.get(self.plan.stages[self.stage].ranked_by, *entry);
            value == Err(Missing::NotYet)
        };
        let anybody = here.iter().any(unfinished);
        let mut goes: BTreeMap<usize, Option<bool>> = here.iter().map(|entry| (*entry, Some(false))).collect();
        for take in &self.advance.take {
            let left = |goes: &BTreeMap<usize, Option<bool>>, of: &[usize]| -> Vec<usize> {
                of.iter().copied().filter(|entry| goes.get(entry) != Some(&Some(true)) && self.may(*entry)).collect()
            };
            match take {
                TakePlan::PerGroup(count) => {
                    for group in groups.values() {
                        if group.iter().any(unfinished) {
                            group.iter().for_each(|entry| open(&mut goes, *entry));
                        } else {
                            for entry in self.best(left(&goes, group), *count) {
                                goes.insert(entry, Some(true));
                            }
                        }
                    }
                }
                TakePlan::Best(_) | TakePlan::Percent { .. } if anybody => {
                    here.iter().for_each(|entry| open(&mut goes, *entry));
                }
                TakePlan::Best(count) => {
                    for entry in self.best(left(&goes, here), *count) {
                        goes.insert(entry, Some(true));
                    }
                }
                TakePlan::Percent { of_finished, mode } => {
                    let finished = here.iter().filter(|entry| self.has_value(**entry)).count();
                    let share = Exact::from_int(i64::try_from(finished).unwrap_or(i64::MAX)) * of_finished.clone();
                    let share = share.divide(&Exact::from_int(100)).unwrap_or_default().round(0, *mode);
                    let count = share.to_int().and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
                    let before = goes.values().filter(|goes| **goes == Some(true)).count();
                    for entry in self.best(left(&goes, here), count.saturating_sub(before)) {
                        goes.insert(entry, Some(true));
                    }
                }
                TakePlan::All(test) => {
                    for group in groups.values() {
                        if group.iter().any(unfinished) {
                            group.iter().for_each(|entry| open(&mut goes, *entry));
                        } else {
                            let taken = left(&goes, group).into_iter();
                            for entry in taken.filter(|entry| holds(test, At::new(self.plan, self.sheet, *entry))) {
                                goes.insert(entry, Some(true));
                            }
                        }
                    }
                }
            }
        }
        goes.into_iter().collect()
    }

    fn may(&self, entry: usize) -> bool {
        self.advance.only.as_ref().is_none_or(|only| holds(only, At::new(self.plan, self.sheet, entry)))
    }

    fn has_value(&self, entry: usize) -> bool {
        self.sheet.values.has(self.plan.stages[self.stage].ranked_by, entry)
    }

    /// The best so many, with what the rulebook says of equals at the cut.
    fn best(&self, mut of: Vec<usize>, count: usize) -> Vec<usize> {
        of.retain(|entry| self.has_value(*entry));
        of.sort_by(|one, other| self.compare(*one, *other));
        let Some(first_out) = of.get(count).copied() else { return of };
        let level = |entry: &usize| self.compare(*entry, first_out) == Ordering::Equal;
        match self.advance.ties {
            CutTies::All if count > 0 && level(&of[count - 1]) => {
                of.retain(|entry| self.compare(*entry, first_out) != Ordering::Greater);
                of
            }
            CutTies::None => {
                of.retain(|entry| self.compare(*entry, first_out) == Ordering::Less);
                of
            }
            CutTies::All => {
                of.truncate(count);
                of
            }
        }
    }

    fn compare(&self, one: usize, other: usize) -> Ordering {
        Board::by_stage(self.plan, self.sheet, self.stage, one, other)
    }
}

/// What was not decided stays so; whoever goes on already does.
fn open(goes: &mut BTreeMap<usize, Option<bool>>, entry: usize) {
    if let Some(own) = goes.get_mut(&entry)
        && *own != Some(true)
    {
        *own = None;
    }
}
