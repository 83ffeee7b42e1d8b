//! What a node below reads: of the records that it may not, it gets the headers alone, which is enough to verify every chain.

use crate::header::Header;
use crate::replication::{Carried, Push, Refused, Sealed};
use crate::verify::{Fault, What};
use serde::{Deserialize, Serialize};

/// What a node reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Reads {
    /// Every body.
    #[default]
    Everything,
    /// What judges' desks need: nothing of it says who stands behind a blind code.
    JudgesDesk,
    /// Every body, and which nodes are paired here: it stands by for this node.
    Standby,
    /// What judges' desks read, and of everything else what is encrypted to the readers of the competition: it carries that between nodes below it
    /// and the one above.
    Carrier,
    /// The other way round: of what it sends up the node above reads what is public alone, and the headers of everything else. Nothing comes down
    /// to it.
    Public,
}

impl Reads {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Everything, Self::JudgesDesk, Self::Standby, Self::Carrier, Self::Public];

    /// Its word, where it is kept.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::JudgesDesk => "judges-desk",
            Self::Standby => "standby",
            Self::Carrier => "carrier",
            Self::Public => "public",
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

    /// Does it read every body?
    #[must_use]
    pub const fn reads_whole(self) -> bool {
        matches!(self, Self::Everything | Self::Standby)
    }

    /// Does a node that is paired for it hold what it holds whole? One of which the node above receives what is public does: the part is up there.
    #[must_use]
    pub const fn holds_whole(self) -> bool {
        self.reads_whole() || matches!(self, Self::Public)
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
            Self::JudgesDesk | Self::Carrier => matches!(audience, "public" | "desks") || audience.starts_with("desk:"),
            Self::Public => audience == "public",
        }
    }

    /// Leaves out of a run what is not for it. A header that cannot be read goes without its body.
    #[must_use]
    pub fn of_run(self, run: Push) -> Push {
        self.of_run_with(run, |_| None)
    }

    /// As [`Reads::of_run`]; what a carrier may not read it gets as `seal` encrypts it, and the header alone where that gives nothing. What is
    /// encrypted already goes on as it is, and that a body was erased is said: whoever carries it says so in turn.
    #[must_use]
    pub fn of_run_with(self, mut run: Push, mut seal: impl FnMut(&Carried) -> Option<Sealed>) -> Push {
        if self.reads_whole() {
            return run;
        }
        for one in run.records.iter_mut().filter(|one| !self.may_carried(one)) {
            let carries = self == Self::Carrier;
            if carries && one.body.is_none() {
                continue;
            }
            let sealed = if carries { seal(one) } else { None };
            one.withhold();
            one.sealed = sealed;
        }
        run
    }

    /// Refuses a run with a body that a node which carries may not read, or one which receives what is public alone: it is not kept there, whoever sends
    /// it. Nor does the second take what is encrypted, which it would keep for nobody.
    ///
    /// # Errors
    /// The first record with such a body.
    pub fn takes(self, run: &Push) -> Result<(), Refused> {
        let mut numbered = (run.from..).zip(&run.records);
        let refuses = |one: &Carried| match self {
            Self::Carrier => one.body.is_some(),
            Self::Public => one.body.is_some() || one.sealed.is_some(),
            Self::Everything | Self::JudgesDesk | Self::Standby => false,
        };
        match numbered.find(|(_, one)| refuses(one) && !self.may_carried(one)) {
            Some((seq, _)) => Err(Refused::Fault(Fault { log: run.log, seq, what: What::Plain })),
            None => Ok(()),
        }
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
        let same = |audience: &&str| Reads::Carrier.may(audience) == Reads::JudgesDesk.may(audience);
        assert!(read.iter().chain(&not).all(same), "who carries reads what a desk reads");
        assert!(not.iter().all(|audience| Reads::Everything.may(audience) && Reads::Standby.may(audience)));
        assert!(
            Reads::ALL.into_iter().all(|reads| not.iter().all(|one| reads.may(one) == reads.of_records().may(one)))
        );
        assert!(Reads::Public.may("public") && !read.iter().chain(&not).skip(1).any(|one| Reads::Public.may(one)));
        assert_eq!(Reads::of("of a later build"), Reads::JudgesDesk);
        assert!(Reads::ALL.into_iter().all(|reads| Reads::of(reads.word()) == reads));
        let whole: Vec<Reads> = Reads::ALL.into_iter().filter(|reads| reads.holds_whole()).collect();
        assert_eq!(
            whole,
            [Reads::Everything, Reads::Standby, Reads::Public],
            "only these keep a computer from being let in for a part"
        );
    }
}
