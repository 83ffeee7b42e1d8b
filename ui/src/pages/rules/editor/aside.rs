//! Beside the form: what is wrong, what has no effect, and the rules in words with the part at hand marked.

use super::desk::{Desk, use_desk};
use super::outline::title;
use super::parts::part_of;
use crate::i18n::{lang, language, t, tx};
use crate::pages::rules::said::paragraph;
use jiangsai_locales::has;
use jiangsai_scoring::lint::lint;
use jiangsai_scoring::words::{Paragraph, Part, words};
use leptos::html;
use leptos::prelude::*;

/// Most faults that are listed.
const LISTED: usize = 50;

/// The column.
#[component]
pub fn Aside() -> impl IntoView {
    let desk = use_desk();
    let root = NodeRef::<html::Section>::new();
    let said = Memo::new(move |_| desk.draft.with(|draft| words(draft.rulebook())));
    // The words of the part at hand come into sight.
    Effect::new(move |_| {
        desk.part.track();
        request_animation_frame(move || {
            let own = root.get_untracked().and_then(|root| root.query_selector("[data-here='true']").ok().flatten());
            if let Some(own) = own {
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                own.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    });
    view! {
        <aside class="rule-aside">
            {move || wrong(desk)}
            <section class="card rule-words" node_ref=root aria-label=move || t("rule-words") data-testid="rule-words" tabindex="0">
                <h2>{move || t("rule-words")}</h2>
                {move || {
                    let (language, here) = (language(), here(desk));
                    let own = |one: &Paragraph| one.part == here.0 && one.id == here.1;
                    said.get().into_iter().map(|one| paragraph(&one, &language, own(&one))).collect_view()
                }}
            </section>
        </aside>
    }
}

/// The paragraph of the part at hand: its kind and id.
fn here(desk: Desk) -> (Part, String) {
    let path = desk.part.get();
    let id = desk.at(&format!("{path}/id")).and_then(|id| id.as_str().map(str::to_owned)).unwrap_or_default();
    match path.split('/').nth(1) {
        Some("items") => (Part::Item, id),
        Some("nodes") => (Part::Node, id),
        Some(section) => (Part::Section, section.to_owned()),
        None => (Part::Section, "rulebook".to_owned()),
    }
}

fn wrong(desk: Desk) -> impl IntoView {
    let faults = desk.faults.get();
    let count = faults.len();
    let lints = if faults.is_empty() { desk.draft.with(|draft| lint(draft.rulebook())) } else { Vec::new() };
    let key = if count > 0 {
        "rule-faults"
    } else if lints.is_empty() {
        "rule-sound"
    } else {
        "rule-sound-but"
    };
    let faults = faults.into_iter().take(LISTED).map(|fault| {
        let args: Vec<_> = fault.args.clone();
        link(desk, fault.path, say("rule-fault", fault.code.name(), &args), "bad")
    });
    let lints = lints
        .into_iter()
        .take(LISTED)
        .map(|lint| link(desk, lint.path, say("lint", lint.code.name(), &lint.args), "warn"));
    view! {
        <section class="card rule-wrong" data-testid="rule-wrong" data-faults=count.to_string() aria-label=t("rule-checks")>
            <p role="status" class:wrong-text={count > 0} class:saved-text={count == 0}>{tx(key, &[("count", &count.to_string())])}</p>
            <ul>{faults.collect_view()}{lints.collect_view()}</ul>
        </section>
    }
}

/// A fault or lint in words; its code where the words are not known.
pub fn say(prefix: &str, code: &str, args: &[(String, String)]) -> String {
    let key = format!("{prefix}-{}", code.replace('_', "-"));
    if !has(lang(), &key) {
        return code.replace('_', " ");
    }
    let kind = |(name, value): &(String, String)| {
        let key = format!("rule-kind-{}", value.replace(' ', "-"));
        let known = matches!(name.as_str(), "wanted" | "found") && has(lang(), &key);
        (name.clone(), if known { t(&key) } else { value.clone() })
    };
    crate::i18n::message(&key, &args.iter().map(kind).collect::<Vec<_>>())
}

fn link(desk: Desk, path: String, words: String, tone: &'static str) -> impl IntoView {
    let part = part_of(&path);
    let place = title(desk, &part);
    view! {
        <li data-tone=tone>
            <button type="button" class="rule-link" on:click=move |_| desk.go(&path)>
                <b>{place}</b> " " {words}
            </button>
        </li>
    }
}
