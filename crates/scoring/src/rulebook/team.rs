//! Teams (团体): a value made of its members, ranked like entries.

use super::{Direction, Expr, Key, Ties};
use crate::text::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How teams are ranked. A team is made of the entries that name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Teams {
    /// Name of the team result.
    pub name: Text,
    /// The result of a team, made with `members`.
    pub value: Expr,
    /// Whether the higher or the lower result is better.
    #[serde(default)]
    pub direction: Direction,
    /// What decides between equal results, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<Key>,
    /// What happens when no key decides.
    #[serde(default)]
    pub ties: Ties,
}

impl Teams {
    /// Fewest members with a value that a team needs for a result; 1 where the rules ask for no more.
    #[must_use]
    pub fn fewest(&self) -> u16 {
        let mut fewest = 1;
        let mut stack = vec![&self.value];
        while let Some(expr) = stack.pop() {
            if let Expr::Members { minimum: Some(minimum), .. } = expr {
                fewest = fewest.max(*minimum);
            }
            expr.children(&mut |child| stack.push(child));
        }
        fewest
    }
}
