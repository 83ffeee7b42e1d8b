//! The big screen in the hall (大屏): which standings it may show, what was put on it, and its countdown.
//!
//! Left out: what then stands on it ([`crate::view::screen`]). What was put on it and the countdown are kept beside the ledger: they are
//! over with the day.

use crate::ids::EventId;
use serde::{Deserialize, Serialize};

/// Longest countdown, in seconds: a day.
pub const LONGEST: u32 = 86_400;

/// Which standings the screen may show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// None.
    #[default]
    Nothing,
    /// Those before they are final, without names.
    Provisional,
    /// The final ones, and the awards.
    Final,
}

impl Shown {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Nothing, Self::Provisional, Self::Final];

    /// Its name in ids and locale keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Provisional => "provisional",
            Self::Final => "final",
        }
    }
}

/// What is on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scene {
    /// Stations with their progress; never a mark.
    #[default]
    Hall,
    /// The standings that were released.
    Standings,
    /// The awards, from the last to the first, one step after the other.
    Ceremony,
}

impl Scene {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Hall, Self::Standings, Self::Ceremony];

    /// Its name in ids and locale keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hall => "hall",
            Self::Standings => "standings",
            Self::Ceremony => "ceremony",
        }
    }
}

/// What was put on the screen of a competition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staged {
    /// Which event; the first one until somebody chose.
    pub event: Option<EventId>,
    /// What.
    pub scene: Scene,
    /// Only this 场次; empty for all.
    pub session: String,
    /// How many awards were revealed, from the last on.
    pub revealed: u32,
    /// The countdown.
    pub countdown: Countdown,
}

/// A countdown. While it runs it is known by its end, so that nothing has to tick.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Countdown {
    /// Milliseconds left while it stands still.
    pub left: i64,
    /// Its end while it runs, in milliseconds since 1970.
    pub ends: Option<i64>,
    /// There is one.
    pub set: bool,
}

/// What is done to a countdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Count {
    /// It stands at so many seconds.
    Set(u32),
    /// It runs.
    Start,
    /// It stands still.
    Pause,
    /// There is none.
    Clear,
}

impl Countdown {
    /// Milliseconds left at a moment; never below 0.
    #[must_use]
    pub fn left_at(&self, now: i64) -> i64 {
        self.ends.map_or(self.left, |ends| ends.saturating_sub(now)).max(0)
    }

    /// The countdown after something was done to it at a moment.
    #[must_use]
    pub fn after(self, act: Count, now: i64) -> Self {
        let left = self.left_at(now);
        match act {
            Count::Set(seconds) => Self { left: i64::from(seconds) * 1_000, ends: None, set: true },
            Count::Start if self.set && self.ends.is_none() => {
                Self { left, ends: Some(now.saturating_add(left)), ..self }
            }
            Count::Pause => Self { left, ends: None, ..self },
            Count::Clear => Self::default(),
            Count::Start => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_countdown_runs_to_its_end_and_keeps_what_is_left_while_it_stands_still() {
        let set = Countdown::default().after(Count::Set(90), 1_000);
        assert_eq!(set.left_at(500_000), 90_000, "it stands still until it is started");
        let running = set.after(Count::Start, 10_000);
        assert_eq!(running.left_at(40_000), 60_000);
        assert_eq!(running.after(Count::Start, 50_000), running, "starting twice changes nothing");
        let paused = running.after(Count::Pause, 40_000);
        assert_eq!(paused.left_at(900_000), 60_000);
        assert_eq!(paused.after(Count::Start, 900_000).left_at(930_000), 30_000);
        assert_eq!(running.left_at(999_999), 0, "never below nothing");
        assert_eq!(running.after(Count::Clear, 0), Countdown::default());
    }

    #[test]
    fn there_is_nothing_to_start_before_a_countdown_is_set() {
        assert_eq!(Countdown::default().after(Count::Start, 5), Countdown::default());
    }
}
