//! Who stands in a document or bulletin.

use super::{awards::awards, standings};
use crate::command::files::Whom;
use crate::command::results::{StandingsRow, StandingsView};
use crate::competition::Competition;
use crate::envelope::Refusal;
use crate::ids::EventId;

/// The standings, and of their lines those that are asked for.
///
/// # Errors
/// `unknown-entry`, and those of [`standings::standings`].
pub fn who(state: &Competition, event: &EventId, whom: &Whom) -> Result<(StandingsView, Vec<StandingsRow>), Refusal> {
    let (view, winners) = match whom {
        Whom::Winners { top } => {
            let (view, groups) = awards(state, event, *top)?;
            (view, groups.into_iter().flat_map(|group| group.rows).map(|row| row.entry).collect())
        }
        Whom::Top(_) | Whom::All | Whom::Entry(_) => (standings::standings(state, event)?, Vec::new()),
    };
    let wanted = |row: &&StandingsRow| match whom {
        Whom::Winners { .. } => winners.contains(&row.entry),
        Whom::Top(top) => row.rank.is_some_and(|rank| *top == 0 || rank <= *top),
        Whom::All => true,
        Whom::Entry(entry) => row.entry == *entry,
    };
    let rows: Vec<StandingsRow> = view.rows.iter().filter(wanted).cloned().collect();
    if rows.is_empty() && matches!(whom, Whom::Entry(_)) {
        return Err(Refusal::new("unknown-entry"));
    }
    Ok((view, rows))
}
