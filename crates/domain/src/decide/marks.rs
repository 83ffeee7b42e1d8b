//! Entering, changing and clearing marks.

use super::{draft, entry, needs_reason, open_event};
use crate::command::marks::EnterMark;
use crate::competition::{Competition, Event};
use crate::envelope::{Draft, Refusal};
use crate::fact::{Fact, MarkPlace};
use crate::ids::{EntryId, ItemId, JudgeId};
use crate::sheet::Modules;
use crate::view::blind;
use jiangsai_scoring::rulebook::Item;
use jiangsai_scoring::{Mark, MarkFault, input};

/// One mark as typed; nothing when it is what stands.
///
/// # Errors
/// `finalised`, `sheet-signed`, `imported-sealed`, `judge-recused`, `unknown-entry`, `unknown-item`, `unknown-attempt`, `judge-needed`, `judge-not-wanted`, `judge-not-on-panel`, `stale`, `mark-<code>` when the
/// text is not a mark of the item, `reason-needed` for a change after results were final and for what the chief judge adjusts.
pub fn enter(state: &Competition, command: &EnterMark) -> Result<Vec<Draft>, Refusal> {
    let setup = open_event(state, &command.event)?;
    let id = blind::resolve(state, &command.entry)?;
    let registered = entry(state, &id)?;
    if registered.event() != Some(&command.event) {
        return Err(Refusal::new("unknown-entry"));
    }
    let item = item_of(setup, &command.item)?;
    let judge = judge_for(setup, &id, item, command.judge.as_ref())?;
    let mark = input::parse_mark(item, &command.text).map_err(|fault| refused(&fault))?;
    if !(1..=item.attempt_count()).contains(&command.attempt) {
        return Err(Refusal::new("unknown-attempt").with("item", &item.id));
    }
    let once = MarkPlace::once(&command.event, &id, &command.item, judge);
    let place = MarkPlace { attempt: command.attempt, ..once };
    unsigned(state, setup, &place)?;
    if state.is_veiled(&place) {
        return Err(Refusal::new("imported-sealed"));
    }
    let register = state.marks.get(&place);
    let known = |id| register.is_some_and(|register| register.version(id).is_some());
    if !command.replaces.iter().all(known) {
        return Err(Refusal::new("stale"));
    }
    let stands = match register {
        None => mark == Mark::NotYet,
        Some(register) => register.agreed() == Some(&mark),
    };
    if stands && !state.awaits_rescore(&place) {
        return Ok(Vec::new());
    }
    if setup.was_final() || item.is_adjusted() {
        needs_reason(&command.reason)?;
    }
    Ok(vec![draft(Fact::Mark { place, mark }, command.replaces.clone(), &command.reason)])
}

/// The item of the event's rulebook.
fn item_of<'a>(setup: &'a Event, item: &ItemId) -> Result<&'a Item, Refusal> {
    let engine = setup.engine().ok_or(Refusal::new("no-rulebook"))?;
    engine.rulebook().item(item.as_str()).ok_or(Refusal::new("unknown-item").with("item", item))
}

/// A signed sheet is read-only.
///
/// # Errors
/// `sheet-signed` with who signed it.
pub fn unsigned(state: &Competition, setup: &Event, place: &MarkPlace) -> Result<(), Refusal> {
    // Nearly always no sheet was signed at all.
    let Some(engine) = setup.engine().filter(|_| !state.sheets.is_empty()) else { return Ok(()) };
    let sheet = Modules::of(engine.rulebook()).sheet_of(place);
    let Some(sheet) = sheet.filter(|sheet| state.is_signed(sheet)) else { return Ok(()) };
    let who = sheet.judge.as_ref().or_else(|| setup.leader(&sheet.module));
    let who = who.map(|judge| crate::view::judges::code(state, judge)).unwrap_or_default();
    Err(Refusal::new("sheet-signed").with("judge", who))
}

/// Whose mark it is: the judge named, or who sits in that judge's seat for this entry.
///
/// # Errors
/// `judge-needed`, `judge-not-wanted`, `judge-recused`, `judge-not-on-panel`.
pub(super) fn judge_for<'a>(
    setup: &'a Event,
    entry: &EntryId,
    item: &Item,
    judge: Option<&'a JudgeId>,
) -> Result<Option<&'a JudgeId>, Refusal> {
    match (item.panel(), judge) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err(Refusal::new("judge-not-wanted").with("item", &item.id)),
        (Some(_), None) => Err(Refusal::new("judge-needed").with("item", &item.id)),
        (Some(panel), Some(judge)) if setup.seat_of(entry, panel, judge).is_some() => Ok(Some(judge)),
        (Some(panel), Some(judge)) if setup.members(panel).contains(judge) => {
            let sitting = setup.members(panel).iter().find(|seat| *seat == judge);
            let sitting = sitting.and_then(|seat| setup.sitting(entry, panel, seat));
            sitting.map(Some).ok_or(Refusal::new("judge-recused").with("item", &item.id))
        }
        (Some(_), Some(_)) => Err(Refusal::new("judge-not-on-panel").with("item", &item.id)),
    }
}

/// Why a text is not a mark, as a refusal.
pub(super) fn refused(fault: &MarkFault) -> Refusal {
    let code = match fault {
        MarkFault::NotANumber => "mark-not-a-number",
        MarkFault::TooLong => "mark-too-long",
        MarkFault::BelowMinimum { .. } => "mark-below-minimum",
        MarkFault::AboveMaximum { .. } => "mark-above-maximum",
        MarkFault::OffStep { .. } => "mark-off-step",
        MarkFault::NotAWholeNumber => "mark-not-a-whole-number",
        MarkFault::NotATime => "mark-not-a-time",
        MarkFault::NotAChoice { .. } => "mark-not-a-choice",
        MarkFault::NotATick => "mark-not-a-tick",
        MarkFault::NotAnAnswer { .. } => "mark-not-an-answer",
    };
    Refusal { code, args: fault.args() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::decide::found::founded::{sample, take};
    use crate::sheet::{SheetPlace, SheetState};
    use jiangsai_scoring::rulebook::MarkedBy;

    #[test]
    fn what_is_imported_stands_on_no_sheet_so_that_a_signed_one_does_not_keep_it_out() {
        let (mut state, event) = sample();
        let setup = &state.events[&event];
        let rulebook = setup.engine().unwrap().rulebook().clone();
        let entry = state.entries_of(&event).next().unwrap().0.clone();
        let imported = rulebook.items().iter().find(|item| matches!(item.by, MarkedBy::Imported)).unwrap();
        let once =
            rulebook.items().iter().find(|item| matches!(item.by, MarkedBy::Agreed | MarkedBy::Measured)).unwrap();
        let place = |item: &Item| MarkPlace::once(&event, &entry, &item.id.as_str().into(), None);
        let modules = Modules::of(&rulebook);
        assert_eq!(modules.sheet_of(&place(imported)), None);
        let by = state.judges.keys().next().unwrap().clone();
        let places = [place(imported), place(once)];
        for module in [imported, once].map(|item| modules.module(&item.id).to_owned()) {
            let sheet = SheetPlace { event: event.clone(), entry: entry.clone(), module, judge: None };
            let fact = Fact::Sheet { sheet, state: SheetState::Signed { by: by.clone(), marks: Vec::new() } };
            take(&mut state, vec![draft(fact, Vec::new(), "")]);
        }
        let setup = &state.events[&event];
        assert!(unsigned(&state, setup, &places[0]).is_ok());
        assert_eq!(unsigned(&state, setup, &places[1]).unwrap_err().code, "sheet-signed");
    }
}
