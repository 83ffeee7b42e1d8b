//! An entry of a competition: whose it is, its numbers and lots, and what became of it.

use super::Competition;
use crate::coded::Coded;
use crate::command::registration::{FieldId, Form};
use crate::draw::Lot;
use crate::fact::{Decision, Numbers};
use crate::ids::{DrawId, EntryId, EventId, FactId, PersonId};
use crate::register::Register;
use jiangsai_scoring::EntryStatus;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Whose entry it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// In which event.
    pub event: EventId,
    /// Who.
    pub person: PersonId,
}

/// What became of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusSince {
    /// Its status.
    pub status: EntryStatus,
    /// The stage from which it holds; `None` for the beginning.
    pub since: Option<String>,
}

/// An entry.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Entry {
    /// Event and person.
    pub registered: Register<Registration>,
    /// 参赛号, 场次, 赛位号 as registered, which a draw takes the place of.
    pub numbers: Register<Numbers>,
    /// What it drew, by draw.
    pub lots: BTreeMap<DrawId, Register<Option<Lot>>>,
    /// Status; 正常 where nobody set one.
    pub status: Register<StatusSince>,
    /// Its place among its equals, where somebody decided.
    pub decision: Register<Decision>,
    /// What judges' desks are told of it.
    #[serde(default)]
    pub coded: Register<Coded>,
}

impl Entry {
    /// What is known of it where nothing is of its registration, as at a judge's desk. Of changes side by side the last, as long as it is the same
    /// code: the next that is told settles them.
    #[must_use]
    pub fn told(&self) -> Option<&Coded> {
        if !self.registered.is_empty() {
            return None;
        }
        let standing = self.coded.standing();
        let (_, last) = standing.last()?;
        standing.iter().all(|(_, version)| version.value.is_same_code(&last.value)).then_some(&last.value)
    }

    /// The event it takes part in.
    #[must_use]
    pub fn event(&self) -> Option<&EventId> {
        self.registered.value().map(|own| &own.event).or_else(|| self.told().map(|own| &own.event))
    }

    /// Its status: of crossing ones the later in display order.
    #[must_use]
    pub fn status(&self) -> EntryStatus {
        let told = || self.told().map(|own| own.status);
        self.status.value().map(|own| own.status).or_else(told).unwrap_or_default()
    }

    /// The stage from which its status holds, where that is not the beginning.
    #[must_use]
    pub fn status_stage(&self) -> Option<&String> {
        match self.status.value() {
            Some(own) => own.since.as_ref(),
            None => self.told().and_then(|own| own.since.as_ref()),
        }
    }

    /// Its numbers as registered, empty where not given. What holds is [`super::Competition::numbers`].
    #[must_use]
    pub fn registered_numbers(&self) -> Numbers {
        self.numbers.value().cloned().unwrap_or_default()
    }
}

impl Competition {
    /// Ids and entries of an event, by id; while it is locked by the ids that the lock gave.
    pub fn entries_of<'a>(&'a self, event: &'a EventId) -> impl Iterator<Item = (&'a EntryId, &'a Entry)> {
        let standing = self.standing_in(event);
        self.entries.iter().filter(move |(_, entry)| entry.event() == Some(event) && standing.has(entry))
    }

    /// What is known of the person of an entry.
    #[must_use]
    pub fn form_of(&self, entry: &Entry) -> Option<&Form> {
        let person = &entry.registered.value()?.person;
        let kept = || self.erased.get(person).and_then(Register::value).map(|erasure| &erasure.kept);
        self.persons.get(person).and_then(Register::value).or_else(kept)
    }

    /// The facts that the form and the registered numbers of an entry stand on.
    #[must_use]
    pub fn form_versions(&self, entry: &Entry) -> Vec<FactId> {
        let person = entry.registered.value().and_then(|own| self.persons.get(&own.person));
        let mut versions = person.map(Register::current).unwrap_or_default();
        versions.extend(entry.numbers.current());
        versions
    }

    /// The team of an entry: its delegation (代表队), or its unit where it has none.
    #[must_use]
    pub fn team_of(&self, entry: &Entry) -> Option<&String> {
        let form = self.form_of(entry)?;
        let filled = |field| form.get(&field).filter(|text: &&String| !text.is_empty());
        filled(FieldId::Delegation).or_else(|| filled(FieldId::Unit))
    }
}
