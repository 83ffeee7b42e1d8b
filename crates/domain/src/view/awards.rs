//! Who gets what: the entries by award, the highest first; by rank where the rulebook has no awards.

use super::{blind, standings};
use crate::command::results::{StandingsRow, StandingsView};
use crate::competition::Competition;
use crate::envelope::Refusal;
use crate::ids::{EntryId, EventId};
use crate::results::results;
use jiangsai_scoring::Text;

/// One award, or one rank where there are no awards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwardGroup {
    /// Id of the award in the rulebook; `None` for a rank.
    pub award: Option<String>,
    /// Name of the award; empty for a rank.
    pub name: Text,
    /// The rank, where it is one.
    pub rank: Option<u32>,
    /// Who gets it, in order of rank.
    pub rows: Vec<StandingsRow>,
    /// Places nobody takes (空缺).
    pub vacant: u32,
    /// Equals on its border between whom somebody has to decide, by what they are called.
    pub unsettled: Vec<String>,
}

/// The awards of an event with the entries that get them, and the standings they were taken from. Without awards in the rulebook: the
/// first `top` ranks, ties included; 0 for every rank.
///
/// # Errors
/// As for [`standings::standings`].
pub fn awards(state: &Competition, event: &EventId, top: u32) -> Result<(StandingsView, Vec<AwardGroup>), Refusal> {
    let view = standings::standings(state, event)?;
    let results = results(state, event)?;
    let rulebook = results.engine.rulebook();
    if rulebook.awards.is_none() {
        let groups = by_rank(&view, top);
        return Ok((view, groups));
    }
    let row = |id: &String| {
        let handle = blind::handle_of(state, &EntryId::from(id.as_str()));
        view.rows.iter().find(|row| row.entry == handle).cloned()
    };
    let group = |result: &jiangsai_scoring::AwardResult| AwardGroup {
        name: rulebook.award_names(std::slice::from_ref(&result.award)).into_iter().next().unwrap_or_default(),
        award: Some(result.award.clone()),
        rank: None,
        rows: result.entries.iter().filter_map(row).collect(),
        vacant: result.vacant,
        unsettled: result.unsettled.iter().filter_map(row).map(|row| row.number).collect(),
    };
    let groups = results.outcome.awards.iter().map(group).collect();
    Ok((view, groups))
}

fn by_rank(view: &StandingsView, top: u32) -> Vec<AwardGroup> {
    let mut groups: Vec<AwardGroup> = Vec::new();
    for row in &view.rows {
        let Some(rank) = row.rank.filter(|rank| top == 0 || *rank <= top) else { continue };
        match groups.last_mut().filter(|group| group.rank == Some(rank)) {
            Some(group) => group.rows.push(row.clone()),
            None => groups.push(AwardGroup {
                award: None,
                name: Text::default(),
                rank: Some(rank),
                rows: vec![row.clone()],
                vacant: 0,
                unsettled: Vec::new(),
            }),
        }
    }
    groups
}
