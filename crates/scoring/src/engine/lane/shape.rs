//! Which expressions can be computed over whole columns, and what their numbers look like.

use super::divide::Divide;
use super::panel::{Panel, Width};
use super::{Lane, Span};
use crate::engine::code::{Code, Fold, Test};
use crate::exact::{Exact, RoundMode};
use crate::rulebook::{Input, Item, Relation, Rulebook};
use num_integer::gcd;

/// What the values of a lane look like: parts of one over `den`, of a magnitude up to `most`.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Shape {
    pub den: i64,
    most: i128,
}

impl Shape {
    /// The largest magnitude, in parts; what is computed in the other way may be larger and must be kept out of the cells.
    pub fn most(self) -> i64 {
        i64::try_from(self.most).unwrap_or(i64::MAX)
    }
}

/// No step may come nearer to the end of 64 bits.
const LARGEST: i128 = 1 << 62;
/// No denominator may be larger.
const FINEST: i64 = 1 << 40;

type Made = Option<(Lane, Shape)>;

/// The lane of a slot; `slots` holds the shapes of those before it.
pub(in crate::engine) fn compile(rulebook: &Rulebook, code: &Code, slots: &[Option<Shape>]) -> Made {
    Maker { rulebook, slots }.lane(code)
}

/// The denominator of every value of an expression that is rounded, where nothing else is known.
pub(in crate::engine) fn denominator(code: &Code) -> Option<i64> {
    match code {
        Code::Round { digits, .. } | Code::Root { digits, .. } => power(*digits),
        Code::Settle { of, .. } => denominator(of),
        _ => None,
    }
}

fn power(digits: u8) -> Option<i64> {
    10i64.checked_pow(u32::from(digits))
}

/// The least common multiple, where it is no longer than a denominator may be.
fn lcm(one: i64, other: i64) -> Option<i64> {
    (one / gcd(one, other)).checked_mul(other).filter(|lcm| *lcm <= FINEST)
}

struct Maker<'a> {
    rulebook: &'a Rulebook,
    slots: &'a [Option<Shape>],
}

fn fits(lane: Lane, den: i64, most: i128) -> Made {
    (den > 0 && den <= FINEST && most < LARGEST).then_some((lane, Shape { den, most }))
}

/// Largest number in a cell of an item.
pub(in crate::engine) fn most_of(item: &Item, den: i64) -> i128 {
    let bound =
        |value: &Exact| value.abs().round(0, RoundMode::Up).to_int().map(|bound| i128::from(bound) * i128::from(den));
    let most = match &item.input {
        Input::Number { min, max, .. } => {
            let high = max.as_ref().or(item.max.as_ref()).and_then(bound);
            let low = min.as_ref().map_or(Some(0), bound);
            high.zip(low).map(|(high, low)| high.max(low))
        }
        Input::Level { max, .. } => Some(i128::from(*max)),
        Input::Tick {} | Input::Vote {} => Some(1),
        Input::Placing { .. } | Input::Count { most: None, .. } => Some(999),
        Input::Choice { options } => options.iter().map(|option| bound(&option.value)).max().flatten(),
        Input::Count { most: Some(most), .. } | Input::Deduction { most: Some(most), .. } => bound(most),
        Input::Deduction { most: None, .. } | Input::Time { .. } | Input::Answer { .. } => None,
    };
    // No cell holds more than 31 bits.
    most.unwrap_or(1 << 31).min(1 << 31)
}

impl Maker<'_> {
    fn lane(&self, code: &Code) -> Made {
        match code {
            Code::Mark(item) => {
                let (rule, den) = self.item(*item)?;
                fits(Lane::Mark(*item), den, most_of(rule, den))
            }
            Code::Slot(slot) => {
                let shape = self.slots.get(*slot).copied().flatten()?;
                fits(Lane::Slot(*slot), shape.den, shape.most)
            }
            Code::Constant(value) | Code::Seconds(value) => {
                let den = value.denominator()?;
                let parts = value.over(den)?;
                fits(Lane::Constant(parts), den, i128::from(parts).abs())
            }
            Code::InSeconds(of) | Code::InPlaces(of) | Code::Settle { of, .. } => self.lane(of),
            Code::Fold(fold, of) => self.fold(*fold, of),
            Code::Weigh(of) => {
                let terms = of.iter().map(|(of, by)| Some((self.lane(of)?, by.clone()))).collect::<Option<Vec<_>>>()?;
                linear(&Exact::ZERO, terms)
            }
            Code::Scale { of, from, to } => linear(&Exact::ZERO, vec![(self.lane(of)?, to.divide(from).ok()?)]),
            Code::Minus { from, less, floor } => {
                let mut terms = vec![(self.lane(from)?, Exact::ONE)];
                for one in less {
                    terms.push((self.lane(one)?, Exact::from_int(-1)));
                }
                let all = linear(&Exact::ZERO, terms)?;
                match floor {
                    None => Some(all),
                    Some(floor) => extreme(vec![all, constant(floor)?], true),
                }
            }
            Code::Clamp { of, low, high } => {
                let mut result = self.lane(of)?;
                if let Some(low) = low {
                    result = extreme(vec![result, constant(low)?], true)?;
                }
                if let Some(high) = high {
                    result = extreme(vec![result, constant(high)?], false)?;
                }
                Some(result)
            }
            Code::Abs(of) => {
                let (lane, shape) = self.lane(of)?;
                fits(Lane::Abs(Box::new(lane)), shape.den, shape.most)
            }
            Code::Divide { of, by, .. } => match &**by {
                Code::Constant(value) | Code::Seconds(value) => {
                    linear(&Exact::ZERO, vec![(self.lane(of)?, Exact::ONE.divide(value).ok()?)])
                }
                _ => None,
            },
            Code::Round { of, digits, mode } => {
                let (lane, shape) = self.lane(of)?;
                let power = power(*digits)?;
                let shared = gcd(power, shape.den);
                let (times, by) = (power / shared, shape.den / shared);
                let most = shape.most.checked_mul(i128::from(times))? + i128::from(by);
                if most >= LARGEST {
                    return None;
                }
                let lane = if by == 1 {
                    scaled(lane, times)
                } else {
                    Lane::Round { of: Box::new(lane), times, divide: Divide::new(by, *mode, most) }
                };
                fits(lane, power, most / i128::from(by) + 1)
            }
            Code::Table { of, table } => {
                let (lane, shape) = self.lane(of)?;
                let mut den = table.otherwise.denominator()?;
                let mut times = 1i64;
                for band in &table.bands {
                    den = lcm(den, band.points.denominator()?)?;
                    let whole = lcm(shape.den, band.edge.denominator()?)? / shape.den;
                    times = lcm(times, whole)?;
                }
                if shape.most.checked_mul(i128::from(times))? >= LARGEST {
                    return None;
                }
                let fine = shape.den.checked_mul(times)?;
                let bands: Option<Vec<(Relation, i64, i64)>> = table
                    .bands
                    .iter()
                    .map(|band| Some((band.is, band.edge.over(fine)?, band.points.over(den)?)))
                    .collect();
                let bands = bands?;
                let otherwise = table.otherwise.over(den)?;
                let most = bands
                    .iter()
                    .map(|(_, _, points)| i128::from(*points).abs())
                    .fold(i128::from(otherwise).abs(), i128::max);
                fits(Lane::Table { of: Box::new(lane), times, bands, otherwise }, den, most)
            }
            Code::When(branch) => {
                let Test::Compare { left, is, right } = &branch.is else { return None };
                let (left, right) = (self.lane(left)?, self.lane(right)?);
                let ([left, right], _) = aligned([left, right])?;
                let ([then, otherwise], den) = aligned([self.lane(&branch.then)?, self.lane(&branch.otherwise)?])?;
                let most = then.1.max(otherwise.1);
                let lane = Lane::Choose {
                    left: Box::new(left.0),
                    is: *is,
                    right: Box::new(right.0),
                    then: Box::new(then.0),
                    otherwise: Box::new(otherwise.0),
                };
                fits(lane, den, most)
            }
            Code::Own(_)
            | Code::Panel { .. }
            | Code::EachJudge { .. }
            | Code::EachAttempt { .. }
            | Code::Answer { .. }
            | Code::Parameter(_)
            | Code::Datum(_)
            | Code::Age { .. }
            | Code::Trim(_)
            | Code::Take { .. }
            | Code::Root { .. }
            | Code::Wide(_)
            | Code::Rank
            | Code::AwardPoints { .. }
            | Code::Members { .. } => None,
        }
    }

    /// An item that is marked once, and the denominator of its marks.
    fn item(&self, index: usize) -> Option<(&Item, i64)> {
        let item = self.rulebook.items.get(index).filter(|item| item.attempt_count() == 1)?;
        Some((item, super::super::columns::finest(item)))
    }

    fn fold(&self, fold: Fold, of: &[Code]) -> Made {
        if let [one] = of
            && let Some((item, cut, seats)) = self.panel(one)
        {
            return self.panel_fold(fold, item, cut, seats);
        }
        let lanes = of.iter().map(|one| self.lane(one)).collect::<Option<Vec<_>>>()?;
        let count = i64::try_from(lanes.len()).ok()?;
        match fold {
            Fold::Sum => linear(&Exact::ZERO, lanes.into_iter().map(|lane| (lane, Exact::ONE)).collect()),
            Fold::Mean => {
                let share = Exact::ratio(1, count).ok()?;
                linear(&Exact::ZERO, lanes.into_iter().map(|lane| (lane, share.clone())).collect())
            }
            Fold::Min => extreme(lanes, false),
            Fold::Max => extreme(lanes, true),
            Fold::Times => {
                let mut all = lanes.into_iter();
                let first = all.next()?;
                all.try_fold(first, |(left, shape), (right, other)| {
                    let den = shape.den.checked_mul(other.den)?;
                    fits(Lane::Product(Box::new(left), Box::new(right)), den, shape.most.checked_mul(other.most)?)
                })
            }
            Fold::Median | Fold::Count => None,
        }
    }

    /// A whole panel, with or without its extremes: item, how many are cut, how many judges.
    fn panel(&self, code: &Code) -> Option<(usize, (usize, usize), usize)> {
        let seats = |item: usize| {
            let rule = self.rulebook.items.get(item).filter(|item| item.attempt_count() == 1)?;
            Some(usize::from(self.rulebook.panel(rule.panel()?)?.seats))
        };
        match code {
            // A full panel has every mark; one that has not is computed in the other way, policies and all.
            Code::Panel { item, policy } => {
                let seats = seats(*item)?;
                (policy.minimum <= seats).then_some((*item, (0, 0), seats))
            }
            Code::Trim(trim) => {
                let [one] = trim.of.as_slice() else { return None };
                let (item, (low, high), seats) = self.panel(one)?;
                let (more_low, more_high) = trim.rule.cut(seats - low - high);
                (low + high + more_low + more_high < seats).then_some((item, (low + more_low, high + more_high), seats))
            }
            _ => None,
        }
    }

    fn panel_fold(&self, fold: Fold, item: usize, (low, high): (usize, usize), seats: usize) -> Made {
        let (rule, den) = self.item(item)?;
        let left = seats - low - high;
        let most = most_of(rule, den);
        let sum = |low: usize, high: usize, parts: usize| {
            let kept = i128::try_from(seats - low - high).ok()?;
            let den = den.checked_mul(i64::try_from(parts).ok()?)?;
            let width = Width::of(most * i128::try_from(seats).ok()?);
            fits(Lane::Panel(Panel { item, low, high, width, times: 1 }), den, most * kept)
        };
        match fold {
            Fold::Sum => sum(low, high, 1),
            Fold::Mean => sum(low, high, left),
            Fold::Median => {
                let cut = (left - 1) / 2;
                sum(low + cut, high + cut, left - 2 * cut)
            }
            Fold::Min => sum(low, seats - low - 1, 1),
            Fold::Max => sum(seats - high - 1, high, 1),
            Fold::Times | Fold::Count => None,
        }
    }
}

fn constant(value: &Exact) -> Made {
    let den = value.denominator()?;
    let parts = value.over(den)?;
    fits(Lane::Constant(parts), den, i128::from(parts).abs())
}

/// A constant and each lane times its weight.
fn linear(start: &Exact, terms: Vec<((Lane, Shape), Exact)>) -> Made {
    let mut den = start.denominator()?;
    for ((_, shape), by) in &terms {
        den = lcm(den, shape.den.checked_mul(by.denominator()?)?)?;
    }
    let constant = start.over(den)?;
    let mut most = i128::from(constant).abs();
    let mut lanes = Vec::with_capacity(terms.len());
    for ((lane, shape), by) in terms {
        let times = by.over(den / shape.den)?;
        most = most.checked_add(shape.most.checked_mul(i128::from(times).abs())?)?;
        lanes.push((lane, times));
    }
    fits(sum(constant, lanes), den, most)
}

/// A constant and each lane so many times.
fn sum(constant: i64, lanes: Vec<(Lane, i64)>) -> Lane {
    let mut spans: Vec<Span> = Vec::new();
    let mut terms = Vec::new();
    for (lane, times) in lanes {
        match lane {
            Lane::Slot(slot) => match spans.last_mut() {
                Some(span) if span.to == slot && span.times == times => span.to += 1,
                _ => spans.push(Span { from: slot, to: slot + 1, times }),
            },
            lane => terms.push((lane, times)),
        }
    }
    match terms.pop() {
        Some((lane, times)) if constant == 0 && spans.is_empty() && terms.is_empty() => scaled(lane, times),
        last => {
            terms.extend(last);
            Lane::Linear { constant, spans, terms }
        }
    }
}

/// A lane so many times; the caller has seen that it fits.
fn scaled(lane: Lane, times: i64) -> Lane {
    match lane {
        lane if times == 1 => lane,
        Lane::Panel(panel) => Lane::Panel(Panel { times: panel.times.saturating_mul(times), ..panel }),
        Lane::Slot(slot) => {
            Lane::Linear { constant: 0, spans: vec![Span { from: slot, to: slot + 1, times }], terms: Vec::new() }
        }
        lane => Lane::Linear { constant: 0, spans: Vec::new(), terms: vec![(lane, times)] },
    }
}

/// Lanes in parts of the same denominator, each with its bound.
fn aligned<const N: usize>(lanes: [(Lane, Shape); N]) -> Option<([(Lane, i128); N], i64)> {
    let den = lanes.iter().try_fold(1i64, |den, (_, shape)| lcm(den, shape.den))?;
    let mut fine = true;
    let lanes = lanes.map(|(lane, shape)| {
        let times = den / shape.den;
        let most = shape.most.saturating_mul(i128::from(times));
        fine &= most < LARGEST;
        (scaled(lane, times), most)
    });
    fine.then_some((lanes, den))
}

fn extreme(lanes: Vec<(Lane, Shape)>, largest: bool) -> Made {
    let den = lanes.iter().try_fold(1i64, |den, (_, shape)| lcm(den, shape.den))?;
    let mut most = 0i128;
    let mut of = Vec::with_capacity(lanes.len());
    for one in lanes {
        let ([(lane, bound)], own) = aligned([one])?;
        let times = den / own;
        most = most.max(bound.checked_mul(i128::from(times))?);
        of.push(scaled(lane, times));
    }
    fits(Lane::Extreme { of, largest }, den, most)
}
