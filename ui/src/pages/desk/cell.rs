//! One field of a sheet, and what its keys do.

use super::keys::{Action, action};
use super::work::{Ask, Field, Typed, Work, focus_on, name};
use crate::i18n::{message, t, wire_error};
use crate::pages::desk::work::Why;
use jiangsai_domain::command::marks::CellState;
use jiangsai_scoring::input::{full_mark, show_mark};
use jiangsai_scoring::rulebook::Item;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// How a field stands, as its look and a screen reader have it.
pub fn state(work: Work, field: &Field) -> &'static str {
    let typed = work.typed.with(|typed| typed.get(field).cloned());
    match typed {
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

/// Why a field was not saved, in words.
pub fn refused(work: Work, field: &Field) -> Option<String> {
    work.typed.with(|typed| match typed.get(field) {
        Some(Typed::Refused(_, Why::NotAMark(key, args))) => Some(message(key, args)),
        Some(Typed::Refused(_, Why::Refused(error))) => Some(wire_error(error)),
        _ => None,
    })
}

/// Saves what is typed, if anything is.
fn settle(work: Work, field: &Field) {
    let typing = work.typed.with_untracked(|typed| match typed.get(field) {
        Some(Typed::Typing(text)) => Some(text.clone()),
        _ => None,
    });
    if let Some(text) = typing {
        untrack(|| work.save(field, text));
    }
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
            settle(work, field);
            if untrack(|| refused(work, field)).is_none() {
                forth(work, field);
            } else if let Some(input) =
                event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok())
            {
                // The next digits take the place of what is no mark.
                input.select();
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
            None => work.session.say(t("desk-no-full")),
        },
        Action::Same => {
            let fields = untrack(|| work.fields());
            let at = fields.iter().position(|own| own == field).unwrap_or_default();
            let before = at.checked_sub(1).and_then(|before| fields.get(before));
            match before.map(|before| untrack(|| work.text(before))).filter(|text| !text.is_empty()) {
                Some(text) => {
                    untrack(|| work.save(field, text));
                    if untrack(|| refused(work, field)).is_none() {
                        forth(work, field);
                    }
                }
                None => work.session.say(t("desk-no-same")),
            }
        }
        Action::Watch => {
            focus_on("desk-watch");
        }
        Action::Colon => {
            work.typed.update(|typed| {
                typed.insert(field.clone(), Typed::Typing(format!("{text}:")));
            });
        }
        Action::Faults => {
            settle(work, field);
            work.asking.set(Some(Ask::Fault(field.0.clone(), None)));
        }
        Action::NextSheet => {
            settle(work, field);
            if let Some(at) = work.next_sheet() {
                work.go(at);
            }
        }
        Action::Cancel => {
            work.typed.update(|typed| {
                typed.remove(field);
            });
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
                work.typed.update(|all| { all.insert(typed.clone(), Typed::Typing(value)); });
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
