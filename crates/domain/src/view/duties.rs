//! Who held which duties in an event (人员与职责), by the names on record, and what one person should not hold together.
//!
//! Where one person runs one computer every fact has the same actor: the names that were typed say who did what.

use super::draw::both_sealing_and_marking;
use super::{Words, key, paper, words};
use crate::command::duties::{DutiesView, PersonDuties};
use crate::command::judging::{Judge, JudgeKind};
use crate::competition::{Competition, Event};
use crate::confirmation::Duty;
use crate::draw::Office;
use crate::envelope::Refusal;
use crate::ids::{EventId, JudgeId};
use crate::register::Register;
use crate::sheet::{SheetPlace, SheetState};
use std::collections::{BTreeMap, BTreeSet};

/// Everybody with a duty, and every warning.
///
/// # Errors
/// As for [`paper::alone`].
pub fn duties(state: &Competition, event: &EventId) -> Result<DutiesView, Refusal> {
    let setup = crate::decide::event(state, event)?;
    let mut alone: BTreeMap<String, u32> = BTreeMap::new();
    for (_, name) in paper::alone(state, event)? {
        *alone.entry(name).or_default() += 1;
    }
    let mut warnings = both_sealing_and_marking(state, event, setup);
    warnings.extend(alone.iter().map(|(name, count)| counted("duties-alone", name, *count)));
    warnings.extend(combinations(state, event, setup));
    Ok(DutiesView { people: people(state, event, setup), warnings })
}

/// Everybody with a duty, by name.
#[must_use]
pub fn people(state: &Competition, event: &EventId, setup: &Event) -> Vec<PersonDuties> {
    let mut held: BTreeMap<String, Vec<Words>> = BTreeMap::new();
    let mut add = |name: &str, duty: Words| {
        let name = name.trim();
        let own = if name.is_empty() { return } else { held.entry(name.to_owned()).or_default() };
        if !own.contains(&duty) {
            own.push(duty);
        }
    };
    for duty in Duty::ALL {
        for name in confirmed(setup, duty) {
            add(name, key(if duty == Duty::ChiefJudge { "duty-chief-judge" } else { "duty-supervisor" }));
        }
    }
    for (_, seal) in setup.seal.versions() {
        add(&seal.value.officer, key("duty-sealed"));
        add(&seal.value.supervisor, key("duty-sealed-supervisor"));
    }
    for office in Office::ALL {
        for (_, opening) in setup.openings.get(&office).into_iter().flat_map(Register::versions) {
            add(&opening.value.name, words("duty-opened", &[("office", &office.key())]));
        }
    }
    for (id, judge) in judges(state) {
        let elsewhere = state.events.iter().any(|(other, setup)| other != event && scores(state, other, setup, id));
        if scores(state, event, setup, id) || !elsewhere {
            add(&judge.name, words("duty-judge", &[("code", &judge.code), ("office", &judge.kind.key())]));
        }
    }
    let tasks = [
        ("duty-recorded", counts(recorded(state, event))),
        ("duty-checked", counts(checked(state, event))),
        ("duty-rechecked", counts(rechecked(state, event))),
        ("duty-answered", counts(answered(state, event))),
        ("duty-published", counts(published(setup))),
    ];
    for (task, names) in tasks {
        for (name, count) in names {
            add(name, words(task, &[("count", &count)]));
        }
    }
    held.into_iter().map(|(name, held)| PersonDuties { name, held }).collect()
}

/// Duties that one person holds together and should not, besides sealing and marking, and typing and confirming one sheet.
#[must_use]
pub fn combinations(state: &Competition, event: &EventId, setup: &Event) -> Vec<Words> {
    let mut chiefs: BTreeSet<&str> = confirmed(setup, Duty::ChiefJudge).collect();
    chiefs.extend(judges(state).filter(|(_, judge)| judge.kind == JudgeKind::Chief).map(|(_, own)| own.name.trim()));
    let mut supervisors: BTreeSet<&str> = confirmed(setup, Duty::Supervisor).collect();
    supervisors.extend(setup.seal.versions().map(|(_, seal)| seal.value.supervisor.trim()));
    let scoring: BTreeSet<&str> =
        judges(state).filter(|(id, _)| scores(state, event, setup, id)).map(|(_, judge)| judge.name.trim()).collect();
    let typing: BTreeSet<&str> =
        recorded(state, event).into_iter().chain(checked(state, event)).map(|(_, name)| name).collect();
    let named = |key: &str, name: &str| words(key, &[("name", &name)]);
    let mut found: Vec<Words> = Vec::new();
    for (office, scores, types) in [
        (&chiefs, "duties-chief-judge-scores", "duties-chief-judge-types"),
        (&supervisors, "duties-supervisor-scores", "duties-supervisor-types"),
    ] {
        found.extend(office.intersection(&scoring).map(|name| named(scores, name)));
        found.extend(office.intersection(&typing).map(|name| named(types, name)));
    }
    found.extend(chiefs.intersection(&supervisors).map(|name| named("duties-chief-judge-supervises", name)));
    let typed: BTreeSet<(&SheetPlace, &str)> = recorded(state, event).into_iter().collect();
    let own = rechecked(state, event).into_iter().filter(|own| typed.contains(own)).collect();
    found.extend(counts(own).into_iter().map(|(name, count)| counted("duties-recheck-own", name, count)));
    found.retain(|(_, args)| args.iter().all(|(_, value)| !value.is_empty()));
    found
}

fn counted(key: &str, name: &str, count: u32) -> Words {
    words(key, &[("name", &name), ("count", &count)])
}

/// Names by how often they stand there.
fn counts<T>(names: Vec<(T, &str)>) -> BTreeMap<&str, u32> {
    let mut counts = BTreeMap::new();
    for (_, name) in names {
        *counts.entry(name).or_default() += 1;
    }
    counts
}

/// Who confirmed the results in a duty, as it stands.
fn confirmed(setup: &Event, duty: Duty) -> impl Iterator<Item = &str> {
    let standing = setup.confirmations.get(&duty).map(Register::standing).unwrap_or_default();
    standing.into_iter().map(|(_, version)| version.value.name.trim())
}

/// Judges who still judge.
fn judges(state: &Competition) -> impl Iterator<Item = (&JudgeId, &Judge)> {
    let known = state.judges.iter().filter_map(|(id, register)| Some((id, register.value()?)));
    known.filter(|(_, judge)| !judge.retired)
}

/// Does a judge give marks in an event, or did so: from a seat of a panel, as a substitute, as leader of a module, on a signed sheet?
pub(super) fn scores(state: &Competition, event: &EventId, setup: &Event, judge: &JudgeId) -> bool {
    let seated = || setup.panels.values().flat_map(Register::versions).any(|(_, own)| own.value.contains(judge));
    let leads =
        || setup.leaders.values().flat_map(Register::versions).any(|(_, own)| own.value.as_ref() == Some(judge));
    let seats = || setup.seats.values().flat_map(BTreeMap::values).flat_map(BTreeMap::values);
    let sits = |value: &Option<crate::sheet::Sitting>| {
        value.as_ref().is_some_and(|sitting| sitting.judge.as_ref() == Some(judge))
    };
    let substitutes = || seats().flat_map(Register::versions).any(|(_, own)| sits(&own.value));
    let signed = || {
        let own = state.sheets.iter().filter(|(sheet, _)| sheet.event == *event);
        own.flat_map(|(_, register)| register.versions())
            .any(|(_, own)| matches!(&own.value, SheetState::Signed { by, .. } if by == judge))
    };
    seated() || leads() || substitutes() || signed()
}

type Sheets<'a> = Vec<(&'a SheetPlace, &'a str)>;

/// Paper sheets and who typed them, as it stands.
fn recorded<'a>(state: &'a Competition, event: &EventId) -> Sheets<'a> {
    let papers = state.papers.iter().filter(|(sheet, _)| sheet.event == *event);
    papers.filter_map(|(sheet, own)| Some((sheet, own.recorded.value()?.by.trim()))).collect()
}

/// Paper sheets and who confirmed them, likewise.
fn checked<'a>(state: &'a Competition, event: &EventId) -> Sheets<'a> {
    let papers = state.papers.iter().filter(|(sheet, _)| sheet.event == *event);
    papers.filter_map(|(sheet, own)| Some((sheet, own.checked.value()?.by.trim()))).collect()
}

/// Sheets and who re-checked them, likewise.
fn rechecked<'a>(state: &'a Competition, event: &EventId) -> Sheets<'a> {
    let found = state.rechecked.iter().filter(|(sheet, _)| sheet.event == *event);
    found.filter_map(|(sheet, own)| Some((sheet, own.value()?.by.trim()))).collect()
}

/// Inquiries and who answered them, likewise.
fn answered<'a>(state: &'a Competition, event: &EventId) -> Vec<((), &'a str)> {
    let own = state.inquiries.values().filter(|own| own.asked.value().is_some_and(|asked| asked.event == *event));
    own.filter_map(|own| Some(((), own.answered.value()?.by.trim()))).collect()
}

/// Bulletins and who published them, likewise.
fn published(setup: &Event) -> Vec<((), &str)> {
    setup.bulletins.values().filter_map(|own| Some(((), own.value()?.by.trim()))).collect()
}

#[cfg(test)]
mod tests;
