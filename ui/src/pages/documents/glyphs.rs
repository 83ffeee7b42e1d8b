//! Characters that no font has: what would be printed as boxes, and where.

use crate::i18n::{t, tx};
use leptos::prelude::*;

/// The list of them; nothing where every character has a font.
pub fn missing(glyphs: Vec<(String, String)>, testid: &'static str) -> AnyView {
    if glyphs.is_empty() {
        return ().into_any();
    }
    let lines = glyphs
        .into_iter()
        .map(|(glyph, place)| view! { <li>{tx("documents-glyph", &[("glyph", &glyph), ("where", &place)])}</li> })
        .collect_view();
    view! { <div class="documents-glyphs" role="status" data-testid=testid>{t("documents-glyphs")}<ul>{lines}</ul></div> }.into_any()
}
