//! The code in the address of a big screen on another computer: whoever has it may look.

use super::letters::{GROUP, symbols, write_groups};
use std::fmt;

/// The port of a big screen on other computers, where it is free.
pub const SCREEN_PORT: u16 = 7_481;

/// Letters of a code: 100 bits, which nobody finds by trying.
const LETTERS: usize = 20;

/// A code. In text twenty letters and digits in groups of five; it is made to be typed at the projector.
#[derive(Clone)]
pub struct ScreenCode([u8; LETTERS]);

impl ScreenCode {
    /// Random bytes that a code is made of.
    pub const LETTERS: usize = LETTERS;

    /// A code from random bytes, of which five bits each are used.
    #[must_use]
    pub fn new(random: [u8; LETTERS]) -> Self {
        Self(random.map(|byte| byte & 31))
    }

    /// Is this the code, in any case, with or without dashes? How long that takes does not tell where the two differ.
    #[must_use]
    pub fn is(&self, typed: &str) -> bool {
        let same = |typed: Vec<u8>| {
            typed.len() == LETTERS
                && self.0.iter().zip(&typed).fold(0, |differ, (own, other)| differ | (own ^ other)) == 0
        };
        symbols(typed).is_some_and(same)
    }
}

impl fmt::Display for ScreenCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_groups(f, &self.0, GROUP)
    }
}

/// Without its letters: whoever reads a log does not see the screen.
impl fmt::Debug for ScreenCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ScreenCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_however_it_is_typed() {
        let code = ScreenCode::new(std::array::from_fn(|at| u8::try_from(at * 7).unwrap_or_default()));
        let text = code.to_string();
        assert_eq!((text.len(), text.matches('-').count()), (LETTERS + 3, 3), "{text}");
        assert!(code.is(&text) && code.is(&text.to_lowercase()) && code.is(&text.replace('-', "")));
        assert!(!code.is("") && !code.is(&text[1..]) && !code.is(&format!("{text}0")) && !code.is("?"));
        assert!(!code.is(&ScreenCode::new([9; LETTERS]).to_string()));
        assert!(!format!("{code:?}").contains(&text[..5]), "a log does not tell it");
    }
}
