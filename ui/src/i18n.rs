//! Words in the language of the moment. Every function here follows a change of language at once.

use jiangsai_domain::command::WireError;
use jiangsai_domain::view::standings::status_of_text;
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

/// Key under which the language is kept in a browser whose headquarters has one of its own.
const KEPT: &str = "jiangsai-language";

/// Speaks the language that was chosen in this browser, or the one the page came in.
pub fn speak_kept() {
    let kept = window().local_storage().ok().flatten().and_then(|storage| storage.get_item(KEPT).ok().flatten());
    let told = document().document_element().and_then(|root| root.get_attribute("lang"));
    if let Some(lang) = kept.or(told).and_then(|tag| tag.parse().ok()) {
        speak(lang);
    }
}

/// Keeps a choice in this browser.
pub fn keep(lang: Lang) {
    if let Some(storage) = window().local_storage().ok().flatten() {
        // A browser that keeps nothing still shows it.
        let _ = storage.set_item(KEPT, lang.tag());
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

/// The sentence of a key with arguments as they come from the application.
pub fn message(key: &str, args: &[(String, String)]) -> String {
    jiangsai_locales::message(lang(), key, args)
}

/// An error in words: ours where we know its code, else as it came.
pub fn wire_error(error: &WireError) -> String {
    let key = format!("error-{}", error.code);
    if has(lang(), &key) { message(&key, &error.details) } else { error.message.clone() }
}

/// A value of the history: what is a key, such as a status or the way of a draw, is put into words; anything else is what it is.
pub fn value(text: &str) -> String {
    if let Some((key, Some(stage))) = status_of_text(text, lang().tag()) {
        tx("status-since", &[("status", &t(key)), ("stage", stage)])
    } else if ["status-", "draw-", "screen-", "sheet-is-", "bulletin-kind-"].iter().any(|kind| text.starts_with(kind))
        && has(lang(), text)
    {
        t(text)
    } else if text.contains("role-") {
        let said = |part: &str| if part.starts_with("role-") && has(lang(), part) { t(part) } else { part.to_owned() };
        text.split(" · ").map(said).collect::<Vec<_>>().join(" · ")
    } else {
        text.to_owned()
    }
}
