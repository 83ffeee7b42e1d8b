//! What every item, node and expression of a rulebook can be.

use super::span::{Span, clamped, decimals, possible};
use crate::check::order;
use crate::exact::Exact;
use crate::rulebook::{
    AcrossFold, AnswerCount, Condition, Expr, Gap, Input, Item, Logic, Operands, PlaceTies, Rulebook,
};
use std::collections::HashMap;

/// Spans of a rulebook.
pub(super) struct Spans<'a> {
    pub book: &'a Rulebook,
    known: HashMap<&'a str, Span>,
}

impl<'a> Spans<'a> {
    pub fn new(book: &'a Rulebook) -> Self {
        let mut spans = Self { book, known: HashMap::new() };
        for slot in order(book).unwrap_or_default() {
            if let Some(item) = book.items.get(slot) {
                let settle = book.settle_of(item);
                let own = spans.of(&item.score_expr(), Some(item)).one();
                // An item nobody marked scores zero for whoever left.
                let own = own.or_value(Some(&Exact::ZERO));
                let own = [settle.not_yet, settle.absent, settle.void]
                    .iter()
                    .fold(own, |own, value| own.or_value(value.as_ref()));
                spans.known.insert(&item.id, own);
            } else if let Some(node) = slot.checked_sub(book.items.len()).and_then(|index| book.nodes.get(index)) {
                let own = spans.of(&node.value, None).one();
                spans.known.insert(&node.id, own);
            }
        }
        spans
    }

    fn mark(item: Option<&Item>) -> Span {
        let Some(item) = item else { return Span::default() };
        let stepped = |from: &Exact, step: Option<&Exact>| {
            let step = step.and_then(decimals)?;
            decimals(from).map(|from| from.max(step))
        };
        let counted = Exact::from_int(999);
        match &item.input {
            Input::Number { min, max, step } => {
                let low = min.clone().unwrap_or_default();
                let digits = stepped(&low, step.as_ref());
                Span { low: Some(low), high: max.clone().or_else(|| item.max.clone()), digits, count: Some((1, 1)) }
            }
            Input::Level { max, .. } => Span::whole(0, Exact::from_int(i64::from(*max))),
            Input::Choice { options } => {
                let mut all = options.iter().map(|option| Span::point(&option.value));
                let first = all.next().unwrap_or_default();
                all.fold(first, |span, one| span.or(&one))
            }
            Input::Tick {} | Input::Vote {} => Span::whole(0, Exact::ONE),
            Input::Deduction { each: Some(_), most, .. } | Input::Count { most, .. } => {
                Span::whole(0, most.clone().unwrap_or(counted))
            }
            Input::Deduction { each: None, step, most } => Span {
                low: Some(Exact::ZERO),
                high: most.clone().or_else(|| item.max.clone()),
                digits: stepped(&Exact::ZERO, step.as_ref()),
                count: Some((1, 1)),
            },
            Input::Answer { .. } => Span::default(),
            Input::Placing { most } => Span::whole(1, most.map_or(counted, |most| Exact::from_int(i64::from(most)))),
            Input::Time { max_seconds, step } => {
                let high = max_seconds.clone().unwrap_or_else(|| Exact::from_int(864_000));
                Span { digits: stepped(&Exact::ZERO, step.as_ref()), ..Span::between(Exact::ZERO, high) }
            }
        }
    }

    fn gaps(of: Span, gaps: &[Gap], minimum: usize, most: Option<usize>) -> Span {
        let of = if gaps.contains(&Gap::Zero) { of.or_value(Some(&Exact::ZERO)) } else { of };
        let count = most.map(|most| (if gaps.contains(&Gap::LeaveOut) { minimum.min(most) } else { most }, most));
        Span { count, ..of }
    }

    /// Operands laid out flat.
    fn flat(&self, of: &Operands, own: Option<&Item>) -> Span {
        let mut all = of.0.iter().map(|one| self.of(one, own));
        let Some(first) = all.next() else { return Span::default() };
        all.fold(first, |span, one| {
            let count = span.count.zip(one.count).map(|((a, b), (c, d))| (a + c, b + d));
            Span { count, ..span.or(&one) }
        })
    }

    fn sum(&self, of: &Operands, own: Option<&Item>) -> Span {
        of.0.iter().fold(Span::point(&Exact::ZERO), |sum, one| sum.plus(&self.of(one, own).total()))
    }

    /// What is known of an expression.
    pub fn of(&self, expr: &Expr, own: Option<&Item>) -> Span {
        match expr {
            Expr::Mark => Self::mark(own),
            Expr::Reading(id) | Expr::Own(id) => Self::mark(self.book.item(id)),
            Expr::Panel { item, minimum, absent, void } => {
                let item = item.as_ref().map_or(own, |id| self.book.item(id));
                let panel = item.and_then(Item::panel).and_then(|id| self.book.panel(id));
                let seats = panel.map(|panel| usize::from(panel.seats));
                let least = minimum.or(panel.and_then(|panel| panel.minimum)).map_or(seats.unwrap_or(1), usize::from);
                Self::gaps(Self::mark(item), &[*absent, *void], least, seats)
            }
            Expr::EachJudge { panel, of, minimum, absent, void } => {
                let panel = self.book.panel(panel);
                let seats = panel.map(|panel| usize::from(panel.seats));
                let least = minimum.or(panel.and_then(|panel| panel.minimum)).map_or(seats.unwrap_or(1), usize::from);
                Self::gaps(self.of(of, own), &[*absent, *void], least, seats)
            }
            Expr::EachAttempt { item, of, minimum, not_yet, absent, void } => {
                let item = item.as_ref().map_or(own, |id| self.book.item(id));
                let most = item.map(|item| usize::from(item.attempt_count()));
                let least = minimum.map_or(1, usize::from);
                Self::gaps(self.of(of, own), &[*not_yet, *absent, *void], least, most)
            }
            Expr::Members { of, absent, void, .. } => Self::gaps(self.of(of, own), &[*absent, *void], 1, None),
            Expr::Answer { item, count, .. } => {
                let item = item.as_ref().map_or(own, |id| self.book.item(id));
                let length = match item.map(|item| &item.input) {
                    Some(Input::Answer { length, .. }) => i64::from(*length),
                    _ => return Span::from(0),
                };
                match count {
                    AnswerCount::Matches => Span::whole(0, Exact::from_int(length)),
                    AnswerCount::Displacement => Span::from(0),
                    AnswerCount::Same => Span::whole(0, Exact::ONE),
                }
            }
            Expr::Item(id) | Expr::Node(id) => self.known.get(id.as_str()).cloned().unwrap_or_default(),
            Expr::Constant(value) | Expr::Seconds(value) => Span::point(value),
            Expr::Parameter(_) | Expr::Datum(_) => Span { count: Some((1, 1)), ..Span::default() },
            Expr::Age { .. } => Span { low: None, ..Span::from(0) },
            Expr::InSeconds(of) | Expr::InPlaces(of) => self.of(of, own),
            Expr::Mean(of) => {
                let all = self.flat(of, own);
                let digits = all.digits.filter(|_| all.count == Some((1, 1)));
                Span { digits, ..all.one() }
            }
            Expr::Median(of) => {
                let all = self.flat(of, own);
                let more = u8::from(all.count != Some((1, 1)));
                Span { digits: all.digits.map(|digits| digits + more), ..all.one() }
            }
            Expr::Min(of) | Expr::Max(of) => self.flat(of, own).one(),
            Expr::Sum(of) => self.sum(of, own),
            Expr::Times(of) => {
                let all: Vec<Span> = of.0.iter().map(|one| self.of(one, own)).collect();
                if all.iter().any(|one| one.count != Some((1, 1))) {
                    return Span { count: Some((1, 1)), ..Span::default() };
                }
                all.iter().fold(Span::point(&Exact::ONE), |product, one| product.times(one))
            }
            Expr::Count(of) => {
                let all = self.flat(of, own);
                let (low, high) = all.count.map_or((0, None), |(low, high)| (low, Some(high)));
                let number = |count: usize| Exact::from_int(i64::try_from(count).unwrap_or(i64::MAX));
                Span { low: Some(number(low)), high: high.map(number), digits: Some(0), count: Some((1, 1)) }
            }
            Expr::Trim(trim) => {
                let all = self.flat(&trim.of, own);
                let left = |size: usize| {
                    let (low, high) = trim.cut(size);
                    size.saturating_sub(low + high)
                };
                let count = all.count.filter(|(low, high)| high - low < 200).map(|(low, high)| {
                    let sizes = || (low..=high).map(left);
                    (sizes().min().unwrap_or(0), sizes().max().unwrap_or(0))
                });
                Span { count, ..all }
            }
            Expr::Take { of, count, .. } => {
                let all = self.flat(of, own);
                let most = usize::from(*count);
                Span { count: all.count.map(|(low, high)| (low.min(most), high.min(most))), ..all }
            }
            Expr::Weigh { of, .. } => of.iter().fold(Span::point(&Exact::ZERO), |sum, one| {
                sum.plus(&self.of(&one.of, own).times(&Span::point(&one.by)))
            }),
            Expr::Scale { of, from, to } => match to.divide(from) {
                Ok(factor) => self.of(of, own).times(&Span::point(&factor)),
                Err(_) => Span::default(),
            },
            Expr::Minus { from, less, floor } => {
                let result = self.of(from, own).plus(&self.sum(less, own).negated());
                floor.as_ref().map_or(result.clone(), |floor| clamped(result, Some(floor), None))
            }
            Expr::Clamp { of, low, high } => clamped(self.of(of, own), low.as_ref(), high.as_ref()),
            Expr::Abs(of) => {
                let of = self.of(of, own);
                let high = of.low.as_ref().zip(of.high.as_ref()).map(|(low, high)| low.abs().max(high.abs()));
                let low = of.low.clone().filter(|low| !low.is_negative()).unwrap_or_default();
                Span { low: Some(low), high, ..of }
            }
            Expr::Divide { of, by, .. } => match &**by {
                Expr::Constant(by) | Expr::Seconds(by) => match Exact::ONE.divide(by) {
                    Ok(factor) => self.of(of, own).times(&Span::point(&factor)),
                    Err(_) => Span::default(),
                },
                _ => Span { count: Some((1, 1)), ..Span::default() },
            },
            Expr::Round { of, digits, mode } => {
                let of = self.of(of, own);
                let round = |value: Option<Exact>| value.map(|value| value.round(*digits, *mode));
                let known = of.digits.map_or(*digits, |own| own.min(*digits));
                Span { low: round(of.low), high: round(of.high), digits: Some(known), count: Some((1, 1)) }
            }
            Expr::Root { digits, .. } => Span { digits: Some(*digits), ..Span::from(0) },
            Expr::Settle { of, absent, void } => self.of(of, own).or_value(absent.as_ref()).or_value(void.as_ref()),
            Expr::Table(table) => {
                let points = table.bands.iter().map(|band| Span::point(&band.points));
                points.fold(Span::point(&table.otherwise), |span, one| span.or(&one))
            }
            Expr::AwardPoints { points, otherwise } => {
                points.values().map(Span::point).fold(Span::point(otherwise), |span, one| span.or(&one))
            }
            Expr::Across { of, fold, .. } => {
                let of = self.of(of, own);
                match fold {
                    AcrossFold::Max | AcrossFold::Min => of,
                    AcrossFold::Median => Span { digits: of.digits.map(|digits| digits + 1), ..of },
                    AcrossFold::Mean => Span { digits: None, ..of },
                    AcrossFold::Sum => Span { count: None, ..of }.total(),
                    AcrossFold::Count => Span::from(0),
                }
            }
            Expr::Standardise { digits, zero, .. } => {
                let digits = decimals(zero).map(|zero| zero.max(*digits));
                Span { digits, count: Some((1, 1)), ..Span::default() }
            }
            Expr::Place { ties, .. } => Span { digits: Some(u8::from(*ties == PlaceTies::Mean)), ..Span::from(1) },
            Expr::PlacePoints { points, ties, .. } => {
                let all = points.iter().map(Span::point).fold(Span::point(&Exact::ZERO), |span, one| span.or(&one));
                Span { digits: all.digits.filter(|_| *ties != PlaceTies::Mean), ..all }
            }
            Expr::MajorityPlace(_) | Expr::Skating(_) => Span { digits: None, ..Span::from(1) },
            Expr::Rank => Span::from(1),
            Expr::When { then, otherwise, .. } => self.of(then, own).or(&self.of(otherwise, own)),
        }
    }

    /// Can a condition hold for nobody?
    pub fn never(&self, of: &Condition, empty_award: &dyn Fn(&str) -> bool) -> bool {
        match of {
            Condition::Compare(compare) => {
                let (left, right) = (self.of(&compare.left, None), self.of(&compare.right, None));
                !possible(&left, compare.is, &right)
            }
            Condition::Logic(Logic::All(all)) => all.iter().any(|one| self.never(one, empty_award)),
            Condition::Logic(Logic::Any(all)) => all.iter().all(|one| self.never(one, empty_award)),
            Condition::Logic(Logic::Award(ids)) => ids.iter().all(|id| empty_award(id)),
            Condition::Logic(Logic::Not(_) | Logic::DatumIs { .. } | Logic::OnScale { .. } | Logic::InStage(_)) => {
                false
            }
        }
    }
}
