//! The editor of a rulebook: outline left, form in the middle, words right. Nothing touches the rules of the competition until they are
//! saved with a reason, after everybody whose rank changes has been shown.

mod aside;
mod belongs;
mod block;
mod blocks;
mod chosen;
mod desk;
mod draft;
mod form;
mod grammar;
mod leaf;
mod map;
mod operations;
mod outline;
mod parts;
mod place;
mod refs;
mod shape;
#[cfg(test)]
mod tests;
mod trial;
mod tryout;

use super::replace::Replace;
use crate::components::Dialog;
use crate::i18n::{lang, t, tx};
use crate::session::{go as go_to, use_session};
use aside::{Aside, say};
use desk::Desk;
use draft::Draft;
use jiangsai_scoring::Rulebook;
use leptos::ev;
use leptos::prelude::*;
use outline::{Outline, delete, title};
use place::shape_at;
use shape::{Need, Shape};
use trial::Trial;
use tryout::Tryout;
use wasm_bindgen::JsCast;

/// The editor, in place of the rules page.
#[component]
pub fn Editor(
    /// The rulebook as it stands.
    rulebook: Rulebook,
    /// Called when the editor is left.
    leave: Callback<()>,
) -> impl IntoView {
    let desk = Desk::new(Draft::new(rulebook));
    let trial = RwSignal::new(Trial::default());
    let (trying, saving) = (RwSignal::new(false), RwSignal::new(false));
    // Where a person wants to go who has changes that are not saved; empty for the rules page.
    let asking = RwSignal::new(None::<String>);
    let changed = Memo::new(move |_| desk.draft.with(Draft::is_changed));
    let sound = move || desk.faults.with(Vec::is_empty);
    let hold = use_session().hold;
    guard(changed, asking);
    keys(desk);
    // A part that is chosen is shown, whatever was shown before.
    Effect::new(move |before: Option<()>| {
        desk.part.track();
        if before.is_some() {
            trying.set(false);
        }
    });
    let go = move |_| {
        if changed.get_untracked() { asking.set(Some(String::new())) } else { leave.run(()) }
    };
    let drop_changes = move |_| {
        let to = asking.get_untracked().unwrap_or_default();
        hold.set(None);
        leave.run(());
        if !to.is_empty() {
            go_to(&to);
        }
    };
    let json = Signal::derive(move || desk.draft.with(|draft| draft.rulebook().to_json()));
    let saved = Callback::new(move |()| {
        desk.draft.update(Draft::keep);
        leave.run(());
    });
    let tab = move |on: bool, key: &'static str, testid: &'static str| {
        view! {
            <button type="button" role="tab" class="btn" data-testid=testid aria-selected=move || (trying.get() == on).to_string()
                on:click=move |_| trying.set(on)>{move || t(key)}</button>
        }
    };
    view! {
        <div class="rule-editor" data-testid="rule-editor">
            <header class="head">
                <h1>{move || t("rule-editor")}</h1>
                <span class="sub" data-testid="rule-state">{move || t(if changed.get() { "rule-unsaved" } else { "rule-unchanged" })}</span>
                <span class="rule-tabs" role="tablist">
                    {tab(false, "rule-tab-form", "rule-tab-form")}
                    {tab(true, "rule-tab-trial", "rule-tab-trial")}
                </span>
                <span class="push">
                    <button type="button" class="btn" data-testid="rule-undo" prop:disabled=move || !desk.draft.with(Draft::can_undo) on:click=move |_| desk.step(true)>{move || t("rule-undo")}</button>
                    <button type="button" class="btn" data-testid="rule-redo" prop:disabled=move || !desk.draft.with(Draft::can_redo) on:click=move |_| desk.step(false)>{move || t("rule-redo")}</button>
                    <button type="button" class="btn" data-testid="rule-leave" on:click=go>{move || t("rule-leave")}</button>
                    <button type="button" class="btn primary" data-testid="rule-save" prop:disabled=move || !changed.get() || !sound()
                        title=move || if sound() { String::new() } else { t("rule-save-faulty") } on:click=move |_| saving.set(true)>{move || t("rule-save")}</button>
                </span>
            </header>
            <div class="rule-columns" class:trying=move || trying.get()>
                <Outline />
                <section class="card rule-form" aria-label=move || t("rule-form") data-testid="rule-form">
                    {move || if trying.get() { view! { <Tryout trial=trial /> }.into_any() } else { part_form(desk) }}
                </section>
                <Aside />
            </div>
            {deletion(desk)}
            <Dialog open=Signal::derive(move || asking.with(Option::is_some)) title=Signal::derive(move || t("rule-leave-title")) close=Callback::new(move |()| asking.set(None)) testid="rule-leaving">
                <p>{move || t("rule-leave-about")}</p>
                <p class="dialog-actions">
                    <button type="button" class="btn" data-testid="rule-stay" on:click=move |_| asking.set(None)>{move || t("rule-stay")}</button>
                    <button type="button" class="btn" data-testid="rule-drop" on:click=drop_changes>{move || t("rule-drop")}</button>
                </p>
            </Dialog>
            <Replace open=saving document=json folded=true done=saved />
        </div>
    }
}

/// The form of the part at hand.
fn part_form(desk: Desk) -> AnyView {
    let path = desk.part.get();
    let item = path.starts_with("/items/").then(|| path.clone());
    lang();
    // The structure follows the part alone: what is typed changes fields, not the form.
    let shape = match path.as_str() {
        "" => Some(grammar::GENERAL),
        path => desk.draft.with_untracked(|draft| shape_at(draft.value(), path)),
    };
    let heading = {
        let path = path.clone();
        move || title(desk, &path)
    };
    let form = match shape {
        Some(Shape::Record(fields)) => form::record(&path, fields),
        Some(shape) => form::place(path, String::new(), shape, Need::Must),
        None => view! { <p class="rule-hint">{t("rule-nothing")}</p> }.into_any(),
    };
    let home = item.map(belongs::belongs);
    view! { <h2 data-testid="rule-part">{heading}</h2> {home} {form} }.into_any()
}

/// Asks before a part goes that others need.
fn deletion(desk: Desk) -> impl IntoView {
    let path = move || desk.leaving.get().map(|(path, _)| path).unwrap_or_default();
    let broken = move || {
        let broken = desk.leaving.get().map(|(_, broken)| broken).unwrap_or_default();
        let line = |fault: jiangsai_scoring::Fault| {
            let place = title(desk, &parts::part_of(&fault.path));
            view! { <li><b>{place}</b> " " {say("rule-fault", fault.code.name(), &fault.args)}</li> }
        };
        broken.into_iter().take(20).map(line).collect_view()
    };
    view! {
        <Dialog
            open=Signal::derive(move || desk.leaving.with(Option::is_some))
            title=Signal::derive(move || tx("rule-delete-title", &[("what", &title(desk, &path()))]))
            close=Callback::new(move |()| desk.leaving.set(None))
            testid="rule-deleting"
        >
            <p>{move || t("rule-delete-about")}</p>
            <ul class="rule-broken">{broken}</ul>
            <p class="dialog-actions">
                <button type="button" class="btn" on:click=move |_| desk.leaving.set(None)>{move || t("cancel")}</button>
                <button type="button" class="btn" data-testid="rule-delete-anyway" on:click=move |_| delete(desk, &path())>{move || t("rule-delete-anyway")}</button>
            </p>
        </Dialog>
    }
}

/// Nobody leaves with changes that are not saved without being asked.
fn guard(changed: Memo<bool>, asking: RwSignal<Option<String>>) {
    let unload = window_event_listener(ev::beforeunload, move |event| {
        if changed.try_get_untracked().unwrap_or_default() {
            event.prevent_default();
        }
    });
    let links = window_event_listener(ev::click, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let link = target.and_then(|target| target.closest("a[href^='#']").ok().flatten());
        let Some(link) = link.filter(|_| changed.try_get_untracked().unwrap_or_default()) else { return };
        event.prevent_default();
        asking.set(link.get_attribute("href"));
    });
    // The browser's own ways, such as its button for going back.
    let hold = use_session().hold;
    hold.set(Some(Callback::new(move |address: String| {
        let changed = changed.try_get_untracked().unwrap_or_default();
        if changed {
            asking.set(Some(address));
        }
        changed
    })));
    on_cleanup(move || {
        unload.remove();
        links.remove();
        hold.try_set(None);
    });
}

/// Ctrl+Z and Ctrl+Y (or Ctrl+Shift+Z) take a step of the whole rulebook back and do it again. A field that is being typed in has its own.
fn keys(desk: Desk) {
    let pressed = window_event_listener(ev::keydown, move |event| {
        if !(event.ctrl_key() || event.meta_key()) || event.alt_key() || event.is_composing() || is_typing(&event) {
            return;
        }
        let back = match (event.key().to_lowercase().as_str(), event.shift_key()) {
            ("z", false) => true,
            ("y", false) | ("z", true) => false,
            _ => return,
        };
        let can = |draft: &Draft| if back { draft.can_undo() } else { draft.can_redo() };
        if desk.draft.try_with_untracked(can).unwrap_or_default() {
            event.prevent_default();
            desk.step(back);
        }
    });
    on_cleanup(move || pressed.remove());
}

/// Does the key go to a field of text, or to a dialog?
fn is_typing(event: &ev::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.closest("input, textarea, select, dialog").ok().flatten().is_some())
}
