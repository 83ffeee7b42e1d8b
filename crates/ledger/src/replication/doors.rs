//! The side that asks, where two computers may be above it: the hub of its hall, and another that stands by for it. Which of the two to ask.
//!
//! The rule: **stay where it works.** When the one that is asked does not answer, or says that it waits, the other is tried; it is gone to
//! only when it answers as the node above. Before anything is tried again there is a random wait below a bound that doubles, and whoever went
//! over has to get through a whole round before the next failure counts as the first.
//!
//! Left out: how they are asked, and where they are.

/// Failures in a row after which the other is tried: one may be a cable that was touched.
const ENOUGH: u32 = 2;
/// First and last bound of a wait, in milliseconds. The last is short: a hall that waits for a standby must not wait for its own patience.
const BOUND: (u64, u64) = (400, 2_500);
/// Changes without a round between that go by without a longer wait.
const FREE: u32 = 2;
/// Last bound of a wait after changes back and forth, in milliseconds.
const UNSTEADY: u64 = 30_000;

/// One of the two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Side {
    /// The node that this one is paired with.
    #[default]
    Hub,
    /// The one that stands by for it.
    Standby,
}

impl Side {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Hub => Self::Standby,
            Self::Standby => Self::Hub,
        }
    }
}

/// What was heard of one of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It answers as the node above.
    Answers,
    /// It stands by, and does not let in.
    Waits,
    /// It is not reached, or does not know this node, or is another computer.
    Fails,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Go on here.
    Stay,
    /// Try the other one, now.
    Try,
    /// Go on at the other one from now on.
    Move,
    /// Ask here again after so many milliseconds.
    Wait(u64),
}

/// How it went with the two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Doors {
    /// Failures here in a row.
    failures: u32,
    /// Tries of the other in a row that came to nothing.
    tries: u32,
    /// Changes since a whole round went through.
    moves: u32,
}

impl Doors {
    /// A round here ended, or could not begin. `random` is any number, each as likely as another.
    #[must_use]
    pub fn here(mut self, heard: Heard, random: u64) -> (Self, Turn) {
        let turn = match heard {
            Heard::Answers => {
                self = Self::default();
                Turn::Stay
            }
            // Nobody lets in here: there is nothing to wait for.
            Heard::Waits => Turn::Try,
            Heard::Fails => {
                self.failures = self.failures.saturating_add(1);
                if self.failures >= ENOUGH { Turn::Try } else { Turn::Wait(below(BOUND.0, random)) }
            }
        };
        (self, turn)
    }

    /// The other was tried.
    #[must_use]
    pub fn there(mut self, heard: Heard, random: u64) -> (Self, Turn) {
        // Each answers to a question and fails in the round: the wait between two changes grows as after any failure.
        let unsteady = self.moves.saturating_sub(FREE);
        if heard == Heard::Answers && self.tries >= unsteady {
            return (Self { failures: 0, tries: 0, moves: self.moves.saturating_add(1) }, Turn::Move);
        }
        let last = if unsteady > 0 { UNSTEADY } else { BOUND.1 };
        let bound = BOUND.0.saturating_mul(1 << self.tries.min(16)).min(last);
        self.tries = self.tries.saturating_add(1);
        (self, Turn::Wait(below(bound, random)))
    }
}

const fn below(bound: u64, random: u64) -> u64 {
    random % (bound + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_works_is_stayed_with_whatever_the_other_would_say() {
        let (doors, turn) = Doors::default().here(Heard::Answers, 7);
        assert_eq!((doors, turn), (Doors::default(), Turn::Stay));
    }

    #[test]
    fn one_failure_is_none_two_are_and_who_waits_is_left_at_once() {
        let (doors, turn) = Doors::default().here(Heard::Fails, 399);
        assert_eq!(turn, Turn::Wait(399));
        let (doors, turn) = doors.here(Heard::Fails, 399);
        assert_eq!(turn, Turn::Try);
        let (doors, turn) = doors.there(Heard::Answers, 0);
        assert_eq!(turn, Turn::Move);
        let (doors, turn) = doors.here(Heard::Waits, 0);
        assert_eq!(turn, Turn::Try, "it handed back");
        assert_eq!(doors.there(Heard::Answers, 0).1, Turn::Move);
    }

    #[test]
    fn while_neither_lets_in_both_are_asked_every_few_seconds_for_ever() {
        let mut doors = Doors::default();
        for round in 0..1_000_u64 {
            let random = u64::MAX / 1_000 * round;
            let (next, turn) = doors.here(Heard::Fails, random);
            doors = next;
            let Turn::Try = turn else {
                assert!(round == 0 && matches!(turn, Turn::Wait(ms) if ms <= BOUND.0), "{turn:?}");
                continue;
            };
            let (next, turn) = doors.there(if round % 2 == 0 { Heard::Waits } else { Heard::Fails }, random);
            doors = next;
            assert!(matches!(turn, Turn::Wait(ms) if ms <= BOUND.1), "{turn:?}");
        }
        assert_eq!(doors.there(Heard::Answers, 0).1, Turn::Move, "and who lets in then is gone to at once");
    }

    #[test]
    fn two_that_answer_and_carry_nothing_are_changed_between_ever_more_seldom() {
        let (mut doors, mut waited, mut moves) = (Doors::default(), 0_u64, 0_u32);
        while moves < 12 {
            let (next, turn) = doors.here(Heard::Fails, u64::MAX / 2);
            doors = next;
            if let Turn::Wait(ms) = turn {
                waited += ms;
            } else {
                let (next, turn) = doors.there(Heard::Answers, u64::MAX / 2);
                doors = next;
                match turn {
                    Turn::Move => moves += 1,
                    Turn::Wait(ms) => waited += ms,
                    other => assert_eq!(other, Turn::Move, "a try ends in one of the two"),
                }
            }
        }
        assert!(waited > 60_000, "{waited} ms for {moves} changes");
        let (doors, _) = doors.here(Heard::Answers, 0);
        assert_eq!(doors, Doors::default(), "a whole round makes good");
    }
}
