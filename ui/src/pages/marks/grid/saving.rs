//! Saving: one change after the other on its way, answers merged, refused texts kept.

use super::{Cell, Draft, Flight, Grid, Pos, Rules, Unsaved, Why};
use jiangsai_domain::command::marks::{Sheet, SheetRow};

/// How the reasons begin that lie in the text itself: the same text is refused every time.
const NOT_A_MARK: &str = "error-mark-";

impl<R: Rules> Grid<R> {
    pub(super) fn send(&mut self, pos: Pos, text: String) {
        if let Some(cell) = self.cell_mut(pos) {
            cell.draft = Draft::Saving(text);
        }
        if !self.waiting.contains(&pos) {
            self.waiting.push_back(pos);
        }
        self.touch(pos);
    }

    /// Sends every text that was not saved again, where that may help.
    pub fn retry(&mut self) {
        for row in 0..self.height() {
            for col in 0..self.width() {
                let pos = Pos { row, col };
                if let Some(Cell { draft: Draft::Refused { text, retry: true, .. }, .. }) = self.cell(pos) {
                    let text = text.clone();
                    self.send(pos, text);
                }
            }
        }
    }

    /// What [`Self::retry`] would send.
    pub fn refused(&self) -> Vec<Flight> {
        let places = (0..self.height()).flat_map(|row| (0..self.width()).map(move |col| Pos { row, col }));
        let flight = |pos| match self.cell(pos)? {
            Cell { draft: Draft::Refused { text, retry: true, .. }, .. } => self.flight_of(pos, text.clone()),
            _ => None,
        };
        places.filter_map(flight).collect()
    }

    fn flight_of(&self, pos: Pos, text: String) -> Option<Flight> {
        let (row, column) = (self.sheet.rows.get(pos.row)?, self.sheet.columns.get(pos.col)?);
        Some(Flight {
            pos,
            entry: row.entry.clone(),
            item: column.item.clone(),
            judge: column.judge.clone(),
            attempt: column.attempt,
            text,
            replaces: self.cell(pos)?.saved.current.clone(),
        })
    }

    /// The next save to send, when none is on its way. Saves go one at a time in the order they were made, so that no older
    /// answer ever overtakes a newer one.
    pub fn next_flight(&mut self) -> Option<Flight> {
        if self.flight.is_some() {
            return None;
        }
        while let Some(pos) = self.waiting.pop_front() {
            let Some(Cell { draft: Draft::Saving(text), .. }) = self.cell(pos) else {
                continue;
            };
            if let Some(flight) = self.flight_of(pos, text.clone()) {
                self.flight = Some(flight.clone());
                return Some(flight);
            }
        }
        None
    }

    /// The answer to the save on its way: the row as it is now, or why it was not saved.
    pub fn landed(&mut self, answer: Result<SheetRow, Why>) {
        let Some(flight) = self.flight.take() else {
            return;
        };
        let pos = flight.pos;
        let newer = matches!(self.cell(pos), Some(Cell { draft: Draft::Saving(text), .. }) if *text != flight.text);
        match answer {
            Ok(row) => {
                if !newer
                    && let Some(cell) = self.cell_mut(pos)
                    && cell.draft == Draft::Saving(flight.text.clone())
                {
                    cell.draft = Draft::None;
                }
                self.undo.answered(pos, &flight.text, true);
                if let Some(cell) = row.cells.get(pos.col) {
                    self.undo.rename(pos, &flight.text, &cell.text);
                }
                self.merge_row(pos.row, row);
                self.touch(pos);
            }
            Err(why) => {
                if !newer && let Some(cell) = self.cell_mut(pos) {
                    let retry = !why.0.starts_with(NOT_A_MARK);
                    cell.draft = Draft::Refused { text: flight.text.clone(), why, retry };
                    self.undo.answered(pos, &flight.text, false);
                }
                self.touch(pos);
            }
        }
    }

    fn merge_row(&mut self, row: usize, line: SheetRow) {
        if self.sheet.rows.get(row).is_none_or(|old| old.entry != line.entry || old.cells.len() != line.cells.len()) {
            return;
        }
        for (col, new) in line.cells.iter().enumerate() {
            let pos = Pos { row, col };
            if let Some(cell) = self.cell_mut(pos)
                && cell.saved != *new
            {
                cell.saved = new.clone();
                self.touch(pos);
            }
        }
        if let Some(old) = self.sheet.rows.get_mut(row)
            && *old != line
        {
            *old = line;
            self.touch_row(row);
        }
    }

    /// Has a newer sheet the same rows and columns, so that [`Self::merge`] can take it over?
    pub fn fits(&self, sheet: &Sheet) -> bool {
        sheet.of == self.sheet.of
            && sheet.columns == self.sheet.columns
            && sheet.locked == self.sheet.locked
            && sheet.rows.len() == self.sheet.rows.len()
            && sheet.rows.iter().zip(&self.sheet.rows).all(|(new, old)| {
                new.entry == old.entry
                    && new.station == old.station
                    && new.session == old.session
                    && new.cells.len() == old.cells.len()
            })
    }

    /// Takes over a newer sheet with the same rows and columns. What is typed or on its way stays.
    pub fn merge(&mut self, sheet: Sheet) {
        let Sheet { choices, title, rule, rows, .. } = sheet;
        for (row, line) in rows.into_iter().enumerate() {
            self.merge_row(row, line);
        }
        self.sheet.choices = choices;
        self.sheet.title = title;
        self.sheet.rule = rule;
    }

    /// True while a save is on its way or waits.
    pub fn busy(&self) -> bool {
        self.flight.is_some() || !self.waiting.is_empty()
    }

    /// What is not safe yet.
    pub fn unsaved(&self) -> Unsaved {
        let mut unsaved = Unsaved::default();
        for cell in &self.cells {
            match cell.draft {
                Draft::None => {}
                Draft::Saving(_) => unsaved.saving += 1,
                Draft::Refused { retry, .. } => {
                    unsaved.refused += 1;
                    unsaved.again += usize::from(retry);
                }
            }
        }
        if self.edit.is_some() && !matches!(self.cell(self.focus), Some(Cell { draft: Draft::Refused { .. }, .. })) {
            unsaved.typing += 1;
        }
        unsaved
    }

    /// Selects the first cell whose text was not saved, where there is one.
    pub fn select_refused(&mut self) {
        let refused = self.cells.iter().position(|cell| matches!(cell.draft, Draft::Refused { .. }));
        if let Some(index) = refused {
            let width = self.width().max(1);
            self.select(Pos { row: index / width, col: index % width });
        }
    }

    /// Takes over from a grid of the same sheet whose rows or columns were others: the selection, what is being typed and the texts that were
    /// not saved; what was on its way is sent again. A text whose cell is gone is said.
    pub fn inherit(&mut self, old: &Self) {
        let place = |pos: Pos| -> Option<Pos> {
            let (row, column) = (old.sheet.rows.get(pos.row)?, old.sheet.columns.get(pos.col)?);
            Some(Pos {
                row: self.sheet.rows.iter().position(|new| new.entry == row.entry)?,
                col: self.sheet.columns.iter().position(|new| {
                    new.item == column.item && new.judge == column.judge && new.attempt == column.attempt
                })?,
            })
        };
        let focus = place(old.focus);
        let mut kept = Vec::new();
        for row in 0..old.height() {
            for col in 0..old.width() {
                let pos = Pos { row, col };
                if let Some(Cell { draft, .. }) = old.cell(pos).filter(|cell| cell.draft != Draft::None) {
                    kept.push((place(pos), draft.clone()));
                }
            }
        }
        let mut gone = Vec::new();
        for (pos, draft) in kept {
            match (pos, draft) {
                (Some(pos), Draft::Saving(text)) => self.send(pos, text),
                (Some(pos), draft) => {
                    if let Some(cell) = self.cell_mut(pos) {
                        cell.draft = draft;
                    }
                }
                (None, Draft::Saving(text) | Draft::Refused { text, .. }) => gone.push(text),
                (None, Draft::None) => {}
            }
        }
        if let Some(focus) = focus {
            self.focus = focus;
        }
        match old.edit.clone() {
            Some(edit) if focus.is_some_and(|focus| self.editable(focus)) => self.edit = Some(edit),
            Some(edit) if !edit.text.is_empty() => gone.push(edit.text),
            _ => {}
        }
        if !gone.is_empty() {
            self.note = Some(("marks-cell-gone".into(), vec![("texts".into(), gone.join(" "))]));
        }
    }
}
