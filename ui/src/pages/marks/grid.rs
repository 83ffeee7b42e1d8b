//! The grid for marks as a state machine: what is selected, what is typed, what is being saved, what was refused.
//!
//! Pure: the browser side ([`super::table`]) feeds it keys and replies and paints the cells it names as changed. Nothing typed is
//! ever lost here: a text stays in its cell until the core says it is saved or the person gives it up.

use super::keys::Mode;
use super::undo::Undo;
pub use crate::components::Unsaved;
use jiangsai_domain::command::marks::{CellState, Sheet, SheetCell, SheetRow};
use jiangsai_domain::ids::{EntryId, FactId, ItemId, JudgeId};
use jiangsai_scoring::EntryStatus;
use std::collections::VecDeque;

mod saving;
#[cfg(test)]
mod tests;
mod typing;

/// A reason as locale key with arguments.
pub type Why = (String, Vec<(String, String)>);

/// A place in the grid, both from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pos {
    /// Row.
    pub row: usize,
    /// Column.
    pub col: usize,
}

/// What the rulebook says about a text in a column.
pub trait Rules {
    /// The text to send, or why it is no mark there.
    ///
    /// # Errors
    /// The reason, when the text is no mark in this column.
    fn check(&self, col: usize, text: &str) -> Result<String, Why>;
    /// Why the text cannot become a mark by typing on; `None` while it still can.
    fn hopeless(&self, col: usize, text: &str) -> Option<Why>;
}

/// How a cell looks; every one differs without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Being typed.
    Typing,
    /// On its way to the disk.
    Saving,
    /// Not saved: the text stays, framed.
    Refused,
    /// As the core says.
    Core(CellState),
}

impl Face {
    /// The name in `data-state`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Typing => "typing",
            Self::Saving => "saving",
            Self::Refused => "refused",
            Self::Core(CellState::NotYet) => "not_yet",
            Self::Core(CellState::NotGoingOn) => "not_going_on",
            Self::Core(CellState::Saved) => "saved",
            Self::Core(CellState::Dropped) => "dropped",
            Self::Core(CellState::OutOfLine) => "out_of_line",
            Self::Core(CellState::Absent) => "absent",
            Self::Core(CellState::Void) => "void",
            Self::Core(CellState::Crossing) => "crossing",
        }
    }
}

/// What stands between a cell's saved value and what the person wants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Draft {
    /// Nothing.
    #[default]
    None,
    /// Waiting for the disk.
    Saving(String),
    /// Not saved.
    Refused {
        /// The text as typed.
        text: String,
        /// Why.
        why: Why,
        /// Sending the same text again may help (the disk, the network, a state that changed).
        retry: bool,
    },
}

#[derive(Clone, Debug)]
struct Cell {
    saved: SheetCell,
    draft: Draft,
}

/// What is being typed in the active cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// The text so far.
    pub text: String,
    /// Opened with F2: arrows move the caret.
    pub caret: bool,
    /// Why it cannot be saved as it stands.
    pub why: Option<Why>,
    /// The question whether a saved mark shall be cleared stands at the row's end.
    pub asking: bool,
}

/// One save on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flight {
    /// Where.
    pub pos: Pos,
    /// Entry.
    pub entry: EntryId,
    /// Item.
    pub item: ItemId,
    /// Judge, for a panel item.
    pub judge: Option<JudgeId>,
    /// Attempt, from 1.
    pub attempt: u16,
    /// The text.
    pub text: String,
    /// The versions it replaces.
    pub replaces: Vec<FactId>,
}

/// The grid.
pub struct Grid<R> {
    rules: R,
    sheet: Sheet,
    cells: Vec<Cell>,
    focus: Pos,
    edit: Option<Edit>,
    flight: Option<Flight>,
    waiting: VecDeque<Pos>,
    undo: Undo,
    dirty: Vec<Pos>,
    dirty_rows: Vec<usize>,
    note: Option<Why>,
}

impl<R: Rules> Grid<R> {
    /// A grid for a sheet; the selection stands on the first cell not marked yet of somebody who competes, and at the beginning where
    /// nothing is left that must be marked.
    pub fn new(sheet: Sheet, rules: R) -> Self {
        let cells: Vec<Cell> = cells_of(&sheet);
        let width = sheet.columns.len().max(1);
        let left = sheet.choices.iter().find(|choice| choice.of == sheet.of).is_none_or(|choice| choice.open > 0);
        let first = sheet
            .rows
            .iter()
            .enumerate()
            .filter(|(_, line)| left && line.status == EntryStatus::Ok)
            .flat_map(|(row, line)| line.cells.iter().enumerate().map(move |(col, cell)| (row, col, cell)))
            .find(|(_, col, cell)| {
                cell.state == CellState::NotYet && sheet.columns.get(*col).is_some_and(|c| c.editable)
            })
            .map_or(0, |(row, col, _)| row * width + col);
        Self {
            rules,
            cells,
            focus: Pos { row: first / width, col: first % width },
            edit: None,
            flight: None,
            waiting: VecDeque::new(),
            undo: Undo::default(),
            dirty: Vec::new(),
            dirty_rows: Vec::new(),
            note: None,
            sheet,
        }
    }

    /// The sheet as last heard from the core.
    pub const fn sheet(&self) -> &Sheet {
        &self.sheet
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.sheet.rows.len()
    }

    /// Columns.
    pub fn width(&self) -> usize {
        self.sheet.columns.len()
    }

    /// The selected cell.
    pub const fn focus(&self) -> Pos {
        self.focus
    }

    /// What is being typed, if anything.
    pub const fn edit(&self) -> Option<&Edit> {
        self.edit.as_ref()
    }

    /// How keys are to be read now.
    pub fn mode(&self) -> Mode {
        match &self.edit {
            None => Mode::Selected,
            Some(edit) if edit.caret => Mode::Caret,
            Some(_) => Mode::Typing,
        }
    }

    /// The row at an index.
    pub fn row(&self, row: usize) -> Option<&SheetRow> {
        self.sheet.rows.get(row)
    }

    fn index(&self, pos: Pos) -> usize {
        pos.row * self.width() + pos.col
    }

    fn cell(&self, pos: Pos) -> Option<&Cell> {
        (pos.col < self.width()).then(|| self.cells.get(self.index(pos))).flatten()
    }

    fn cell_mut(&mut self, pos: Pos) -> Option<&mut Cell> {
        let index = self.index(pos);
        if pos.col < self.width() { self.cells.get_mut(index) } else { None }
    }

    /// The text and the look of a cell.
    pub fn face(&self, pos: Pos) -> (Face, &str) {
        if let Some(edit) = self.edit.as_ref().filter(|_| pos == self.focus) {
            return (if edit.why.is_some() { Face::Refused } else { Face::Typing }, &edit.text);
        }
        match self.cell(pos) {
            None => (Face::Core(CellState::NotYet), ""),
            Some(Cell { draft: Draft::Saving(text), .. }) => (Face::Saving, text),
            Some(Cell { draft: Draft::Refused { text, .. }, .. }) => (Face::Refused, text),
            Some(Cell { saved, .. }) => (Face::Core(saved.state), &saved.text),
        }
    }

    /// The text that would stand in the cell if all went well: typed, on its way, or saved.
    fn wanted(&self, pos: Pos) -> String {
        match self.cell(pos) {
            None => String::new(),
            Some(Cell { draft: Draft::Saving(text), .. }) => text.clone(),
            Some(cell) => cell.saved.text.clone(),
        }
    }

    /// True when the person may type in the cell.
    pub fn editable(&self, pos: Pos) -> bool {
        !self.sheet.locked && self.sheet.columns.get(pos.col).is_some_and(|column| column.editable)
    }

    /// What to say at the end of a row, with whether it asks for something: the text that was refused, the question about
    /// clearing, or what the core says about the row.
    pub fn row_note(&self, row: usize) -> Option<(Why, bool)> {
        if row == self.focus.row {
            if let Some(edit) = &self.edit {
                if let Some(why) = &edit.why {
                    return Some((why.clone(), true));
                }
                if edit.asking {
                    let was = self.wanted(self.focus);
                    return Some((("marks-ask-clear".into(), vec![("value".into(), was)]), true));
                }
            }
            if let Some(Cell { draft: Draft::Refused { why, .. }, .. }) = self.cell(self.focus) {
                return Some((why.clone(), true));
            }
        }
        let refused = (0..self.width()).find_map(|col| match self.cell(Pos { row, col }) {
            Some(Cell { draft: Draft::Refused { why, .. }, .. }) => Some((why.clone(), true)),
            _ => None,
        });
        refused.or_else(|| self.row(row).and_then(|line| line.note.clone()).map(|why| (why, false)))
    }

    /// Cells changed since the last call, to be painted.
    pub fn take_dirty(&mut self) -> (Vec<Pos>, Vec<usize>) {
        (std::mem::take(&mut self.dirty), std::mem::take(&mut self.dirty_rows))
    }

    /// Something to say once, apart from any row (an undo that was not possible).
    pub fn take_note(&mut self) -> Option<Why> {
        self.note.take()
    }

    fn touch(&mut self, pos: Pos) {
        self.dirty.push(pos);
        self.touch_row(pos.row);
    }

    fn touch_row(&mut self, row: usize) {
        if self.dirty_rows.last() != Some(&row) {
            self.dirty_rows.push(row);
        }
    }

    /// Cells of a row that hold something, and cells in all.
    pub fn filled(&self, row: usize) -> (usize, usize) {
        let width = self.width();
        let filled = (0..width)
            .filter(|col| !matches!(self.face(Pos { row, col: *col }), (Face::Core(CellState::NotYet), _)))
            .count();
        (filled, width)
    }
}

fn cells_of(sheet: &Sheet) -> Vec<Cell> {
    let width = sheet.columns.len();
    sheet
        .rows
        .iter()
        .flat_map(|row| {
            (0..width).map(|col| Cell {
                saved: row.cells.get(col).cloned().unwrap_or(SheetCell {
                    text: String::new(),
                    state: CellState::NotYet,
                    current: Vec::new(),
                }),
                draft: Draft::None,
            })
        })
        .collect()
}
