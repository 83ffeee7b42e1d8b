//! One field of a sheet, and what its keys do.

use super::keys::{Action, action};
use super::work::{Ask, Field, Typed, Why, Work, focus_on, name};
use crate::i18n::{message, t, wire_error};
use jiangsai_domain::command::marks::CellState;
use jiangsai_scoring::input::{full_mark, show_mark};
use jiangsai_scoring::rulebook::Item;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// How a field stands, as its look and a screen reader have it.
pub fn state(work: Work, field: &Field) -> &'static str {
    match work.typed_in(field) {
        Some(Typed::Typing(_)) => "typing",
        Some(Typed::Saving(_)) => "saving",
        Some(Typed::Refused(..)) => "refused",
        None => {
            let saved = work.item(&field.0, |item| item.cells.get(usize::from(field.1) - 1).map(|cell| cell.state));
            match saved.flatten() {
                Some(CellState::NotYet | CellState::NotGoingOn) | None => "not_yet",
                Some(CellState::Absent) => "absent",
                Some(CellState::Void) => "void",
                Some(CellState::Crossing) => "crossing",
                Some(CellState::Saved | CellState::Dropped | CellState::OutOfLine) => "saved",
            }
        }
    }
}

/// Why the text of a field was not saved, in words.
pub fn refused(work: Work, field: &Field) -> Option<String> {
    match work.typed_in(field) {
        Some(Typed::Refused(_, why)) => Some(words(&why)),
        _ => None,
    }
}

/// Why a text was not saved, in words.
pub fn words(why: &Why) -> String {
    match why {
        Why::NotAMark(key, args) => message(key, args),
        Why::Refused(error) => wire_error(error),
    }
}

/// Saves what is typed, if anything is.
fn settle(work: Work, field: &Field) {
    if let Some(Typed::Typing(text)) = untrack(|| work.typed_in(field)) {
        untrack(|| work.save(field, text));
    }
}

/// Saves what is typed on the sheet that is shown.
pub fn settle_all(work: Work) {
    for field in untrack(|| work.fields()) {
        settle(work, &field);
    }
}

/// Saves what is typed, or what the application refused, once more. False, with the text selected, when it is no mark: the next digits
/// take its place.
fn done(work: Work, field: &Field, event: &ev::KeyboardEvent) -> bool {
    let typed = untrack(|| work.typed_in(field));
    if let Some(Typed::Typing(text) | Typed::Refused(text, Why::Refused(_))) = typed {
        untrack(|| work.save(field, text));
    }
    if untrack(|| refused(work, field)).is_none() {
        return true;
    }
    if let Some(input) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        input.select();
    }
    false
}

/// Goes on from a field: to the next, at the end to what is missing, and when nothing is to the signature.
fn forth(work: Work, field: &Field) {
    let fields = untrack(|| work.fields());
    let at = fields.iter().position(|own| own == field);
    match at.and_then(|at| fields.get(at + 1)) {
        Some(next) => work.focus(next.clone()),
        None => match untrack(|| work.first_missing()) {
            Some(missing) => work.focus(missing),
            None => {
                focus_on("desk-sign");
            }
        },
    }
}

fn back(work: Work, field: &Field) {
    let fields = untrack(|| work.fields());
    let at = fields.iter().position(|own| own == field).unwrap_or_default();
    if let Some(before) = at.checked_sub(1).and_then(|before| fields.get(before)) {
        work.focus(before.clone());
    }
}

/// Does what a key asks for; true when the text field must not see it.
fn press(work: Work, field: &Field, item: &Item, event: &ev::KeyboardEvent) -> bool {
    let text = untrack(|| work.text(field));
    match action(&event.key(), item, text.is_empty(), event.is_composing()) {
        Action::Native => return false,
        Action::Next => {
            if done(work, field, event) {
                forth(work, field);
            }
        }
        Action::Back => {
            settle(work, field);
            back(work, field);
        }
        Action::Full => match full_mark(item) {
            Some(mark) => {
                untrack(|| work.save(field, show_mark(item, &mark)));
                forth(work, field);
            }
            None => work.session.say(move || t("desk-no-full")),
        },
        Action::Same => {
            let fields = untrack(|| work.fields());
            let at = fields.iter().position(|own| own == field).unwrap_or_default();
            let before = at.checked_sub(1).and_then(|before| fields.get(before));
            match before.map(|before| untrack(|| work.text(before))).filter(|text| !text.is_empty()) {
                Some(text) => {
                    if untrack(|| work.save(field, text)) {
                        forth(work, field);
                    }
                }
                None => work.session.say(move || t("desk-no-same")),
            }
        }
        Action::Watch => {
            focus_on("desk-watch");
        }
        Action::Colon => {
            work.put_here(field, Some(Typed::Typing(format!("{text}:"))));
        }
        Action::Faults => {
            settle(work, field);
            work.asking.set(Some(Ask::Fault(field.0.clone(), None)));
        }
        Action::NextSheet => {
            if done(work, field, event)
                && let Some(at) = work.next_sheet()
            {
                work.go(at);
            }
        }
        Action::Cancel => {
            // What is on its way lands, or is said not to have been saved.
            if !matches!(untrack(|| work.typed_in(field)), Some(Typed::Saving(_))) {
                work.put_here(field, None);
            }
        }
    }
    true
}

/// The text field.
pub fn cell(work: Work, field: Field, item: Item, label: Signal<String>) -> impl IntoView {
    let id = name(&field);
    let testid =
        if item.attempts.is_some() { format!("desk-{}-{}", field.0, field.1) } else { format!("desk-{}", field.0) };
    let [text, look, wrong, keyed, typed, left, focused] = std::array::from_fn(|_| field.clone());
    view! {
        <input
            id=id
            class="desk-cell"
            type="text"
            inputmode="decimal"
            autocomplete="off"
            maxlength="32"
            data-testid=testid
            data-state=move || state(work, &look)
            aria-label=move || label.get()
            aria-invalid=move || refused(work, &wrong).is_some().to_string()
            readonly=move || !work.writable()
            prop:value=move || work.text(&text)
            on:focus=move |event| {
                work.now.set(Some(focused.clone()));
                // The next digit replaces what stands there.
                event_target::<web_sys::HtmlInputElement>(&event).select();
            }
            on:input=move |event| {
                let value = crate::pages::marks::keys::normal(&event_target_value(&event));
                work.put_here(&typed, Some(Typed::Typing(value)));
            }
            on:blur=move |_| settle(work, &left)
            on:keydown=move |event: ev::KeyboardEvent| {
                if event.ctrl_key() || event.alt_key() || event.meta_key() || !untrack(|| work.writable()) {
                    return;
                }
                if press(work, &keyed, &item, &event) {
                    event.prevent_default();
                }
            }
        />
    }
}
