//! A page as large as the window, and taking one away.

use super::Scans;
use crate::backend::call;
use crate::components::{Dialog, TextField};
use crate::i18n::{t, tx, wire_error};
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::scans::{RemoveScan, ScanLine};
use leptos::prelude::*;
use leptos::task::spawn_local;

fn title(key: &str, line: Option<&ScanLine>) -> String {
    line.map(|line| tx(key, &[("page", &line.page.to_string())])).unwrap_or_default()
}

/// The page that is looked at.
#[component]
pub(super) fn Large(
    /// The scans.
    scans: Scans,
) -> impl IntoView {
    let close = Callback::new(move |()| scans.shown.set(None));
    view! {
        <Dialog
            open=Signal::derive(move || scans.shown.with(Option::is_some))
            title=Signal::derive(move || scans.shown.with(|line| title("paper-scan-page", line.as_ref())))
            close=close
            testid="paper-scan-large"
            wide=true
        >
            <div class="paper-large">{move || scans.shown.get().map(|line| scans.picture(&line, false))}</div>
            <p class="dialog-actions">
                <button class="btn" data-testid="paper-scan-close" on:click=move |_| close.run(())>{move || t("paper-scan-close")}</button>
            </p>
        </Dialog>
    }
}

/// Takes a page away, with its reason.
#[component]
pub(super) fn Remove(
    /// The scans.
    scans: Scans,
) -> impl IntoView {
    let session = scans.session;
    let reason = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<WireError>);
    Effect::new(move |_| {
        scans.leaving.track();
        reason.set(String::new());
        fault.set(None);
    });
    let close = Callback::new(move |()| scans.leaving.set(None));
    let send = move || {
        let (Some(competition), Some(event), Some(line)) =
            (session.competition.get_untracked(), session.event.get_untracked(), scans.leaving.get_untracked())
        else {
            return;
        };
        let (number, reason) = (scans.number.get_value(), reason.get_untracked());
        spawn_local(async move {
            let attachment = line.attachment;
            match call(RemoveScan { competition, event, number, attachment, reason }).await {
                Ok(lines) => {
                    scans.lines.try_set(lines);
                    scans.leaving.try_set(None);
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    let name = move || scans.leaving.with(|line| title("paper-scan-remove", line.as_ref()));
    view! {
        <Dialog
            open=Signal::derive(move || scans.leaving.with(Option::is_some))
            title=Signal::derive(name)
            close=close
            testid="paper-scan-leaving"
        >
            <form on:submit=move |event| { event.prevent_default(); send(); }>
                <div class="stack">
                    <p>{move || t("paper-scan-remove-about")}</p>
                    <TextField label="reason" value=reason testid="paper-scan-reason" must=true first=true />
                    {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="paper-scan-remove-fault">{wire_error(&error)}</p> })}
                </div>
                <p class="dialog-actions">
                    <button type="button" class="btn" on:click=move |_| close.run(())>{move || t("cancel")}</button>
                    <button type="submit" class="btn primary" data-testid="paper-scan-do">{name}</button>
                </p>
            </form>
        </Dialog>
    }
}
