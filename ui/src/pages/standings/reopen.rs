//! Opening final results again, with a reason.

use crate::backend::call;
use crate::components::{Dialog, Foresight, TextField};
use crate::i18n::{t, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::foresee::Step;
use jiangsai_domain::command::results::Reopen;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The dialog.
#[component]
pub fn ReopenDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let session = use_session();
    let why = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        if open.get() {
            why.set(String::new());
            fault.set(None);
        }
    });
    let steps = Signal::derive(move || if open.get() { vec![Step::Reopen] } else { Vec::new() });
    let go = move || {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        let reason = why.get_untracked().trim().to_owned();
        if reason.is_empty() {
            fault.set(Some(t("standings-reason-needed")));
            return;
        }
        spawn_local(async move {
            match call(Reopen { competition, event, reason }).await {
                Ok(()) => {
                    open.try_set(false);
                    session.revision.try_update(|revision| *revision += 1);
                }
                Err(error) => {
                    fault.try_set(Some(wire_error(&error)));
                }
            }
        });
    };
    view! {
        <Dialog
            open=Signal::derive(move || open.get())
            title=Signal::derive(move || t("reopen-title"))
            close=Callback::new(move |()| open.set(false))
            testid="reopen-dialog"
        >
            <form on:submit=move |event| { event.prevent_default(); go(); }>
                <div class="stack">
                    <p>{move || t("reopen-text")}</p>
                    <Foresight steps=steps />
                    <TextField label="reopen-reason" value=why testid="reopen-reason" must=true first=true />
                    {move || fault.get().map(|fault| view! { <p class="wrong-text" role="alert" data-testid="reopen-fault">{fault}</p> })}
                </div>
                <p class="dialog-actions">
                    <button type="button" class="btn" on:click=move |_| open.set(false)>{move || t("standings-cancel")}</button>
                    <button type="submit" class="btn primary" data-testid="reopen-do">{move || t("reopen-do")}</button>
                </p>
            </form>
        </Dialog>
    }
}
