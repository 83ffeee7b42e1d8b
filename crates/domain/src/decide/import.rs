//! Importing a roster or marks: everything or nothing.

use super::marks::unsigned;
use super::{draft, entries, not_sealed, open_event};
use crate::command::registration::{CellFault, FieldId};
use crate::competition::Competition;
use crate::envelope::{Context, Draft, Refusal};
use crate::fact::{Fact, MarkPlace};
use crate::ids::{EntryId, EventId, JudgeId, PersonId};
use crate::import::{marks, roster};
use crate::register::Register;
use crate::results::markers;
use crate::table::Table;
use crate::view::blind;
use jiangsai_scoring::Mark;

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

/// What a file of marks says, checked against the event.
///
/// # Errors
/// `not-found`, `finalised`, `no-rulebook`.
pub fn read_marks(state: &Competition, event: &EventId, table: &Table) -> Result<marks::MarksRead, Refusal> {
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
    let seated = |item: &jiangsai_scoring::rulebook::Item| markers(setup, item).into_iter().flatten().collect();
    let context = marks::MarksContext { entries: &entries, rulebook, judges: &judges, seated: &seated };
    Ok(marks::read(table, &context))
}

/// The facts of a file of marks without faults; values that stand already are left out.
///
/// # Errors
/// `not-found`, `sheet-signed` when a value would change on a signed sheet.
pub fn marks_facts(state: &Competition, event: &EventId, read: &marks::MarksRead) -> Result<Vec<Draft>, Refusal> {
    let setup = open_event(state, event)?;
    let fact = |row: &marks::ReadMark| {
        let once = MarkPlace::once(event, &row.entry, &row.item, row.judge.as_ref());
        let place = MarkPlace { attempt: row.attempt, ..once };
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
        Ok(Some(draft(Fact::Mark { place, mark: row.mark.clone() }, replaces, "")))
    };
    read.marks.iter().filter_map(|row| fact(row).transpose()).collect()
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
