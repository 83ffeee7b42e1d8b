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
    let reason = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let reopening = RwSignal::new(false);
    let locked = move || view.with(|view| view.as_ref().is_some_and(|view| view.finalised.is_some()));
    let next = move || step.with(|step| step.as_ref().is_some_and(|step| step.state == PhaseState::Next));
    let wants_reason = move || view.with(|view| view.as_ref().is_some_and(FinalisingView::lock_wants_reason));
    let go = move || {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        let why = if untrack(wants_reason) { reason.get_untracked() } else { String::new() };
        busy.set(true);
        spawn_local(async move {
            let answer = call(Finalise { competition, event, reason: why }).await;
            busy.try_set(false);
            match answer {
                Ok(()) => {
                    fault.try_set(None);
                    reason.try_set(String::new());
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
                <form class="final-form" on:submit=move |event| { event.prevent_default(); go(); }>
                    <Show when=wants_reason>
                        <label class="field">
                            <span class="must">{move || t("finalising-lock-reason")}</span>
                            <input data-testid="finalise-reason" maxlength="500" prop:value=move || reason.get() on:input=move |event| reason.set(event_target_value(&event)) />
                        </label>
                    </Show>
                    <button type="submit" class="btn" class:primary=next data-testid="finalise-do" prop:disabled=move || busy.get()>{move || t("finalising-lock")}</button>
                </form>
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
