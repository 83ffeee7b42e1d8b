//! Which key means what on a sheet of the desk. Pure: no browser types, so every binding is tested natively.

use jiangsai_scoring::Exact;
use jiangsai_scoring::rulebook::{Input, Item};

/// What a key does in a field of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Save what is typed and go on.
    Next,
    /// Go back.
    Back,
    /// Full marks (满分), and go on.
    Full,
    /// The same as the item before (同上一项), and go on.
    Same,
    /// Start or stop the watch.
    Watch,
    /// A colon between minutes and seconds.
    Colon,
    /// The list of named faults.
    Faults,
    /// The next sheet that is not signed.
    NextSheet,
    /// Give up what is typed.
    Cancel,
    /// The text field handles it.
    Native,
}

/// The meaning of a key in the field of an item; `empty` while nothing stands in it.
#[must_use]
pub fn action(key: &str, item: &Item, empty: bool, composing: bool) -> Action {
    if composing || key == "Process" {
        return Action::Native;
    }
    let time = matches!(item.input, Input::Time { .. });
    match key {
        "Enter" | "ArrowDown" => Action::Next,
        "-" | "－" if empty && below_zero(item) => Action::Native,
        "ArrowUp" | "-" | "－" => Action::Back,
        "+" | "＋" => Action::Full,
        "*" | "＊" | "×" if time => Action::Watch,
        "*" | "＊" | "×" => Action::Same,
        "/" | "／" if time => Action::Colon,
        "/" | "／" if !item.faults.is_empty() => Action::Faults,
        "/" | "／" => Action::NextSheet,
        "Escape" => Action::Cancel,
        _ => Action::Native,
    }
}

/// Can a mark of this item be negative?
fn below_zero(item: &Item) -> bool {
    matches!(&item.input, Input::Number { min: Some(min), .. } if *min < Exact::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::marks::fixture;
    use jiangsai_scoring::rulebook::NamedFault;

    fn item(input: Input) -> Item {
        Item { input, ..fixture::item() }
    }

    #[test]
    fn the_numeric_keypad_alone_is_enough() {
        let level = item(Input::Level { max: 3, texts: Vec::new() });
        let keys = ["Enter", "+", "-", "*", "/", ".", "7"].map(|key| action(key, &level, true, false));
        use Action::{Back, Full, Native, Next, NextSheet, Same};
        assert_eq!(keys, [Next, Full, Back, Same, NextSheet, Native, Native]);
    }

    #[test]
    fn a_time_takes_its_colon_and_the_watch_from_the_keypad() {
        let time = item(Input::Time { max_seconds: None, step: None });
        assert_eq!(action("/", &time, false, false), Action::Colon);
        assert_eq!(action("*", &time, true, false), Action::Watch);
    }

    #[test]
    fn a_minus_begins_a_number_only_where_there_are_negative_marks() {
        let below = item(Input::Number { min: Some(Exact::from_int(-5)), max: None, step: None });
        assert_eq!(action("-", &below, true, false), Action::Native);
        assert_eq!(action("-", &below, false, false), Action::Back);
        assert_eq!(action("-", &item(Input::Tick {}), true, false), Action::Back);
    }

    #[test]
    fn a_deduction_with_named_faults_opens_their_list() {
        let name = jiangsai_scoring::Text::new("未验电", "Not tested dead");
        let faults = vec![NamedFault { name, lost: None, red_line: true }];
        let deduction = Item { faults, ..item(Input::Deduction { each: None, step: None, most: None }) };
        assert_eq!(action("/", &deduction, true, false), Action::Faults);
    }

    #[test]
    fn an_input_method_keeps_its_keys() {
        assert_eq!(action("Enter", &item(Input::Tick {}), false, true), Action::Native);
    }
}
