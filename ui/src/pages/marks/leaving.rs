//! Nobody leaves the page over marks that were not saved without being asked.

use super::desk::Desk;
use leptos::ev;
use leptos::prelude::*;

/// Asks before the window closes or reloads while something is not saved.
pub fn guard(desk: StoredValue<Desk, LocalStorage>) {
    let handle = window_event_listener(ev::beforeunload, move |event| {
        let unsaved = desk.try_with_value(Desk::unsaved).unwrap_or_default();
        if unsaved.saving + unsaved.refused > 0 {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}
