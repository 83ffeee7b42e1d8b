//! A field under a rulebook, computed and kept in order of rank. One changed mark costs what depends on it.

use super::columns::BLOCK;
use super::counts::Counts;
use super::eval::{At, Missing, Value, eval, score};
use super::lane::{self, CHUNK, Dirty};
use super::misfit::{FieldFault, FieldReason};
use super::order::Order;
use super::plan::Plan;
use super::sheet::{Reached, Sheet};
use super::sitting::{Sitting, Substitute};
use super::{Engine, load, stages, wide};
use crate::exact::Exact;
use crate::field::{Entry, Field, Mark, MarkRow};
use crate::input::check_mark;
use crate::outcome::PanelCheck;
use crate::rulebook::{StatusTotal, Unmarked};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The state of a field: marks, values, ranks. It always holds what a computation from the beginning would give.
#[derive(Clone, Debug)]
pub struct Board {
    pub(super) plan: Arc<Plan>,
    pub(super) sheet: Sheet,
    /// Where results alone decide how many there are of each, otherwise the order.
    pub(super) counts: Option<Counts>,
    pub(super) order: Order,
    /// Entries without a rank.
    pub(super) unranked: Vec<u32>,
    /// The place of each entry's id among all ids in order.
    pub(super) by_id: Vec<u32>,
    /// Entries in order of their ids.
    pub(super) ids: Vec<u32>,
    /// Results are compared as single numbers, and only equal ones by more.
    pub(super) keyed: bool,
}

impl Engine {
    /// A board with a field's marks, computed and ranked.
    ///
    /// # Errors
    /// Every entry, judge or mark that does not fit the rulebook.
    pub fn board(&self, field: &Field) -> Result<Board, Vec<FieldFault>> {
        let sheet = load::load(self.plan(), field)?;
        let mut board = Board::of(self.plan_arc(), sheet);
        board.compute();
        Ok(board)
    }

    /// A board without marks, for entries in good order whose data are not used; panels have anonymous judges. Marks come with
    /// [`Board::fill`].
    #[must_use]
    pub fn blank(&self, entries: &[Entry]) -> Board {
        let judges =
            self.rulebook().panels.iter().map(|panel| (1..=panel.seats).map(|seat| seat.to_string()).collect());
        let mut sheet = Sheet::new(self.plan(), entries, Sitting::of(judges.collect()));
        sheet.numbers = vec![vec![None; entries.len()]; self.plan().numbers.len()];
        sheet.texts = vec![vec![String::new(); entries.len()]; self.plan().texts.len()];
        sheet.parameters = super::sheet::parameters(self.plan(), &BTreeMap::new()).unwrap_or_default();
        let mut board = Board::of(self.plan_arc(), sheet);
        board.compute();
        board
    }
}

impl Board {
    fn of(plan: Arc<Plan>, sheet: Sheet) -> Self {
        let mut ids: Vec<u32> = (0..u32::try_from(sheet.entries.len()).unwrap_or(u32::MAX)).collect();
        let id = |entry: &u32| &sheet.entries[usize::try_from(*entry).unwrap_or(usize::MAX)].id;
        ids.sort_by(|one, other| id(one).cmp(id(other)));
        let mut by_id = vec![0; ids.len()];
        for (place, entry) in (0u32..).zip(&ids) {
            by_id[usize::try_from(*entry).unwrap_or(usize::MAX)] = place;
        }
        Self { plan, sheet, counts: None, order: Order::default(), unranked: Vec::new(), by_id, ids, keyed: false }
    }

    /// How many entries there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.sheet.entries.len()
    }

    /// Is there no entry?
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.sheet.entries.is_empty()
    }

    /// The index of an entry.
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<usize> {
        let own = |entry: &u32| usize::try_from(*entry).unwrap_or(usize::MAX);
        let place = self.ids.partition_point(|entry| self.sheet.entries[own(entry)].id.as_str() < id);
        self.ids.get(place).map(own).filter(|entry| self.sheet.entries[*entry].id == id)
    }

    /// The seat of a judge at an item of an entry; the only seat of an item with one value, which has no judge.
    #[must_use]
    pub fn seat(&self, entry: usize, item: usize, judge: Option<&str>) -> Option<usize> {
        match (self.plan.item_panels.get(item)?, judge) {
            (None, None) => Some(0),
            (Some(panel), Some(judge)) => self.sheet.sitting.seat(*panel, entry, judge),
            (None, Some(_)) | (Some(_), None) => None,
        }
    }

    /// Changes one mark, named as in a field, and all that depends on it.
    ///
    /// # Errors
    /// Why the mark does not fit; nothing has changed then.
    pub fn put(&mut self, row: &MarkRow) -> Result<(), Box<FieldFault>> {
        let fault = |reason| Box::new(FieldFault::mark(None, row, reason));
        let entry = self.entry(&row.entry).ok_or_else(|| fault(FieldReason::UnknownEntry))?;
        let item = self.item(&row.item).ok_or_else(|| fault(FieldReason::UnknownItem))?;
        if row.stage.is_some() && row.stage != self.plan.rulebook.items[item].stage {
            return Err(fault(FieldReason::UnknownStage));
        }
        let seat = self.seat(entry, item, row.judge.as_deref()).ok_or_else(|| {
            fault(match (self.plan.item_panels[item], &row.judge) {
                (None, _) => FieldReason::JudgeNotExpected,
                (Some(_), None) => FieldReason::JudgeMissing,
                (Some(_), Some(_)) => FieldReason::UnknownJudge,
            })
        })?;
        let attempt = usize::from(row.attempt).checked_sub(1).ok_or_else(|| fault(FieldReason::UnknownAttempt))?;
        self.set(entry, item, attempt, seat, &row.mark).map_err(fault)
    }

    /// Everybody who marked in the seat of another, because more judges marked than there are seats.
    #[must_use]
    pub fn substitutes(&self) -> Vec<Substitute> {
        let ids: Vec<&str> = self.sheet.entries.iter().map(|entry| entry.id.as_str()).collect();
        self.sheet.sitting.substitutes(&self.plan, &ids)
    }

    /// The index of an item.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<usize> {
        self.plan.by_id.get(id).copied().filter(|slot| *slot < self.plan.rulebook.items.len())
    }

    /// Bytes that marks and values take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.sheet.bytes()
    }

    /// Puts the marks of an item in without computing; [`Board::compute`] follows. `mark` is asked for every place of the item, by entry,
    /// attempt and seat, all from 0.
    ///
    /// # Errors
    /// The first mark that the item does not allow; those before it are in.
    pub fn fill(&mut self, item: usize, mut mark: impl FnMut(usize, usize, usize) -> Mark) -> Result<(), FieldReason> {
        let rule = self.plan.rulebook.items.get(item).ok_or(FieldReason::UnknownItem)?;
        let column = self.sheet.marks.get_mut(item).ok_or(FieldReason::UnknownItem)?;
        for entry in 0..self.sheet.entries.len() {
            for attempt in 0..column.attempts {
                for seat in 0..column.seats {
                    let mark = mark(entry, attempt, seat);
                    check_mark(rule, &mark).map_err(FieldReason::Mark)?;
                    let index = column.index(entry, attempt, seat);
                    column.set(index, &mark);
                }
            }
        }
        Ok(())
    }

    /// Computes and ranks everything.
    pub fn compute(&mut self) {
        let plan = Arc::clone(&self.plan);
        self.sheet.reached.fill(Reached::default());
        let mut decided = 0;
        let mut from = 0;
        while from < plan.order.len() {
            let slot = plan.order[from];
            let stage = plan.slots[slot].stage;
            while decided < stage {
                stages::advance(&plan, &mut self.sheet, decided);
                decided += 1;
            }
            for index in plan.slots[slot].wides.clone() {
                self.sheet.wides[index] = wide::compute(&plan, &self.sheet, index);
            }
            if plan.slots[slot].lane.is_none() {
                (0..self.len()).for_each(|entry| self.compute_slot(&plan, slot, entry));
                from += 1;
                continue;
            }
            // Slots in a row that need nothing but marks and slots before them go through the field together, a piece at a time.
            let run = plan.order[from..].iter().take_while(|slot| plan.slots[**slot].lane.is_some()).count();
            self.run_lanes(&plan, &plan.order[from..from + run]);
            from += run;
        }
        while decided + 1 < plan.stages.len() {
            stages::advance(&plan, &mut self.sheet, decided);
            decided += 1;
        }
        self.sort();
    }

    fn run_lanes(&mut self, plan: &Plan, slots: &[usize]) {
        for start in (0..self.len()).step_by(CHUNK) {
            let count = CHUNK.min(self.len() - start);
            slots.iter().for_each(|slot| self.run_lane::<CHUNK>(plan, *slot, start, count));
        }
    }

    /// The values of a slot for a piece of the field, of at most `SIZE` entries, by its lane where it has one.
    fn run_lane<const SIZE: usize>(&mut self, plan: &Plan, slot: usize, start: usize, count: usize) {
        let Some(lane) = &plan.slots[slot].lane else {
            (start..start + count).for_each(|entry| self.compute_slot(plan, slot, entry));
            return;
        };
        let mut dirty = Dirty::new();
        let mut values = [0i64; SIZE];
        let values = &mut values[..count.min(SIZE)];
        lane.run(&self.sheet, start, values, &mut dirty);
        if let Some(limit) = plan.rulebook.items.get(slot).and_then(|item| item.spread.as_ref()) {
            lane::wide_spread(&self.sheet.marks[slot], limit, start, values.len(), &mut dirty);
        }
        self.sheet.values.put(slot, start, values);
        if dirty.any() {
            let all = start..start + values.len();
            all.filter(|entry| dirty.is(entry - start)).for_each(|entry| self.compute_slot(plan, slot, entry));
        }
    }

    /// One value of one entry.
    fn compute_slot(&mut self, plan: &Plan, slot: usize, entry: usize) {
        let value = Self::slot_value(plan, &self.sheet, slot, entry);
        self.sheet.values.set(slot, entry, value);
    }

    fn slot_value(plan: &Plan, sheet: &Sheet, slot: usize, entry: usize) -> Value {
        let stage = plan.item_stage(slot);
        let reached = sheet.reached[entry];
        if reached.stage < stage {
            return Err(if reached.open { Missing::NotYet } else { Missing::Absent });
        }
        let result = eval(&plan.slots[slot].code, At::new(plan, sheet, entry));
        if slot < plan.rulebook.items.len() { Self::settled(plan, sheet, slot, entry, result) } else { result }
    }

    /// What an item counts after its spread check and its policies for missing values.
    fn settled(plan: &Plan, sheet: &Sheet, item: usize, entry: usize, result: Value) -> Value {
        if plan.rulebook.items[item].spread.is_some()
            && Self::spread(plan, sheet, item, entry).iter().any(|(failed, _)| *failed)
        {
            return Err(Missing::NotYet);
        }
        let settle = &plan.settles[item];
        let unmarked = plan.rule(sheet.status_in(plan.item_stage(item), entry)).unmarked;
        match result {
            Err(Missing::NotYet) if sheet.marks[item].untouched(entry) => match (&settle.not_yet, unmarked) {
                (Some(value), _) => Ok(value.clone()),
                (None, Unmarked::Zero) => At::new(plan, sheet, entry).nothing(item),
                (None, Unmarked::NotYet) => Err(Missing::NotYet),
            },
            Err(Missing::Absent) => settle.absent.clone().ok_or(Missing::Absent),
            Err(Missing::Void) => settle.void.clone().ok_or(Missing::Void),
            other => other,
        }
    }

    /// The spread checks of a panel item, one for each attempt, where they have something to say; true when one failed.
    pub(super) fn spread(plan: &Plan, sheet: &Sheet, item: usize, entry: usize) -> Vec<(bool, PanelCheck)> {
        let rule = &plan.rulebook.items[item];
        let (Some(limit), Some(column)) = (&rule.spread, sheet.marks.get(item)) else { return Vec::new() };
        let mut found = Vec::new();
        for attempt in 0..column.attempts {
            let marks: Vec<Mark> =
                (0..column.seats).map(|seat| column.mark(column.index(entry, attempt, seat))).collect();
            let values: Vec<&Exact> = marks
                .iter()
                .filter_map(|mark| match mark {
                    Mark::Value(value) => Some(value),
                    Mark::NotYet | Mark::Absent | Mark::Void | Mark::Answer(_) => None,
                })
                .collect();
            let check = |spread| PanelCheck {
                entry: sheet.entries[entry].id.clone(),
                item: rule.id.clone(),
                attempt: u16::try_from(attempt + 1).unwrap_or(u16::MAX),
                spread,
                limit: limit.to_string(),
                judges: u16::try_from(values.len()).unwrap_or(u16::MAX),
            };
            let decided = column.seats > 0 && marks.iter().all(|mark| *mark != Mark::NotYet);
            let (Some(low), Some(high)) = (values.iter().min(), values.iter().max()) else {
                found.extend(decided.then(|| (false, check(None))));
                continue;
            };
            let spread = *high - *low;
            if spread > *limit {
                found.push((true, check(Some(spread.to_string()))));
            } else if values.len() < 2 && column.seats > 1 && decided {
                // With one mark alone there is nothing to compare, which must be said rather than passed over.
                found.push((false, check(None)));
            }
        }
        found
    }

    /// Changes one mark and all that depends on it. Entry, item, attempt and seat count from 0.
    ///
    /// # Errors
    /// Why the mark does not fit; nothing has changed then.
    pub fn set(
        &mut self,
        entry: usize,
        item: usize,
        attempt: usize,
        seat: usize,
        mark: &Mark,
    ) -> Result<(), FieldReason> {
        let plan = Arc::clone(&self.plan);
        if entry >= self.len() {
            return Err(FieldReason::UnknownEntry);
        }
        let rule = plan.rulebook.items.get(item).ok_or(FieldReason::UnknownItem)?;
        let column = self.sheet.marks.get(item).ok_or(FieldReason::UnknownItem)?;
        if attempt >= column.attempts {
            return Err(FieldReason::UnknownAttempt);
        }
        if seat >= column.seats {
            return Err(FieldReason::UnknownJudge);
        }
        check_mark(rule, mark).map_err(FieldReason::Mark)?;
        let index = column.index(entry, attempt, seat);
        if plan.stages.len() > 1 {
            self.sheet.marks[item].set(index, mark);
            self.compute();
            return Ok(());
        }
        self.bring(item, entry, column.index(entry, attempt, 0));
        let everybody = plan.dependents[item].iter().any(|slot| plan.slots[*slot].wide);
        // Where results alone decide, the place can be found again from the result that was.
        let alone = self.keyed && !self.looks_deeper();
        let before = if alone { self.stood(entry) } else { None };
        if !everybody && !alone {
            self.take_out(entry);
        }
        self.sheet.marks[item].set(index, mark);
        for slot in &plan.dependents[item] {
            for index in plan.slots[*slot].wides.clone() {
                self.sheet.wides[index] = wide::compute(&plan, &self.sheet, index);
            }
            if plan.slots[*slot].wide {
                (0..self.len()).for_each(|one| self.compute_slot(&plan, *slot, one));
            } else {
                self.run_lane::<1>(&plan, *slot, entry, 1);
            }
        }
        if everybody {
            self.sort();
        } else if alone {
            self.follow(entry, before);
        } else {
            self.put_in(entry);
        }
        Ok(())
    }

    /// Looks at all that a change is going to need of an entry, whose marks of the attempt begin at `first`. In a large field each of these is far away,
    /// and memory brings those asked for together in the time of one.
    fn bring(&self, item: usize, entry: usize, first: usize) {
        let column = &self.sheet.marks[item];
        column.cells.bring(first..first + (column.seats - 1) * BLOCK + 1);
        self.sheet.values.bring(entry);
        std::hint::black_box(self.by_id.get(entry));
    }

    /// The panel checks of an entry that did not pass or could not run, in reading order.
    #[must_use]
    pub fn checks(&self, entry: usize) -> Vec<PanelCheck> {
        if entry >= self.len() {
            return Vec::new();
        }
        let items = 0..self.plan.rulebook.items.len();
        items.flat_map(|item| Self::spread(&self.plan, &self.sheet, item, entry)).map(|(_, check)| check).collect()
    }

    /// The value of an item or node as it is printed, empty where it has none; `None` when there is no such entry or id.
    #[must_use]
    pub fn shown(&self, entry: usize, id: &str) -> Option<String> {
        let slot = *self.plan.by_id.get(id)?;
        if entry >= self.len() {
            return None;
        }
        let value = if slot == self.plan.total() { self.total(entry) } else { self.value(slot, entry) };
        Some(self.plan.slots[slot].style.score(&score(value)))
    }

    /// Will an entry have a mark for an item: false once it is decided that it does not take part in the stage of the item.
    #[must_use]
    pub fn takes_part(&self, entry: usize, item: usize) -> bool {
        let stage = self.plan.item_stages.get(item).copied().flatten().unwrap_or(0);
        self.sheet.reached.get(entry).is_none_or(|reached| reached.open || stage <= reached.stage)
    }

    /// The value of a slot.
    pub(super) fn value(&self, slot: usize, entry: usize) -> Value {
        self.sheet.values.get(slot, entry)
    }

    /// The total as it is published, after what the status does to it.
    pub(super) fn total(&self, entry: usize) -> Value {
        self.by_status(entry, self.plan.total())
    }

    fn by_status(&self, entry: usize, slot: usize) -> Value {
        match self.plan.rule(self.sheet.status(entry)).total {
            StatusTotal::Computed => self.value(slot, entry),
            StatusTotal::Zero => Ok(Exact::ZERO),
            StatusTotal::None => Err(Missing::Absent),
        }
    }

    /// Has an entry a result that it can be ranked by?
    pub(super) fn has_result(&self, entry: usize) -> bool {
        match self.plan.rule(self.sheet.status(entry)).total {
            StatusTotal::Computed => self.sheet.values.has(self.ranked_slot(entry), entry),
            StatusTotal::Zero => true,
            StatusTotal::None => false,
        }
    }

    /// What an entry is ranked by: the result of the last stage it takes part in.
    pub(super) fn ranked_by(&self, entry: usize) -> Value {
        self.by_status(entry, self.ranked_slot(entry))
    }

    fn ranked_slot(&self, entry: usize) -> usize {
        self.plan.stages.get(self.stage_of(entry)).map_or(0, |stage| stage.ranked_by)
    }
}
