//! Findings (待办事项): what somebody has to see or settle. Each has an id that follows from what it is about, so that a decision about it
//! holds for exactly that.
//!
//! Left out: which there are ([`crate::view::findings`]).

use crate::ids::{FactId, FindingId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What was decided about a finding that no other decision settles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingDecision {
    /// It stays as it is: there is nothing to do about it.
    Leave,
    /// Something is to be done about it after all.
    Reopen,
}

/// The id of a finding of a kind that is about these records, in whatever order they are given.
#[must_use]
pub fn id<'a>(kind: &str, about: impl IntoIterator<Item = &'a FactId>) -> FindingId {
    let mut about: Vec<&FactId> = about.into_iter().collect();
    about.sort();
    about.dedup();
    let mut hash = Sha256::new();
    for one in about {
        hash.update(one.as_str());
        hash.update(b"\n");
    }
    let digest: String = hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    FindingId::new(format!("{kind}:{digest}"))
}
