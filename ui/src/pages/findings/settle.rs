//! Deciding that a finding stays as it is, or that something is to be done about it after all.

use crate::backend::call;
use crate::components::{Dialog, TextField};
use crate::i18n::{t, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::findings::SettleFinding;
use jiangsai_domain::finding::FindingDecision;
use jiangsai_domain::ids::FindingId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// Which finding.
    pub finding: FindingId,
    /// As it is said.
    pub what: String,
    /// Something is to be done about it after all.
    pub again: bool,
}

/// The dialog.
#[component]
pub(super) fn SettleDialog(
    /// What is asked about; `None` while it is closed.
    asked: RwSignal<Option<Asked>>,
    /// Called when it was decided.
    done: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let reason = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<WireError>);
    let busy = RwSignal::new(false);
    Effect::new(move |_| {
        asked.track();
        reason.set(String::new());
        fault.set(None);
    });
    let again = move || asked.with(|asked| asked.as_ref().is_some_and(|own| own.again));
    let what = move || asked.with(|asked| asked.as_ref().map(|own| own.what.clone()).unwrap_or_default());
    let close = Callback::new(move |()| asked.set(None));
    let go = move |_| {
        let (Some(competition), Some(event), Some(own)) =
            (session.competition.get_untracked(), session.event.get_untracked(), asked.get_untracked())
        else {
            return;
        };
        let decision = if own.again { FindingDecision::Reopen } else { FindingDecision::Leave };
        let (finding, reason) = (own.finding, reason.get_untracked());
        busy.set(true);
        spawn_local(async move {
            let answer = call(SettleFinding { competition, event, finding, decision, reason }).await;
            busy.try_set(false);
            match answer {
                Ok(()) => {
                    asked.try_set(None);
                    done.try_run(());
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    let ready = move || !busy.get() && reason.with(|reason| !reason.trim().is_empty());
    view! {
        <Dialog
            open=Signal::derive(move || asked.with(Option::is_some))
            title=Signal::derive(move || t(if again() { "finding-reopen" } else { "finding-leave" }))
            close=close
            testid="finding-settle"
        >
            <p><b>{what}</b></p>
            <p>{move || t(if again() { "finding-reopen-about" } else { "finding-leave-about" })}</p>
            <TextField label="reason" value=reason testid="finding-settle-reason" must=true first=true />
            {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="finding-settle-fault">{wire_error(&error)}</p> })}
            <p class="dialog-actions">
                <button type="button" class="btn" on:click=move |_| close.run(())>{move || t("cancel")}</button>
                <button type="button" class="btn primary" data-testid="finding-settle-apply" prop:disabled=move || !ready() on:click=go>{move || t(if again() { "finding-reopen" } else { "finding-leave" })}</button>
            </p>
        </Dialog>
    }
}
