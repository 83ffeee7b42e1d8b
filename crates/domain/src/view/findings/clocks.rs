//! Clocks that jump: the writer of a log whose moments go back, or leap far ahead of those around them. Information only: no clock decides
//! anything.

use crate::command::findings::FindingNote;

/// A moment may lie so far before the one of the record before, in milliseconds: clocks are set by a network now and then.
const BACK: i64 = 60 * 1_000;
/// And so far after it, where the next record is earlier again: a day in which nobody writes is none.
const AHEAD: i64 = 60 * 60 * 1_000;

/// The jumps of each log; `logs` has, of each, what it is called and the moments of its records in their order.
#[must_use]
pub fn jumps(logs: &[(String, Vec<i64>)]) -> Vec<FindingNote> {
    let mut notes = Vec::new();
    for (name, moments) in logs {
        let mut newest: Option<i64> = None;
        let (mut back, mut first, mut by) = (0_u64, 0_usize, 0_i64);
        for (number, at) in moments.iter().copied().enumerate() {
            if let Some(before) = newest
                && at < before.saturating_sub(BACK)
            {
                if back == 0 {
                    first = number;
                }
                back += 1;
                by = by.max(before.saturating_sub(at));
                // A moment far ahead that was left again was the one that was wrong.
                let leapt = number >= 2 && before.saturating_sub(moments[number - 2]) > AHEAD;
                newest = Some(if leapt { at } else { before });
                continue;
            }
            newest = Some(newest.map_or(at, |before| before.max(at)));
        }
        if back > 0 {
            let args = [
                ("log", name.clone()),
                ("count", back.to_string()),
                ("record", first.to_string()),
                ("minutes", (by / 60_000).to_string()),
            ];
            let args = args.map(|(name, value)| (name.to_owned(), value)).into();
            notes.push(FindingNote { kind: "clock".to_owned(), args });
        }
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(minutes: &[i64]) -> Vec<(String, String)> {
        let moments = minutes.iter().map(|minute| minute * 60_000).collect();
        jumps(&[("desk".to_owned(), moments)]).pop().map(|note| note.args).unwrap_or_default()
    }

    #[test]
    fn clocks_that_go_back_or_leap_ahead_are_told_and_pauses_are_not() {
        assert!(of(&[0, 1, 2, 1_440, 1_441]).is_empty(), "a night between two days");
        assert!(of(&[10, 9, 10]).is_empty(), "a clock that was set");
        let back = of(&[100, 101, 41, 42, 102]);
        assert_eq!(back[1..].iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>(), ["2", "2", "60"]);
        let leap = of(&[100, 101, 5_000, 102, 103]);
        assert_eq!(leap[1..].iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>(), ["1", "3", "4898"]);
    }
}
