//! Values by text or by id: parameters by session, points by award.

use super::chosen::ids;
use super::desk::use_desk;
use super::form::group;
use super::leaf::typed;
use super::place::{child, put, take};
use super::refs::fresh;
use super::shape::{Need, Shape};
use crate::i18n::{t, tx};
use leptos::prelude::*;
use serde_json::{Value, json};

/// The entries, and a field for the key of another one.
pub fn map(path: String, label: String, key: Shape, of: Shape) -> AnyView {
    let desk = use_desk();
    let typing = RwSignal::new(String::new());
    let own = path.clone();
    let keys = Memo::new(move |_| {
        let keys = desk.draft.with(|draft| {
            draft.value().pointer(&own).and_then(Value::as_object).map(|own| own.keys().cloned().collect::<Vec<_>>())
        });
        keys.unwrap_or_default()
    });
    let own = path.clone();
    let rows = move || {
        let row = |key: String| {
            let (path, label) = (child(&own, &key), tx("rule-map-value", &[("key", &key)]));
            let gone = path.clone();
            let out = move |_| {
                desk.edit(|document| take(document, &gone).map(drop));
            };
            let out_label = tx("rule-entry-out", &[("number", &key)]);
            view! {
                <li class="rule-entry"><div>{typed(path, label, of, Need::Must)}</div>
                    <span class="rule-row-actions"><button type="button" class="btn quiet" aria-label=out_label.clone() title=out_label on:click=out>"×"</button></span>
                </li>
            }
        };
        keys.get().into_iter().map(row).collect_view()
    };
    let own = path.clone();
    let enter = move |_| {
        let key = typing.get_untracked().trim().to_owned();
        if key.is_empty() {
            return;
        }
        desk.edit(|document| {
            if document.pointer(&own).is_none() {
                put(document, &own, json!({}))?;
            }
            let value = fresh(document, of);
            put(document, &child(&own, &key), value)
        });
        typing.set(String::new());
    };
    let field = move || {
        match key {
        Shape::Refer(kind) => {
            let options = move || {
                let none = std::iter::once((String::new(), t("rule-not-said")));
                let all = none.chain(ids(desk, kind));
                all.map(|(id, name)| view! { <option value=id>{name}</option> }).collect_view()
            };
            view! { <select prop:value=move || typing.get() on:change=move |event| typing.set(event_target_value(&event))>{options}</select> }.into_any()
        }
        _ => view! { <input autocomplete="off" prop:value=move || typing.get() on:input=move |event| typing.set(event_target_value(&event)) /> }.into_any(),
    }
    };
    let inside = view! {
        <ul class="rule-list">{rows}</ul>
        <div class="actions">
            <label class="field"><span>{t("rule-map-key")}</span>{field()}</label>
            <button type="button" class="btn" on:click=enter>{t("rule-map-add")}</button>
        </div>
    };
    group(&path, label, inside.into_any())
}
