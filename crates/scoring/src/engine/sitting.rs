//! Who sits where: the judges of each panel in seat order, and those who take the seat of another for single entries (候补裁判).

use super::code::{Wide, WideKind};
use super::misfit::{FieldFault, FieldReason};
use super::plan::Plan;
use crate::field::{Field, MarkRow};
use crate::rulebook::Rulebook;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The judges of each panel.
#[derive(Clone, Debug, Default)]
pub(super) struct Sitting {
    /// By panel, in seat order.
    pub own: Vec<Vec<String>>,
    /// Seats that somebody else has for one entry, by panel and entry.
    others: HashMap<(usize, usize), Vec<(usize, String)>>,
}

/// A judge who marked in the seat of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Substitute {
    /// The panel's id.
    pub panel: String,
    /// Who marked.
    pub judge: String,
    /// Whose seat it is.
    pub seat_of: String,
    /// The entries it was for, in the order of the field.
    pub entries: Vec<String>,
}

impl Sitting {
    /// Judges who keep their own seats.
    pub fn of(own: Vec<Vec<String>>) -> Self {
        Self { own, others: HashMap::new() }
    }

    /// The seat of a judge for an entry.
    pub fn seat(&self, panel: usize, entry: usize, judge: &str) -> Option<usize> {
        let own = self.own.get(panel)?.iter().position(|one| one == judge);
        self.seat_among(panel, entry, judge, own)
    }

    /// As [`Sitting::seat`], where the seat of its own is known.
    pub fn seat_among(&self, panel: usize, entry: usize, judge: &str, own: Option<usize>) -> Option<usize> {
        if self.others.is_empty() {
            return own;
        }
        let others = self.others.get(&(panel, entry)).map_or(&[][..], Vec::as_slice);
        match others.iter().find(|(_, other)| other == judge) {
            Some((seat, _)) => Some(*seat),
            None => own.filter(|seat| others.iter().all(|(taken, _)| taken != seat)),
        }
    }

    /// Who has a seat for an entry.
    pub fn judge(&self, panel: usize, entry: usize, seat: usize) -> Option<&String> {
        let others = self.others.get(&(panel, entry)).into_iter().flatten();
        let other = others.filter(|(taken, _)| *taken == seat).map(|(_, judge)| judge).next();
        other.or_else(|| self.own.get(panel)?.get(seat))
    }

    /// Everybody who marked in the seat of another; `ids` are those of the entries.
    pub fn substitutes(&self, plan: &Plan, ids: &[&str]) -> Vec<Substitute> {
        let mut all: BTreeMap<(usize, &String, &String), Vec<usize>> = BTreeMap::new();
        for ((panel, entry), others) in &self.others {
            for (seat, judge) in others {
                if let Some(own) = self.own.get(*panel).and_then(|judges| judges.get(*seat)) {
                    all.entry((*panel, judge, own)).or_default().push(*entry);
                }
            }
        }
        all.into_iter()
            .map(|((panel, judge, own), mut entries)| {
                entries.sort_unstable();
                Substitute {
                    panel: plan.rulebook.panels.get(panel).map(|panel| panel.id.clone()).unwrap_or_default(),
                    judge: judge.clone(),
                    seat_of: own.clone(),
                    entries: entries.into_iter().filter_map(|entry| ids.get(entry)).map(ToString::to_string).collect(),
                }
            })
            .collect()
    }
}

/// Who sits on each panel: as the field says, otherwise everybody who marked one of the panel's items, in order of id. Where more have
/// marked than there are seats, those who marked the most entries have a seat of their own, and for each entry the others take the seats
/// of those who did not mark it. A seat nobody sits on counts as not marked yet.
///
/// # Errors
/// Unknown panels, judges that sit twice, more judges than seats, somebody in the seat of another where judges are compared over entries.
pub(super) fn sitting(plan: &Plan, field: &Field, by_id: &HashMap<&str, usize>) -> Result<Sitting, Vec<FieldFault>> {
    let panels = &plan.rulebook.panels;
    let mut faults = Vec::new();
    for id in field.panels.keys().filter(|id| panels.iter().all(|panel| panel.id != **id)) {
        faults.push(FieldFault::panel(None, FieldReason::UnknownPanel { panel: id.clone() }));
    }
    let listed: Vec<bool> = panels.iter().map(|panel| field.panels.contains_key(&panel.id)).collect();
    let mut seen: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); panels.len()];
    for mark in &field.marks {
        if let Some((panel, judge)) = place(plan, mark).filter(|(panel, _)| !listed[*panel]) {
            seen[panel].insert(judge);
        }
    }
    let mut all = Sitting::default();
    for ((index, panel), marked) in panels.iter().enumerate().zip(seen) {
        let own = field.panels.get(&panel.id);
        let judges: Vec<String> = own.cloned().unwrap_or_else(|| marked.iter().map(ToString::to_string).collect());
        let found = judges.len();
        if found <= usize::from(panel.seats) {
            let mut sitting = BTreeSet::new();
            for judge in judges.iter().filter(|judge| !sitting.insert(judge.as_str())) {
                faults.push(FieldFault::panel(Some(judge), FieldReason::DuplicateJudge));
            }
            all.own.push(judges);
            continue;
        }
        if own.is_none() && !plan.compared[index] {
            match share(plan, field, by_id, index) {
                Ok((own, others)) => {
                    all.own.push(own);
                    all.others.extend(others.into_iter().map(|(entry, seats)| ((index, entry), seats)));
                }
                Err(beyond) => faults.extend(beyond),
            }
            continue;
        }
        let (panel, seats) = (panel.id.clone(), panel.seats);
        let reason = match own {
            Some(_) => FieldReason::TooManyJudges { panel, seats, found },
            None => FieldReason::ComparedJudges { panel, seats, found },
        };
        faults.push(FieldFault::panel(None, reason));
    }
    if faults.is_empty() { Ok(all) } else { Err(faults) }
}

/// The panel a mark is for and its judge.
fn place<'a>(plan: &Plan, mark: &'a MarkRow) -> Option<(usize, &'a str)> {
    let panel = plan.by_id.get(&mark.item).and_then(|slot| plan.item_panels.get(*slot)).copied().flatten()?;
    Some((panel, mark.judge.as_deref()?))
}

/// Seats that somebody else has, by entry.
type Others = BTreeMap<usize, Vec<(usize, String)>>;

/// More judges than seats: who has one of its own, and who takes which for an entry.
fn share(
    plan: &Plan,
    field: &Field,
    by_id: &HashMap<&str, usize>,
    panel: usize,
) -> Result<(Vec<String>, Others), Vec<FieldFault>> {
    let rule = &plan.rulebook.panels[panel];
    let seats = usize::from(rule.seats);
    let mut by_entry: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    let mut faults = Vec::new();
    for (row, mark) in field.marks.iter().enumerate() {
        let Some((_, judge)) = place(plan, mark).filter(|(own, _)| *own == panel) else { continue };
        // An entry that is not there is a fault of its own.
        let Some(entry) = by_id.get(mark.entry.as_str()) else { continue };
        let judges = by_entry.entry(*entry).or_default();
        if judges.insert(judge) && judges.len() > seats {
            let (panel, found) = (rule.id.clone(), judges.len());
            let reason = FieldReason::TooManyJudges { panel, seats: rule.seats, found };
            faults.push(FieldFault::mark(Some(row), mark, reason));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    by_entry.values().flatten().for_each(|judge| *counts.entry(judge).or_default() += 1);
    let mut own: Vec<(&str, usize)> = counts.into_iter().collect();
    own.sort_by(|(one, marked), (other, others)| others.cmp(marked).then(one.cmp(other)));
    own.truncate(seats);
    let mut own: Vec<&str> = own.into_iter().map(|(judge, _)| judge).collect();
    own.sort_unstable();
    let mut others = Others::new();
    for (entry, judges) in &by_entry {
        let free = (0..seats).filter(|seat| own.get(*seat).is_none_or(|judge| !judges.contains(judge)));
        let guests = judges.iter().filter(|judge| !own.contains(judge));
        let taken: Vec<(usize, String)> = free.zip(guests).map(|(seat, judge)| (seat, (*judge).to_owned())).collect();
        if !taken.is_empty() {
            others.insert(*entry, taken);
        }
    }
    Ok((own.into_iter().map(str::to_owned).collect(), others))
}

/// The panels each of whose judges is compared with itself over all entries.
pub(super) fn compared(rulebook: &Rulebook, item_panels: &[Option<usize>], wides: &[Wide]) -> Vec<bool> {
    let mut all = vec![false; rulebook.panels.len()];
    for wide in wides {
        let items = match &wide.kind {
            WideKind::Majority(item) => std::slice::from_ref(item),
            WideKind::Skating(items) => items,
            WideKind::Across { .. }
            | WideKind::Place { .. }
            | WideKind::Points { .. }
            | WideKind::Standardise { .. } => &[],
        };
        let placed = items.iter().filter_map(|item| item_panels.get(*item).copied().flatten());
        for panel in placed.chain(wide.panel) {
            if let Some(own) = all.get_mut(panel) {
                *own = true;
            }
        }
    }
    all
}
