//! Which key means what in the grid for marks. Pure: no browser types, so every binding is tested natively.

/// A key press as the browser reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press<'a> {
    /// `KeyboardEvent.key`.
    pub key: &'a str,
    /// Control or Command.
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
    /// An input method is composing: the key belongs to it.
    pub composing: bool,
}

/// How the active cell stands when a key comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Selected; typing replaces its text.
    Selected,
    /// Typing; arrows save and move.
    Typing,
    /// Editing after F2; arrows move the caret.
    Caret,
}

/// Where the selection goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// One cell left.
    Left,
    /// One cell right.
    Right,
    /// One cell on, at the end of a row to the next row.
    Next,
    /// One cell back, at the start of a row to the row before.
    Back,
    /// First cell of the row.
    RowStart,
    /// Last cell of the row.
    RowEnd,
    /// First cell of the grid.
    First,
    /// Last cell of the grid.
    Last,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Save what is typed and move.
    Go(Step),
    /// Save what is typed and go down; the answer *yes* to a question.
    Enter,
    /// Put the caret into the text.
    Edit,
    /// Give up what is typed.
    Cancel,
    /// Start clearing.
    Clear,
    /// Take the last change back, as a new change.
    Undo,
    /// Do again what was taken back.
    Redo,
    /// Send what was not saved again.
    Retry,
    /// Show the history of the cell.
    History,
    /// The text field handles it.
    Native,
    /// Nothing happens: the key has no meaning here and must not reach the text field.
    Swallow,
}

/// The meaning of a key press.
#[must_use]
pub fn action(press: Press<'_>, mode: Mode) -> Action {
    if press.composing || press.key == "Process" || press.key == "Dead" || press.alt {
        return Action::Native;
    }
    if press.ctrl {
        return with_control(press, mode);
    }
    let caret = mode == Mode::Caret;
    match press.key {
        "Enter" => Action::Enter,
        "Tab" if press.shift => Action::Go(Step::Back),
        "Tab" => Action::Go(Step::Next),
        "Escape" => Action::Cancel,
        "F2" => Action::Edit,
        "ArrowLeft" | "ArrowRight" | "Home" | "End" if caret => Action::Native,
        "ArrowUp" => Action::Go(Step::Up),
        "ArrowDown" => Action::Go(Step::Down),
        "ArrowLeft" => Action::Go(Step::Left),
        "ArrowRight" => Action::Go(Step::Right),
        "Home" => Action::Go(Step::RowStart),
        "End" => Action::Go(Step::RowEnd),
        "PageUp" => Action::Go(Step::PageUp),
        "PageDown" => Action::Go(Step::PageDown),
        "Delete" | "Backspace" if mode == Mode::Selected => Action::Clear,
        "h" | "H" if mode == Mode::Selected => Action::History,
        "r" | "R" if mode == Mode::Selected => Action::Retry,
        key if mode == Mode::Selected && is_letter(key) => Action::Swallow,
        _ => Action::Native,
    }
}

fn with_control(press: Press<'_>, mode: Mode) -> Action {
    match press.key {
        "Home" => Action::Go(Step::First),
        "End" => Action::Go(Step::Last),
        "z" | "Z" if press.shift => Action::Redo,
        "z" | "Z" if mode == Mode::Selected => Action::Undo,
        "z" | "Z" => Action::Cancel,
        "y" | "Y" => Action::Redo,
        _ => Action::Native,
    }
}

/// True for one Latin letter: on a selected cell it starts nothing, so that a slip of the hand replaces no mark.
fn is_letter(key: &str) -> bool {
    key.len() == 1 && key.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ')
}

/// One character of a mark in half-width form: what an input method in full-width mode types.
#[must_use]
pub fn half_width(letter: char) -> char {
    match letter {
        '\u{ff10}'..='\u{ff19}' | '\u{ff0d}' | '\u{ff0e}' | '\u{ff1a}' | '\u{ff0c}' => {
            char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter)
        }
        '。' => '.',
        '—' | '–' | '−' => '-',
        other => other,
    }
}

/// A mark's text in half-width form, without blanks around it.
#[must_use]
pub fn normal(text: &str) -> String {
    text.trim().chars().map(half_width).collect()
}

/// A whole number as typed, 0 where nothing is; `None` where it is no whole number.
#[must_use]
pub fn whole(text: &str) -> Option<u32> {
    match normal(text).as_str() {
        "" => Some(0),
        digits => digits.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: &str) -> Press<'_> {
        Press { key, ctrl: false, shift: false, alt: false, composing: false }
    }

    #[test]
    fn digits_and_the_decimal_point_go_straight_into_the_text_field() {
        for key in ["0", "9", ".", "７", "．", "。", "-", ":"] {
            assert_eq!(action(press(key), Mode::Selected), Action::Native, "{key}");
        }
        assert_eq!(action(press("a"), Mode::Selected), Action::Swallow);
        assert_eq!(action(press("e"), Mode::Typing), Action::Native, "so that 1e9 is asked about");
    }

    #[test]
    fn an_input_method_keeps_its_keys() {
        for key in ["Enter", "ArrowDown", "Escape", "Tab", "Process"] {
            let press = Press { composing: true, ..press(key) };
            assert_eq!(action(press, Mode::Typing), Action::Native, "{key}");
        }
    }

    #[test]
    fn arrows_move_the_caret_only_after_f2() {
        assert_eq!(action(press("ArrowLeft"), Mode::Typing), Action::Go(Step::Left));
        assert_eq!(action(press("ArrowLeft"), Mode::Caret), Action::Native);
        assert_eq!(action(press("ArrowUp"), Mode::Caret), Action::Go(Step::Up));
    }

    #[test]
    fn undo_while_typing_gives_up_the_typing() {
        let undo = Press { ctrl: true, ..press("z") };
        assert_eq!(action(undo, Mode::Selected), Action::Undo);
        assert_eq!(action(undo, Mode::Typing), Action::Cancel);
        assert_eq!(action(Press { ctrl: true, ..press("y") }, Mode::Selected), Action::Redo);
        assert_eq!(action(Press { ctrl: true, shift: true, ..press("Z") }, Mode::Selected), Action::Redo);
    }

    #[test]
    fn letters_are_commands_only_while_nothing_is_typed() {
        assert_eq!(action(press("h"), Mode::Selected), Action::History);
        assert_eq!(action(press("h"), Mode::Typing), Action::Native);
        assert_eq!(action(press("r"), Mode::Selected), Action::Retry);
    }

    #[test]
    fn backspace_clears_a_selected_cell_and_edits_a_typed_one() {
        assert_eq!(action(press("Backspace"), Mode::Selected), Action::Clear);
        assert_eq!(action(press("Backspace"), Mode::Typing), Action::Native);
    }

    #[test]
    fn only_an_empty_field_means_none() {
        assert_eq!([" ", "３", " 12 "].map(whole), [Some(0), Some(3), Some(12)]);
        assert_eq!(["2处", "1O", "-1", "1.5"].map(whole), [None; 4]);
    }

    #[test]
    fn full_width_text_becomes_half_width() {
        assert_eq!(normal(" ８７．５ "), "87.5");
        assert_eq!(normal("３。５"), "3.5");
        assert_eq!(normal("１２：３０"), "12:30");
        assert_eq!(normal("－"), "-");
    }
}
