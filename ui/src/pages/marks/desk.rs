//! The person at the grid: keys and the pointer in, saves out, answers painted. One shared value behind every handler of the page.

use super::check::ColumnRules;
use super::grid::{Flight, Grid, Pos, Unsaved, Why};
use super::keys::{Action, Mode, Press, Step, action};
use super::table::{Table, Words, state_key};
use crate::backend::call;
use crate::i18n;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::marks::{EnterMark, Sheet, SheetColumn};
use jiangsai_domain::ids::{CompetitionId, EntryId, EventId, ItemId, JudgeId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlElement, KeyboardEvent, MouseEvent, Node};

/// What the panel beside the grid says about the selected cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whom {
    /// 赛位号.
    pub station: String,
    /// 场次, or empty.
    pub session: String,
    /// The column, with what it means.
    pub column: String,
    /// Cells of the row with something in them, and all.
    pub filled: (usize, usize),
    /// Something is being typed.
    pub typing: bool,
    /// State of the cell, as locale key.
    pub state: &'static str,
    /// What stands at the end of the row, when it asks for something.
    pub asks: String,
}

/// The cell whose history is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Entry.
    pub entry: EntryId,
    /// Item.
    pub item: ItemId,
    /// Judge, for a panel item.
    pub judge: Option<JudgeId>,
    /// 赛位号.
    pub station: String,
    /// Head of the column.
    pub column: String,
}

/// What the page shows around the grid.
#[derive(Clone, Copy)]
pub struct Signals {
    /// The sheet's head: everything but its rows.
    pub sheet: RwSignal<Option<Sheet>>,
    /// The selected cell.
    pub whom: RwSignal<Whom>,
    /// What is not safe yet.
    pub unsaved: RwSignal<Unsaved>,
    /// Something to say once.
    pub tell: RwSignal<Option<Why>>,
    /// A history to open.
    pub history: RwSignal<Option<Wanted>>,
    /// The core asks why these marks change.
    pub reason_asked: RwSignal<bool>,
    /// Counts sheets of another shape that came while a save was on its way: they are asked for anew once it has landed.
    pub anew: RwSignal<u32>,
    /// Counts saves that landed, so that what is shown beside the grid can be asked for again.
    pub landed: RwSignal<u32>,
}

impl Signals {
    /// Nothing shown yet.
    pub fn new() -> Self {
        Self {
            sheet: RwSignal::new(None),
            whom: RwSignal::new(Whom::default()),
            unsaved: RwSignal::new(Unsaved::default()),
            tell: RwSignal::new(None),
            history: RwSignal::new(None),
            reason_asked: RwSignal::new(false),
            anew: RwSignal::new(0),
            landed: RwSignal::new(0),
        }
    }
}

struct State {
    grid: Grid<ColumnRules>,
    table: Table,
}

struct Inner {
    state: RefCell<Option<State>>,
    place: RefCell<(CompetitionId, EventId)>,
    reason: RefCell<String>,
    later: Cell<bool>,
    landed: Cell<u32>,
    moving: Cell<bool>,
    composing: Cell<bool>,
    signals: Signals,
}

/// The desk.
#[derive(Clone)]
pub struct Desk(Rc<Inner>);

impl Desk {
    /// A desk without a sheet.
    pub fn new(signals: Signals) -> Self {
        Self(Rc::new(Inner {
            state: RefCell::new(None),
            place: RefCell::default(),
            reason: RefCell::default(),
            later: Cell::new(false),
            landed: Cell::new(0),
            moving: Cell::new(false),
            composing: Cell::new(false),
            signals,
        }))
    }

    /// Which competition and event the marks belong to.
    pub fn sit(&self, competition: CompetitionId, event: EventId) {
        *self.0.place.borrow_mut() = (competition, event);
    }

    /// How many saves have landed: a sheet asked for before the last one is old news.
    pub fn landed(&self) -> u32 {
        self.0.landed.get()
    }

    /// Shows a sheet inside `root`. The same sheet again changes only what changed; one of another shape is asked for anew once everything
    /// on its way has landed, for it does not know of it.
    pub fn take(&self, sheet: Sheet, root: &HtmlElement) {
        let Some((fits, busy)) = self.looks(&sheet) else {
            return;
        };
        if fits {
            self.with(|state| state.grid.merge(sheet));
            self.paint(false);
        } else if busy {
            self.0.later.set(true);
            return;
        } else {
            self.rebuild(sheet, root);
        }
        self.tell_head();
    }

    /// Whether a sheet has the rows and columns on screen, and whether something is on its way.
    fn looks(&self, sheet: &Sheet) -> Option<(bool, bool)> {
        let state = self.0.state.try_borrow().ok()?;
        Some(state.as_ref().map_or((false, false), |state| (state.grid.fits(sheet), state.grid.busy())))
    }

    fn rebuild(&self, sheet: Sheet, root: &HtmlElement) {
        let rules = ColumnRules::new(&sheet.columns);
        let mut grid = Grid::new(sheet, rules);
        let had_focus = self.has_focus();
        if let Some(old) = self.0.state.borrow_mut().as_mut()
            && old.grid.sheet().of == grid.sheet().of
        {
            grid.inherit(&old.grid);
        }
        self.0.moving.set(true);
        let table = Table::build(root.clone(), &grid, words());
        self.0.moving.set(false);
        match table {
            Ok(table) => {
                *self.0.state.borrow_mut() = Some(State { grid, table });
                self.paint(had_focus);
                self.with(|state| state.table.reveal(&state.grid));
                self.pump();
            }
            Err(error) => leptos::logging::error!("the grid could not be built: {error:?}"),
        }
    }

    /// Builds the table again with the words of another language. What is typed or on its way stays as it is.
    pub fn say_again(&self, root: &HtmlElement) {
        let had_focus = self.has_focus();
        self.0.moving.set(true);
        let built =
            self.with(|state| Table::build(root.clone(), &state.grid, words()).map(|table| state.table = table));
        self.0.moving.set(false);
        match built {
            Some(Ok(())) => self.paint(had_focus),
            Some(Err(error)) => leptos::logging::error!("the grid could not be built: {error:?}"),
            None => {}
        }
    }

    /// Whether the keyboard is in the grid.
    fn has_focus(&self) -> bool {
        let active =
            web_sys::window().and_then(|window| window.document()).and_then(|document| document.active_element());
        let state = self.0.state.borrow();
        active.is_some_and(|active| state.as_ref().is_some_and(|state| state.table.holds(Some(&active))))
    }

    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> Option<T> {
        self.0.state.try_borrow_mut().ok()?.as_mut().map(act)
    }

    /// Paints what changed, and with `focus` puts the keyboard into the selected cell.
    fn paint(&self, focus: bool) {
        if self.0.composing.get() {
            return;
        }
        self.0.moving.set(true);
        self.with(|state| {
            state.table.paint(&mut state.grid);
            if focus {
                state.table.focus(&state.grid);
                state.table.reveal(&state.grid);
            }
        });
        self.0.moving.set(false);
        self.tell();
    }

    fn tell(&self) {
        let Some((whom, unsaved, note)) =
            self.with(|state| (whom(&state.grid), state.grid.unsaved(), state.grid.take_note()))
        else {
            return;
        };
        let signals = self.0.signals;
        if signals.whom.try_with_untracked(|old| *old != whom).unwrap_or(false) {
            signals.whom.try_set(whom);
        }
        if signals.unsaved.try_with_untracked(|old| *old != unsaved).unwrap_or(false) {
            signals.unsaved.try_set(unsaved);
        }
        if note.is_some() {
            signals.tell.try_set(note);
        }
    }

    fn tell_head(&self) {
        let head = self.with(|state| shallow(state.grid.sheet()));
        let signals = self.0.signals;
        if signals.sheet.try_with_untracked(|old| *old != head).unwrap_or(false) {
            signals.sheet.try_set(head);
        }
    }

    /// A key. True when it was used and must go no further.
    pub fn key(&self, event: &KeyboardEvent) -> bool {
        let composing = self.0.composing.get() || event.is_composing() || event.key_code() == 229;
        let key = event.key();
        let press = Press {
            key: &key,
            ctrl: event.ctrl_key() || event.meta_key(),
            shift: event.shift_key(),
            alt: event.alt_key(),
            composing,
        };
        let Some(done) = self.with(|state| act(state, press)) else {
            return false;
        };
        match done {
            Done::Native => return false,
            Done::Used => {}
            Done::History => {
                let wanted = self.with(|state| wanted(&state.grid, state.grid.focus())).flatten();
                self.0.signals.history.try_set(wanted);
            }
            Done::Emptied => {
                self.with(|state| state.table.input().set_value(""));
            }
        }
        event.prevent_default();
        event.stop_propagation();
        self.paint(true);
        self.pump();
        true
    }

    /// The text field changed.
    pub fn input(&self) {
        if self.0.composing.get() {
            return;
        }
        self.with(|state| {
            let text = state.table.input().value();
            state.grid.typed(&text);
        });
        self.paint(false);
    }

    /// An input method begins or ends to compose.
    pub fn compose(&self, composing: bool) {
        self.0.composing.set(composing);
        if !composing {
            self.input();
        }
    }

    /// The pointer went down in a cell.
    pub fn point(&self, event: &MouseEvent, twice: bool) {
        let Some(pos) = self.with(|state| state.table.pos_of(event.target())).flatten() else {
            return;
        };
        let in_place =
            self.with(|state| state.grid.focus() == pos && state.grid.mode() != Mode::Selected).unwrap_or(false);
        if in_place {
            return;
        }
        event.prevent_default();
        self.with(|state| {
            state.grid.select(pos);
            if twice {
                state.grid.start_caret();
            }
        });
        self.paint(true);
        self.pump();
    }

    /// The keyboard came into the grid.
    pub fn focus_in(&self) {
        if !self.0.moving.get() {
            self.paint(true);
        }
    }

    /// The keyboard left the grid.
    pub fn focus_out(&self, event: &FocusEvent) {
        if self.0.moving.get() {
            return;
        }
        let next: Option<Node> = event.related_target().and_then(|target| target.dyn_into().ok());
        let left = self.with(|state| {
            let left = next.is_none() || !state.table.holds(next.as_ref());
            if left {
                state.grid.leave();
            }
            left
        });
        if left == Some(true) {
            self.0.composing.set(false);
            self.paint(false);
            self.pump();
        }
    }

    /// Puts the keyboard into the selected cell.
    pub fn focus(&self) {
        self.paint(true);
    }

    /// Puts the keyboard into the first cell whose text was not saved, else into the selected one.
    pub fn focus_refused(&self) {
        self.with(|state| state.grid.select_refused());
        self.paint(true);
    }

    /// Sends everything again that was not saved.
    pub fn retry(&self) {
        self.with(|state| state.grid.retry());
        self.paint(true);
        self.pump();
    }

    /// What waits for a reason.
    pub fn corrections(&self) -> Vec<EnterMark> {
        let (competition, event) = self.0.place.borrow().clone();
        let flights = self.with(|state| state.grid.refused()).unwrap_or_default();
        let enter = |Flight { entry, item, judge, attempt, text, replaces, .. }| EnterMark {
            competition: competition.clone(),
            event: event.clone(),
            entry,
            item,
            judge,
            attempt,
            text,
            replaces,
            reason: String::new(),
        };
        flights.into_iter().map(enter).collect()
    }

    /// Takes the reason for what waited for it and sends that again.
    pub fn give_reason(&self, reason: String) {
        *self.0.reason.borrow_mut() = reason;
        self.retry();
    }

    /// The page goes away: what is typed is saved when it can be. What is on its way lands all the same.
    pub fn leave(&self) {
        self.with(|state| state.grid.leave());
        self.paint(false);
        self.pump();
    }

    /// What is not safe yet.
    pub fn unsaved(&self) -> Unsaved {
        self.0
            .state
            .try_borrow()
            .ok()
            .and_then(|state| state.as_ref().map(|state| state.grid.unsaved()))
            .unwrap_or_default()
    }

    /// The cell in question for the history.
    pub fn wanted(&self) -> Option<Wanted> {
        self.with(|state| wanted(&state.grid, state.grid.focus())).flatten()
    }

    fn pump(&self) {
        let Some(flight) = self.with(|state| state.grid.next_flight()).flatten() else {
            return;
        };
        let (competition, event) = self.0.place.borrow().clone();
        let Flight { entry, item, judge, attempt, text, replaces, .. } = flight;
        let reason = self.0.reason.borrow().clone();
        let desk = self.clone();
        spawn_local(async move {
            let answer =
                call(EnterMark { competition, event, entry, item, judge, attempt, text, replaces, reason }).await;
            if answer.as_ref().is_err_and(|error| error.code.contains("reason")) {
                desk.0.signals.reason_asked.try_set(true);
            }
            desk.0.landed.set(desk.0.landed.get() + 1);
            desk.with(|state| state.grid.landed(answer.map(|saved| saved.row).map_err(why)));
            desk.paint(false);
            if desk.with(|state| !state.grid.busy()).unwrap_or(false) {
                // The next correction has a reason, and an effect, of its own.
                desk.0.reason.borrow_mut().clear();
                if desk.0.later.take() {
                    desk.0.signals.anew.try_update(|count| *count += 1);
                }
            }
            desk.0.signals.landed.try_update(|count| *count += 1);
            desk.pump();
        });
    }
}

enum Done {
    Native,
    Used,
    Emptied,
    History,
}

fn act(state: &mut State, press: Press<'_>) -> Done {
    let State { grid, table } = state;
    let page = table.page();
    match action(press, grid.mode()) {
        Action::Native => return Done::Native,
        Action::Swallow => {}
        Action::Go(step @ (Step::Next | Step::Back)) => {
            // At either end of the grid the Tab key leaves it, as it leaves any other field.
            if grid.target(step, page).is_none() && grid.commit(false) {
                return Done::Native;
            }
            grid.go(step, page);
        }
        Action::Go(step) => {
            grid.go(step, page);
        }
        Action::Enter => {
            grid.enter(page);
        }
        Action::Edit => grid.start_caret(),
        Action::Cancel => grid.cancel(),
        Action::Clear => {
            grid.start_clear();
            return Done::Emptied;
        }
        Action::Undo => grid.undo(),
        Action::Redo => grid.redo(),
        Action::Retry => grid.retry(),
        Action::History => return Done::History,
    }
    Done::Used
}

fn words() -> Words {
    Words { language: i18n::language(), say: i18n::message }
}

fn whom(grid: &Grid<ColumnRules>) -> Whom {
    let pos = grid.focus();
    let (Some(row), Some(column)) = (grid.row(pos.row), grid.sheet().columns.get(pos.col)) else {
        return Whom::default();
    };
    let (face, shown) = grid.face(pos);
    let asks = grid
        .row_note(pos.row)
        .filter(|(_, asks)| *asks)
        .map(|((key, args), _)| i18n::message(&key, &args))
        .unwrap_or_default();
    Whom {
        station: row.station.clone(),
        session: row.session.clone(),
        column: called(column),
        filled: grid.filled(pos.row),
        typing: grid.edit().is_some(),
        state: state_key(face, shown),
        asks,
    }
}

/// The head of a column with what it means; between a judge's code and the rule stands a sign, lest the code run on into a number.
fn called(column: &SheetColumn) -> String {
    let (head, about) = (&column.head, column.about.get(&i18n::language()));
    let between = if column.judge.is_some() { " · " } else { " " };
    if about.is_empty() || about == head { head.clone() } else { format!("{head}{between}{about}") }
}

fn wanted(grid: &Grid<ColumnRules>, pos: Pos) -> Option<Wanted> {
    let row = grid.row(pos.row)?;
    let SheetColumn { item, judge, head, .. } = grid.sheet().columns.get(pos.col)?;
    Some(Wanted {
        entry: row.entry.clone(),
        item: item.clone(),
        judge: judge.clone(),
        station: row.station.clone(),
        column: head.clone(),
    })
}

/// The sheet without its rows.
fn shallow(sheet: &Sheet) -> Sheet {
    Sheet {
        choices: sheet.choices.clone(),
        of: sheet.of.clone(),
        title: sheet.title.clone(),
        rule: sheet.rule.clone(),
        columns: Vec::new(),
        rows: Vec::new(),
        locked: sheet.locked,
        veiled: sheet.veiled,
    }
}

fn why(error: WireError) -> Why {
    (format!("error-{}", error.code), error.details)
}
