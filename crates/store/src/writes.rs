//! Whether what was read from the database stands yet: for what is kept of it in memory, where nobody else can write.

use std::sync::{Mutex, PoisonError};

/// Writes of one kind, all through the one connection that writes.
#[derive(Debug, Default)]
pub(crate) struct Writes(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// How many began and ended.
    version: u64,
    /// So many are under way.
    open: u32,
    /// Somebody went before the answer: what was written may yet come.
    lost: bool,
    /// How often that happened.
    losses: u64,
}

/// A write that is under way. Dropped without [`Write::answered`], it may yet be done.
#[must_use]
pub(crate) struct Write<'a> {
    writes: &'a Writes,
    /// Losses when it began.
    losses: u64,
    answered: bool,
}

impl Writes {
    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// To be called before something is written.
    pub fn begin(&self) -> Write<'_> {
        let losses = self.with(|state| {
            state.version += 1;
            state.open += 1;
            state.losses
        });
        Write { writes: self, losses, answered: false }
    }

    /// A number that is another one whenever something was written in between; nothing while something is, or may be.
    pub fn version(&self) -> Option<u64> {
        self.with(|state| (state.open == 0 && !state.lost).then_some(state.version))
    }
}

impl Write<'_> {
    /// The database said that it is done.
    pub fn answered(mut self) {
        self.answered = true;
    }
}

impl Drop for Write<'_> {
    fn drop(&mut self) {
        self.writes.with(|state| {
            state.version += 1;
            state.open -= 1;
            if !self.answered {
                state.lost = true;
                state.losses += 1;
            } else if state.losses == self.losses {
                // It began after all that were lost, and the connection does one after the other: they are over.
                state.lost = false;
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_stands_until_something_is_written() {
        let writes = Writes::default();
        let first = writes.version();
        assert!(first.is_some());
        assert_eq!(writes.version(), first);

        let write = writes.begin();
        assert_eq!(writes.version(), None, "under way");
        write.answered();
        let second = writes.version();
        assert!(second.is_some() && second != first);
    }

    #[test]
    fn what_nobody_waited_for_may_come_until_another_that_began_later_is_answered() {
        let writes = Writes::default();
        let before = writes.begin();
        drop(writes.begin());
        assert_eq!(writes.version(), None);
        before.answered();
        assert_eq!(writes.version(), None, "it may have been done before the one that was lost");
        writes.begin().answered();
        assert!(writes.version().is_some());
    }
}
