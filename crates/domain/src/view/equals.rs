//! Entries that no rule sets apart where somebody has to decide, and decisions that hold for nobody any more.

use super::blind;
use crate::command::results::{Decided, Equals, LapsedDecision, StandingsRow};
use crate::competition::{Competition, Entry};
use crate::decide::equals::current;
use crate::ids::{EntryId, EventId};
use crate::results::order_of;
use jiangsai_scoring::Board;
use jiangsai_scoring::rulebook::Last;
use std::collections::{BTreeMap, BTreeSet};

/// The groups in order of rank; none where equals share their rank. `rows` are the lines of the standings in order.
#[must_use]
pub fn groups(state: &Competition, by: Last, board: &Board, rows: &[StandingsRow]) -> Vec<Equals> {
    if !by.is_decided() {
        return Vec::new();
    }
    board.equals().into_iter().map(|group| equals(state, by, &group, rows)).collect()
}

fn equals(state: &Competition, by: Last, group: &[String], rows: &[StandingsRow]) -> Equals {
    let ids = group.iter().map(|id| EntryId::from(id.as_str()));
    let own: BTreeMap<EntryId, EntryId> = ids.map(|id| (blind::handle_of(state, &id), id)).collect();
    let lines = || rows.iter().filter_map(|row| Some((row, own.get(&row.entry)?)));
    let entries: Vec<EntryId> = lines().map(|(_, id)| id.clone()).collect();
    let crosses = |id: &EntryId| state.entries.get(id).is_some_and(|entry| entry.decision.crosses());
    let order = order_of(state, by, &entries);
    let decided = match &order {
        Some(_) => Decided::Decided,
        None if entries.iter().any(crosses) => Decided::Crossing,
        None => Decided::Open,
    };
    let first = order.as_ref().and_then(|order| state.entries.get(order.first()?));
    Equals {
        rank: lines().filter_map(|(row, _)| row.rank).min().unwrap_or_default(),
        state: decided,
        reason: first.map(|entry| reason(state, entry)).unwrap_or_default(),
        current: current(state, &entries).into_iter().collect(),
        entries: handles(state, &order.unwrap_or(entries)),
    }
}

/// Why it was decided so; a reason of before sealing may name somebody.
fn reason(state: &Competition, entry: &Entry) -> String {
    let Some((_, version)) = entry.decision.last() else { return String::new() };
    let registered = entry.registered.value();
    registered.map(|own| blind::reason(state, &own.event, version)).unwrap_or_default()
}

/// What the entries are called in commands.
fn handles(state: &Competition, entries: &[EntryId]) -> Vec<EntryId> {
    entries.iter().map(|id| blind::handle_of(state, id)).collect()
}

/// Decisions on record that decide nothing: each with those of its entries that still have it.
#[must_use]
pub fn lapsed(state: &Competition, event: &EventId, by: Last, board: &Board) -> Vec<LapsedDecision> {
    let mut lapsed: Vec<LapsedDecision> = Vec::new();
    let recorded = state.entries_of(event).filter(|(_, entry)| !entry.decision.is_empty());
    let recorded: Vec<_> = recorded.filter_map(|(id, entry)| Some((id, entry.decision.agreed()?))).collect();
    if recorded.iter().all(|(_, decision)| decision.order.is_empty()) {
        return lapsed;
    }
    let groups = board.equals().into_iter().map(|group| group.into_iter().map(EntryId::from).collect::<Vec<_>>());
    let holding: BTreeSet<EntryId> = groups.filter_map(|group| order_of(state, by, &group)).flatten().collect();
    for (id, decision) in &recorded {
        let used = |one: &EntryId| {
            holding.contains(one) && recorded.iter().any(|(own, other)| *own == one && *other == *decision)
        };
        if decision.order.is_empty() || decision.order.iter().any(used) {
            continue;
        }
        let has_it = |one: &&EntryId| recorded.iter().any(|(own, other)| own == one && other == decision);
        let first = decision.order.iter().find(has_it);
        if first == Some(*id) {
            let entries: Vec<EntryId> = decision.order.iter().filter(has_it).cloned().collect();
            lapsed.push(LapsedDecision { entries: handles(state, &entries), by: decision.by });
        }
    }
    lapsed
}

/// Groups that nobody has decided between.
#[must_use]
pub fn undecided(state: &Competition, by: Last, board: &Board) -> usize {
    if !by.is_decided() {
        return 0;
    }
    let groups = board.equals().into_iter().map(|group| group.into_iter().map(EntryId::from).collect::<Vec<_>>());
    groups.filter(|group| order_of(state, by, group).is_none()).count()
}

/// Conflicts between decisions: entries with the same crossing orders count once.
#[must_use]
pub fn crossings(state: &Competition, event: &EventId) -> usize {
    let crossing = state.entries_of(event).filter(|(_, entry)| entry.decision.crosses());
    let orders = crossing.map(|(_, entry)| {
        entry.decision.standing().into_iter().map(|(_, version)| version.value.order.clone()).collect::<BTreeSet<_>>()
    });
    orders.collect::<BTreeSet<_>>().len()
}

/// The name of who decides, as it stands in locale keys.
#[must_use]
pub const fn name(last: Option<Last>) -> &'static str {
    match last {
        None | Some(Last::Share) => "share",
        Some(Last::Draw) => "draw",
        Some(Last::PlayOff) => "play_off",
        Some(Last::Manual) => "manual",
    }
}
