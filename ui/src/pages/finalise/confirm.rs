//! Confirming the standings as chief judge or supervisor.

use crate::backend::call;
use crate::i18n::{t, tx, wire_error};
use crate::session::use_session;
use crate::time::moment;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::competition::PhaseState;
use jiangsai_domain::command::finalising::{ConfirmResults, ConfirmedBy, FinalStep, FinalisingView};
use jiangsai_domain::confirmation::Duty;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Who confirmed and when; or name, reason where one is wanted, and the button.
#[component]
pub fn ConfirmForm(
    /// In which duty.
    duty: Duty,
    /// Everything.
    view: RwSignal<Option<FinalisingView>>,
    /// The step.
    step: Memo<Option<FinalStep>>,
) -> impl IntoView {
    let session = use_session();
    let name = RwSignal::new(String::new());
    let reason = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<WireError>);
    let id = duty.name();
    let confirmed = Memo::new(move |_| {
        view.with(|view| -> Option<ConfirmedBy> {
            view.as_ref()?.confirmations.iter().find(|own| own.duty == duty && own.holds).cloned()
        })
    });
    let later = move || step.with(|step| step.as_ref().is_none_or(|step| step.state == PhaseState::Later));
    // What is open at earlier steps does not keep the chief judge from confirming with a reason; equals do.
    let wants_reason =
        move || duty == Duty::ChiefJudge && view.with(|view| view.as_ref().is_some_and(|view| view.incomplete));
    let awaited = Memo::new(move |_| view.with(|view| view.as_ref().is_some_and(|view| view.awaits(duty))));
    let go = move || {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        let (name, reason) = (name.get_untracked(), reason.get_untracked());
        let seen = view.with_untracked(|view| view.as_ref().map(|view| view.seen.clone())).unwrap_or_default();
        spawn_local(async move {
            match call(ConfirmResults { competition, event, duty, name, seen, reason }).await {
                Ok(()) => {
                    fault.try_set(None);
                    session.revision.try_update(|revision| *revision += 1);
                }
                Err(error) => {
                    if error.code == "stale" {
                        // What is shown next is what can be confirmed.
                        session.revision.try_update(|revision| *revision += 1);
                    }
                    fault.try_set(Some(error));
                }
            }
        });
    };
    view! {
        {move || confirmed.get().map(|own| {
            view! { <p class="saved-text" data-testid=format!("confirmed-{id}")>{tx("finalising-confirmed", &[("name", &own.name), ("time", &moment(own.at))])}</p> }
        })}
        <Show when=move || awaited.get()>
            <form class="final-form" on:submit=move |event| { event.prevent_default(); go(); }>
                <label class="field">
                    <span class="must">{move || t(&format!("finalising-name-{id}"))}</span>
                    <input data-testid=format!("confirm-{id}") autocomplete="off" maxlength="60" prop:value=move || name.get() on:input=move |event| name.set(event_target_value(&event)) />
                </label>
                <Show when=wants_reason>
                    <label class="field">
                        <span class="must">{move || t("finalising-reason")}</span>
                        <input data-testid="confirm-reason" maxlength="500" prop:value=move || reason.get() on:input=move |event| reason.set(event_target_value(&event)) />
                    </label>
                </Show>
                <button type="submit" class="btn" class:primary=move || !later() data-testid=format!("confirm-{id}-do")>{move || t("finalising-confirm")}</button>
            </form>
            {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid=format!("confirm-{id}-fault")>{wire_error(&error)}</p> })}
        </Show>
    }
}
