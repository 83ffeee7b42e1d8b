//! Values made of the whole field: extremes and means across entries, standard scores, places, the skating system.

use super::code::{Wide, WideKind};
use super::eval::{At, Missing, Value, eval};
use super::plan::Plan;
use super::sheet::Sheet;
use super::skating;
use crate::exact::{Exact, RoundMode};
use crate::rulebook::{AcrossFold, Direction, PlaceTies};
use num_traits::ToPrimitive;
use std::collections::BTreeMap;

/// One value of the field for every entry, judge and attempt, as [`Sheet::wides`] holds it.
pub(super) fn compute(plan: &Plan, sheet: &Sheet, index: usize) -> Vec<Value> {
    let Some(rule) = plan.wides.get(index) else { return Vec::new() };
    match &rule.kind {
        WideKind::Majority(item) => dances(plan, sheet, std::slice::from_ref(item), |dances| {
            let dance = dances.first().map_or(&[][..], Vec::as_slice);
            let places = skating::majority(dance);
            places
                .into_iter()
                .map(|(sum, shared)| Exact::ratio(i64::from(sum), i64::from(shared)).unwrap_or_default())
                .collect()
        }),
        WideKind::Skating(items) => dances(plan, sheet, items, |dances| {
            skating::final_places(dances).into_iter().map(|place| Exact::from(place.place)).collect()
        }),
        _ => layers(plan, sheet, rule),
    }
}

/// Does the entry count in the field?
fn counts(plan: &Plan, sheet: &Sheet, entry: usize) -> bool {
    plan.rule(sheet.status(entry)).ranked
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
                    if counts(plan, sheet, entry) { value } else { value.and(Err(Missing::Absent)) }
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

    fn of_value(&self, value: &Exact, ties: PlaceTies) -> Exact {
        let better = |one: &Exact| match self.direction {
            Direction::Higher => one > value,
            Direction::Lower => one < value,
        };
        let before = self.sorted.partition_point(better);
        let upto = self.sorted.partition_point(|one| better(one) || one == value);
        let number = |count: usize| Exact::from_int(i64::try_from(count).unwrap_or(i64::MAX));
        match ties {
            PlaceTies::First => number(before + 1),
            PlaceTies::Mean => number(before + 1 + upto).divide(&Exact::from_int(2)).unwrap_or_default(),
            PlaceTies::Dense => {
                let distinct = self.sorted[..before].chunk_by(|one, other| one == other).count();
                number(distinct + 1)
            }
        }
    }
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

/// Places by the placings of whole panels, for the entries that have all of them.
fn dances(
    plan: &Plan,
    sheet: &Sheet,
    items: &[usize],
    places: impl FnOnce(&[Vec<Vec<u32>>]) -> Vec<Exact>,
) -> Vec<Value> {
    let placings = |entry: usize, item: usize| -> Result<Vec<u32>, Missing> {
        let at = At::new(plan, sheet, entry);
        let seats = sheet.marks.get(item).map_or(0, |column| column.seats);
        let mut missing = None;
        let mut own = Vec::with_capacity(seats);
        for seat in 0..seats {
            match at.cell(item, seat) {
                Ok(value) => own.push(value.to_int().and_then(|place| u32::try_from(place).ok()).unwrap_or(u32::MAX)),
                Err(reason) => missing = missing.max(Some(reason)),
            }
        }
        missing.map_or(Ok(own), Err)
    };
    let mut results: Vec<Value> = Vec::with_capacity(sheet.entries.len());
    let mut couples: Vec<usize> = Vec::new();
    let mut all: Vec<Vec<Vec<u32>>> = vec![Vec::new(); items.len()];
    for entry in 0..sheet.entries.len() {
        let own: Vec<Result<Vec<u32>, Missing>> = items.iter().map(|item| placings(entry, *item)).collect();
        let missing = own.iter().filter_map(|one| one.as_ref().err()).max().copied();
        match missing {
            Some(reason) => results.push(Err(reason)),
            None if !counts(plan, sheet, entry) => results.push(Err(Missing::Absent)),
            None => {
                couples.push(entry);
                results.push(Ok(Exact::ZERO));
                for (dance, own) in all.iter_mut().zip(own) {
                    dance.push(own.unwrap_or_default());
                }
            }
        }
    }
    for (entry, place) in couples.into_iter().zip(places(&all)) {
        results[entry] = Ok(place);
    }
    results
}
