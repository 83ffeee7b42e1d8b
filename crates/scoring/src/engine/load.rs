//! From a field to a sheet: every mark in its place, or every fault.

use super::code::Date;
use super::misfit::{FieldFault, FieldReason};
use super::plan::Plan;
use super::sheet::{Sheet, parameters};
use super::sitting::sitting;
use crate::exact::Exact;
use crate::field::{Entry, Field, Mark, MarkRow};
use crate::input::check_mark;
use std::collections::{HashMap, HashSet};

/// A sheet with a field's marks.
pub(super) fn load(plan: &Plan, field: &Field) -> Result<Sheet, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let mut by_id: HashMap<&str, usize> = HashMap::with_capacity(field.entries.len());
    for (index, entry) in field.entries.iter().enumerate() {
        if by_id.insert(&entry.id, index).is_some() {
            faults.push(FieldFault::entry(&entry.id, FieldReason::DuplicateEntry));
        }
        if plan.since(entry).is_none() {
            faults.push(FieldFault::entry(&entry.id, FieldReason::UnknownStage));
        }
    }
    let mut sheet = Sheet::new(plan, &field.entries, sitting(plan, field, &by_id)?);
    data(plan, &field.entries, &mut sheet, &mut faults);
    match parameters(plan, &field.parameters) {
        Ok(parameters) => sheet.parameters = parameters,
        Err(wrong) => faults.extend(wrong.into_iter().map(|(id, value)| {
            let reason = FieldReason::Parameter { id, value };
            FieldFault { row: None, entry: None, item: None, judge: None, reason }
        })),
    }
    marks(plan, field, &by_id, &mut sheet, &mut faults);
    if faults.is_empty() {
        return Ok(sheet);
    }
    faults.sort_by_key(|fault| (fault.row, fault.entry.clone()));
    Err(faults)
}

/// The data of the entries, as numbers and as texts.
fn data(plan: &Plan, entries: &[Entry], sheet: &mut Sheet, faults: &mut Vec<FieldFault>) {
    let text = |entry: &Entry, name: &str| entry.data.get(name).map_or("", |text| text.trim()).to_owned();
    sheet.texts = plan.texts.iter().map(|name| entries.iter().map(|entry| text(entry, name)).collect()).collect();
    for name in &plan.numbers {
        let column = entries.iter().map(|entry| {
            let text = text(entry, name);
            match Exact::parse_decimal(&text) {
                _ if text.is_empty() => None,
                Ok(value) => Some(value),
                Err(_) => {
                    faults.push(FieldFault::entry(&entry.id, FieldReason::NotANumber { name: name.clone() }));
                    None
                }
            }
        });
        sheet.numbers.push(column.collect());
    }
    for name in plan.rulebook.dates() {
        for entry in entries {
            let text = text(entry, name);
            if !text.is_empty() && Date::read(&text).is_none() {
                faults.push(FieldFault::entry(&entry.id, FieldReason::NotADate { name: name.to_owned() }));
            }
        }
    }
}

fn marks(plan: &Plan, field: &Field, by_id: &HashMap<&str, usize>, sheet: &mut Sheet, faults: &mut Vec<FieldFault>) {
    let places: Vec<HashMap<&str, usize>> = sheet
        .sitting
        .own
        .iter()
        .map(|judges| judges.iter().enumerate().map(|(seat, judge)| (judge.as_str(), seat)).collect())
        .collect();
    let mut placed = Vec::with_capacity(field.marks.len());
    let mut taken: HashSet<(usize, usize)> = HashSet::with_capacity(field.marks.len());
    for (row, mark) in field.marks.iter().enumerate() {
        match place(plan, by_id, &places, sheet, mark) {
            Err(reason) => faults.push(FieldFault::mark(Some(row), mark, reason)),
            Ok((item, cell)) if taken.insert((item, cell)) => placed.push((item, cell, &mark.mark)),
            Ok(_) => faults.push(FieldFault::mark(Some(row), mark, FieldReason::DuplicateMark)),
        }
    }
    for (item, cell, mark) in placed {
        sheet.marks[item].set(cell, mark);
    }
}

/// Item and cell of a mark.
fn place(
    plan: &Plan,
    by_id: &HashMap<&str, usize>,
    places: &[HashMap<&str, usize>],
    sheet: &Sheet,
    mark: &MarkRow,
) -> Result<(usize, usize), FieldReason> {
    let entry = *by_id.get(mark.entry.as_str()).ok_or(FieldReason::UnknownEntry)?;
    let index = plan.by_id.get(&mark.item).copied().filter(|slot| *slot < plan.rulebook.items.len());
    let index = index.ok_or(FieldReason::UnknownItem)?;
    let item = &plan.rulebook.items[index];
    if mark.stage.is_some() && mark.stage != item.stage {
        return Err(FieldReason::UnknownStage);
    }
    if mark.attempt == 0 || mark.attempt > item.attempt_count() {
        return Err(FieldReason::UnknownAttempt);
    }
    let seat = match (plan.item_panels[index], &mark.judge) {
        (None, None) => 0,
        (None, Some(_)) => return Err(FieldReason::JudgeNotExpected),
        (Some(_), None) => return Err(FieldReason::JudgeMissing),
        (Some(panel), Some(judge)) => {
            let own = places.get(panel).and_then(|places| places.get(judge.as_str())).copied();
            let seat = sheet.sitting.seat_among(panel, entry, judge, own);
            seat.filter(|seat| *seat < sheet.marks[index].seats).ok_or(FieldReason::UnknownJudge)?
        }
    };
    if !matches!(mark.mark, Mark::NotYet | Mark::Absent | Mark::Void) {
        check_mark(item, &mark.mark).map_err(FieldReason::Mark)?;
    }
    Ok((index, sheet.marks[index].index(entry, usize::from(mark.attempt - 1), seat)))
}
