//! Exchanging what two entries drew, with a reason; while names are sealed by blind code.

use crate::backend::call;
use crate::components::{Choice, Dialog, TextField};
use crate::i18n::{t, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::draw::{DrawRow, DrawView, SwapLots};
use jiangsai_domain::ids::EntryId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The dialog.
#[component]
pub fn SwapDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The draw on screen.
    view: RwSignal<Option<DrawView>>,
) -> impl IntoView {
    let session = use_session();
    let [one, other, reason] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let fault = RwSignal::new(None::<WireError>);
    Effect::new(move |_| {
        if open.get() {
            for field in [one, other, reason] {
                field.set(String::new());
            }
            fault.set(None);
        }
    });
    let sealed = move || view.with(|view| view.as_ref().is_some_and(|view| view.seal.sealed));
    let entries = Signal::derive(move || {
        let rows = view.with(|view| view.as_ref().map(|view| view.rows.clone()).unwrap_or_default());
        let named = |row: DrawRow| {
            let parts = [row.session, row.code, row.name].into_iter().filter(|part| !part.is_empty());
            (row.entry.to_string(), parts.collect::<Vec<_>>().join(" "))
        };
        let with_code = rows.into_iter().filter(|row| !row.code.is_empty());
        std::iter::once((String::new(), t("hall-choose"))).chain(with_code.map(named)).collect::<Vec<_>>()
    });
    let go = move || {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        // While sealed the codes on screen are the blind codes, whatever layer they are of.
        let layer =
            if untrack(sealed) { None } else { view.with_untracked(|view| view.as_ref().map(|view| view.of.0)) };
        let (one, other) = (EntryId::new(one.get_untracked()), EntryId::new(other.get_untracked()));
        let reason = reason.get_untracked();
        spawn_local(async move {
            match call(SwapLots { competition, event, layer, one, other, reason }).await {
                Ok(()) => {
                    open.try_set(false);
                    session.say(move || t("draw-swap-done"));
                    session.revision.try_update(|revision| *revision += 1);
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    let chosen = move || one.with(|id| !id.is_empty()) && other.with(|id| !id.is_empty()) && one.get() != other.get();
    view! {
        <Dialog
            open=Signal::derive(move || open.get())
            title=Signal::derive(move || t("draw-swap"))
            close=Callback::new(move |()| open.set(false))
            testid="swap"
        >
            <form on:submit=move |event| { event.prevent_default(); go(); }>
                <div class="stack">
                    <p>{move || t("draw-swap-about")}</p>
                    <p>{move || t("draw-swap-marks")}</p>
                    <Show when=sealed><p data-testid="swap-sealed">{move || t("draw-swap-sealed")}</p></Show>
                    <Choice label="draw-swap-one" value=one options=entries testid="swap-one" />
                    <Choice label="draw-swap-other" value=other options=entries testid="swap-other" />
                    <TextField label="reason" value=reason testid="swap-reason" must=true />
                    {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="swap-fault">{move || wire_error(&error)}</p> })}
                </div>
                <p class="dialog-actions">
                    <button type="button" class="btn" on:click=move |_| open.set(false)>{move || t("cancel")}</button>
                    <button type="submit" class="btn primary" data-testid="swap-do" prop:disabled=move || !chosen()>{move || t("draw-swap-do")}</button>
                </p>
            </form>
        </Dialog>
    }
}
