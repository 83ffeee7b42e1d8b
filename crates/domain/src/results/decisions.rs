//! Which decisions between equals count. A decision holds for a group when all its members have one, made under the rule that holds, and
//! all say the same of the group. Then one that was made for three still holds for two of them, and one for two not for three.

use super::Supposed;
use crate::competition::Competition;
use crate::fact::Decision;
use crate::ids::EntryId;
use jiangsai_scoring::Board;
use jiangsai_scoring::rulebook::Last;

/// The order that was decided for a group of equals; `None` while it is not, or decisions cross.
#[must_use]
pub fn order_of(state: &Competition, by: Last, group: &[EntryId]) -> Option<Vec<EntryId>> {
    order(by, group, |entry| state.entries.get(entry)?.decision.agreed())
}

/// The places of all entries whose groups are decided.
pub(super) fn places(state: &Competition, supposed: &Supposed, by: Last, board: &Board) -> Vec<(EntryId, u32)> {
    let anything = |entry: &crate::competition::Entry| !entry.decision.is_empty();
    if !by.is_decided() || (supposed.decisions.is_empty() && !state.entries.values().any(anything)) {
        return Vec::new();
    }
    let decision = |entry: &EntryId| match supposed.decisions.get(entry) {
        None => state.entries.get(entry)?.decision.agreed(),
        own => own,
    };
    let groups = board.equals().into_iter().map(|group| group.into_iter().map(EntryId::from).collect::<Vec<_>>());
    groups.filter_map(|group| order(by, &group, decision)).flat_map(|order| order.into_iter().zip(1..)).collect()
}

fn order<'a>(by: Last, group: &[EntryId], decision: impl Fn(&EntryId) -> Option<&'a Decision>) -> Option<Vec<EntryId>> {
    let mut common: Option<Vec<EntryId>> = None;
    for entry in group {
        let decision = decision(entry).filter(|decision| decision.by == by)?;
        let own: Vec<EntryId> = decision.order.iter().filter(|id| group.contains(id)).cloned().collect();
        let said_before = common.get_or_insert_with(|| own.clone());
        let everybody = own.len() == group.len() && group.iter().all(|id| own.contains(id));
        if !everybody || *said_before != own {
            return None;
        }
    }
    common
}
