//! Small values for the tests of this folder.

use jiangsai_scoring::rulebook::{Input, Item, MarkedBy};
use jiangsai_scoring::{Exact, Text};

pub fn text(word: &str) -> Text {
    Text::same(word)
}

pub fn exact(digits: &str) -> Exact {
    Exact::parse_decimal(digits).unwrap_or_default()
}

/// B3.1 of the first sample: 4 points, half-point steps, marked by a panel.
pub fn item() -> Item {
    Item {
        id: "B3.1".into(),
        name: text("B3.1"),
        max: Some(exact("4")),
        input: Input::Number { min: None, max: None, step: Some(exact("0.5")) },
        by: MarkedBy::Panel("E".into()),
        stage: None,
        attempts: None,
        score: None,
        spread: None,
        settle: None,
        faults: Vec::new(),
    }
}
