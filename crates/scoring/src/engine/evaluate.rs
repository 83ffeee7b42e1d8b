//! Evaluating one entry.

use super::code::{Code, Fold, Trimmed};
use super::{Engine, FieldFault, FieldReason, Seats};
use crate::exact::Exact;
use crate::field::{Entry, EntryStatus, Mark, MarkRow};
use crate::input::check_value;
use crate::outcome::{NodeValue, PanelCheck, Score};
use crate::rulebook::{Gap, StatusTotal, Unmarked};

/// Everything computed for one entry, before it is ranked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluated {
    pub(super) entry: String,
    pub(super) status: EntryStatus,
    /// The marks of each item: one, or one per seat.
    pub(super) marks: Vec<Vec<Mark>>,
    pub(super) data: Vec<Option<Exact>>,
    pub(super) slots: Vec<Score>,
    pub(super) total: Score,
    /// What is ranked: the published total or the exact one.
    pub(super) ranked_by: Score,
    pub(super) keys: Vec<Score>,
    pub(super) values: Vec<NodeValue>,
    pub(super) checks: Vec<PanelCheck>,
}

impl Evaluated {
    /// The entry's id.
    #[must_use]
    pub fn entry(&self) -> &str {
        &self.entry
    }

    /// Its total as it is published.
    #[must_use]
    pub const fn total(&self) -> &Score {
        &self.total
    }

    /// Every column's value, in the order of [`Engine::columns`].
    #[must_use]
    pub fn values(&self) -> &[NodeValue] {
        &self.values
    }

    /// Panel checks that did not pass or could not run.
    #[must_use]
    pub fn checks(&self) -> &[PanelCheck] {
        &self.checks
    }
}

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

impl Engine {
    pub(super) fn evaluate_rows<'m>(
        &self,
        seats: &Seats,
        entry: &Entry,
        rows: impl Iterator<Item = (Option<usize>, &'m MarkRow)>,
    ) -> Result<Evaluated, Vec<FieldFault>> {
        let mut faults = Vec::new();
        let marks = self.lay_out(seats, entry, rows, &mut faults);
        let mut data = Vec::with_capacity(self.data.len());
        for name in &self.data {
            let text = entry.data.get(name).map_or("", |text| text.trim());
            match Exact::parse_decimal(text) {
                _ if text.is_empty() => data.push(None),
                Ok(value) => data.push(Some(value)),
                Err(_) => {
                    data.push(None);
                    faults.push(FieldFault::entry(&entry.id, FieldReason::NotANumber { name: name.clone() }));
                }
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(self.compute(entry, marks, data))
    }

    /// Puts each mark into its place.
    fn lay_out<'m>(
        &self,
        seats: &Seats,
        entry: &Entry,
        rows: impl Iterator<Item = (Option<usize>, &'m MarkRow)>,
        faults: &mut Vec<FieldFault>,
    ) -> Vec<Vec<Mark>> {
        let panels = &self.rulebook.panels;
        let places = self.item_panels.iter().map(|panel| panel.map_or(1, |panel| usize::from(panels[panel].seats)));
        let mut marks: Vec<Vec<Mark>> = places.map(|size| vec![Mark::NotYet; size]).collect();
        let mut taken: Vec<Vec<bool>> = marks.iter().map(|seats| vec![false; seats.len()]).collect();
        for (row, mark) in rows {
            let mut fault = |reason| faults.push(FieldFault::mark(row, mark, reason));
            if mark.entry != entry.id {
                fault(FieldReason::UnknownEntry);
                continue;
            }
            let Some((index, item)) =
                self.by_id.get(&mark.item).and_then(|slot| Some((*slot, self.rulebook.items.get(*slot)?)))
            else {
                fault(FieldReason::UnknownItem);
                continue;
            };
            if mark.stage.is_some() {
                fault(FieldReason::UnknownStage);
                continue;
            }
            if mark.attempt != 1 {
                fault(FieldReason::UnknownAttempt);
                continue;
            }
            let seat = match (self.item_panels[index], &mark.judge) {
                (None, None) => 0,
                (None, Some(_)) => {
                    fault(FieldReason::JudgeNotExpected);
                    continue;
                }
                (Some(_), None) => {
                    fault(FieldReason::JudgeMissing);
                    continue;
                }
                (Some(panel), Some(judge)) => {
                    match seats.by_judge.get(panel).and_then(|seats| seats.get(judge.as_str())) {
                        Some(seat) if *seat < marks[index].len() => *seat,
                        _ => {
                            fault(FieldReason::UnknownJudge);
                            continue;
                        }
                    }
                }
            };
            if std::mem::replace(&mut taken[index][seat], true) {
                fault(FieldReason::DuplicateMark);
                continue;
            }
            if let Mark::Value(value) = &mark.mark
                && let Err(wrong) = check_value(item, value)
            {
                fault(FieldReason::Mark(wrong));
                continue;
            }
            marks[index][seat] = mark.mark.clone();
        }
        marks
    }

    fn compute(&self, entry: &Entry, marks: Vec<Vec<Mark>>, data: Vec<Option<Exact>>) -> Evaluated {
        let rule = self.status_rule(entry.status);
        let mut slots = vec![Score::NotYet; self.slots.len()];
        let mut checks = Vec::new();
        for slot in &self.order {
            let sheet = Sheet { marks: &marks, data: &data, slots: &slots };
            let mut result = eval(&self.slots[*slot].code, &sheet);
            if *slot < marks.len() {
                result = self.settle_item(*slot, &marks[*slot], result, rule.unmarked);
            }
            slots[*slot] = score(result);
        }
        for (index, seats) in marks.iter().enumerate() {
            if let Some((_, check)) = self.spread(index, seats) {
                checks.push(PanelCheck { entry: entry.id.clone(), ..check });
            }
        }
        let sheet = Sheet { marks: &marks, data: &data, slots: &slots };
        let (total, exact) = match rule.total {
            StatusTotal::Computed => (slots[self.total].clone(), score(eval(&self.exact_total, &sheet))),
            StatusTotal::Zero => (Score::Value(Exact::ZERO), Score::Value(Exact::ZERO)),
            StatusTotal::None => (Score::Absent, Score::Absent),
        };
        let keys = self.keys.iter().map(|(code, _)| score(eval(code, &sheet))).collect();
        let ranked_by = match self.rulebook.ranking.on {
            crate::rulebook::On::Published => total.clone(),
            crate::rulebook::On::Exact => exact,
        };
        let values = self
            .columns
            .iter()
            .zip(&self.column_slots)
            .map(|(column, slot)| {
                let score = if *slot == self.total { total.clone() } else { slots[*slot].clone() };
                NodeValue { node: column.id.clone(), shown: self.slots[*slot].style.score(&score), score }
            })
            .collect();
        Evaluated {
            entry: entry.id.clone(),
            status: entry.status,
            marks,
            data,
            slots,
            total,
            ranked_by,
            keys,
            values,
            checks,
        }
    }

    /// What an item counts after its spread check and its policies for missing values.
    pub(super) fn settle_item(&self, item: usize, seats: &[Mark], result: Value, unmarked: Unmarked) -> Value {
        if matches!(self.spread(item, seats), Some((true, _))) {
            return Err(Missing::NotYet);
        }
        let rule = &self.rulebook.items[item];
        let settle = self.rulebook.settle_of(rule);
        let untouched = seats.iter().all(|mark| *mark == Mark::NotYet);
        match result {
            Err(Missing::NotYet) if untouched => match (settle.not_yet, unmarked) {
                (Some(value), _) => Ok(value),
                (None, Unmarked::Zero) => Ok(Exact::ZERO),
                (None, Unmarked::NotYet) => Err(Missing::NotYet),
            },
            Err(Missing::Absent) => settle.absent.ok_or(Missing::Absent),
            Err(Missing::Void) => settle.void.ok_or(Missing::Void),
            other => other,
        }
    }

    /// The spread check of a panel item, where it has something to say; true when it failed.
    fn spread(&self, item: usize, seats: &[Mark]) -> Option<(bool, PanelCheck)> {
        let rule = &self.rulebook.items[item];
        let limit = rule.spread.as_ref()?;
        let values: Vec<&Exact> = seats
            .iter()
            .filter_map(|mark| match mark {
                Mark::Value(value) => Some(value),
                Mark::NotYet | Mark::Absent | Mark::Void => None,
            })
            .collect();
        let check = |spread| PanelCheck {
            entry: String::new(),
            item: rule.id.clone(),
            spread,
            limit: limit.to_string(),
            judges: u16::try_from(values.len()).unwrap_or(u16::MAX),
        };
        let (Some(low), Some(high)) = (values.iter().min(), values.iter().max()) else {
            let decided = !seats.is_empty() && seats.iter().all(|mark| *mark != Mark::NotYet);
            return decided.then(|| (false, check(None)));
        };
        let spread = *high - *low;
        if spread > *limit {
            return Some((true, check(Some(spread.to_string()))));
        }
        // With one mark alone there is nothing to compare, which must be said rather than passed over.
        let impossible = values.len() < 2 && seats.len() > 1 && seats.iter().all(|mark| *mark != Mark::NotYet);
        impossible.then(|| (false, check(None)))
    }
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
        Code::Mark(item) => sheet.marks.get(*item).and_then(|seats| seats.first()).map_or(Err(Missing::NotYet), mark_value),
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
