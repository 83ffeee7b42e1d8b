//! The outline: every part of the rulebook, chosen with the mouse or the arrow keys, and what can be done with it.

use super::desk::{Desk, use_desk};
use super::parts::{ADDABLE, Part, add, can_go, duplicate, is_entry, parts, shift_part};
use super::place::take;
use crate::i18n::{language, t, tx};
use jiangsai_locales::{Lang, text};
use jiangsai_scoring::Text;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The outline with its buttons.
#[component]
pub fn Outline() -> impl IntoView {
    let desk = use_desk();
    let all = Memo::new(move |_| desk.draft.with(|draft| parts(draft.rulebook())));
    let list = NodeRef::<html::Ul>::new();
    let key = move |event: KeyboardEvent| {
        let all = all.get_untracked();
        let at = all.iter().position(|part| part.path == desk.part.get_untracked()).unwrap_or(0);
        let to = match event.key().as_str() {
            "ArrowDown" => (at + 1).min(all.len().saturating_sub(1)),
            "ArrowUp" => at.saturating_sub(1),
            "Home" => 0,
            "End" => all.len().saturating_sub(1),
            "Enter" => return enter_form(),
            "Delete" => return ask_to_delete(desk),
            _ => return,
        };
        event.prevent_default();
        let Some(part) = all.get(to) else { return };
        desk.part.set(part.path.clone());
        request_animation_frame(move || {
            let own =
                list.get_untracked().and_then(|list| list.query_selector("[aria-selected='true']").ok().flatten());
            if let Some(own) = own.and_then(|own| own.dyn_into::<web_sys::HtmlElement>().ok()) {
                // The line is on screen: it was just chosen.
                let _ = own.focus();
            }
        });
    };
    view! {
        <section class="card rule-outline" aria-label=move || t("rule-outline")>
            {actions(desk)}
            <ul role="listbox" node_ref=list aria-label=move || t("rule-outline") data-testid="rule-outline" on:keydown=key>
                {move || {
                    let language = language();
                    all.get().into_iter().map(|part| line(desk, part, &language)).collect_view()
                }}
            </ul>
        </section>
    }
}

fn line(desk: Desk, part: Part, language: &str) -> impl IntoView + use<> {
    let kind = t(&format!("rule-part-{}", part.kind));
    let name = part.name.get(language).to_owned();
    let name = if name.is_empty() { kind.clone() } else { name };
    let (path, own, wrong) = (part.path.clone(), part.path.clone(), part.path.clone());
    let chosen = Memo::new(move |_| desk.part.with(|at| *at == own));
    let wrong = Memo::new(move |_| !wrong.is_empty() && desk.is_wrong(&wrong));
    view! {
        <li role="option" data-depth=part.depth.to_string() data-kind=part.kind data-testid=format!("part-{}", if part.id.is_empty() { part.kind } else { &part.id })
            aria-selected=move || chosen.get().to_string()
            tabindex=move || if chosen.get() { "0" } else { "-1" }
            on:click=move |_| desk.part.set(path.clone())>
            <span class="name">{(!part.id.is_empty()).then(|| view! { <span class="id">{part.id.clone()}</span> " " })}{name}</span>
            {move || wrong.get().then(|| view! { <span class="tag bad">{t("rule-faulty")}</span> })}
            <span class="about">{kind}</span>
        </li>
    }
}

fn actions(desk: Desk) -> impl IntoView {
    let kind = RwSignal::new("item".to_owned());
    let enter = move |_| {
        let (kind, beside, mut to) = (kind.get_untracked(), desk.part.get_untracked(), None);
        let key = format!("rule-new-{kind}");
        let name = Text::new(text(Lang::Zh, &key, &[]), text(Lang::En, &key, &[]));
        if (kind == "teams" || kind == "awards")
            && desk.draft.with_untracked(|draft| draft.value().get(&kind).is_some())
        {
            return desk.part.set(format!("/{kind}"));
        }
        desk.edit(|document| {
            to = add(document, &kind, &beside, &name);
            to.as_ref().map(drop)
        });
        if let Some(to) = to {
            desk.part.set(to);
        }
    };
    let moved = move |by: isize| {
        let mut to = None;
        desk.edit(|document| {
            to = shift_part(document, &desk.part.get_untracked(), by);
            to.as_ref().map(drop)
        });
        if let Some(to) = to {
            desk.part.set(to);
        }
    };
    let copy = move |_| {
        let mut to = None;
        desk.edit(|document| {
            to = duplicate(document, &desk.part.get_untracked());
            to.as_ref().map(drop)
        });
        if let Some(to) = to {
            desk.part.set(to);
        }
    };
    let fixed = move || !desk.part.with(|part| is_entry(part));
    let options = move || {
        ADDABLE.map(|kind| view! { <option value=kind>{t(&format!("rule-part-{kind}"))}</option> }).collect_view()
    };
    view! {
        <div class="rule-actions">
            <select data-testid="rule-add-kind" aria-label=move || t("rule-add-kind") on:change=move |event| kind.set(event_target_value(&event))>{options}</select>
            <button type="button" class="btn" data-testid="rule-add" on:click=enter>{move || t("rule-add")}</button>
            <button type="button" class="btn" data-testid="rule-copy" prop:disabled=fixed on:click=copy>{move || t("rule-copy")}</button>
            <button type="button" class="btn narrow-btn" aria-label=move || t("rule-up") title=move || t("rule-up") prop:disabled=fixed on:click=move |_| moved(-1)>"↑"</button>
            <button type="button" class="btn narrow-btn" aria-label=move || t("rule-down") title=move || t("rule-down") prop:disabled=fixed on:click=move |_| moved(1)>"↓"</button>
            <button type="button" class="btn" data-testid="rule-delete" prop:disabled=move || !desk.part.with(|part| can_go(part)) on:click=move |_| ask_to_delete(desk)>{move || t("rule-delete")}</button>
        </div>
    }
}

/// Puts the focus into the first field of the form.
fn enter_form() {
    let field = document().query_selector(".rule-form input, .rule-form select").ok().flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A form without fields keeps the focus where it is.
        let _ = field.focus();
    }
}

/// Deletes the part at hand, or asks first where something would break.
fn ask_to_delete(desk: Desk) {
    let path = desk.part.get_untracked();
    if !can_go(&path) {
        return;
    }
    let broken = desk.draft.with_untracked(|draft| draft.breaks(|document| take(document, &path).map(drop)));
    if broken.is_empty() { delete(desk, &path) } else { desk.leaving.set(Some((path, broken))) }
}

/// Deletes a part.
pub fn delete(desk: Desk, path: &str) {
    desk.part.set(String::new());
    desk.edit(|document| take(document, path).map(drop));
    desk.leaving.set(None);
}

/// What a part is called in a sentence.
pub fn title(desk: Desk, path: &str) -> String {
    let language = language();
    let found = desk.draft.with(|draft| parts(draft.rulebook()).into_iter().find(|part| part.path == path));
    found.map_or_else(String::new, |part| {
        let kind = t(&format!("rule-part-{}", part.kind));
        let name = part.name.get(&language);
        if part.id.is_empty() {
            kind
        } else {
            tx("rule-part-title", &[("kind", &kind), ("id", &part.id), ("name", name)])
        }
    })
}
