//! Who may call what. This is the one place that decides it.
//!
//! Until people enrol, one person runs one computer (单机简易模式) and holds every role; the log names the actor `operator`.

use crate::failure::Failure;
use jiangsai_domain::command::{Needs, Role};
use jiangsai_domain::envelope::Refusal;
use jiangsai_domain::ids::Actor;

/// Roles of the person at this computer.
const OPERATOR: &[Role] = &[
    Role::Organiser,
    Role::Registrar,
    Role::Judge,
    Role::GroupLeader,
    Role::ChiefJudge,
    Role::Recorder,
    Role::Checker,
    Role::Supervisor,
    Role::DrawOfficer,
];

/// Who acts.
pub(crate) fn actor() -> Actor {
    Actor::from("operator")
}

/// May the person at this computer call a command that needs this?
pub(crate) fn authorise(needs: Needs) -> Result<(), Failure> {
    match needs {
        Needs::Anyone => Ok(()),
        Needs::AnyOf(roles) if roles.iter().any(|role| OPERATOR.contains(role)) => Ok(()),
        Needs::AnyOf(_) => Err(Refusal::new("not-allowed").into()),
    }
}
