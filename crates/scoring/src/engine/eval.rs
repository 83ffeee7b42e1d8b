//! The laws of the expressions: one function from code and marks to a value or the reason there is none.

use super::code::{Code, Fold, Trimmed};
use crate::exact::Exact;
use crate::field::Mark;
use crate::outcome::Score;
use crate::rulebook::Gap;

/// Why there is no value. Where several apply, the largest does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Missing {
    Absent,
    Void,
    NotYet,
}

pub(super) type Value = Result<Exact, Missing>;

pub(super) fn score(value: Value) -> Score {
    match value {
        Ok(value) => Score::Value(value),
        Err(Missing::NotYet) => Score::NotYet,
        Err(Missing::Absent) => Score::Absent,
        Err(Missing::Void) => Score::Void,
    }
}

fn value(score: &Score) -> Value {
    match score {
        Score::Value(value) => Ok(value.clone()),
        Score::NotYet => Err(Missing::NotYet),
        Score::Absent => Err(Missing::Absent),
        Score::Void => Err(Missing::Void),
    }
}

pub(super) fn mark_value(mark: &Mark) -> Value {
    match mark {
        Mark::Value(value) => Ok(value.clone()),
        Mark::NotYet => Err(Missing::NotYet),
        Mark::Absent => Err(Missing::Absent),
        Mark::Void => Err(Missing::Void),
    }
}

/// What an expression may look at.
pub(super) struct Sheet<'a> {
    pub marks: &'a [Vec<Mark>],
    pub data: &'a [Option<Exact>],
    pub slots: &'a [Score],
}

/// Joins the reasons of operands without values.
fn both(left: Value, right: Value) -> Result<(Exact, Exact), Missing> {
    match (left, right) {
        (Ok(left), Ok(right)) => Ok((left, right)),
        (Err(one), Err(other)) => Err(one.max(other)),
        (Err(one), Ok(_)) | (Ok(_), Err(one)) => Err(one),
    }
}

/// The value of an expression.
pub(super) fn eval(code: &Code, sheet: &Sheet<'_>) -> Value {
    match code {
        Code::Mark(item) => {
            sheet.marks.get(*item).and_then(|seats| seats.first()).map_or(Err(Missing::NotYet), mark_value)
        }
        Code::Slot(slot) => sheet.slots.get(*slot).map_or(Err(Missing::NotYet), value),
        Code::Constant(value) | Code::Seconds(value) => Ok(value.clone()),
        Code::Datum(index) => sheet.data.get(*index).cloned().flatten().ok_or(Missing::Absent),
        Code::InSeconds(of) => eval(of, sheet),
        Code::Panel { .. } | Code::Trim(_) => fold(Fold::Sum, &list(std::slice::from_ref(code), sheet)?),
        Code::Fold(what, of) => fold(*what, &list(of, sheet)?),
        Code::Weigh(of) => {
            let mut total: Value = Ok(Exact::ZERO);
            for (of, by) in of {
                total = both(total, eval(of, sheet)).map(|(total, value)| total + value * by);
            }
            total
        }
        Code::Scale { of, from, to } => {
            eval(of, sheet).and_then(|value| (value * to).divide(from).map_err(|_| Missing::Absent))
        }
        Code::Minus { from, less, floor } => {
            let start = eval(from, sheet);
            let less = list(less, sheet).map(|less| less.iter().sum());
            let result = both(start, less).map(|(start, less)| start - less)?;
            Ok(floor.as_ref().map_or(result.clone(), |floor| result.max(floor.clone())))
        }
        Code::Clamp { of, low, high } => {
            let mut result = eval(of, sheet)?;
            if let Some(low) = low {
                result = result.max(low.clone());
            }
            if let Some(high) = high {
                result = result.min(high.clone());
            }
            Ok(result)
        }
        Code::Abs(of) => eval(of, sheet).map(|value| value.abs()),
        Code::Divide { of, by, zero } => {
            let (of, by) = both(eval(of, sheet), eval(by, sheet))?;
            match (of.divide(&by), zero) {
                (Ok(result), _) => Ok(result),
                (Err(_), Some(zero)) => eval(zero, sheet),
                (Err(_), None) => Err(Missing::Absent),
            }
        }
        Code::Round { of, digits, mode } => eval(of, sheet).map(|value| value.round(*digits, *mode)),
        Code::Settle { of, absent, void } => match eval(of, sheet) {
            Err(Missing::Absent) => absent.clone().ok_or(Missing::Absent),
            Err(Missing::Void) => void.clone().ok_or(Missing::Void),
            other => other,
        },
        Code::Table { of, table } => {
            let value = eval(of, sheet)?;
            let band = table.bands.iter().find(|band| band.is.holds(&value, &band.edge));
            Ok(band.map_or(&table.otherwise, |band| &band.points).clone())
        }
        Code::When(branch) => {
            let (left, right) = both(eval(&branch.left, sheet), eval(&branch.right, sheet))?;
            eval(if branch.is.holds(&left, &right) { &branch.then } else { &branch.otherwise }, sheet)
        }
    }
}

/// Operands laid out flat.
pub(super) fn list(of: &[Code], sheet: &Sheet<'_>) -> Result<Vec<Exact>, Missing> {
    let mut values = Vec::with_capacity(of.len());
    let mut missing = None;
    for code in of {
        let result = match code {
            Code::Panel { item, minimum, absent, void } => {
                let seats = sheet.marks.get(*item).map_or(&[][..], Vec::as_slice);
                panel(seats, *minimum, *absent, *void).map(|own| values.extend(own))
            }
            Code::Trim(trim) => trimmed(trim, sheet).map(|own| values.extend(own)),
            _ => eval(code, sheet).map(|own| values.push(own)),
        };
        missing = missing.max(result.err());
    }
    missing.map_or(Ok(values), Err)
}

/// The marks of a panel under its policies.
fn panel(seats: &[Mark], minimum: usize, absent: Gap, void: Gap) -> Result<Vec<Exact>, Missing> {
    let mut values = Vec::with_capacity(seats.len());
    let mut missing = None;
    for mark in seats {
        match (mark_value(mark), absent, void) {
            (Ok(value), _, _) => values.push(value),
            (Err(Missing::Absent), Gap::Zero, _) | (Err(Missing::Void), _, Gap::Zero) => values.push(Exact::ZERO),
            (Err(Missing::Absent), Gap::LeaveOut, _) | (Err(Missing::Void), _, Gap::LeaveOut) => {}
            (Err(reason), _, _) => missing = missing.max(Some(reason)),
        }
    }
    match missing {
        Some(reason) => Err(reason),
        None if values.is_empty() || values.len() < minimum => Err(Missing::Absent),
        None => Ok(values),
    }
}

fn trimmed(trim: &Trimmed, sheet: &Sheet<'_>) -> Result<Vec<Exact>, Missing> {
    let mut values = list(&trim.of, sheet)?;
    let (low, high) = trim.rule.cut(values.len());
    if low + high >= values.len() {
        return Err(Missing::Absent);
    }
    values.sort_unstable();
    values.truncate(values.len() - high);
    values.drain(..low);
    Ok(values)
}

fn fold(what: Fold, values: &[Exact]) -> Value {
    let count = Exact::from_int(i64::try_from(values.len()).unwrap_or(i64::MAX));
    match what {
        Fold::Count => Ok(count),
        Fold::Sum => Ok(values.iter().sum()),
        Fold::Times => Ok(values.iter().fold(Exact::ONE, |product, value| product * value)),
        Fold::Mean => values.iter().sum::<Exact>().divide(&count).map_err(|_| Missing::Absent),
        Fold::Min => values.iter().min().cloned().ok_or(Missing::Absent),
        Fold::Max => values.iter().max().cloned().ok_or(Missing::Absent),
        Fold::Median => {
            let mut sorted: Vec<&Exact> = values.iter().collect();
            sorted.sort_unstable();
            let middle = sorted.len() / 2;
            match (sorted.len() % 2, sorted.get(middle), middle.checked_sub(1).and_then(|below| sorted.get(below))) {
                (1, Some(value), _) => Ok((*value).clone()),
                (_, Some(upper), Some(lower)) => {
                    (*upper + *lower).divide(&Exact::from_int(2)).map_err(|_| Missing::Absent)
                }
                _ => Err(Missing::Absent),
            }
        }
    }
}
