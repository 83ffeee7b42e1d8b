//! Locking the results, and opening them again.

use crate::backend::call;
use crate::i18n::{t, wire_error};
use crate::pages::standings::ReopenDialog;
use crate::session::{link, use_session};
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::competition::PhaseState;
use jiangsai_domain::command::finalising::{FinalStep, FinalisingView};
use jiangsai_domain::command::results::Finalise;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What locking does, and the button; afterwards the way to the documents and back.
#[component]
pub fn Lock(
    /// Everything.
    view: RwSignal<Option<FinalisingView>>,
    /// The step.
    step: Memo<Option<FinalStep>>,
) -> impl IntoView {
    let session = use_session();
    let fault = RwSignal::new(None::<WireError>);
    let busy = RwSignal::new(false);
    let reopening = RwSignal::new(false);
    let locked = move || view.with(|view| view.as_ref().is_some_and(|view| view.finalised.is_some()));
    let next = move || step.with(|step| step.as_ref().is_some_and(|step| step.state == PhaseState::Next));
    let go = move |_| {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        busy.set(true);
        spawn_local(async move {
            let answer = call(Finalise { competition, event, reason: String::new() }).await;
            busy.try_set(false);
            match answer {
                Ok(()) => {
                    fault.try_set(None);
                    session.revision.try_update(|revision| *revision += 1);
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <Show
            when=locked
            fallback=move || view! {
                <p>{move || t("finalise-text")}</p>
                <p><button class="btn" class:primary=next data-testid="finalise-do" prop:disabled=move || busy.get() on:click=go>{move || t("finalising-lock")}</button></p>
            }
        >
            <p class="final-form">
                <a class="btn primary" data-testid="finalising-print" href=move || link("documents")>{move || t("finalising-to-documents")}</a>
                <button class="btn" data-testid="reopen-open" on:click=move |_| reopening.set(true)>{move || t("standings-reopen")}</button>
            </p>
        </Show>
        {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="finalise-fault">{wire_error(&error)}</p> })}
        <ReopenDialog open=reopening />
    }
}
