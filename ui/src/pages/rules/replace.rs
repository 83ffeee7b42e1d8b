//! Putting another rulebook in the place of the present one: its effect first, then the reason.

use super::scheme::SchemeImport;
use crate::backend::call;
use crate::components::{Dialog, changes, outdated, teams};
use crate::i18n::{t, tx, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::competition::{ReplaceRulebook, RulebookChange};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The dialog.
#[component]
pub fn Replace(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The document to begin with.
    #[prop(into)]
    document: Signal<String>,
    /// The document is folded away, and its effect is shown at once.
    #[prop(optional)]
    folded: bool,
    /// Called when the rulebook was replaced.
    done: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let json = RwSignal::new(String::new());
    let reason = RwSignal::new(String::new());
    let change = RwSignal::new(None::<RulebookChange>);
    let fault = RwSignal::new(None::<WireError>);
    let send = move |preview: bool| {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        let command =
            ReplaceRulebook { competition, event, json: json.get_untracked(), reason: reason.get_untracked(), preview };
        spawn_local(async move {
            match call(command).await {
                Ok(answer) if answer.applied => {
                    open.try_set(false);
                    session.revision.try_update(|revision| *revision += 1);
                    done.try_run(());
                }
                Ok(answer) => {
                    fault.try_set(None);
                    change.try_set(Some(answer));
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    Effect::new(move |_| {
        if open.get() {
            json.set(document.get_untracked());
            change.set(None);
            fault.set(None);
            if folded {
                send(true);
            }
        }
    });
    let taken = Callback::new(move |made: String| {
        json.set(made);
        change.set(None);
        fault.set(None);
    });
    let title = if folded { "rule-save-title" } else { "rules-replace-title" };
    let about = if folded { "rule-save-about" } else { "rules-replace-about" };
    view! {
        <Dialog
            open=Signal::derive(move || open.get())
            title=Signal::derive(move || t(title))
            close=Callback::new(move |()| open.set(false))
            testid="rules-dialog"
            wide=true
        >
            <p>{move || t(about)}</p>
            {(!folded).then(|| view! { <p class="actions"><SchemeImport done=taken /></p> })}
            <details class="rules-expert" open=!folded>
                <summary>{move || t("rules-document")}</summary>
                <label class="field">
                    <span class="sr-only">{move || t("rules-document")}</span>
                    <textarea data-testid="rules-text" spellcheck="false" prop:value=move || json.get() on:input=move |event| {
                        json.set(event_target_value(&event));
                        change.set(None);
                    }></textarea>
                </label>
            </details>
            {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="rules-fault">{move || wire_error(&error)}</p> })}
            {move || change.get().map(effect)}
            <label class="field">
                <span>{move || t("reason")}</span>
                <input data-testid="rules-reason" maxlength="500" prop:value=move || reason.get() on:input=move |event| reason.set(event_target_value(&event)) />
            </label>
            <p class="dialog-actions">
                <button type="button" class="btn" on:click=move |_| open.set(false)>{move || t("cancel")}</button>
                <button type="button" class="btn" data-testid="rules-preview" on:click=move |_| send(true)>{move || t("rules-preview")}</button>
                <button type="button" class="btn primary" data-testid="rules-apply" prop:disabled=move || change.with(Option::is_none) on:click=move |_| send(false)>
                    {move || t("rules-apply")}
                </button>
            </p>
        </Dialog>
    }
}

/// Every rank, total and award that would change.
fn effect(change: RulebookChange) -> impl IntoView {
    let (count, orphaned) = (change.changes.len().to_string(), change.orphaned.to_string());
    view! {
        <p data-testid="rules-effect">{move || match change.hidden {
            true => tx("rules-effect-hidden", &[("orphaned", &orphaned)]),
            false => tx("rules-effect", &[("count", &count), ("orphaned", &orphaned)]),
        }}</p>
        {changes(change.changes)}
        {teams(change.teams)}
        {outdated(change.outdated)}
    }
}
