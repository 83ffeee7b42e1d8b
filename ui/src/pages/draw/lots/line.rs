//! One entry's lot.

use crate::backend::call;
use crate::components::Dialog;
use crate::i18n::{t, tx, wire_error};
use crate::session::use_session;
use jiangsai_domain::command::WireError;
use jiangsai_domain::command::draw::{DrawRow, RecordLot};
use jiangsai_domain::draw::Layer;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// A line of the table.
#[component]
pub fn LotLine(
    /// The entry as it stands; `None` once it is gone.
    row: Memo<Option<DrawRow>>,
    /// Layer and session.
    of: (Layer, String),
    /// Which line, from 0.
    index: usize,
    /// Nothing can be typed.
    locked: Memo<bool>,
) -> impl IntoView {
    let session = use_session();
    let start = row.get_untracked();
    let typed = RwSignal::new(start.as_ref().map(|row| row.code.clone()).unwrap_or_default());
    let typed_session = RwSignal::new(start.map(|row| row.session).unwrap_or_default());
    let fault = RwSignal::new(None::<WireError>);
    let asking = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let layer = of.0;
    let together = layer == Layer::Place && of.1.is_empty();
    // What stands comes into the field, unless something is typed there that was refused.
    Effect::new(move |before: Option<(String, String)>| {
        let (code, drawn) =
            row.with(|row| row.as_ref().map(|row| (row.code.clone(), row.session.clone()))).unwrap_or_default();
        if before.as_ref().is_some_and(|before| *before != (code.clone(), drawn.clone())) {
            typed.set(code.clone());
            typed_session.set(drawn.clone());
            fault.set(None);
        }
        (code, drawn)
    });
    let stands = move || {
        row.with_untracked(|row| row.as_ref().map(|row| (row.code.clone(), row.session.clone()))).unwrap_or_default()
    };
    let of = StoredValue::new(of);
    let save = move |why: String| {
        let (Some(competition), Some(event)) = (session.competition.get_untracked(), session.event.get_untracked())
        else {
            return;
        };
        let Some(entry) = row.with_untracked(|row| row.as_ref().map(|row| row.entry.clone())) else { return };
        let (layer, of_session) = of.get_value();
        let command = RecordLot {
            competition,
            event,
            layer,
            session: of_session,
            entry,
            lot_session: if together { typed_session.get_untracked() } else { String::new() },
            code: typed.get_untracked(),
            reason: why,
        };
        spawn_local(async move {
            match call(command).await {
                Ok(()) => {
                    fault.try_set(None);
                    asking.try_set(false);
                    session.revision.try_update(|revision| *revision += 1);
                }
                Err(error) => {
                    fault.try_set(Some(error));
                }
            }
        });
    };
    let leave = move || {
        let (code, drawn) = stands();
        let (wanted, wanted_session) = (typed.get_untracked(), typed_session.get_untracked());
        let same = wanted.trim() == code && (!together || wanted_session.trim() == drawn);
        // Of a lot in two fields the second one saves.
        if same || (together && !wanted.trim().is_empty() && wanted_session.trim().is_empty()) {
            return;
        }
        if code.is_empty() {
            if !wanted.trim().is_empty() {
                save(String::new());
            }
        } else {
            reason.set(String::new());
            asking.set(true);
        }
    };
    let field = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            _ if event.is_composing() => return,
            "Enter" | "ArrowDown" => 1,
            "ArrowUp" => -1,
            "Escape" => {
                let (code, drawn) = stands();
                typed.set(code);
                typed_session.set(drawn);
                fault.set(None);
                return;
            }
            _ => return,
        };
        event.prevent_default();
        move_focus(index, step);
    };
    let name = move || row.with(|row| row.as_ref().map(|row| row.name.clone()).unwrap_or_default());
    let disabled = move || locked.get();
    let input = move |signal: RwSignal<String>, label: &'static str, id: String, last: bool| {
        view! {
            <input
                class="lot"
                data-testid=id
                data-line=last.then(|| index.to_string())
                maxlength="16"
                autocomplete="off"
                prop:disabled=disabled
                aria-label=move || tx(label, &[("name", &name())])
                aria-invalid=move || fault.with(Option::is_some).to_string()
                prop:value=move || signal.get()
                on:input=move |event| signal.set(event_target_value(&event))
                on:change=move |_| leave()
                on:keydown=field
            />
        }
    };
    let state = move || {
        if let Some(error) = fault.get() {
            return view! { <span class="wrong-text" role="alert" data-testid=format!("lot-fault-{index}")>{wire_error(&error)}</span> }.into_any();
        }
        row.with(|row| {
            let (key, class) = match row {
                Some(row) if row.crossing => ("draw-state-crossing", "tag bad"),
                Some(row) if row.double => ("draw-state-double", "tag bad"),
                Some(row) if !row.code.is_empty() => ("draw-state-saved", "tag ok"),
                _ => ("draw-state-missing", "tag plain"),
            };
            view! { <span class=class data-testid=format!("lot-state-{index}") data-state=key>{t(key)}</span> }
                .into_any()
        })
    };
    let read = move |of: fn(&DrawRow) -> String| row.with(|row| row.as_ref().map(of).unwrap_or_default());
    view! {
        <tr>
            {(layer != Layer::Number).then(|| view! { <td class="num">{move || read(|row| row.before.clone())}</td> })}
            <td class="name">{name}</td>
            <td class="unit">{move || read(|row| row.unit.clone())}</td>
            {together.then(|| view! { <td>{input(typed_session, "draw-field-session", format!("lot-session-{index}"), false)}</td> })}
            <td>{input(typed, "draw-field-code", format!("lot-{index}"), true)}</td>
            <td>
                {state}
                <Dialog
                    open=Signal::derive(move || asking.get())
                    title=Signal::derive(move || tx("draw-change-title", &[("name", &name())]))
                    close=Callback::new(move |()| { asking.set(false); let (code, drawn) = stands(); typed.set(code); typed_session.set(drawn); })
                    testid="lot-change"
                >
                    <form on:submit=move |event| { event.prevent_default(); save(reason.get_untracked()); }>
                        <p>{move || {
                            let after = typed.get();
                            let after = if after.trim().is_empty() { t("draw-change-cleared") } else { after };
                            tx("draw-change-about", &[("before", &stands().0), ("after", &after)])
                        }}</p>
                        <label class="field">
                            <span class="must">{move || t("reason")}</span>
                            <input data-testid="lot-reason" prop:value=move || reason.get() on:input=move |event| reason.set(event_target_value(&event)) />
                        </label>
                        {move || fault.get().map(|error| view! { <p class="wrong-text" role="alert">{wire_error(&error)}</p> })}
                        <p class="dialog-actions">
                            <button type="submit" class="btn primary" data-testid="lot-change-do">{move || t("draw-change-do")}</button>
                        </p>
                    </form>
                </Dialog>
            </td>
        </tr>
    }
}

/// The field of the line after or before; leaving a field saves it.
fn move_focus(index: usize, step: isize) {
    let wanted = index.checked_add_signed(step);
    let found =
        wanted.and_then(|line| document().query_selector(&format!("input.lot[data-line='{line}']")).ok().flatten());
    let own = document().active_element().and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok());
    match found.and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        Some(field) => {
            let _ = field.focus();
            field.select();
        }
        None => {
            if let Some(own) = own {
                let _ = own.blur();
            }
        }
    }
}
