//! The history of one thing, opened from a cell or a line.

use super::list::HistoryList;
use crate::components::Dialog;
use crate::i18n::t;
use jiangsai_domain::command::competition::About;
use leptos::prelude::*;

/// The history of what `about` names, while it names something.
#[component]
pub fn HistoryDialog(
    /// What about; the dialog is open while there is something.
    about: Signal<Option<About>>,
    /// Heading.
    title: Signal<String>,
    /// Called when it is closed.
    close: Callback<()>,
) -> impl IntoView {
    let open = Signal::derive(move || about.get().is_some());
    view! {
        <Dialog open=open title=title close=close testid="history-dialog">
            <div class="history-dialog">
                <HistoryList about=about page_size=20 testids=false />
            </div>
            <p class="dialog-actions">
                <button class="btn primary" data-testid="history-close" on:click=move |_| close.run(())>{move || t("history-close")}</button>
            </p>
        </Dialog>
    }
}
