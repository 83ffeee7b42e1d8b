//! What the grid does with keys, answers and other people's changes.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::super::keys::Step;
use super::*;
use jiangsai_domain::command::marks::{SheetChoice, SheetColumn, SheetOf};

/// Marks from 0 to 4 in steps of half a point.
struct Halves;

impl Rules for Halves {
    fn check(&self, _: usize, text: &str) -> Result<String, Why> {
        let good = text == "-"
            || ["0", "0.5", "1", "1.5", "2", "2.5", "3", "3.5", "4"].contains(&text)
            || ["3.0", "4.0", "2.0", "1.0"].contains(&text);
        if good { Ok(text.to_owned()) } else { Err(("no-mark".into(), vec![("text".into(), text.into())])) }
    }

    fn hopeless(&self, col: usize, text: &str) -> Option<Why> {
        (text.matches('.').count() > 1).then(|| self.check(col, text).err()).flatten()
    }
}

fn grid(rows: usize, cols: usize) -> Grid<Halves> {
    let item = super::super::fixture::item();
    let columns = (0..cols)
        .map(|col| SheetColumn {
            head: format!("P0{col}"),
            about: super::super::fixture::text("judge"),
            item: "B3.1".into(),
            judge: Some(format!("j{col}").as_str().into()),
            attempt: 1,
            rule: item.clone(),
            editable: true,
        })
        .collect();
    let rows = (0..rows).map(|row| line(row, &vec![""; cols])).collect();
    let sheet = Sheet {
        choices: Vec::new(),
        of: SheetOf::Item("B3.1".into()),
        title: super::super::fixture::text("B3.1"),
        rule: super::super::fixture::text("rule"),
        columns,
        rows,
        locked: false,
        veiled: 0,
    };
    Grid::new(sheet, Halves)
}

fn line(row: usize, texts: &[&str]) -> SheetRow {
    SheetRow {
        entry: format!("e{row}").as_str().into(),
        session: String::new(),
        station: format!("{row}"),
        status: EntryStatus::Ok,
        cells: texts
            .iter()
            .map(|text| SheetCell {
                text: (*text).to_owned(),
                state: if text.is_empty() { CellState::NotYet } else { CellState::Saved },
                current: if text.is_empty() { Vec::new() } else { vec![format!("f-{row}-{text}").as_str().into()] },
            })
            .collect(),
        result: String::new(),
        note: None,
    }
}

fn at(row: usize, col: usize) -> Pos {
    Pos { row, col }
}

fn no() -> Why {
    ("disk".into(), Vec::new())
}

#[test]
fn the_selection_begins_with_somebody_who_competes_and_is_not_marked_yet() {
    let mut sheet = grid(4, 1).sheet().clone();
    sheet.rows[0] = line(0, &["3"]);
    sheet.rows[1].status = EntryStatus::Absent;
    assert_eq!(Grid::new(sheet, Halves).focus(), at(2, 0));
}

#[test]
fn the_selection_begins_at_the_beginning_when_only_what_may_stay_empty_is_left() {
    let mut sheet = grid(2, 2).sheet().clone();
    let text = || super::super::fixture::text("B3.1");
    let choice = |open| SheetChoice { of: sheet.of.clone(), module: text(), name: text(), open, cells: 4 };
    let (done, open) = (choice(0), choice(1));
    sheet.rows[0] = line(0, &["3", ""]);
    sheet.choices = vec![done];
    assert_eq!(Grid::new(sheet.clone(), Halves).focus(), at(0, 0), "not at a deduction that nobody made");
    sheet.choices = vec![open];
    assert_eq!(Grid::new(sheet, Halves).focus(), at(0, 1));
}

#[test]
fn typing_ahead_never_waits_for_the_disk_and_saves_go_in_order() {
    let mut grid = grid(3, 2);
    grid.typed("3.5");
    assert!(grid.enter(10));
    let first = grid.next_flight().unwrap();
    assert_eq!((first.pos, first.text.as_str()), (at(0, 0), "3.5"));
    grid.typed("4");
    assert!(grid.enter(10));
    assert!(grid.next_flight().is_none(), "one save at a time");
    assert_eq!(grid.focus(), at(2, 0));
    assert_eq!(grid.unsaved(), Unsaved { saving: 2, ..Unsaved::default() });
    grid.landed(Ok(line(0, &["3.5", ""])));
    assert_eq!(grid.face(at(0, 0)).0, Face::Core(CellState::Saved));
    assert_eq!(grid.face(at(1, 0)), (Face::Saving, "4"));
    assert_eq!(grid.next_flight().unwrap().pos, at(1, 0));
    grid.landed(Ok(line(1, &["4", ""])));
    assert!(!grid.busy());
    assert_eq!(grid.unsaved(), Unsaved::default());
}

#[test]
fn a_cell_typed_again_while_it_is_saved_is_saved_again_over_the_first() {
    let mut grid = grid(1, 1);
    grid.typed("1");
    grid.commit(false);
    grid.next_flight().unwrap();
    grid.typed("2");
    grid.commit(false);
    grid.landed(Ok(line(0, &["1"])));
    assert_eq!(grid.face(at(0, 0)), (Face::Saving, "2"), "the newer text stays on screen");
    let second = grid.next_flight().unwrap();
    assert_eq!(second.text, "2");
    assert_eq!(second.replaces, vec![FactId::from("f-0-1")], "it names the version that the first save made");
}

#[test]
fn a_text_that_is_no_mark_keeps_cell_and_focus_and_says_why() {
    let mut grid = grid(2, 2);
    grid.typed("87.");
    assert_eq!(grid.face(at(0, 0)).0, Face::Typing, "it may still become a number");
    grid.typed("87..");
    assert_eq!(grid.face(at(0, 0)).0, Face::Refused, "asked at once");
    grid.typed("87..5");
    assert!(!grid.go(Step::Down, 10));
    assert!(!grid.enter(10));
    assert_eq!(grid.focus(), at(0, 0));
    assert_eq!(grid.face(at(0, 0)), (Face::Refused, "87..5"));
    assert_eq!(grid.row_note(0).unwrap().0.0, "no-mark");
    assert!(grid.next_flight().is_none());
    grid.cancel();
    assert_eq!(grid.face(at(0, 0)), (Face::Core(CellState::NotYet), ""));
}

#[test]
fn a_failed_save_keeps_the_text_and_can_be_sent_again() {
    let mut grid = grid(2, 1);
    grid.typed("3");
    grid.enter(10);
    grid.next_flight().unwrap();
    grid.landed(Err(no()));
    assert_eq!(grid.face(at(0, 0)), (Face::Refused, "3"));
    assert_eq!(grid.row_note(0).unwrap(), (no(), true));
    assert_eq!(grid.unsaved(), Unsaved { refused: 1, again: 1, ..Unsaved::default() });
    grid.retry();
    assert_eq!(grid.next_flight().unwrap().text, "3");
    grid.landed(Ok(line(0, &["3"])));
    assert_eq!(grid.face(at(0, 0)).0, Face::Core(CellState::Saved));
}

#[test]
fn a_failed_save_does_not_take_a_newer_text_with_it() {
    let mut grid = grid(1, 1);
    grid.typed("3");
    grid.commit(false);
    grid.next_flight().unwrap();
    grid.typed("4");
    grid.commit(false);
    grid.landed(Err(no()));
    assert_eq!(grid.face(at(0, 0)), (Face::Saving, "4"));
    assert_eq!(grid.next_flight().unwrap().text, "4");
}

#[test]
fn clearing_a_saved_mark_asks_first() {
    let mut grid = grid(2, 1);
    assert!(grid.merge_first(line(0, &["3.5"])));
    grid.start_clear();
    assert_eq!(grid.row_note(0).unwrap().0.0, "marks-ask-clear");
    assert!(!grid.go(Step::Down, 10), "moving on is no answer");
    grid.cancel();
    assert_eq!(grid.face(at(0, 0)).1, "3.5");
    grid.start_clear();
    assert!(grid.enter(10));
    assert_eq!(grid.next_flight().unwrap().text, "");
}

#[test]
fn undo_is_a_new_change_and_redo_another() {
    let mut grid = grid(3, 1);
    grid.typed("3");
    grid.enter(10);
    grid.next_flight().unwrap();
    grid.landed(Ok(line(0, &["3.0"])));
    grid.undo();
    assert_eq!(grid.focus(), at(0, 0));
    let back = grid.next_flight().unwrap();
    assert_eq!((back.text.as_str(), back.replaces), ("", vec![FactId::from("f-0-3.0")]));
    grid.landed(Ok(line(0, &[""])));
    grid.redo();
    assert_eq!(grid.next_flight().unwrap().text, "3.0");
}

#[test]
fn undo_leaves_a_value_alone_that_somebody_else_has_changed_since() {
    let mut grid = grid(2, 1);
    grid.typed("3");
    grid.enter(10);
    grid.next_flight().unwrap();
    grid.landed(Ok(line(0, &["3"])));
    assert!(grid.merge_first(line(0, &["1"])));
    grid.undo();
    assert!(grid.next_flight().is_none());
    assert_eq!(grid.take_note().unwrap().0, "marks-undo-changed");
}

#[test]
fn an_undo_that_was_not_possible_is_nothing_to_do_again() {
    let mut grid = grid(2, 1);
    for text in ["3", "4"] {
        grid.select(at(0, 0));
        grid.typed(text);
        grid.enter(10);
        grid.next_flight().unwrap();
        grid.landed(Ok(line(0, &[text])));
    }
    assert!(grid.merge_first(line(0, &["1"])));
    grid.undo();
    assert_eq!(grid.take_note().unwrap().0, "marks-undo-changed");
    grid.redo();
    assert!(grid.next_flight().is_none() && grid.take_note().is_none(), "nothing was taken back");
    assert!(grid.merge_first(line(0, &["3"])));
    grid.undo();
    assert_eq!(grid.next_flight().unwrap().text, "", "the change before it can be taken back when its value stands");
}

#[test]
fn an_undo_that_is_refused_leaves_every_change_in_its_place() {
    let mut grid = grid(2, 1);
    for text in ["3", "4"] {
        grid.select(at(0, 0));
        grid.typed(text);
        grid.enter(10);
        grid.next_flight().unwrap();
        grid.landed(Ok(line(0, &[text])));
    }
    grid.undo();
    assert_eq!(grid.next_flight().unwrap().text, "3");
    grid.landed(Err(("error-stale".into(), Vec::new())));
    grid.select(at(0, 0));
    grid.cancel();
    grid.redo();
    assert!(grid.next_flight().is_none(), "it was not taken back");
    grid.undo();
    assert_eq!(grid.next_flight().unwrap().text, "3", "and can be");
    grid.landed(Ok(line(0, &["3"])));
    grid.undo();
    assert_eq!(grid.next_flight().unwrap().text, "", "as can the change before it");
}

#[test]
fn other_windows_changes_leave_the_typing_alone() {
    let mut grid = grid(2, 2);
    grid.typed("2.");
    grid.take_dirty();
    assert!(grid.merge_first(line(0, &["1", "4"])));
    assert_eq!(grid.face(at(0, 0)), (Face::Typing, "2."));
    assert_eq!(grid.face(at(0, 1)), (Face::Core(CellState::Saved), "4"));
}

#[test]
fn tab_goes_on_in_the_next_row_and_leaves_at_the_end() {
    let mut grid = grid(2, 2);
    grid.go(Step::RowEnd, 10);
    assert!(grid.go(Step::Next, 10));
    assert_eq!(grid.focus(), at(1, 0));
    assert!(grid.go(Step::Back, 10));
    assert_eq!(grid.focus(), at(0, 1));
    grid.go(Step::Last, 10);
    assert!(!grid.go(Step::Next, 10));
    assert_eq!(grid.focus(), at(1, 1));
}

#[test]
fn the_pointer_may_leave_a_bad_text_but_it_stays_where_it_was_typed() {
    let mut grid = grid(2, 2);
    grid.typed("9..9");
    grid.select(at(1, 1));
    assert_eq!(grid.focus(), at(1, 1));
    assert_eq!(grid.face(at(0, 0)), (Face::Refused, "9..9"));
    assert_eq!(
        grid.unsaved(),
        Unsaved { refused: 1, ..Unsaved::default() },
        "the text itself is wrong: no use in sending it"
    );
    assert!(grid.next_flight().is_none());
    grid.select(at(0, 0));
    grid.typed("3");
    assert!(grid.enter(10));
    assert_eq!(grid.next_flight().unwrap().text, "3");
}

#[test]
fn what_is_only_typed_is_not_said_to_be_refused() {
    let mut grid = grid(2, 1);
    grid.typed("3");
    assert_eq!(grid.unsaved(), Unsaved { typing: 1, ..Unsaved::default() });
    assert!(!grid.unsaved().is_none(), "nor is it safe");
    grid.enter(10);
    assert_eq!(grid.unsaved(), Unsaved { saving: 1, ..Unsaved::default() });
}

#[test]
fn a_text_that_the_core_finds_to_be_no_mark_is_not_sent_again() {
    let mut grid = grid(2, 1);
    grid.typed("3");
    grid.enter(10);
    grid.next_flight().unwrap();
    grid.landed(Err(("error-mark-above-maximum".into(), Vec::new())));
    assert_eq!(grid.unsaved(), Unsaved { refused: 1, ..Unsaved::default() });
    grid.retry();
    assert!(grid.next_flight().is_none());
}

#[test]
fn whoever_stays_finds_the_first_text_that_was_not_saved() {
    let mut grid = grid(3, 2);
    grid.select(at(1, 1));
    grid.typed("9..9");
    grid.select(at(2, 0));
    grid.typed("8..8");
    grid.select(at(0, 0));
    grid.select_refused();
    assert_eq!(grid.focus(), at(1, 1));
    grid.cancel();
    grid.select_refused();
    assert_eq!(grid.focus(), at(2, 0));
    grid.cancel();
    grid.select_refused();
    assert_eq!(grid.focus(), at(2, 0), "nothing is left to go to");
}

impl Grid<Halves> {
    /// Another window changed the first row.
    fn merge_first(&mut self, line: SheetRow) -> bool {
        let mut sheet = self.sheet().clone();
        sheet.rows[0] = line;
        let fits = self.fits(&sheet);
        self.merge(sheet);
        fits
    }
}

/// A grid over the same cells with a row more at the top.
fn with_a_row_above(old: &Grid<Halves>) -> Grid<Halves> {
    let mut sheet = old.sheet().clone();
    let cells = vec![""; old.width()];
    sheet.rows.insert(0, line(9, &cells));
    let mut grid = Grid::new(sheet, Halves);
    grid.inherit(old);
    grid
}

#[test]
fn what_is_being_typed_goes_on_when_the_sheet_gets_another_row() {
    let mut old = grid(3, 2);
    old.typed("3");
    let mut grid = with_a_row_above(&old);
    assert_eq!((grid.focus(), grid.face(at(1, 0))), (at(1, 0), (Face::Typing, "3")));
    grid.typed("3.5");
    grid.commit(false);
    let flight = grid.next_flight().unwrap();
    assert_eq!((flight.entry.as_str(), flight.text.as_str()), ("e0", "3.5"));
}

#[test]
fn what_waits_to_be_saved_is_sent_from_the_new_rows() {
    let mut old = grid(3, 2);
    old.typed("3");
    old.leave();
    let mut grid = with_a_row_above(&old);
    assert_eq!(grid.face(at(1, 0)), (Face::Saving, "3"));
    let flight = grid.next_flight().unwrap();
    assert_eq!((flight.entry.as_str(), flight.text.as_str()), ("e0", "3"));
}

#[test]
fn a_text_whose_cell_is_gone_is_said() {
    let mut old = grid(2, 1);
    old.typed("3");
    let mut sheet = old.sheet().clone();
    sheet.rows.remove(0);
    let mut grid = Grid::new(sheet, Halves);
    grid.inherit(&old);
    assert_eq!(grid.take_note(), Some(("marks-cell-gone".into(), vec![("texts".into(), "3".into())])));
}
