//! Asking again at most once a second, however often something changes: a hall of desks saves many marks a second.

use leptos::prelude::*;
use std::time::Duration;

/// How long what changes is waited for.
const CALM: Duration = Duration::from_secs(1);

/// What is to be called at every change; it asks a second later, once for all that changed meanwhile.
pub fn calmly(ask: impl Fn() + Clone + 'static) -> impl Fn() {
    let waits = StoredValue::new(false);
    move || {
        if waits.try_get_value() != Some(false) {
            return;
        }
        waits.set_value(true);
        let ask = ask.clone();
        set_timeout(
            move || {
                // The page may be gone by now.
                if waits.try_set_value(false).is_none() {
                    ask();
                }
            },
            CALM,
        );
    }
}
