//! Evaluating one entry.

use super::eval::{Missing, Sheet, Value, eval, score};
use super::{Engine, FieldFault, FieldReason, Seats};
use crate::exact::Exact;
use crate::field::{Entry, EntryStatus, Mark, MarkRow};
use crate::input::check_value;
use crate::outcome::{NodeValue, PanelCheck, Score};
use crate::rulebook::{On, StatusTotal, Unmarked};

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
            On::Published => total.clone(),
            On::Exact => exact,
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
        let settle = &self.settles[item];
        let untouched = seats.iter().all(|mark| *mark == Mark::NotYet);
        match result {
            Err(Missing::NotYet) if untouched => match (&settle.not_yet, unmarked) {
                (Some(value), _) => Ok(value.clone()),
                (None, Unmarked::Zero) => Ok(Exact::ZERO),
                (None, Unmarked::NotYet) => Err(Missing::NotYet),
            },
            Err(Missing::Absent) => settle.absent.clone().ok_or(Missing::Absent),
            Err(Missing::Void) => settle.void.clone().ok_or(Missing::Void),
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
