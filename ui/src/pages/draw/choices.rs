//! What can be drawn: each layer for the whole event or a session, with how far it is.

use super::session_name;
use crate::i18n::t;
use jiangsai_domain::command::draw::{DrawChoice, DrawView};
use jiangsai_domain::draw::Layer;
use leptos::prelude::*;

/// The list of draws.
pub fn choices(view: RwSignal<Option<DrawView>>, of: RwSignal<Option<(Layer, String)>>) -> impl IntoView {
    let list = move || {
        view.with(|view| {
            let view = view.as_ref()?;
            let own = view.of.clone();
            let layer = |layer: Layer| {
                let lines = view.choices.iter().filter(|choice| choice.layer == layer).cloned();
                let lines = lines.map(|choice| line(choice, &own, of)).collect_view();
                view! { <h2>{t(layer.key())}</h2><ul>{lines}</ul> }
            };
            Some(Layer::ALL.map(layer).collect_view())
        })
    };
    view! { <nav class="card marks-choices" aria-label=move || t("draw-choices")>{list}</nav> }
}

fn line(choice: DrawChoice, own: &(Layer, String), of: RwSignal<Option<(Layer, String)>>) -> impl IntoView + use<> {
    let DrawChoice { layer, session, drawn, entries, begun } = choice;
    let current = (layer, &session) == (own.0, &own.1);
    let id = format!("draw-choice-{}{session}", layer.key().trim_start_matches("draw-layer-"));
    let name = session_name(&session);
    let done = begun && drawn == entries;
    let count = if done {
        "✓".to_owned()
    } else if begun {
        format!("{drawn}/{entries}")
    } else {
        entries.to_string()
    };
    view! {
        <li>
            <button
                class="marks-choice"
                data-testid=id
                aria-current=if current { "true" } else { "false" }
                on:click=move |_| of.set(Some((layer, session.clone())))
            >
                <span class="name">{name}</span>
                <span class="left" class:none=done || !begun>{count}</span>
            </button>
        </li>
    }
}
