//! Signing in: name and password, then the code. Nothing is asked before all three are there, so that no answer says which of them was wrong.

use crate::components::{CodeField, SecretField};
use crate::door;
use crate::i18n::{t, wire_error};
use jiangsai_domain::account::SignInAtDoor;
use jiangsai_domain::command::WireError;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The form.
#[component]
pub fn SignInForm(
    /// Who was signed in at this page before.
    #[prop(optional)]
    name: String,
) -> impl IntoView {
    let is_again = !name.is_empty();
    let [name, password, code] = [name, String::new(), String::new()].map(RwSignal::new);
    let (asks, busy) = (RwSignal::new(false), RwSignal::new(false));
    let fault = RwSignal::new(None::<WireError>);
    let lacking = RwSignal::new(false);
    let field = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = field.get().filter(|_| !is_again) {
            request_animation_frame(move || {
                // A field that cannot take the focus is reached with the keyboard all the same.
                let _ = input.focus();
            });
        }
    });
    let send = move || {
        if busy.get_untracked() {
            return;
        }
        let all = (name.get_untracked(), password.get_untracked());
        lacking.set(all.0.trim().is_empty() || all.1.is_empty());
        if lacking.get_untracked() {
            return;
        }
        if !asks.get_untracked() {
            asks.set(true);
            return;
        }
        let question = SignInAtDoor { name: all.0, password: all.1, code: code.get_untracked() };
        if question.code.trim().is_empty() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = door::ask(question).await;
            busy.try_set(false);
            // A code counts once.
            code.try_set(String::new());
            match answer {
                Ok(mine) => door::came_in(mine),
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <form class="stack" data-testid="door-form" on:submit=move |event| { event.prevent_default(); send(); }>
            <div class="field">
                <label for="door-name">{move || t("door-name")}</label>
                <input
                    node_ref=field
                    id="door-name"
                    type="text"
                    name="username"
                    autocomplete="username"
                    autocapitalize="off"
                    spellcheck="false"
                    maxlength="80"
                    data-testid="door-name"
                    prop:value=move || name.get()
                    on:input=move |event| name.set(event_target_value(&event))
                />
            </div>
            <SecretField label="door-password" value=password autocomplete="current-password" testid="door-password" first=is_again />
            <Show when=move || asks.get()>
                <CodeField label="code-app" value=code testid="door-code" recovery=true first=true />
            </Show>
            <Show when=move || lacking.get()><p class="wrong-text" role="alert" data-testid="door-lacking">{move || t("door-lacking")}</p></Show>
            {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="door-wrong">{move || wire_error(&error)}</p> })}
            <p class="actions">
                <button type="submit" class="btn primary big" data-testid="door-enter" prop:disabled=move || busy.get()>
                    {move || t(if asks.get() { "door-enter" } else { "door-next" })}
                </button>
            </p>
        </form>
    }
}
