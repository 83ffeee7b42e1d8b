//! Fields that are typed in, and the words for fields. What is typed goes into the draft at once; nothing is written back while a person
//! or an input method is at it. Fields that are chosen in are beside this.

use super::desk::use_desk;
use super::place::{put, split, take};
use super::refs::{known, rename};
use super::shape::{Kind, Need, Shape};
use crate::i18n::{lang, t};
use jiangsai_locales::has;
use leptos::html;
use leptos::prelude::*;
use serde_json::{Value, json};

/// The label of a field, `rule-field-<label>`.
pub fn label_of(label: &str) -> String {
    t(&format!("rule-field-{label}"))
}

/// A word of the grammar on screen: `rule-word-<field>-<word>` where it means something else there, otherwise `rule-word-<word>`.
pub fn word_of(prefix: &str, path: &str, word: &str) -> String {
    let word = word.replace('_', "-");
    let own = format!("rule-{prefix}-{}-{word}", split(path).1.replace('_', "-"));
    if has(lang(), &own) { t(&own) } else { t(&format!("rule-{prefix}-{word}")) }
}

/// What the id of a kind is the id of.
pub fn kind_name(kind: Kind) -> String {
    let name = match kind {
        Kind::Item => "item",
        Kind::Node => "node",
        Kind::Panel => "panel",
        Kind::Parameter => "parameter",
        Kind::Scale => "scale",
        Kind::Stage => "stage",
        Kind::Award => "awards",
        Kind::Honour => "honour",
    };
    t(&format!("rule-part-{name}"))
}

/// The text of a value in its field.
pub(super) fn shown(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n"),
        _ => String::new(),
    }
}

/// The value of a text; `None` where nothing is said. A text that cannot be the value is refused by the grammar.
fn read(shape: Shape, need: Need, text: &str) -> Option<Value> {
    let trimmed = text.trim();
    match shape {
        _ if trimmed.is_empty() && need != Need::Must => None,
        Shape::Whole => Some(trimmed.parse::<u64>().map_or_else(|_| json!(trimmed), |number| json!(number))),
        Shape::Lines => Some(json!(text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>())),
        Shape::Line => Some(json!(text)),
        _ => Some(json!(trimmed)),
    }
}

/// A text, a number, a whole number or a list of texts.
pub fn typed(path: String, label: String, shape: Shape, need: Need) -> AnyView {
    let desk = use_desk();
    let refused = RwSignal::new(false);
    let value = Memo::new({
        let path = path.clone();
        move |_| shown(desk.at(&path).as_ref())
    });
    let enter = {
        let path = path.clone();
        move |text: &str| {
            let value = read(shape, need, text);
            let taken = desk.type_at(&path, |document| match value {
                Some(value) => put(document, &path, value),
                None => {
                    take(document, &path);
                    Some(())
                }
            });
            refused.set(!taken);
        }
    };
    let rest = move || desk.draft.update_untracked(super::draft::Draft::rest);
    let wrong = move || refused.get().then(|| t("rule-refused"));
    let testid = format!("at{path}");
    let invalid = {
        let path = path.clone();
        move || (refused.get() || desk.is_wrong(&path)).to_string()
    };
    let input = if let Shape::Lines = shape {
        let node = NodeRef::<html::Textarea>::new();
        Effect::new(move |_| {
            let now = value.get();
            if let Some(field) = node.get().filter(|field| read(shape, need, &field.value()) != read(shape, need, &now))
            {
                field.set_value(&now);
            }
        });
        view! {
            <textarea node_ref=node rows="3" data-testid=testid data-path=path aria-invalid=invalid
                on:input=move |event| enter(&event_target_value(&event)) on:blur=move |_| rest()></textarea>
        }
        .into_any()
    } else {
        let node = NodeRef::<html::Input>::new();
        Effect::new(move |_| {
            let now = value.get();
            if refused.get_untracked() && node.get_untracked().is_some_and(|field| is_focused(&field)) {
                return;
            }
            if let Some(field) = node
                .get()
                .filter(|field| !is_focused(field) || read(shape, need, &field.value()) != read(shape, need, &now))
                && !same_number(shape, &field.value(), &now)
            {
                field.set_value(&now);
                refused.set(false);
            }
        });
        let mode = match shape {
            Shape::Number => "decimal",
            Shape::Whole => "numeric",
            _ => "text",
        };
        view! {
            <input node_ref=node inputmode=mode autocomplete="off" maxlength="500" data-testid=testid data-path=path aria-invalid=invalid
                class:figure=!matches!(shape, Shape::Line)
                on:input=move |event| enter(&event_target_value(&event)) on:blur=move |_| rest() />
        }
        .into_any()
    };
    view! {
        <label class="field"><span>{label}</span>{input}{move || wrong().map(|wrong| view! { <span class="wrong" role="alert">{wrong}</span> })}</label>
    }
    .into_any()
}

fn is_focused(field: &web_sys::HtmlInputElement) -> bool {
    let field: &web_sys::Element = field;
    document().active_element().as_ref() == Some(field)
}

/// `1.50` typed and `1.5` in the draft are the same number: what a person typed stays.
fn same_number(shape: Shape, typed: &str, now: &str) -> bool {
    let exact = |text: &str| jiangsai_scoring::Exact::parse_decimal(text.trim()).ok();
    matches!(shape, Shape::Number) && exact(typed).is_some_and(|typed| Some(typed) == exact(now))
}

/// The thing's own id: taken when the field is left, so that no two things have the same id while it is typed.
pub fn id(path: String, label: String, kind: Kind) -> AnyView {
    let desk = use_desk();
    let taken = RwSignal::new(false);
    let own = path.clone();
    let value = Memo::new(move |_| shown(desk.at(&own).as_ref()));
    let own = path.clone();
    let enter = move |event| {
        let (old, new) = (value.get_untracked(), event_target_value(&event).trim().to_owned());
        let siblings: &[Kind] = if matches!(kind, Kind::Item | Kind::Node) {
            &[Kind::Item, Kind::Node]
        } else {
            std::slice::from_ref(&kind)
        };
        let all = desk.draft.with_untracked(|draft| {
            siblings.iter().flat_map(|kind| known(draft.value(), *kind)).map(|(id, ..)| id).collect::<Vec<_>>()
        });
        taken.set(new != old && all.contains(&new));
        if new == old || taken.get_untracked() {
            return;
        }
        let twice = all.iter().filter(|id| **id == old).count() > 1;
        desk.edit(|document| {
            if !twice {
                rename(document, kind, &old, &new);
            }
            put(document, &own, json!(new))
        });
    };
    let (testid, own) = (format!("at{path}"), path.clone());
    view! {
        <label class="field"><span>{label}</span>
            <input autocomplete="off" maxlength="64" data-testid=testid data-path=path prop:value=move || value.get() on:change=enter
                aria-invalid=move || (taken.get() || desk.is_wrong(&own)).to_string() />
            {move || taken.get().then(|| view! { <span class="wrong" role="alert">{t("rule-id-taken")}</span> })}
        </label>
    }
    .into_any()
}
