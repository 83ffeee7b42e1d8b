//! Figures (统计数字): what the level above an organising headquarters is told of an event beside a bulletin. Counts alone: they name no person, unit
//! or entry, and while names are sealed (加密) they say nothing that the hall does not see.
//!
//! Left out: when they are written ([`crate::decide::bulletins`]), where they are shown ([`crate::view::overview`]).

use crate::bulletin::BulletinKind;
use crate::command::files::Whom;
use crate::command::registration::FieldId;
use crate::competition::{Competition, Entry};
use crate::envelope::Refusal;
use crate::ids::{EventId, JudgeId};
use crate::view::whom;
use jiangsai_scoring::{EntryStatus, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Counts of an event as a bulletin was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Number of the bulletin.
    pub number: u32,
    /// Its kind.
    pub kind: BulletinKind,
    /// Entries that are registered and did not withdraw.
    pub registered: u32,
    /// Of these, those that came.
    pub took_part: u32,
    /// Units that they come from; nothing while names are sealed, when nobody in the hall knows of units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub units: Option<u32>,
    /// Judges on its panels.
    pub judges: u32,
    /// Awards, in the order of rank; none of provisional results.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub awards: Vec<AwardCount>,
}

/// How often an award is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwardCount {
    /// The award, as the rulebook names it.
    pub name: Text,
    /// To so many entries.
    pub count: u32,
}

/// The figures of an event that go with a bulletin.
///
/// # Errors
/// Those of the standings.
pub fn of(state: &Competition, event: &EventId, number: u32, kind: BulletinKind) -> Result<Figures, Refusal> {
    let setup = crate::decide::event(state, event)?;
    let withdrew = |entry: &Entry| entry.status() == EntryStatus::Withdrawn;
    let registered: Vec<&Entry> =
        state.entries_of(event).map(|(_, entry)| entry).filter(|entry| !withdrew(entry)).collect();
    let units: BTreeSet<&String> = registered.iter().filter_map(|entry| unit_of(state, entry)).collect();
    let judges: BTreeSet<&JudgeId> = setup.panels.values().filter_map(|register| register.value()).flatten().collect();
    Ok(Figures {
        number,
        kind,
        registered: count(registered.len()),
        took_part: count(registered.iter().filter(|entry| came(entry)).count()),
        units: (!setup.is_sealed()).then(|| count(units.len())),
        judges: count(judges.len()),
        awards: if kind == BulletinKind::Provisional { Vec::new() } else { awards(state, event)? },
    })
}

/// Did an entry come at all? Whoever was absent from a later stage alone did.
fn came(entry: &Entry) -> bool {
    let from_the_beginning = entry.status.value().is_none_or(|own| own.since.is_none());
    !(from_the_beginning && matches!(entry.status(), EntryStatus::Absent | EntryStatus::NotCheckedIn))
}

fn unit_of<'a>(state: &'a Competition, entry: &Entry) -> Option<&'a String> {
    state.form_of(entry)?.get(&FieldId::Unit).filter(|unit| !unit.is_empty())
}

fn awards(state: &Competition, event: &EventId) -> Result<Vec<AwardCount>, Refusal> {
    let (_, rows) = whom::who(state, event, &Whom::All)?;
    let mut counted: Vec<AwardCount> = Vec::new();
    for name in rows.into_iter().flat_map(|row| row.awards) {
        match counted.iter_mut().find(|own| own.name == name) {
            Some(own) => own.count += 1,
            None => counted.push(AwardCount { name, count: 1 }),
        }
    }
    Ok(counted)
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
