//! Why marks are changed after results were final, with what that would change; asked anew for what is changed afterwards.

use super::desk::{Desk, Signals};
use crate::components::{Dialog, Foresight, TextField};
use crate::i18n::t;
use jiangsai_domain::command::foresee::Step;
use leptos::prelude::*;

/// The dialog.
pub fn reason(signals: Signals, desk: StoredValue<Desk, LocalStorage>) -> impl IntoView {
    let words = RwSignal::new(String::new());
    let open = signals.reason_asked;
    let steps = Signal::derive(move || {
        if !open.get() {
            return Vec::new();
        }
        // One that was refused meanwhile is among them when it is next asked.
        desk.with_value(Desk::corrections).into_iter().map(Step::Mark).collect::<Vec<_>>()
    });
    // While the dialog stands open nothing behind it can have the focus: only once it has closed.
    let back = move || {
        request_animation_frame(move || {
            desk.try_with_value(Desk::focus);
        });
    };
    let close = Callback::new(move |()| {
        open.set(false);
        back();
    });
    let give = move || {
        let said = words.get_untracked().trim().to_owned();
        if !said.is_empty() {
            open.set(false);
            desk.with_value(|desk| desk.give_reason(said));
            back();
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || open.get())
            title=Signal::derive(move || t("marks-reason-title"))
            close=close
            testid="marks-reason"
            wide=true
        >
            <form on:submit=move |event| {
                event.prevent_default();
                give();
            }>
                <div class="stack">
                    <p>{move || t("marks-reason-text")}</p>
                    <Foresight steps=steps />
                    <TextField label="marks-reason-label" value=words testid="marks-reason-text" must=true first=true />
                </div>
                <p class="dialog-actions">
                    <button type="button" class="btn" on:click=move |_| close.run(())>{move || t("cancel")}</button>
                    <button type="submit" class="btn primary" data-testid="marks-reason-give">{move || t("save")}</button>
                </p>
            </form>
        </Dialog>
    }
}
