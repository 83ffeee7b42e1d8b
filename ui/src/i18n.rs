//! Words in the language of the moment. Every function here follows a change of language at once.

use jiangsai_domain::command::WireError;
use jiangsai_locales::{Lang, has, text};
use leptos::prelude::*;

thread_local! {
    // Counted, not owned by any page: it outlives all of them.
    static LANG: ArcRwSignal<Lang> = ArcRwSignal::new(Lang::Zh);
}

/// The language.
pub fn lang() -> Lang {
    LANG.with(|lang| lang.get())
}

/// Its tag, `zh-CN` or `en`.
pub fn language() -> String {
    lang().tag().to_owned()
}

/// Its tag, for requests: nothing follows it.
pub fn language_now() -> &'static str {
    LANG.with(|lang| lang.get_untracked()).tag()
}

/// Changes it.
pub fn speak(to: Lang) {
    LANG.with(|lang| {
        if lang.get_untracked() != to {
            lang.set(to);
        }
    });
    if let Some(root) = document().document_element() {
        // A screen reader changes its voice with it.
        let _ = root.set_attribute("lang", to.tag());
    }
}

/// The sentence of a key.
pub fn t(key: &str) -> String {
    text(lang(), key, &[])
}

/// The sentence of a key with arguments.
pub fn tx(key: &str, args: &[(&str, &str)]) -> String {
    text(lang(), key, args)
}

/// The sentence of a key with arguments as they come from the application. Of a pair `name-zh`, `name-en` the one of the language
/// becomes `name` and keeps its own name too; an argument that is itself a key (a status, a layer, an office) is put into words.
pub fn message(key: &str, args: &[(String, String)]) -> String {
    let lang = lang();
    let (own, other) = match lang {
        Lang::Zh => ("-zh", "-en"),
        Lang::En => ("-en", "-zh"),
    };
    let named: Vec<(&str, String)> = args
        .iter()
        .filter(|(name, _)| !name.ends_with(other))
        .flat_map(|(name, value)| {
            let key = matches!(name.as_str(), "status" | "layer" | "office");
            let said = if key && has(lang, value) { text(lang, value, &[]) } else { value.clone() };
            // The English sentences on files ask for `column-en`, those of the history for `name`.
            let short = name.strip_suffix(own).map(|short| (short, said.clone()));
            std::iter::once((name.as_str(), said)).chain(short)
        })
        .collect();
    let args: Vec<(&str, &str)> = named.iter().map(|(name, value)| (*name, value.as_str())).collect();
    text(lang, key, &args)
}

/// An error in words: ours where we know its code, else as it came.
pub fn wire_error(error: &WireError) -> String {
    let key = format!("error-{}", error.code);
    if has(lang(), &key) { message(&key, &error.details) } else { error.message.clone() }
}

/// A value of the history: a status and the way of a draw are put into words, anything else is what it is.
pub fn value(text: &str) -> String {
    if (text.starts_with("status-") || text.starts_with("draw-")) && has(lang(), text) {
        t(text)
    } else {
        text.to_owned()
    }
}
