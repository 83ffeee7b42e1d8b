//! The home page: phases, the one next step, what is missing.

use super::findings::{self, Branch};
use super::{Words, equals, finalising, history, key, parameters, words};
use crate::command::competition::{Counts, HomePage, Phase, PhaseState};
use crate::competition::{Competition, Event};
use crate::ids::{EntryId, EventId, ItemId, JudgeId};
use crate::results::{self, places, places_for};
use crate::{fact::MarkPlace, register::Register};
use jiangsai_scoring::rulebook::Unmarked;
use jiangsai_scoring::{EntryStatus, Mark, Text};

/// The home page of a competition.
#[must_use]
pub fn home(state: &Competition) -> HomePage {
    beside(state, &[])
}

/// The home page, with branches that were set apart among the findings. That it is received as public facts alone is no matter of these.
#[must_use]
pub fn beside(state: &Competition, branches: &[Branch]) -> HomePage {
    let settings = state.settings();
    let events: Vec<(EventId, String)> =
        state.events.iter().map(|(id, event)| (id.clone(), event.name.value().cloned().unwrap_or_default())).collect();
    let first = state.events.iter().next();
    let modules = first.map(|(id, setup)| modules(state, id, setup)).unwrap_or_default();
    let found = first.map(|(id, _)| findings::list(state, id, branches)).unwrap_or_default();
    let counts = counts(state, first, found.count());
    let phases = first
        .map(|(id, setup)| phases(setup, &counts, found.blocking(), finalising::has_changed(state, id)))
        .unwrap_or_default();
    let (mut recent, _) = history::list(state, &crate::command::competition::About::All, 0, 10);
    for line in recent.iter_mut().filter(|line| history::is_sealed(line)) {
        // Everybody sees this page.
        line.before.clear();
        line.after.clear();
    }
    HomePage {
        title: settings.title,
        synthetic: settings.synthetic,
        events,
        phases,
        modules,
        recent,
        counts,
        public: false,
    }
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
        let changed = rule.panel().is_some_and(|panel| setup.seats_changed(entry, panel));
        let own = changed.then(|| places_for(setup, entry, rule));
        for (judge, attempt) in own.as_ref().unwrap_or(&whole) {
            all += 1;
            let once = MarkPlace::once(event, entry, &ItemId::from(item), judge.as_ref());
            let place = MarkPlace { attempt: *attempt, ..once };
            done += u32::from(is_given(state, &place));
        }
    }
    (done, all)
}

/// Is a mark of an item missing for an entry?
pub(super) fn is_open(state: &Competition, event: &EventId, entry: &EntryId, item: &str) -> bool {
    let Some(setup) = state.events.get(event) else { return false };
    let Some(rule) = setup.engine().and_then(|engine| engine.rulebook().item(item)) else { return false };
    let open = |(judge, attempt): &(Option<JudgeId>, u16)| {
        let once = MarkPlace::once(event, entry, &ItemId::from(item), judge.as_ref());
        !is_given(state, &MarkPlace { attempt: *attempt, ..once })
    };
    let places = places_for(setup, entry, rule);
    // Where nobody sits nothing is marked.
    places.is_empty() || places.iter().any(open)
}

/// Does one mark stand at a place?
fn is_given(state: &Competition, place: &MarkPlace) -> bool {
    state.marks.get(place).and_then(Register::agreed).is_some_and(|mark| *mark != Mark::NotYet)
}

/// Modules and other nodes with items of their own: name, marked cells, all cells.
pub(crate) fn modules(state: &Competition, event: &EventId, setup: &Event) -> Vec<(Text, u32, u32)> {
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

/// How many findings (待办事项) of an event are open, as far as the records say.
#[must_use]
pub fn findings(state: &Competition, event: &EventId) -> u32 {
    findings::count(state, event, &[])
}

fn counts(state: &Competition, first: Option<(&EventId, &Event)>, findings: u32) -> Counts {
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
        let coded = entry.told().is_some_and(|told| !told.code.is_empty());
        let numbered = coded || !numbers.number.is_empty() && !numbers.station.is_empty();
        counts.unnumbered += u32::from(competes && !numbered);
    }
    if let Some(engine) = setup.engine() {
        // What is out of sight is not waited for.
        for item in engine.rulebook().items().iter().filter(|item| !state.leaves_out(event, item)) {
            let (done, all) = progress(state, event, setup, &item.id);
            counts.unmarked += all - done;
        }
    }
    counts.parameters = count(parameters::missing(state, event));
    if let (Some(engine), Ok(scored)) = (setup.engine(), results::scored(state, event)) {
        counts.undecided = count(equals::undecided(state, engine.rulebook().ranking.last, &scored.board));
    }
    counts.findings = findings;
    counts
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The phases in order; the first that is not done is the next step.
fn phases(setup: &Event, counts: &Counts, blocking: u32, changed: bool) -> Vec<Phase> {
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
        ("finalise", setup.is_final() && blocking == 0, standings_note(setup, counts, changed)),
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
