//! The changes a person made in the grid, newest last, for *undo* and *redo*. Nothing is taken back in the record: an undo is a
//! new change that puts the former value in place again.

use super::grid::Pos;

/// One change of one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where.
    pub pos: Pos,
    /// Text before.
    pub before: String,
    /// Text after.
    pub after: String,
}

/// How many changes are remembered.
const DEPTH: usize = 200;

/// The changes made and taken back.
#[derive(Clone, Debug, Default)]
pub struct Undo {
    done: Vec<Change>,
    undone: Vec<Change>,
}

impl Undo {
    /// Remembers a change; what was taken back before can no longer be done again.
    pub fn push(&mut self, change: Change) {
        self.undone.clear();
        if self.done.len() == DEPTH {
            self.done.remove(0);
        }
        self.done.push(change);
    }

    /// The change to take back.
    pub fn back(&mut self) -> Option<Change> {
        let change = self.done.pop()?;
        self.undone.push(change.clone());
        Some(change)
    }

    /// The change to do again.
    pub fn again(&mut self) -> Option<Change> {
        let change = self.undone.pop()?;
        self.done.push(change.clone());
        Some(change)
    }

    /// Forgets the newest change that put `text` into a cell: it was not saved.
    pub fn forget(&mut self, pos: Pos, text: &str) {
        if let Some(at) = self.done.iter().rposition(|change| change.pos == pos && change.after == text) {
            self.done.remove(at);
        }
    }

    /// The core writes a text of a cell in its own way (`3` as `3.0`): later changes compare with that.
    pub fn rename(&mut self, pos: Pos, from: &str, to: &str) {
        for change in self.done.iter_mut().chain(&mut self.undone).filter(|change| change.pos == pos) {
            for text in [&mut change.before, &mut change.after] {
                if text == from {
                    to.clone_into(text);
                }
            }
        }
    }
}
