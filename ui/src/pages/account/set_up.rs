//! Setting up an account with a one-time link: the password, the authenticator app and a code of it, then the recovery codes.

use crate::components::{AuthenticatorCode, CodeField, RecoveryCodes, SecretField};
use crate::door;
use crate::i18n::{t, tx, wire_error};
use jiangsai_domain::account::{BeginSetUp, Recovery, SHORTEST_PASSWORD, SetUp, SettingUp, check_password};
use jiangsai_domain::command::WireError;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is wrong with a password so far, in words; nothing while nothing was typed.
pub(super) fn wrong_password(name: &str, password: &str) -> String {
    let checked = if password.is_empty() { Ok(()) } else { check_password(name, password) };
    checked
        .err()
        .map(|refusal| crate::i18n::message(&format!("error-{}", refusal.code), &refusal.args))
        .unwrap_or_default()
}

/// The page.
#[component]
pub fn SetUpPage(
    /// The code of the link, or nothing: then it is typed.
    link: String,
) -> impl IntoView {
    let (typed, fault) = (RwSignal::new(link.clone()), RwSignal::new(None::<WireError>));
    let (begun, done) = (RwSignal::new(None::<SettingUp>), RwSignal::new(None::<Recovery>));
    let [password, code] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let busy = RwSignal::new(false);
    let begin = move || {
        let link = typed.get_untracked();
        spawn_local(async move {
            match door::ask(BeginSetUp { link }).await {
                Ok(found) => {
                    fault.try_set(None);
                    begun.try_set(Some(found));
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    if !link.is_empty() {
        begin();
    }
    let send = move || {
        let question =
            SetUp { link: typed.get_untracked(), password: password.get_untracked(), code: code.get_untracked() };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = door::ask(question).await;
            busy.try_set(false);
            code.try_set(String::new());
            match answer {
                Ok(codes) => {
                    fault.try_set(None);
                    password.try_set(String::new());
                    done.try_set(Some(codes));
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    let kept = move |()| {
        // The link is used up.
        let _ = window().location().set_hash("#/");
        door::look();
    };
    let name = move || begun.with(|begun| begun.as_ref().map(|begun| begun.name.clone()).unwrap_or_default());
    let wrong = Signal::derive(move || wrong_password(&name(), &password.get()));
    let said = move || {
        fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="set-up-fault">{move || wire_error(&error)}</p> })
    };
    let form = move || {
        begun.get().map(|begun| view! {
            <form class="stack" data-testid="set-up-form" on:submit=move |event| { event.prevent_default(); send(); }>
                <p data-testid="set-up-who">{let name = begun.name.clone(); move || tx("set-up-who", &[("name", &name)])}</p>
                <p class="sub">{move || t(&format!("account-may-{}-about", begun.may.name()))}</p>
                <h2>{move || t("set-up-password")}</h2>
                <p class="sub">{move || tx("set-up-password-about", &[("least", &SHORTEST_PASSWORD.to_string())])}</p>
                <input type="text" class="hidden" autocomplete="username" tabindex="-1" aria-hidden="true" readonly prop:value=begun.name />
                <SecretField label="password-new" value=password autocomplete="new-password" testid="set-up-password" wrong=wrong first=true />
                <h2>{move || t("set-up-app")}</h2>
                <AuthenticatorCode made=begun.authenticator />
                <CodeField label="code-app" value=code testid="set-up-code" />
                {said}
                <p class="actions"><button type="submit" class="btn primary big" data-testid="set-up-send" prop:disabled=move || busy.get()>{move || t("set-up-send")}</button></p>
            </form>
        })
    };
    let ask_link = move || {
        view! {
            <form class="stack" on:submit=move |event| { event.prevent_default(); begin(); }>
                <p class="sub">{move || t("set-up-about")}</p>
                <div class="field">
                    <label for="set-up-link">{move || t("set-up-link")}</label>
                    <input id="set-up-link" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="60" data-testid="set-up-link"
                        prop:value=move || typed.get() on:input=move |event| typed.set(event_target_value(&event)) />
                </div>
                {said}
                <p class="actions"><button type="submit" class="btn primary" data-testid="set-up-begin">{move || t("door-next")}</button></p>
            </form>
        }
    };
    view! {
        <section class="card door wide" data-testid="set-up">
            <h1>{move || t("set-up-title")}</h1>
            {move || match done.get() {
                Some(Recovery { codes }) => view! { <RecoveryCodes codes=codes kept=Callback::new(kept) /> }.into_any(),
                None if begun.with(Option::is_some) => form().into_any(),
                None => ask_link().into_any(),
            }}
        </section>
    }
}
