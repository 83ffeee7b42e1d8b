//! Which facts are decisions that people approve with keys of their own, and in which roles. This is the one table of it.

use crate::command::Role;
use crate::confirmation::Duty;
use crate::draw::Office;
use crate::fact::Fact;
use crate::ids::JudgeId;
use crate::sheet::SheetState;
use serde::{Deserialize, Serialize};

/// Which decisions want approvals. It is said where people begin to sign in, so that what was decided before a decision stood in the table is
/// not held up by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Edition(u32);

impl Edition {
    /// As it was said by leaving it out.
    pub const FIRST: Self = Self(1);
    /// Draws, sheets that are opened again, marks that are to be given again, as well.
    pub const SECOND: Self = Self(2);
    /// What is said now.
    pub const NEWEST: Self = Self::SECOND;

    /// Is it left out?
    #[must_use]
    pub const fn is_first(&self) -> bool {
        self.0 <= Self::FIRST.0
    }
}

impl Default for Edition {
    fn default() -> Self {
        Self::FIRST
    }
}

/// Roles of which one is enough.
pub type AnyOf = &'static [Role];

/// The approvals that a decision wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wants {
    /// As many persons as there are of these, each in one of the roles.
    pub of: &'static [AnyOf],
    /// The first edition that has it.
    pub since: Edition,
}

impl Wants {
    const fn first(of: &'static [AnyOf]) -> Self {
        Self { of, since: Edition::FIRST }
    }

    const fn second(of: &'static [AnyOf]) -> Self {
        Self { of, since: Edition::SECOND }
    }
}

/// What a fact wants; no approval for what is no decision.
///
/// Unsealing is two facts, one of each office: [`crate::view::approvals`] wants two persons for them together. A sheet that is signed wants
/// the judge's own ([`own`]).
#[must_use]
pub const fn wanted(fact: &Fact) -> Wants {
    match fact {
        Fact::ResultsConfirmed { duty, .. } => of_duty(*duty),
        Fact::Final { .. } => FINAL,
        Fact::Sealed { .. } => SEALED,
        Fact::Opened { office, .. } => of_office(*office),
        Fact::Draw { .. } | Fact::Lot { .. } => DRAWN,
        Fact::Bulletin { .. } => BULLETIN,
        Fact::Officer { .. }
        | Fact::SignIn { .. }
        | Fact::OfficerKey { .. }
        | Fact::JudgeKey { .. }
        | Fact::KeyRevoked { .. }
        | Fact::Revoked { .. }
        | Fact::Readers(_)
        | Fact::Erased { .. } => TRUST,
        Fact::Adopted { .. } => ADOPTED,
        Fact::Decision { .. } | Fact::Settled { .. } => RULING,
        Fact::Sheet { state: SheetState::Reopened, .. } | Fact::Rescore { .. } => AGAIN,
        _ => Wants::first(&[]),
    }
}

/// The judge whose own approval a fact wants, where the judge has a key at the computer that wrote it.
#[must_use]
pub const fn own(fact: &Fact) -> Option<&JudgeId> {
    match fact {
        Fact::Sheet { state: SheetState::Signed { by, .. }, .. } => Some(by),
        _ => None,
    }
}

/// Results are final, or open again.
pub const FINAL: Wants = Wants::first(&[&[Role::ChiefJudge]]);
/// Names are sealed.
pub const SEALED: Wants = Wants::first(&[&[Role::DrawOfficer], &[Role::Supervisor]]);
/// A draw is held, or void; what somebody drew.
pub const DRAWN: Wants = Wants::second(&[&[Role::DrawOfficer, Role::Organiser]]);
/// A bulletin.
pub const BULLETIN: Wants = Wants::first(&[&[Role::Organiser]]);
/// Records in quarantine count after all.
pub const ADOPTED: Wants = Wants::first(&[&[Role::ChiefJudge]]);
/// A tie is decided, or what became of a finding.
pub const RULING: Wants = Wants::first(&[&[Role::ChiefJudge]]);
/// A sheet is opened again, a mark is to be given again.
pub const AGAIN: Wants = Wants::second(&[&[Role::ChiefJudge]]);
/// Who may do what, whose keys count, whether people sign in, which computers are trusted, which read, what is erased.
pub const TRUST: Wants = Wants::first(&[&[Role::Organiser]]);

/// Standings are confirmed.
#[must_use]
pub const fn of_duty(duty: Duty) -> Wants {
    match duty {
        Duty::ChiefJudge => Wants::first(&[&[Role::ChiefJudge]]),
        Duty::Supervisor => Wants::first(&[&[Role::Supervisor]]),
    }
}

/// Names are opened.
#[must_use]
pub const fn of_office(office: Office) -> Wants {
    match office {
        Office::DrawOfficer => Wants::first(&[&[Role::DrawOfficer]]),
        Office::Supervisor => Wants::first(&[&[Role::Supervisor]]),
        Office::Envelope => Wants::first(&[&[Role::ChiefJudge]]),
    }
}
