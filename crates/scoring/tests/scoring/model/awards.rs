//! Awards and honours.

use super::rank::compare;
use super::{After, Model, Result, int, num, number};
use jiangsai_scoring::EntryStatus;
use jiangsai_scoring::rulebook::{
    AwardBase, AwardTies, Grouping, ShareRounding, StatusTotal, Succession, TierTake, Unfilled,
};

/// Places, winners, vacant, unsettled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Award {
    pub places: usize,
    pub winners: Vec<usize>,
    pub vacant: usize,
    pub unsettled: Vec<usize>,
}

/// Somebody who waits for an award; `gone` for the place of somebody disqualified, `passed` when a condition left them out before.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Waiting {
    entry: usize,
    gone: bool,
    passed: bool,
    group: usize,
}

impl Model<'_> {
    fn may(&self, entry: usize) -> bool {
        let rule = self.status(entry);
        rule.honours.unwrap_or(rule.ranked)
    }

    fn shares(&self, base: usize) -> Vec<Option<usize>> {
        let rule = self.book.awards.as_ref().unwrap();
        let share = |percent| -> usize {
            number::round(&(int(base) * percent / int(100)), 0, rule.mode).to_integer().try_into().unwrap()
        };
        let percents = |upto: usize| {
            let all = rule.tiers[..upto].iter().filter_map(|tier| match &tier.take {
                TierTake::Percent(percent) => Some(num(percent)),
                _ => None,
            });
            share(all.sum())
        };
        let one = |(index, tier): (usize, &jiangsai_scoring::rulebook::Tier)| match (&tier.take, rule.rounding) {
            (TierTake::Count(count), _) => Some(usize::from(*count)),
            (TierTake::Everybody {}, _) => None,
            (TierTake::Percent(percent), ShareRounding::Each) => Some(share(num(percent))),
            (TierTake::Percent(_), ShareRounding::Cumulative) => Some(percents(index + 1) - percents(index)),
        };
        rule.tiers.iter().enumerate().map(one).collect()
    }

    /// The stage and result that awards look at.
    fn result(&self, of: &Waiting) -> (usize, Result) {
        let last = self.book.stages.len().max(1) - 1;
        if of.gone { (last, self.computed(of.entry, last)) } else { (self.stage(of.entry), self.ranked_by(of.entry)) }
    }

    /// Everybody in order, with the number of the group of equals each is in.
    fn waiting(&self) -> Vec<Waiting> {
        let rule = self.book.awards.as_ref().unwrap();
        let lines = self.lines();
        let entries = &self.field.entries;
        let mut ranked: Vec<usize> =
            (0..entries.len()).filter(|entry| lines[*entry].rank.is_some() && self.may(*entry)).collect();
        ranked.sort_by(|one, other| self.level(*one, *other).then_with(|| entries[*one].id.cmp(&entries[*other].id)));
        let mut all: Vec<Waiting> =
            ranked.into_iter().map(|entry| Waiting { entry, gone: false, passed: false, group: 0 }).collect();
        if rule.succession == Succession::Vacant {
            for entry in 0..entries.len() {
                let status = self.status(entry);
                let out = self.state(entry) == EntryStatus::Disqualified && !status.ranked;
                if out && status.total != StatusTotal::Zero && self.value(&self.book.ranking.by, entry).is_ok() {
                    let own = Waiting { entry, gone: true, passed: false, group: 0 };
                    let (stage, value) = self.result(&own);
                    let standing = |of: &Waiting, value: Result| {
                        let mut own = vec![(value.ok(), self.rules(stage).0)];
                        own.extend(self.keys_of(of.entry, stage));
                        own
                    };
                    let mine = standing(&own, value);
                    let better = all.iter().position(|other| {
                        let (other_stage, value) = self.result(other);
                        other_stage < stage || compare(&mine, &standing(other, value)).is_lt()
                    });
                    all.insert(better.unwrap_or(all.len()), own);
                }
            }
        }
        for place in 1..all.len() {
            let (before, own) = (all[place - 1], all[place]);
            let first = *all.iter().find(|other| other.group == before.group).unwrap();
            let equal = match &rule.tolerance {
                None => !before.gone && !own.gone && self.level(before.entry, own.entry).is_eq(),
                Some(tolerance) => {
                    self.close(if tolerance.grouping == Grouping::Chained { &before } else { &first }, &own)
                }
            };
            all[place].group = before.group + usize::from(!equal);
        }
        all
    }

    fn close(&self, one: &Waiting, other: &Waiting) -> bool {
        let points = num(&self.book.awards.as_ref().unwrap().tolerance.as_ref().unwrap().points);
        match (self.result(one), self.result(other)) {
            ((stage, Ok(one)), (other_stage, Ok(other))) if stage == other_stage => {
                (&one - &other) <= points && (other - one) <= points
            }
            _ => false,
        }
    }

    /// What each award comes to; then what is known once they are given.
    pub fn give(&mut self) -> Vec<Award> {
        let lines = self.lines();
        let ranks: Vec<Option<u32>> = lines.iter().map(|line| line.rank).collect();
        let finished = ranks.iter().flatten().count();
        let mut by_entry = vec![Vec::new(); lines.len()];
        self.after = Some(After { ranks, awards: by_entry.clone() });
        let Some(rule) = &self.book.awards else { return Vec::new() };
        let base = match rule.base {
            AwardBase::Registered => lines.len(),
            AwardBase::Started => (0..lines.len()).filter(|entry| self.status(*entry).counted).count(),
            AwardBase::Finished => finished,
        };
        let small = rule
            .small_fields
            .iter()
            .filter(|row| base < usize::try_from(row.below).unwrap())
            .min_by_key(|row| row.below);
        let shares = self.shares(base);
        let open = |tier: usize| small.is_none_or(|row| row.tiers.contains(&rule.tiers[tier].id));
        let close = rule.tolerance.is_some();
        // Waiting is looked at before anything is known of awards: `after` does not change what ranks them.
        let after = self.after.take();
        let mut waiting = self.waiting();
        self.after = after;
        let (mut owed, mut over) = (0usize, 0usize);
        let mut last: Option<Waiting> = None;
        let mut results = Vec::new();
        for (tier, share) in shares.iter().enumerate() {
            let mut award = Award::default();
            if !open(tier) {
                results.push(award);
                continue;
            }
            let only = rule.tiers[tier].only.as_ref();
            let fits = |one: &Waiting| !one.gone && only.is_none_or(|only| self.holds(only, self.at(one.entry)));
            let Some(share) = share else {
                award.winners = waiting.iter().filter(|one| fits(one)).map(|one| one.entry).collect();
                waiting.retain(|one| !fits(one));
                award.places = award.winners.len();
                results.push(award);
                continue;
            };
            let later = (tier + 1..shares.len()).any(|later| shares[later].is_some() && open(later));
            award.places = *share;
            let all = share + std::mem::take(&mut over);
            let mut free = all.saturating_sub(owed);
            let used_up = free == 0 && owed > 0;
            owed = owed.saturating_sub(all);
            let mut left_over = 0;
            let mut groups: Vec<usize> = waiting.iter().map(|one| one.group).collect();
            groups.dedup();
            // The next group of which somebody was not passed over, where the last who got an award is close enough.
            let fresh =
                groups.iter().copied().find(|group| waiting.iter().any(|one| one.group == *group && !one.passed));
            let extra = fresh.filter(|group| {
                let first = waiting.iter().find(|one| one.group == *group);
                used_up && !later && close && last.zip(first).is_some_and(|(last, first)| self.close(&last, first))
            });
            for group in groups {
                let own: Vec<Waiting> = waiting.iter().copied().filter(|one| one.group == group).collect();
                let fit: Vec<Waiting> = own.iter().copied().filter(|one| fits(one)).collect();
                let gone = own.iter().filter(|one| one.gone).count();
                let new = own.iter().filter(|one| !one.gone && !one.passed && !fits(one)).count();
                let win = |award: &mut Award| award.winners.extend(fit.iter().map(|one| one.entry));
                if extra == Some(group) {
                    win(&mut award);
                } else if free == 0 {
                    continue;
                } else if fit.len() + gone <= free {
                    win(&mut award);
                    free -= fit.len() + gone;
                    award.vacant += gone;
                    if rule.unfilled != Unfilled::MoveUp {
                        left_over += new.min(free);
                        free -= new.min(free);
                    }
                } else {
                    let beyond = fit.len() + gone - free;
                    match rule.ties {
                        AwardTies::Lower if !close => break,
                        AwardTies::Settle if !close => {
                            award.unsettled = fit.iter().map(|one| one.entry).collect();
                            owed += beyond;
                        }
                        AwardTies::Extra if !close => win(&mut award),
                        _ => {
                            win(&mut award);
                            owed += beyond;
                            award.vacant += gone.min(free.saturating_sub(fit.len()));
                        }
                    }
                    free = 0;
                }
                if award.unsettled.is_empty() {
                    last = fit.last().copied().or(last);
                }
                waiting.retain(|one| one.group != group || !(fit.contains(one) || one.gone));
                waiting.iter_mut().filter(|one| one.group == group).for_each(|one| one.passed = true);
            }
            left_over += free;
            if rule.unfilled == Unfilled::Next && later {
                over = left_over;
            } else {
                award.vacant += left_over;
            }
            results.push(award);
        }
        for (tier, award) in results.iter().enumerate() {
            award.winners.iter().for_each(|entry| by_entry[*entry].push(tier));
        }
        if let Some(after) = &mut self.after {
            after.awards = by_entry;
        }
        results
    }

    /// What each entry is proposed for.
    pub fn honours(&self, entry: usize) -> Vec<String> {
        let all = self.book.honours.iter().filter(|honour| self.may(entry) && self.holds(&honour.to, self.at(entry)));
        all.map(|honour| honour.id.clone()).collect()
    }
}
