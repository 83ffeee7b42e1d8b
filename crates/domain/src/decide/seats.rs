//! Who sits in a seat for one entry: 回避 with a 候补裁判, and a judge replaced while the contest runs.

use super::{draft, needs_reason, open_event};
use crate::command::hall::{ReplaceJudge, SetSeat};
use crate::competition::{Competition, Event};
use crate::envelope::{Draft, Refusal};
use crate::fact::{Fact, MarkPlace};
use crate::ids::{EntryId, JudgeId, PanelId};
use crate::register::Register;
use crate::sheet::{SeatChange, Sitting};
use crate::view::{blind, judges};
use jiangsai_scoring::Mark;
use jiangsai_scoring::rulebook::Item;

/// 回避, or that the judge marks the entry after all; nothing when it is what stands.
///
/// # Errors
/// `not-found`, `finalised`, `unknown-entry`, `judge-not-on-panel`, `unknown-judge`, `already-on-panel` when the 候补裁判 marks the entry
/// already, `sheet-signed` while the sheet of who sits there is signed, `reason-needed`.
pub fn set(state: &Competition, command: &SetSeat) -> Result<Vec<Draft>, Refusal> {
    let setup = open_event(state, &command.event)?;
    let entry = blind::resolve(state, &command.entry)?;
    let panel = command.panel.as_str();
    if !setup.members(panel).contains(&command.seat) {
        return Err(Refusal::new("judge-not-on-panel").with("item", panel));
    }
    if let Some(substitute) = command.substitute.as_ref().filter(|_| command.recused) {
        check_new(state, substitute)?;
        let own = setup.seat_of(&entry, panel, substitute).is_some_and(|seat| *seat != command.seat);
        if own || setup.members(panel).contains(substitute) {
            return Err(Refusal::new("already-on-panel").with("code", judges::code(state, substitute)));
        }
    }
    needs_reason(&command.reason)?;
    if let Some(judge) = setup.sitting(&entry, panel, &command.seat) {
        let signed = state.sheets.keys().find(|sheet| {
            sheet.event == command.event
                && sheet.entry == entry
                && sheet.judge.as_ref() == Some(judge)
                && state.is_signed(sheet)
        });
        if signed.is_some() {
            return Err(Refusal::new("sheet-signed").with("judge", judges::code(state, judge)));
        }
    }
    let sitting = command.recused.then(|| Sitting { judge: command.substitute.clone(), why: SeatChange::Recusal });
    let register = setup.seat_register(&entry, panel, &command.seat);
    if register.map_or(sitting.is_none(), |register| register.agreed() == Some(&sitting)) {
        return Ok(Vec::new());
    }
    let replaces = register.map(Register::current).unwrap_or_default();
    let fact = Fact::Seat {
        event: command.event.clone(),
        entry,
        panel: command.panel.clone(),
        seat: command.seat.clone(),
        sitting,
    };
    Ok(vec![draft(fact, replaces, &command.reason)])
}

/// Replaces a judge on a panel: entries marked to the end keep who marked them.
///
/// # Errors
/// `not-found`, `finalised`, `judge-not-on-panel`, `unknown-judge`, `already-on-panel`, `reason-needed`.
pub fn replace(state: &Competition, command: &ReplaceJudge) -> Result<Vec<Draft>, Refusal> {
    let setup = open_event(state, &command.event)?;
    let panel = command.panel.as_str();
    let members = setup.members(panel);
    if !members.contains(&command.judge) {
        return Err(Refusal::new("judge-not-on-panel").with("item", panel));
    }
    check_new(state, &command.by)?;
    if members.contains(&command.by) {
        return Err(Refusal::new("already-on-panel").with("code", judges::code(state, &command.by)));
    }
    needs_reason(&command.reason)?;
    let engine = setup.engine().ok_or(Refusal::new("no-rulebook"))?;
    let items: Vec<&Item> = engine.rulebook().items().iter().filter(|item| item.panel() == Some(panel)).collect();
    let new = members.iter().map(|seat| if *seat == command.judge { command.by.clone() } else { seat.clone() });
    let replaces = setup.panels.get(&command.panel).map(Register::current).unwrap_or_default();
    let fact = Fact::Panel { event: command.event.clone(), panel: command.panel.clone(), members: new.collect() };
    let mut drafts = vec![draft(fact, replaces, &command.reason)];
    for (entry, _) in state.entries_of(&command.event) {
        let Some(sitting) = sitting_after(state, setup, command, entry, &items) else { continue };
        let register = setup.seat_register(entry, panel, &command.by);
        let replaces = register.map(Register::current).unwrap_or_default();
        let fact = Fact::Seat {
            event: command.event.clone(),
            entry: entry.clone(),
            panel: command.panel.clone(),
            seat: command.by.clone(),
            sitting: Some(sitting),
        };
        drafts.push(draft(fact, replaces, &command.reason));
    }
    Ok(drafts)
}

/// Who sits in the new judge's seat for an entry, where that has to be said.
fn sitting_after(
    state: &Competition,
    setup: &Event,
    command: &ReplaceJudge,
    entry: &EntryId,
    items: &[&Item],
) -> Option<Sitting> {
    let panel: &PanelId = &command.panel;
    // What was said about the seat of who leaves holds for who comes.
    if let Some(register) = setup.seat_register(entry, panel.as_str(), &command.judge)
        && let Some(said) = register.value().and_then(Option::as_ref)
        && said.judge.as_ref() != Some(&command.judge)
    {
        return Some(said.clone());
    }
    let marks = |judge: &JudgeId| {
        let places = items.iter().flat_map(|item| {
            let once = MarkPlace::once(&command.event, entry, &item.id.as_str().into(), Some(judge));
            (1..=item.attempt_count()).map(move |attempt| MarkPlace { attempt, ..once.clone() })
        });
        let given = |place: MarkPlace| {
            state.marks.get(&place).and_then(Register::value).is_some_and(|mark| *mark != Mark::NotYet)
        };
        let all: Vec<bool> = places.map(given).collect();
        (all.iter().filter(|given| **given).count(), all.len())
    };
    match marks(&command.judge) {
        (0, _) => None,
        (given, all) => {
            let judge = if given == all { command.judge.clone() } else { command.by.clone() };
            Some(Sitting { judge: Some(judge), why: SeatChange::Replaced })
        }
    }
}

/// A judge who can take a seat.
fn check_new(state: &Competition, judge: &JudgeId) -> Result<(), Refusal> {
    let known = state.judges.get(judge).and_then(Register::value);
    if known.is_some_and(|judge| !judge.retired) { Ok(()) } else { Err(Refusal::new("unknown-judge")) }
}
