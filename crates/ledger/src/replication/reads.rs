//! What a node below reads: of the records that it may not, it gets the headers alone, which is enough to verify every chain.

use crate::header::Header;
use crate::replication::{Carried, Push};
use serde::{Deserialize, Serialize};

/// What a node reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reads {
    /// Every body.
    #[default]
    Everything,
    /// What judges' desks need: nothing of it says who stands behind a blind code.
    JudgesDesk,
    /// Every body, and which nodes are paired here: it stands by for this node.
    Standby,
}

impl Reads {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Everything, Self::JudgesDesk, Self::Standby];

    /// Its word, where it is kept.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::JudgesDesk => "judges-desk",
            Self::Standby => "standby",
        }
    }

    /// What it reads of records: one that stands by reads every one, and is handed the same bytes as whoever reads everything.
    #[must_use]
    pub const fn of_records(self) -> Self {
        match self {
            Self::Standby => Self::Everything,
            other => other,
        }
    }

    /// By its word; what this build does not know reads as little as any.
    #[must_use]
    pub fn of(word: &str) -> Self {
        Self::ALL.into_iter().find(|reads| reads.word() == word).unwrap_or(Self::JudgesDesk)
    }

    /// May it read what is for an audience? A judge signs in at any desk, so a desk reads what is for any judge.
    #[must_use]
    pub fn may(self, audience: &str) -> bool {
        match self {
            Self::Everything | Self::Standby => true,
            Self::JudgesDesk => matches!(audience, "public" | "desks") || audience.starts_with("desk:"),
        }
    }

    /// Leaves out of a run what is not for it. A header that cannot be read goes without its body.
    #[must_use]
    pub fn of_run(self, mut run: Push) -> Push {
        if self == Self::JudgesDesk {
            run.records.iter_mut().filter(|one| !self.may_carried(one)).for_each(Carried::withhold);
        }
        run
    }

    fn may_carried(self, one: &Carried) -> bool {
        Header::read(one.header.as_bytes()).is_ok_and(|header| self.may(&header.audience))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_desk_reads_what_is_for_desks_and_nothing_whose_audience_it_does_not_know() {
        let read = ["public", "desks", "desk:j1"];
        let not = ["scoring", "registrars", "sealed", "", "desk", "publicity", "Public", "later"];
        assert!(read.iter().all(|audience| Reads::JudgesDesk.may(audience)));
        assert!(!not.iter().any(|audience| Reads::JudgesDesk.may(audience)));
        assert!(not.iter().all(|audience| Reads::Everything.may(audience) && Reads::Standby.may(audience)));
        assert!(
            Reads::ALL.into_iter().all(|reads| not.iter().all(|one| reads.may(one) == reads.of_records().may(one)))
        );
        assert_eq!(Reads::of("of a later build"), Reads::JudgesDesk);
        assert!(Reads::ALL.into_iter().all(|reads| Reads::of(reads.word()) == reads));
    }
}
