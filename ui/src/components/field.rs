//! Fields of a form. Text is taken as it is typed; a composition of an input method is not disturbed, because nothing is written back
//! while it goes on.

use crate::i18n::{t, wire_error};
use jiangsai_domain::command::WireError;
use leptos::prelude::*;

/// What a refusal says about one field: its words while its code is one of `codes`, otherwise nothing.
pub fn beside(fault: RwSignal<Option<WireError>>, codes: &'static [&'static str]) -> Signal<String> {
    Signal::derive(move || {
        fault
            .with(|fault| fault.as_ref().filter(|fault| codes.contains(&fault.code.as_str())).map(wire_error))
            .unwrap_or_default()
    })
}

/// A line of text with its label and what is wrong with it.
#[component]
pub fn TextField(
    /// Locale key of the label.
    label: &'static str,
    /// The text.
    value: RwSignal<String>,
    /// Test id of the input.
    testid: &'static str,
    /// What is wrong, or empty.
    #[prop(optional, into)]
    wrong: Signal<String>,
    /// Must be filled in.
    #[prop(optional)]
    must: bool,
    /// Kind of input: `text`, `password`, `date`.
    #[prop(default = "text")]
    kind: &'static str,
    /// Takes the focus when it appears.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = node.get().filter(|_| first) {
            // Inside a dialog the focus is set once it is shown.
            request_animation_frame(move || {
                let _ = input.focus();
            });
        }
    });
    Effect::new(move |_| {
        if !wrong.get().is_empty()
            && let Some(input) = node.get_untracked()
        {
            // What must be mended is where the next key goes; a field that cannot take the focus says it all the same.
            let _ = input.focus();
        }
    });
    view! {
        <label class="field">
            <span class:must=must>{move || t(label)}</span>
            <input
                node_ref=node
                type=kind
                data-testid=testid
                maxlength="500"
                autocomplete="off"
                aria-invalid=move || (!wrong.get().is_empty()).to_string()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
            {move || (!wrong.get().is_empty()).then(|| view! { <span class="wrong" role="alert">{wrong.get()}</span> })}
        </label>
    }
}

/// A choice from a list of value and name.
#[component]
pub fn Choice(
    /// Locale key of the label.
    label: &'static str,
    /// The value.
    value: RwSignal<String>,
    /// Values and names.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// Test id of the select.
    testid: &'static str,
) -> impl IntoView {
    let list = move || {
        let chosen = value.get();
        let option = move |(own, name): (String, String)| {
            let selected = own == chosen;
            view! { <option value=own selected=selected>{name}</option> }
        };
        options.get().into_iter().map(option).collect_view()
    };
    view! {
        <label class="field">
            <span>{move || t(label)}</span>
            <select data-testid=testid on:change=move |event| value.set(event_target_value(&event))>{list}</select>
        </label>
    }
}
