//! Another authenticator app, with recovery codes of its own.

use super::again::Again;
use crate::components::{AuthenticatorCode, CodeField, RecoveryCodes};
use crate::door;
use crate::i18n::{t, wire_error};
use jiangsai_domain::account::{Authenticator, BeginAuthenticator, Recovery, TurnAuthenticator};
use jiangsai_domain::command::WireError;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Its steps.
#[component]
pub fn Another() -> impl IntoView {
    let [password, code, proof] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let (fault, busy) = (RwSignal::new(None::<WireError>), RwSignal::new(false));
    let (begun, done) = (RwSignal::new(None::<Authenticator>), RwSignal::new(None::<Recovery>));
    let begin = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let question = BeginAuthenticator { password: password.get_untracked(), code: code.get_untracked() };
        spawn_local(async move {
            let answer = door::ask(question).await;
            busy.try_set(false);
            code.try_set(String::new());
            match answer {
                Ok(made) => {
                    password.try_set(String::new());
                    fault.try_set(None);
                    begun.try_set(Some(made));
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    let turn = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let question = TurnAuthenticator { code: proof.get_untracked() };
        spawn_local(async move {
            let answer = door::ask(question).await;
            busy.try_set(false);
            proof.try_set(String::new());
            match answer {
                Ok(codes) => {
                    fault.try_set(None);
                    begun.try_set(None);
                    done.try_set(Some(codes));
                    door::look();
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    let said = move || {
        fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="authenticator-fault">{move || wire_error(&error)}</p> })
    };
    let shown = move || {
        match (done.get(), begun.get()) {
        (Some(Recovery { codes }), _) => view! { <RecoveryCodes codes=codes kept=Callback::new(move |()| done.set(None)) /> }.into_any(),
        (None, Some(made)) => view! {
            <form class="stack" on:submit=move |event| { event.prevent_default(); turn(); }>
                <AuthenticatorCode made=made />
                <CodeField label="code-app" value=proof testid="authenticator-proof" first=true />
                {said}
                <p class="actions">
                    <button type="submit" class="btn primary" data-testid="authenticator-turn" prop:disabled=move || busy.get()>{move || t("authenticator-turn")}</button>
                    <button type="button" class="btn" on:click=move |_| begun.set(None)>{move || t("cancel")}</button>
                </p>
            </form>
        }
        .into_any(),
        (None, None) => view! {
            <form class="stack" on:submit=move |event| { event.prevent_default(); begin(); }>
                <Again password=password code=code testids=["authenticator-password", "authenticator-before"] />
                {said}
                <p class="actions"><button type="submit" class="btn" data-testid="authenticator-begin" prop:disabled=move || busy.get()>{move || t("authenticator-begin")}</button></p>
            </form>
        }
        .into_any(),
    }
    };
    view! {
        <h2>{move || t("authenticator-title")}</h2>
        <p class="sub">{move || t("authenticator-another")}" "{move || t("account-others-out")}</p>
        {shown}
    }
}
