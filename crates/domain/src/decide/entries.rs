//! Registration by hand: adding, changing, withdrawing and numbering entries.

use super::{draft, entry, needs_reason, not_sealed, open_event};
use crate::command::registration::{AddEntry, EditEntry, FieldFault, FieldId, Form, NumberEntries, Saved};
use crate::competition::{Competition, Drawn, Entry};
use crate::document;
use crate::draw::Layer;
use crate::envelope::{Context, Draft, Refusal};
use crate::fact::{Fact, Numbers};
use crate::form;
use crate::ids::{EntryId, EventId, FactId, PersonId};
use crate::register::Register;
use crate::view::blind;
use crate::view::entries::status_stages;
use jiangsai_scoring::EntryStatus;
use std::collections::BTreeSet;

/// A decision about a form: facts to record and the entry, or what is wrong by field.
pub type FormDecision = (Vec<Draft>, Saved<EntryId>);

/// Registers one contestant.
///
/// # Errors
/// `not-found`, `finalised`, `sealed`.
pub fn add(state: &Competition, command: &AddEntry, context: &Context) -> Result<FormDecision, Refusal> {
    open_event(state, &command.event)?;
    not_sealed(state, &command.event)?;
    let form = match check(state, &command.event, None, &command.form, context) {
        Ok(form) => form,
        Err(faults) => return Ok((Vec::new(), Saved::Refused(faults))),
    };
    let (person, id) = (PersonId::new(context.fresh(0)), EntryId::new(context.fresh(1)));
    Ok((registration(&command.event, person, &id, &form), Saved::Saved(id)))
}

/// The facts of a new registration.
pub(super) fn registration(event: &EventId, person: PersonId, id: &EntryId, form: &Form) -> Vec<Draft> {
    let (own, numbers) = form::split(form);
    let mut facts = vec![
        Fact::Person { person: person.clone(), form: own },
        Fact::Entry { entry: id.clone(), event: event.clone(), person },
    ];
    if numbers != Numbers::default() {
        facts.push(Fact::Numbers { entry: id.clone(), numbers });
    }
    facts.into_iter().map(|fact| draft(fact, Vec::new(), "")).collect()
}

/// Changes the form of an entry. A masked document number stays as it was, and so do fields that are switched off: rules may read them.
///
/// # Errors
/// `unknown-entry`, `finalised`, `sealed`, `erased`, `stale` when the form is no longer what the command has seen.
pub fn edit(state: &Competition, command: &EditEntry, context: &Context) -> Result<FormDecision, Refusal> {
    // While sealed a row of the list names a person, which says nothing about entries.
    if let Some(event) = blind::sealed_person(state, &command.entry) {
        return Err(not_sealed(state, event).err().unwrap_or(Refusal::new("unknown-entry")));
    }
    let id = blind::resolve(state, &command.entry)?;
    let registered = entry(state, &id)?;
    let own = registered.registered.value().ok_or(Refusal::new("unknown-entry"))?;
    open_event(state, &own.event)?;
    not_sealed(state, &own.event)?;
    if state.is_erased(registered) {
        return Err(Refusal::new("erased"));
    }
    let person = state.persons.get(&own.person);
    let current = state.form_versions(registered);
    let (seen, stands): (BTreeSet<&FactId>, BTreeSet<&FactId>) =
        (command.replaces.iter().collect(), current.iter().collect());
    if seen != stands {
        return Err(Refusal::new("stale"));
    }
    let before = person.and_then(|person| person.value()).cloned().unwrap_or_default();
    let mut wanted = command.form.clone();
    if let (Some(number), Some(masked)) =
        (before.get(&FieldId::DocumentNumber), wanted.get_mut(&FieldId::DocumentNumber))
        && document::mask(number) == masked.trim()
    {
        masked.clone_from(number);
    }
    let form = match check(state, &own.event, Some(&id), &wanted, context) {
        Ok(form) => form,
        Err(faults) => return Ok((Vec::new(), Saved::Refused(faults))),
    };
    let (mut form, wanted) = form::split(&form);
    let in_use = form::in_use(&state.settings().fields);
    form.extend(before.into_iter().filter(|(field, _)| !in_use.contains(field)));
    let numbers = match undrawn(state, registered, wanted) {
        Ok(numbers) => numbers,
        Err(faults) => return Ok((Vec::new(), Saved::Refused(faults))),
    };
    let mut drafts = Vec::new();
    // Of crossing forms the one that is shown may be right: it settles them all the same.
    if person.and_then(Register::agreed) != Some(&form) {
        let replaces = person.map(Register::current).unwrap_or_default();
        drafts.push(draft(Fact::Person { person: own.person.clone(), form }, replaces, &command.reason));
    }
    if registered.numbers.crosses() || numbers != registered.registered_numbers() {
        let fact = Fact::Numbers { entry: id.clone(), numbers };
        drafts.push(draft(fact, registered.numbers.current(), &command.reason));
    }
    Ok((drafts, Saved::Saved(id)))
}

/// The numbers to register: what was drawn is changed where it is drawn, and what stood before the draw stays as it was.
fn undrawn(state: &Competition, registered: &Entry, wanted: Numbers) -> Result<Numbers, Vec<FieldFault>> {
    let (before, holds) = (registered.registered_numbers(), state.numbers(registered));
    let is_drawn = |layer| state.drawn(registered, layer) != Drawn::NoDraw;
    let mut faults = Vec::new();
    let mut keep = |field, drawn: bool, wanted: String, holds: &String, before: String| {
        if !drawn {
            return wanted;
        }
        if wanted != *holds {
            faults.push(FieldFault { field, why: ("fault-drawn".to_owned(), Vec::new()) });
        }
        before
    };
    let place = is_drawn(Layer::Place);
    let numbers = Numbers {
        number: keep(FieldId::Number, is_drawn(Layer::Number), wanted.number, &holds.number, before.number),
        session: keep(FieldId::Session, place, wanted.session, &holds.session, before.session),
        station: keep(FieldId::Station, place, wanted.station, &holds.station, before.station),
    };
    if faults.is_empty() { Ok(numbers) } else { Err(faults) }
}

/// Checks a form by itself and against the other entries of the event.
fn check(
    state: &Competition,
    event: &EventId,
    own: Option<&EntryId>,
    form: &Form,
    context: &Context,
) -> Result<Form, Vec<FieldFault>> {
    let form = form::check_form(form, &state.settings().fields, &context.today)?;
    let mut faults = Vec::new();
    for (_, other) in state.entries_of(event).filter(|(id, _)| Some(*id) != own) {
        faults.extend(collisions(state, &form, other));
    }
    if faults.is_empty() { Ok(form) } else { Err(faults) }
}

/// What of a form belongs to another entry already.
fn collisions(state: &Competition, form: &Form, other: &Entry) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let mut fault = |field, key: &str, args: Vec<(String, String)>| {
        faults.push(FieldFault { field, why: (key.to_owned(), args) });
    };
    let numbers = state.numbers(other);
    if let Some(theirs) = state.form_of(other)
        && same_document(form, theirs)
    {
        let name = theirs.get(&FieldId::Name).cloned().unwrap_or_default();
        let args = vec![("number".to_owned(), numbers.number.clone()), ("name".to_owned(), name)];
        fault(FieldId::DocumentNumber, "fault-duplicate-entry", args);
    }
    let (_, wanted) = form::split(form);
    if !wanted.number.is_empty() && wanted.number == numbers.number {
        fault(FieldId::Number, "fault-number-taken", vec![("number".to_owned(), wanted.number.clone())]);
    }
    if !wanted.station.is_empty() && (&wanted.session, &wanted.station) == (&numbers.session, &numbers.station) {
        fault(FieldId::Station, "fault-number-taken", vec![("number".to_owned(), wanted.station)]);
    }
    faults
}

/// The same document makes the same person.
fn same_document(one: &Form, other: &Form) -> bool {
    let number = |form: &Form| form.get(&FieldId::DocumentNumber).filter(|number| !number.is_empty()).cloned();
    let kind = |form: &Form| form.get(&FieldId::DocumentKind).cloned();
    number(one).is_some() && number(one) == number(other) && kind(one) == kind(other)
}

/// Sets the status of an entry, from a stage on where one is named.
///
/// # Errors
/// `unknown-entry`, `finalised`, `unknown-stage`, `reason-needed`.
pub fn set_status(
    state: &Competition,
    id: &EntryId,
    status: EntryStatus,
    since: Option<&String>,
    reason: &str,
) -> Result<Vec<Draft>, Refusal> {
    let id = &blind::resolve(state, id)?;
    let registered = entry(state, id)?;
    let event = open_event(state, registered.event().ok_or(Refusal::new("unknown-entry"))?)?;
    if let Some(stage) = since
        && status_stages(event).iter().all(|(id, _)| id != stage)
    {
        return Err(Refusal::new("unknown-stage").with("stage", stage));
    }
    let unheard = state.unheard_status(registered);
    let settled = !registered.status.crosses() && unheard.is_empty();
    if settled && registered.status() == status && registered.status_stage() == since {
        return Ok(Vec::new());
    }
    needs_reason(reason)?;
    let fact = Fact::Status { entry: id.clone(), status, since: since.cloned() };
    let replaces = registered.status.current().into_iter().chain(unheard).collect();
    Ok(vec![draft(fact, replaces, reason)])
}

/// Gives 参赛号 and places, in order of registration, to the entries that have none. Numbers that are taken are passed over, and what
/// is drawn is left to the draw.
///
/// # Errors
/// `not-found`, `finalised`, `sealed`, `too-long` for the prefix.
pub fn number(state: &Competition, command: &NumberEntries) -> Result<Vec<Draft>, Refusal> {
    open_event(state, &command.event)?;
    not_sealed(state, &command.event)?;
    let prefix = command.prefix.trim();
    if prefix.chars().count() > 8 {
        return Err(Refusal::new("too-long").with("max", 8));
    }
    let mut entries: Vec<(&EntryId, &Entry)> = state.entries_of(&command.event).collect();
    entries.sort_by_key(|(id, entry)| (entry.registered.last().map_or(0, |(_, version)| version.order), *id));
    let digits = entries.len().to_string().len().max(2);
    let mut numbers: BTreeSet<String> = BTreeSet::new();
    let mut places: BTreeSet<(String, String)> = BTreeSet::new();
    for (_, entry) in &entries {
        let own = state.numbers(entry);
        numbers.insert(own.number);
        places.insert((own.session, own.station));
    }
    let mut next_number = (1..).map(|n: u32| format!("{prefix}{n:0digits$}"));
    let per_session = command.stations;
    let mut next_place = (0..).map(|n: u32| match (n.checked_div(per_session), n.checked_rem(per_session)) {
        (Some(session), Some(place)) => ((session + 1).to_string(), format!("{:02}", place + 1)),
        _ => ("1".to_owned(), format!("{:0digits$}", n + 1)),
    });
    let mut drafts = Vec::new();
    for (id, entry) in entries {
        let before = entry.registered_numbers();
        let mut own = before.clone();
        let is_drawn = |layer| state.drawn(entry, layer) != Drawn::NoDraw;
        if own.number.is_empty() && !is_drawn(Layer::Number) {
            own.number = next_number.find(|number| !numbers.contains(number)).unwrap_or_default();
        }
        if own.station.is_empty() && !is_drawn(Layer::Place) {
            (own.session, own.station) = next_place.find(|place| !places.contains(place)).unwrap_or_default();
        }
        if own != before {
            drafts.push(draft(Fact::Numbers { entry: id.clone(), numbers: own }, entry.numbers.current(), ""));
        }
    }
    Ok(drafts)
}
