//! From the state to the scoring engine and back: which marks count, who sits where, the standings of an event.

mod decisions;
mod misplaced;
mod parameters;

pub use decisions::order_of;
pub use misplaced::{Misplaced, misplaced};
pub use parameters::given;

use crate::command::registration::{FieldId, Form};
use crate::competition::{Competition, Event};
use crate::fact::{Decision, MarkPlace};
use crate::ids::{EntryId, EventId, JudgeId, ParameterId};
use jiangsai_scoring::input::check_mark;
use jiangsai_scoring::rulebook::{Item, Rulebook};
use jiangsai_scoring::{Board, Derivation, Engine, Entry, Field, Mark, MarkRow, Outcome};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The present results of an event.
pub struct Results {
    /// What computed them.
    pub engine: Arc<Engine>,
    /// What came out.
    pub outcome: Outcome,
    /// Marks on record that the rulebook has no place for.
    pub orphaned: u32,
}

/// The marks of an event, computed and ranked.
#[derive(Clone, Debug)]
pub struct Scored {
    /// The board: values, ranks, derivations.
    pub board: Board,
    /// Marks on record that the rulebook has no place for.
    pub orphaned: u32,
    /// Something was decided between equals: who they are may change with every mark.
    decided: bool,
}

/// What is laid over the state to see what it would change; with nothing in it the state is as it is.
#[derive(Clone, Debug, Default)]
pub struct Supposed {
    /// Values of parameters by the text that chooses one; empty for none.
    pub parameters: Vec<(ParameterId, String, String)>,
    /// Decisions between equals.
    pub decisions: BTreeMap<EntryId, Decision>,
}

impl Scored {
    /// Computes an event under a rulebook.
    ///
    /// # Errors
    /// When the marks do not fit the rulebook.
    pub fn new(state: &Competition, event: &EventId, engine: &Engine) -> Result<Self, NoResults> {
        Self::supposing(state, event, engine, &Supposed::default())
    }

    /// Computes an event under a rulebook with something laid over the state.
    ///
    /// # Errors
    /// When the marks do not fit the rulebook.
    pub fn supposing(
        state: &Competition,
        event: &EventId,
        engine: &Engine,
        supposed: &Supposed,
    ) -> Result<Self, NoResults> {
        let (field, orphaned) = field(state, event, engine, supposed)?;
        let mut board = engine.board(&field).map_err(|_| NoResults::Misfit)?;
        let places = decisions::places(state, supposed, engine.rulebook().ranking.last, &board);
        if !places.is_empty() {
            board.decide(places.iter().map(|(id, place)| (id.as_str(), *place)));
        }
        let decided = state.entries_of(event).any(|(_, entry)| !entry.decision.is_empty());
        Ok(Self { board, orphaned, decided })
    }

    /// Follows one mark; false when everything has to be computed anew.
    pub(crate) fn follow(&mut self, setup: &Event, place: &MarkPlace, mark: Mark) -> bool {
        let Some(engine) = setup.engine() else { return false };
        if self.decided {
            return false;
        }
        // A mark without a place is counted, not computed; whether this one was such a mark is not known here.
        if self.orphaned > 0 {
            return false;
        }
        match counts(place, &mark, setup, engine.rulebook()) {
            Counts::For(seat) => self.board.put(&row(place, seat, mark)).is_ok(),
            Counts::SetAside => true,
            Counts::Nowhere => false,
        }
    }

    /// The values of an entry.
    #[must_use]
    pub fn entry(&self, id: &EntryId) -> Option<usize> {
        self.board.entry(id.as_str())
    }
}

/// Why there are no results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoResults {
    /// No such event.
    #[error("no such event")]
    UnknownEvent,
    /// No rulebook that this build can compute.
    #[error("no rulebook")]
    NoRulebook,
    /// Facts of a newer version are on record: standings without them would be wrong.
    #[error("needs a newer version")]
    NeedsNewer,
    /// This node holds a part of the facts: standings of a part would be wrong.
    #[error("a part of the records")]
    Part,
    /// The event is locked, and its standings rest on who is who.
    #[error("names are locked")]
    Locked,
    /// What went in does not fit the rulebook.
    #[error("the marks do not fit the rulebook")]
    Misfit,
}

/// The rulebook of an event, ready to compute.
///
/// # Errors
/// Why there is none.
pub fn engine_of<'a>(state: &'a Competition, event: &EventId) -> Result<(&'a Event, &'a Arc<Engine>), NoResults> {
    if !state.newer.is_empty() {
        return Err(NoResults::NeedsNewer);
    }
    let event = state.events.get(event).ok_or(NoResults::UnknownEvent)?;
    Ok((event, event.engine().ok_or(NoResults::NoRulebook)?))
}

/// Computes the results of an event as they stand.
///
/// # Errors
/// Why there are none.
pub fn results(state: &Competition, event: &EventId) -> Result<Results, NoResults> {
    let (_, engine) = engine_of(state, event)?;
    let scored = scored(state, event)?;
    Ok(Results { engine: Arc::clone(engine), outcome: scored.board.outcome(), orphaned: scored.orphaned })
}

/// The marks of an event as they stand, computed and ranked.
///
/// # Errors
/// Why there are none.
pub fn scored<'a>(state: &'a Competition, event: &EventId) -> Result<&'a Scored, NoResults> {
    let (setup, _) = engine_of(state, event)?;
    state.scored(event, setup)
}

/// Will an entry have a mark for an item: not once it is decided that it does not go on to the stage of the item (理论未入围). True
/// where nothing can be computed.
#[must_use]
pub fn takes_part(state: &Competition, event: &EventId, entry: &EntryId, item: &str) -> bool {
    if let Some(veil) = state.veiled.get(event) {
        return veil.goes_on(entry, item);
    }
    let Ok(scored) = scored(state, event) else { return true };
    let (Some(entry), Some(item)) = (scored.entry(entry), scored.board.item(item)) else { return true };
    scored.board.takes_part(entry, item)
}

/// How the total of an entry came about. `None` when there is none.
#[must_use]
pub fn derive(state: &Competition, event: &EventId, entry: &EntryId) -> Option<Derivation> {
    let (_, engine) = engine_of(state, event).ok()?;
    let scored = scored(state, event).ok()?;
    scored.board.explain(scored.entry(entry)?, &engine.rulebook().ranking.by)
}

/// Computes the results of an event under another rulebook.
///
/// # Errors
/// Why there are none.
pub fn results_with(state: &Competition, event: &EventId, engine: &Arc<Engine>) -> Result<Results, NoResults> {
    let scored = Scored::new(state, event, engine)?;
    Ok(Results { engine: Arc::clone(engine), outcome: scored.board.outcome(), orphaned: scored.orphaned })
}

/// Computes the results of an event with something laid over the state.
///
/// # Errors
/// Why there are none.
pub fn results_supposing(state: &Competition, event: &EventId, supposed: &Supposed) -> Result<Results, NoResults> {
    let (_, engine) = engine_of(state, event)?;
    let scored = Scored::supposing(state, event, engine, supposed)?;
    Ok(Results { engine: Arc::clone(engine), outcome: scored.board.outcome(), orphaned: scored.orphaned })
}

/// What the engine is given, and how many marks on record it is not given.
fn field(
    state: &Competition,
    event: &EventId,
    engine: &Engine,
    supposed: &Supposed,
) -> Result<(Field, u32), NoResults> {
    if state.part {
        return Err(NoResults::Part);
    }
    let setup = state.events.get(event).ok_or(NoResults::UnknownEvent)?;
    let rulebook = engine.rulebook();
    if setup.is_locked() && (needs_names(engine) || !rulebook.stages.is_empty()) {
        return Err(NoResults::Locked);
    }
    let parameters = given(setup, rulebook, &supposed.parameters);
    let mut field = Field { panels: panels(setup, rulebook), parameters, ..Field::default() };
    let mut orphaned = 0;
    for (id, entry) in state.entries_of(event) {
        field.entries.push(scored_entry(state, id, entry));
        orphaned += add_marks(state, event, id, setup, rulebook, &mut field.marks);
    }
    Ok((field, orphaned))
}

/// Fields of the form under the names a rulebook knows them by.
const DATA: [(FieldId, &str); 11] = [
    (FieldId::Unit, "unit"),
    (FieldId::Delegation, "delegation"),
    (FieldId::Occupation, "occupation"),
    (FieldId::SkillLevel, "level"),
    (FieldId::Sex, "sex"),
    (FieldId::BirthDate, "birth_date"),
    (FieldId::Education, "education"),
    (FieldId::YearsInTrade, "years_in_trade"),
    (FieldId::Ownership, "ownership"),
    (FieldId::MigrantWorker, "migrant_worker"),
    (FieldId::Title, "title"),
];

/// Does the rulebook of an event look at what registration forms alone say? Then results without them are others.
#[must_use]
pub fn needs_forms(event: &Event) -> bool {
    let of_form = |name: &&str| DATA.iter().any(|(_, known)| known == name);
    event.engine().is_some_and(|engine| engine.rulebook().teams.is_some() || engine.data().iter().any(of_form))
}

/// Do results rest on anything that is known of an entry besides its marks?
fn needs_names(engine: &Engine) -> bool {
    engine.rulebook().teams.is_some() || !engine.data().is_empty()
}

/// The fields of a form that results of an event rest on.
pub(crate) fn fields_needed(event: &Event, form: &Form) -> Vec<FieldId> {
    let Some(engine) = event.engine() else { return Vec::new() };
    let asked = engine.data();
    let data = DATA.iter().filter(|(_, name)| asked.contains(name)).map(|(field, _)| *field);
    let filled = |field: &FieldId| form.get(field).is_some_and(|text| !text.is_empty());
    let teams = engine.rulebook().teams.is_some();
    let team = [FieldId::Delegation, FieldId::Unit].into_iter().find(filled).filter(|_| teams);
    data.chain(team).collect()
}

/// Names by which rulebooks know the 场次 of an entry: whoever is in it works in one group and heat, on one paper.
const SESSION: [&str; 4] = ["session", "group", "heat", "paper"];

/// What a rulebook may know of an entry besides its marks, by name.
#[must_use]
pub fn data_of(state: &Competition, entry: &crate::competition::Entry) -> BTreeMap<String, String> {
    let form = state.form_of(entry);
    let text = |field: &FieldId| form.and_then(|form| form.get(field)).filter(|text| !text.is_empty()).cloned();
    let mut data: BTreeMap<String, String> =
        DATA.iter().filter_map(|(field, name)| Some(((*name).to_owned(), text(field)?))).collect();
    let numbers = state.numbers(entry);
    let session = SESSION.map(|name| (name, &numbers.session));
    for (name, text) in [("number", &numbers.number), ("station", &numbers.station)].into_iter().chain(session) {
        if !text.is_empty() {
            data.insert(name.to_owned(), text.clone());
        }
    }
    data
}

/// An entry as the engine sees it: its team is its delegation, or its unit where it has none.
fn scored_entry(state: &Competition, id: &EntryId, entry: &crate::competition::Entry) -> Entry {
    let team = state.team_of(entry).cloned();
    let since = entry.status_stage().cloned();
    Entry { id: id.to_string(), status: entry.status(), since, team, data: data_of(state, entry) }
}

/// Judges by panel, never more than there are seats.
fn panels(setup: &Event, rulebook: &Rulebook) -> BTreeMap<String, Vec<String>> {
    let judges = |panel: &jiangsai_scoring::rulebook::Panel| {
        let mut members: Vec<String> = Vec::new();
        for judge in setup.members(&panel.id).iter().map(ToString::to_string) {
            if !members.contains(&judge) && members.len() < usize::from(panel.seats) {
                members.push(judge);
            }
        }
        (panel.id.clone(), members)
    };
    rulebook.panels.iter().map(judges).collect()
}

/// Adds the marks of an entry that count; answers how many on record have no place under this rulebook.
fn add_marks(
    state: &Competition,
    event: &EventId,
    entry: &EntryId,
    setup: &Event,
    rulebook: &Rulebook,
    rows: &mut Vec<MarkRow>,
) -> u32 {
    let mut orphaned = 0;
    for (place, register) in state.marks_of(event, entry) {
        // Different values that cross do not count until somebody settles them.
        let Some(mark) = register.agreed().filter(|mark| **mark != Mark::NotYet) else { continue };
        match counts(place, mark, setup, rulebook) {
            Counts::For(seat) => rows.push(row(place, seat, mark.clone())),
            Counts::SetAside => {}
            Counts::Nowhere => orphaned += 1,
        }
    }
    for item in rulebook.items() {
        for seat in empty_seats(setup, entry, item) {
            for attempt in 1..=item.attempt_count() {
                let once = MarkPlace::once(event, entry, &item.id.as_str().into(), None);
                rows.push(row(&MarkPlace { attempt, ..once }, Some(seat), Mark::Absent));
            }
        }
    }
    orphaned
}

/// Seats of an item's panel that stay empty for an entry: its rule for absent judges says what that means.
fn empty_seats<'a>(setup: &'a Event, entry: &'a EntryId, item: &'a Item) -> impl Iterator<Item = &'a JudgeId> {
    let changed = item.panel().filter(|panel| setup.seats_changed(entry, panel));
    let empty = move |panel: &'a str| {
        setup.members(panel).iter().filter(move |seat| setup.sitting(entry, panel, seat).is_none())
    };
    changed.into_iter().flat_map(empty)
}

/// A mark as the engine is given it, in the seat it was given for.
fn row(place: &MarkPlace, seat: Option<&JudgeId>, mark: Mark) -> MarkRow {
    MarkRow {
        entry: place.entry.to_string(),
        item: place.item.to_string(),
        judge: seat.map(ToString::to_string),
        stage: None,
        attempt: place.attempt,
        mark,
    }
}

/// What a mark on record counts for.
enum Counts<'a> {
    /// This seat of the panel, or the one value of its item.
    For(Option<&'a JudgeId>),
    /// Somebody else sits in its seat for this entry: it is kept and does not count.
    SetAside,
    /// The rulebook has no place for it.
    Nowhere,
}

fn counts<'a>(place: &MarkPlace, mark: &Mark, setup: &'a Event, rulebook: &Rulebook) -> Counts<'a> {
    let Some(item) = rulebook.item(place.item.as_str()) else { return Counts::Nowhere };
    if !(1..=item.attempt_count()).contains(&place.attempt) || check_mark(item, mark).is_err() {
        return Counts::Nowhere;
    }
    match (item.panel(), &place.judge) {
        (None, None) => Counts::For(None),
        (Some(panel), Some(judge)) => match setup.seat_of(&place.entry, panel, judge) {
            Some(seat) => Counts::For(Some(seat)),
            None if setup.seats_changed(&place.entry, panel) => Counts::SetAside,
            None => Counts::Nowhere,
        },
        _ => Counts::Nowhere,
    }
}

/// Every place of an item for an entry: who has to mark it in whose seat, and at which attempt.
#[must_use]
pub fn places_for(setup: &Event, entry: &EntryId, item: &Item) -> Vec<(Option<JudgeId>, u16)> {
    let judges = markers_for(setup, entry, item);
    let attempts = 1..=item.attempt_count();
    attempts.flat_map(|attempt| judges.iter().map(move |judge| (judge.clone(), attempt))).collect()
}

/// Who has to mark an item for an entry: nobody in particular, or whoever sits in the seats of its panel for it.
#[must_use]
pub fn markers_for(setup: &Event, entry: &EntryId, item: &Item) -> Vec<Option<JudgeId>> {
    let Some(panel) = item.panel().filter(|panel| setup.seats_changed(entry, panel)) else {
        return markers(setup, item);
    };
    setup.members(panel).iter().filter_map(|seat| setup.sitting(entry, panel, seat)).cloned().map(Some).collect()
}

/// Every place of an item: who has to mark it, and at which attempt.
#[must_use]
pub fn places(setup: &Event, item: &Item) -> Vec<(Option<JudgeId>, u16)> {
    let attempts = 1..=item.attempt_count();
    attempts.flat_map(|attempt| markers(setup, item).into_iter().map(move |judge| (judge, attempt))).collect()
}

/// Who has to mark an item: nobody in particular, or every judge of its panel.
#[must_use]
pub fn markers(setup: &Event, item: &Item) -> Vec<Option<JudgeId>> {
    match item.panel() {
        None => vec![None],
        Some(panel) => setup.members(panel).iter().cloned().map(Some).collect(),
    }
}
