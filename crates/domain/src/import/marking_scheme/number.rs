//! Numbers as people write them in a workbook. That a spreadsheet computes in binary is smoothed where the workbook is read.

use crate::document::half_width;
use jiangsai_scoring::Exact;

/// The number in a cell; `None` when it is none. A comma before the decimals is read as a point.
pub(super) fn number(text: &str) -> Option<Exact> {
    let plain: String = text.chars().map(half_width).filter(|letter| !letter.is_whitespace()).collect();
    let pointed = if plain.contains('.') { plain } else { plain.replacen(',', ".", 1) };
    Exact::parse_decimal(&pointed).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_were_meant() {
        for (text, meant) in [("0.35", "0.35"), ("1,5", "1.5"), ("２", "2"), ("-1", "-1")] {
            assert_eq!(number(text).map(|value| value.to_string()).as_deref(), Some(meant), "{text}");
        }
        for text in ["", "1.2.3", "1,000,000", "1e3", "two"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
