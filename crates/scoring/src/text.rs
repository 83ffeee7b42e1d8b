//! Words in the two languages of a rulebook.

use serde::{Deserialize, Serialize};

/// A name in Chinese and English.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// A name from its two forms.
    #[must_use]
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The same word in both languages.
    #[must_use]
    pub fn same(word: impl Into<String>) -> Self {
        let word = word.into();
        Self { zh: word.clone(), en: word }
    }

    /// The form for a language tag (`zh…` is Chinese, anything else English); the other one where that is empty.
    #[must_use]
    pub fn get(&self, lang: &str) -> &str {
        let (wanted, other) = if lang.starts_with("zh") { (&self.zh, &self.en) } else { (&self.en, &self.zh) };
        if wanted.is_empty() { other } else { wanted }
    }
}
