//! Fields of the door: a password, which can be looked at, and the code beside it. Both take what is pasted.

use crate::i18n::t;
use leptos::html;
use leptos::prelude::*;

/// A password with its label.
#[component]
pub fn SecretField(
    /// Locale key of the label.
    label: &'static str,
    /// The password.
    value: RwSignal<String>,
    /// For password managers: `current-password` or `new-password`.
    autocomplete: &'static str,
    /// Its id and test id.
    testid: &'static str,
    /// What is wrong, or empty.
    #[prop(optional, into)]
    wrong: Signal<String>,
    /// Takes the focus when it appears.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let (shown, node) = (RwSignal::new(false), NodeRef::<html::Input>::new());
    focused(node, first);
    let about = format!("{testid}-wrong");
    let described = about.clone();
    view! {
        <div class="field">
            <label for=testid>{move || t(label)}</label>
            <span class="secret">
                <input
                    node_ref=node
                    id=testid
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete=autocomplete
                    autocapitalize="off"
                    spellcheck="false"
                    maxlength="400"
                    data-testid=testid
                    aria-invalid=move || (!wrong.get().is_empty()).to_string()
                    aria-describedby=described
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                />
                <button
                    type="button"
                    class="btn quiet"
                    data-testid=format!("{testid}-show")
                    aria-pressed=move || shown.get().to_string()
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >{move || t(if shown.get() { "secret-hide" } else { "secret-show" })}</button>
            </span>
            <span class="wrong" role="status" id=about>{move || wrong.get()}</span>
        </div>
    }
}

/// The code of an authenticator app, or a recovery code.
#[component]
pub fn CodeField(
    /// Locale key of the label.
    label: &'static str,
    /// What was typed.
    value: RwSignal<String>,
    /// Its id and test id.
    testid: &'static str,
    /// A recovery code will do as well.
    #[prop(optional)]
    recovery: bool,
    /// Takes the focus when it appears.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let (letters, node) = (RwSignal::new(false), NodeRef::<html::Input>::new());
    focused(node, first);
    view! {
        <div class="field">
            <label for=testid>{move || t(if letters.get() { "code-recovery" } else { label })}</label>
            <input
                node_ref=node
                id=testid
                type="text"
                inputmode=move || if letters.get() { "text" } else { "numeric" }
                autocomplete="one-time-code"
                autocapitalize="characters"
                spellcheck="false"
                maxlength="24"
                class="code"
                data-testid=testid
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
            {recovery.then(|| view! {
                <button
                    type="button"
                    class="btn quiet under"
                    data-testid=format!("{testid}-other")
                    on:click=move |_| {
                        letters.update(|letters| *letters = !*letters);
                        value.set(String::new());
                        if let Some(input) = node.get_untracked() {
                            // A field that cannot take the focus is reached with the keyboard all the same.
                            let _ = input.focus();
                        }
                    }
                >{move || t(if letters.get() { "code-use-app" } else { "code-use-recovery" })}</button>
            })}
        </div>
    }
}

/// Gives a field the focus when it appears.
fn focused(node: NodeRef<html::Input>, first: bool) {
    Effect::new(move |_| {
        if let Some(input) = node.get().filter(|_| first) {
            // Inside a dialog the focus is set once it is shown.
            request_animation_frame(move || {
                let _ = input.focus();
            });
        }
    });
}
