//! What values an expression can have: between which limits, and with how many decimals.

use crate::exact::Exact;
use crate::rulebook::Relation;

/// What is known of a value, or of each value of a list. What is not given is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub low: Option<Exact>,
    pub high: Option<Exact>,
    /// It never has more decimals.
    pub digits: Option<u8>,
    /// Fewest and most values; one where it is no list.
    pub count: Option<(usize, usize)>,
}

/// Decimals a number needs, up to twelve.
pub(super) fn decimals(value: &Exact) -> Option<u8> {
    (0..=12).find(|digits| value.round(*digits, crate::RoundMode::Down) == *value)
}

impl Span {
    pub fn point(value: &Exact) -> Self {
        Self { digits: decimals(value), ..Self::between(value.clone(), value.clone()) }
    }

    pub fn between(low: Exact, high: Exact) -> Self {
        Self { low: Some(low), high: Some(high), digits: None, count: Some((1, 1)) }
    }

    pub fn from(low: i64) -> Self {
        Self { low: Some(Exact::from_int(low)), high: None, digits: Some(0), count: Some((1, 1)) }
    }

    pub fn whole(low: i64, high: Exact) -> Self {
        Self { digits: Some(0), ..Self::between(Exact::from_int(low), high) }
    }

    /// Whatever either can be.
    pub fn or(&self, other: &Self) -> Self {
        Self {
            low: self.low.clone().zip(other.low.clone()).map(|(one, other)| one.min(other)),
            high: self.high.clone().zip(other.high.clone()).map(|(one, other)| one.max(other)),
            digits: self.digits.zip(other.digits).map(|(one, other)| one.max(other)),
            count: self.count,
        }
    }

    pub fn or_value(&self, value: Option<&Exact>) -> Self {
        value.map_or_else(|| self.clone(), |value| self.or(&Self::point(value)))
    }

    pub fn plus(&self, other: &Self) -> Self {
        Self {
            low: self.low.as_ref().zip(other.low.as_ref()).map(|(one, other)| one + other),
            high: self.high.as_ref().zip(other.high.as_ref()).map(|(one, other)| one + other),
            digits: self.digits.zip(other.digits).map(|(one, other)| one.max(other)),
            count: Some((1, 1)),
        }
    }

    pub fn negated(&self) -> Self {
        Self { low: self.high.as_ref().map(|high| -high), high: self.low.as_ref().map(|low| -low), ..self.clone() }
    }

    pub fn times(&self, other: &Self) -> Self {
        let digits = self.digits.zip(other.digits).and_then(|(one, other)| one.checked_add(other));
        let ends = self.low.as_ref().zip(self.high.as_ref()).zip(other.low.as_ref().zip(other.high.as_ref()));
        let products = ends.map(|((a, b), (c, d))| [a * c, a * d, b * c, b * d]);
        let (low, high) = match products {
            Some(all) => (all.iter().min().cloned(), all.iter().max().cloned()),
            // Without an upper limit, two values that are never below zero still make one that is not.
            None if self.is_not_negative() && other.is_not_negative() => (Some(Exact::ZERO), None),
            None => (None, None),
        };
        Self { low, high, digits, count: Some((1, 1)) }
    }

    fn is_not_negative(&self) -> bool {
        self.low.as_ref().is_some_and(|low| !low.is_negative())
    }

    /// All of a list added up.
    pub fn total(&self) -> Self {
        let Some((fewest, most)) = self.count else {
            return Self {
                low: self.low.clone().filter(|low| !low.is_negative()).map(|_| Exact::ZERO),
                high: None,
                digits: self.digits,
                count: Some((1, 1)),
            };
        };
        let times = |value: &Exact, count: usize| value * &Exact::from_int(i64::try_from(count).unwrap_or(i64::MAX));
        let low = self.low.as_ref().map(|low| times(low, if low.is_negative() { most } else { fewest }));
        let high = self.high.as_ref().map(|high| times(high, if high.is_negative() { fewest } else { most }));
        Self { low, high, digits: self.digits, count: Some((1, 1)) }
    }

    pub fn one(self) -> Self {
        Self { count: Some((1, 1)), ..self }
    }

    /// Can a value be in this relation to the edge?
    pub fn can(&self, is: Relation, edge: &Exact) -> bool {
        let above = |low: &Exact, strict: bool| if strict { low < edge } else { low <= edge };
        let below = |high: &Exact, strict: bool| if strict { high > edge } else { high >= edge };
        match is {
            Relation::Less => self.low.as_ref().is_none_or(|low| above(low, true)),
            Relation::AtMost => self.low.as_ref().is_none_or(|low| above(low, false)),
            Relation::More => self.high.as_ref().is_none_or(|high| below(high, true)),
            Relation::AtLeast => self.high.as_ref().is_none_or(|high| below(high, false)),
            Relation::Equal => {
                self.low.as_ref().is_none_or(|low| above(low, false))
                    && self.high.as_ref().is_none_or(|high| below(high, false))
            }
        }
    }

    /// Is every value in this relation to the edge?
    pub fn must(&self, is: Relation, edge: &Exact) -> bool {
        match is {
            Relation::Less => !self.can(Relation::AtLeast, edge),
            Relation::AtMost => !self.can(Relation::More, edge),
            Relation::More => !self.can(Relation::AtMost, edge),
            Relation::AtLeast => !self.can(Relation::Less, edge),
            Relation::Equal => self.low.as_ref() == Some(edge) && self.high.as_ref() == Some(edge),
        }
    }
}

/// Can two values stand in this relation?
pub(super) fn possible(left: &Span, is: Relation, right: &Span) -> bool {
    let over = |edge: &Option<Exact>, is: Relation| edge.as_ref().is_none_or(|edge| left.can(is, edge));
    match is {
        Relation::Less | Relation::AtMost => over(&right.high, is),
        Relation::More | Relation::AtLeast => over(&right.low, is),
        Relation::Equal => over(&right.high, Relation::AtMost) && over(&right.low, Relation::AtLeast),
    }
}

/// The span of a value that is held within limits.
pub(super) fn clamped(of: Span, low: Option<&Exact>, high: Option<&Exact>) -> Span {
    let digits = [low, high]
        .into_iter()
        .flatten()
        .fold(of.digits, |digits, limit| digits.zip(decimals(limit)).map(|(one, other)| one.max(other)));
    let to = |value: Exact| {
        let value = low.map_or(value.clone(), |low| value.max(low.clone()));
        high.map_or(value.clone(), |high| value.min(high.clone()))
    };
    Span {
        low: of.low.map(to).or_else(|| low.cloned()),
        high: of.high.map(to).or_else(|| high.cloned()),
        digits,
        count: Some((1, 1)),
    }
}
