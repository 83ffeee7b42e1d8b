//! Draws as the draw officer sees them, and sealing.
//!
//! While sealed there is no name, no seed and no id of an entry: a seed and the ids of before would give the draw again.

use super::{Words, blind, duties, entries, judges, words};
use crate::command::draw::{DrawChoice, DrawRow, DrawView, HeldView, SealView};
use crate::command::judging::JudgeKind;
use crate::competition::{Competition, Covering, Drawn, Entry, Event};
use crate::decide::draw::{DrawPlace, drawing};
use crate::decide::seal::{confirmed, opens_freely};
use crate::draw::{Held, Layer, Method, Office, order};
use crate::envelope::Refusal;
use crate::ids::{EntryId, EventId};
use crate::lock;
use crate::register::{Register, Version};
use jiangsai_scoring::{EntryStatus, Mark};
use std::collections::{BTreeMap, BTreeSet};

/// The draw asked for, or the first that is begun and not complete, or the places.
///
/// # Errors
/// `not-found`.
pub fn show(state: &Competition, event: &EventId, of: Option<&(Layer, String)>) -> Result<DrawView, Refusal> {
    let setup = crate::decide::event(state, event)?;
    let sealed = setup.is_sealed();
    let choices = choices(state, event, setup);
    let open = |choice: &&DrawChoice| choice.begun && choice.drawn < choice.entries;
    let of = of.cloned().or_else(|| choices.iter().find(open).map(|choice| (choice.layer, choice.session.clone())));
    let of = of.unwrap_or_default();
    let place = DrawPlace { event, layer: of.0, session: &of.1 };
    let register = setup.draws.get(&of.0).and_then(|draws| draws.get(&of.1)).filter(|_| !sealed);
    let held = match setup.draw(of.0, &of.1) {
        Covering::Draw(held) => register.and_then(|register| held_view(state, place, register, held)),
        Covering::None | Covering::Crossing => None,
    };
    let crossing = register.filter(|register| register.crosses()).map_or_else(Vec::new, |register| {
        let standing = register.standing();
        standing.iter().filter_map(|(_, version)| held_view(state, place, register, version.value.as_ref()?)).collect()
    });
    let marked: BTreeSet<&EntryId> = if sealed {
        BTreeSet::new()
    } else {
        let own = state.marks.iter().filter(|(place, register)| place.event == *event && stands(register));
        let drawing: BTreeSet<&EntryId> = drawing(state, place).map(|(id, _)| id).collect();
        own.map(|(place, _)| &place.entry).filter(|id| drawing.contains(*id)).collect()
    };
    Ok(DrawView {
        choices,
        held,
        crossing,
        marked: count(marked.len()),
        rows: if sealed { sealed_rows(state, event) } else { rows(state, place) },
        seal: seal(state, event, setup),
        locked: setup.is_final(),
        stages: entries::status_stages(setup),
        of,
    })
}

/// Is anything but an empty cell among the values that stand?
fn stands(register: &Register<Mark>) -> bool {
    register.standing().iter().any(|(_, version)| version.value != Mark::NotYet)
}

/// Each layer for the whole event, and the upper ones for every 场次 there is.
fn choices(state: &Competition, event: &EventId, setup: &Event) -> Vec<DrawChoice> {
    let sessions: BTreeSet<(usize, String)> = state
        .entries_of(event)
        .map(|(_, entry)| state.numbers(entry).session)
        .filter(|session| !session.is_empty())
        .map(|session| (session.chars().count(), session))
        .collect();
    let mut list = Vec::new();
    for layer in Layer::ALL {
        let own = sessions.iter().map(|(_, session)| session.as_str()).filter(|_| layer != Layer::Number);
        for session in std::iter::once("").chain(own) {
            let place = DrawPlace { event, layer, session };
            let covered = setup.draw(layer, session);
            let (mut drawn, mut entries) = (0, 0);
            for (_, entry) in drawing(state, place) {
                entries += 1;
                let has = matches!(state.drawn(entry, layer), Drawn::Lot(_)) && covered != Covering::None;
                drawn += u32::from(has);
            }
            let begun = covered != Covering::None;
            list.push(DrawChoice { layer, session: session.to_owned(), drawn, entries, begun });
        }
    }
    list
}

fn held_view(
    state: &Competition,
    place: DrawPlace,
    register: &Register<Option<Held>>,
    held: &Held,
) -> Option<HeldView> {
    let of = |(_, version): &(_, &Version<Option<Held>>)| version.value.as_ref() == Some(held);
    let (_, begun) = register.versions().filter(of).min_by_key(|(id, version)| (version.order, *id))?;
    let lots: Vec<(&EntryId, LotKey)> =
        state.entries_of(place.event).filter_map(|(id, entry)| Some((id, lot_key(entry, held)?))).collect();
    let (seed, agrees) = match &held.by {
        Method::Lots => (None, None),
        Method::Computer { seed } => {
            let mut codes: Vec<_> = lots.iter().map(|(_, lot)| lot).collect();
            codes.sort();
            let again = order(seed, lots.iter().map(|(id, _)| (*id).clone()).collect());
            let given: BTreeMap<&EntryId, _> = again.iter().zip(codes).collect();
            (Some(seed.clone()), Some(lots.iter().all(|(id, lot)| given.get(*id) == Some(&lot))))
        }
    };
    let voided = register.versions().filter_map(|(_, version)| version.value.as_ref()).map(|held| &held.draw);
    let voided: BTreeSet<_> = voided.filter(|draw| **draw != held.draw).collect();
    Some(HeldView {
        draw: held.draw.clone(),
        seed,
        agrees,
        at: begun.at,
        actor: judges::actor_shown(state, begun.actor.as_str()),
        lots: count(lots.len()),
        voided: count(voided.len()),
    })
}

/// Length and text of 场次 and code.
type LotKey = (usize, String, usize, String);

/// A lot as lots are put in order: short ones first.
fn lot_key(entry: &Entry, held: &Held) -> Option<LotKey> {
    let lot = entry.lots.get(&held.draw)?.agreed()?.as_ref()?;
    Some((lot.session.chars().count(), lot.session.clone(), lot.code.chars().count(), lot.code.clone()))
}

/// Everybody who draws, with names.
#[must_use]
pub fn rows(state: &Competition, place: DrawPlace) -> Vec<DrawRow> {
    let mut rows: Vec<DrawRow> = drawing(state, place)
        .map(|(id, entry)| {
            let numbers = state.numbers(entry);
            let lot = match state.drawn(entry, place.layer) {
                Drawn::Lot(lot) => Some(lot),
                Drawn::NoDraw | Drawn::Missing => None,
            };
            let before = match place.layer {
                Layer::Number => String::new(),
                Layer::Place => numbers.number,
                Layer::Work => blind::BlindCode { session: numbers.session.clone(), code: numbers.station }.label(),
            };
            let (name, unit) = entries::name_and_unit(state, entry);
            DrawRow {
                entry: id.clone(),
                name,
                unit,
                before,
                session: if lot.is_some() || !place.session.is_empty() { numbers.session } else { String::new() },
                code: lot.map(|lot| lot.code.clone()).unwrap_or_default(),
                crossing: state.lots_cross(entry, place.layer),
                double: false,
                status: entry.status(),
                stage: entry.status_stage().cloned(),
            }
        })
        .collect();
    let key = |row: &DrawRow| (row.session.clone(), row.code.to_lowercase());
    let mut seen: BTreeMap<(String, String), u32> = BTreeMap::new();
    rows.iter().filter(|row| !row.code.is_empty()).for_each(|row| *seen.entry(key(row)).or_default() += 1);
    for row in &mut rows {
        row.double = seen.get(&key(row)).is_some_and(|times| *times > 1);
    }
    let order = |row: &DrawRow| (row.before.chars().count(), row.before.clone(), row.name.clone(), row.entry.clone());
    rows.sort_by_cached_key(order);
    rows
}

/// Blind codes and what became of those behind them.
fn sealed_rows(state: &Competition, event: &EventId) -> Vec<DrawRow> {
    let row = |(id, entry): (&EntryId, &Entry)| {
        let blind::BlindCode { session, code } = blind::blind_code(state, entry);
        DrawRow {
            entry: blind::handle(state, id, entry),
            name: String::new(),
            unit: String::new(),
            before: String::new(),
            session,
            code,
            crossing: false,
            double: false,
            status: entry.status(),
            stage: entry.status_stage().cloned(),
        }
    };
    super::sheet::by_place(state, event).into_iter().map(row).collect()
}

pub(super) fn seal(state: &Competition, event: &EventId, setup: &Event) -> SealView {
    let by = setup.seal.last().map(|(_, seal)| (seal.value.officer.clone(), seal.value.supervisor.clone(), seal.at));
    let opened = Office::ALL.into_iter().filter_map(|office| {
        let opening = confirmed(setup, office).filter(|_| !setup.seal.is_empty())?;
        let at = setup.openings.get(&office)?.last()?.1.at;
        Some((office, opening.name.clone(), at))
    });
    SealView {
        sealed: setup.is_sealed(),
        locked: setup.is_locked(),
        marks: setup.locks().map(|own| lock::mark(&own.seal)).collect(),
        by,
        opened: opened.collect(),
        missing: without_code(state, event),
        done: opens_freely(state, event, setup),
        warnings: both_sealing_and_marking(state, event, setup),
    }
}

/// Entries that compete and have no blind code, or one that another has too.
#[must_use]
pub fn without_code(state: &Competition, event: &EventId) -> u32 {
    let competing = state.entries_of(event).filter(|(_, entry)| entry.status() != EntryStatus::Withdrawn);
    let mut codes: BTreeMap<String, u32> = BTreeMap::new();
    for (_, entry) in competing {
        *codes.entry(blind::blind_code(state, entry).label().to_lowercase()).or_default() += 1;
    }
    codes.iter().filter(|(code, times)| code.is_empty() || **times > 1).map(|(_, times)| times).sum()
}

/// Draws and lots that cross, lots that two entries have, and codes of nobody: what somebody has to settle.
#[must_use]
pub fn unsettled(state: &Competition, event: &EventId, setup: &Event) -> usize {
    let draws = setup.draws.values().flat_map(BTreeMap::values).filter(|register| register.crosses()).count();
    let openings = setup.openings.values().filter(|register| register.crosses()).count();
    let crossing = |layer| state.entries_of(event).filter(move |(_, entry)| state.lots_cross(entry, layer)).count();
    let lots: usize = Layer::ALL.into_iter().map(crossing).sum();
    let mut codes: BTreeMap<(Layer, String, String), usize> = BTreeMap::new();
    for layer in Layer::ALL.into_iter().filter(|layer| setup.draws.contains_key(layer)) {
        for (_, entry) in state.entries_of(event).filter(|(_, entry)| entry.status() != EntryStatus::Withdrawn) {
            if let Drawn::Lot(lot) = state.drawn(entry, layer) {
                let session = if layer == Layer::Place { state.numbers(entry).session } else { String::new() };
                *codes.entry((layer, session, lot.code.to_lowercase())).or_default() += 1;
            }
        }
    }
    // A lock that was opened says whose each code is: of somebody who was registered.
    let told = state.entries.values().filter_map(Entry::told).filter(|told| told.event == *event && !state.part);
    let nobodys = told.filter_map(|told| told.lock.as_ref()).filter(|lock| setup.keys.contains_key(*lock)).count();
    let doubled = codes.values().filter(|times| **times > 1).count();
    draws + openings + lots + doubled + nobodys + usize::from(setup.seal.crosses())
}

/// People who sealed and who mark as well (加密 + 评分): who seals knows whom they mark.
#[must_use]
pub fn both_sealing_and_marking(state: &Competition, event: &EventId, setup: &Event) -> Vec<Words> {
    let officers: BTreeSet<&str> = setup
        .seal
        .versions()
        .flat_map(|(_, seal)| [seal.value.officer.as_str(), seal.value.supervisor.as_str()])
        .collect();
    let marking = state.judges.iter().filter_map(|(id, register)| {
        let judge = register.value().filter(|judge| !judge.retired)?;
        let may_mark = !matches!(judge.kind, JudgeKind::Encryption | JudgeKind::CheckIn);
        let marks = may_mark || duties::scores(state, event, setup, id);
        (marks && officers.contains(judge.name.as_str())).then_some(judge)
    });
    marking.map(|judge| words("draw-both-roles", &[("name", &judge.name), ("code", &judge.code)])).collect()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
