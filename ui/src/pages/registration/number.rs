//! Numbers and places in order, for the entries that have none.

use crate::backend::call;
use crate::components::{Dialog, TextField};
use crate::i18n::{t, tx, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::registration::NumberEntries;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The dialog.
#[component]
pub fn NumberDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Called after numbers were given.
    done: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let prefix = RwSignal::new(String::new());
    let stations = RwSignal::new(String::new());
    // What was typed as a number of stations and is none.
    let wrong = RwSignal::new(String::new());
    let unread = Signal::derive(move || {
        let typed = wrong.get();
        if typed.is_empty() { typed } else { tx("not-a-number", &[("text", &typed)]) }
    });
    let fault = RwSignal::new(None::<WireError>);
    Effect::new(move |_| {
        if open.get() {
            wrong.set(String::new());
            fault.set(None);
        }
    });
    let go = move || {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        let typed = stations.get_untracked();
        let Some(stations) = crate::pages::marks::keys::whole(&typed) else {
            fault.set(None);
            return wrong.set(typed);
        };
        wrong.set(String::new());
        let prefix = prefix.get_untracked();
        spawn_local(async move {
            match call(NumberEntries { competition, event, prefix, stations }).await {
                Ok(count) => {
                    open.try_set(false);
                    fault.try_set(None);
                    session.say(move || tx("number-done", &[("count", &count.to_string())]));
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
            open=Signal::derive(move || open.get())
            title=Signal::derive(move || t("number-title"))
            close=Callback::new(move |()| open.set(false))
            testid="number"
        >
            <form on:submit=move |event| { event.prevent_default(); go(); }>
                <div class="stack">
                    <p>{move || t("number-about")}</p>
                    <TextField label="number-prefix" value=prefix testid="number-prefix" first=true />
                    <TextField label="number-stations" value=stations testid="number-stations" wrong=unread />
                    {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert">{move || wire_error(&error)}</p> })}
                </div>
                <p class="dialog-actions">
                    <button type="button" class="btn" on:click=move |_| open.set(false)>{move || t("cancel")}</button>
                    <button type="submit" class="btn primary" data-testid="number-apply">{move || t("number-do")}</button>
                </p>
            </form>
        </Dialog>
    }
}
