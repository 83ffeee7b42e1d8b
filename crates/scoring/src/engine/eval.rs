//! The laws of the expressions: from code and a sheet to a value or the reason there is none.

mod answer;
mod list;

pub(super) use list::{gap as policy_gap, list, policy_list, taken};

use super::code::{Code, Date, Fold, Test};
use super::plan::Plan;
use super::sheet::{ParameterValue, Sheet};
use crate::exact::Exact;
use crate::outcome::Score;
use crate::rulebook::{Input, StatusTotal, TeamPart, Unmarked};

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

/// For whom an expression is computed.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub plan: &'a Plan,
    pub sheet: &'a Sheet,
    pub entry: usize,
    pub seat: usize,
    pub attempt: usize,
    pub after: Option<&'a After<'a>>,
}

/// What is known once entries are ranked.
#[derive(Clone, Copy)]
pub(super) struct After<'a> {
    pub ranks: &'a [Option<u32>],
    /// Awards of each entry, as indices of tiers.
    pub awards: &'a [Vec<usize>],
    /// The members of the team at hand.
    pub members: &'a [usize],
}

impl<'a> At<'a> {
    pub const fn new(plan: &'a Plan, sheet: &'a Sheet, entry: usize) -> Self {
        Self { plan, sheet, entry, seat: 0, attempt: 0, after: None }
    }

    /// The cell of an item for the attempt at hand.
    pub fn cell(&self, item: usize, seat: usize) -> Value {
        let Some(column) = self.sheet.marks.get(item) else { return Err(Missing::NotYet) };
        column.value(column.index(self.entry, self.attempt.min(column.attempts - 1), seat))
    }

    /// Does the status of the entry make nothing of the attempt at hand, which nobody marked while others of the item are?
    fn skips(&self, item: usize) -> bool {
        let status = self.sheet.status_in(self.plan.item_stage(item), self.entry);
        self.plan.rule(status).unmarked == Unmarked::Zero
            && self.sheet.marks.get(item).is_some_and(|column| column.skipped(self.entry, self.attempt))
    }

    /// The least an item can be. A time or a placing of zero would be the best of all: those are absent.
    pub fn nothing(&self, item: usize) -> Value {
        match self.plan.rulebook.items.get(item).map(|item| &item.input) {
            None | Some(Input::Time { .. } | Input::Placing { .. }) => Err(Missing::Absent),
            Some(_) => Ok(Exact::ZERO),
        }
    }

    /// What the status makes of the total; for its team, a member like any other keeps what was computed.
    fn total(&self, computed: Value) -> Value {
        let rule = self.plan.rule(self.status());
        if rule.team == Some(TeamPart::Member) && self.after.is_some_and(|after| !after.members.is_empty()) {
            return computed;
        }
        match rule.total {
            StatusTotal::Computed => computed,
            StatusTotal::Zero => Ok(Exact::ZERO),
            StatusTotal::None => Err(Missing::Absent),
        }
    }

    fn status(&self) -> crate::EntryStatus {
        self.sheet.status(self.entry)
    }
}

/// Joins the reasons of operands without values.
pub(super) fn both(left: Value, right: Value) -> Result<(Exact, Exact), Missing> {
    match (left, right) {
        (Ok(left), Ok(right)) => Ok((left, right)),
        (Err(one), Err(other)) => Err(one.max(other)),
        (Err(one), Ok(_)) | (Ok(_), Err(one)) => Err(one),
    }
}

/// The value of an expression.
pub(super) fn eval(code: &Code, at: At<'_>) -> Value {
    match code {
        Code::Mark(item) => at.cell(*item, 0),
        Code::Own(item) => at.cell(*item, at.seat),
        Code::Answer { item, key, count } => answer::count(at, *item, key, *count),
        Code::Parameter(index) => match at.sheet.parameter(at.plan, *index, at.entry) {
            Some(ParameterValue::Number(value)) => Ok(value.clone()),
            // It is sealed until the session ends.
            Some(ParameterValue::Letters(_)) | None => Err(Missing::NotYet),
        },
        Code::Slot(slot) => {
            let own = at.sheet.values.get(*slot, at.entry);
            if at.after.is_some() && *slot == at.plan.total() { at.total(own) } else { own }
        }
        Code::Constant(value) | Code::Seconds(value) => Ok(value.clone()),
        Code::Datum(index) => at
            .sheet
            .numbers
            .get(*index)
            .and_then(|column| column.get(at.entry))
            .cloned()
            .flatten()
            .ok_or(Missing::Absent),
        Code::Age { born, on } => {
            let text = at.sheet.texts.get(*born).and_then(|column| column.get(at.entry));
            let years = text.and_then(|text| Date::read(text)).and_then(|born| on.years_since(born));
            years.map(|years| Exact::from_int(i64::from(years))).ok_or(Missing::Absent)
        }
        Code::InSeconds(of) | Code::InPlaces(of) => eval(of, at),
        Code::Panel { .. }
        | Code::Trim(_)
        | Code::Take { .. }
        | Code::EachJudge { .. }
        | Code::EachAttempt { .. }
        | Code::Members { .. } => fold(Fold::Sum, &list(std::slice::from_ref(code), at)?),
        Code::Fold(what, of) => fold(*what, &list(of, at)?),
        Code::Weigh(of) => {
            let mut total: Value = Ok(Exact::ZERO);
            for (of, by) in of {
                total = both(total, eval(of, at)).map(|(total, value)| total + value * by);
            }
            total
        }
        Code::Scale { of, from, to } => {
            eval(of, at).and_then(|value| (value * to).divide(from).map_err(|_| Missing::Absent))
        }
        Code::Minus { from, less, floor } => {
            let start = eval(from, at);
            let less = list(less, at).map(|less| less.iter().sum());
            let result = both(start, less).map(|(start, less)| start - less)?;
            Ok(floor.as_ref().map_or(result.clone(), |floor| result.max(floor.clone())))
        }
        Code::Clamp { of, low, high } => {
            let mut result = eval(of, at)?;
            if let Some(low) = low {
                result = result.max(low.clone());
            }
            if let Some(high) = high {
                result = result.min(high.clone());
            }
            Ok(result)
        }
        Code::Abs(of) => eval(of, at).map(|value| value.abs()),
        Code::Divide { of, by, zero } => {
            let (of, by) = both(eval(of, at), eval(by, at))?;
            match (of.divide(&by), zero) {
                (Ok(result), _) => Ok(result),
                (Err(_), Some(zero)) => eval(zero, at),
                (Err(_), None) => Err(Missing::Absent),
            }
        }
        Code::Round { of, digits, mode } => eval(of, at).map(|value| value.round(*digits, *mode)),
        Code::Root { of, digits, mode } => {
            eval(of, at).and_then(|value| value.root(*digits, *mode).ok_or(Missing::Absent))
        }
        Code::Settle { of, absent, void } => match eval(of, at) {
            Err(Missing::Absent) => absent.clone().ok_or(Missing::Absent),
            Err(Missing::Void) => void.clone().ok_or(Missing::Void),
            other => other,
        },
        Code::Table { of, table } => {
            let value = eval(of, at)?;
            let band = table.bands.iter().find(|band| band.is.holds(&value, &band.edge));
            Ok(band.map_or(&table.otherwise, |band| &band.points).clone())
        }
        Code::When(branch) => eval(if test(&branch.is, at)? { &branch.then } else { &branch.otherwise }, at),
        Code::Wide(index) => wide(at, *index),
        Code::Rank => {
            let rank = at.after.and_then(|after| after.ranks.get(at.entry).copied().flatten());
            rank.map(Exact::from).ok_or(Missing::Absent)
        }
        Code::AwardPoints { points, otherwise } => {
            let own = at.after.and_then(|after| after.awards.get(at.entry)).map_or(&[][..], Vec::as_slice);
            let best = points.iter().filter(|(tier, _)| own.contains(tier)).min_by_key(|(tier, _)| *tier);
            Ok(best.map_or(otherwise, |(_, points)| points).clone())
        }
    }
}

/// A value of the field as it is for the entry, judge and attempt at hand.
fn wide(at: At<'_>, index: usize) -> Value {
    let (Some(rule), Some(values)) = (at.plan.wides.get(index), at.sheet.wides.get(index)) else {
        return Err(Missing::NotYet);
    };
    let layer = at.attempt.min(rule.attempts - 1) * rule.seats + at.seat.min(rule.seats - 1);
    values.get(layer * at.sheet.entries.len() + at.entry).cloned().unwrap_or(Err(Missing::NotYet))
}

/// Does a condition hold?
pub(super) fn test(condition: &Test, at: At<'_>) -> Result<bool, Missing> {
    let text = |index: &usize| {
        at.sheet.texts.get(*index).and_then(|column| column.get(at.entry)).map_or("", |text| text.trim())
    };
    match condition {
        Test::Compare { left, is, right } => {
            let (left, right) = both(eval(left, at), eval(right, at))?;
            Ok(is.holds(&left, &right))
        }
        Test::All(of) => several(of, at).map(|all| all.into_iter().all(|one| one)),
        Test::Any(of) => several(of, at).map(|all| all.into_iter().any(|one| one)),
        Test::Not(of) => test(of, at).map(|holds| !holds),
        Test::DatumIs { text: index, any_of } => Ok(any_of.iter().any(|one| one == text(index))),
        Test::OnScale { text: index, scale, is, than } => {
            let own = scale.iter().position(|value| value == text(index)).map_or(0, |place| place + 1);
            let number = |place: usize| Exact::from_int(i64::try_from(place).unwrap_or(i64::MAX));
            Ok(is.holds(&number(own), &number(*than)))
        }
        Test::Award(tiers) => {
            let own = at.after.and_then(|after| after.awards.get(at.entry)).map_or(&[][..], Vec::as_slice);
            Ok(own.iter().any(|tier| tiers.contains(tier)))
        }
        Test::InStage(stage) => match at.sheet.reached.get(at.entry) {
            Some(reached) if reached.stage >= *stage => Ok(true),
            Some(reached) if reached.open => Err(Missing::NotYet),
            _ => Ok(false),
        },
    }
}

fn several(of: &[Test], at: At<'_>) -> Result<Vec<bool>, Missing> {
    let results: Vec<Result<bool, Missing>> = of.iter().map(|one| test(one, at)).collect();
    match results.iter().filter_map(|one| one.err()).max() {
        Some(missing) => Err(missing),
        None => Ok(results.into_iter().flatten().collect()),
    }
}

/// Does a condition hold where a missing value means that it does not?
pub(super) fn holds(condition: &Test, at: At<'_>) -> bool {
    known(condition, at) == Some(true)
}

/// Whether a condition holds; `None` where that hangs on a missing value. What is open stays open when it is turned round.
fn known(condition: &Test, at: At<'_>) -> Option<bool> {
    let several = |of: &[Test], decides: bool| {
        let all: Vec<Option<bool>> = of.iter().map(|one| known(one, at)).collect();
        let open = all.contains(&None);
        if all.contains(&Some(decides)) { Some(decides) } else { (!open).then_some(!decides) }
    };
    match condition {
        Test::All(of) => several(of, false),
        Test::Any(of) => several(of, true),
        Test::Not(of) => known(of, at).map(|holds| !holds),
        _ => test(condition, at).ok(),
    }
}

/// Is the member at hand one without any value?
pub(super) fn is_absent_member(at: At<'_>) -> bool {
    at.plan.team_part(at.status()) == TeamPart::Absent
}

pub(super) fn fold(what: Fold, values: &[Exact]) -> Value {
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
