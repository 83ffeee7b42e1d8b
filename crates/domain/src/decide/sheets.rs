//! Sheets: signing, opening again, notes, the contestant's word, extra time, who leads a module.

use super::{draft, entry, event, needs_reason, open_event};
use crate::command::desk::{AddTime, ConfirmResults, DeskMark, DeskNote, DeskPlace, SignSheet};
use crate::command::hall::ReopenSheet;
use crate::command::judging::SetLeader;
use crate::command::marks::EnterMark;
use crate::competition::{Competition, Event};
use crate::envelope::{Draft, Refusal};
use crate::fact::{Fact, MarkPlace};
use crate::ids::{EventId, JudgeId};
use crate::register::Register;
use crate::sheet::{Confirmation, ModulePlace, Modules, SheetPlace, SheetState};
use crate::view::{blind, judges};

/// Longest 补时: four hours.
const LONGEST_EXTRA: u32 = 4 * 60 * 60;

/// The sheet at a judge's desk.
///
/// # Errors
/// `not-found`, `no-rulebook`, `unknown-entry`, `not-your-sheet` when the judge has no such sheet; `desk-opened` on a computer that is
/// told of entries by code alone, once names are opened: it is told nothing more.
pub fn own_sheet(
    state: &Competition,
    event_id: &EventId,
    judge: &JudgeId,
    at: &DeskPlace,
) -> Result<SheetPlace, Refusal> {
    let setup = event(state, event_id)?;
    if state.part && setup.was_opened() {
        return Err(Refusal::new("desk-opened"));
    }
    let engine = setup.engine().ok_or(Refusal::new("no-rulebook"))?;
    let id = blind::resolve(state, &at.entry)?;
    let registered = entry(state, &id)?;
    if registered.event() != Some(event_id) {
        return Err(Refusal::new("unknown-entry"));
    }
    let sheet = SheetPlace {
        event: event_id.clone(),
        entry: id,
        module: at.module.clone(),
        judge: (!at.common).then(|| judge.clone()),
    };
    let leads = !at.common || setup.leader(&at.module) == Some(judge);
    if leads && !Modules::of(engine.rulebook()).on(setup, &sheet).is_empty() {
        Ok(sheet)
    } else {
        Err(Refusal::new("not-your-sheet"))
    }
}

/// The sheet, while it can be written on.
fn writable(state: &Competition, event: &EventId, judge: &JudgeId, at: &DeskPlace) -> Result<SheetPlace, Refusal> {
    open_event(state, event)?;
    let sheet = own_sheet(state, event, judge, at)?;
    if state.is_signed(&sheet) {
        return Err(Refusal::new("sheet-signed").with("judge", judges::code(state, judge)));
    }
    Ok(sheet)
}

/// A mark on a judge's own sheet.
///
/// # Errors
/// As for [`own_sheet`] and [`super::marks::enter`].
pub fn mark(state: &Competition, judge: &JudgeId, command: &DeskMark) -> Result<Vec<Draft>, Refusal> {
    let sheet = writable(state, &command.event, judge, &command.at)?;
    on_sheet(state, &sheet, command.item.as_str())?;
    let enter = EnterMark {
        competition: command.competition.clone(),
        event: command.event.clone(),
        entry: command.at.entry.clone(),
        item: command.item.clone(),
        judge: sheet.judge,
        attempt: command.attempt,
        text: command.text.clone(),
        replaces: command.replaces.clone(),
        reason: state.events.get(&command.event).map(|setup| after_final(state, setup, command)).unwrap_or_default(),
    };
    super::marks::enter(state, &enter)
}

/// After results were final every change needs a reason: that of the judge, else that of the chief judge who opened the sheet again. A
/// sheet that was never signed was never opened either.
fn after_final(state: &Competition, setup: &Event, command: &DeskMark) -> String {
    if !setup.was_final() {
        return String::new();
    }
    if !command.reason.trim().is_empty() {
        return command.reason.clone();
    }
    let Ok(entry) = blind::resolve(state, &command.at.entry) else { return String::new() };
    let sheets = state.sheets.iter().filter(|(sheet, _)| sheet.entry == entry && sheet.module == command.at.module);
    let opened = sheets.filter_map(|(_, register)| register.last());
    let opened = opened.filter(|(_, version)| version.value == SheetState::Reopened);
    opened.map(|(_, version)| blind::reason(state, &command.event, version)).next().unwrap_or_default()
}

fn on_sheet(state: &Competition, sheet: &SheetPlace, item: &str) -> Result<(), Refusal> {
    let setup = event(state, &sheet.event)?;
    let engine = setup.engine().ok_or(Refusal::new("no-rulebook"))?;
    let on = Modules::of(engine.rulebook()).on(setup, sheet);
    if on.iter().any(|own| own.id == item) { Ok(()) } else { Err(Refusal::new("not-your-sheet")) }
}

/// A note beside an item; nothing when it is what stands.
///
/// # Errors
/// As for [`own_sheet`], `finalised`, `sheet-signed`, `too-long`.
pub fn note(state: &Competition, judge: &JudgeId, command: &DeskNote) -> Result<Vec<Draft>, Refusal> {
    let sheet = writable(state, &command.event, judge, &command.at)?;
    on_sheet(state, &sheet, command.item.as_str())?;
    let text = command.text.trim();
    if text.chars().count() > 200 {
        return Err(Refusal::new("too-long").with("max", 200));
    }
    let place = MarkPlace::once(&sheet.event, &sheet.entry, &command.item, sheet.judge.as_ref());
    let register = state.notes.get(&place);
    if register.and_then(Register::agreed).map_or("", String::as_str) == text {
        return Ok(Vec::new());
    }
    let replaces = register.map(Register::current).unwrap_or_default();
    Ok(vec![draft(Fact::Note { place, text: text.to_owned() }, replaces, "")])
}

/// A judge signs a sheet; nothing when it is signed already.
///
/// # Errors
/// As for [`own_sheet`], `finalised`, `sheet-incomplete` with what is missing, `stale` when its marks are not those that were seen.
pub fn sign(state: &Competition, judge: &JudgeId, command: &SignSheet) -> Result<Vec<Draft>, Refusal> {
    let setup = open_event(state, &command.event)?;
    let sheet = own_sheet(state, &command.event, judge, &command.at)?;
    let engine = setup.engine().ok_or(Refusal::new("no-rulebook"))?;
    if state.is_signed(&sheet) {
        return Ok(Vec::new());
    }
    let modules = Modules::of(engine.rulebook());
    let missing = modules.missing(state, setup, &sheet);
    if !missing.is_empty() {
        let refusal = Refusal::new("sheet-incomplete").with("count", missing.len());
        return Err(refusal.with("items", missing.join(" ")));
    }
    let marks = signed_marks(state, &modules, setup, &sheet);
    let mut seen = command.marks.clone();
    seen.sort();
    if seen != marks {
        return Err(Refusal::new("stale"));
    }
    let replaces = state.sheets.get(&sheet).map(Register::current).unwrap_or_default();
    let signed = SheetState::Signed { by: judge.clone(), marks };
    Ok(vec![draft(Fact::Sheet { sheet, state: signed }, replaces, "")])
}

/// The records of the marks on a sheet, by id.
#[must_use]
pub fn signed_marks(
    state: &Competition,
    modules: &Modules<'_>,
    setup: &Event,
    sheet: &SheetPlace,
) -> Vec<crate::ids::FactId> {
    let items = modules.on(setup, sheet);
    let places = items.into_iter().flat_map(|item| Modules::places(sheet, item));
    let mut marks: Vec<_> = places.flat_map(|place| state.current_mark(&place)).collect();
    marks.sort();
    marks
}

/// The chief judge opens a signed sheet again.
///
/// # Errors
/// `not-found`, `finalised`, `unknown-entry`, `sheet-not-signed`, `reason-needed`.
pub fn reopen(state: &Competition, command: &ReopenSheet) -> Result<Vec<Draft>, Refusal> {
    open_event(state, &command.event)?;
    let sheet = SheetPlace {
        event: command.event.clone(),
        entry: blind::resolve(state, &command.entry)?,
        module: command.module.clone(),
        judge: command.judge.clone(),
    };
    needs_reason(&command.reason)?;
    let register = state.sheets.get(&sheet).filter(|register| register.value().is_some());
    let register = register.ok_or(Refusal::new("sheet-not-signed"))?;
    if register.agreed() == Some(&SheetState::Reopened) {
        return Err(Refusal::new("sheet-not-signed"));
    }
    let fact = Fact::Sheet { sheet, state: SheetState::Reopened };
    Ok(vec![draft(fact, register.current(), &command.reason)])
}

/// What the contestant says to the results on site.
///
/// # Errors
/// As for [`own_sheet`], `finalised`, `reason-needed` for a refusal.
pub fn confirm(state: &Competition, judge: &JudgeId, command: &ConfirmResults) -> Result<Vec<Draft>, Refusal> {
    open_event(state, &command.event)?;
    let sheet = own_sheet(state, &command.event, judge, &command.at)?;
    if command.confirmation == Confirmation::Refused {
        needs_reason(&command.reason)?;
    }
    let place = ModulePlace { event: sheet.event, entry: sheet.entry, module: sheet.module };
    let register = state.confirmations.get(&place);
    if register.is_some_and(|register| register.agreed() == Some(&command.confirmation)) {
        return Ok(Vec::new());
    }
    let replaces = register.map(Register::current).unwrap_or_default();
    let fact = Fact::Confirmed { place, confirmation: command.confirmation };
    Ok(vec![draft(fact, replaces, &command.reason)])
}

/// 补时 of a module, in all; nothing when it is what stands.
///
/// # Errors
/// As for [`own_sheet`], `finalised`, `sheet-signed`, `extra-time-too-long`, `reason-needed`.
pub fn add_time(state: &Competition, judge: &JudgeId, command: &AddTime) -> Result<Vec<Draft>, Refusal> {
    let sheet = writable(state, &command.event, judge, &command.at)?;
    if command.seconds > LONGEST_EXTRA {
        return Err(Refusal::new("extra-time-too-long").with("max", LONGEST_EXTRA / 60));
    }
    needs_reason(&command.reason)?;
    let place = ModulePlace { event: sheet.event, entry: sheet.entry, module: sheet.module };
    let register = state.extra_times.get(&place);
    if register.map_or(command.seconds == 0, |register| register.agreed() == Some(&command.seconds)) {
        return Ok(Vec::new());
    }
    let replaces = register.map(Register::current).unwrap_or_default();
    Ok(vec![draft(Fact::ExtraTime { place, seconds: command.seconds }, replaces, &command.reason)])
}

/// Names the group leader of a module; nothing when it is what stands.
///
/// # Errors
/// `not-found`, `finalised`, `no-rulebook`, `unknown-judge`.
pub fn set_leader(state: &Competition, command: &SetLeader) -> Result<Vec<Draft>, Refusal> {
    let setup = open_event(state, &command.event)?;
    let engine = setup.engine().ok_or(Refusal::new("no-rulebook"))?;
    if !Modules::of(engine.rulebook()).with_leader().iter().any(|(id, _)| *id == command.module) {
        return Err(Refusal::new("not-found"));
    }
    if command.judge.as_ref().is_some_and(|judge| !state.judges.contains_key(judge)) {
        return Err(Refusal::new("unknown-judge"));
    }
    let register = setup.leaders.get(&command.module);
    if register.map_or(command.judge.is_none(), |register| register.agreed() == Some(&command.judge)) {
        return Ok(Vec::new());
    }
    let replaces = register.map(Register::current).unwrap_or_default();
    let fact =
        Fact::Leader { event: command.event.clone(), module: command.module.clone(), judge: command.judge.clone() };
    Ok(vec![draft(fact, replaces, "")])
}
