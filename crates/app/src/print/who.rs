//! Who stands in a document.

use jiangsai_domain::command::files::Whom;
use jiangsai_domain::command::results::{StandingsRow, StandingsView};
use jiangsai_domain::competition::Competition;
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::EventId;
use jiangsai_domain::view::awards::awards;
use jiangsai_domain::view::standings;
use jiangsai_locales::Lang;

/// The standings, and of their lines those that are asked for.
pub(super) fn who(
    state: &Competition,
    event: &EventId,
    whom: &Whom,
) -> Result<(StandingsView, Vec<StandingsRow>), Refusal> {
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

/// Awards of a line, in words.
pub(super) fn prizes(lang: Lang, row: &StandingsRow) -> String {
    let names: Vec<&str> = row.awards.iter().map(|name| name.get(lang.tag())).collect();
    names.join(&super::words(lang, "print-list-separator"))
}
