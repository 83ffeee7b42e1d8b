//! Light, dark or high contrast: as the system has it until a person chooses.

use leptos::prelude::*;

/// Key under which the choice is kept in this browser or window.
const KEPT: &str = "jiangsai-theme";
/// The choices.
pub const THEMES: [&str; 4] = ["system", "light", "dark", "contrast"];

/// What was chosen.
pub fn chosen() -> String {
    let kept = window().local_storage().ok().flatten().and_then(|storage| storage.get_item(KEPT).ok().flatten());
    kept.filter(|theme| THEMES.contains(&theme.as_str())).unwrap_or_else(|| "system".to_owned())
}

/// Chooses.
pub fn choose(theme: &str) {
    if let Some(storage) = window().local_storage().ok().flatten() {
        // A browser that keeps nothing still shows it.
        let _ = storage.set_item(KEPT, theme);
    }
    apply(theme);
}

/// Shows it.
pub fn apply(theme: &str) {
    let system = || {
        let asks = |query| window().match_media(query).ok().flatten().is_some_and(|media| media.matches());
        if asks("(prefers-contrast: more)") {
            "contrast"
        } else if asks("(prefers-color-scheme: dark)") {
            "dark"
        } else {
            "light"
        }
    };
    let shown = if theme == "system" { system() } else { theme };
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-theme", shown);
    }
}
