//! Sentences whose arguments come as data, in both languages at once.

use crate::{Lang, has, text};

/// The sentence of a key with arguments as they come from the application. Of a pair `name-zh`, `name-en` the one of the language
/// becomes `name` and keeps its own name too; an argument that is itself a key (a status, a layer, an office), or a list of them (roles), is put
/// into words.
#[must_use]
pub fn message(lang: Lang, key: &str, args: &[(String, String)]) -> String {
    let (own, other) = match lang {
        Lang::Zh => ("-zh", "-en"),
        Lang::En => ("-en", "-zh"),
    };
    let named: Vec<(&str, String)> = args
        .iter()
        .filter(|(name, _)| !name.ends_with(other))
        .flat_map(|(name, value)| {
            let key = matches!(name.as_str(), "status" | "layer" | "office");
            let said = match name.as_str() {
                "roles" | "held" => listed(lang, value),
                _ if key && has(lang, value) => text(lang, value, &[]),
                _ => value.clone(),
            };
            // The English sentences on files ask for `column-en`, those of the history for `name`.
            let short = name.strip_suffix(own).map(|short| (short, said.clone()));
            std::iter::once((name.as_str(), said)).chain(short)
        })
        .collect();
    let args: Vec<(&str, &str)> = named.iter().map(|(name, value)| (*name, value.as_str())).collect();
    text(lang, key, &args)
}

/// Keys with spaces between, in words.
fn listed(lang: Lang, keys: &str) -> String {
    let words: Vec<String> = keys.split_whitespace().map(|key| text(lang, key, &[])).collect();
    words.join(match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    })
}
