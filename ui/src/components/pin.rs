//! The field of a PIN where one signs in. From the numeric keypad alone: + and − choose who it is, then come the digits and Enter.

use crate::i18n::t;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

/// A PIN with its label.
#[component]
pub fn PinField(
    /// Locale key of the label.
    label: &'static str,
    /// The digits.
    pin: RwSignal<String>,
    /// The input, for whoever gives it the focus.
    field: NodeRef<html::Input>,
    /// Its id and test id.
    testid: &'static str,
    /// Chooses the next person, or with `false` the one before.
    turn: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="field">
            <span>{move || t(label)}</span>
            <input
                node_ref=field
                id=testid
                type="password"
                inputmode="numeric"
                autocomplete="off"
                maxlength="12"
                data-testid=testid
                prop:value=move || pin.get()
                on:input=move |event| pin.set(event_target_value(&event))
                on:keydown=move |event: ev::KeyboardEvent| {
                    let forth = match event.key().as_str() {
                        "+" | "ArrowDown" => true,
                        "-" | "ArrowUp" => false,
                        _ => return,
                    };
                    event.prevent_default();
                    turn.run(forth);
                }
            />
        </label>
    }
}
