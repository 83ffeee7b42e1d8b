//! Fields that are chosen in: a word of the grammar, yes or no, the ids of other things.

use super::desk::{Desk, use_desk};
use super::leaf::{shown, word_of};
use super::place::{put, take};
use super::refs::known;
use super::shape::{Kind, Need};
use crate::i18n::{language, t};
use leptos::prelude::*;
use serde_json::{Value, json};

/// A choice among words, or yes and no, or ids. `options` gives value and name.
fn chosen(
    path: String,
    label: String,
    current: Signal<String>,
    options: Signal<Vec<(String, String)>>,
    choose: Callback<String>,
) -> AnyView {
    let desk = use_desk();
    let list = move || {
        let now = current.get();
        let mut options = options.get();
        if !options.iter().any(|(value, _)| *value == now) {
            options.insert(0, (now.clone(), now.clone()));
        }
        options
            .into_iter()
            .map(|(value, name)| {
                let selected = value == now;
                view! { <option value=value selected=selected>{name}</option> }
            })
            .collect_view()
    };
    let (testid, own) = (format!("at{path}"), path.clone());
    view! {
        <label class="field"><span>{label}</span>
            <select data-testid=testid data-path=path aria-invalid=move || desk.is_wrong(&own).to_string()
                prop:value=move || current.get()
                on:change=move |event| choose.run(event_target_value(&event))>{list}</select>
        </label>
    }
    .into_any()
}

/// Puts a chosen value, or takes the field out where nothing is chosen.
fn set(desk: Desk, path: &str, value: Option<Value>) {
    desk.edit(|document| match value {
        Some(value) => put(document, path, value),
        None => take(document, path).map(drop),
    });
}

/// One of the words of the grammar.
pub fn words(path: String, label: String, words: &'static [&'static str], need: Need) -> AnyView {
    let desk = use_desk();
    let first = if need == Need::Default { words.first().copied().unwrap_or_default() } else { "" };
    let own = path.clone();
    let current = Signal::derive(move || desk.at(&own).as_ref().and_then(Value::as_str).unwrap_or(first).to_owned());
    let at = path.clone();
    let options = Signal::derive(move || {
        let none = (need == Need::May).then(|| (String::new(), t("rule-not-said")));
        none.into_iter().chain(words.iter().map(|word| ((*word).to_owned(), word_of("word", &at, word)))).collect()
    });
    let own = path.clone();
    let choose = Callback::new(move |word: String| set(desk, &own, (!word.is_empty()).then(|| json!(word))));
    chosen(path, label, current, options, choose)
}

/// Yes or no.
pub fn flag(path: String, label: String, need: Need) -> AnyView {
    let desk = use_desk();
    let own = path.clone();
    let current = Signal::derive(move || match (desk.at(&own).and_then(|value| value.as_bool()), need) {
        (Some(true), _) => "yes".to_owned(),
        (None, Need::May) => String::new(),
        _ => "no".to_owned(),
    });
    let options = Signal::derive(move || {
        let none = (need == Need::May).then(|| (String::new(), t("rule-not-said")));
        none.into_iter().chain(["yes", "no"].map(|word| (word.to_owned(), word_of("word", "", word)))).collect()
    });
    let own = path.clone();
    let choose = Callback::new(move |word: String| set(desk, &own, (!word.is_empty()).then(|| json!(word == "yes"))));
    chosen(path, label, current, options, choose)
}

/// Ids of a kind with their names.
pub fn ids(desk: Desk, kind: Kind) -> Vec<(String, String)> {
    let language = language();
    let all = desk.draft.with(|draft| known(draft.value(), kind));
    let name = |zh: &str, en: &str| if language.starts_with("zh") { zh.to_owned() } else { en.to_owned() };
    all.into_iter().map(|(id, zh, en)| (id.clone(), format!("{id} {}", name(&zh, &en)))).collect()
}

/// The id of another thing.
pub fn refer(path: String, label: String, kind: Kind, need: Need) -> AnyView {
    let desk = use_desk();
    let own = path.clone();
    let current = Signal::derive(move || shown(desk.at(&own).as_ref()));
    let options = Signal::derive(move || {
        let none = (need != Need::Must).then(|| (String::new(), t("rule-not-said")));
        none.into_iter().chain(ids(desk, kind)).collect()
    });
    let own = path.clone();
    let choose = Callback::new(move |id: String| set(desk, &own, (!id.is_empty()).then(|| json!(id))));
    chosen(path, label, current, options, choose)
}

/// Ids of other things, each ticked or not.
pub fn refers(path: String, label: String, kind: Kind) -> AnyView {
    let desk = use_desk();
    let own = path.clone();
    let list = move || {
        let now: Vec<String> = shown(desk.at(&own).as_ref()).lines().map(str::to_owned).collect();
        let known = ids(desk, kind);
        let unknown = now.iter().filter(|id| !known.iter().any(|(own, _)| own == *id));
        let all: Vec<_> = unknown.map(|id| (id.clone(), id.clone())).chain(known.clone()).collect();
        let box_of = |(id, name): (String, String)| {
            let (own, checked, before) = (own.clone(), now.contains(&id), now.clone());
            let tick = move |_| {
                let mut ids = before.clone();
                if checked {
                    ids.retain(|other| *other != id)
                } else {
                    ids.push(id.clone())
                }
                set(desk, &own, Some(json!(ids)));
            };
            view! { <label class="check"><input type="checkbox" prop:checked=checked on:change=tick />{name}</label> }
        };
        all.into_iter().map(box_of).collect_view()
    };
    let testid = format!("at{path}");
    view! { <fieldset class="rule-group" data-testid=testid data-path=path tabindex="-1"><legend>{label}</legend><div class="actions">{list}</div></fieldset> }
        .into_any()
}
