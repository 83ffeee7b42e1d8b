//! Withdrawing an entry, or what else became of it; always with a reason.

use crate::backend::call;
use crate::components::{Choice, Dialog, Foresight, TextField};
use crate::i18n::{lang, t, tx, wire_error};
use crate::pages::marks::status_key;
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::foresee::Step;
use jiangsai_domain::command::registration::{EntryRow, SetEntryStatus};
use jiangsai_scoring::{EntryStatus, Text};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The dialog.
#[component]
pub fn StatusDialog(
    /// Which entry; closed while `None`.
    row: RwSignal<Option<EntryRow>>,
    /// Stages from which a status can hold, by id with their names.
    #[prop(into)]
    stages: Signal<Vec<(String, Text)>>,
    /// Called after the status was set.
    done: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let chosen = RwSignal::new(String::new());
    let stage = RwSignal::new(String::new());
    let reason = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<WireError>);
    Effect::new(move |_| {
        chosen.set(
            row.with(|row| row.as_ref().and_then(|row| row.status).map(status_key).unwrap_or_default().to_owned()),
        );
        stage.set(row.with(|row| row.as_ref().and_then(|row| row.stage.clone()).unwrap_or_default()));
        reason.set(String::new());
        fault.set(None);
    });
    let options = Signal::derive(move || {
        EntryStatus::ALL
            .iter()
            .map(|status| (status_key(*status).to_owned(), t(status_key(*status))))
            .collect::<Vec<_>>()
    });
    let from = Signal::derive(move || {
        let named = stages.get().into_iter().map(|(id, name)| (id, name.get(lang().tag()).to_owned()));
        std::iter::once((String::new(), t("status-stage-all"))).chain(named).collect::<Vec<_>>()
    });
    let command = move || {
        let (competition, entry) =
            (session.competition.get()?, row.with(|row| row.as_ref().map(|row| row.id.clone()))?);
        let status = chosen.with(|wanted| EntryStatus::ALL.into_iter().find(|status| status_key(*status) == wanted))?;
        let stage = Some(stage.get()).filter(|stage| !stage.is_empty());
        Some(SetEntryStatus { competition, entry, status, stage, reason: String::new() })
    };
    let save = move || {
        let Some(command) = untrack(command) else { return };
        let reason = reason.get_untracked();
        spawn_local(async move {
            match call(SetEntryStatus { reason, ..command }).await {
                Ok(()) => {
                    row.try_set(None);
                    done.run(());
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <Dialog
            open=Signal::derive(move || row.with(Option::is_some))
            title=Signal::derive(move || tx("status-title", &[("entry", &row.with(|row| row.as_ref().map(|row| row.number.clone()).unwrap_or_default()))]))
            close=Callback::new(move |()| row.set(None))
            testid="status"
            wide=true
        >
            <form on:submit=move |event| { event.prevent_default(); save(); }>
                <div class="stack">
                    <p>{move || t("status-about")}</p>
                    <Choice label="registration-status" value=chosen options=options testid="status-choice" />
                    <Show when=move || !stages.with(Vec::is_empty)>
                        <Choice label="status-stage" value=stage options=from testid="status-stage" />
                    </Show>
                    <Foresight steps=Signal::derive(move || command().map(Step::Status).into_iter().collect::<Vec<_>>()) />
                    <TextField label="reason" value=reason testid="status-reason" must=true />
                    {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="status-fault">{move || wire_error(&error)}</p> })}
                </div>
                <p class="dialog-actions">
                    <button type="button" class="btn" on:click=move |_| row.set(None)>{move || t("cancel")}</button>
                    <button type="submit" class="btn primary" data-testid="status-save">{move || t("save")}</button>
                </p>
            </form>
        </Dialog>
    }
}
