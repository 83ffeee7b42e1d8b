//! Erasing a person: what goes, what stays, and when it may be.

use super::{draft, entry, not_sealed};
use crate::command::erasure::{ErasePerson, ErasurePreview};
use crate::command::registration::{FieldId, Form};
use crate::competition::{Competition, Entry, Event};
use crate::envelope::{Draft, Refusal};
use crate::erasure::Erasure;
use crate::fact::Fact;
use crate::ids::{AttachmentId, EntryId, EventId, FactId, PersonId};
use crate::register::Register;
use crate::results::fields_needed;
use crate::view::{blind, entries};
use jiangsai_scoring::EntryStatus;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Most letters of a basis.
const LONGEST: usize = 500;

/// What an erasure consists of.
struct Plan {
    person: PersonId,
    erasure: Erasure,
    /// Notes that judges' desks may hold.
    told: Vec<FactId>,
    preview: ErasurePreview,
}

/// What erasing the person of an entry would take away.
///
/// # Errors
/// `unknown-entry`; `sealed` while the names of an event the person is in are; `erase-open` while results of one are not final and the entry is
/// not withdrawn; `erase-inquiry` while an inquiry about the person is not answered; `erased` where nothing is left.
pub fn preview(state: &Competition, id: &EntryId) -> Result<ErasurePreview, Refusal> {
    Ok(plan(state, id)?.preview)
}

/// Erases the person of an entry; how many records.
///
/// # Errors
/// Those of [`preview`]; `erase-stale` when it is not what was shown; `erase-basis` without a basis, `too-long`, `erase-basis-names` when the
/// basis says the name, document number or telephone number.
pub fn erase(state: &Competition, command: &ErasePerson) -> Result<(Vec<Draft>, u32), Refusal> {
    let Plan { person, mut erasure, told, preview } = plan(state, &command.entry)?;
    if preview.token != command.token {
        return Err(Refusal::new("erase-stale"));
    }
    erasure.basis = basis(state, &person, &command.basis)?;
    // Who carries what it may not read cannot read the first fact either; the second says it of every record.
    let carried = if state.readers.is_empty() { Vec::new() } else { erasure.records.clone() };
    let count = u32::try_from(erasure.records.len() + told.len()).unwrap_or(u32::MAX);
    let mut drafts = vec![draft(Fact::Erased { person, erasure }, Vec::new(), "")];
    let records: Vec<FactId> = told.into_iter().chain(carried).collect();
    if !records.is_empty() {
        drafts.push(draft(Fact::NotesErased { records }, Vec::new(), ""));
    }
    Ok((drafts, count))
}

/// The basis stays on record: what is erased must not stand in it.
fn basis(state: &Competition, person: &PersonId, basis: &str) -> Result<String, Refusal> {
    let basis = basis.split_whitespace().collect::<Vec<_>>().join(" ");
    match basis.chars().count() {
        0 => return Err(Refusal::new("erase-basis")),
        1..=LONGEST => {}
        _ => return Err(Refusal::new("too-long").with("max", LONGEST)),
    }
    let versions = state.persons.get(person).into_iter().flat_map(Register::versions);
    let telling = [FieldId::Name, FieldId::DocumentNumber, FieldId::Phone, FieldId::Admission, FieldId::Certificate];
    let mut said = versions.flat_map(|(_, version)| telling.iter().filter_map(|field| version.value.get(field)));
    // A name of one letter would be found in every sentence.
    if said.any(|text| text.chars().count() > 1 && basis.contains(text.as_str())) {
        return Err(Refusal::new("erase-basis-names"));
    }
    Ok(basis)
}

fn plan(state: &Competition, id: &EntryId) -> Result<Plan, Refusal> {
    if let Some(event) = blind::sealed_person(state, id) {
        return Err(not_sealed(state, event).err().unwrap_or(Refusal::new("unknown-entry")));
    }
    let id = blind::resolve(state, id)?;
    let own = entry(state, &id)?;
    let registered = own.registered.value().ok_or(Refusal::new("unknown-entry"))?;
    let person = registered.person.clone();
    let all: Vec<(&EntryId, &Entry, &EventId, &Event)> = entries_of(state, &person).collect();
    for (_, entry, event, setup) in &all {
        not_sealed(state, event)?;
        if !setup.is_final() && entry.status() != EntryStatus::Withdrawn {
            return Err(Refusal::new("erase-open").with("event", called(setup)));
        }
    }
    let ids: BTreeSet<&EntryId> = all.iter().map(|(entry, ..)| *entry).collect();
    let mut gone = Gone::default();
    gone.take(state, &person, &ids)?;
    let events: BTreeSet<&EventId> = all.iter().map(|(_, _, event, _)| *event).collect();
    let (lines, whole) = gone.bulletins(state, &ids, &events);
    if gone.records.is_empty() && gone.told.is_empty() && gone.attachments.is_empty() {
        return Err(Refusal::new("erased"));
    }
    let form = state.form_of(own).cloned().unwrap_or_default();
    let needed: BTreeSet<FieldId> = all.iter().flat_map(|(_, _, _, setup)| fields_needed(setup, &form)).collect();
    let kept: Form = form.into_iter().filter(|(field, text)| needed.contains(field) && !text.is_empty()).collect();
    let (name, unit) = entries::name_and_unit(state, own);
    let marks: usize = ids.iter().map(|entry| state.marks.keys().filter(|place| place.entry == **entry).count()).sum();
    let preview = ErasurePreview {
        name,
        unit,
        forms: count(gone.forms),
        notes: count(gone.notes),
        inquiries: count(gone.inquiries),
        scans: count(gone.attachments.len()),
        lines,
        bulletins: whole,
        events: all.iter().map(|(_, entry, _, setup)| (called(setup), state.numbers(entry).number)).collect(),
        marks: count(marks),
        kept: kept.keys().copied().collect(),
        token: token(&person, &gone, &kept),
    };
    let erasure = Erasure { basis: String::new(), records: gone.records, attachments: gone.attachments, kept };
    Ok(Plan { person, erasure, told: gone.told, preview })
}

/// Every entry of a person, with its event.
fn entries_of<'a>(
    state: &'a Competition,
    person: &'a PersonId,
) -> impl Iterator<Item = (&'a EntryId, &'a Entry, &'a EventId, &'a Event)> {
    state.entries.iter().filter_map(move |(id, entry)| {
        let own = entry.registered.value().filter(|own| own.person == *person)?;
        Some((id, entry, &own.event, state.events.get(&own.event)?))
    })
}

fn called(setup: &Event) -> String {
    setup.name.value().cloned().unwrap_or_default()
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// Numbers of bulletins, with the event.
type Numbered = Vec<(String, u32)>;

/// What goes.
#[derive(Default)]
struct Gone {
    records: Vec<FactId>,
    told: Vec<FactId>,
    attachments: Vec<AttachmentId>,
    forms: usize,
    notes: usize,
    inquiries: usize,
}

impl Gone {
    fn take(&mut self, state: &Competition, person: &PersonId, ids: &BTreeSet<&EntryId>) -> Result<(), Refusal> {
        if let Some(register) = state.persons.get(person) {
            self.records.extend(register.versions().map(|(id, _)| id.clone()));
            self.forms = register.len();
        }
        for (place, register) in state.notes.iter().filter(|(place, _)| ids.contains(&place.entry)) {
            // Judges' desks have what was written since names were sealed; of what was before they are not told which records it is.
            let sealed_at = state.events.get(&place.event).map_or(0, Event::sealed_at);
            for (id, version) in register.versions() {
                let told = sealed_at > 0 && version.order > sealed_at;
                let list = if told { &mut self.told } else { &mut self.records };
                list.push(id.clone());
                self.notes += 1;
            }
        }
        for own in state.inquiries.values() {
            let Some(asked) = own.asked.value().filter(|asked| ids.contains(&asked.entry)) else { continue };
            if own.answered.agreed().is_none() {
                let event = state.events.get(&asked.event).map(called).unwrap_or_default();
                return Err(Refusal::new("erase-inquiry").with("event", event));
            }
            self.records.extend(own.asked.versions().map(|(id, _)| id.clone()));
            self.records.extend(own.answered.versions().map(|(id, _)| id.clone()));
            self.inquiries += 1;
        }
        for (_, scans) in state.scans.iter().filter(|(place, _)| ids.contains(&place.entry)) {
            self.attachments.extend(scans.keys().filter(|id| !state.has_erased(id)).cloned());
        }
        Ok(())
    }

    /// Numbers of bulletins in which a line loses its name, and of those of an older build, which hold the names of many and go whole.
    fn bulletins(
        &mut self,
        state: &Competition,
        ids: &BTreeSet<&EntryId>,
        events: &BTreeSet<&EventId>,
    ) -> (Numbered, Numbered) {
        let (mut lines, mut whole) = (Vec::new(), Vec::new());
        for event in events {
            let Some(setup) = state.events.get(*event) else { continue };
            for (number, register) in &setup.bulletins {
                let mut goes = false;
                let mut line = false;
                for (id, version) in register.versions() {
                    if version.value.rows.iter().any(|row| row.whose.is_none() && !row.name.is_empty()) {
                        self.records.push(id.clone());
                        goes = true;
                    }
                    let own = version.value.rows.iter().filter_map(|row| row.whose.as_ref());
                    line |= own.into_iter().any(|whose| ids.contains(&whose.entry));
                }
                if goes {
                    whole.push((called(setup), *number));
                } else if line {
                    lines.push((called(setup), *number));
                }
            }
        }
        (lines, whole)
    }
}

fn token(person: &PersonId, gone: &Gone, kept: &Form) -> String {
    let mut hasher = Sha256::new_with_prefix("jiangsai.erase\n");
    hasher.update(person.as_str());
    for id in gone.records.iter().chain(&gone.told) {
        hasher.update("\nrecord ");
        hasher.update(id.as_str());
    }
    for id in &gone.attachments {
        hasher.update("\nattachment ");
        hasher.update(id.as_str());
    }
    hasher.update(serde_json::to_vec(kept).unwrap_or_default());
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
