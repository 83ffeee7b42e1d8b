//! People and their duties (人员与职责) as replies hold them.

use crate::view::Words;
use serde::{Deserialize, Serialize};

/// Who held which duties in an event, by the names on record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutiesView {
    /// Everybody with a duty, by name.
    pub people: Vec<PersonDuties>,
    /// Duties that one person should not hold together, in words.
    pub warnings: Vec<Words>,
}

/// A person's duties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonDuties {
    /// Name, as it was typed.
    pub name: String,
    /// Each duty, in words.
    pub held: Vec<Words>,
}
