//! Values made of the whole field: extremes and means across entries, standard scores, places, the skating system.

use super::code::{Wide, WideKind};
use super::eval::{At, Missing, Value, eval};
use super::plan::Plan;
use super::sheet::Sheet;
use super::skating::{self, FinalPlace};
use crate::exact::{Exact, RoundMode};
use crate::rulebook::{AcrossFold, Direction, PlaceTies};
use num_traits::ToPrimitive;
use std::collections::BTreeMap;

/// One value of the field for every entry, judge and attempt, as [`Sheet::wides`] holds it.
pub(super) fn compute(plan: &Plan, sheet: &Sheet, index: usize) -> Vec<Value> {
    let Some(rule) = plan.wides.get(index) else { return Vec::new() };
    match &rule.kind {
        WideKind::Majority(item) => {
            let all = Final::of(plan, sheet, rule.stage, std::slice::from_ref(item));
            let dance = all.placings.first().map_or(&[][..], Vec::as_slice);
            let places = skating::majority(dance).into_iter().map(shared).collect();
            all.ranked(places)
        }
        WideKind::Skating(items) => {
            let all = Final::of(plan, sheet, rule.stage, items);
            let places = skating::final_places(&all.placings);
            all.ranked(places.into_iter().map(|place| Exact::from(place.place)).collect())
        }
        _ => layers(plan, sheet, rule),
    }
}

/// Does the entry count in the field of a stage?
fn counts(plan: &Plan, sheet: &Sheet, stage: usize, entry: usize) -> bool {
    plan.rule(sheet.status_in(stage, entry)).ranked
}

fn layers(plan: &Plan, sheet: &Sheet, rule: &Wide) -> Vec<Value> {
    let Some(code) = rule.code() else { return Vec::new() };
    let count = sheet.entries.len();
    let mut all = Vec::with_capacity(count * rule.seats * rule.attempts);
    for attempt in 0..rule.attempts {
        for seat in 0..rule.seats {
            let own: Vec<Value> = (0..count)
                .map(|entry| {
                    let value = eval(code, At { seat, attempt, ..At::new(plan, sheet, entry) });
                    if counts(plan, sheet, rule.stage, entry) { value } else { value.and(Err(Missing::Absent)) }
                })
                .collect();
            all.extend(by_group(sheet, rule.within, &own, |group| of_group(&rule.kind, &own, group)));
        }
    }
    all
}

/// Puts together what `of` gives for each group of entries: one result for each of them.
fn by_group(sheet: &Sheet, within: Option<usize>, own: &[Value], of: impl Fn(&[usize]) -> Vec<Value>) -> Vec<Value> {
    let Some(texts) = within.and_then(|within| sheet.texts.get(within)) else {
        let everybody: Vec<usize> = (0..own.len()).collect();
        return of(&everybody);
    };
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (entry, text) in texts.iter().enumerate() {
        groups.entry(text.trim()).or_default().push(entry);
    }
    let mut results = vec![Err(Missing::Absent); own.len()];
    for group in groups.values() {
        for (entry, value) in group.iter().zip(of(group)) {
            results[*entry] = value;
        }
    }
    results
}

fn of_group(kind: &WideKind, own: &[Value], group: &[usize]) -> Vec<Value> {
    let values: Vec<&Exact> = group.iter().filter_map(|entry| own[*entry].as_ref().ok()).collect();
    match kind {
        WideKind::Across { fold, .. } => {
            let result = across(*fold, &values);
            vec![result; group.len()]
        }
        WideKind::Place { direction, ties, .. } => {
            let places = Places::of(&values, *direction);
            group
                .iter()
                .map(|entry| {
                    own[*entry].as_ref().map_err(|missing| *missing).map(|value| places.of_value(value, *ties))
                })
                .collect()
        }
        WideKind::Points { points, direction, ties, .. } => {
            let places = Places::of(&values, *direction);
            let one = |value: &Exact| places.points(value, points, *ties);
            group.iter().map(|entry| own[*entry].as_ref().map_err(|missing| *missing).map(one)).collect()
        }
        WideKind::Standardise { digits, mode, zero, .. } => {
            let standard = Standard::of(&values);
            let one = |value: &Exact| {
                standard.as_ref().map_or_else(|| zero.clone(), |own| own.score(value, *digits, *mode, zero))
            };
            group.iter().map(|entry| own[*entry].as_ref().map_err(|missing| *missing).map(one)).collect()
        }
        WideKind::Majority(_) | WideKind::Skating(_) => Vec::new(),
    }
}

fn across(fold: AcrossFold, values: &[&Exact]) -> Value {
    let count = Exact::from_int(i64::try_from(values.len()).unwrap_or(i64::MAX));
    match fold {
        AcrossFold::Count => Ok(count),
        AcrossFold::Max => values.iter().max().map(|value| (*value).clone()).ok_or(Missing::Absent),
        AcrossFold::Min => values.iter().min().map(|value| (*value).clone()).ok_or(Missing::Absent),
        _ if values.is_empty() => Err(Missing::Absent),
        AcrossFold::Sum => Ok(values.iter().copied().sum()),
        AcrossFold::Mean => values.iter().copied().sum::<Exact>().divide(&count).map_err(|_| Missing::Absent),
        AcrossFold::Median => {
            let mut sorted = values.to_vec();
            sorted.sort_unstable();
            let (low, high) = (sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
            (low + high).divide(&Exact::from_int(2)).map_err(|_| Missing::Absent)
        }
    }
}

/// The values of a group from the best to the worst.
struct Places {
    sorted: Vec<Exact>,
    direction: Direction,
}

impl Places {
    fn of(values: &[&Exact], direction: Direction) -> Self {
        let mut sorted: Vec<Exact> = values.iter().map(|value| (*value).clone()).collect();
        sorted.sort_unstable_by(|one, other| match direction {
            Direction::Higher => other.cmp(one),
            Direction::Lower => one.cmp(other),
        });
        Self { sorted, direction }
    }

    /// How many values are better, and how many are better or equal.
    fn around(&self, value: &Exact) -> (usize, usize) {
        let better = |one: &Exact| match self.direction {
            Direction::Higher => one > value,
            Direction::Lower => one < value,
        };
        let before = self.sorted.partition_point(better);
        (before, self.sorted.partition_point(|one| better(one) || one == value))
    }

    /// How many different values there are among the first so many.
    fn distinct(&self, before: usize) -> usize {
        self.sorted[..before].chunk_by(|one, other| one == other).count()
    }

    fn of_value(&self, value: &Exact, ties: PlaceTies) -> Exact {
        let (before, upto) = self.around(value);
        match ties {
            PlaceTies::First => number(before + 1),
            PlaceTies::Mean => number(before + 1 + upto).divide(&Exact::from_int(2)).unwrap_or_default(),
            PlaceTies::Dense => number(self.distinct(before) + 1),
        }
    }

    fn points(&self, value: &Exact, points: &[Exact], ties: PlaceTies) -> Exact {
        let (before, upto) = self.around(value);
        let of = |place: usize| points.get(place).cloned().unwrap_or_default();
        match ties {
            PlaceTies::First => of(before),
            PlaceTies::Mean => {
                let shared: Exact = points.iter().take(upto).skip(before).sum();
                shared.divide(&number(upto - before)).unwrap_or_default()
            }
            PlaceTies::Dense => of(self.distinct(before)),
        }
    }
}

fn number(count: usize) -> Exact {
    Exact::from_int(i64::try_from(count).unwrap_or(i64::MAX))
}

/// Mean and population variance of a group.
struct Standard {
    mean: Exact,
    variance: Exact,
}

impl Standard {
    fn of(values: &[&Exact]) -> Option<Self> {
        let count = Exact::from_int(values.len().to_i64()?);
        let mean = values.iter().copied().sum::<Exact>().divide(&count).ok()?;
        let squares: Exact = values.iter().map(|value| &(*value - &mean) * &(*value - &mean)).sum();
        Some(Self { variance: squares.divide(&count).ok()?, mean })
    }

    fn score(&self, value: &Exact, digits: u8, mode: RoundMode, zero: &Exact) -> Exact {
        (value - &self.mean).over_root(&self.variance, digits, mode).unwrap_or_else(|| zero.clone())
    }
}

/// The couples of a final: entries with every placing of its panel items, and these.
struct Final {
    couples: Vec<usize>,
    /// By item, couple, seat.
    placings: Vec<Vec<Vec<u32>>>,
    /// By entry; zero for a couple.
    results: Vec<Value>,
}

impl Final {
    fn of(plan: &Plan, sheet: &Sheet, stage: usize, items: &[usize]) -> Self {
        let placings = |entry: usize, item: usize| -> Result<Vec<u32>, Missing> {
            let at = At::new(plan, sheet, entry);
            let seats = sheet.marks.get(item).map_or(0, |column| column.seats);
            let mut missing = None;
            let mut own = Vec::with_capacity(seats);
            for seat in 0..seats {
                match at.cell(item, seat) {
                    Ok(value) => {
                        own.push(value.to_int().and_then(|place| u32::try_from(place).ok()).unwrap_or(u32::MAX));
                    }
                    Err(reason) => missing = missing.max(Some(reason)),
                }
            }
            missing.map_or(Ok(own), Err)
        };
        let mut all = Self { couples: Vec::new(), placings: vec![Vec::new(); items.len()], results: Vec::new() };
        for entry in 0..sheet.entries.len() {
            let own: Vec<Result<Vec<u32>, Missing>> = items.iter().map(|item| placings(entry, *item)).collect();
            let missing = own.iter().filter_map(|one| one.as_ref().err()).max().copied();
            match missing {
                Some(reason) => all.results.push(Err(reason)),
                None if !counts(plan, sheet, stage, entry) => all.results.push(Err(Missing::Absent)),
                None => {
                    all.couples.push(entry);
                    all.results.push(Ok(Exact::ZERO));
                    for (dance, own) in all.placings.iter_mut().zip(own) {
                        dance.push(own.unwrap_or_default());
                    }
                }
            }
        }
        all
    }

    fn ranked(mut self, places: Vec<Exact>) -> Vec<Value> {
        for (entry, place) in self.couples.into_iter().zip(places) {
            self.results[entry] = Ok(place);
        }
        self.results
    }
}

/// A place shared with others, as the mean of the places they share.
pub(super) fn shared(place: (u32, u32)) -> Exact {
    Exact::ratio(i64::from(place.0), i64::from(place.1)).unwrap_or_default()
}

/// How an entry came to its place in a final; `None` where it has none.
pub(super) fn final_place(plan: &Plan, sheet: &Sheet, index: usize, entry: usize) -> Option<FinalPlace> {
    let rule = plan.wides.get(index)?;
    let WideKind::Skating(items) = &rule.kind else { return None };
    let all = Final::of(plan, sheet, rule.stage, items);
    let couple = all.couples.iter().position(|couple| *couple == entry)?;
    skating::final_places(&all.placings).into_iter().nth(couple)
}
