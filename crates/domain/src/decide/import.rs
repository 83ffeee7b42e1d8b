//! Importing a roster or marks: everything or nothing.

use super::marks::{judge_for, unsigned};
use super::{draft, entries, needs_reason, not_sealed, open_event};
use crate::command::marks::{Answer, Candidate, MarkChange};
use crate::command::registration::{CellFault, FieldId};
use crate::competition::{Competition, Entry, Event};
use crate::envelope::{Context, Draft, Refusal};
use crate::fact::{Fact, MarkPlace};
use crate::ids::{EntryId, EventId, FactId, ItemId, JudgeId, PersonId};
use crate::import::{marks, roster};
use crate::register::Register;
use crate::results::{self, markers, markers_for};
use crate::table::Table;
use crate::view::{self, blind, home};
use jiangsai_scoring::rulebook::Item;
use jiangsai_scoring::{Mark, input};
use std::collections::BTreeMap;

/// What a roster file says, checked against the entries of the event.
///
/// # Errors
/// `not-found`, `finalised`, `sealed`.
pub fn read_roster(
    state: &Competition,
    event: &EventId,
    table: &Table,
    context: &Context,
) -> Result<roster::RosterRead, Refusal> {
    open_event(state, event)?;
    not_sealed(state, event)?;
    let existing: Vec<roster::ExistingPerson> = state
        .entries_of(event)
        .map(|(_, entry)| {
            let form = state.form_of(entry);
            let field = |field| form.and_then(|form| form.get(&field)).cloned().unwrap_or_default();
            let numbers = state.numbers(entry);
            roster::ExistingPerson {
                number: numbers.number,
                place: (numbers.session, numbers.station),
                name: field(FieldId::Name),
                document: (field(FieldId::DocumentKind), field(FieldId::DocumentNumber)),
            }
        })
        .collect();
    Ok(roster::read(table, &state.settings().fields, &existing, &context.today))
}

/// The facts of a roster without faults, and how many rows it has.
#[must_use]
pub fn roster_facts(event: &EventId, read: &roster::RosterRead, context: &Context) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (index, (_, form)) in read.forms.iter().enumerate() {
        let index = 2 * index as u64;
        let (person, entry) = (PersonId::new(context.fresh(index)), EntryId::new(context.fresh(index + 1)));
        drafts.extend(entries::registration(event, person, &entry, form));
    }
    drafts
}

/// What a file of marks says, checked against the event, with answers to its questions.
///
/// # Errors
/// `not-found`, `finalised`, `no-rulebook`, `unknown-entry` for an answer that names nobody of the event, `imported-sealed` for results that
/// are kept out of sight.
pub fn read_marks(
    state: &Competition,
    event: &EventId,
    table: &Table,
    answers: &[Answer],
) -> Result<marks::MarksRead, Refusal> {
    let setup = open_event(state, event)?;
    let engine = setup.engine().ok_or(Refusal::new("no-rulebook"))?;
    let rulebook = engine.rulebook();
    let judges: Vec<(String, JudgeId)> =
        state.judges.iter().filter_map(|(id, register)| Some((register.value()?.code.clone(), id.clone()))).collect();
    let entries: Vec<(String, String, EntryId)> = state
        .entries_of(event)
        .map(|(id, entry)| {
            // While sealed a file names entries by blind code: by 参赛号 its marks would tell which is whose.
            if state.is_sealed(entry) {
                let code = blind::blind_code(state, entry);
                return (code.label(), code.code, id.clone());
            }
            let numbers = state.numbers(entry);
            (numbers.number, numbers.station, id.clone())
        })
        .collect();
    let people = if state.is_event_sealed(event) { Vec::new() } else { known(state, event) };
    let answers = answers.iter().map(|answer| match &answer.entry {
        Some(entry) if !entries.iter().any(|(.., id)| id == entry) => Err(Refusal::new("unknown-entry")),
        entry => Ok((answer.row, entry.clone())),
    });
    let answers: BTreeMap<u32, Option<EntryId>> = answers.collect::<Result<_, _>>()?;
    let seated = |item: &Item| seated(setup, item);
    let judge_of = |entry: &EntryId, item: &Item, judge: &JudgeId| {
        judge_for(setup, entry, item, Some(judge)).map(Option::<&JudgeId>::cloned).map_err(|refusal| refusal.code)
    };
    let crosses = |entry: &EntryId, item: &Item, judge: Option<&JudgeId>, attempt: u16| {
        let once = MarkPlace::once(event, entry, &item.id.as_str().into(), judge);
        state.marks.get(&MarkPlace { attempt, ..once }).is_some_and(Register::crosses)
    };
    let context = marks::MarksContext {
        entries: &entries,
        rulebook,
        judges: &judges,
        seated: &seated,
        judge_for: &judge_of,
        crosses: &crosses,
        people: &people,
        answers: &answers,
    };
    let read = marks::read(table, &context);
    if read.marks.iter().any(|row| state.is_veiled(&place_of(event, row))) {
        return Err(Refusal::new("imported-sealed"));
    }
    Ok(read)
}

/// Who marks an item for anybody: the judges of its panel, and who sits in the seat of one of them for some entry.
fn seated(setup: &Event, item: &Item) -> Vec<JudgeId> {
    let mut judges: Vec<JudgeId> = markers(setup, item).into_iter().flatten().collect();
    for entry in setup.seats.keys() {
        let more: Vec<JudgeId> = markers_for(setup, entry, item).into_iter().flatten().collect();
        judges.extend(more.into_iter().filter(|judge| !judges.contains(judge)).collect::<Vec<_>>());
    }
    judges
}

/// The entries of an event as an examination knows them.
fn known(state: &Competition, event: &EventId) -> Vec<marks::Known> {
    let person = |(id, entry): (&EntryId, &Entry)| {
        let form = state.form_of(entry);
        let field = |field| form.and_then(|form| form.get(&field)).cloned().unwrap_or_default();
        marks::Known {
            entry: id.clone(),
            number: state.numbers(entry).number,
            admission: field(FieldId::Admission),
            name: field(FieldId::Name),
            unit: field(FieldId::Unit),
        }
    };
    state.entries_of(event).map(person).collect()
}

/// Who competes and has no result for a column of a file, neither in it nor on record, by 参赛号. Nobody while the file has faults: whose
/// row is wrong, or not known to be theirs, stands in it all the same.
#[must_use]
pub fn missing(state: &Competition, event: &EventId, read: &marks::MarksRead) -> Vec<EntryId> {
    let Some(setup) = state.events.get(event).filter(|_| read.faults.is_empty()) else { return Vec::new() };
    let entries = state.entries_of(event).filter(|(_, entry)| home::is_marked(setup, entry.status()));
    let mut missing: Vec<(String, EntryId)> = entries
        .filter(|(id, _)| lacking(state, event, read, id).next().is_some())
        .map(|(id, _)| (blind::called(state, id), id.clone()))
        .collect();
    missing.sort();
    missing.into_iter().map(|(_, id)| id).collect()
}

/// Columns of a file that an entry has no result for, neither in it nor on record. A mark that was cleared is none; what the chief judge
/// adjusts need not be there.
fn lacking<'a>(
    state: &'a Competition,
    event: &'a EventId,
    read: &'a marks::MarksRead,
    entry: &'a EntryId,
) -> impl Iterator<Item = &'a ItemId> {
    let adjusted = move |item: &ItemId| item_of(state, event, item).is_some_and(Item::is_adjusted);
    read.items.iter().filter(move |item| !adjusted(item)).filter(move |item| {
        let in_file = read.marks.iter().any(|mark| mark.entry == *entry && mark.item == **item);
        let on_record = state.marks.get(&MarkPlace::once(event, entry, item, None)).is_some_and(is_marked);
        !in_file && !on_record && results::takes_part(state, event, entry, item.as_str())
    })
}

/// An entry to choose from; by its blind code alone while sealed.
#[must_use]
pub fn candidate(state: &Competition, id: &EntryId) -> Candidate {
    let (name, unit) =
        state.entries.get(id).map(|entry| view::entries::name_and_unit(state, entry)).unwrap_or_default();
    Candidate { entry: blind::handle_of(state, id), number: blind::called(state, id), name, unit }
}

/// Entries of a file that were absent: for every column of it that they have no result for.
///
/// # Errors
/// `unknown-entry`, `stale-preview` for an entry that has its results.
pub fn absent_facts(
    state: &Competition,
    event: &EventId,
    read: &marks::MarksRead,
    absent: &[EntryId],
) -> Result<Vec<Draft>, Refusal> {
    let missing = missing(state, event, read);
    let mut marks = Vec::new();
    for handle in absent {
        let entry = blind::resolve(state, handle)?;
        if !missing.contains(&entry) {
            return Err(Refusal::new("stale-preview"));
        }
        let without = lacking(state, event, read, &entry).cloned().collect::<Vec<_>>();
        marks.extend(without.into_iter().map(|item| marks::ReadMark {
            entry: entry.clone(),
            item,
            judge: None,
            attempt: 1,
            mark: Mark::Absent,
        }));
    }
    marks_facts(state, event, &marks, "")
}

/// Where a mark of a file stands.
fn place_of(event: &EventId, row: &marks::ReadMark) -> MarkPlace {
    let once = MarkPlace::once(event, &row.entry, &row.item, row.judge.as_ref());
    MarkPlace { attempt: row.attempt, ..once }
}

/// The records that stand where a file has marks: what is applied is applied to what was shown.
#[must_use]
pub fn standing(state: &Competition, event: &EventId, marks: &[marks::ReadMark]) -> Vec<FactId> {
    marks.iter().flat_map(|row| state.current_mark(&place_of(event, row))).collect()
}

/// Marks that the import wants a reason for: those on record that a file would change, and what the chief judge adjusts. Not others that it
/// gives for the first time.
#[must_use]
pub fn changes(state: &Competition, event: &EventId, marks: &[marks::ReadMark]) -> Vec<MarkChange> {
    let change = |row: &marks::ReadMark| {
        let item = item_of(state, event, &row.item)?;
        let before = state.marks.get(&place_of(event, row)).filter(|register| is_marked(register));
        let text = |mark: &Mark| input::show_mark(item, mark);
        if before.is_none() && !item.is_adjusted() {
            return None;
        }
        (before.and_then(Register::agreed) != Some(&row.mark)).then(|| MarkChange {
            entry: blind::called(state, &row.entry),
            item: row.item.clone(),
            judge: row.judge.as_ref().map(|judge| view::judges::code(state, judge)).unwrap_or_default(),
            attempt: row.attempt,
            before: before.and_then(Register::value).map(text).unwrap_or_default(),
            after: text(&row.mark),
        })
    };
    marks.iter().filter_map(change).collect()
}

/// The item of the rulebook of an event.
fn item_of<'a>(state: &'a Competition, event: &EventId, item: &ItemId) -> Option<&'a Item> {
    state.events.get(event)?.engine()?.rulebook().item(item.as_str())
}

/// Is there a mark: not where it was cleared?
fn is_marked(register: &Register<Mark>) -> bool {
    register.crosses() || register.value().is_some_and(|mark| *mark != Mark::NotYet)
}

/// The facts of a file of marks without faults; values that stand already are left out.
///
/// # Errors
/// `not-found`, `sheet-signed` when a value would change on a signed sheet, `reason-needed` when it changes marks that were there or holds
/// some that the chief judge adjusts.
pub fn marks_facts(
    state: &Competition,
    event: &EventId,
    marks: &[marks::ReadMark],
    reason: &str,
) -> Result<Vec<Draft>, Refusal> {
    let setup = open_event(state, event)?;
    let fact = |row: &marks::ReadMark| {
        let place = place_of(event, row);
        let register = state.marks.get(&place);
        let stands = match register {
            None => row.mark == Mark::NotYet,
            Some(register) => register.agreed() == Some(&row.mark),
        };
        let replaces = register.map(Register::current).unwrap_or_default();
        if stands {
            return Ok(None);
        }
        unsigned(state, setup, &place)?;
        let adjusted = item_of(state, event, &row.item).is_some_and(Item::is_adjusted);
        let reason = if adjusted || register.is_some_and(is_marked) {
            needs_reason(reason)?;
            reason
        } else {
            ""
        };
        Ok(Some(draft(Fact::Mark { place, mark: row.mark.clone() }, replaces, reason)))
    };
    marks.iter().filter_map(|row| fact(row).transpose()).collect()
}

/// Imports need a reason once results were final; a file has none, so it is refused then.
///
/// # Errors
/// `reopened-by-hand` after results were final once.
pub fn may_import_marks(state: &Competition, event: &EventId) -> Result<(), Refusal> {
    if open_event(state, event)?.was_final() { Err(Refusal::new("reopened-by-hand")) } else { Ok(()) }
}

/// A fault of the whole file.
#[must_use]
pub fn whole_file(key: &str) -> CellFault {
    CellFault { row: 0, column: String::new(), header: String::new(), why: (key.to_owned(), Vec::new()) }
}
