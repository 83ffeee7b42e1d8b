//! Leaving a desk that is closed, with its code.

use crate::backend::call;
use crate::components::TextField;
use crate::i18n::{t, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::desk::ReleaseDesk;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The form, folded until it is wanted.
#[component]
pub fn Release() -> impl IntoView {
    let session = use_session();
    let code = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<WireError>);
    let send = move || {
        let Some(competition) = session.competition.get_untracked() else { return };
        let release = code.get_untracked().trim().to_owned();
        code.set(String::new());
        spawn_local(async move {
            match call(ReleaseDesk { competition, release }).await {
                Ok(()) => session.close(None),
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <p class="sub" data-testid="desk-closed">{move || t("desk-closed")}</p>
        <details data-testid="desk-release">
            <summary>{move || t("desk-release")}</summary>
            <form on:submit=move |event| { event.prevent_default(); send(); }>
                <TextField label="desk-release-code" value=code testid="desk-release-code" kind="password" />
                {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="desk-release-fault">{move || wire_error(&error)}</p> })}
                <button type="submit" class="btn" data-testid="desk-release-do">{move || t("desk-release-do")}</button>
            </form>
        </details>
    }
}
