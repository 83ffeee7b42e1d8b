//! An entry of a competition: whose it is, its numbers and lots, and what became of it.

use crate::coded::Coded;
use crate::draw::Lot;
use crate::fact::{Decision, Numbers};
use crate::ids::{DrawId, EventId, PersonId};
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
    /// What is known of it where nothing is of its registration, as at a judge's desk.
    #[must_use]
    pub fn told(&self) -> Option<&Coded> {
        if self.registered.is_empty() { self.coded.agreed() } else { None }
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
