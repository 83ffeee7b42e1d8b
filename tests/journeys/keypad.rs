//! The numeric keypad.

use crate::journeys::harness::Screen;
use anyhow::{Context, Result};
use thirtyfour::prelude::Key;

/// What the keys of the numeric keypad type; `E` is its Enter.
fn pad(keys: &str) -> Result<String> {
    let key = |letter: char| match letter {
        'E' => Some(Key::Enter.value()),
        '+' => Some(Key::Add.value()),
        '-' => Some(Key::Subtract.value()),
        '*' => Some(Key::Multiply.value()),
        '/' => Some(Key::Divide.value()),
        '.' => Some(Key::Decimal.value()),
        // The digits of the keypad follow each other from NumPad0.
        digit => char::from_u32(u32::from(Key::NumPad0.value()) + digit.to_digit(10)?),
    };
    keys.chars().map(key).collect::<Option<String>>().with_context(|| format!("{keys} on the numeric keypad"))
}

impl Screen {
    /// Types on the numeric keypad: digits, `.`, `+`, `-`, `*`, `/`, and `E` for its Enter.
    pub async fn pad(&self, keys: &str) -> Result<()> {
        self.type_keys(&pad(keys)?).await
    }
}
