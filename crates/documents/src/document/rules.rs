//! 竞赛计分规则说明: a rulebook in words.

use serde::Serialize;

/// A rulebook in words, in one language or in several side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Rules {
    /// Which rules they are: title, version, fingerprint, as label and value.
    pub about: Vec<(String, String)>,
    /// What the reader can do with them.
    pub lead: Vec<String>,
    /// The rules in reading order.
    pub paragraphs: Vec<RulesParagraph>,
}

/// One paragraph of the rules. Every text stands once in each language, the first one first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RulesParagraph {
    /// It is about the rules as a whole, not about one item or one computed value.
    pub whole: bool,
    /// Its heading.
    pub heading: Vec<String>,
    /// Its sentences.
    pub lines: Vec<Vec<String>>,
}
