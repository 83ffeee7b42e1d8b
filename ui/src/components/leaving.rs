//! Nobody leaves what was not saved without being asked: neither by a link, nor by the browser's own ways, nor by closing the window.

use super::Dialog;
use crate::i18n::{t, tx};
use crate::session::{Session, go, use_session};
use leptos::ev;
use leptos::prelude::*;

/// How many texts are on their way, were not saved, or are only being typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unsaved {
    /// On their way.
    pub saving: usize,
    /// Not saved: the text stays where it was typed.
    pub refused: usize,
    /// Of those, how many may be saved as they stand when they are sent again.
    pub again: usize,
    /// Being typed: nothing is amiss, and nothing is saved yet.
    pub typing: usize,
}

impl Unsaved {
    /// Is everything safe?
    #[must_use]
    pub const fn is_none(self) -> bool {
        self.saving + self.refused + self.typing == 0
    }
}

/// What a person wants to do that gives up what is not saved; `None` while nobody wants to.
pub type Away = RwSignal<Option<Callback<()>>>;

/// Asks before the window closes or reloads, and before another address is followed, while something is not saved. `settle` saves what is
/// being typed and says how things are then. Whoever leaves while something is on its way waits for it. The foot of the page is told what was
/// not saved.
pub fn guard(
    settle: impl Fn() -> Unsaved + Copy + Send + Sync + 'static,
    unsaved: impl Fn() -> Unsaved + Copy + Send + Sync + 'static,
    away: Away,
) {
    let window = window_event_listener(ev::beforeunload, move |event| {
        if !settle().is_none() {
            event.prevent_default();
        }
    });
    let Session { hold, refused, .. } = use_session();
    hold.set(Some(Callback::new(move |address: String| {
        let stays = !settle().is_none();
        if stays {
            let leave = move |()| {
                hold.set(None);
                go(&address);
            };
            away.set(Some(Callback::new(leave)));
        }
        stays
    })));
    on_cleanup(move || {
        window.remove();
        hold.try_set(None);
        refused.try_set(0);
    });
    let count = Memo::new(move |_| unsaved().refused);
    Effect::new(move |_| refused.set(count.get()));
    Effect::new(move |_| {
        if unsaved().is_none()
            && let Some(leave) = away.get()
        {
            away.set(None);
            leave.run(());
        }
    });
}

/// The question. `stay` is called when a person stays, once the question is gone and the keyboard can go back to the page.
pub fn leaving(
    refused: impl Fn() -> usize + Copy + Send + Sync + 'static,
    away: Away,
    stay: Callback<()>,
) -> impl IntoView {
    let stays = StoredValue::new(false);
    let stay_here = Callback::new(move |()| {
        stays.set_value(true);
        away.set(None);
    });
    let closed = Callback::new(move |()| {
        if stays.get_value() {
            stays.set_value(false);
            stay.run(());
        }
    });
    let leave = move |_| {
        let wanted = away.get_untracked();
        away.set(None);
        if let Some(wanted) = wanted {
            wanted.run(());
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || away.with(Option::is_some) && refused() > 0)
            title=Signal::derive(move || t("marks-leave-title"))
            close=stay_here
            closed=closed
            testid="marks-leave"
        >
            <p>{move || tx("marks-leave-text", &[("count", &refused().to_string())])}</p>
            <p class="dialog-actions">
                <button class="btn" data-testid="marks-leave-go" on:click=leave>{move || t("marks-leave-go")}</button>
                <button class="btn primary" data-testid="marks-leave-stay" on:click=move |_| stay_here.run(())>{move || t("marks-leave-stay")}</button>
            </p>
        </Dialog>
    }
    .into_any()
}
