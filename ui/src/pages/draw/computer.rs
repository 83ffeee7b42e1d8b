//! Drawing by computer: what it will do, and what it voids, before it does it.

use super::session_name;
use crate::backend::call;
use crate::components::{Dialog, TextField};
use crate::i18n::{t, tx, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::draw::{DrawByComputer, DrawView};
use jiangsai_domain::draw::Layer;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The dialog.
#[component]
pub fn ComputerDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The draw on screen.
    view: RwSignal<Option<DrawView>>,
) -> impl IntoView {
    let session = use_session();
    // The last is what was typed as a number of stations and is none.
    let [prefix, stations, reason, wrong] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let fault = RwSignal::new(None::<WireError>);
    Effect::new(move |_| {
        if open.get() {
            // Letters of entry numbers are none of stations.
            prefix.set(String::new());
            reason.set(String::new());
            wrong.set(String::new());
            fault.set(None);
        }
    });
    let held = move || view.with(|view| view.as_ref().and_then(|view| view.held.clone()));
    let together =
        move || view.with(|view| view.as_ref().is_some_and(|view| view.of.0 == Layer::Place && view.of.1.is_empty()));
    let about = move || {
        view.with(|view| {
            let view = view.as_ref()?;
            let entries = view.rows.len().to_string();
            let what = format!("{} · {}", t(view.of.0.key()), session_name(&view.of.1));
            Some(tx("draw-computer-about", &[("entries", &entries), ("layer", &what)]))
        })
    };
    let marked = move || view.with(|view| view.as_ref().map_or(0, |view| view.marked));
    let unread = Signal::derive(move || {
        let typed = wrong.get();
        if typed.is_empty() { typed } else { tx("not-a-number", &[("text", &typed)]) }
    });
    let go = move || {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        let Some((layer, of)) = view.with_untracked(|view| view.as_ref().map(|view| view.of.clone())) else { return };
        let typed = if untrack(together) { stations.get_untracked() } else { String::new() };
        let Some(count) = crate::pages::marks::keys::whole(&typed) else {
            return wrong.set(typed);
        };
        wrong.set(String::new());
        let command = DrawByComputer {
            competition,
            event,
            layer,
            session: of,
            prefix: prefix.get_untracked(),
            stations: count,
            voids: view.with_untracked(|view| view.as_ref().and_then(|view| view.held.clone())).map(|held| held.draw),
            reason: reason.get_untracked(),
        };
        spawn_local(async move {
            match call(command).await {
                Ok(count) => {
                    open.try_set(false);
                    session.say(move || tx("draw-computer-done", &[("count", &count.to_string())]));
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
            title=Signal::derive(move || t("draw-computer-title"))
            close=Callback::new(move |()| open.set(false))
            testid="draw-computer-dialog"
        >
            <form on:submit=move |event| { event.prevent_default(); go(); }>
                <div class="stack">
                    <p>{about}</p>
                    {move || held().map(|held| view! { <p class="marks-banner" data-testid="draw-computer-voids">{tx("draw-computer-voids", &[("lots", &held.lots.to_string())])}</p> })}
                    {move || (marked() > 0).then(|| view! {
                        <p class="marks-banner" data-testid="draw-computer-marks">
                            {tx("draw-computer-marks", &[("count", &marked().to_string())])} " " {t("draw-swap-marks")}
                        </p>
                    })}
                    <TextField label="draw-computer-prefix" value=prefix testid="draw-computer-prefix" first=true />
                    <Show when=together><TextField label="draw-computer-stations" value=stations testid="draw-computer-stations" wrong=unread /></Show>
                    <Show when=move || held().is_some()><TextField label="reason" value=reason testid="draw-computer-reason" must=true /></Show>
                    {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert" data-testid="draw-computer-fault">{move || wire_error(&error)}</p> })}
                </div>
                <p class="dialog-actions">
                    <button type="button" class="btn" on:click=move |_| open.set(false)>{move || t("cancel")}</button>
                    <button type="submit" class="btn primary" data-testid="draw-computer-do">{move || t("draw-computer-do")}</button>
                </p>
            </form>
        </Dialog>
    }
}
