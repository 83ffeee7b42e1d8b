//! What a well-formed rulebook must also satisfy.

use crate::fault::Fault;
use crate::rulebook::Rulebook;

/// Every fault of a rulebook.
#[must_use]
pub fn check(_rulebook: &Rulebook) -> Vec<Fault> {
    Vec::new()
}
