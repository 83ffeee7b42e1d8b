//! A judge's desk: the judge's own sheets by blind code, and one of them.

use super::{blind, home, sheet};
use crate::command::desk::{DeskItem, DeskLine, DeskLock, DeskPlace, DeskSeats, DeskSheet, DeskView, SheetStage};
use crate::competition::{Competition, Entry, Event};
use crate::decide::sheets::own_sheet;
use crate::envelope::Refusal;
use crate::fact::MarkPlace;
use crate::ids::{EntryId, EventId, JudgeId};
use crate::register::Register;
use crate::results;
use crate::sheet::{Confirmation, ModulePlace, Modules, SheetPlace, SheetState};
use jiangsai_scoring::rulebook::{Input, Item};
use jiangsai_scoring::words::item_in_brief;
use jiangsai_scoring::{Exact, Mark, Text, input};
use std::collections::BTreeSet;

/// Who can sign in. `with_pin` are the ids of judges with a PIN on this computer.
#[must_use]
pub fn seats(state: &Competition, with_pin: &[String], lock: DeskLock) -> DeskSeats {
    let mut judges: Vec<_> = state
        .judges
        .iter()
        .filter(|(id, _)| with_pin.iter().any(|own| own == id.as_str()))
        .filter(|(id, _)| lock.judge.as_ref().is_none_or(|only| only == *id))
        .filter_map(|(id, register)| Some((id, register.value().filter(|judge| !judge.retired)?)))
        .map(|(id, judge)| (id.clone(), judge.code.clone(), judge.kind))
        .collect();
    judges.sort_by(|one, other| one.1.cmp(&other.1));
    // Works that a lock numbered are in no session: those of before are not to be chosen.
    let standing = state.entries.values().filter(|entry| state.stands(entry) && !blind::is_coded(state, entry));
    let sessions: BTreeSet<String> = standing.map(|entry| state.numbers(entry).session).collect();
    DeskSeats { judges, lock, sessions: sessions.into_iter().filter(|session| !session.is_empty()).collect() }
}

/// The desk of a judge.
///
/// # Errors
/// `not-found`, `no-rulebook`, `unknown-entry`, `not-your-sheet`.
pub fn desk(
    state: &Competition,
    event: &EventId,
    judge: &JudgeId,
    at: Option<&DeskPlace>,
    lock: &DeskLock,
    looking: bool,
) -> Result<DeskView, Refusal> {
    let (setup, engine) = results::engine_of(state, event)?;
    let modules = Modules::of(engine.rulebook());
    let known = state.judges.get(judge).and_then(Register::value).cloned().unwrap_or_default();
    let mut sheets = Vec::new();
    for (id, entry) in sheet::by_place(state, event) {
        let code = blind::blind_code(state, entry);
        if is_here(state, lock, entry) && home::is_marked(setup, entry.status()) {
            let own = own_sheets(setup, &modules, event, id, judge);
            // Who does not go on to a stage has no sheet of it.
            let own = own.into_iter().filter(|sheet| !modules.wanted(state, setup, sheet).is_empty());
            sheets.extend(own.map(|sheet| line(state, setup, &modules, &sheet, &code)));
        }
    }
    let sheet = match at {
        Some(at) => Some(own_sheet(state, event, judge, at)?),
        None => {
            let open = sheets.iter().find(|line| line.state != SheetStage::Signed).or_else(|| sheets.first());
            open.map(|line| own_sheet(state, event, judge, &line.at)).transpose()?
        }
    };
    let sheet = sheet.map(|sheet| one(state, setup, &modules, &sheet));
    Ok(DeskView { code: known.code, kind: known.kind, looking, locked: setup.is_final(), sheets, sheet })
}

/// Is an entry marked at a desk that is for something? A work that goes by the number of a lock is in no session and at no station that anybody may
/// know: at every desk.
fn is_here(state: &Competition, lock: &DeskLock, entry: &Entry) -> bool {
    let code = blind::blind_code(state, entry);
    let fits = |wanted: &String, own: &String| wanted.is_empty() || wanted == own;
    fits(&lock.session, &code.session) && fits(&lock.station, &code.code) || blind::is_coded(state, entry)
}

/// Is the entry of a sheet marked at this desk?
///
/// # Errors
/// `unknown-entry`, `desk-elsewhere`.
pub fn check_here(state: &Competition, lock: &DeskLock, entry: &EntryId) -> Result<(), Refusal> {
    let id = blind::resolve(state, entry)?;
    let here = state.entries.get(&id).is_some_and(|entry| is_here(state, lock, entry));
    if here { Ok(()) } else { Err(Refusal::new("desk-elsewhere")) }
}

/// Sheets of a judge for an entry.
fn own_sheets(
    setup: &Event,
    modules: &Modules<'_>,
    event: &EventId,
    entry: &EntryId,
    judge: &JudgeId,
) -> Vec<SheetPlace> {
    let own = |sheet: &SheetPlace| match &sheet.judge {
        Some(own) => own == judge,
        None => setup.leader(&sheet.module) == Some(judge),
    };
    modules.sheets(setup, event, entry).into_iter().filter(own).collect()
}

fn place_of(state: &Competition, sheet: &SheetPlace) -> DeskPlace {
    DeskPlace {
        entry: blind::handle_of(state, &sheet.entry),
        module: sheet.module.clone(),
        common: sheet.judge.is_none(),
    }
}

fn line(
    state: &Competition,
    setup: &Event,
    modules: &Modules<'_>,
    sheet: &SheetPlace,
    code: &blind::BlindCode,
) -> DeskLine {
    let cells = modules.on(setup, sheet).into_iter().map(|item| {
        let texts = Modules::places(sheet, item);
        let texts = texts.iter().map(|place| sheet::cell(state.marks.get(place), item).text);
        (item.id.as_str().into(), texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" "))
    });
    DeskLine {
        at: place_of(state, sheet),
        session: code.session.clone(),
        station: code.code.clone(),
        module: modules.name(&sheet.module).cloned().unwrap_or_default(),
        cells: cells.collect(),
        missing: count(modules.missing(state, setup, sheet).len()),
        state: stage(state, sheet),
    }
}

/// How far a sheet is.
#[must_use]
pub fn stage(state: &Competition, sheet: &SheetPlace) -> SheetStage {
    let Some(register) = state.sheets.get(sheet) else { return SheetStage::Open };
    match register.agreed() {
        Some(SheetState::Signed { .. }) => SheetStage::Signed,
        Some(SheetState::Reopened) => SheetStage::Reopened,
        None if register.is_empty() => SheetStage::Open,
        None => SheetStage::Crossing,
    }
}

fn one(state: &Competition, setup: &Event, modules: &Modules<'_>, sheet: &SheetPlace) -> DeskSheet {
    let entry = state.entries.get(&sheet.entry);
    let code = entry.map(|entry| blind::blind_code(state, entry)).unwrap_or_default();
    let on = modules.on(setup, sheet);
    let (mut total, mut most) = (Exact::ZERO, None::<Exact>);
    let mut items = Vec::new();
    for item in on {
        let worth = worth(state, sheet, item);
        if let Some(worth) = &worth {
            total = &total + worth;
        }
        if let Some(own) = &item.max {
            most = Some(most.map_or_else(|| own.clone(), |most| &most + own));
        }
        items.push(desk_item(state, setup, sheet, item, worth));
    }
    let place = ModulePlace { event: sheet.event.clone(), entry: sheet.entry.clone(), module: sheet.module.clone() };
    let opened = state
        .sheets
        .get(sheet)
        .and_then(Register::last)
        .map(|(_, version)| blind::reason(state, &sheet.event, version));
    let confirmed = state.confirmations.get(&place).and_then(Register::agreed).copied();
    DeskSheet {
        at: place_of(state, sheet),
        session: code.session,
        station: code.code,
        status: entry.map(Entry::status).unwrap_or_default(),
        module: modules.name(&sheet.module).cloned().unwrap_or_default(),
        items,
        total: total.to_string(),
        max: most.map(|most| most.to_string()).unwrap_or_default(),
        missing: modules.missing(state, setup, sheet).iter().map(|id| id.as_str().into()).collect(),
        state: stage(state, sheet),
        reason: opened.unwrap_or_default(),
        extra_time: state.extra_times.get(&place).and_then(Register::value).copied().unwrap_or_default(),
        confirmed: confirmed.filter(|said| *said != Confirmation::Withdrawn),
    }
}

fn desk_item(state: &Competition, setup: &Event, sheet: &SheetPlace, item: &Item, worth: Option<Exact>) -> DeskItem {
    let places = Modules::places(sheet, item);
    let once = MarkPlace::once(&sheet.event, &sheet.entry, &item.id.as_str().into(), sheet.judge.as_ref());
    let rulebook = setup.engine().map(|engine| engine.rulebook());
    let asked = state.rescores.get(&once).and_then(Register::last);
    let asked = asked.filter(|(_, version)| version.value.is_some());
    let note = state.notes.get(&once).and_then(Register::last);
    let note = note.filter(|(_, note)| !blind::is_of_before(state, &sheet.event, note));
    DeskItem {
        rule: item.clone(),
        about: rulebook.map_or_else(Text::default, |rulebook| item_in_brief(rulebook, item)),
        cells: places.iter().map(|place| sheet::cell(state.marks.get(place), item)).collect(),
        worth: worth.map(|worth| worth.to_string()).unwrap_or_default(),
        optional: rulebook.is_some_and(|rulebook| rulebook.is_optional(item)),
        // What was noted before sealing may name somebody; masked it would be noted anew.
        note: note.map(|(_, note)| note.value.clone()).unwrap_or_default(),
        first: first_marks(state, &places, item),
        why: asked.map(|(_, version)| blind::reason(state, &sheet.event, version)).unwrap_or_default(),
    }
}

/// The marks that stood when they were asked for again, as shown; none where nobody asked.
#[must_use]
pub fn first_marks(state: &Competition, places: &[MarkPlace], item: &Item) -> Vec<String> {
    let Some(once) = places.first() else { return Vec::new() };
    let Some(Some(request)) = state.rescores.get(once).and_then(Register::value) else { return Vec::new() };
    let registers = places.iter().filter_map(|place| state.marks.get(place));
    let first = registers.flat_map(|register| request.first.iter().filter_map(|id| register.version(id)));
    first.map(|version| input::show_mark(item, &version.value)).collect()
}

/// What the marks of an item on this sheet are worth: by the item's own rule where it is marked once, else what one judge's mark alone
/// comes to.
fn worth(state: &Competition, sheet: &SheetPlace, item: &Item) -> Option<Exact> {
    // What everything on record comes to is not known where a part of it is: there the mark stands for itself.
    if sheet.judge.is_none() && !state.part {
        let scored = results::scored(state, &sheet.event).ok()?;
        let shown = scored.board.shown(scored.entry(&sheet.entry)?, &item.id)?;
        return Exact::parse_decimal(&shown).ok().filter(|_| item.max.is_some() || item.score.is_some());
    }
    let place = Modules::places(sheet, item).into_iter().next()?;
    match (state.marks.get(&place)?.agreed()?, &item.input, &item.max) {
        (Mark::Value(value), Input::Level { max, .. }, Some(most)) => {
            (value * most).divide(&Exact::from_int(i64::from(*max))).ok()
        }
        (Mark::Value(value), Input::Tick {}, Some(most)) => Some(value * most),
        (Mark::Value(value), Input::Count { each, .. }, _) => Some(value * each),
        (Mark::Value(value), Input::Deduction { each, .. }, most) => {
            let lost = each.as_ref().map_or_else(|| value.clone(), |each| value * each);
            Some(&most.clone().unwrap_or(Exact::ZERO) - &lost)
        }
        (Mark::Value(value), Input::Number { .. } | Input::Choice { .. }, Some(_)) => Some(value.clone()),
        _ => None,
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
