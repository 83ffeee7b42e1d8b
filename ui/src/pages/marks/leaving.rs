//! Nobody leaves marks that were not saved without being asked.

use super::desk::{Desk, Signals};
use crate::components::Dialog;
use crate::i18n::{t, tx};
use crate::session::go;
use jiangsai_domain::command::marks::SheetOf;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Where a person wants to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Away {
    /// To another page, by its address.
    Page(String),
    /// To another sheet.
    Sheet(SheetOf),
}

/// Asks before the window closes or reloads, and before a link leads to another page, while something is not saved. A link that is
/// followed while a mark is on its way waits for it.
pub fn guard(desk: StoredValue<Desk, LocalStorage>, signals: Signals, away: RwSignal<Option<Away>>) {
    let unsaved = move || desk.try_with_value(Desk::unsaved).unwrap_or_default();
    let window = window_event_listener(ev::beforeunload, move |event| {
        let unsaved = unsaved();
        if unsaved.saving + unsaved.refused > 0 {
            event.prevent_default();
        }
    });
    let links = window_event_listener(ev::click, move |event| {
        let Some(address) = address(&event) else { return };
        let unsaved = unsaved();
        if unsaved.saving + unsaved.refused > 0 {
            event.prevent_default();
            away.set(Some(Away::Page(address)));
        }
    });
    on_cleanup(move || {
        window.remove();
        links.remove();
    });
    Effect::new(move |_| {
        let unsaved = signals.unsaved.get();
        if let Some(Away::Page(address)) = away.get()
            && unsaved.saving + unsaved.refused == 0
        {
            go(&address);
        }
    });
}

/// The address in the application that a click leads to.
fn address(event: &ev::MouseEvent) -> Option<String> {
    if event.ctrl_key() || event.meta_key() || event.shift_key() {
        // Another tab or window; this one stays.
        return None;
    }
    let clicked = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = clicked.closest("a[href^='#/']").ok()??;
    Some(link.get_attribute("href")?.trim_start_matches('#').to_owned())
}

/// The question. `sheet` is called with the sheet a person goes to all the same.
pub fn question(
    desk: StoredValue<Desk, LocalStorage>,
    signals: Signals,
    away: RwSignal<Option<Away>>,
    sheet: Callback<SheetOf>,
) -> impl IntoView {
    let refused = move || signals.unsaved.get().refused;
    let stay = Callback::new(move |()| {
        away.set(None);
        desk.with_value(Desk::focus);
    });
    let leave = move |_| {
        match away.get_untracked() {
            Some(Away::Page(address)) => go(&address),
            Some(Away::Sheet(of)) => sheet.run(of),
            None => {}
        }
        away.set(None);
    };
    view! {
        <Dialog
            open=Signal::derive(move || away.with(Option::is_some) && refused() > 0)
            title=Signal::derive(move || t("marks-leave-title"))
            close=stay
            testid="marks-leave"
        >
            <p>{move || tx("marks-leave-text", &[("count", &refused().to_string())])}</p>
            <p class="dialog-actions">
                <button class="btn" data-testid="marks-leave-go" on:click=leave>{move || t("marks-leave-go")}</button>
                <button class="btn primary" data-testid="marks-leave-stay" on:click=move |_| stay.run(())>{move || t("marks-leave-stay")}</button>
            </p>
        </Dialog>
    }
}
