//! Stages, ranks and teams.

use super::{At, Model, Result, groups, int, num, rule};
use crate::reference::Missing;
use jiangsai_scoring::rulebook::{AdvanceRule, CutTies, Direction, Expr, Key, On, StatusTotal, TeamPart, Ties};
use num_rational::BigRational;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// A value and the keys below it, each with its direction.
pub type Standing = Vec<(Option<BigRational>, Direction)>;

/// `Less` for the better one; no value comes after every value.
pub fn compare(one: &Standing, other: &Standing) -> Ordering {
    for ((one, direction), (other, _)) in one.iter().zip(other) {
        let order = match (one, other) {
            (Some(one), Some(other)) if *direction == Direction::Higher => other.cmp(one),
            (Some(one), Some(other)) => one.cmp(other),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        if order.is_ne() {
            return order;
        }
    }
    Ordering::Equal
}

/// Ranks of things of which it is known how they stand to each other: rank and whether it is shared.
pub fn ranks(
    of: &[usize],
    ties: Ties,
    level: impl Fn(usize, usize) -> Ordering,
    id: impl Fn(usize) -> String,
) -> Vec<(usize, u32, bool)> {
    of.iter()
        .map(|own| {
            let better: Vec<usize> = of.iter().copied().filter(|other| level(*other, *own).is_lt()).collect();
            let shared = of.iter().any(|other| other != own && level(*other, *own).is_eq());
            let before = match ties {
                Ties::Competition => better.len(),
                // How many different ones are better: of each kind the one with the smallest id.
                Ties::Dense => better
                    .iter()
                    .filter(|one| !better.iter().any(|other| level(**one, *other).is_eq() && id(*other) < id(**one)))
                    .count(),
                Ties::Ordinal => {
                    better.len()
                        + of.iter().filter(|other| level(**other, *own).is_eq() && id(**other) < id(*own)).count()
                }
            };
            (*own, u32::try_from(before + 1).unwrap(), shared && ties != Ties::Ordinal)
        })
        .collect()
}

/// Team, rank, shared, result, members.
pub type TeamLine = (String, Option<u32>, bool, Result, Vec<String>);

/// A line of the standings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub rank: Option<u32>,
    pub shared: bool,
    pub equal: bool,
}

impl<'a> Model<'a> {
    fn keys(&self, keys: &'a [Key], at: At<'_>) -> Standing {
        keys.iter().map(|key| (self.eval(&key.by, at).ok(), key.direction)).collect()
    }

    /// Decides stage after stage who goes on.
    pub(super) fn go_on(&mut self) {
        for stage in 0..self.book.stages.len().saturating_sub(1) {
            self.forget();
            self.reached = self.advance(stage);
        }
        self.forget();
    }

    fn advance(&self, stage: usize) -> Vec<(usize, bool)> {
        let own_rule = &self.book.stages[stage];
        let advance = own_rule.advance.as_ref().unwrap();
        let by = own_rule.by.as_ref().unwrap();
        let here: Vec<usize> = (0..self.field.entries.len())
            .filter(|entry| {
                self.reached[*entry] == (stage, false) && rule(self.book, self.state_in(stage, *entry)).ranked
            })
            .collect();
        let groups: Vec<Vec<usize>> = groups(self, own_rule.groups.as_ref(), &here).into_values().collect();
        let unfinished = |of: &[usize]| of.iter().any(|entry| self.value(by, *entry) == Err(Missing::NotYet));
        let may = |entry: usize| advance.only.as_ref().is_none_or(|only| self.holds(only, self.at(entry)));
        let standing = |entry: usize| {
            let mut own = vec![(self.value(by, entry).ok(), own_rule.direction)];
            own.extend(self.keys(&own_rule.keys, self.at(entry)));
            own
        };
        let level = |one: usize, other: usize| compare(&standing(one), &standing(other));
        let mut on: Vec<usize> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let best = |of: Vec<usize>, count: usize| -> Vec<usize> {
            let all: Vec<usize> = of.into_iter().filter(|entry| self.value(by, *entry).is_ok()).collect();
            let before = |entry: usize| all.iter().filter(|other| level(**other, entry).is_lt()).count();
            let equal = |entry: usize| all.iter().filter(|other| level(**other, entry).is_eq()).count();
            all.iter()
                .copied()
                .filter(|entry| match advance.ties {
                    CutTies::All => before(*entry) < count,
                    CutTies::None => before(*entry) + equal(*entry) <= count,
                })
                .collect()
        };
        for take in &advance.take {
            let left = |on: &[usize], of: &[usize]| -> Vec<usize> {
                of.iter().copied().filter(|entry| !on.contains(entry) && may(*entry)).collect()
            };
            match take {
                AdvanceRule::PerGroup(_) | AdvanceRule::All(_) => {
                    for group in &groups {
                        if unfinished(group) {
                            open.extend(group);
                            continue;
                        }
                        let left = left(&on, group);
                        match take {
                            AdvanceRule::PerGroup(count) => on.extend(best(left, usize::from(*count))),
                            AdvanceRule::All(is) => {
                                on.extend(left.into_iter().filter(|entry| self.holds(is, self.at(*entry))))
                            }
                            _ => unreachable!(),
                        }
                    }
                }
                _ if unfinished(&here) => open.extend(&here),
                AdvanceRule::Best(count) => {
                    let left = left(&on, &here);
                    on.extend(best(left, usize::from(*count)));
                }
                AdvanceRule::Percent { of_finished, mode } => {
                    let finished = here.iter().filter(|entry| self.value(by, **entry).is_ok()).count();
                    let share = super::number::round(&(int(finished) * num(of_finished) / int(100)), 0, *mode);
                    let count: usize = share.to_integer().try_into().unwrap();
                    let left = left(&on, &here);
                    on.extend(best(left, count.saturating_sub(on.len())));
                }
            }
        }
        let mut reached = self.reached.clone();
        for entry in here {
            if on.contains(&entry) {
                reached[entry] = (stage + 1, false);
            } else if open.contains(&entry) {
                reached[entry] = (stage, true);
            }
        }
        reached
    }

    /// The stage whose result ranks an entry.
    pub fn stage(&self, entry: usize) -> usize {
        self.reached[entry].0.min(self.book.stages.len().max(1) - 1)
    }

    pub fn is_last(&self, stage: usize) -> bool {
        stage + 1 >= self.book.stages.len()
    }

    /// What the marks alone give for the stage an entry is ranked in.
    pub fn computed(&self, entry: usize, stage: usize) -> Result {
        if !self.is_last(stage) {
            return self.value(self.book.stages[stage].by.as_ref().unwrap(), entry);
        }
        match self.book.ranking.on {
            On::Published => self.value(&self.book.ranking.by, entry),
            On::Exact => self.before_rounding(&self.book.node(&self.book.ranking.by).unwrap().value, entry),
        }
    }

    fn before_rounding(&self, value: &'a Expr, entry: usize) -> Result {
        match value {
            Expr::Round { of, .. } => self.eval(of, self.at(entry)),
            Expr::Node(id) => self.before_rounding(&self.book.node(id).unwrap().value, entry),
            Expr::Settle { of, absent, void } => match self.before_rounding(of, entry) {
                Err(Missing::Absent) => absent.as_ref().map(num).ok_or(Missing::Absent),
                Err(Missing::Void) => void.as_ref().map(num).ok_or(Missing::Void),
                other => other,
            },
            _ => self.eval(value, self.at(entry)),
        }
    }

    /// What ranks an entry, after what its status does.
    pub fn ranked_by(&self, entry: usize) -> Result {
        match self.status(entry).total {
            StatusTotal::Computed => self.computed(entry, self.stage(entry)),
            StatusTotal::Zero => Ok(int(0)),
            StatusTotal::None => Err(Missing::Absent),
        }
    }

    /// Direction and keys of a stage.
    pub fn rules(&self, stage: usize) -> (Direction, &'a [Key]) {
        if self.is_last(stage) {
            (self.book.ranking.direction, &self.book.ranking.keys)
        } else {
            (self.book.stages[stage].direction, &self.book.stages[stage].keys)
        }
    }

    pub fn keys_of(&self, entry: usize, stage: usize) -> Standing {
        self.keys(self.rules(stage).1, self.at(entry))
    }

    /// How two ranked entries stand to each other.
    pub fn level(&self, one: usize, other: usize) -> Ordering {
        self.by_rules(one, other).then_with(|| {
            // Until everybody no rule sets apart has a decision, none of them counts.
            let equal = |entry: &usize| self.is_ranked(*entry) && self.by_rules(*entry, one).is_eq();
            let mut all = (0..self.field.entries.len()).filter(equal);
            if !self.book.ranking.last.is_decided() || all.any(|entry| self.datum(entry, "decision").is_none()) {
                return Ordering::Equal;
            }
            self.datum(one, "decision").cmp(&self.datum(other, "decision"))
        })
    }

    fn is_ranked(&self, entry: usize) -> bool {
        self.status(entry).ranked && self.ranked_by(entry).is_ok()
    }

    /// As [`Model::level`], by everything but decisions.
    fn by_rules(&self, one: usize, other: usize) -> Ordering {
        let (stage, other_stage) = (self.stage(one), self.stage(other));
        let standing = |entry: usize| {
            let mut own = vec![(self.ranked_by(entry).ok(), self.rules(stage).0)];
            own.extend(self.keys_of(entry, stage));
            own
        };
        other_stage.cmp(&stage).then_with(|| compare(&standing(one), &standing(other)))
    }

    /// Rank, shared, and whether anybody else is equal.
    pub fn lines(&self) -> Vec<Line> {
        let ranked: Vec<usize> = (0..self.field.entries.len()).filter(|entry| self.is_ranked(*entry)).collect();
        let mut lines = vec![Line { rank: None, shared: false, equal: false }; self.field.entries.len()];
        let id = |entry: usize| self.field.entries[entry].id.clone();
        for (entry, rank, shared) in ranks(&ranked, self.book.ranking.ties, |one, other| self.level(one, other), id) {
            let equal = ranked.iter().any(|other| *other != entry && self.level(*other, entry).is_eq());
            // Whoever went on and has no result there yet comes before everybody who did not.
            let awaited = (0..self.field.entries.len()).filter(|other| {
                self.stage(*other) > self.stage(entry)
                    && self.status(*other).ranked
                    && self.ranked_by(*other) == Err(Missing::NotYet)
            });
            let rank = rank + u32::try_from(awaited.count()).unwrap();
            lines[entry] = Line { rank: Some(rank), shared, equal };
        }
        lines
    }

    /// The team standings.
    pub fn teams(&self) -> Vec<TeamLine> {
        let Some(rule) = &self.book.teams else { return Vec::new() };
        let mut members: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, entry) in self.field.entries.iter().enumerate() {
            if let Some(team) = entry.team.as_deref().map(str::trim).filter(|team| !team.is_empty()) {
                let own = members.entry(team.to_owned()).or_default();
                if self.status(index).team != Some(TeamPart::Nobody) {
                    own.push(index);
                }
            }
        }
        let by_id = |entry: &usize| self.field.entries[*entry].id.clone();
        members.values_mut().for_each(|own| own.sort_by_key(by_id));
        let all: Vec<(String, Vec<usize>, Result, Standing)> = members
            .into_iter()
            .map(|(team, members)| {
                let at = self.of_team(&members);
                let value = self.eval(&rule.value, at);
                let mut standing = vec![(value.clone().ok(), rule.direction)];
                standing.extend(rule.keys.iter().map(|key| (self.eval(&key.by, at).ok(), key.direction)));
                (team, members, value, standing)
            })
            .collect();
        let with: Vec<usize> = (0..all.len()).filter(|team| all[*team].2.is_ok()).collect();
        let ranked =
            ranks(&with, rule.ties, |one, other| compare(&all[one].3, &all[other].3), |team| all[team].0.clone());
        all.iter()
            .enumerate()
            .map(|(index, (team, members, value, _))| {
                let own = ranked.iter().find(|own| own.0 == index);
                let ids = members.iter().map(|entry| self.field.entries[*entry].id.clone()).collect();
                (team.clone(), own.map(|own| own.1), own.is_some_and(|own| own.2), value.clone(), ids)
            })
            .collect()
    }
}
