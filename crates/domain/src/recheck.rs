//! Re-checking results (成绩复核) and what delegations ask about them (查分): which sheets, what was found, who answered.
//!
//! Left out: corrections of marks, which are changes of marks with a reason; appeals (申诉), which are about the contest and not about sums.

use crate::draw::order;
use crate::ids::{EntryId, EventId, FactId};
use serde::{Deserialize, Serialize};

/// Least part of the rest that is drawn, in percent.
pub const REST: u32 = 15;
/// Most sheets with errors, in percent of the sheets that the plan names, before everything is re-checked.
pub const TOLERATED: usize = 5;
/// The first so many are all re-checked.
const FIRST: usize = 10;
/// Or the first so many percent.
const FIRST_PERCENT: usize = 30;

/// Whose sheets are re-checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Extent {
    /// Everybody's: usual for small fields.
    All,
    /// The first ten, and a part of the rest.
    FirstTen {
        /// Percent of the rest, 15 to 100.
        rest: u32,
    },
    /// The first 30 %, and a part of the rest.
    FirstThird {
        /// Percent of the rest, 15 to 100.
        rest: u32,
    },
}

/// A re-check as it was begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Whose sheets.
    pub extent: Extent,
    /// What the sample was drawn from, to draw it again; empty where everybody's sheets are re-checked.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub seed: String,
    /// The first, by rank as it was then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub first: Vec<EntryId>,
    /// Those drawn from the rest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drawn: Vec<EntryId>,
}

/// What a re-check of one sheet found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Who looked, by name.
    pub by: String,
    /// Errors: marks typed wrongly or left out, sums that are wrong.
    pub errors: u32,
    /// What they are; empty where there are none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The record of the plan under which it was found: a re-check that is begun anew looks at every sheet again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<FactId>,
}

/// 查分: what a delegation asks about the result of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inquiry {
    /// Event.
    pub event: EventId,
    /// About whom.
    pub entry: EntryId,
    /// Who asks: the leader or the delegation.
    pub by: String,
    /// What is asked.
    pub text: String,
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Who answers, by name.
    pub by: String,
    /// The result was corrected.
    pub corrected: bool,
    /// The answer.
    pub text: String,
}

/// The plan for entries in order of rank: the first by rank, the others by a draw from the seed that anybody can repeat.
#[must_use]
pub fn plan(extent: Extent, ranked: Vec<EntryId>, seed: String) -> Plan {
    let (count, rest) = match extent {
        Extent::All => return Plan { extent, seed: String::new(), first: Vec::new(), drawn: Vec::new() },
        Extent::FirstTen { rest } => (FIRST.min(ranked.len()), rest),
        Extent::FirstThird { rest } => ((ranked.len() * FIRST_PERCENT).div_ceil(100), rest),
    };
    let mut first = ranked;
    let others = first.split_off(count);
    let wanted = (others.len() * usize::try_from(rest).unwrap_or(usize::MAX)).div_ceil(100);
    let mut drawn = order(&seed, others);
    drawn.truncate(wanted);
    Plan { extent, seed, first, drawn }
}

/// Do so many sheets with errors among so many planned ones mean that everything has to be re-checked? Measured on the whole plan, so that
/// the first error found does not decide, and no later sheet takes the decision back.
#[must_use]
pub const fn too_many(wrong: usize, planned: usize) -> bool {
    wrong * 100 > planned * TOLERATED
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_sample_is_drawn_again_from_its_seed_and_is_never_too_small(count in 0_usize..400, rest in REST..=100, third: bool, seed in "[0-9a-f]{8}") {
            let ranked: Vec<EntryId> = (0..count).map(|at| EntryId::new(at.to_string())).collect();
            let extent = if third { Extent::FirstThird { rest } } else { Extent::FirstTen { rest } };
            let drawn = plan(extent, ranked.clone(), seed.clone());
            prop_assert_eq!(&drawn, &plan(extent, ranked.clone(), seed));
            prop_assert_eq!(&drawn.first[..], &ranked[..drawn.first.len()]);
            let least = if third { count * 30 } else { count.min(10) * 100 };
            prop_assert!(drawn.first.len() * 100 >= least);
            prop_assert!(drawn.drawn.len() * 100 >= (count - drawn.first.len()) * rest as usize);
            prop_assert!(drawn.drawn.iter().all(|entry| !drawn.first.contains(entry) && ranked.contains(entry)));
        }
    }

    #[test]
    fn five_in_a_hundred_are_tolerated_and_six_are_not() {
        assert!(!too_many(5, 100) && too_many(6, 100));
        assert!(too_many(1, 19) && !too_many(1, 20) && !too_many(0, 0));
    }
}
