//! What of the history is asked for, by the ids that facts carry.

use super::blind;
use crate::command::competition::About;
use crate::competition::Competition;
use crate::fact::MarkPlace;
use crate::ids::{EntryId, ItemId, JudgeId, PersonId};

/// A part of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Everything.
    All,
    /// An entry, its person and marks; while sealed its marks alone.
    Entry(EntryId),
    /// A person, while the entry is sealed.
    Person(PersonId),
    /// One mark.
    Mark(EntryId, ItemId, Option<JudgeId>),
    /// Settings and rulebooks.
    Settings,
    /// Judges and panels.
    Judges,
    /// Draws, sealing and unsealing.
    Draws,
    /// What is not there.
    Nothing,
}

impl Wanted {
    pub(super) fn of(state: &Competition, about: &About) -> Self {
        match about {
            About::All => Self::All,
            About::Settings => Self::Settings,
            About::Judges => Self::Judges,
            About::Draws => Self::Draws,
            About::Entry(handle) => match blind::resolve(state, handle) {
                Ok(entry) => Self::Entry(entry),
                Err(_) if blind::sealed_person(state, handle).is_some() => Self::Person(handle.as_str().into()),
                Err(_) => Self::Nothing,
            },
            About::Mark { entry, item, judge } => match blind::resolve(state, entry) {
                Ok(entry) => Self::Mark(entry, item.clone(), judge.clone()),
                Err(_) => Self::Nothing,
            },
        }
    }

    pub(super) fn settings(&self) -> bool {
        matches!(self, Self::All | Self::Settings)
    }

    pub(super) fn judges(&self) -> bool {
        matches!(self, Self::All | Self::Judges)
    }

    pub(super) fn draws(&self) -> bool {
        matches!(self, Self::All | Self::Draws)
    }

    pub(super) fn entry(&self, id: &EntryId) -> bool {
        match self {
            Self::All => true,
            Self::Entry(own) => own == id,
            _ => false,
        }
    }

    pub(super) fn person(&self, id: &PersonId) -> bool {
        matches!(self, Self::Person(own) if own == id)
    }

    pub(super) fn mark(&self, place: &MarkPlace) -> bool {
        match self {
            Self::All => true,
            Self::Entry(own) => *own == place.entry,
            Self::Mark(entry, item, judge) => (entry, item, judge) == (&place.entry, &place.item, &place.judge),
            _ => false,
        }
    }
}
