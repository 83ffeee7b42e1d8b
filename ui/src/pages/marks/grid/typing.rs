//! Typing, moving, undoing: what a person's hand does to the grid.

use super::super::keys::{Step, normal};
use super::super::undo::Change;
use super::{Cell, Draft, Edit, Grid, Pos, Rules};

impl<R: Rules> Grid<R> {
    /// The text field changed: typing goes on, or begins.
    pub fn typed(&mut self, text: &str) {
        if !self.editable(self.focus) {
            return;
        }
        let caret = self.edit.as_ref().is_some_and(|edit| edit.caret);
        let plain = normal(text);
        let why = if plain.is_empty() { None } else { self.rules.hopeless(self.focus.col, &plain) };
        self.edit = Some(Edit { text: text.to_owned(), caret, why, asking: false });
        self.touch(self.focus);
    }

    /// F2: the caret goes into the text of the cell.
    pub fn start_caret(&mut self) {
        if !self.editable(self.focus) {
            return;
        }
        let (_, text) = self.face(self.focus);
        let text = text.to_owned();
        match &mut self.edit {
            Some(edit) => edit.caret = true,
            None => self.edit = Some(Edit { text, caret: true, why: None, asking: false }),
        }
        self.touch(self.focus);
    }

    /// Delete on a selected cell: typing begins with nothing.
    pub fn start_clear(&mut self) {
        if !self.editable(self.focus) {
            return;
        }
        let asking = !self.wanted(self.focus).is_empty();
        self.edit = Some(Edit { asking, ..Edit::default() });
        self.touch(self.focus);
    }

    /// Esc: gives up what is typed, or a text that was not saved.
    pub fn cancel(&mut self) {
        if self.edit.take().is_none()
            && let Some(cell) = self.cell_mut(self.focus)
            && matches!(cell.draft, Draft::Refused { .. })
        {
            cell.draft = Draft::None;
        }
        self.touch(self.focus);
    }

    /// Takes what is typed towards the disk. `confirmed` answers the question about clearing. False when it cannot leave the
    /// cell yet: the reason or the question then stands at the row's end.
    pub fn commit(&mut self, confirmed: bool) -> bool {
        let Some(edit) = self.edit.clone() else {
            return true;
        };
        let pos = self.focus;
        let plain = normal(&edit.text);
        let wanted = self.wanted(pos);
        let refused = matches!(self.cell(pos), Some(Cell { draft: Draft::Refused { .. }, .. }));
        if plain == wanted {
            if refused && let Some(cell) = self.cell_mut(pos) {
                cell.draft = Draft::None;
            }
            self.edit = None;
            self.touch(pos);
            return true;
        }
        if plain.is_empty() && !(confirmed && edit.asking) {
            self.edit = Some(Edit { asking: true, why: None, ..edit });
            self.touch(pos);
            return false;
        }
        match if plain.is_empty() { Ok(plain) } else { self.rules.check(pos.col, &plain) } {
            Err(why) => {
                self.edit = Some(Edit { why: Some(why), asking: false, ..edit });
                self.touch(pos);
                false
            }
            Ok(text) => {
                self.edit = None;
                self.undo.push(Change { pos, before: wanted, after: text.clone() });
                self.send(pos, text);
                true
            }
        }
    }

    /// The grid loses the keyboard: what is typed is saved, or stays in its cell as not saved.
    pub fn leave(&mut self) {
        if self.commit(false) {
            return;
        }
        let pos = self.focus;
        if let Some(edit) = self.edit.take() {
            if edit.asking {
                self.touch(pos);
                return;
            }
            let why = edit.why.unwrap_or_default();
            if let Some(cell) = self.cell_mut(pos) {
                cell.draft = Draft::Refused { text: edit.text, why, retry: false };
            }
            self.touch(pos);
        }
    }

    /// Where a step leads, `None` when it leads out of the grid.
    pub fn target(&self, step: Step, page: usize) -> Option<Pos> {
        let Pos { row, col } = self.focus;
        let (last_row, last_col) = (self.height().checked_sub(1)?, self.width().checked_sub(1)?);
        let page = page.max(1);
        Some(match step {
            Step::Up => Pos { row: row.saturating_sub(1), col },
            Step::Down => Pos { row: (row + 1).min(last_row), col },
            Step::Left => Pos { row, col: col.saturating_sub(1) },
            Step::Right => Pos { row, col: (col + 1).min(last_col) },
            Step::Next if col < last_col => Pos { row, col: col + 1 },
            Step::Next if row < last_row => Pos { row: row + 1, col: 0 },
            Step::Back if col > 0 => Pos { row, col: col - 1 },
            Step::Back if row > 0 => Pos { row: row - 1, col: last_col },
            Step::Next | Step::Back => return None,
            Step::RowStart => Pos { row, col: 0 },
            Step::RowEnd => Pos { row, col: last_col },
            Step::First => Pos::default(),
            Step::Last => Pos { row: last_row, col: last_col },
            Step::PageUp => Pos { row: row.saturating_sub(page), col },
            Step::PageDown => Pos { row: (row + page).min(last_row), col },
        })
    }

    /// Saves what is typed and moves. False when the text keeps the selection where it is, or the step leads out of the grid.
    pub fn go(&mut self, step: Step, page: usize) -> bool {
        if !self.commit(false) {
            return false;
        }
        match self.target(step, page) {
            Some(to) => {
                self.put_focus(to);
                true
            }
            None => false,
        }
    }

    /// Enter: answers *yes* to the question, sends a refused text again, or saves and goes down.
    pub fn enter(&mut self, page: usize) -> bool {
        if self.edit.is_none() {
            match self.cell(self.focus).map(|cell| cell.draft.clone()) {
                Some(Draft::Refused { retry: true, .. }) => {
                    self.retry();
                    return true;
                }
                Some(Draft::Refused { .. }) => {
                    self.start_caret();
                    self.commit(false);
                    return false;
                }
                _ => {}
            }
        }
        let confirmed = self.edit.as_ref().is_some_and(|edit| edit.asking);
        if !self.commit(confirmed) {
            return false;
        }
        if let Some(to) = self.target(Step::Down, page) {
            self.put_focus(to);
        }
        true
    }

    /// Selects a cell with the pointer: a text that is no mark stays in its cell as not saved.
    pub fn select(&mut self, pos: Pos) {
        if pos == self.focus || pos.row >= self.height() || pos.col >= self.width() {
            return;
        }
        self.leave();
        self.put_focus(pos);
    }

    fn put_focus(&mut self, to: Pos) {
        if to != self.focus {
            self.touch(self.focus);
            self.focus = to;
        }
        self.touch(to);
    }

    /// Takes the last change back as a new change and goes to its cell.
    pub fn undo(&mut self) {
        let Some(change) = self.undo.last().filter(|_| !self.sheet.locked).cloned() else { return };
        self.put_focus(change.pos);
        if self.wanted(change.pos) == change.after {
            self.undo.back();
            self.send(change.pos, change.before);
        } else {
            self.undo.drop_last();
            self.note = Some(("marks-undo-changed".into(), vec![("value".into(), self.wanted(change.pos))]));
        }
    }

    /// Does again what was taken back.
    pub fn redo(&mut self) {
        let Some(change) = self.undo.next().filter(|_| !self.sheet.locked).cloned() else { return };
        self.put_focus(change.pos);
        if self.wanted(change.pos) == change.before {
            self.undo.again();
            self.send(change.pos, change.after);
        } else {
            self.undo.drop_next();
            self.note = Some(("marks-redo-changed".into(), vec![("value".into(), self.wanted(change.pos))]));
        }
    }
}
