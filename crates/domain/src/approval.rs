//! Which facts are decisions that people approve with keys of their own, and in which roles. This is the one table of it.

use crate::command::Role;
use crate::confirmation::Duty;
use crate::draw::Office;
use crate::fact::Fact;

/// The roles in which a fact wants to be approved, each by another person; none for what is no decision.
///
/// Unsealing is two facts, one of each office: [`crate::view::approvals`] wants two persons for them together.
#[must_use]
pub const fn wanted(fact: &Fact) -> &'static [Role] {
    match fact {
        Fact::ResultsConfirmed { duty, .. } => of_duty(*duty),
        Fact::Final { .. } => FINAL,
        Fact::Sealed { .. } => SEALED,
        Fact::Opened { office, .. } => of_office(*office),
        Fact::Bulletin { .. } => BULLETIN,
        Fact::Officer { .. }
        | Fact::SignIn { .. }
        | Fact::OfficerKey { .. }
        | Fact::KeyRevoked { .. }
        | Fact::Revoked { .. }
        | Fact::Erased { .. } => TRUST,
        Fact::Adopted { .. } => ADOPTED,
        _ => &[],
    }
}

/// Results are final, or open again.
pub const FINAL: &[Role] = &[Role::ChiefJudge];
/// Names are sealed.
pub const SEALED: &[Role] = &[Role::DrawOfficer, Role::Supervisor];
/// A bulletin.
pub const BULLETIN: &[Role] = &[Role::Organiser];
/// Records in quarantine count after all.
pub const ADOPTED: &[Role] = &[Role::ChiefJudge];
/// Who may do what, whose keys count, whether people sign in, which computers are trusted, what is erased.
pub const TRUST: &[Role] = &[Role::Organiser];

/// Standings are confirmed.
#[must_use]
pub const fn of_duty(duty: Duty) -> &'static [Role] {
    match duty {
        Duty::ChiefJudge => &[Role::ChiefJudge],
        Duty::Supervisor => &[Role::Supervisor],
    }
}

/// Names are opened.
#[must_use]
pub const fn of_office(office: Office) -> &'static [Role] {
    match office {
        Office::DrawOfficer => &[Role::DrawOfficer],
        Office::Supervisor => &[Role::Supervisor],
    }
}
