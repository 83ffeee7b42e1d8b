//! What surrounds a fact: before it is sealed a [`Draft`], afterwards an [`Envelope`]; and what a decision is made from.

use crate::fact::{Fact, NotAFact};
use crate::ids::{Actor, FactId};
use crate::trust::Origin;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A fact that a decision wants recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What happened.
    pub fact: Fact,
    /// The versions its author saw as current.
    pub replaces: Vec<FactId>,
    /// Why, or empty.
    pub reason: String,
}

/// A fact as it is on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// Hash of its record.
    pub id: FactId,
    /// Where its record stands.
    pub origin: Origin,
    /// Display order (Lamport).
    pub order: u64,
    /// Milliseconds since 1970 by the clock of the node that wrote it.
    pub at: i64,
    /// Who.
    pub actor: Actor,
    /// The versions its author saw as current.
    pub replaces: Vec<FactId>,
    /// Why, or empty.
    pub reason: String,
    /// What happened, or why this node cannot say.
    pub fact: Result<Fact, NotAFact>,
}

/// What a decision may use besides the state: the pure core has neither clock nor chance.
#[derive(Clone, Debug)]
pub struct Context {
    /// Today as `YYYY-MM-DD`, by the calendar of the place.
    pub today: String,
    /// Who acts.
    pub actor: Actor,
    /// Random, fresh for every command: new ids are made from it.
    pub seed: u128,
}

impl Context {
    /// The `n`-th new id of this command: 32 hex digits. Whoever has ids has neither the seed nor the order in which they were made: a
    /// roster is registered line by line, and a judge's desk holds the ids that stand behind its blind codes.
    #[must_use]
    pub fn fresh(&self, n: u64) -> String {
        let digest = Sha256::new()
            .chain_update("jiangsai.id\n")
            .chain_update(self.seed.to_le_bytes())
            .chain_update(n.to_le_bytes())
            .finalize();
        digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A decision's *no*: the present state does not allow it. It reads like advice.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}")]
pub struct Refusal {
    /// A small stable code; `error-<code>` in the locale files.
    pub code: &'static str,
    /// Particulars by name.
    pub args: Vec<(String, String)>,
}

impl Refusal {
    /// A refusal without particulars.
    #[must_use]
    pub const fn new(code: &'static str) -> Self {
        Self { code, args: Vec::new() }
    }

    /// With one particular more.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "callers hand over literals, numbers and references alike")]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }
}
