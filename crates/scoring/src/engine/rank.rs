//! From evaluated entries to standings.

use super::code::Style;
use super::{Engine, Evaluated};
use crate::exact::Exact;
use crate::outcome::{Outcome, Score, Standing, TieStep, Why};
use crate::rulebook::{Direction, On, Ties};
use crate::text::Text;
use std::cmp::Ordering;

impl Engine {
    /// Ranks evaluated entries, given in any order.
    #[must_use]
    pub fn rank(&self, evaluated: &[Evaluated]) -> Outcome {
        let mut ranked: Vec<(&Evaluated, &Exact)> = Vec::with_capacity(evaluated.len());
        let mut unranked: Vec<(&Evaluated, Why)> = Vec::new();
        for one in evaluated {
            match (&one.ranked_by, self.status_rule(one.status).ranked) {
                (_, false) => unranked.push((one, Why::Status)),
                (Score::Value(total), true) => ranked.push((one, total)),
                (Score::NotYet, true) => unranked.push((one, Why::Unfinished(self.missing(one)))),
                (Score::Absent | Score::Void, true) => unranked.push((one, Why::NoValue)),
            }
        }
        let direction = self.rulebook.ranking.direction;
        ranked.sort_by(|(one, total), (other, other_total)| {
            better(direction, total, other_total)
                .then_with(|| self.by_keys(one, other))
                .then_with(|| one.entry.cmp(&other.entry))
        });
        unranked.sort_by(|(one, _), (other, _)| one.entry.cmp(&other.entry));

        let mut standings: Vec<Standing> = Vec::with_capacity(evaluated.len());
        for (index, (one, total)) in ranked.iter().enumerate() {
            let before = index.checked_sub(1).map(|previous| ranked[previous]);
            let level = before.is_some_and(|(other, other_total)| {
                *total == other_total && self.by_keys(one, other) == Ordering::Equal
            });
            let place = u32::try_from(index + 1).unwrap_or(u32::MAX);
            let previous = standings.last().and_then(|last| last.rank);
            let rank = match (self.rulebook.ranking.ties, previous) {
                (Ties::Ordinal, _) | (Ties::Competition, None) => place,
                (Ties::Competition, Some(previous)) => {
                    if level {
                        previous
                    } else {
                        place
                    }
                }
                (Ties::Dense, previous) => previous.map_or(1, |previous| if level { previous } else { previous + 1 }),
            };
            let shared = level && self.rulebook.ranking.ties != Ties::Ordinal;
            if shared && let Some(last) = standings.last_mut() {
                last.shared = true;
            }
            let tie = before.and_then(|(other, _)| self.tie(one, other));
            standings.push(Standing { rank: Some(rank), shared, tie, ..self.line(one) });
        }
        standings.extend(unranked.into_iter().map(|(one, why)| Standing { unranked: Some(why), ..self.line(one) }));
        let mut order: Vec<&Evaluated> = evaluated.iter().collect();
        order.sort_by(|one, other| one.entry.cmp(&other.entry));
        Outcome { standings, checks: order.into_iter().flat_map(|one| one.checks.iter().cloned()).collect() }
    }

    fn line(&self, one: &Evaluated) -> Standing {
        Standing {
            entry: one.entry.clone(),
            rank: None,
            shared: false,
            status: one.status,
            total: one.total.clone(),
            shown: self.slots[self.total].style.score(&one.total),
            values: one.values.clone(),
            tie: None,
            unranked: None,
        }
    }

    /// The items whose scores the total is waiting for.
    fn missing(&self, one: &Evaluated) -> Vec<String> {
        let waiting = self.needed.iter().filter(|item| one.slots[**item] == Score::NotYet);
        waiting.map(|item| self.rulebook.items[*item].id.clone()).collect()
    }

    fn by_keys(&self, one: &Evaluated, other: &Evaluated) -> Ordering {
        let keys = self.rulebook.ranking.keys.iter().zip(one.keys.iter().zip(&other.keys));
        keys.map(|(key, (own, other))| better_score(key.direction, own, other))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }

    /// How an entry was set apart from the one ranked just before it, where their published totals are equal.
    fn tie(&self, one: &Evaluated, before: &Evaluated) -> Option<TieStep> {
        if one.total != before.total {
            return None;
        }
        let ranking = &self.rulebook.ranking;
        let mut step = TieStep {
            against: before.entry.clone(),
            equal: Vec::new(),
            decided: None,
            own: String::new(),
            other: String::new(),
            difference: String::new(),
        };
        if one.ranked_by != before.ranked_by && ranking.on == On::Exact {
            let label = Text::new("未修约的总分", "total before rounding");
            step.decide(label, Style::default(), &one.ranked_by, &before.ranked_by);
            return Some(step);
        }
        for (index, key) in ranking.keys.iter().enumerate() {
            let (own, other) = (&one.keys[index], &before.keys[index]);
            if better_score(key.direction, own, other).is_eq() {
                step.equal.push(key.label.clone());
            } else {
                step.decide(key.label.clone(), self.keys[index].1, own, other);
                break;
            }
        }
        Some(step)
    }
}

impl TieStep {
    fn decide(&mut self, label: Text, style: Style, own: &Score, other: &Score) {
        self.decided = Some(label);
        self.own = style.score(own);
        self.other = style.score(other);
        if let (Score::Value(own), Score::Value(other)) = (own, other) {
            self.difference = style.value(&(own - other).abs());
        }
    }
}

/// `Less` when `one` is the better.
fn better(direction: Direction, one: &Exact, other: &Exact) -> Ordering {
    match direction {
        Direction::Higher => other.cmp(one),
        Direction::Lower => one.cmp(other),
    }
}

/// As [`better`], with every value before no value.
fn better_score(direction: Direction, one: &Score, other: &Score) -> Ordering {
    match (one, other) {
        (Score::Value(one), Score::Value(other)) => better(direction, one, other),
        (Score::Value(_), _) => Ordering::Less,
        (_, Score::Value(_)) => Ordering::Greater,
        _ => Ordering::Equal,
    }
}
