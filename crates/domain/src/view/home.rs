//! The home page: phases, the one next step, what is missing.

use super::{Words, approvals, certificates, equals, finalising, history, key, parameters, recheck, words};
use crate::command::competition::{Counts, HomePage, Phase, PhaseState};
use crate::competition::{Asked, Competition, Event};
use crate::ids::{EventId, ItemId};
use crate::results::{self, places, places_for};
use crate::{fact::MarkPlace, register::Register};
use jiangsai_scoring::rulebook::Unmarked;
use jiangsai_scoring::{EntryStatus, Mark, Text};
use std::collections::BTreeMap;

/// The home page of a competition.
#[must_use]
pub fn home(state: &Competition) -> HomePage {
    let settings = state.settings();
    let events: Vec<(EventId, String)> =
        state.events.iter().map(|(id, event)| (id.clone(), event.name.value().cloned().unwrap_or_default())).collect();
    let first = state.events.iter().next();
    let modules = first.map(|(id, setup)| modules(state, id, setup)).unwrap_or_default();
    let counts = counts(state, first);
    let phases =
        first.map(|(id, setup)| phases(setup, &counts, finalising::has_changed(state, id))).unwrap_or_default();
    let (mut recent, _) = history::list(state, &crate::command::competition::About::All, 0, 10);
    for line in recent.iter_mut().filter(|line| history::is_sealed(line)) {
        // Everybody sees this page.
        line.before.clear();
        line.after.clear();
    }
    HomePage { title: settings.title, synthetic: settings.synthetic, events, phases, modules, recent, counts }
}

/// Does anybody still wait for marks of an entry of this status?
#[must_use]
pub fn is_marked(setup: &Event, status: EntryStatus) -> bool {
    let Some(engine) = setup.engine() else { return false };
    let rule = engine.status_rule(status);
    status == EntryStatus::Ok || (rule.ranked && rule.unmarked == Unmarked::NotYet)
}

/// Cells of an item that are marked, and all of them. Items that need not be marked have none, nor has an entry that does not go on to
/// the stage of the item.
#[must_use]
pub fn progress(state: &Competition, event: &EventId, setup: &Event, item: &str) -> (u32, u32) {
    let Some(engine) = setup.engine() else { return (0, 0) };
    let Some(rule) = engine.rulebook().item(item).filter(|rule| !engine.rulebook().is_optional(rule)) else {
        return (0, 0);
    };
    let (mut done, mut all) = (0, 0);
    let whole = places(setup, rule);
    let marked = state.entries_of(event).filter(|(_, entry)| is_marked(setup, entry.status()));
    for (entry, _) in marked.filter(|(entry, _)| results::takes_part(state, event, entry, item)) {
        let own = setup.seats.contains_key(entry).then(|| places_for(setup, entry, rule));
        for (judge, attempt) in own.as_ref().unwrap_or(&whole) {
            all += 1;
            let once = MarkPlace::once(event, entry, &ItemId::from(item), judge.as_ref());
            let place = MarkPlace { attempt: *attempt, ..once };
            let mark = state.marks.get(&place).and_then(Register::agreed);
            done += u32::from(mark.is_some_and(|mark| *mark != Mark::NotYet));
        }
    }
    (done, all)
}

/// Modules and other nodes with items of their own: name, marked cells, all cells.
pub(super) fn modules(state: &Competition, event: &EventId, setup: &Event) -> Vec<(Text, u32, u32)> {
    let Some(engine) = setup.engine() else { return Vec::new() };
    let rulebook = engine.rulebook();
    let groups = rulebook.nodes.iter().filter_map(|node| {
        let (mut done, mut all) = (0, 0);
        for item in rulebook.module_items(&node.id) {
            if rulebook.item(&item).is_some_and(|item| state.leaves_out(event, item)) {
                continue;
            }
            let (marked, cells) = progress(state, event, setup, &item);
            done += marked;
            all += cells;
        }
        (all > 0).then(|| (node.name.clone(), done, all))
    });
    groups.collect()
}

/// Findings (待办事项) of an event: crossing values, failed panel checks, facts without effect, marks without a place, final results that
/// are not what was confirmed.
#[must_use]
pub fn findings(state: &Competition, event: &EventId) -> u32 {
    let marks = state.marks.iter().filter(|(place, register)| place.event == *event && register.crosses()).count();
    let entries = state
        .entries_of(event)
        .filter(|(_, entry)| entry.registered.crosses() || entry.numbers.crosses() || entry.status.crosses());
    let setup = state.events.get(event).map_or(0, |setup| {
        let panels = setup.panels.values().filter(|panel| panel.crosses()).count();
        let drawn = super::draw::unsettled(state, event, setup);
        let values = setup.parameters.values().flat_map(BTreeMap::values).filter(|value| value.crosses()).count();
        let seats = setup.seats.values().flat_map(BTreeMap::values).flat_map(BTreeMap::values);
        let seats = seats.filter(|seat| seat.crosses()).count();
        let seats = seats + setup.doubled_seats();
        let bulletins = setup.bulletins.values().filter(|number| number.crosses()).count();
        let leaders = setup.leaders.values().filter(|leader| leader.crosses()).count();
        let chosen = usize::from(setup.paper.crosses()) + usize::from(setup.recheck.crosses());
        panels
            + drawn
            + values
            + seats
            + bulletins
            + leaders
            + chosen
            + usize::from(setup.rulebook.crosses())
            + usize::from(setup.done.crosses())
            + usize::from(setup.release.crosses())
    });
    let computed = results::results(state, event)
        .map_or(0, |results| results.outcome.checks.len() + usize::try_from(results.orphaned).unwrap_or(usize::MAX));
    let sheets = state.sheets.iter().filter(|(sheet, register)| sheet.event == *event && register.crosses()).count();
    let people = state.persons.values().filter(|person| person.crosses()).count();
    let judges = state.judges.values().filter(|judge| judge.crosses()).count();
    let officers = state.people.officers.values().filter(|officer| officer.crosses()).count();
    let officers = officers + approvals::missing(state, event);
    let decisions = equals::crossings(state, event);
    let all = marks + sheets + entries.count() + decisions + setup + computed + people + judges + officers;
    let all = all + usize::from(state.settings.crosses()) + state.newer.len() + state.malformed.len();
    let all = all + usize::from(finalising::has_changed(state, event));
    let all = all + crossing_words(state, event) + certificates::unsettled(state, event).len();
    u32::try_from(all).unwrap_or(u32::MAX)
}

/// What was said about sheets, modules and inquiries of an event and crosses.
fn crossing_words(state: &Competition, event: &EventId) -> usize {
    let confirmed = state.confirmations.iter().filter(|(place, own)| place.event == *event && own.crosses()).count();
    let times = state.extra_times.iter().filter(|(place, own)| place.event == *event && own.crosses()).count();
    let rescores = state.rescores.iter().filter(|(place, own)| place.event == *event && own.crosses()).count();
    let of_event = |own: &&Asked| own.asked.value().is_some_and(|asked| asked.event == *event);
    let answers = state.inquiries.values().filter(of_event).filter(|own| own.answered.crosses()).count();
    confirmed + times + rescores + answers + recheck::crossing(state, event)
}

fn counts(state: &Competition, first: Option<(&EventId, &Event)>) -> Counts {
    let mut counts = Counts {
        judges: count(state.judges.values().filter(|judge| judge.value().is_some_and(|judge| !judge.retired)).count()),
        facts: count(state.facts()),
        ..Counts::default()
    };
    let Some((event, setup)) = first else { return counts };
    for (_, entry) in state.entries_of(event) {
        let numbers = state.numbers(entry);
        let competes = entry.status() != EntryStatus::Withdrawn;
        counts.entries += u32::from(competes);
        counts.unnumbered += u32::from(competes && (numbers.number.is_empty() || numbers.station.is_empty()));
    }
    if let Some(engine) = setup.engine() {
        for item in engine.rulebook().items() {
            let (done, all) = progress(state, event, setup, &item.id);
            counts.unmarked += all - done;
        }
    }
    counts.parameters = count(parameters::missing(state, event));
    if let (Some(engine), Ok(scored)) = (setup.engine(), results::scored(state, event)) {
        counts.undecided = count(equals::undecided(state, engine.rulebook().ranking.last, &scored.board));
    }
    counts.findings = findings(state, event);
    counts
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The phases in order; the first that is not done is the next step.
fn phases(setup: &Event, counts: &Counts, changed: bool) -> Vec<Phase> {
    let registered = counts.entries > 0;
    let seats = empty_seats(setup);
    let ranked = registered && counts.unmarked == 0 && seats == 0;
    let sealed = setup.engine().is_some_and(|engine| !engine.rulebook().parameters.is_empty());
    let parameters = ("parameters", counts.parameters == 0, parameters_note(counts));
    let list = [
        ("rulebook", setup.engine().is_some(), vec![rulebook_note(setup)]),
        ("registration", registered, vec![words("home-note-entries", &[("count", &counts.entries)])]),
        ("numbers", registered && counts.unnumbered == 0, numbers_note(counts)),
        ("judges", seats == 0, judges_note(counts, seats)),
        ("scoring", ranked, scoring_note(counts, ranked)),
        parameters,
        ("finalise", setup.is_final() && counts.findings == 0, standings_note(setup, counts, changed)),
        ("print", false, vec![key("home-note-print")]),
    ];
    let mut next_found = false;
    list.into_iter()
        .filter(|(id, ..)| sealed || *id != "parameters")
        .map(|(id, done, notes)| {
            let state = match (done, next_found) {
                (true, _) => PhaseState::Done,
                (false, false) => {
                    next_found = true;
                    PhaseState::Next
                }
                (false, true) => PhaseState::Later,
            };
            Phase { id: id.to_owned(), state, notes }
        })
        .collect()
}

fn rulebook_note(setup: &Event) -> Words {
    match setup.engine() {
        Some(engine) => {
            let title = &engine.rulebook().title;
            words(
                "home-note-rulebook",
                &[("title-zh", &title.zh), ("title-en", &title.en), ("items", &engine.rulebook().items.len())],
            )
        }
        None => key("home-note-no-rulebook"),
    }
}

fn numbers_note(counts: &Counts) -> Vec<Words> {
    match (counts.entries, counts.unnumbered) {
        (0, _) => Vec::new(),
        (_, 0) => vec![key("home-note-numbered")],
        (_, missing) => vec![words("home-note-unnumbered", &[("count", &missing)])],
    }
}

fn judges_note(counts: &Counts, seats: usize) -> Vec<Words> {
    let mut notes = vec![words("home-note-judges", &[("count", &counts.judges)])];
    if seats > 0 {
        notes.push(words("home-note-empty-seats", &[("count", &seats)]));
    }
    notes
}

fn scoring_note(counts: &Counts, ranked: bool) -> Vec<Words> {
    let mut notes = Vec::new();
    if ranked {
        notes.push(key("home-note-marked"));
    } else if counts.unmarked > 0 {
        notes.push(words("home-note-unmarked", &[("count", &counts.unmarked)]));
    }
    if counts.findings > 0 {
        notes.push(words("home-note-findings", &[("count", &counts.findings)]));
    }
    notes
}

fn parameters_note(counts: &Counts) -> Vec<Words> {
    vec![match counts.parameters {
        0 => key("home-note-parameters"),
        missing => words("home-note-parameters-missing", &[("count", &missing)]),
    }]
}

fn standings_note(setup: &Event, counts: &Counts, changed: bool) -> Vec<Words> {
    let mut notes = Vec::new();
    if changed {
        notes.push(key("home-note-changed"));
    } else if setup.is_final() {
        notes.push(key("home-note-final"));
    } else if counts.entries > 0 {
        notes.push(key("home-note-provisional"));
    }
    if counts.undecided > 0 {
        notes.push(words("home-note-undecided", &[("count", &counts.undecided)]));
    }
    notes
}

/// Seats of all panels that nobody sits on.
pub(super) fn empty_seats(setup: &Event) -> usize {
    let Some(engine) = setup.engine() else { return 0 };
    engine
        .rulebook()
        .panels
        .iter()
        .map(|panel| usize::from(panel.seats).saturating_sub(setup.members(&panel.id).len()))
        .sum()
}
