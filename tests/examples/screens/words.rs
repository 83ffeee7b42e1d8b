//! Words of the other language, raw keys and placeholders among the texts of a page. Data may be in any language: only sentences that stand
//! in the locale files are known to belong to one.

use crate::journeys::harness::root;
use crate::report::Finding;
use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};

/// The sentences of both languages.
pub struct Words {
    keys: BTreeSet<String>,
    /// Language → its sentences without placeholders.
    said: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Words {
    /// Reads the locale files.
    pub fn read() -> Result<Self> {
        let (mut keys, mut said) = (BTreeSet::new(), BTreeMap::new());
        for language in ["zh-CN", "en"] {
            let folder = root().join("crates/locales").join(language);
            let sentences: &mut BTreeSet<String> = said.entry(language).or_default();
            for file in std::fs::read_dir(&folder).with_context(|| format!("read {}", folder.display()))?.flatten() {
                let text = std::fs::read_to_string(file.path())?;
                for (key, value) in text.lines().filter_map(|line| line.split_once(" = ")) {
                    keys.insert(key.trim().to_owned());
                    if !value.contains('{') {
                        sentences.insert(value.trim().to_owned());
                    }
                }
            }
        }
        Ok(Self { keys, said })
    }

    /// What does not belong on a page in `language`.
    pub fn strangers(&self, language: &str, texts: &[String]) -> Vec<Finding> {
        let foreign = |text: &str| {
            let own = self.said.get(language).is_some_and(|own| own.contains(text));
            !own && self.said.iter().any(|(other, said)| *other != language && said.contains(text))
        };
        let mut found = Vec::new();
        for text in texts {
            let check = if foreign(text) {
                "the other language"
            } else if text.contains('-') && self.keys.contains(text.as_str()) {
                "a key"
            } else if text.contains("{ $")
                || text.contains("{$")
                || ["undefined", "NaN", "null"].contains(&text.as_str())
            {
                "a placeholder"
            } else {
                continue;
            };
            found.push(Finding { check: check.to_owned(), place: language.to_owned(), what: text.clone() });
        }
        found
    }
}
