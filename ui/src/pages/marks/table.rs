//! The painted grid: plain elements made once, changed one cell at a time. No view is drawn again while somebody types.

use super::grid::{Face, Grid, Pos, Rules, Why};
use super::keys::Mode;
use jiangsai_domain::command::marks::{CellState, Sheet, SheetColumn, SheetRow};
use jiangsai_scoring::EntryStatus;
use jiangsai_scoring::rulebook::Input;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, FocusOptions, HtmlElement, HtmlInputElement, Node, Text};

/// The words the grid needs, in the language of the moment.
pub struct Words {
    /// `zh-CN` or `en`.
    pub language: String,
    /// A message with arguments.
    pub say: fn(&str, &[(String, String)]) -> String,
}

struct Line {
    whole: Element,
    cells: Vec<(Element, Text)>,
    result: Element,
    note: Element,
}

/// The elements of the grid.
pub struct Table {
    root: HtmlElement,
    input: HtmlInputElement,
    lines: Vec<Line>,
    active: Option<Pos>,
    words: Words,
}

impl Table {
    /// Builds the grid inside `root` and paints every cell.
    ///
    /// # Errors
    /// When the browser refuses to make an element.
    pub fn build<R: Rules>(root: HtmlElement, grid: &Grid<R>, words: Words) -> Result<Self, JsValue> {
        let document = root.owner_document().ok_or_else(|| JsValue::from_str("no document"))?;
        root.set_text_content(None);
        let sheet = grid.sheet();
        set(&root, "aria-rowcount", &(sheet.rows.len() + 1).to_string());
        set(&root, "aria-colcount", &(sheet.columns.len() + 3).to_string());
        append(&root, &head(&document, sheet, &words)?)?;
        let lines = sheet
            .rows
            .iter()
            .enumerate()
            .map(|(row, line)| body(&document, sheet, row, line))
            .collect::<Result<Vec<_>, _>>()?;
        let body = document.create_document_fragment();
        for line in &lines {
            body.append_child(&line.whole)?;
        }
        root.append_child(&body)?;
        let input: HtmlInputElement = document.create_element("input")?.unchecked_into();
        input.set_class_name("marks-input");
        for (name, value) in [
            ("inputmode", "decimal"),
            ("autocomplete", "off"),
            ("spellcheck", "false"),
            ("maxlength", "40"),
            ("data-testid", "marks-input"),
        ] {
            set(&input, name, value);
        }
        let mut table = Self { root, input, lines, active: None, words };
        for row in 0..grid.height() {
            for col in 0..grid.width() {
                table.paint_cell(grid, Pos { row, col });
            }
            table.paint_row(grid, row);
        }
        table.activate(grid);
        if let Some(edit) = grid.edit() {
            table.input.set_value(&edit.text);
        }
        Ok(table)
    }

    /// The text field.
    pub const fn input(&self) -> &HtmlInputElement {
        &self.input
    }

    /// Paints what changed: cells, ends of rows, the selection.
    pub fn paint<R: Rules>(&mut self, grid: &mut Grid<R>) {
        let (cells, rows) = grid.take_dirty();
        for pos in cells {
            self.paint_cell(grid, pos);
        }
        self.activate(grid);
        for row in rows {
            self.paint_row(grid, row);
        }
    }

    fn paint_cell<R: Rules>(&self, grid: &Grid<R>, pos: Pos) {
        let Some((cell, text)) = self.lines.get(pos.row).and_then(|line| line.cells.get(pos.col)) else {
            return;
        };
        let (face, shown) = grid.face(pos);
        set(cell, "data-state", face.name());
        set(cell, "data-text", shown);
        let shown = if shown == "-" { "—" } else { shown };
        text.set_data(if self.active == Some(pos) { "" } else { shown });
    }

    fn paint_row<R: Rules>(&self, grid: &Grid<R>, row: usize) {
        let (Some(line), Some(now)) = (self.lines.get(row), grid.row(row)) else {
            return;
        };
        if line.result.text_content().as_deref() != Some(now.result.as_str()) {
            line.result.set_text_content(Some(&now.result));
        }
        let (said, class) = self.note(grid, row, now);
        if line.note.text_content().as_deref() != Some(said.as_str()) {
            line.note.set_text_content(Some(&said));
            set(&line.note, "title", &said);
        }
        if line.note.class_name() != class {
            line.note.set_class_name(class);
        }
    }

    fn note<R: Rules>(&self, grid: &Grid<R>, row: usize, now: &SheetRow) -> (String, &'static str) {
        let say = |(key, args): &Why| (self.words.say)(key, args);
        if let Some((why, asks)) = grid.row_note(row) {
            let lost = asks && why.0 != "marks-ask-clear";
            let said = say(&why);
            let has_draft = (0..grid.width()).any(|col| matches!(grid.face(Pos { row, col }).0, Face::Refused));
            if lost && has_draft && grid.edit().is_none() {
                return ((self.words.say)("marks-lost", &[("why".into(), said)]), "ask");
            }
            let class = match (asks, why.0.as_str()) {
                (true, _) => "ask",
                (false, "sheet-waiting" | "sheet-not-started") => "plain",
                (false, _) => "look",
            };
            return (said, class);
        }
        if now.status == EntryStatus::Ok {
            (String::new(), "plain")
        } else {
            ((self.words.say)(status_key(now.status), &[]), "plain")
        }
    }

    /// Puts the text field into the selected cell, with its text, and marks the row.
    fn activate<R: Rules>(&mut self, grid: &Grid<R>) {
        let to = grid.focus();
        let moved = self.active != Some(to);
        if moved {
            if let Some(from) = self.active.take() {
                if let Some(line) = self.lines.get(from.row) {
                    set_class(&line.whole, "marks-line");
                    if let Some((cell, _)) = line.cells.get(from.col) {
                        set(cell, "aria-selected", "false");
                    }
                }
                self.paint_cell(grid, from);
            }
            let Some(line) = self.lines.get(to.row) else {
                return;
            };
            let Some((cell, text)) = line.cells.get(to.col) else {
                return;
            };
            text.set_data("");
            // Making a text field a child of another cell is the whole cost of moving; failure leaves it where it was.
            let _ = cell.append_child(&self.input);
            set(cell, "aria-selected", "true");
            set_class(&line.whole, "marks-line on");
            self.active = Some(to);
        }
        let (face, shown) = grid.face(to);
        match grid.edit() {
            None => {
                if self.input.value() != shown {
                    self.input.set_value(shown);
                }
            }
            Some(edit) if edit.text.is_empty() && !self.input.value().is_empty() => self.input.set_value(""),
            Some(_) => {}
        }
        let mode = if grid.mode() == Mode::Selected { "selected" } else { "typing" };
        set(&self.input, "data-mode", mode);
        self.input.set_read_only(!grid.editable(to));
        set(&self.input, "aria-invalid", if face == Face::Refused { "true" } else { "false" });
        if moved {
            set(&self.input, "aria-label", &self.describe(grid, to));
        }
    }

    /// Moves the keyboard into the text field; in a selected cell everything is marked, so that typing replaces it.
    pub fn focus<R: Rules>(&self, grid: &Grid<R>) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        // A window that is not in front cannot take the focus; the selection is right all the same.
        let _ = self.input.focus_with_options(&options);
        match grid.mode() {
            Mode::Selected => self.input.select(),
            Mode::Caret => {
                let end = u32::try_from(self.input.value().encode_utf16().count()).unwrap_or(0);
                let _ = self.input.set_selection_range(end, end);
            }
            Mode::Typing => {}
        }
    }

    /// Scrolls the selected cell into view.
    pub fn reveal<R: Rules>(&self, grid: &Grid<R>) {
        let Pos { row, col } = grid.focus();
        if let Some((cell, _)) = self.lines.get(row).and_then(|line| line.cells.get(col)) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            options.set_inline(web_sys::ScrollLogicalPosition::Nearest);
            cell.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }

    fn describe<R: Rules>(&self, grid: &Grid<R>, pos: Pos) -> String {
        let station = grid.row(pos.row).map(|row| row.station.clone()).unwrap_or_default();
        let column = grid
            .sheet()
            .columns
            .get(pos.col)
            .map(|column| format!("{} {}", column.head, column.about.get(&self.words.language)))
            .unwrap_or_default();
        let (face, shown) = grid.face(pos);
        let state = (self.words.say)(state_key(face, shown), &[]);
        let args = [
            ("station".to_owned(), station),
            ("column".to_owned(), column),
            ("state".to_owned(), state),
            ("value".to_owned(), shown.to_owned()),
        ];
        (self.words.say)(if shown.is_empty() { "marks-cell-label" } else { "marks-cell-label-value" }, &args)
    }

    /// The cell an event happened in.
    pub fn pos_of(&self, target: Option<web_sys::EventTarget>) -> Option<Pos> {
        let element: Element = target?.dyn_into().ok()?;
        let cell = element.closest("[data-row]").ok()??;
        let number = |name: &str| cell.get_attribute(name)?.parse().ok();
        Some(Pos { row: number("data-row")?, col: number("data-col")? })
    }

    /// Rows that fit on the screen at once.
    pub fn page(&self) -> usize {
        let seen = self.root.parent_element().map_or(0, |frame| frame.client_height());
        let one = self.lines.first().map_or(36, |line| line.whole.client_height()).max(1);
        usize::try_from(seen / one).unwrap_or(1).saturating_sub(2).max(1)
    }

    /// True while the element belongs to the grid.
    pub fn holds(&self, node: Option<&Node>) -> bool {
        self.root.contains(node)
    }
}

/// The words for a state.
pub fn state_key(face: Face, shown: &str) -> &'static str {
    match face {
        Face::Typing => "marks-state-typing",
        Face::Saving => "marks-state-saving",
        Face::Refused => "marks-state-refused",
        Face::Core(CellState::NotYet) => "marks-state-not-yet",
        Face::Core(CellState::NotGoingOn) => "marks-state-not-going-on",
        Face::Core(CellState::Saved) if !shown.is_empty() && shown.chars().all(|c| matches!(c, '0' | '.')) => {
            "marks-state-zero"
        }
        Face::Core(CellState::Saved) => "marks-state-saved",
        Face::Core(CellState::Dropped) => "marks-state-dropped",
        Face::Core(CellState::OutOfLine) => "marks-state-out-of-line",
        Face::Core(CellState::Absent) => "marks-state-absent",
        Face::Core(CellState::Void) => "marks-state-void",
        Face::Core(CellState::Crossing) => "marks-state-crossing",
    }
}

/// The words for what became of an entry.
pub const fn status_key(status: EntryStatus) -> &'static str {
    match status {
        EntryStatus::Ok => "status-ok",
        EntryStatus::Absent => "status-absent",
        EntryStatus::Withdrawn => "status-withdrawn",
        EntryStatus::Retired => "status-retired",
        EntryStatus::Disqualified => "status-disqualified",
        EntryStatus::NotCheckedIn => "status-not-checked-in",
        EntryStatus::Unfinished => "status-unfinished",
        EntryStatus::Void => "status-void",
    }
}

fn set(element: &Element, name: &str, value: &str) {
    // Setting an attribute with a fixed, valid name cannot fail.
    let _ = element.set_attribute(name, value);
}

fn append(parent: &Element, child: &Element) -> Result<(), JsValue> {
    parent.append_child(child).map(|_| ())
}

fn set_class(element: &Element, class: &str) {
    element.set_class_name(class);
}

fn make(document: &Document, class: &str, role: &str, text: &str) -> Result<Element, JsValue> {
    let element = document.create_element("div")?;
    element.set_class_name(class);
    set(&element, "role", role);
    if !text.is_empty() {
        element.set_text_content(Some(text));
    }
    Ok(element)
}

fn head(document: &Document, sheet: &Sheet, words: &Words) -> Result<Element, JsValue> {
    let line = make(document, "marks-line top", "row", "")?;
    let say = |key: &str| (words.say)(key, &[]);
    append(&line, &make(document, "whom", "columnheader", &say("marks-col-station"))?)?;
    for column in &sheet.columns {
        let cell = make(document, if wide(column) { "mark wide" } else { "mark" }, "columnheader", &column.head)?;
        set(&cell, "title", column.about.get(&words.language));
        line.append_child(&cell)?;
    }
    append(&line, &make(document, "res", "columnheader", &say("marks-col-result"))?)?;
    append(&line, &make(document, "note", "columnheader", &say("marks-col-note"))?)?;
    Ok(line)
}

/// Answers and times take more room than points.
const fn wide(column: &SheetColumn) -> bool {
    matches!(column.rule.input, Input::Answer { .. } | Input::Time { .. })
}

fn body(document: &Document, sheet: &Sheet, row: usize, line: &SheetRow) -> Result<Line, JsValue> {
    let whole = make(document, "marks-line", "row", "")?;
    set(&whole, "aria-rowindex", &(row + 2).to_string());
    set(&whole, "data-testid", &format!("row-{row}"));
    let whom = make(document, "whom", "rowheader", "")?;
    if !line.session.is_empty() {
        let session = document.create_element("small")?;
        session.set_text_content(Some(&line.session));
        whom.append_child(&session)?;
    }
    let station = document.create_element("span")?;
    station.set_text_content(Some(&line.station));
    set(&station, "data-testid", &format!("row-station-{row}"));
    whom.append_child(&station)?;
    whole.append_child(&whom)?;
    let mut cells = Vec::with_capacity(sheet.columns.len());
    for (col, column) in sheet.columns.iter().enumerate() {
        let cell = make(document, if wide(column) { "cell wide" } else { "cell" }, "gridcell", "")?;
        set(&cell, "data-row", &row.to_string());
        set(&cell, "data-col", &col.to_string());
        set(&cell, "data-testid", &format!("cell-{row}-{col}"));
        set(&cell, "aria-selected", "false");
        if sheet.locked || !column.editable {
            set(&cell, "aria-readonly", "true");
        }
        let text = document.create_text_node("");
        cell.append_child(&text)?;
        whole.append_child(&cell)?;
        cells.push((cell, text));
    }
    let result = make(document, "res", "gridcell", "")?;
    set(&result, "data-testid", &format!("row-result-{row}"));
    whole.append_child(&result)?;
    let end = make(document, "note", "gridcell", "")?;
    let note = document.create_element("span")?;
    set(&note, "data-testid", &format!("row-note-{row}"));
    end.append_child(&note)?;
    whole.append_child(&end)?;
    Ok(Line { whole, cells, result, note })
}
