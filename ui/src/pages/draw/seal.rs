//! Sealing (加密): what is missing, what it will hide, and who does it. While sealed, the two confirmations that open it.

use super::lock::LockDialog;
use super::openings::openings;
use crate::backend::call;
use crate::components::{Dialog, TextField};
use crate::i18n::{message, t, tx, wire_error};
use crate::session::use_session;
use crate::time::moment;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::draw::{DrawView, SealNames, SealView};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The panel beside the draw.
#[component]
pub fn SealPanel(
    /// The draw on screen.
    view: RwSignal<Option<DrawView>>,
) -> impl IntoView {
    let seal = Memo::new(move |_| view.with(|view| view.as_ref().map(|view| view.seal.clone()).unwrap_or_default()));
    let [sealing, locking] = std::array::from_fn(|_| RwSignal::new(false));
    let warnings = move || {
        let line = |(key, args): (String, Vec<(String, String)>)| {
            view! { <p class="marks-banner" role="note" data-testid="seal-warning">{message(&key, &args)}</p> }
        };
        seal.get().warnings.into_iter().map(line).collect_view()
    };
    let before = move || {
        let SealView { missing, by, opened, .. } = seal.get();
        let short = missing > 0;
        let undrawn = view.with(|view| view.as_ref().and_then(DrawView::undrawn));
        let (class, state) = match undrawn {
            _ if short => ("wrong-text", tx("seal-missing", &[("count", &missing.to_string())])),
            Some((layer, left)) => {
                ("sub", tx("seal-undrawn", &[("count", &left.to_string()), ("layer", &t(layer.key()))]))
            }
            None => ("saved-text", t("seal-ready")),
        };
        let last = (by.is_some() && !opened.is_empty()).then(|| view! { <p class="sub">{t("unseal-last")}</p> });
        view! {
            <p>{t("seal-about")}</p>
            <p class=class data-testid="seal-state">{state}</p>
            {last}
            <p><button class="btn primary" data-testid="seal-open" prop:disabled=short on:click=move |_| sealing.set(true)>{t("seal-open")}</button></p>
            <p class="sub">{t("lock-about")}</p>
            <p><button class="btn" data-testid="lock-open" prop:disabled=short on:click=move |_| locking.set(true)>{t("lock-open")}</button></p>
        }
    };
    let by = move || {
        let (officer, supervisor, at) = seal.get().by?;
        let args = [("time", moment(at)), ("officer", officer), ("supervisor", supervisor)];
        let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Some(tx(if seal.get().locked { "lock-locked-by" } else { "seal-sealed-by" }, &args))
    };
    view! {
        <aside class="card pad seal" data-testid="seal-panel">
            <h2>{move || t("seal-title")}</h2>
            {warnings}
            <Show when=move || seal.with(|seal| seal.sealed) fallback=before>
                <p data-testid="seal-by">{by}</p>
                {openings(seal)}
            </Show>
            <SealDialog open=sealing />
            <LockDialog open=locking />
        </aside>
    }
}

const EFFECTS: [&str; 4] = ["seal-effect-marks", "seal-effect-roster", "seal-effect-lists", "seal-effect-back"];

#[component]
fn SealDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let session = use_session();
    let [officer, supervisor] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let fault = RwSignal::new(None::<WireError>);
    let go = move || {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        let (officer, supervisor) = (officer.get_untracked(), supervisor.get_untracked());
        spawn_local(async move {
            match call(SealNames { competition, event, officer, supervisor }).await {
                Ok(()) => {
                    open.try_set(false);
                    fault.try_set(None);
                    session.say(move || t("seal-done"));
                    session.revision.try_update(|revision| *revision += 1);
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
            title=Signal::derive(move || t("seal-dialog-title"))
            close=Callback::new(move |()| open.set(false))
            testid="seal"
        >
            <form on:submit=move |event| { event.prevent_default(); go(); }>
                <div class="stack">
                    <ul class="notes">{move || EFFECTS.iter().map(|key| view! { <li>{t(key)}</li> }).collect_view()}</ul>
                    <TextField label="seal-officer" value=officer testid="seal-officer" must=true first=true />
                    <TextField label="seal-supervisor" value=supervisor testid="seal-supervisor" must=true />
                    {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="seal-fault">{move || wire_error(&error)}</p> })}
                </div>
                <p class="dialog-actions">
                    <button type="button" class="btn" on:click=move |_| open.set(false)>{move || t("cancel")}</button>
                    <button type="submit" class="btn primary" data-testid="seal-do">{move || t("seal-do")}</button>
                </p>
            </form>
        </Dialog>
    }
}
