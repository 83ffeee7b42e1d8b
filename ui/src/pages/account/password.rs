//! Another password.

use super::again::Again;
use super::set_up::wrong_password;
use crate::components::SecretField;
use crate::door;
use crate::i18n::{t, tx, wire_error};
use jiangsai_domain::account::{ChangePassword, SHORTEST_PASSWORD};
use jiangsai_domain::command::WireError;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The form.
#[component]
pub fn NewPassword() -> impl IntoView {
    let [password, code, new] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let (fault, saved, busy) = (RwSignal::new(None::<WireError>), RwSignal::new(false), RwSignal::new(false));
    let name = move || door::mine().map(|mine| mine.name).unwrap_or_default();
    let wrong = Signal::derive(move || wrong_password(&name(), &new.get()));
    let send = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        saved.set(false);
        let question =
            ChangePassword { password: password.get_untracked(), code: code.get_untracked(), new: new.get_untracked() };
        spawn_local(async move {
            let answer = door::ask(question).await;
            busy.try_set(false);
            code.try_set(String::new());
            if answer.is_ok() {
                password.try_set(String::new());
                new.try_set(String::new());
                saved.try_set(true);
                door::look();
            }
            fault.try_set(answer.err());
        });
    };
    view! {
        <h2>{move || t("password-title")}</h2>
        <p class="sub">{move || tx("set-up-password-about", &[("least", &SHORTEST_PASSWORD.to_string())])}" "{move || t("account-others-out")}</p>
        <form class="stack" on:submit=move |event| { event.prevent_default(); send(); }>
            <Again password=password code=code testids=["password-now", "password-code"] />
            <SecretField label="password-new" value=new autocomplete="new-password" testid="password-new" wrong=wrong />
            {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="password-fault">{move || wire_error(&error)}</p> })}
            <p class="actions">
                <button type="submit" class="btn" data-testid="password-save" prop:disabled=move || busy.get()>{move || t("password-save")}</button>
                <Show when=move || saved.get()><span class="saved-text" role="status" data-testid="password-saved">{move || t("saved")}</span></Show>
            </p>
        </form>
    }
}
