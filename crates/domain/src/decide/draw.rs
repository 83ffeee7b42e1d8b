//! Draws (抽签): recording lots from a box, drawing by computer, voiding, choosing between draws that cross.

use super::{draft, entry, needs_reason, not_sealed, open_event};
use crate::command::draw::{ChooseDraw, DrawByComputer, RecordLot, VoidDraw};
use crate::command::registration::FieldId;
use crate::competition::{Competition, Covering, Drawn, Entry, Event};
use crate::draw::{Held, Layer, Lot, Method, id_and_seed, order};
use crate::envelope::{Context, Draft, Refusal};
use crate::fact::Fact;
use crate::form;
use crate::ids::{DrawId, EntryId, EventId, FactId};
use crate::register::Register;
use crate::view::entries::name_and_unit;
use jiangsai_scoring::EntryStatus;
use std::collections::BTreeMap;

/// Where a draw is held.
#[derive(Clone, Copy, Debug)]
pub struct DrawPlace<'a> {
    /// Of which event.
    pub event: &'a EventId,
    /// Which layer.
    pub layer: Layer,
    /// 场次, or empty for the whole event.
    pub session: &'a str,
}

/// Records what one entry drew; nothing when it is what stands. The first lot begins the draw.
///
/// # Errors
/// `finalised`, `sealed`, `unknown-entry`, `draw-other-session`, `draw-scope`, `draw-crosses`, `lot-form`, `lot-session-needed`, `lot-taken`
/// naming the place and who has it, `reason-needed` to change a lot.
pub fn record(state: &Competition, command: &RecordLot, context: &Context) -> Result<Vec<Draft>, Refusal> {
    let place = DrawPlace { event: &command.event, layer: command.layer, session: &command.session };
    let setup = may_draw(state, place)?;
    let own = entry(state, &command.entry)?;
    if !takes_part(state, place, own) {
        return Err(Refusal::new("draw-other-session"));
    }
    let lot = read_lot(place, &command.lot_session, &command.code)?;
    if let Some(lot) = &lot {
        check_free(state, place, &taken(state, place, |id, _| *id == command.entry), lot)?;
    }
    let mut drafts = Vec::new();
    let draw = match setup.draw(place.layer, place.session) {
        Covering::Crossing => return Err(Refusal::new("draw-crosses")),
        Covering::Draw(held) => held.draw.clone(),
        Covering::None => {
            let (draw, _) = id_and_seed(context.seed);
            drafts.push(begin(setup, place, draw.clone(), Method::Lots, ""));
            draw
        }
    };
    let register = own.lots.get(&draw);
    let before = register.and_then(Register::agreed).and_then(Option::as_ref);
    let crosses = register.is_some_and(Register::crosses);
    if before == lot.as_ref() && !crosses {
        return Ok(Vec::new());
    }
    if before.is_some() || crosses {
        needs_reason(&command.reason)?;
    }
    let replaces = register.map(Register::current).unwrap_or_default();
    drafts.push(draft(Fact::Lot { draw, entry: command.entry.clone(), lot }, replaces, &command.reason));
    Ok(drafts)
}

/// Draws for everybody by computer; answers how many lots there are.
///
/// # Errors
/// `finalised`, `sealed`, `draw-scope`, `draw-crosses`, `stale` when another draw stands than the one to void, `reason-needed` to void one,
/// `too-long` for the prefix, `lot-form`, `lot-taken`, `nothing-to-draw`.
pub fn by_computer(
    state: &Competition,
    command: &DrawByComputer,
    context: &Context,
) -> Result<(Vec<Draft>, u32), Refusal> {
    let place = DrawPlace { event: &command.event, layer: command.layer, session: &command.session };
    let setup = may_draw(state, place)?;
    match (setup.draw(place.layer, place.session), &command.voids) {
        (Covering::Crossing, _) => return Err(Refusal::new("draw-crosses")),
        (Covering::None, None) => {}
        (Covering::Draw(held), Some(voids)) if held.draw == *voids => needs_reason(&command.reason)?,
        _ => return Err(Refusal::new("stale")),
    }
    let prefix = command.prefix.trim();
    if prefix.chars().count() > 8 {
        return Err(Refusal::new("too-long").with("max", 8));
    }
    let entries: Vec<EntryId> = drawing(state, place).map(|(id, _)| id.clone()).collect();
    if entries.is_empty() {
        return Err(Refusal::new("nothing-to-draw"));
    }
    let lots = lots(place, prefix, command.stations, entries.len());
    // Lots of the draw that it voids are free again.
    let taken = taken(state, place, |_, entry| takes_part(state, place, entry));
    let (draw, seed) = id_and_seed(context.seed);
    let mut drafts = vec![begin(setup, place, draw.clone(), Method::Computer { seed: seed.clone() }, &command.reason)];
    let count = u32::try_from(lots.len()).unwrap_or(u32::MAX);
    for (entry, lot) in order(&seed, entries).into_iter().zip(lots) {
        let lot = read_lot(place, &lot.session, &lot.code)?;
        if let Some(lot) = &lot {
            check_free(state, place, &taken, lot)?;
        }
        drafts.push(draft(Fact::Lot { draw: draw.clone(), entry, lot }, Vec::new(), ""));
    }
    Ok((drafts, count))
}

/// As many lots as there are entries, in order.
fn lots(place: DrawPlace, prefix: &str, stations: u32, count: usize) -> Vec<Lot> {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    let together = place.layer == Layer::Place && place.session.is_empty() && stations > 0;
    let digits = if together { stations } else { count }.to_string().len().max(2);
    let lot = |n: u32| match (n.checked_div(stations), n.checked_rem(stations)) {
        (Some(session), Some(station)) if together => {
            Lot { session: (session + 1).to_string(), code: format!("{prefix}{:0digits$}", station + 1) }
        }
        _ if place.layer == Layer::Place && place.session.is_empty() => {
            Lot { session: "1".to_owned(), code: format!("{prefix}{:0digits$}", n + 1) }
        }
        _ => Lot { session: String::new(), code: format!("{prefix}{:0digits$}", n + 1) },
    };
    (0..count).map(lot).collect()
}

/// Voids a draw.
///
/// # Errors
/// `finalised`, `sealed`, `stale` when that draw does not stand, `reason-needed`.
pub fn void(state: &Competition, command: &VoidDraw) -> Result<Vec<Draft>, Refusal> {
    let place = DrawPlace { event: &command.event, layer: command.layer, session: &command.session };
    settle(state, place, &command.draw, &command.reason, |_| None)
}

/// Chooses one of several draws that cross.
///
/// # Errors
/// As for [`void`].
pub fn choose(state: &Competition, command: &ChooseDraw) -> Result<Vec<Draft>, Refusal> {
    let place = DrawPlace { event: &command.event, layer: command.layer, session: &command.session };
    settle(state, place, &command.draw, &command.reason, |held| Some(held.clone()))
}

fn settle(
    state: &Competition,
    place: DrawPlace,
    draw: &DrawId,
    reason: &str,
    holds: impl Fn(&Held) -> Option<Held>,
) -> Result<Vec<Draft>, Refusal> {
    let setup = open_event(state, place.event)?;
    not_sealed(state, place.event)?;
    let register = draws(setup, place).ok_or(Refusal::new("stale"))?;
    let mut standing = register.standing().into_iter().filter_map(|(_, version)| version.value.as_ref());
    let held = standing.find(|held| held.draw == *draw).ok_or(Refusal::new("stale"))?;
    needs_reason(reason)?;
    let value = holds(held);
    if register.agreed() == Some(&value) {
        return Ok(Vec::new());
    }
    Ok(vec![draft(fact(place, value), register.current(), reason)])
}

/// The event, unless its names are sealed or its results final, or a draw of another extent stands in the layer.
fn may_draw<'a>(state: &'a Competition, place: DrawPlace) -> Result<&'a Event, Refusal> {
    let setup = open_event(state, place.event)?;
    not_sealed(state, place.event)?;
    if place.layer == Layer::Number && !place.session.is_empty() {
        return Err(Refusal::new("draw-scope"));
    }
    let other = |session: &String| session.is_empty() != place.session.is_empty();
    let live = |register: &Register<Option<Held>>| register.standing().iter().any(|(_, held)| held.value.is_some());
    let sessions = setup.draws.get(&place.layer).into_iter().flatten();
    if sessions.into_iter().any(|(session, register)| other(session) && live(register)) {
        return Err(Refusal::new("draw-scope"));
    }
    Ok(setup)
}

fn draws<'a>(setup: &'a Event, place: DrawPlace) -> Option<&'a Register<Option<Held>>> {
    setup.draws.get(&place.layer)?.get(place.session)
}

fn fact(place: DrawPlace, held: Option<Held>) -> Fact {
    Fact::Draw { event: place.event.clone(), layer: place.layer, session: place.session.to_owned(), held }
}

/// A new draw. It names the one before, which it or somebody earlier voided.
fn begin(setup: &Event, place: DrawPlace, draw: DrawId, by: Method, reason: &str) -> Draft {
    let register = draws(setup, place);
    let before = register.into_iter().flat_map(Register::versions);
    let before = before.filter_map(|(id, version)| Some((version.order, id, version.value.as_ref()?)));
    let voids = before.max_by_key(|(order, id, _)| (*order, *id)).map(|(.., held)| held.draw.clone());
    let replaces: Vec<FactId> = register.map(Register::current).unwrap_or_default();
    draft(fact(place, Some(Held { draw, by, voids })), replaces, reason)
}

/// Entries that draw in a place: those of the 场次 who did not withdraw.
pub fn drawing<'a>(
    state: &'a Competition,
    place: DrawPlace<'a>,
) -> impl Iterator<Item = (&'a EntryId, &'a Entry)> + use<'a> {
    state.entries_of(place.event).filter(move |(_, entry)| takes_part(state, place, entry))
}

fn takes_part(state: &Competition, place: DrawPlace, entry: &Entry) -> bool {
    let own = entry.registered.value().is_some_and(|own| own.event == *place.event);
    let session = match place.layer {
        _ if place.session.is_empty() => String::new(),
        Layer::Number => String::new(),
        // A draw of places within sessions does not say which session it is.
        Layer::Place => entry.registered_numbers().session,
        Layer::Work => state.numbers(entry).session,
    };
    own && entry.status() != EntryStatus::Withdrawn && session == place.session
}

/// A lot as it is kept; `None` for an empty code.
fn read_lot(place: DrawPlace, session: &str, code: &str) -> Result<Option<Lot>, Refusal> {
    let read = |field, text: &str| {
        form::normalise(field, text).map_err(|_| Refusal::new("lot-form").with("code", text.trim()))
    };
    let code = read(FieldId::Station, code)?;
    if code.is_empty() {
        return Ok(None);
    }
    if place.layer != Layer::Place || !place.session.is_empty() {
        return Ok(Some(Lot { session: String::new(), code }));
    }
    let session = read(FieldId::Session, session)?;
    if session.is_empty() { Err(Refusal::new("lot-session-needed")) } else { Ok(Some(Lot { session, code })) }
}

/// Who has which lot of a layer, among the entries that are not left out. Of codes that differ in case alone a hall makes one.
fn taken<'a>(
    state: &'a Competition,
    place: DrawPlace<'a>,
    left_out: impl Fn(&EntryId, &Entry) -> bool,
) -> BTreeMap<(String, String), &'a Entry> {
    let others = state.entries_of(place.event).filter(|(id, entry)| !left_out(id, entry));
    let lot = |(_, entry): (_, &'a Entry)| match state.drawn(entry, place.layer) {
        Drawn::Lot(lot) => Some((key(place.layer, &state.numbers(entry).session, lot), entry)),
        Drawn::NoDraw | Drawn::Missing => None,
    };
    others.filter_map(lot).collect()
}

/// What makes a lot unlike others: stations of different sessions may have the same number.
fn key(layer: Layer, session: &str, lot: &Lot) -> (String, String) {
    let session = if layer == Layer::Place { session.to_owned() } else { String::new() };
    (session, lot.code.to_lowercase())
}

/// Refuses a lot that another entry has, naming the place and the entry.
fn check_free(
    state: &Competition,
    place: DrawPlace,
    taken: &BTreeMap<(String, String), &Entry>,
    lot: &Lot,
) -> Result<(), Refusal> {
    let session = if lot.session.is_empty() { place.session } else { &lot.session };
    let Some(holder) = taken.get(&key(place.layer, session, lot)) else { return Ok(()) };
    let label = if session.is_empty() { lot.code.clone() } else { format!("{session} {}", lot.code) };
    Err(Refusal::new("lot-taken").with("code", label).with("holder", name_and_unit(state, holder).0))
}
