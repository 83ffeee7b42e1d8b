//! Why an entry stands where it stands, in the sentences one would say to a contestant.

use super::{Words, key, words};
use crate::command::results::Explanation;

/// How it was set apart from the one before it, or why it has no rank; then how from the one after it; then what that still waits for.
#[must_use]
pub fn reasons(of: &Explanation) -> Vec<Words> {
    let row = &of.row;
    let before = match (&row.why, row.rank) {
        (Some(why), _) => Some(why.clone()),
        (None, Some(1)) => Some(key("why-first")),
        (None, Some(own)) => {
            let better = of.neighbours.iter().find(|(rank, ..)| number(rank) < own);
            better.map(|(rank, number, total)| {
                words("why-behind", &[("rank", rank), ("number", number), ("total", total)])
            })
        }
        (None, None) => None,
    };
    before.into_iter().chain(row.ahead.clone()).chain(row.waits.clone()).collect()
}

/// Who stands next to it, before and after.
#[must_use]
pub fn neighbours(of: &Explanation) -> Vec<Words> {
    let own = of.row.rank.unwrap_or(u32::MAX);
    let said = |(rank, entry, total): &(String, String, String)| {
        let before = number(rank) < own || (number(rank) == own && *entry < of.row.number);
        let key = if before { "why-before" } else { "why-after" };
        words(key, &[("rank", rank), ("number", entry), ("total", total)])
    };
    of.neighbours.iter().map(said).collect()
}

fn number(rank: &str) -> u32 {
    rank.parse().unwrap_or(u32::MAX)
}
