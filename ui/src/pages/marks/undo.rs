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

/// How a text came to be on its way to the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Typed,
    Back,
    Again,
}

/// The changes made and taken back.
#[derive(Clone, Debug, Default)]
pub struct Undo {
    done: Vec<Change>,
    undone: Vec<Change>,
    /// The text of each cell that was sent last and is not answered yet.
    sent: Vec<(Pos, String, Way)>,
}

impl Undo {
    /// Remembers a change; what was taken back before can no longer be done again.
    pub fn push(&mut self, change: Change) {
        self.undone.clear();
        if self.done.len() == DEPTH {
            self.done.remove(0);
        }
        self.send(change.pos, change.after.clone(), Way::Typed);
        self.done.push(change);
    }

    fn send(&mut self, pos: Pos, text: String, way: Way) {
        self.sent.retain(|(own, ..)| *own != pos);
        self.sent.push((pos, text, way));
    }

    /// The change that would be taken back.
    pub fn last(&self) -> Option<&Change> {
        self.done.last()
    }

    /// The change that would be done again.
    pub fn next(&self) -> Option<&Change> {
        self.undone.last()
    }

    /// The last change is being taken back.
    pub fn back(&mut self) {
        if let Some(change) = self.done.pop() {
            self.send(change.pos, change.before.clone(), Way::Back);
            self.undone.push(change);
        }
    }

    /// The next change is being done again.
    pub fn again(&mut self) {
        if let Some(change) = self.undone.pop() {
            self.send(change.pos, change.after.clone(), Way::Again);
            self.done.push(change);
        }
    }

    /// The last change cannot be taken back: its cell has another value since.
    pub fn drop_last(&mut self) {
        self.done.pop();
    }

    /// The next change cannot be done again: its cell has another value since.
    pub fn drop_next(&mut self) {
        self.undone.pop();
    }

    /// A text that was sent was answered: with `saved`, or it was refused and the cell is as it was before.
    pub fn answered(&mut self, pos: Pos, text: &str, saved: bool) {
        let Some(at) = self.sent.iter().position(|(own, sent, _)| *own == pos && sent == text) else { return };
        let (_, _, way) = self.sent.remove(at);
        if saved {
            return;
        }
        let list = if way == Way::Back { &mut self.undone } else { &mut self.done };
        let put = |change: &Change| if way == Way::Back { change.before == text } else { change.after == text };
        let Some(at) = list.iter().rposition(|change| change.pos == pos && put(change)) else { return };
        let change = list.remove(at);
        match way {
            Way::Typed => {}
            Way::Back => self.done.push(change),
            Way::Again => self.undone.push(change),
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
