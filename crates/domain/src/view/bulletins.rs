//! Bulletins as they hang: what each says, what became of it; and the table of one that is about to be published.

use super::{Words, blind, finalising, namesakes, whom};
use crate::bulletin::{Bulletin, BulletinKind, Columns, DAYS, Heading, Period, Row, Whose, after};
use crate::command::bulletins::{BulletinLine, BulletinState, BulletinsView};
use crate::command::registration::{FieldId, Form};
use crate::command::results::StandingsRow;
use crate::competition::{Competition, Event};
use crate::decide::bulletins::may;
use crate::envelope::Refusal;
use crate::erasure::ERASED;
use crate::ids::{EntryId, EventId, FactId};
use crate::register::{Register, Version};
use jiangsai_scoring::EntryStatus;
use std::collections::BTreeSet;

/// So many digits of a record's name tell the forms of one person apart.
const SHORT: usize = 16;

/// Every bulletin of an event, the newest first. `today` is `YYYY-MM-DD`.
///
/// # Errors
/// `not-found`.
pub fn list(state: &Competition, event: &EventId, today: &str) -> Result<BulletinsView, Refusal> {
    let setup = crate::decide::event(state, event)?;
    let digest = finalising::digest(state, event).unwrap_or_default();
    let mut lines = Vec::new();
    for (number, register) in setup.bulletins.iter().rev() {
        for (fact, version) in published(register) {
            let shown = is_shown(setup, version);
            let own = &version.value;
            let corrected_by = corrected_by(setup, *number);
            lines.push(BulletinLine {
                number: *number,
                fact: fact.clone(),
                at: version.at,
                kind: own.kind,
                by: own.by.clone(),
                over: own.period.as_ref().is_some_and(|period| period.is_over(today)),
                period: own.period.clone(),
                corrects: own.corrects,
                corrected_by,
                reason: if shown || version.reason.is_empty() {
                    version.reason.clone()
                } else {
                    blind::MASKED.to_owned()
                },
                state: match register.agreed() {
                    None => BulletinState::Crosses,
                    Some(chosen) if chosen != own => BulletinState::Dropped,
                    Some(_) if corrected_by.is_some() => BulletinState::Corrected,
                    Some(_) => BulletinState::Stands,
                },
                holds: holds(state, event, &digest, own),
                content: shown.then(|| named(state, own)),
            });
        }
    }
    let why = |kind| may(state, event, kind, None, today).err().map(in_words);
    let kinds = BulletinKind::ALL.into_iter().map(|kind| (kind, why(kind))).collect();
    let usual = Period { from: today.to_owned(), until: after(today, DAYS - 1).unwrap_or_default() };
    Ok(BulletinsView { lines, kinds, usual })
}

/// A refusal as a locale key with its particulars.
fn in_words(refusal: Refusal) -> Words {
    (format!("error-{}", refusal.code), refusal.args)
}

/// What was published under a number, each once, in the order in which it was published: a version that only chooses says nothing new.
fn published(register: &Register<Bulletin>) -> Vec<(&FactId, &Version<Bulletin>)> {
    let mut versions: Vec<_> = register.versions().collect();
    versions.sort_by_key(|(id, version)| (version.order, *id));
    let mut found: Vec<(&FactId, &Version<Bulletin>)> = Vec::new();
    for (id, version) in versions {
        if !found.iter().any(|(_, own)| own.value == version.value) {
            found.push((id, version));
        }
    }
    found
}

/// The number of the bulletin that corrects this one.
#[must_use]
pub fn corrected_by(setup: &Event, number: u32) -> Option<u32> {
    let corrects = |register: &Register<Bulletin>| {
        register.standing().iter().any(|(_, version)| version.value.corrects == Some(number))
    };
    setup.bulletins.iter().find(|(_, register)| corrects(register)).map(|(number, _)| *number)
}

/// The bulletin of a kind that stands, with its number: none that was corrected, none of a number that crosses.
#[must_use]
pub fn standing(setup: &Event, kind: BulletinKind) -> Option<(u32, &Bulletin)> {
    let all = setup.bulletins.iter().rev().filter_map(|(number, register)| Some((*number, register.agreed()?)));
    all.filter(|(_, own)| own.kind == kind).find(|(number, _)| corrected_by(setup, *number).is_none())
}

/// Numbers of the bulletins that stand and hold.
///
/// # Errors
/// As for [`finalising::digest`].
pub fn holding(state: &Competition, event: &EventId) -> Result<Vec<u32>, Refusal> {
    let setup = crate::decide::event(state, event)?;
    let digest = finalising::digest(state, event)?;
    let agreed = setup.bulletins.iter().filter_map(|(number, register)| Some((*number, register.agreed()?)));
    let holding =
        agreed.filter(|(number, own)| corrected_by(setup, *number).is_none() && holds(state, event, &digest, own));
    Ok(holding.map(|(number, _)| number).collect())
}

/// Does it say what is so: the same results of the same people? `digest` is that of the standings, which has no names in it. Where names
/// are sealed, or were when it was published, its table goes by code and only the results are compared.
#[must_use]
pub fn holds(state: &Competition, event: &EventId, digest: &str, own: &Bulletin) -> bool {
    let by_code = own.sealed || state.is_event_sealed(event);
    let as_now =
        || table(state, event, own.kind, &own.columns).is_ok_and(|rows| same(state, &rows, &named(state, own).rows));
    own.digest == digest && (by_code || as_now())
}

/// Numbers of the bulletins that stand and hold, and would not in another state of the competition.
///
/// # Errors
/// As for [`finalising::digest`].
pub fn undone(state: &Competition, then: &Competition, event: &EventId) -> Result<Vec<u32>, Refusal> {
    let setup = crate::decide::event(state, event)?;
    let agreed = setup.bulletins.iter().filter_map(|(number, register)| Some((*number, register.agreed()?)));
    let standing: Vec<(u32, &Bulletin)> = agreed.filter(|(number, _)| corrected_by(setup, *number).is_none()).collect();
    if standing.is_empty() {
        return Ok(Vec::new());
    }
    let (before, after) = (finalising::digest(state, event)?, finalising::digest(then, event)?);
    let wrong = |own: &Bulletin| holds(state, event, &before, own) && !holds(then, event, &after, own);
    Ok(standing.into_iter().filter(|(_, own)| wrong(own)).map(|(number, _)| number).collect())
}

/// May what it says be seen? While names are sealed only what was published by code since then: whoever stood in an earlier table with a
/// total would be known by it.
fn is_shown(setup: &Event, version: &Version<Bulletin>) -> bool {
    !setup.is_sealed() || (version.value.sealed && version.order > setup.sealed_at())
}

/// A bulletin by its number, as it was published: when, and what it says.
///
/// # Errors
/// `not-found`, `bulletin-unknown`, `bulletin-crosses`, `names-sealed` while it may not be seen.
pub fn one(state: &Competition, event: &EventId, number: u32) -> Result<(i64, Bulletin), Refusal> {
    let setup = crate::decide::event(state, event)?;
    let register = setup.bulletins.get(&number).ok_or(Refusal::new("bulletin-unknown"))?;
    let chosen = register.agreed().ok_or(Refusal::new("bulletin-crosses").with("number", number))?;
    let first = published(register).into_iter().find(|(_, version)| version.value == *chosen);
    let (_, version) = first.ok_or(Refusal::new("bulletin-unknown"))?;
    if !is_shown(setup, version) {
        return Err(Refusal::new("names-sealed"));
    }
    Ok((version.at, named(state, &version.value)))
}

/// The table of a bulletin as the standings are now. Names stand in it unless they are sealed.
///
/// # Errors
/// As for [`whom::who`].
pub fn table(state: &Competition, event: &EventId, kind: BulletinKind, columns: &Columns) -> Result<Vec<Row>, Refusal> {
    let (view, mut rows) = whom::who(state, event, &columns.whom)?;
    let provisional = kind == BulletinKind::Provisional;
    if !provisional {
        rows.retain(|row| row.rank.is_some());
    }
    let entries: Vec<EntryId> = rows.iter().map(|row| row.entry.clone()).collect();
    // While sealed a row is called by its code, which is no entry: it has no name either.
    let names = namesakes::names(state, &entries);
    let total = view.columns.iter().position(|column| column.total);
    let occupation = |row: &StandingsRow| {
        let form = state.entries.get(&row.entry).and_then(|entry| state.form_of(entry));
        form.and_then(|form| form.get(&FieldId::Occupation)).cloned().unwrap_or_default()
    };
    let row = |row: StandingsRow| Row {
        whose: whose(state, &row.entry, names.get(&row.entry).map_or("", String::as_str)),
        rank: row.rank,
        status: row.status,
        awards: if provisional { Vec::new() } else { row.awards.clone() },
        number: if provisional { row.number.clone() } else { String::new() },
        name: names.get(&row.entry).cloned().unwrap_or_default(),
        occupation: if columns.occupation && !view.sealed { occupation(&row) } else { String::new() },
        total: total.filter(|_| columns.scores).and_then(|at| row.values.get(at)).cloned().unwrap_or_default(),
        unit: row.unit,
    };
    Ok(rows.into_iter().map(row).collect())
}

/// Whose a line is, where it has a name.
fn whose(state: &Competition, id: &EntryId, name: &str) -> Option<Whose> {
    let entry = state.entries.get(id).filter(|_| !name.is_empty())?;
    let register = state.persons.get(&entry.registered.value()?.person);
    // Of somebody who was erased already the line says so.
    let form = register.and_then(Register::last).map(|(id, _)| id.as_str().chars().take(SHORT).collect());
    let own = state.form_of(entry);
    let marked = own.and_then(|form| form.get(&FieldId::Name)).is_some_and(|alone| alone != name);
    let digits = marked && !namesakes::digits(own).is_empty();
    let mark = if marked && !digits { state.numbers(entry).number } else { String::new() };
    Some(Whose { entry: id.clone(), form: form.unwrap_or_default(), digits, mark })
}

/// A bulletin with the names that stood in it when it was published, less those that were erased.
fn named(state: &Competition, own: &Bulletin) -> Bulletin {
    let mut shown = own.clone();
    for row in &mut shown.rows {
        let Some(whose) = &row.whose else { continue };
        let form = form_then(state, whose);
        let field = |field| form.and_then(|form| form.get(&field)).cloned().unwrap_or_default();
        let mark = if whose.digits { namesakes::digits(form) } else { whose.mark.clone() };
        row.name = match form {
            Some(_) if mark.is_empty() => field(FieldId::Name),
            Some(_) => namesakes::with_mark(&field(FieldId::Name), &mark),
            None => ERASED.to_owned(),
        };
        row.unit = field(FieldId::Unit);
        row.occupation = if own.columns.occupation { field(FieldId::Occupation) } else { String::new() };
    }
    shown
}

/// The form of a line as it was then.
fn form_then<'a>(state: &'a Competition, whose: &Whose) -> Option<&'a Form> {
    let person = &state.entries.get(&whose.entry)?.registered.value()?.person;
    let mut versions = state.persons.get(person)?.versions();
    let own = versions.find(|(id, _)| !whose.form.is_empty() && id.as_str().starts_with(&whose.form));
    own.map(|(_, version)| &version.value)
}

/// Do two tables say the same? Of whoever was erased nothing can be said of the name, nor whether a namesake was to be told apart from them.
fn same(state: &Competition, now: &[Row], then: &[Row]) -> bool {
    let is_erased = |row: &Row| {
        let entry = row.whose.as_ref().and_then(|whose| state.entries.get(&whose.entry));
        entry.is_some_and(|entry| state.is_erased(entry))
    };
    let any = then.iter().any(is_erased);
    let said = |row: &Row| {
        let mut said = Row { whose: None, ..row.clone() };
        if is_erased(row) {
            [&mut said.name, &mut said.unit, &mut said.occupation].into_iter().for_each(String::clear);
        } else if any {
            let form = row.whose.as_ref().and_then(|whose| form_then(state, whose));
            said.name = form.and_then(|form| form.get(&FieldId::Name)).cloned().unwrap_or_default();
        }
        said
    };
    now.len() == then.len() && now.iter().zip(then).all(|(one, other)| said(one) == said(other))
}

/// What stands at the head and foot of what is published now.
#[must_use]
pub fn heading(state: &Competition, event: &EventId) -> Heading {
    let settings = state.settings();
    let name = state.events.get(event).and_then(|setup| setup.name.value()).cloned().unwrap_or_default();
    Heading {
        competition: settings.title,
        event: name,
        host: settings.host,
        organiser: settings.organiser,
        co_organiser: settings.co_organiser,
        place: settings.place,
        date: settings.date,
        sessions: sessions(state, event),
        synthetic: settings.synthetic,
    }
}

/// The 场次 of an event in order: of everybody who did not withdraw.
#[must_use]
pub fn sessions(state: &Competition, event: &EventId) -> Vec<String> {
    let entries = state.entries_of(event).filter(|(_, entry)| entry.status() != EntryStatus::Withdrawn);
    let named: BTreeSet<(usize, String)> = entries
        .map(|(_, entry)| state.numbers(entry).session)
        .filter(|session| !session.is_empty())
        .map(|session| (session.chars().count(), session))
        .collect();
    named.into_iter().map(|(_, session)| session).collect()
}
