//! The rules in words, a paragraph for each part.

use crate::i18n::{language, t};
use jiangsai_scoring::Rulebook;
use jiangsai_scoring::words::{Paragraph, words};
use leptos::prelude::*;

/// All rules of a document in words: what a contestant needs to check a result by hand.
#[component]
pub fn Said(
    /// The document; nothing is said while it is empty.
    #[prop(into)]
    document: Signal<String>,
) -> impl IntoView {
    let said = Memo::new(move |_| {
        document.with(|json| Rulebook::from_json(json).map(|rulebook| words(&rulebook)).unwrap_or_default())
    });
    view! {
        <section class="card rule-words whole" aria-label=move || t("rule-words") data-testid="rules-words">
            <h2>{move || t("rule-words")}</h2>
            {move || {
                let language = language();
                said.get().into_iter().map(|one| paragraph(&one, &language, false)).collect_view()
            }}
        </section>
    }
}

/// One paragraph; `here` when it speaks of the part at hand.
pub(super) fn paragraph(paragraph: &Paragraph, language: &str, here: bool) -> impl IntoView + use<> {
    let lines: Vec<String> = paragraph.lines.iter().map(|line| line.get(language).to_owned()).collect();
    view! {
        <div class="rule-paragraph" data-here=here.to_string()>
            <h3>{paragraph.heading.get(language).to_owned()}{here.then(|| view! { <span class="tag plain">{t("rule-here")}</span> })}</h3>
            {lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
        </div>
    }
}
