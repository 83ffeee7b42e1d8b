//! Choosing between bulletins of one number.

use crate::backend::call;
use crate::components::{TextField, beside};
use crate::i18n::{t, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::bulletins::ChooseBulletin;
use jiangsai_domain::ids::FactId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The reason, and the button that lets this one stand.
#[component]
pub fn Settle(number: u32, fact: FactId) -> impl IntoView {
    let session = use_session();
    let reason = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<WireError>);
    let go = move || {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        let (fact, reason) = (fact.clone(), reason.get_untracked());
        spawn_local(async move {
            match call(ChooseBulletin { competition, event, number, fact, reason }).await {
                Ok(()) => {
                    session.revision.try_update(|revision| *revision += 1);
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <form class="final-form" on:submit=move |event| { event.prevent_default(); go(); }>
            <TextField label="bulletin-choose-reason" value=reason testid="bulletin-choose-reason" wrong=beside(fault, &["reason-needed"]) must=true />
            <button type="submit" class="btn primary" data-testid="bulletin-choose">{move || t("bulletin-choose")}</button>
        </form>
        {move || fault.get().filter(|error| error.code != "reason-needed").map(|error| view! { <p class="wrong-text" role="alert">{wire_error(&error)}</p> })}
    }
}
