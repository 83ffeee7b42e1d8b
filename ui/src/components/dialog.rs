//! A dialog: the browser's own, so that focus stays inside, Esc closes it and what lies behind is out of reach.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

/// A modal dialog. Its content exists only while it is open.
#[component]
pub fn Dialog(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// Called when a person wants it closed.
    close: Callback<()>,
    /// Called once it is gone and the browser has put the keyboard back where it was.
    #[prop(optional, into)]
    closed: Option<Callback<()>>,
    /// Its test id.
    testid: &'static str,
    /// Wider, for tables.
    #[prop(optional)]
    wide: bool,
    /// Nothing of the page behind it is to be seen.
    #[prop(optional)]
    cover: bool,
    /// What stands in it.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if open.get() && !dialog.open() {
            // A dialog that is not in the page yet cannot be shown; the next change tries again.
            let _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
            if let Some(closed) = closed {
                untrack(|| closed.run(()));
            }
        }
    });
    let children = StoredValue::new(children);
    view! {
        <dialog
            node_ref=dialog
            class:wide=wide
            class:cover=cover
            data-testid=testid
            aria-label=move || title.get()
            on:cancel=move |event: ev::Event| {
                event.prevent_default();
                close.run(());
            }
            on:close=move |_| {
                // A browser lets whoever presses Esc twice out of any dialog.
                if let Some(dialog) = dialog.get_untracked().filter(|dialog| cover && open.get_untracked() && !dialog.open()) {
                    let _ = dialog.show_modal();
                }
            }
        >
            <Show when=move || open.get()>
                <div class="inside">
                    <h2>{move || title.get()}</h2>
                    {children.with_value(|children| children())}
                </div>
            </Show>
        </dialog>
    }
}
